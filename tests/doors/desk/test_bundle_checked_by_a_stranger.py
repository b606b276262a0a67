"""Somebody who has a bundle, their key and docs/how-to/check-a-bundle.md, and nothing of ours, opens and checks it."""

import re
import shutil
import subprocess
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest
from tests.doors.desk.disclosure import AT
from tests.doors.desk.disclosure import INVESTIGATOR
from tests.doors.desk.disclosure import SURVIVOR
from tests.doors.desk.disclosure import a_protected_case
from tests.doors.desk.disclosure import file_of
from tests.doors.desk.disclosure import gives
from tests.vault import bundles as made_up

from holdfast.doors.evidence import disclosing
from holdfast.doors.evidence.bundle_preview import bundles
from holdfast.doors.evidence.bundle_preview import preview
from holdfast.doors.evidence.recording import handed_to_police
from holdfast.vault.bundle_chosen import Chosen

PAGE = Path(__file__).parents[3] / "docs" / "how-to" / "check-a-bundle.md"
TOOLS = ("age", "age-keygen", "unzip", "tar", "sha256sum", "openssl", "bash")

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason="a tool of apt.txt is not here: " + ", ".join(TOOLS)
)


def told() -> list[str]:
    """Every block of commands of the page, in its order."""
    return re.findall(r"```sh\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def runs(commands: str, folder: Path, *, fails: bool = False) -> str:
    done = subprocess.run(["bash", "-ec", commands], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode != 0) is fails, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def received(database, tmp_path, settings) -> tuple[Path, str, dict[str, str]]:
    """A folder with the bundle and the key, what the sender has on record, and the originals' hashes."""
    settings.HOLDFAST_STAMPS = "own"
    folder = tmp_path / "stranger"
    folder.mkdir()
    runs("age-keygen -o key.txt 2>/dev/null", folder)
    key = re.search(r"public key: (age1\S+)", (folder / "key.txt").read_text())[1]
    code = a_protected_case()
    photos = [
        gives(code, made_up.jpeg(point=made_up.POINT, size=40 + place), by=SURVIVOR, police_may_have="now")
        for place in range(3)
    ]
    voice = gives(code, b"#!AMR\n" + bytes(64), what="voice_recording", by=SURVIVOR, police_may_have="now")
    for item in (*photos, voice):
        handed_to_police(file_of(code).id, item.item, INVESTIGATOR, AT)
    assert all(each.stamps for each in (*photos, voice))
    chosen = (Chosen(photos[0].item, "as_it_is"), *(Chosen(each.item, "without_metadata") for each in photos[1:]),
              Chosen(voice.item, "as_it_is"))  # fmt: skip
    bundle = disclosing.draft(
        file_of(code), chosen, to="Crown prosecutors", side="prosecution", purpose="Charging", sealed_to=key,
        by=INVESTIGATOR, at=AT,
    )  # fmt: skip
    stay = {one.id: "stay" for one in preview(file_of(code), bundle, at=AT).found}
    disclosing.make_bundle(file_of(code), bundle, stay, by=INVESTIGATOR, confirmed_by="DC4", at=AT)
    item = disclosing.hand_out(
        file_of(code), bundle, to="", purpose="", by=INVESTIGATOR, at=datetime.now(UTC)
    )  # fmt: skip
    (folder / "bundle.zip.age").write_bytes(b"".join(item.whole()))
    known = bundles(file_of(code))[0]
    return folder, photos[1].sha256, {"file": known.sha256, "list": known.manifest_sha256}


def test_the_page_is_enough(received):
    folder, original, on_record = received
    hashed, opened, unpacked, checked, listed, stamp, of_original = told()
    assert on_record["file"] in runs(hashed, folder)
    runs(opened, folder)
    runs(unpacked, folder)
    said = runs(checked, folder)
    assert said.count(": OK") >= 12
    inside = folder / "bundle"
    assert on_record["list"] in runs(listed, inside)
    assert "Verification: OK" in runs(stamp, inside)
    runs(of_original.replace("SHA256-OF-THE-ORIGINAL", original), inside)
    runs(of_original.replace("SHA256-OF-THE-ORIGINAL", "0" * 64), inside, fails=True)
    assert original in (inside / "data" / "index.html").read_text()
    told_inside = (inside / "data" / "check.txt").read_text()
    for command in ("sha256sum -c manifest-sha256.txt", "unzip bundle.zip", "openssl ts -verify"):
        assert command in told_inside


def test_a_changed_byte_is_seen_by_whoever_follows_the_page(received):
    folder = received[0]
    for step in told()[1:3]:
        runs(step, folder)
    photo = folder / "bundle" / "data" / "items" / "0001.jpg"
    photo.write_bytes(photo.read_bytes()[:-1] + b"\0")
    assert "FAILED" in runs(told()[3], folder, fails=True)
    runs(told()[5], folder / "bundle", fails=True)


def test_another_key_does_not_open_it(received):
    folder = received[0]
    (folder / "key.txt").unlink()
    runs("age-keygen -o key.txt 2>/dev/null", folder)
    runs(told()[1], folder, fails=True)
