"""The scene, shown live: a real browser with a fake camera, the control room's page, and what the record has of it."""

import itertools
import json
import re
import time
from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import Error
from playwright.sync_api import Page
from playwright.sync_api import expect
from tests.journeys.staff import CallTaker
from tests.journeys.staff import Staff
from tests.support.axe import found_by_axe
from tests.support.browser import CHROMIUM
from tests.support.browser import context
from tests.support.browser import watch
from tests.support.burnt_clock import AGES
from tests.support.burnt_clock import BURNS
from tests.support.burnt_clock import is_before
from tests.support.served import Served

pytestmark = pytest.mark.browser

FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
PLACE = {"latitude": 51.5034, "longitude": -0.1276, "accuracy": 12}
PATIENT = 60_000  # milliseconds: other work may be going on on the same machine
LEFT_BEHIND = """async () => ({
  stores: (await indexedDB.databases()).length, caches: (await caches.keys()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
  local: localStorage.length, session: sessionStorage.length, cookies: document.cookie,
})"""


class ControlRoom(CallTaker):
    """A call taker, with one case."""

    code = ""

    def live(self) -> str:
        return f"{self.served.at}/desk/case/{self.code}/live"

    def reads_out(self) -> str:
        """Asks whether it is safe, and reads out the signs."""
        self.page.goto(self.live())
        self.page.check("input[name=safe][value=yes]")
        self.page.get_by_role("button", name="Go on").click()
        expect(self.page.locator("#readout")).to_be_visible()
        return "".join(self.page.locator(".signs span").all_inner_texts())

    def sees(self, state: str) -> None:
        expect(self.page.locator("#state")).to_contain_text(state, timeout=PATIENT)

    def sees_a_picture(self) -> None:
        self.sees("Live")
        expect(self.page.locator("#nothing")).to_be_hidden(timeout=PATIENT)

    def ends(self) -> None:
        self.page.get_by_role("button", name="End it").click()
        expect(self.page.get_by_text("It was stopped here.")).to_be_visible(timeout=PATIENT)

    def kinds(self, kind: str) -> list[Any]:
        return [entry.fields for entry in self.served.entries(self.code) if entry.kind == kind]

    def waits_for(self, kind: str) -> Any:
        """What the record gets: nobody who stops waits for it."""
        until = time.monotonic() + 30
        while not (found := self.kinds(kind)):
            assert time.monotonic() < until, f"the record got no {kind}"
            time.sleep(0.2)
        return found[-1]


class Telephone:
    """A telephone with a camera, at the scene."""

    def __init__(self, browser: Browser, at: str, **more: Any):
        self.at = at
        self.place: BrowserContext = context(
            browser, width=390, permissions=["camera", "microphone", "geolocation"], geolocation=PLACE, **more
        )
        self.page: Page = self.place.new_page()
        self.complaints = watch(self.page)

    def opens(self, signs: str) -> None:
        self.page.goto(f"{self.at}/s/{signs}")

    def starts(self) -> None:
        self.page.get_by_role("button", name="Start", exact=True).click()
        expect(self.page.locator("#state")).to_have_attribute("data-state", "showing", timeout=PATIENT)

    def line(self, *, bytes_a_second: float, delay: float) -> None:
        line = self.place.new_cdp_session(self.page)
        line.send("Network.enable")
        line.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": delay * 1000, "uploadThroughput": bytes_a_second,
            "downloadThroughput": 4 * bytes_a_second,
        })  # fmt: skip


@pytest.fixture(scope="module")
def camera(chromium: Browser, started_with: list[str]) -> Iterator[Browser]:
    """A Chromium whose camera and microphone are the browser's own fake ones."""
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*started_with, *FAKE])
    yield browser
    browser.close()


@pytest.fixture
def control_room(signs_in: Callable[[type[Staff]], Staff]) -> ControlRoom:
    """A call taker with a new case: it is theirs because they took the call."""
    room = signs_in(ControlRoom)
    assert isinstance(room, ControlRoom)
    room.code = room.takes_a_silent_call()
    return room


@pytest.fixture
def telephone(camera: Browser, served: Served) -> Iterator[Telephone]:
    phone = Telephone(camera, served.at)
    yield phone
    phone.place.close()


