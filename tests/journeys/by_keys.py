"""Working a page by the keyboard alone, as whoever answers calls does."""

from playwright.sync_api import Page


def tab_to(page: Page, wanted: str, most: int = 250) -> None:
    """Presses Tab until what fits this selector has the focus. AssertionError where Tab never gets there."""
    assert page.locator(wanted).count(), f"the page has no {wanted}"
    for _ in range(most):
        if page.locator(f"{wanted} >> visible=true").evaluate_all("all => all.includes(document.activeElement)"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never reaches {wanted}")


def types(page: Page, wanted: str, words: str) -> None:
    """Goes to a field and types."""
    tab_to(page, wanted)
    page.keyboard.type(words)


def presses(page: Page, wanted: str) -> None:
    """Goes to what leads to another page, and presses Enter."""
    tab_to(page, wanted)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def opens_fold(page: Page, wanted: str) -> None:
    """Goes to a summary and opens what is folded under it."""
    tab_to(page, wanted)
    page.keyboard.press("Enter")
