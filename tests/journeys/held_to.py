"""What every page is held to: axe finds nothing, nothing complains, one main heading, and no scrolling sideways."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.support.browser import watch

_axe = Axe()


def faults_of(page: Page, addresses: list[str]) -> dict[str, list[str]]:
    """Every page that has a fault, with its faults."""
    complaints = watch(page)
    found: dict[str, list[str]] = {}
    for address in addresses:
        page.goto(address)
        faults = [*complaints, *faults_here(page)]
        complaints.clear()
        if faults:
            found[address.split("/", 3)[-1]] = faults
    return found


def faults_here(page: Page) -> list[str]:
    """The faults of the page that is open."""
    faults = [_in_words(one) for one in _axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]]
    if page.locator("h1").count() != 1:
        faults.append("it has to have one h1")
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        faults.append("it scrolls sideways")
    return faults


def _in_words(violation: dict[str, Any]) -> str:
    where = "; ".join(str(node["target"][0]) for node in violation["nodes"][:3])
    return f"axe {violation['id']}: {violation['help']} at {where}"


def shape(page: Page) -> list[int]:
    """What can be done on the page that is open: links, fields and buttons, and how much is said."""
    counted: list[int] = page.evaluate(
        """() => ["h1, h2, h3", "a[href]", "input, select, textarea", "button", "summary", "li, dd, td, p"]
            .map(what => document.querySelectorAll(`main ${what.split(', ').join(', main ')}`).length)"""
    )
    return counted
