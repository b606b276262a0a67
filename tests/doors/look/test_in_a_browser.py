"""The control that leaves, and how pages stand up in large text, from right to left, in the dark and without script."""

import json

import pytest
from tests.support.axe import found_by_axe
from tests.support.browser import context
from tests.support.browser import follow
from tests.support.browser import watch

pytestmark = pytest.mark.browser

GUIDE = "guide/england-and-wales/"
PUBLIC = ("", GUIDE, f"{GUIDE}bail", f"{GUIDE}help", f"{GUIDE}what-you-are-told", "traces", "my/in", "s/", "s/over")
OWN = (
    "my/", "my/list", "my/people", "my/ask", "my/choices", "my/until", "my/reach", "my/plan", "my/looks",
    "my/give", "my/picture", "my/diary", "my/given",
)  # fmt: skip
ELSEWHERE = "https://www.bbc.co.uk/weather"


def new_words(served) -> tuple[str, str]:
    """A case's code and new words for it: other tests may have ended those it began with."""
    code = served.cases["Running now"]["code"]
    told = served.command("words", code, "--staff", "demo.supervisor", "--known", "met_in_person", "--json")
    return code, json.loads(told)["words"]


@pytest.fixture(scope="module")
def own(chromium, served):
    """The cookie of somebody who entered their page."""
    opened = context(chromium)
    code, words = new_words(served)
    page = opened.new_page()
    page.goto(f"{served.at}/my/in")
    page.fill("#code", code.lower())
    page.fill("#words", words.upper())
    follow(page.get_by_role("button", name="Open", exact=True))
    page.wait_for_url("**/my/")
    cookies = opened.cookies()
    opened.close()
    return cookies


@pytest.fixture
def browse(chromium, served, own):
    """Opens a page of the demo as `browse(path, width=..., script=...)`."""
    opened = []

    def open_page(path, **more):
        place = context(chromium, **more)
        place.add_cookies(own)
        opened.append(place)
        page = place.new_page()
        page.complaints = watch(page)
        page.goto(f"{served.at}/{path}")
        return page

    yield open_page
    for place in opened:
        place.close()


@pytest.mark.parametrize("path", [f"{GUIDE}bail", "my/", "my/ask"])
def test_axe_finds_nothing_in_the_dark(browse, path):
    assert found_by_axe(browse(path, color_scheme="dark")) == []


