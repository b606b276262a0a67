"""The custody pages of the demonstration in a real browser, with items that were given, looked at and stamped there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.doors.desk.test_in_the_browser import RUNNING
from tests.doors.desk.test_in_the_browser import signed_in
from tests.support.axe import found_by_axe
from tests.support.browser import at_each_width
from tests.support.browser import follow
from tests.support.browser import watch

pytestmark = pytest.mark.browser

# Beside the server, as a door of it would: one picture by the survivor, one recording by an officer who was late.
GIVE = """
import io, sys
from datetime import UTC, datetime, timedelta
from uuid import uuid4
from holdfast.site.start import start
start(demo=True)
from PIL import Image
from holdfast.casefile.checkpoints import checkpoint
from holdfast.casefile.reading import case_by_code
from holdfast.doors.evidence.recording import copied, described, looked_at, moved, took
from holdfast.record.entry import By
from holdfast.vault.place import intake_folder, key_of, store
from holdfast.vault.taking import take
case, now = case_by_code(sys.argv[1]), datetime.now(UTC)
def give(content, by, at, **said):
    taken = take(io.BytesIO(content), store(), intake_folder(), case=case, item=uuid4(), case_key=key_of(case))
    return took(case, taken, said, by=by, at=at)
made = io.BytesIO()
Image.new("RGB", (320, 240), "teal").save(made, "JPEG")
dc = By("investigator", "DC7")
one = give(made.getvalue(), By("survivor"), now, what="injury_photograph", source="survivor", police_may_have="now")
two = give(b"a note " * 900, dc, now - timedelta(hours=3), what="document", exhibit="DC7/1", source="witness",
           purpose="Handed over at the door by a neighbour", happened=(now - timedelta(days=2)).isoformat())
looked_at(case, two.item, "To advise on or decide about a charge", By("supervisor", "PS12"), now)
copied(case, two.item, "For the prosecutor's file, as asked on the telephone", dc, now, to="Prosecutor, by secure mail")
moved(case, two.item, "Kept", dc, now, from_where="Front counter", to_where="Store 4, shelf 12", bag="B0042917")
checkpoint()
print(two.item)
"""


@pytest.fixture(scope="module")
def pages(served):
    code = served.cases[RUNNING]["code"]
    done = subprocess.run(
        [sys.executable, "-c", GIVE, code], env=served.environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    at = f"{served.at}/desk/case/{code}/evidence"
    return {"case": f"{at}/custody", "item": f"{at}/{done.stdout.split()[-1]}/custody"}


@pytest.mark.parametrize("name", ["case", "item"])
def test_the_page_tells_it_all_and_fits_a_telephone(chromium, served, pages, name):
    page = signed_in(chromium, served)
    complaints = watch(page)
    page.goto(pages[name])
    page.locator("details").evaluate_all("all => all.forEach(each => each.open = true)")
    told = page.locator("main").inner_text()
    for words in ("verifies now", "They prove nothing", "still fits it", "Investigating officer DC7", "Store 4"):
        assert words in told
    for width in at_each_width(page, 1280, 390):
        assert found_by_axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        _keep(page, f"custody-{name}-{width}")
    assert complaints == []
    page.context.close()


def test_it_prints_one_line_until_somebody_has_looked_it_over(chromium, served, pages):
    page = signed_in(chromium, served, width=390)
    for address in (pages["item"], pages["item"] + "/paper"):
        page.goto(address)
        page.emulate_media(media="print")
        printed = page.locator("body").inner_text()
        assert "does not print" in printed
        assert "SHA-256" not in printed
        page.emulate_media(media="screen")
        assert "does not print" not in page.locator("main").inner_text()
    assert found_by_axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    _keep(page, "custody-paper-before")
    for stays in page.locator("input[value=stay]").all():
        stays.check()
    page.get_by_label("I have read all of it").check()
    follow(page.get_by_role("button", name="Let it be printed"))
    assert page.get_by_text("You read it and confirmed it").is_visible()
    page.emulate_media(media="print")
    assert not page.locator(".noprint").first.is_visible()
    assert page.locator("#acts").is_visible()
    assert "does not print" not in page.locator("body").inner_text()
    _keep(page, "custody-paper-printed")
    page.context.close()


def test_a_file_is_taken_out_where_it_was_said_for_what(chromium, served, pages):
    page = signed_in(chromium, served)
    page.goto(pages["case"])
    page.locator("#take-out ~ form label", has_text="To decide what is disclosed").click()
    page.get_by_role("button", name="Take it out").click()
    page.wait_for_selector("h1:has-text('Who will see this')")
    _keep(page, "custody-before-it-leaves")
    for stays in page.locator("input[value=stay]").all():  # exhibit numbers that could be telephone numbers
        stays.check()
    page.get_by_label("I have read all of it").check()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Take it out").click()
    assert taken.value.suggested_filename == "custody.jsonld"
    assert (
        "Derived_From" in Path(taken.value.path()).read_text()
        or "ProvenanceRecord" in Path(taken.value.path()).read_text()
    )
    page.context.close()


def _keep(page, name: str) -> None:
    """A picture to be looked at, where a folder for pictures is named."""
    if folder := os.environ.get("HOLDFAST_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
