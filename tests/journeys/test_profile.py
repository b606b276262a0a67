"""After a whole journey in a fresh browser, and leaving: nothing of it stands in the browser's own folder on the disk.

The site's own address may stand there, and so may the names of its pages, which say nothing (`/my/list`); the page
itself warns of that. What was typed, the code, the words and the numbers of the case may not.
"""

import gzip
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from tests.journeys.survivor import Survivor
from tests.support.browser import WHOLE
from tests.support.browser import follow
from tests.support.profile_folder import found_in
from tests.support.profile_folder import unsnapped
from tests.support.served import Served

pytestmark = pytest.mark.browser

CASE = "Running now"
ASKED = "Does Quillfeather know of the xylophone"
DISPUTED = "Nobody zigzagged to the marmalade house"
# Nothing of the case, either, that its own pages say.
SAID = ("What happens now", "It should have been done", "case was opened", "Every promise")


@pytest.fixture
def lives(
    chromium: Browser, started_with: list[str], tmp_path: Path
) -> Callable[[Callable[[BrowserContext], None]], Path]:
    """A browser with a folder of its own: does what it is told, is closed, and leaves the folder."""

    def one(does: Callable[[BrowserContext], None]) -> Path:
        folder = tmp_path / "profile"
        browser = chromium.browser_type.launch_persistent_context(
            str(folder), executable_path=WHOLE, args=started_with, viewport={"width": 375, "height": 800}
        )
        browser.set_default_timeout(30_000)
        does(browser)
        browser.close()
        assert any(folder.rglob("History")), "this browser kept no profile: nothing was tried"
        return folder

    return one


def secrets_of(code: str, words: str, entries: list) -> set[str]:
    """Everything that must not be found: code in both writings, the words, what was typed.

    Of the words, all and any two that follow one another: one alone may be a word that a browser's own files use.
    """
    from holdfast.casefile.codes import shown

    numbers = {entry.fields.reference for entry in entries if entry.kind == "ReportNumberGiven"}
    pairs = {f"{one} {other}" for one, other in pairwise(words.split())}
    return {code, shown(code), words, *pairs, *filter(None, numbers), ASKED, DISPUTED, "Quillfeather", *SAID}


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_profile_folder_holds_nothing_of_the_journey(
    script: bool,
    lives: Callable[..., Path],
    served: Served,
    words_by_command: Callable[[str], tuple[str, str]],
) -> None:
    code, words = words_by_command(CASE)

    def journey(browser: BrowserContext) -> None:
        page = browser.pages[0]
        if not script:
            page.route("**/*.js", lambda route: route.abort())
        survivor = Survivor(page, served)
        page.goto(f"{served.at}/guide/england-and-wales/")
        survivor.opens_their_page("WRONG-CODE", words)  # somebody mistypes first
        survivor.opens_their_page(code, words)
        assert survivor.is_in
        for path in ("list", "people", "until", "reach", "plan", "looks"):
            page.goto(f"{served.at}/my/{path}")
        survivor.asks(ASKED)
        page.goto(f"{served.at}/my/ask")
        page.locator("[name='q-question']").fill(ASKED)  # typed and not sent
        page.wait_for_timeout(1500)  # a browser writes what stands in its fields from time to time
        page.goto(f"{served.at}/my/list")
        dispute = page.locator("form[action='/my/note'] button:visible").first
        if dispute.count():
            follow(dispute)
            page.locator("[name='words']").fill(DISPUTED)
            follow(page.locator("main button:has-text('It did not happen')"))
        survivor.leaves()
        page.wait_for_url("https://www.bbc.co.uk/**")
        page.wait_for_timeout(1500)

    folder = lives(journey)
    assert found_in(folder, secrets_of(code, words, served.entries(code))) == set()
    assert found_in(folder, [served.at.removeprefix("http://")]), (
        "the site's address is there, and the page warns of it"
    )


def test_what_is_left_on_purpose_is_found(lives: Callable[..., Path], served: Served) -> None:
    """Else the test above could not fail: in an address, in what a page stores, in a field that a browser may keep."""

    def careless(browser: BrowserContext) -> None:
        page = browser.pages[0]
        page.goto(f"{served.at}/traces?word=gobbledygook%20lantern")
        page.evaluate("localStorage.setItem('kept', 'brimstone cardigan')")
        page.evaluate("document.title = 'whippersnapper'")
        page.goto(f"{served.at}/traces?on")
        page.wait_for_timeout(1500)

    left = ("gobbledygook lantern", "brimstone cardigan", "whippersnapper")
    assert {word for word, _ in found_in(lives(careless), left)} == set(left)


def test_what_is_packed_is_opened(tmp_path: Path) -> None:
    (tmp_path / "packed").write_bytes(b"before" + gzip.compress(b"a whippersnapper") + b"after")
    assert found_in(tmp_path, ["Whippersnapper"]) == {("Whippersnapper", "packed")}
    # Ten letters as they are, then ten more copied from ten back.
    assert unsnapped(bytes([20, 9 << 2]) + b"marmalade " + bytes([(10 - 1) << 2 | 2, 10, 0])) == b"marmalade " * 2
