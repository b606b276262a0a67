"""Evidence at the desk in a real browser: photographed on a body map, looked at, played, held, taken over; with script
and without."""

import math
import struct
import wave
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from tests.journeys.held_to import faults_here
from tests.journeys.staff import Investigator
from tests.journeys.staff import Supervisor
from tests.support.browser import follow
from tests.support.served import Served

from holdfast.record.entry import Entry

pytestmark = pytest.mark.browser

CASE = "Running now"
BRUISE = "A bruise as wide as three fingers"


@pytest.fixture
def code(served: Served) -> str:
    return str(served.cases[CASE]["code"])


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def detective(request: pytest.FixtureRequest, served: Served, opens: Callable[..., BrowserContext]) -> Investigator:
    """An investigating officer, at a browser with script and at one without."""
    made = Investigator(opens(script=request.param).new_page(), served)
    made.script = request.param  # type: ignore[attr-defined]
    return made


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A photograph as a camera would make it, with its time in it."""
    path = tmp_path / "DSC_0042.JPG"
    Image.new("RGB", (640, 480), "#806060").save(path, "JPEG")
    return path


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Twenty seconds of a tone."""
    path = tmp_path / "call.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 22050, 0, "NONE", ""))
        tone = (int(9000 * math.sin(step / 12)) for step in range(22050 * 20))
        file.writeframes(b"".join(struct.pack("<h", one) for one in tone))
    return path


def of_kind(served: Served, code: str, kind: str) -> list[Entry]:
    return [entry for entry in served.entries(code) if entry.kind == kind]


def goes_to(page: Page, served: Served, code: str, *further: str) -> None:
    page.goto("/".join((served.at, "desk/case", code, "evidence", *further)))


def takes_in(page: Page, path: Path, *, script: bool) -> None:
    """The last step: chooses the file, and goes on when it is taken in."""
    page.set_input_files("#files", path)
    if script:
        page.click("button:has-text('Take it in')")
        page.locator("text=Everything is taken in").wait_for()
        follow(page.locator("a:has-text('Go on')"))
    else:
        follow(page.locator("button:has-text('Take it in')"))
    assert "Taken in." in page.locator("main").inner_text()


def looks(page: Page, purpose: str = "investigation") -> None:
    form = page.locator("form[action$='/look']")
    form.locator(f"input[value='{purpose}']").check(force=True)
    follow(form.locator("button"))


def opens_item(page: Page, served: Served, code: str, item: str) -> None:
    goes_to(page, served, code, item)
    assert page.locator("h1").count() == 1


def test_an_injury_is_photographed_marked_on_the_body_and_seen(
    detective: Investigator, served: Served, code: str, picture: Path
) -> None:
    page, script = detective.page, detective.script  # type: ignore[attr-defined]

    # Given an officer who marks where the injury is, and says in what light the picture was made
    goes_to(page, served, code)
    follow(page.locator("a:has-text('Take something in')"))
    follow(page.locator("a:has-text('Photograph of an injury')"))
    if script:
        page.locator("[data-area='front.neck']").click()
        page.locator("[data-area='front.left_hand']").click()
        page.locator("[data-area='front.left_hand']").click()  # pressed once too often, and taken back
        assert page.locator("[data-marked]").inner_text() == "Marked: Neck, front"
    else:
        page.locator("input[value='front.neck']").check(force=True)
    page.fill("[name=words]", BRUISE)
    page.fill("[name=light]", "A torch from the left")
    page.locator("[name=scale][value=yes]").check(force=True)
    assert faults_here(page) == [] if script else True
    follow(page.locator("button:has-text('Go on to the file')"))

    # When the picture is taken in
    takes_in(page, picture, script=script)
    taken = of_kind(served, code, "ItemTaken")[-1].fields
    assert (taken.what, taken.words, taken.light, taken.scale) == (
        "injury_photograph", BRUISE, "A torch from the left", "yes",
    )  # fmt: skip
    assert tuple(taken.body) == ("front.neck",)
    assert taken.size == picture.stat().st_size

    # Then the list has it, and its preview is seen by whoever says for what
    assert BRUISE in page.locator(".item-row").first.inner_text()
    follow(page.locator(".item-row a.what").first)
    assert page.locator("img").count() == 0
    assert "Neck, front" in page.locator("main").inner_text()
    looks(page)
    assert page.locator("img.shown").evaluate("async image => { await image.decode(); return image.naturalWidth }") > 0
    look = of_kind(served, code, "ItemLookedAt")[-1]
    assert (look.fields.item, look.fields.purpose) == (taken.item, "To investigate this case")

    # And when the pictures are said to be complete, a day for later ones is owed
    goes_to(page, served, code)
    page.goto(page.url + "?taken=injury_photograph")
    page.fill("#which", "Neck")
    again = f"{datetime.now(UTC).year + 1}-03-03T10:00"
    page.fill("#again_on", again)
    follow(page.locator("button:has-text('Record that the injuries were photographed')"))
    assert "to be photographed again on" in page.locator("main").inner_text()
    assert of_kind(served, code, "LaterPicturesAgreed")
    assert any(key.startswith("photograph-again@") for key in detective.owed(code))
    assert detective.complaints == []


