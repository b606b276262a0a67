"""A survivor gives something by telephone, on a bad line that breaks in the middle; and an old one, without script."""

import hashlib
import io
import re
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext
from playwright.sync_api import CDPSession
from playwright.sync_api import Page
from tests.journeys.survivor import Survivor
from tests.journeys.test_profile import lives  # noqa: F401 a fixture
from tests.support.browser import follow
from tests.support.profile_folder import found_in
from tests.support.served import Served

from holdfast.vault.items import items_of

pytestmark = pytest.mark.browser
CASE = "Nothing late"
MOBILE = {"offline": False, "latency": 150, "downloadThroughput": 100_000, "uploadThroughput": 90_000}  # bytes a second
FAST = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
LOST = {**MOBILE, "offline": True}


def picture() -> bytes:
    """A picture that does not compress: about 350 kB."""
    made = io.BytesIO()
    Image.frombytes("RGB", (400, 300), secrets.token_bytes(360_000)).save(made, "JPEG", quality=97)
    return made.getvalue()


def items(served: Served, code: str) -> Any:
    return [each for each in items_of(served.entries(code)) if each.of is None]


_TOOLS: dict[Page, CDPSession] = {}


def line(page: Page, how: dict[str, Any]) -> None:
    """Makes the line as slow as it is said to be."""
    if page not in _TOOLS:  # one for each page: two would each slow it in their own way
        _TOOLS[page] = page.context.new_cdp_session(page)
        _TOOLS[page].send("Network.enable")
    _TOOLS[page].send("Network.emulateNetworkConditions", how)


def is_at(page: Page, more_than: int) -> None:
    """Waits until so many bytes of the first file are said to be sent."""
    until = time.monotonic() + 60
    while page.evaluate("document.querySelector('progress').value") <= more_than:
        assert time.monotonic() < until, "it is not sent"
        time.sleep(0.05)


@pytest.fixture
def on_their_phone(
    served: Served, opens: Callable[..., BrowserContext], words_by_command: Callable[[str], tuple[str, str]]
) -> Survivor:
    found = Survivor(opens(width=390, has_touch=True, is_mobile=True).new_page(), served)
    found.opens_their_page(*words_by_command(CASE))
    return found


def test_pictures_on_a_bad_line_that_breaks_come_in_whole_and_go_on_from_where_they_were(
    on_their_phone: Survivor, served: Served, tmp_path: Path
) -> None:
    page, code = on_their_phone.page, served.cases[CASE]["code"]
    before = len(items(served, code))
    pictures = [picture() for _ in range(3)]
    files = []
    for number, content in enumerate(pictures):
        files.append(tmp_path / f"IMG_{number}.jpg")
        files[-1].write_bytes(content)

    # Given somebody on their page, with a bad line
    page.get_by_role("link", name="Give something").click()
    page.get_by_role("link", name="A picture of an injury").click()
    page.wait_for_selector("#files")
    line(page, MOBILE)
    page.set_input_files("#files", files)
    page.get_by_label("Yes, now").check()
    begun = time.monotonic()
    page.get_by_role("button", name="Send").click()

    # When the line breaks in the middle, it is said, and nothing that arrived is sent again
    is_at(page, 150000)
    line(page, LOST)
    page.wait_for_selector("text=The line is lost", timeout=30_000)
    time.sleep(1)
    line(page, MOBILE)
    page.wait_for_selector("text=Everything is taken.", timeout=90_000)
    assert time.monotonic() - begun < 60, "in under a minute"

    # Then every picture is there as it was taken, and theirs to say
    taken = items(served, code)[before:]
    assert [each.sha256 for each in taken] == [hashlib.sha256(content).hexdigest() for content in pictures]
    assert {(each.what, each.police_may_have, each.source) for each in taken} == {
        ("injury_photograph", "now", "survivor")
    }
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.input_value("#files") == ""
    line(page, FAST)
    page.get_by_role("link", name="What you gave").click()
    page.wait_for_selector("h1:has-text('What you gave')")
    assert "IMG_" not in page.content()
    complaints = [each for each in on_their_phone.complaints if "ERR_INTERNET_DISCONNECTED" not in each]
    assert complaints == []


