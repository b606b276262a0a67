"""`holdfast handbook` builds a place's files, says what is not there, and refuses in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.site.running import HOUSE
from tests.site.running import holdfast
from tests.site.running import told

PACKS = HOUSE / "packs"
PLACE = "england-and-wales"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


def test_it_builds_what_was_asked_for_and_keeps_what_is_there(data: Path) -> None:
    asked = ("handbook", PLACE, "--format", "text", "--format", "bundle")
    answer = holdfast(*asked, data=data, packs=PACKS)
    assert (answer.returncode, answer.stderr) == (0, "")  # no bar where nobody watches
    folder = data / "handbook" / PLACE / "en" / "usual"
    times = {path.name: path.stat().st_mtime_ns for path in folder.glob("information*")}
    assert {"information.txt", "information-1.txt", "information.zip"} <= times.keys()
    said = told(holdfast(*asked, "--json", data=data, packs=PACKS))
    assert said["folder"] == str(folder)
    assert {made["file"] for made in said["files"]} == times.keys()
    assert {path.name: path.stat().st_mtime_ns for path in folder.glob("information*")} == times


def test_another_look_and_another_day_lie_beside(data: Path) -> None:
    quiet = holdfast("handbook", PLACE, "--format", "card-page", "--neutral", data=data, packs=PACKS)
    earlier = holdfast("handbook", PLACE, "--format", "text", "--whole", "--on", "2025-01-02", data=data, packs=PACKS)
    assert (quiet.returncode, earlier.returncode) == (0, 0)
    beside = data / "handbook" / PLACE / "en"
    assert "<title>Information</title>" in (beside / "neutral/information-card.html").read_text(encoding="utf-8")
    text = (beside / "usual-on-2025-01-02/information.txt").read_text(encoding="utf-8")
    assert "Law as on 2 January 2025." in text


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("nowhere",), "There is no such place"),
        ((PLACE, "--format", "stone"), "large-print"),
        ((PLACE, "--language", "xx"), "not offered in that language"),
        ((PLACE, "--on", "soon"), "has to be a day"),
    ],
)
def test_it_refuses_with_what_there_is(data: Path, words: tuple[str, ...], why: str) -> None:
    answer = holdfast("handbook", *words, "--json", data=data, packs=PACKS)
    assert answer.returncode == 2
    assert why in answer.stderr
    assert why in json.loads(answer.stdout)["faults"][0]["why"]


def test_without_the_programs_it_says_what_to_install_and_is_done(data: Path, tmp_path: Path) -> None:
    asked = ("handbook", PLACE, "--format", "audio", "--whole")
    answer = holdfast(*asked, data=data, packs=PACKS, PATH=str(tmp_path))
    assert answer.returncode == 0
    assert "install espeak-ng and opus-tools" in answer.stdout