def test_from_the_link_to_the_evidence(control_room: ControlRoom, telephone: Telephone) -> None:
    signs = control_room.reads_out()
    control_room.sees("Waiting")
    telephone.opens(f"{signs[:3]}-{signs[3:6]}-{signs[6:]}".lower())
    control_room.sees("Waiting")  # looking at the link has opened nothing
    telephone.starts()
    control_room.sees_a_picture()
    expect(control_room.page.locator("#place")).to_have_text("51.50340, -0.12760", timeout=PATIENT)
    expect(control_room.page.locator("#plus")).to_have_text("9C3XGV3C+9X")
    expect(control_room.page.locator("#sure")).to_contain_text("within 12 m")
    assert telephone.page.url.endswith("/s/")
    assert telephone.page.title().startswith("Information")
    expect(telephone.page.locator("#state")).to_have_text("They are watching this", timeout=PATIENT)

    video = control_room.page.locator("#picture")
    assert video.evaluate("video => [video.muted, video.videoWidth]") == [True, 640]
    control_room.page.keyboard.press("m")
    assert video.evaluate("video => video.muted") is False

    late = control_room.page.context.new_page()
    late.goto(control_room.live())
    expect(late.locator("#nothing")).to_be_hidden(timeout=PATIENT)
    assert late.locator("#picture").evaluate("video => video.videoWidth") == 640
    late.close()

    assert telephone.page.evaluate(LEFT_BEHIND) == {
        "stores": 0, "caches": 0, "workers": 0, "local": 0, "session": 0, "cookies": "",
    }  # fmt: skip
    telephone.page.get_by_role("button", name="Stop and clear").click()
    telephone.page.wait_for_url("**/s/over", timeout=PATIENT)
    assert telephone.place.cookies() == []
    control_room.sees("Ended")
    ended = control_room.waits_for("LiveEnded")
    assert ended.why == "stopped_on_the_telephone"
    taken = control_room.kinds("ItemTaken")
    assert [item.item for item in taken] == list(ended.items)
    assert {item.what for item in taken} == {"live_picture"}
    assert all(item.size > 10_000 for item in taken)
    assert len(control_room.kinds("LiveWatched")) == 1
    assert [found.how for found in control_room.kinds("LocationFound")][-1] == "live_link"
    telephone.opens(signs)
    expect(telephone.page.get_by_role("heading", name="This link opens nothing")).to_be_visible()
    assert (telephone.complaints, control_room.complaints) == ([], [])


def test_pictures_are_seen_in_the_order_in_which_they_were_taken(
    control_room: ControlRoom, telephone: Telephone
) -> None:
    # How old they are is measured in bench/live.py, beside a browser alone: that is the machine's as well as ours.
    telephone.page.add_init_script(BURNS)
    telephone.opens(control_room.reads_out())
    telephone.starts()
    control_room.sees_a_picture()
    control_room.page.evaluate(AGES)
    control_room.page.wait_for_function("() => clocks.length >= 40", timeout=2 * PATIENT)
    clocks = control_room.page.evaluate("clocks")
    assert [pair for pair in itertools.pairwise(clocks) if is_before(pair[1], pair[0])] == []
    assert is_before(clocks[0], clocks[-1])
    said = control_room.page.locator("#scene")
    expect(said).to_have_attribute(
        "data-age", re.compile(r"^\d"), timeout=PATIENT
    )  # whoever looks is told how old it is


def test_a_smashed_telephone_loses_nothing_that_was_seen(
    control_room: ControlRoom, chromium: Browser, started_with: list[str], served: Served
) -> None:
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*started_with, *FAKE])
    telephone = Telephone(browser, served.at)
    telephone.page.add_init_script(BURNS)
    telephone.opens(control_room.reads_out())
    telephone.starts()
    control_room.sees_a_picture()
    control_room.page.evaluate(AGES)
    control_room.page.wait_for_function("() => clocks.length >= 20", timeout=2 * PATIENT)
    line = browser.new_browser_cdp_session()
    with pytest.raises(Error):
        line.send("Browser.crash")
    control_room.sees("Signal lost")
    seen = control_room.page.evaluate("clocks.at(-1)")
    control_room.ends()
    ended = control_room.waits_for("LiveEnded")
    assert not is_before(ended.ended.timestamp() * 1000, seen)  # how much was under way: bench/live.py
    assert [item.size > 10_000 for item in control_room.kinds("ItemTaken")] == [True] * len(ended.items)


def test_a_lost_signal_is_bridged_from_memory(control_room: ControlRoom, telephone: Telephone) -> None:
    telephone.opens(control_room.reads_out())
    telephone.starts()
    control_room.sees_a_picture()
    telephone.place.set_offline(True)
    control_room.sees("Signal lost since")
    expect(telephone.page.locator("#state")).to_have_text("No signal", timeout=PATIENT)
    expect(telephone.page.locator("#said")).to_contain_text("lost if the page is closed")
    telephone.page.wait_for_timeout(7000)
    telephone.place.set_offline(False)
    control_room.sees("Live")
    expect(control_room.page.locator("#gaps")).to_have_text("nothing so far", timeout=PATIENT)
    telephone.page.wait_for_timeout(3000)
    telephone.page.get_by_role("button", name="Stop and clear").click()
    telephone.page.wait_for_url("**/s/over", timeout=PATIENT)
    ended = control_room.waits_for("LiveEnded")
    assert ended.missing <= 2  # of ten seconds and more; a busy machine begins the next recording late
    assert len(ended.items) >= 2  # what came late is one file without a hole; what is live is the next
    assert {json.dumps(item.what) for item in control_room.kinds("ItemTaken")} == {'"live_picture"'}