def test_a_voicemail_is_stopped_and_goes_on_and_a_receipt_is_saved(
    on_their_phone: Survivor, served: Served, tmp_path: Path
) -> None:
    page, code = on_their_phone.page, served.cases[CASE]["code"]
    voicemail = tmp_path / "voicemail.m4a"
    voicemail.write_bytes(b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42" + secrets.token_bytes(700_000))
    page.goto(f"{served.at}/my/sound")
    line(page, MOBILE)
    page.set_input_files("#files", voicemail)
    page.get_by_text("Say more").click()
    page.get_by_label("Who sent it").fill("Invented Name")
    page.get_by_label("From which number").fill("07700 900123")
    page.get_by_role("button", name="Send").click()
    is_at(page, 100000)
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("text=Nothing that arrived is lost")
    time.sleep(0.5)
    page.get_by_role("button", name="Go on").click()
    page.wait_for_selector("text=Everything is taken.", timeout=60_000)
    item = items(served, code)[-1]
    assert item.sha256 == hashlib.sha256(voicemail.read_bytes()).hexdigest()
    assert (item.source_name, item.police_may_have) == ("Invented Name", "not_asked")
    assert "07700 900123" in item.words

    line(page, FAST)
    page.goto(f"{served.at}/my/given")
    assert "You have not chosen" in page.locator("main").inner_text()
    follow(page.locator("button:has-text('Receipt')").first)
    page.get_by_label("I have read it").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="Save it").click()
    assert re.fullmatch(r"information-\d+\.txt", download.value.suggested_filename)
    assert item.sha256 in Path(download.value.path()).read_text()


def test_a_page_that_was_closed_goes_on_with_the_same_file_and_with_no_other(
    on_their_phone: Survivor, served: Served, tmp_path: Path
) -> None:
    page, code = on_their_phone.page, served.cases[CASE]["code"]
    film, other = tmp_path / "film.mp4", tmp_path / "other.mp4"
    before = len(items(served, code))
    film.write_bytes(secrets.token_bytes(900_000))
    other.write_bytes(secrets.token_bytes(900_000))
    page.goto(f"{served.at}/my/thing")
    line(page, MOBILE)
    page.set_input_files("#files", film)
    page.get_by_role("button", name="Send").click()
    is_at(page, 350000)
    page.goto("about:blank")  # the page is gone, with all that it knew, before the line could carry the rest
    line(page, FAST)
    page.goto(f"{served.at}/my/given")
    assert "Coming in" in page.locator("main").inner_text()
    assert len(items(served, code)) == before, "nothing half-taken is shown as taken"
    for chosen, says in ((other, "another file"), (film, "Everything is taken.")):
        page.goto(f"{served.at}/my/given")
        follow(page.get_by_role("button", name="Go on").last)  # the newest
        page.set_input_files("#files", chosen)
        page.locator("main button.button").click()
        page.wait_for_selector(f"text={says}", timeout=60_000)
    assert items(served, code)[-1].sha256 == hashlib.sha256(film.read_bytes()).hexdigest()


