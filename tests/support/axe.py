"""What axe finds on the page that is open: nothing, if all is well."""

import json

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_RULES = Axe().axe_script


def found_by_axe(page: Page) -> list[str]:
    """Each fault in a line: its rule, what it asks for, and where; three places at most."""
    if not page.evaluate("'axe' in window"):  # in one width it was looked at already, perhaps
        page.evaluate(_RULES)
    found = page.evaluate("axe.run({resultTypes: ['violations']}).then(({violations}) => JSON.stringify(violations))")
    return [
        f"axe {fault['id']}: {fault['help']} at {'; '.join(str(node['html'][:160]) for node in fault['nodes'][:3])}"
        for fault in json.loads(found)
    ]
