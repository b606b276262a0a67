"""`holdfast directory`: imports, checks, exports and lists, as a person runs it."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from tests.directory.making import SAMPLES
from tests.directory.making import service
from tests.directory.making import written
from tests.site.running import HOUSE
from tests.site.running import holdfast
from tests.site.running import told

SAMPLE = str(SAMPLES / "examples/service_full.json")


def ran(data: Path, *words: str) -> CompletedProcess[str]:
    return holdfast("directory", *words, data=data)


def taken(data: Path, file: str, *more: str) -> CompletedProcess[str]:
    return ran(data, "import", file, "--place", "smallplace", "--source", "Sample", *more)


def test_a_file_is_taken_listed_and_given_back(tmp_path: Path) -> None:
    done = taken(tmp_path, SAMPLE, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert told(done) == {
        "services": 1, "written": True, "not_active": 0, "refused": 0, "without_address": 1, "faults": [],
    }  # fmt: skip
    (row,) = told(ran(tmp_path, "list", "--json"))
    assert (row["place"], row["source"], row["services"], row["stale"], row["never_checked"]) == (
        "smallplace", "Sample", 1, 1, 0,
    )  # fmt: skip
    assert "1 not checked for over a year" in ran(tmp_path, "list").stdout
    for name in ("out.json", "out.zip"):
        assert ran(tmp_path, "export", str(tmp_path / name)).returncode == 0
        assert told(ran(tmp_path, "check", str(tmp_path / name), "--json"))["services"] == 1
    assert json.loads((tmp_path / "out.json").read_text())["contents"][0]["name"] == "Community Counselling"
    assert not (tmp_path / "holdfast.sqlite3").exists()


def test_a_source_is_taken_away_and_leaves_the_others(tmp_path: Path) -> None:
    assert taken(tmp_path, SAMPLE).returncode == 0
    other = ("import", SAMPLE, "--place", "smallplace", "--source", "Other")
    assert ran(tmp_path, *other).returncode == 0
    away = ("drop", "--place", "smallplace", "--source", "Sample")
    assert told(ran(tmp_path, *away, "--json")) == {"dropped": 1}
    assert [row["source"] for row in told(ran(tmp_path, "list", "--json"))] == ["Other"]
    assert ran(tmp_path, *away).returncode == 2


def test_bad_rows_are_named_and_the_answer_is_1(tmp_path: Path) -> None:
    file = str(written(tmp_path, service("One"), {"id": "2"}, name="mixed.json"))
    done = taken(tmp_path, file)
    assert done.returncode == 1
    assert "1 service taken. 1 row refused." in done.stdout
    assert "mixed.json row 2 (2): Object missing required field name." in done.stderr
    strict = taken(tmp_path, str(written(tmp_path, service("Two"), {"id": "2"}, name="mixed.json")), "--strict")
    assert strict.returncode == 1
    assert "Nothing was written" in strict.stdout
    (held,) = told(ran(tmp_path, "list", "--json"))
    assert held["services"] == 1
    assert ran(tmp_path, "check", file).returncode == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("import", "none.json", "--place", "smallplace", "--source", "S"), "There is no such file or folder."),
        (("import", SAMPLE, "--place", "nowhere", "--source", "S"), "There is no such pack. There are: smallplace."),
        (("import", SAMPLE, "--place", "smallplace", "--source", " "), "--source has to be a name"),
        (("import", SAMPLE, "--place", "nowhere", "--source", "S", "--zone", "Mars/Base"), "--zone is no time zone"),
        (("import", str(HOUSE / "README.md"), "--place", "smallplace", "--source", "S"), "cannot be read as JSON"),
        (("export", "x.json"), "There is no such service"),
        (("check", SAMPLE, "--zone", "../../etc/passwd"), "--zone is no time zone"),
        (("mend",), "invalid choice"),
        ((), "the following arguments are required"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(tmp_path: Path, words: tuple[str, ...], why: str) -> None:
    done = ran(tmp_path, *words)
    assert done.returncode == 2
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "directory.sqlite3").exists()


def test_a_damaged_directory_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "directory.sqlite3").write_bytes(b"damaged" * 1000)
    for done in (taken(tmp_path, SAMPLE), ran(tmp_path, "list")):
        assert done.returncode == 2
        assert "Import its sources again" in done.stderr
    assert (tmp_path / "directory.sqlite3").read_bytes().startswith(b"damaged")


def test_an_export_needs_an_ending_that_says_its_form(tmp_path: Path) -> None:
    assert taken(tmp_path, SAMPLE).returncode == 0
    done = ran(tmp_path, "export", str(tmp_path / "out.xls"))
    assert (done.returncode, "end in .json" in done.stderr) == (2, True)


def test_a_bar_is_shown_to_whoever_watches_and_to_nobody_else(tmp_path: Path) -> None:
    file = str(written(tmp_path, *(service(f"Line {n}") for n in range(300))))
    assert taken(tmp_path, file).stderr == ""
    watching, shown = pty.openpty()
    asked = [sys.executable, "-m", "holdfast.site.command", "directory", "check", file]
    done = subprocess.run(asked, stderr=shown, stdout=subprocess.PIPE, text=True, check=False, timeout=60, cwd=HOUSE)
    os.close(shown)
    said = os.read(watching, 10_000).decode()
    os.close(watching)
    assert done.returncode == 0
    assert "300 of 300 rows" in said
    assert "100 of 300 rows" in said


def test_without_a_data_folder_nothing_is_made(tmp_path: Path) -> None:
    done = taken(tmp_path / "none", SAMPLE)
    assert (done.returncode, "holdfast init" in done.stderr) == (2, True)
    assert not (tmp_path / "none").exists()