def test_a_recording_is_taken_in_and_played_from_its_middle(
    investigator: Investigator, served: Served, code: str, recording: Path
) -> None:
    page = investigator.page
    goes_to(page, served, code, "take?what=call_recording")
    page.fill("[name=words]", "A voice, then glass")
    follow(page.locator("button:has-text('Go on to the file')"))
    takes_in(page, recording, script=True)
    follow(page.locator(".item-row a.what").first)
    asked: list[tuple[int, str]] = []
    page.on("response", lambda got: asked.append((got.status, got.headers.get("content-range", ""))))
    looks(page)
    player = page.locator("audio")
    until = player.evaluate(
        """async player => {
            const when = name => new Promise(done => player.addEventListener(name, done, {once: true}));
            if (player.readyState < 1) await when("loadedmetadata");
            player.currentTime = 15;
            await when("seeked");
            return [player.duration, player.currentTime];
        }"""
    )
    assert until == [20, 15]
    assert any(status == 206 and shown.startswith("bytes ") for status, shown in asked)
    assert len(of_kind(served, code, "ItemLookedAt")) == len(
        {(entry.fields.item, entry.by.staff, entry.recorded_at) for entry in of_kind(served, code, "ItemLookedAt")}
    )
    item = of_kind(served, code, "ItemTaken")[-1].fields.item
    assert sum(entry.fields.item == item for entry in of_kind(served, code, "ItemLookedAt")) == 1
    assert investigator.complaints == []


def test_what_runs_is_held_until_two_people_let_it_be_shown(
    investigator: Investigator, supervisor: Supervisor, served: Served, code: str
) -> None:
    held = of_kind(served, code, "ItemHeld")[0].fields.item

    # Given a saved page that could act, which nobody is shown
    opens_item(investigator.page, served, code, held)
    assert "shown to nobody as it is" in investigator.page.locator("main").inner_text()
    assert investigator.page.locator("form[action$='/look']").count() == 0
    assert faults_here(investigator.page) == []

    # When the investigator asks, they cannot decide it themselves
    follow(investigator.page.locator("button:has-text('Ask that it is shown')"))
    assert investigator.page.locator("button:has-text('Let it be shown')").count() == 0

    # Then a supervisor decides it at their own desk
    opens_item(supervisor.page, served, code, held)
    supervisor.page.fill("#reason", "Opened on a machine apart: a saved page with one script")
    follow(supervisor.page.locator("button:has-text('Let it be shown')"))
    lifted = of_kind(served, code, "ItemHoldLifted")[-1]
    assert (lifted.by.staff, lifted.fields.second_person) == ("demo.supervisor", "demo.investigator")

    # And even then it is not opened as a page
    opens_item(supervisor.page, served, code, held)
    looks(supervisor.page)
    assert "no safe way to show this here" in supervisor.page.locator("main").inner_text()
    assert investigator.complaints == supervisor.complaints == []


def test_what_the_survivor_lets_police_have_is_taken_over_and_then_read(
    detective: Investigator, served: Served, code: str
) -> None:
    page = detective.page
    given = next(e for e in of_kind(served, code, "ItemTaken") if e.by.role == "survivor").fields.item
    opens_item(page, served, code, given)
    if not any(entry.fields.item == given for entry in of_kind(served, code, "ItemHandedToPolice")):
        assert page.locator("form[action$='/look']").count() == 0
        page.locator("[name=understood]").check()
        follow(page.locator("button:has-text('Take it over')"))
    assert [entry.fields.item for entry in of_kind(served, code, "ItemHandedToPolice")] == [given]
    looks(page)
    assert "You will be sorry" in page.locator("pre").inner_text()
    assert detective.complaints == []


def test_a_copy_has_a_neutral_name_and_its_place_in_the_record(
    investigator: Investigator, served: Served, code: str
) -> None:
    page = investigator.page
    note = next(e.fields for e in of_kind(served, code, "ItemTaken") if e.fields.named == "note.txt")
    opens_item(page, served, code, note.item)
    page.locator("summary:has-text('Take a copy out')").click()
    form = page.locator("form[action$='/copy']")
    form.locator("input[value='disclosure']").check(force=True)
    form.locator("[name=to]").fill("Disclosure officer, by hand")
    form.locator("button").click()
    page.wait_for_selector("h1:has-text('Who will see this')")
    for choice in page.locator("input[value=stay]").all():
        choice.check()
    page.get_by_label("I have read all of it").check()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Record it, and take the copy").click()
    assert saved.value.suggested_filename == f"item-{note.item[:8]}.txt"
    copied = of_kind(served, code, "ItemCopied")[-1].fields
    assert (copied.item, copied.to) == (note.item, "Disclosure officer, by hand")


def test_the_keyboard_alone_does_it(investigator: Investigator, served: Served, code: str, picture: Path) -> None:
    page = investigator.page
    goes_to(page, served, code)
    page.keyboard.press("n")
    page.wait_for_url("**/evidence/take")
    goes_to(page, served, code, "take?what=injury_photograph")
    page.locator("input[value='back.neck']").focus()
    page.keyboard.press("Space")
    assert page.locator("[data-area='back.neck']").get_attribute("class") == "on"
    page.locator("button:has-text('Go on to the file')").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("#files").count() == 1
    assert faults_here(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_holds_what_pages_are_held_to(
    served: Served, opens: Callable[..., BrowserContext], code: str, width: int
) -> None:
    made = Investigator(opens(width=width).new_page(), served)
    page = made.page
    note = next(e.fields for e in of_kind(served, code, "ItemTaken") if e.fields.named == "note.txt")
    opens_item(page, served, code, note.item)
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    assert faults_here(page) == []
    looks(page)
    assert faults_here(page) == []
    goes_to(page, served, code)
    assert faults_here(page) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert not page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    assert made.complaints == []
