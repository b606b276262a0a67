"""`holdfast bundle`, as a person runs it: any bag checked without a data folder; a bundle from its choice to a file."""

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from tests.doors.api.handed import body
from tests.site.running import begun
from tests.site.running import holdfast
from tests.site.running import told
from tests.vault import samples


def a_bag(folder: Path) -> Path:
    (folder / "data").mkdir(parents=True)
    (folder / "data" / "a.txt").write_bytes(b"a")
    (folder / "bagit.txt").write_text("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
    (folder / "manifest-sha256.txt").write_text(f"{sha256(b'a').hexdigest()}  data/a.txt\n")
    return folder


def test_a_bag_is_checked_without_a_data_folder(tmp_path):
    bag = a_bag(tmp_path / "bag")
    answer = holdfast("bundle", "check", str(bag), data=tmp_path / "none")
    assert (answer.returncode, answer.stdout.splitlines()[-1]) == (0, "Whole: 1 file, 1 bytes.")
    archive = Path(shutil.make_archive(str(tmp_path / "bag-as"), "zip", tmp_path, "bag"))
    assert told(holdfast("bundle", "check", str(archive), "--json", data=tmp_path / "none"))["accepted"]
    (bag / "data" / "a.txt").write_bytes(b"b")
    answer = holdfast("bundle", "check", str(bag), "--json", data=tmp_path / "none")
    assert answer.returncode == 1
    assert {"what": "hash", "grade": "invalid", "where": "data/a.txt"} in told(answer)["found"]
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("path", ["nothing-there", "a-file"])
def test_what_is_no_bag_is_an_answer(tmp_path, path):
    (tmp_path / "a-file").write_bytes(b"age-encryption.org/v1")
    answer = holdfast("bundle", "check", str(tmp_path / path), data=tmp_path)
    assert answer.returncode == 2
    assert "neither a folder nor a ZIP or TAR file" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_from_the_choice_to_a_file_by_two_people(tmp_path):
    data, out = tmp_path / "data", tmp_path / "out"
    out.mkdir()
    (tmp_path / "call.json").write_bytes(body())
    (tmp_path / "note.txt").write_text("She said: ring 020 7946 0018.")
    begun(data)
    code = told(holdfast("take", str(tmp_path / "call.json"), "--json", data=data))["case"]
    for staff in ("S1", "S2"):
        added = ("staff", "add", staff, "--role", "supervisor", "--staff", staff, "--organisation", "every-force")
        assert holdfast(*added, data=data, given="a long enough sentence, " + staff).returncode == 0
    (tmp_path / "letter.eml").write_bytes(samples.eml())

    def takes(name: str) -> str:
        words = ("vault", "take", str(tmp_path / name), "--case", code, "--staff", "S1", "--what", "document", "--json")
        taken = holdfast(*words, data=data)
        assert taken.returncode == 0, taken.stderr
        return told(taken)["item"]

    item, letter = takes("note.txt"), takes("letter.eml")

    def does(what: str, *words: str, staff: str = "S1") -> subprocess.CompletedProcess[str]:
        return holdfast("bundle", what, code, *words, "--staff", staff, "--json", data=data)

    asked = ("choose", "--side", "defence", "--for", "A firm", "--purpose", "Disclosure", "--item", item)
    refused = does(*asked, "--item", letter)  # of a letter no copy can be made: it is named by its number
    assert refused.returncode == 2
    assert (letter in refused.stderr, item in refused.stderr) == (True, False)
    chosen = does(*asked)
    assert chosen.returncode == 0, chosen.stderr
    bundle = told(chosen)["bundle"]
    read = does("read", bundle)
    assert read.returncode == 1
    assert "7946" not in read.stdout
    stay = [word for one in told(read)["to_decide"] for word in ("--stay", one["id"])]
    for words, staff in (
        ([*stay, "--read-it"], "S1"),
        (stay, "S2"),
        (["--read-it"], "S2"),
        ([*stay, "--read-it"], "S9"),
    ):
        assert does("make", bundle, *words, staff=staff).returncode == 2
    made = does("make", bundle, *stay, "--read-it", staff="S2")
    assert made.returncode == 0, made.stderr
    file = out / "bundle.zip"
    handed = does("out", bundle, "--to", str(file))
    assert handed.returncode == 0, handed.stderr
    assert sha256(file.read_bytes()).hexdigest() == json.loads(made.stdout)["sha256"]
    assert (file.stat().st_mode & 0o777, does("out", bundle, "--to", str(file)).returncode) == (0o600, 2)
    assert holdfast("bundle", "check", str(file), data=tmp_path / "none").returncode == 0
