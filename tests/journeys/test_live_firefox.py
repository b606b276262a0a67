"""The telephone's side in Debian's Firefox, with its own fake camera; the control room in Chromium, and in Firefox."""

from pathlib import Path

import pytest
from tests.journeys.test_live import PLACE
from tests.journeys.test_live import ControlRoom
from tests.journeys.test_live import control_room  # noqa: F401 a fixture
from tests.support.marionette import FIREFOX
from tests.support.marionette import Firefox
from tests.support.served import Served

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not FIREFOX.exists(), reason="Debian's Firefox is not here: apt-get install firefox-esr"),
]
SHOWS = "return document.getElementById('state').dataset.state"


def test_firefox_shows_the_scene_and_chromium_sees_it(
    control_room: ControlRoom,  # noqa: F811
    served: Served,
    tmp_path: Path,
) -> None:
    signs = control_room.reads_out()
    with Firefox(tmp_path, PLACE) as telephone:
        telephone.goes(f"{served.at}/s/{signs}")
        telephone.presses("go")
        telephone.waits(f"{SHOWS} === 'showing'")
        control_room.sees_a_picture()
        width, played = control_room.page.locator("#picture").evaluate("video => [video.videoWidth, video.currentTime]")
        assert width > 0
        control_room.page.wait_for_timeout(4000)
        assert control_room.page.locator("#picture").evaluate("video => video.currentTime") > played + 1
        late = control_room.page.context.new_page()  # whoever comes late joins at a key picture of Firefox's too
        late.goto(control_room.live())
        late.locator("#nothing").wait_for(state="hidden", timeout=30_000)
        late.close()
        telephone.presses("stop")
        telephone.waits("return location.pathname === '/s/over'")
    ended = control_room.waits_for("LiveEnded")
    assert ended.why == "stopped_on_the_telephone"
    assert [item.size > 10_000 for item in control_room.kinds("ItemTaken")] == [True] * len(ended.items)


def test_firefox_watches_what_firefox_shows(
    control_room: ControlRoom,  # noqa: F811
    served: Served,
    tmp_path: Path,
) -> None:
    signs = control_room.reads_out()
    for name in ("telephone", "desk"):
        (tmp_path / name).mkdir()
    with Firefox(tmp_path / "telephone", PLACE) as telephone, Firefox(tmp_path / "desk", PLACE) as desk:
        telephone.goes(f"{served.at}/s/{signs}")
        telephone.presses("go")
        telephone.waits(f"{SHOWS} === 'showing'")
        desk.goes(f"{served.at}/desk/sign-in")
        for field, words in (("name", "call.taker"), ("password", served.password)):
            desk.tells(f"document.getElementById('{field}').value = '{words}'")
        desk.tells("document.querySelector('form:has(#password) button').click()")
        desk.waits("return location.pathname === '/desk/'")
        desk.goes(control_room.live())
        desk.waits(
            "return document.getElementById('nothing').hidden && document.getElementById('picture').videoWidth > 0"
        )
        desk.waits(f"{SHOWS} === 'showing'")
        telephone.presses("stop")
        telephone.waits("return location.pathname === '/s/over'")
