"""Filling a form as a person does: each field by its name, whatever it is drawn as."""

from typing import Any

from playwright.sync_api import Locator
from playwright.sync_api import Page


def fill(page: Page, fields: dict[str, Any]) -> None:
    """Fills the fields named. A folded part is opened first, as somebody would who needs it."""
    for name, value in fields.items():
        found = page.locator(f"main [name='{name}']")
        assert found.count(), f"the form does not ask {name}: {page.locator('main').inner_text()[:400]}"
        first = found.first
        unfold(first)
        kind = first.evaluate("field => field.tagName === 'INPUT' ? field.type : field.tagName.toLowerCase()")
        if kind == "select":
            first.select_option(value)
        elif kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list | tuple) else [value]:
                page.locator(f"main [name='{name}'][value='{one}']").check()
        else:
            first.fill(str(value))


def unfold(found: Locator) -> None:
    """Opens whatever this is folded in."""
    found.evaluate(
        """found => {
            let fold = found.closest('details')
            for (; fold; fold = fold.parentElement.closest('details')) fold.open = true
        }"""
    )
