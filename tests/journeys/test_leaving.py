"""Leaving at once: by the control and by three presses of Shift, with script and without. Back meets nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from tests.journeys.survivor import Survivor
from tests.support.browser import follow
from tests.support.served import Served

pytestmark = pytest.mark.browser

CASE = "Running now"
OF_THE_CASE = ("What happens now", "Every promise", "It should have been done", "Officer")


@pytest.fixture
def at_their_page(
    served: Served, opens: Callable[..., BrowserContext], words_for: Callable[[str], tuple[str, str]]
) -> Callable[..., Survivor]:
    """Somebody who has opened their page and read two pages of it."""

    def one(*, script: bool = True) -> Survivor:
        page = opens(width=375, script=script).new_page()
        page.goto(f"{served.at}/guide/england-and-wales/")
        survivor = Survivor(page, served)
        survivor.opens_their_page(*words_for(CASE))
        follow(page.locator("a[href='/my/list']").first)
        return survivor

    return one


def nothing_of_the_case(page: Page) -> bool:
    said = page.locator("body").inner_text()
    return not any(word in said for word in OF_THE_CASE)


def goes_back(page: Page) -> None:
    page.go_back(wait_until="load")
    page.wait_for_load_state("load")


@pytest.mark.parametrize("way", ["the control", "three presses of Shift"])
def test_leaving_is_at_once_and_back_meets_nothing_of_the_case(
    way: str, at_their_page: Callable[..., Survivor]
) -> None:
    survivor = at_their_page()
    page = survivor.page
    survivor.leaves() if way == "the control" else survivor.leaves_by_shift()
    page.wait_for_url("https://www.bbc.co.uk/**")
    for _ in range(3):
        goes_back(page)
        assert nothing_of_the_case(page)
    # And the page is closed: with its address, somebody else meets the first page.
    page.goto(f"{survivor.served.at}/my/list")
    assert nothing_of_the_case(page)
    assert page.locator("#words").count() or "closed" in page.locator("main").inner_text()


def test_without_script_the_control_is_a_link_and_back_meets_a_page_that_says_nothing(
    at_their_page: Callable[..., Survivor],
) -> None:
    survivor = at_their_page(script=False)
    page = survivor.page
    survivor.leaves()
    page.wait_for_url("https://www.bbc.co.uk/**")
    for _ in range(3):
        goes_back(page)
        assert nothing_of_the_case(page)


@pytest.mark.parametrize("key", ["Shift", "Escape"])
def test_fewer_presses_and_the_escape_key_do_not_leave(key: str, at_their_page: Callable[..., Survivor]) -> None:
    page = at_their_page().page
    for _ in range(2 if key == "Shift" else 4):
        page.keyboard.press(key)
    page.wait_for_timeout(200)
    assert page.url.endswith("/my/list")


def test_writing_capitals_does_not_leave(at_their_page: Callable[..., Survivor]) -> None:
    survivor = at_their_page()
    page = survivor.page
    page.goto(f"{survivor.served.at}/my/ask")
    page.locator("[name='q-question']").focus()
    for letter in "IS HE OUT":
        page.keyboard.press(f"Shift+{letter}" if letter != " " else "Space")
    assert page.url.endswith("/my/ask")
    assert page.locator("[name='q-question']").input_value() == "IS HE OUT"


def test_titles_and_addresses_say_nothing_of_what_is_read(at_their_page: Callable[..., Survivor]) -> None:
    survivor = at_their_page()
    for path in ("", "list", "people", "until", "reach", "plan", "looks", "ask", "choices"):
        survivor.page.goto(f"{survivor.served.at}/my/{path}")
        assert survivor.page.title() == "Information"
        assert survivor.page.url == f"{survivor.served.at}/my/{path}"
    assert survivor.complaints == []