def test_without_script_two_pictures_and_a_note_are_given_and_police_may_have_one_later(
    served: Served,
    opens: Callable[..., BrowserContext],
    words_by_command: Callable[[str], tuple[str, str]],
    tmp_path: Path,
) -> None:
    survivor, code = Survivor(opens(width=390, script=False).new_page(), served), served.cases[CASE]["code"]
    survivor.opens_their_page(*words_by_command(CASE))
    page = survivor.page
    files = [tmp_path / "a.jpg", tmp_path / "b.jpg"]
    for each in files:
        each.write_bytes(picture())
    page.goto(f"{served.at}/my/picture")
    page.set_input_files("#files", files)
    page.get_by_label("No. It is kept for me").check()
    follow(page.get_by_role("button", name="Send"))
    assert page.locator("h1").inner_text() == "What you gave"
    taken = items(served, code)[-2:]
    assert [each.sha256 for each in taken] == [hashlib.sha256(each.read_bytes()).hexdigest() for each in files]
    assert {each.police_may_have for each in taken} == {"no"}

    page.locator("summary:has-text('Change this')").first.click()
    follow(page.get_by_role("button", name="Yes, now").first)
    assert "The police may have it." in page.locator("main").inner_text()
    assert items(served, code)[-1].police_may_have == "now"

    page.goto(f"{served.at}/my/diary")
    page.get_by_label("What happened").fill("It was on the stairs.")
    follow(page.get_by_role("button", name="Keep this note"))
    assert "Your note is kept" in page.locator("main").inner_text()
    assert items(served, code)[-1].what == "diary_note"

    # An empty form says so, and leads back.
    page.goto(f"{served.at}/my/paper")
    follow(page.get_by_role("button", name="Send"))
    assert "No file was chosen" in page.locator("main").inner_text()
    assert page.locator("#leave").count() == 1
    follow(page.get_by_role("link", name="See what arrived"))
    assert page.locator("h1").inner_text() == "What you gave"
    assert page.get_by_role("link", name="Give something").count() == 1


def test_leaving_works_at_once_while_something_is_sent(
    on_their_phone: Survivor, served: Served, tmp_path: Path
) -> None:
    page = on_their_phone.page
    film = tmp_path / "film.mp4"
    film.write_bytes(secrets.token_bytes(900_000))
    page.goto(f"{served.at}/my/thing")
    line(page, MOBILE)
    page.set_input_files("#files", film)
    page.get_by_role("button", name="Send").click()
    is_at(page, 50000)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))
    on_their_phone.leaves()
    page.wait_for_url(lambda address: "/my/" not in address, timeout=30_000)
    assert asked == []


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_the_phone_keeps_nothing_of_what_was_given(
    script: bool,
    lives: Callable[..., Path],  # noqa: F811 the fixture
    served: Served,
    words_by_command: Callable[[str], tuple[str, str]],
    tmp_path: Path,
) -> None:
    code, words = words_by_command(CASE)
    content = b"Brimstone cardigan lantern. " * 12_000
    named = tmp_path / "quagmire-teapot.txt"
    named.write_bytes(content)
    said = ("Wheelbarrow Invented", "07700 900888", "Marzipan on the stairs")

    def journey(browser: BrowserContext) -> None:
        page = browser.pages[0]
        if not script:
            page.route("**/*.js", lambda route: route.abort())
        survivor = Survivor(page, served)
        survivor.opens_their_page(code, words)
        page.goto(f"{served.at}/my/talk")
        page.set_input_files("#files", named)
        page.get_by_text("Say more").click()
        for label, text in zip(("Who sent it", "From which number", "What it shows"), said, strict=True):
            page.get_by_label(label).fill(text)
        page.wait_for_timeout(1500)  # a browser writes what stands in its fields from time to time
        page.get_by_role("button", name="Send").click()
        if script:
            page.wait_for_selector("text=Everything is taken.", timeout=60_000)
            page.set_input_files("#files", named)  # chosen again, and not sent
        else:
            page.wait_for_selector("h1:has-text('What you gave')", timeout=60_000)
        page.wait_for_timeout(1500)
        survivor.leaves()
        page.wait_for_url("https://www.bbc.co.uk/**")
        page.wait_for_timeout(1500)

    before = len(items(served, code))
    folder = lives(journey)
    assert len(items(served, code)) == before + 1
    assert found_in(folder, ["brimstone cardigan", "quagmire-teapot", *said, words]) == set()