@pytest.mark.parametrize("path", [*PUBLIC, *OWN])
def test_nothing_runs_off_the_side_in_letters_four_times_as_large(browse, path):
    page = browse(path, width=320)  # what is left of 1280 when a page is magnified four times
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", [f"{GUIDE}bail", "my/list", "my/ask"])
def test_from_right_to_left_nothing_runs_off_and_the_way_out_is_in_sight(browse, path):
    for width in (375, 1280):
        page = browse(path, width=width)
        page.evaluate("document.documentElement.dir = 'rtl'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        box = page.locator("#leave").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


@pytest.mark.parametrize("path", [f"{GUIDE}bail", "my/"])
def test_the_way_out_stays_in_sight_when_the_page_is_scrolled(browse, path):
    for width in (375, 1280):
        page = browse(path, width=width)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        box = page.locator("#leave").bounding_box()
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 800
        assert box["height"] >= 44


@pytest.mark.parametrize("path", [f"{GUIDE}bail", "my/list"])
def test_a_click_leaves_at_once_and_the_way_back_does_not_return(browse, served, path):
    page = browse("traces")
    page.goto(f"{served.at}/{path}")
    page.click("#leave")
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    assert not page.url.endswith(path)


def test_leaving_ends_the_session(browse, served):
    page = browse("my/list")
    with page.expect_request(lambda asked: asked.method == "POST" and asked.url.endswith("/my/leave")):
        page.click("#leave")
    page.wait_for_url(ELSEWHERE)
    page.wait_for_timeout(300)
    page.goto(f"{served.at}/my/list")
    assert page.url.endswith("/my/in")


@pytest.fixture
def fresh(chromium, served):
    """A browser of its own, so that leaving in it ends no other test's session."""
    place = context(chromium)
    yield place.new_page()
    place.close()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_shift_three_times_leaves(fresh, served):
    fresh.goto(f"{served.at}/{GUIDE}bail")
    press(fresh, "Shift", "Shift", "Shift")
    fresh.wait_for_url(ELSEWHERE)


@pytest.mark.parametrize(
    "keys",
    [
        ("Escape",) * 6,
        ("Shift", "Shift"),
        ("Shift", "Shift", "a", "Shift"),
        ("Shift+A",) * 6,
        ("Control",) * 3,
    ],
    ids=["Escape", "twice", "with a letter between", "capital letters", "another key"],
)
def test_other_keys_do_not_leave(fresh, served, keys):
    fresh.goto(f"{served.at}/{GUIDE}bail")
    press(fresh, *keys)
    fresh.wait_for_timeout(200)
    assert fresh.url.endswith("/bail")


def test_presses_that_are_far_apart_do_not_leave(fresh, served):
    fresh.clock.install()
    fresh.goto(f"{served.at}/{GUIDE}bail")
    fresh.clock.run_for(1000)
    press(fresh, "Shift", "Shift")
    fresh.clock.run_for(60_000)
    press(fresh, "Shift")
    assert fresh.url.endswith("/bail")


def test_each_press_is_said_to_those_who_hear_the_page(fresh, served):
    fresh.goto(f"{served.at}/{GUIDE}bail")
    press(fresh, "Shift")
    assert "two more" in fresh.inner_text("#leave-said")


def test_the_page_is_blank_before_the_other_one_has_come(fresh, served):
    fresh.goto(f"{served.at}/{GUIDE}bail")
    leave = "document.getElementById('leave').click(); [getComputedStyle(document.body).display, document.title]"
    assert fresh.evaluate(leave) == ["none", "\u200b"]


def test_a_link_within_the_guide_leaves_no_step_in_the_history(fresh, served):
    fresh.goto(f"{served.at}/{GUIDE}")
    before = fresh.evaluate("history.length")
    fresh.click("main a >> nth=2")
    fresh.wait_for_function("!location.pathname.endsWith('/')")
    assert fresh.evaluate("history.length") == before


def test_without_script_everything_can_be_read_and_left(whole, served):
    place = context(whole, script=False)
    page = place.new_page()
    page.goto(f"{served.at}/")
    for words in ("England and Wales", "English", "Read it here"):
        follow(page.get_by_role("link", name=words).first)
    follow(page.locator("main .steps a").first)
    assert page.locator("h1").inner_text()
    read = page.url
    page.click("#leave")
    page.wait_for_url(ELSEWHERE)
    page.go_back()
    page.goto(read)
    assert page.locator("h1").inner_text() == "This page has been closed"
    place.close()


def test_without_script_a_survivor_enters_reads_asks_and_leaves(whole, served):
    place = context(whole, script=False, width=375)
    page = place.new_page()
    code, words = new_words(served)
    page.goto(f"{served.at}/my/")
    page.fill("#code", code)
    page.fill("#words", words)
    follow(page.get_by_role("button", name="Open", exact=True))
    assert page.locator("h1").inner_text() == "What happens now"
    follow(page.locator(".links >> text=Ask"))
    page.fill("textarea[name=q-question]", "When is the next day in court?")
    follow(page.locator("text=Send the question"))
    assert "It is written down." in page.inner_text("[role=status] >> nth=1")
    page.click("#leave")
    page.wait_for_url(ELSEWHERE)
    page.goto(f"{served.at}/my/list?on")
    assert page.locator("h1").inner_text() == "Open your page"
    place.close()


def test_on_paper_only_the_words_are_left(browse):
    page = browse(f"{GUIDE}bail")
    page.emulate_media(media="print")
    assert not page.locator("#leave").is_visible()
    assert not page.locator(".side").is_visible()
    assert page.locator("main h1").is_visible()


def test_with_forced_colours_a_promise_keeps_its_edge(browse):
    page = browse(f"{GUIDE}bail", forced_colors="active")
    assert page.evaluate("getComputedStyle(document.querySelector('.promises li')).borderTopWidth") != "0px"
