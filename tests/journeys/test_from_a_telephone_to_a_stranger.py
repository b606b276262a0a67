"""Three photographs and a voicemail, from the survivor's telephone to somebody who has never heard of Holdfast.

Given on a telephone, taken over, chosen, read, made, handed out at two desks; opened and checked by a stranger with the
commands of docs/how-to/check-a-bundle.md alone.
"""

import hashlib
import io
import math
import re
import secrets
import shutil
import wave
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext
from playwright.sync_api import Page
from tests.doors.desk.test_bundle_checked_by_a_stranger import TOOLS
from tests.doors.desk.test_bundle_checked_by_a_stranger import runs
from tests.doors.desk.test_bundle_checked_by_a_stranger import told
from tests.journeys.held_to import faults_here
from tests.journeys.staff import Investigator
from tests.journeys.staff import Supervisor
from tests.journeys.survivor import Survivor
from tests.support.browser import follow
from tests.support.served import Served

from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not all(map(shutil.which, TOOLS)), reason="a tool of apt.txt is not here: " + ", ".join(TOOLS)),
]
CASE = "Running now"


def photograph() -> bytes:
    made = io.BytesIO()
    Image.frombytes("RGB", (320, 240), secrets.token_bytes(320 * 240 * 3)).save(made, "JPEG", quality=80)
    return made.getvalue()


def message() -> bytes:
    """Three seconds of a voice, as far as a machine can tell."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(
            b"".join(int(9000 * math.sin(at / 11)).to_bytes(2, "little", signed=True) for at in range(48_000))
        )
    return made.getvalue()


def given(served: Served, code: str) -> list[KnownItem]:
    """What the survivor gave, oldest first."""
    return [each for each in items_of(served.entries(code)) if each.source == "survivor" and each.of is None]


def sends(page: Page, address: str, files: list[Path]) -> None:
    page.goto(address)
    page.set_input_files("#files", files)
    page.get_by_label("Yes, now").check()
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("text=Everything is taken.", timeout=60_000)


def test_what_a_survivor_gives_reaches_a_stranger_who_can_check_it(
    served: Served,
    opens: Callable[..., BrowserContext],
    words_by_command: Callable[[str], tuple[str, str]],
    investigator: Investigator,
    supervisor: Supervisor,
    tmp_path: Path,
) -> None:
    code = str(served.cases[CASE]["code"])
    before = len(given(served, code))

    # Given a survivor who gives three photographs and a voicemail from a telephone
    photographs = [photograph() for _ in range(3)]
    files = [tmp_path / f"IMG_00{number}.jpg" for number in range(3)]
    for file, content in zip(files, photographs, strict=True):
        file.write_bytes(content)
    voicemail = tmp_path / "Voicemail from Invented Name.wav"
    voicemail.write_bytes(message())
    survivor = Survivor(opens(width=390, has_touch=True, is_mobile=True).new_page(), served)
    survivor.opens_their_page(*words_by_command(CASE))
    survivor.page.get_by_role("link", name="Give something").click()
    survivor.page.get_by_role("link", name="A picture of an injury").click()
    survivor.page.wait_for_selector("#files")
    sends(survivor.page, survivor.page.url, files)
    sends(survivor.page, f"{served.at}/my/sound", [voicemail])
    gave = given(served, code)[before:]
    assert [each.sha256 for each in gave] == [hashlib.sha256(one).hexdigest() for one in (*photographs, message())]

    # When police take them over and choose them for the prosecutor, sealed to the prosecutor's key
    for each in gave:
        investigator.page.goto(f"{served.at}/desk/case/{code}/evidence/{each.item}")
        investigator.page.locator("[name=understood]").check()
        follow(investigator.page.locator("button:has-text('Take it over')"))
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    runs("age-keygen -o key.txt 2>/dev/null", stranger)
    key = re.search(r"public key: (age1\S+)", (stranger / "key.txt").read_text())
    assert key
    page = supervisor.page
    page.goto(f"{served.at}/desk/case/{code}/bundle/choose")
    page.locator("[name=side][value=prosecution]").check(force=True)
    page.fill("#to", "Crown prosecutors")
    page.fill("#purpose", "Charging")
    for each in gave:
        assert each.held == (), each
        page.select_option(f"[name='item-{each.item}']", "as_it_is")
    page.locator("[name=form][value=zip]").check(force=True)
    page.fill("#sealed_to", key[1])
    assert faults_here(page) == []
    follow(page.locator("button:has-text('Go on: read it as it will leave')"))

    # And who will see it is read, everything found is decided, and somebody confirms
    assert "Who will see this" in page.locator("h1").inner_text()
    assert faults_here(page) == []
    for choice in page.locator("input[name^='decide-'][value=stay]").all():
        choice.check(force=True)
    page.locator("[name=read_it]").check(force=True)
    follow(page.locator("button:has-text('Make the bundle')"))
    if page.locator("[name=read_it]").count():  # decided otherwise than was shown: read once more
        page.locator("[name=read_it]").check(force=True)
        follow(page.locator("button:has-text('Make the bundle')"))
    on_record = page.locator(".hash").all_inner_texts()
    assert faults_here(page) == []
    page.locator("[name=understood]").check(force=True)
    with page.expect_download() as saved:
        page.locator("button:has-text('hand the bundle out')").click()
    assert saved.value.suggested_filename == "bundle.zip.age"
    saved.value.save_as(stranger / "bundle.zip.age")

    # Then a stranger with a key and a page of commands opens it, and finds every byte that the survivor gave
    hashed, opened, unpacked, checked, listed, stamp, _ = told()
    assert on_record[0] in runs(hashed, stranger)
    for step in (opened, unpacked):
        runs(step, stranger)
    assert runs(checked, stranger).count(": OK") >= 8
    inside = stranger / "bundle"
    assert on_record[1] in runs(listed, inside)
    assert "Verification: OK" in runs(stamp, inside)
    there = {hashlib.sha256(file.read_bytes()).hexdigest() for file in (inside / "data" / "items").iterdir()}
    assert there == {each.sha256 for each in gave}
    names = " ".join(str(path) for path in inside.rglob("*"))
    assert "IMG_00" not in names
    assert "Invented" not in names
    assert investigator.complaints == supervisor.complaints == survivor.complaints == []
