"""The board in two real browsers: entries show in both, a dropped line is said loudly, what was missed is told."""

from collections.abc import Callable
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page
from playwright.sync_api import expect
from tests.journeys.held_to import faults_here
from tests.journeys.staff import CallTaker
from tests.journeys.staff import Dispatcher
from tests.journeys.staff import Staff
from tests.support.dropped_line import Line
from tests.support.served import Served

pytestmark = pytest.mark.browser

PATIENT = 30_000  # milliseconds: other work may be going on on the same machine
Opens = Callable[..., object]


@pytest.fixture
def line(served: Served) -> Iterator[Line]:
    made = Line(urlsplit(served.at).port or 0)
    yield made
    made.stop()


class Through:
    """The same server by another line."""

    def __init__(self, served: Served, port: int):
        self.at = f"http://127.0.0.1:{port}"
        self.password = served.password


def board(page: Page, at: str) -> None:
    page.goto(f"{at}/desk/board")
    is_live(page)


def is_live(page: Page) -> None:
    expect(page.locator("#state")).to_have_attribute("data-state", "live", timeout=PATIENT)


def shows(page: Page, code: str, words: str = "") -> None:
    row = page.locator(f"[data-row][data-code='{code}']")
    expect(row).to_have_count(1, timeout=PATIENT)
    if words:
        expect(row).to_contain_text(words, timeout=PATIENT)


def shows_no(page: Page, code: str) -> None:
    expect(page.locator(f"[data-row][data-code='{code}']")).to_have_count(0, timeout=PATIENT)


def codes(page: Page) -> list[str]:
    return page.locator("[data-row]").evaluate_all("rows => rows.map(row => row.dataset.code)")


@pytest.mark.slow
def test_an_entry_shows_in_every_open_browser_and_a_dropped_line_loses_nothing(
    dispatcher: Dispatcher, signs_in: Callable[[type[Staff]], Staff], opens: Opens, served: Served, line: Line
) -> None:
    here = dispatcher.page
    board(here, served.at)
    far = Dispatcher(opens().new_page(), Through(served, line.port))  # type: ignore[attr-defined,arg-type]
    board(far.page, far.served.at)
    taker = signs_in(CallTaker)
    assert isinstance(taker, CallTaker)

    # Both show a call as soon as it is kept, without being asked for anything
    code = taker.takes_a_silent_call()
    for page in (here, far.page):
        shows(page, code, "Immediate")
        shows(page, code, "55 pressed. That is no place")
    dispatcher_desk = signs_in(Dispatcher)
    dispatcher_desk.records(code, "UnitSent", unit="NT21")
    for page in (here, far.page):
        shows(page, code, "NT21 on the way")

    # The line of one drops: it says so, and since when, and does not look fresh
    line.cut()
    expect(far.page.locator("#lost")).to_contain_text("This board is not live since", timeout=PATIENT)
    expect(far.page.locator("#board")).to_have_class("b-rows b-stale")
    assert far.page.title().startswith("NOT LIVE")
    is_live(here)

    # Meanwhile a call comes, a unit arrives, and an older call is closed with a reason
    new = taker.takes_a_silent_call()
    dispatcher_desk.records(code, "UnitArrived", unit="NT21")
    shows(here, code, "Officers there since")
    shows(here, new)
    shows_no(far.page, new)

    # The line is back: what was missed is told, once, and the board is the same as the other
    line.mend()
    is_live(far.page)
    expect(far.page.locator("#lost")).to_be_empty()
    shows(far.page, new)
    shows(far.page, code, "Officers there since")
    assert codes(far.page) == codes(here)
    assert len(set(codes(far.page))) == len(codes(far.page))

    # A call leaves with a reason, which is said
    dispatcher_desk.records(code, "CallClosed", reason="officers_attended", caller_agreed="yes")
    for page in (here, far.page):
        shows_no(page, code)
        expect(page.locator("#said")).to_contain_text("left the board: officers attended", timeout=PATIENT)
    assert dispatcher.complaints == []


def test_the_board_by_keys_and_by_ear(dispatcher: Dispatcher, served: Served) -> None:
    page = dispatcher.page
    board(page, served.at)
    assert codes(page), "the demo has an open call"
    # A browser gives no sound before somebody pressed: the page says so, and each level can be tried
    page.keyboard.press("s")
    expect(page.locator("#sound")).to_contain_text("Sound is on", timeout=PATIENT)
    played = page.evaluate("boardSound.played()")
    page.locator("summary:has-text('Try the sounds')").click()
    for level in ("new", "dispatcher", "supervisor", "duty_officer"):
        page.locator(f"[data-test={level}]").click()
    page.wait_for_function(f"boardSound.played() >= {played} + 4")
    page.keyboard.press("1")
    assert page.evaluate("document.activeElement.dataset.code") == codes(page)[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/case/*")


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_of_the_board_has_a_fault(width: int, opens: Opens, served: Served) -> None:
    page = opens(width=width).new_page()  # type: ignore[attr-defined]
    dispatcher = Dispatcher(page, served)
    for way in ("", "/map", "/handover", "/load", "/older"):
        page.goto(f"{served.at}/desk/board{way}")
        if not way:
            is_live(page)
        assert faults_here(page) == [], way
        page.evaluate("document.documentElement.className = 't4'")
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), way
    assert dispatcher.complaints == []


def test_without_script_the_page_says_how_old_it_is(opens: Opens, served: Served) -> None:
    page = opens(script=False).new_page()  # type: ignore[attr-defined]
    Dispatcher(page, served)
    page.goto(f"{served.at}/desk/board")
    expect(page.locator("#state")).to_contain_text("Not live: as it stood at")
    assert page.locator("noscript meta[http-equiv=refresh]").count() == 1
    assert page.locator("[data-row]").count() > 0
    expect(page.locator("#sound-bar")).to_be_hidden()
    # And for as long as it is older than twelve seconds it says so, before the browser loads it again.
    expect(page.locator("#dead")).to_have_css("opacity", "1", timeout=PATIENT)