def test_on_a_slow_line_less_is_recorded_and_what_is_seen_catches_up(
    control_room: ControlRoom, telephone: Telephone
) -> None:
    telephone.opens(control_room.reads_out())
    telephone.line(bytes_a_second=40_000, delay=0.2)  # half of what the picture takes on a good line
    # The next recording, which takes less: some of it was acknowledged.
    with telephone.page.expect_response(lambda told: "/s/in/1/" in told.url and told.ok, timeout=PATIENT):
        telephone.starts()
        control_room.sees_a_picture()
    late = float(control_room.page.locator("#age").inner_text().split()[0])
    control_room.page.wait_for_function(
        "late => parseFloat(document.getElementById('age').textContent) < late", arg=late, timeout=PATIENT
    )
    control_room.sees("Live")
    control_room.ends()
    assert len(control_room.waits_for("LiveEnded").items) >= 2


def test_a_second_telephone_is_refused(control_room: ControlRoom, telephone: Telephone, camera: Browser) -> None:
    signs = control_room.reads_out()
    second = Telephone(camera, telephone.at)
    second.opens(signs)
    telephone.opens(signs)
    telephone.starts()
    second.page.get_by_role("button", name="Start", exact=True).click()
    expect(second.page.locator("#fault")).to_contain_text("opened before")
    control_room.sees("Live")
    second.place.close()


def test_the_black_screen_goes_on_and_is_left_by_two_touches(control_room: ControlRoom, telephone: Telephone) -> None:
    telephone.opens(control_room.reads_out())
    telephone.starts()
    page = telephone.page
    page.get_by_role("button", name="Make the screen black").click()
    dark = page.locator("#dark")
    assert dark.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 800}
    assert dark.evaluate("at => getComputedStyle(at).backgroundColor") == "rgb(0, 0, 0)"
    page.mouse.click(200, 400)
    page.wait_for_timeout(1200)
    expect(dark).to_be_visible()  # one touch, as in a pocket, shows nothing
    control_room.sees("Live")
    page.mouse.dblclick(200, 400)
    expect(dark).to_be_hidden()
    page.get_by_role("button", name="Make the screen black").click()
    page.keyboard.press("a")
    page.keyboard.press("a")
    expect(dark).to_be_hidden()


def test_leaving_is_hindered_by_nothing_and_ends_it(control_room: ControlRoom, telephone: Telephone) -> None:
    telephone.opens(control_room.reads_out())
    telephone.starts()
    asked: list[str] = []
    telephone.page.on("dialog", lambda dialog: asked.append(dialog.type))
    telephone.page.click("#leave")
    telephone.page.wait_for_url("https://www.bbc.co.uk/weather")
    assert asked == []
    assert control_room.waits_for("LiveEnded").why == "page_left"


def test_without_script_single_pictures_can_be_sent(control_room: ControlRoom, camera: Browser, served: Served) -> None:
    telephone = Telephone(camera, served.at, script=False)
    telephone.page.goto(f"{served.at}/s/")
    telephone.page.fill("#signs", control_room.reads_out())
    telephone.page.get_by_role("button", name="Go on").click()
    telephone.page.wait_for_url("**/s/")
    expect(telephone.page.get_by_text("Stay on the telephone, or ring the number")).to_be_visible()
    png = telephone.page.screenshot()
    telephone.page.set_input_files("#picture", {"name": "x.png", "mimeType": "image/png", "buffer": png})
    telephone.page.get_by_role("button", name="Send the picture").click()
    telephone.page.wait_for_url("**/s/**")
    assert control_room.waits_for("ItemTaken").what == "scene_photograph"
    telephone.place.close()


def test_why_no_link_was_made_is_recorded(control_room: ControlRoom) -> None:
    page = control_room.page
    page.goto(control_room.live())
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("Ask first whether it is safe")).to_be_visible()
    page.check("input[name=safe][value=no]")
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"**/case/{control_room.code}")
    assert [offer.answer for offer in control_room.kinds("LiveLinkOffered")] == ["not_safe_to_offer"]
    assert control_room.kinds("LiveLinkMade") == []


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_runs_off_the_side(
    control_room: ControlRoom, telephone: Telephone, width: int
) -> None:
    room, page = control_room.page, telephone.page
    for each in (room, page):
        each.set_viewport_size({"width": width, "height": 800})
    seen = []

    def look(at: Page) -> None:
        wide = at.evaluate("document.documentElement.scrollWidth")
        seen.append((at.url.rpartition("/")[2], found_by_axe(at), wide <= width))

    room.goto(control_room.live())
    look(room)
    signs = control_room.reads_out()
    look(room)
    telephone.opens("")
    look(page)
    telephone.opens(signs)
    look(page)
    telephone.starts()
    control_room.sees_a_picture()
    look(room)
    look(page)
    page.get_by_role("button", name="Stop and clear").click()
    page.wait_for_url("**/s/over", timeout=PATIENT)
    look(page)
    telephone.opens("222-222-222")
    look(page)
    assert [each for each in seen if each[1] or not each[2]] == []
