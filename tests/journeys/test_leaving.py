"""Leaving at once: by the control and by three presses of Shift, with script and without. Back meets nothing."""

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from tests.journeys.survivor import Survivor
from tests.support.browser import context
from tests.support.browser import follow
from tests.support.served import Served

pytestmark = pytest.mark.browser

CASE = "Running now"
OF_THE_CASE = ("What happens now", "Every promise", "It should have been done", "Officer")


@pytest.fixture
def opens(whole: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """What the browser keeps of a page that was left is what is tested."""
    opened: list[BrowserContext] = []

    def one(**more: Any) -> BrowserContext:
        opened.append(context(whole, **more))
        return opened[-1]

    yield one
    for each in opened:
        each.close()


@pytest.fixture
def at_their_page(
    served: Served, opens: Callable[..., BrowserContext], words_by_command: Callable[[str], tuple[str, str]]
) -> Callable[..., Survivor]:
    """Somebody who has opened their page and read two pages of it."""

    def one(*, script: bool = True) -> Survivor:
        page = opens(width=375, script=script).new_page()
        page.goto(f"{served.at}/guide/england-and-wales/")
        survivor = Survivor(page, served)
        survivor.opens_their_page(*words_by_command(CASE))
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


def test_reading_and_writing_add_no_step_to_the_history(at_their_page: Callable[..., Survivor]) -> None:
    """Links, a form that is refused and one that is taken: one step for all, and leaving takes its place."""
    survivor = at_their_page()
    page = survivor.page
    steps = page.evaluate("history.length")
    assert steps == 3, "the browser's own empty page, the two addresses that were typed, and none for the words sent"
    follow(page.locator("a[href='/my/ask']").first)
    page.locator("main button:has-text('Send the question')").click()
    page.locator("#error-summary, [role=alert]").first.wait_for()
    page.locator("[name='q-question']").fill("Is he out?")
    follow(page.locator("main button:has-text('Send the question')"))
    assert "It is written down" in page.locator("main").inner_text()
    assert page.evaluate("history.length") == steps
    survivor.leaves()
    page.wait_for_url("https://www.bbc.co.uk/**")
    assert page.evaluate("history.length") == steps
    goes_back(page)
    assert page.url.endswith("/guide/england-and-wales/"), "the address typed before; of their own page nothing"
    assert survivor.complaints == []


def test_a_form_that_is_refused_can_be_left_from(at_their_page: Callable[..., Survivor]) -> None:
    """The page that script drew in place of the form has the control and the key, too."""
    survivor = at_their_page()
    page = survivor.page
    follow(page.locator("a[href='/my/ask']").first)
    page.locator("main button:has-text('Send the question')").click()
    page.locator("[role=alert]").first.wait_for()
    survivor.leaves_by_shift()
    page.wait_for_url("https://www.bbc.co.uk/**")


def test_without_a_network_the_page_is_blank_and_its_address_says_nothing(
    at_their_page: Callable[..., Survivor],
) -> None:
    survivor = at_their_page()
    page = survivor.page
    page.context.set_offline(True)
    survivor.leaves_by_shift()
    assert page.locator("body").inner_text().strip() == ""
    assert page.evaluate("document.body.childElementCount") == 0
    assert page.title().strip("\u200b") == ""
    assert page.url == f"{survivor.served.at}/"
    # As soon as there is a network the neutral page follows, and the session has ended.
    page.context.set_offline(False)
    page.wait_for_url("https://www.bbc.co.uk/**")
    page.goto(f"{survivor.served.at}/my/list")
    assert nothing_of_the_case(page)


def test_a_message_in_passing_that_is_lost_still_closes_the_page(at_their_page: Callable[..., Survivor]) -> None:
    survivor = at_their_page()
    page = survivor.page
    page.context.route("**/my/leave", lambda route: route.abort())
    page.context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    survivor.leaves()
    page.wait_for_url("https://www.bbc.co.uk/**")
    page.goto(f"{survivor.served.at}/my/list")
    assert nothing_of_the_case(page)
    assert page.locator("#words").count()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_leaving_from_the_guide_closes_their_own_page_too(script: bool, at_their_page: Callable[..., Survivor]) -> None:
    survivor = at_their_page(script=script)
    page = survivor.page
    page.goto(f"{survivor.served.at}/guide/england-and-wales/")
    survivor.leaves()
    page.wait_for_url("https://www.bbc.co.uk/**")
    page.goto(f"{survivor.served.at}/my/list?on")
    page.goto(f"{survivor.served.at}/my/list")
    assert nothing_of_the_case(page)
    assert page.locator("#words").count()


def test_a_page_that_the_browser_kept_is_blank_until_it_is_fetched_anew(at_their_page: Callable[..., Survivor]) -> None:
    page = at_their_page().page
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    assert page.locator("body").is_hidden()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    assert page.locator("h1").is_visible()


def test_titles_and_addresses_say_nothing_of_what_is_read(at_their_page: Callable[..., Survivor]) -> None:
    survivor = at_their_page()
    for path in ("", "list", "people", "until", "reach", "plan", "looks", "ask", "choices"):
        survivor.page.goto(f"{survivor.served.at}/my/{path}")
        assert survivor.page.title() == "Information"
        assert survivor.page.url == f"{survivor.served.at}/my/{path}"
    assert survivor.complaints == []
