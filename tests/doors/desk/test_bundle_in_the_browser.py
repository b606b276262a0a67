"""A bundle in a real browser, from the choice to the file that leaves, by two people."""

import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.doors.desk.test_in_the_browser import RUNNING
from tests.doors.desk.test_in_the_browser import signed_in
from tests.support.axe import found_by_axe
from tests.support.browser import context
from tests.support.browser import follow
from tests.support.browser import watch

from holdfast.vault.bundle_pages import custody
from holdfast.vault.bundle_sheet import Line
from holdfast.vault.bundle_sheet import Sheet
from holdfast.vault.bundle_sheet import Step

pytestmark = pytest.mark.browser


def held_to(page, name: str, width: int) -> None:
    """Axe finds nothing, nothing is wider than the page; a picture where somebody asked for them."""
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if folder := os.environ.get("HOLDFAST_PICTURES"):
        page.screenshot(path=f"{folder}/bundle-{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("width", [390])
def test_two_people_choose_read_make_and_hand_out_a_bundle(chromium, served, tmp_path, width):
    code = served.cases[RUNNING]["code"]
    first = signed_in(chromium, served, "investigator", width=width)
    second = signed_in(chromium, served, "supervisor", width=width, accept_downloads=True)
    complaints = [watch(first), watch(second)]
    first.goto(f"{served.at}/desk/case/{code}/bundle")
    held_to(first, "list", width)
    follow(first.get_by_role("link", name="Choose what goes"))
    held_to(first, "choose", width)
    first.get_by_role("radio", name="The defence", exact=True).check()
    first.get_by_label("For whom").fill("Jones and Co, 020 7946 0018")
    first.get_by_label("For what").fill("Initial disclosure")
    own = first.locator("li.item-row", has_text="EX/4471")  # the demo's own: other tests may have given others
    assert own.count() == 3
    for place in range(3):
        own.nth(place).locator("select").select_option("as_it_is" if place % 2 else "without_metadata")
    follow(first.get_by_role("button", name="Go on"))
    assert first.get_by_role("heading", name="Who will see this").is_visible(), first.locator("main").inner_text()
    assert first.get_by_role("button", name="Make the bundle").count() == 0
    held_to(first, "read-by-the-first", width)
    second.goto(first.url)
    held_to(second, "read-by-the-second", width)
    follow(second.get_by_role("button", name="Make the bundle"))
    assert "Decide about everything" in second.locator("main").inner_text()
    held_to(second, "read-with-a-fault", width)
    for found in second.locator("fieldset.found").all():
        found.get_by_label("It may stay").check()
    second.get_by_role("checkbox", name="I have read all of it").check()
    follow(second.get_by_role("button", name="Make the bundle"))
    if second.get_by_role("button", name="Make the bundle").count():  # shown once more with what was decided
        second.get_by_role("checkbox", name="I have read all of it").check()
        follow(second.get_by_role("button", name="Make the bundle"))
    held_to(second, "made", width)
    second.get_by_role("checkbox", name="I know who will read it").check()
    with second.expect_download() as download:
        second.get_by_role("button", name="Record it, and hand the bundle out").click()
    path = tmp_path / "bundle.zip"
    download.value.save_as(path)
    assert download.value.suggested_filename == "bundle.zip"
    opened_alone(chromium, path, tmp_path, width)
    first.goto(f"{served.at}/desk/case/{code}/bundle")
    assert "handed out" in first.locator("main").inner_text()
    held_to(first, "list-after", width)
    assert complaints == [[], []]
    for page in (first, second):
        page.context.close()


@pytest.mark.parametrize("width", [320, 390])
def test_custody_in_a_bundle_fits_a_telephone_whatever_was_typed(chromium, width):
    line = Line(1, "items/0001.txt", "7", "Document", "", "Text", "text/plain", 1, "00", *[""] * 6, "As is.", *[""] * 2,
                (), (), "")  # fmt: skip
    when, who = "Saturday 21 November 2026, 22:13", "The disclosure coordinator (DISCLOSURE-COORDINATOR-7)"
    step = Step(1, when, who, "Item copied", "For https://example.net/case/7/a-reference-without-a-gap")
    sheet = Sheet("HF-1", "A firm", "the defence", "Disclosure", when, (line,), (), (step,), "", False, ())
    page = context(chromium, width=width).new_page()
    page.set_content(custody(sheet))
    assert page.locator("html").evaluate("one => one.scrollWidth") <= width
    assert page.get_by_text("Item copied").is_visible()
    page.context.close()


def opened_alone(chromium, path: Path, folder: Path, width: int) -> None:
    """What left reads in a browser that has no line and runs no script, and is whole."""
    with zipfile.ZipFile(path) as archive:
        archive.extractall(folder)
    done = subprocess.run(
        ["sha256sum", "-c", "--quiet", "manifest-sha256.txt"], cwd=folder / "bundle", capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    alone = chromium.new_context(viewport={"width": width, "height": 800}, java_script_enabled=False, offline=True)
    page = alone.new_page()
    complaints = watch(page)
    for name, heading in (("index", "Evidence"), ("custody", "What was done with each item")):
        page.goto((folder / "bundle" / "data" / f"{name}.html").as_uri())
        assert page.get_by_role("heading", name=heading, exact=True).is_visible()
        assert page.locator("html").evaluate("one => one.scrollWidth") <= width
        if pictures := os.environ.get("HOLDFAST_PICTURES"):
            page.screenshot(path=f"{pictures}/bundle-inside-{name}-{width}.png", full_page=True)
    assert complaints == []
    alone.close()
