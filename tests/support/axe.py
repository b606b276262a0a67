"""What axe finds on the page that is open: nothing, if all is well.

Two thirds of its time go into the contrast of every word with what lies behind it. A page whose colours are looked at
in one width is spared that in the others.
"""

import json

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = Axe().axe_script


def found_by_axe(page: Page, *, colours: bool = True) -> list[str]:
    """Each fault in a line: its rule, what it asks for, and where; three places at most."""
    options = {"resultTypes": ["violations"], "rules": {"color-contrast": {"enabled": colours}}}
    page.evaluate(_RULES)
    found = page.evaluate("how => axe.run(how).then(({violations}) => JSON.stringify(violations))", options)
    return [
        f"axe {fault['id']}: {fault['help']} at {'; '.join(str(node['html'][:160]) for node in fault['nodes'][:3])}"
        for fault in json.loads(found)
    ]
