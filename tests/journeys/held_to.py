"""What every page is held to: axe finds nothing, nothing complains, one main heading, and no scrolling sideways."""

from playwright.sync_api import Page
from tests.support.axe import found_by_axe
from tests.support.browser import at_each_width
from tests.support.browser import watch


def faults_of(page: Page, addresses: list[str], *widths: int) -> dict[str, list[str]]:
    """Every page that has a fault, with its faults, in each of these widths (in its own, if none is named)."""
    complaints = watch(page)
    found: dict[str, list[str]] = {}
    for address in addresses:
        page.goto(address)
        faults = [*complaints, *faults_here(page, *widths)]
        complaints.clear()
        if faults:
            found[address.split("/", 3)[-1]] = faults
    return found


def faults_here(page: Page, *widths: int) -> list[str]:
    """The faults of the page that is open, in each of these widths (in its own, if none is named)."""
    faults = [] if page.locator("h1").count() == 1 else ["it has to have one h1"]
    for width in at_each_width(page, *widths) if widths else [0]:
        here = found_by_axe(page)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            here.append("it scrolls sideways")
        faults += [f"{width} wide: {fault}" if width else fault for fault in here]
    return faults


def shape(page: Page) -> list[int]:
    """What can be done on the page that is open: links, fields and buttons, and how much is said."""
    counted: list[int] = page.evaluate(
        """() => ["h1, h2, h3", "a[href]", "input, select, textarea", "button", "summary", "li, dd, td, p"]
            .map(what => document.querySelectorAll(`main ${what.split(', ').join(', main ')}`).length)"""
    )
    return counted
