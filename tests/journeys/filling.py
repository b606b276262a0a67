"""Filling a form as a person does: each field by its name, whatever it is drawn as."""

from typing import Any

from playwright.sync_api import Locator
from playwright.sync_api import Page

_UNFOLD = """found => {
    let fold = found.closest('details')
    for (; fold; fold = fold.parentElement.closest('details')) fold.open = true
}"""
_KIND_UNFOLDED = f"""where => {{
    const found = document.querySelector(where)
    if (!found) return '';
    ({_UNFOLD})(found)
    return found.tagName === 'INPUT' ? found.type : found.tagName.toLowerCase()
}}"""


def fill(page: Page, fields: dict[str, Any]) -> None:
    """Fills the fields named. A folded part is opened first, as somebody would who needs it."""
    for name, value in fields.items():
        kind = page.evaluate(_KIND_UNFOLDED, f"main [name='{name}']")
        assert kind, f"the form does not ask {name}: {page.locator('main').inner_text()[:400]}"
        first = page.locator(f"main [name='{name}']").first
        if kind == "select":
            first.select_option(value)
        elif kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list | tuple) else [value]:
                # It is pressed where it stands, and found out if that did not change it: nothing on our forms moves.
                page.locator(f"main [name='{name}'][value='{one}']").check(force=True)
        else:
            first.fill(str(value))


def unfold(found: Locator) -> None:
    """Opens whatever this is folded in."""
    found.evaluate(_UNFOLD)
