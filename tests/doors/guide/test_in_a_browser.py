"""Each template of the guide as it is drawn, from left to right and from right to left: axe finds nothing, nothing runs
off the side in letters four times as large, and without script everything works.
"""

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Browser
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from tests.doors.guide.conftest import reading
from tests.doors.guide.made_up import DRAFT
from tests.doors.guide.made_up import REVIEWED
from tests.support.axe import found_by_axe
from tests.support.browser import context
from tests.support.browser import follow
from tests.support.browser import watch

from holdfast.doors.look.cookies import site_wide
from holdfast.site.asgi import application

pytestmark = pytest.mark.browser

HERE = "guide/england-and-wales/"
TEMPLATES = (
    "", "bail", "easy/", "easy/if-you-call", "way/now/1", "services", "changed", "languages", "formats", "bail/formats",
    "about", "card",
)  # fmt: skip
STEPS = ("", "start/england-and-wales", f"start/england-and-wales/{DRAFT}")
LTR, RTL = HERE, f"{HERE}{DRAFT}/"
Browse = Callable[..., Page]


@pytest.fixture(scope="module")
def at(lettered: Path, data_folder: Path) -> Iterator[str]:
    """The guide in its made-up languages, served by the real server in a thread of this process."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(application, host="127.0.0.1", port=port, log_config=None, lifespan="off"))
    with reading(lettered / "packs", lettered / "frame", drafts=True):
        application._kept.clear()
        running = threading.Thread(target=lambda: asyncio.run(server.serve()))
        running.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}/"
        server.should_exit = True
        running.join(20)
        application._kept.clear()


@pytest.fixture
def browse(chromium: Browser, whole: Browser, at: str) -> Iterator[Browse]:
    """Opens a page of the guide as `browse(path, width=..., script=..., look=...)`."""
    opened: list[BrowserContext] = []

    def open_page(path: str, look: str = "", **more: Any) -> Page:
        place = context(chromium if more.get("script", True) else whole, **more)
        opened.append(place)
        if look:
            cookie = {"name": site_wide("look"), "value": look, "url": at.replace("http:", "https:"), "secure": True}
            place.add_cookies([cookie])
        page = place.new_page()
        page.goto(at + path)
        return page

    yield open_page
    for place in opened:
        place.close()


@pytest.mark.parametrize(("base", "width"), [(LTR, 1280), (RTL, 375)])
def test_axe_finds_nothing_in_any_template(browse: Browse, at: str, base: str, width: int) -> None:
    page = browse("", width=width)
    complaints, found = watch(page), {}
    for path in (*STEPS, *(base + each for each in TEMPLATES)):
        page.goto(at + path)
        if wrong := found_by_axe(page):
            found[path] = wrong
    assert found == {}
    assert complaints == []


@pytest.mark.parametrize("path", [f"{RTL}bail", f"{HERE}{REVIEWED}/services"])
def test_axe_finds_nothing_in_high_contrast_large_letters_and_room(browse: Browse, path: str) -> None:
    for scheme in ("light", "dark"):
        page = browse(path, look="411", width=1280, color_scheme=scheme)
        page.click(".ease summary")
        assert found_by_axe(page) == [], scheme


@pytest.mark.parametrize("base", [LTR, RTL])
def test_nothing_runs_off_the_side_in_letters_four_times_as_large(browse: Browse, at: str, base: str) -> None:
    page = browse("", look="411", width=320)
    wide = {}
    for path in (*STEPS, *(base + each for each in TEMPLATES)):
        page.goto(at + path)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    assert wide == {}


def test_in_letters_twice_as_large_the_answer_is_on_the_first_screen_of_a_telephone(browse: Browse, at: str) -> None:
    page = browse("", look="400", width=390)
    ends = {}
    for path in (f"{HERE}if-you-call", f"{HERE}bail", HERE, ""):
        page.goto(at + path)
        assert page.locator("html.t4").count() == 1
        lead, leave = (page.locator(each).first.bounding_box() for each in ("main .lead", "#leave"))
        assert lead["y"] + lead["height"] / 3 < leave["y"], path  # it begins there, and more than one line of it
        ends[path] = lead["y"] + lead["height"], leave["y"]
    whole, control = ends[f"{HERE}if-you-call"]
    assert whole <= control
    # what stands above the words is still no smaller than at the usual size
    sizes = {}
    for look in ("100", "400"):
        page = browse(f"{HERE}bail", look=look, width=390)
        found = [f"getComputedStyle(document.querySelector('{each}')).fontSize" for each in (".help", ".head .name")]
        sizes[look] = [float(page.evaluate(each).removesuffix("px")) for each in found]
    assert [large > usual for large, usual in zip(sizes["400"], sizes["100"], strict=True)] == [True, True], sizes


def test_english_stands_beside_what_nobody_checked_where_there_is_room(browse: Browse) -> None:
    boxes = {}
    for width in (1280, 375):
        page = browse(f"{RTL}bail", width=width)
        own, english = (page.locator(each).bounding_box() for each in (".beside > div", ".beside > .english"))
        boxes[width] = own, english
    own, english = boxes[1280]
    assert english["x"] + english["width"] <= own["x"]  # to the left: the page runs from right to left
    assert abs(english["y"] - own["y"]) < 5
    own, english = boxes[375]
    assert english["y"] >= own["y"] + own["height"]


def test_without_script_a_place_a_language_and_a_form_are_chosen_letters_made_larger_and_the_page_left(
    browse: Browse,
) -> None:
    page = browse("", script=False, width=375)
    for words in ("England and Wales", "English", "Read it here"):
        follow(page.get_by_role("link", name=words, exact=False).first)
    follow(page.locator("main .steps a").first)
    before = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    page.click(".ease summary")
    follow(page.get_by_role("button", name="Larger"))
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") > before
    assert "125" in page.inner_text(".ease summary")
    read = page.url
    page.click("#leave")
    page.wait_for_url("https://www.bbc.co.uk/weather")
    assert [each["name"] for each in page.context.cookies() if each["name"] == site_wide("look")] == []
    page.goto(f"{read}?on")
    assert "100" in page.inner_text(".ease summary")


def test_a_service_is_looked_for_without_script_and_leaves_no_word_in_the_address(browse: Browse) -> None:
    page = browse(f"{HERE}services", script=False)
    page.select_option("#need", "legal")
    page.fill("#words", "rights")
    follow(page.get_by_role("button", name="Search", exact=True))
    assert page.url.endswith("/services")
    assert page.input_value("#words") == "rights"


def test_on_paper_the_card_stands_alone(browse: Browse) -> None:
    page = browse(f"{HERE}card/plain")
    page.emulate_media(media="print")
    assert page.locator(".wallet").is_visible()
    for hidden in ("h1", ".help", "#leave", ".foot", ".ease"):
        assert not page.locator(hidden).first.is_visible(), hidden
    assert "olice" not in page.locator(".wallet-side").first.inner_text()
