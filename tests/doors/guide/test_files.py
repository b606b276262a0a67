"""A file is handed out only where the index names it, under a neutral name, and no browser keeps it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from holdfast.doors.guide.files import MOST_AT_ONCE
from holdfast.handbook.shelf import Index
from holdfast.handbook.shelf import Made
from holdfast.handbook.shelf import shelf_for
from holdfast.handbook.shelf import write_index

PLACE = "england-and-wales"
HERE = f"/guide/{PLACE}/"
PDF = b"%PDF-1.7 made up"
SOUND = bytes(range(256)) * 40


def made(name: str, file: str, *, chapter: str = "", size: int = 1, why: str = "") -> Made:
    return Made(name, 3 if chapter else 0, chapter, file, date(2026, 11, 20), "key", 0 if why else size, "", why)


@pytest.fixture
def shelf(tmp_path: Path, settings: Any) -> Path:
    """A few files that were built for England and Wales, in the usual look and the neutral one."""
    settings.HOLDFAST_DATA = tmp_path
    folder = shelf_for(tmp_path / "handbook", PLACE, "en")
    neutral = shelf_for(tmp_path / "handbook", PLACE, "en", neutral=True)
    for each in (folder, neutral):
        each.mkdir(parents=True)
        (each / "information.pdf").write_bytes(PDF)
    (folder / "information.opus").write_bytes(SOUND)
    (folder / "information-3.pdf").write_bytes(PDF)
    (folder / "secret.txt").write_bytes(b"no index names this")
    files = (
        made("pdf", "information.pdf", size=1_234_000), made("audio", "information.opus", size=2_000),
        made("braille", "information.brf", why="Braille needs liblouis: install it."),
        made("bundle", "information.zip"), made("pdf", "information-3.pdf", chapter="bail"),
    )  # fmt: skip
    write_index(folder, Index(PLACE, "en", False, files))
    write_index(neutral, Index(PLACE, "en", True, files[:1]))
    return folder


def test_the_page_lists_what_there_is_with_its_size_and_what_is_not_there(shelf: Path) -> None:
    page = Client().get(f"{HERE}formats").content.decode()
    assert f'href="{HERE}file/usual/information.pdf" download' in page
    assert f'href="{HERE}file/neutral/information.pdf" download' in page
    assert "1.2\u00a0MB" in page
    assert "Not available here." in page
    assert "liblouis" not in page  # how to build it is for whoever runs the site, and stands in the index
    assert "20 November 2026" in page
    assert "can be found on this device" in page
    assert "information.zip" not in page
    assert "information.zip" in Client().get(f"{HERE}about").content.decode()


def test_a_page_of_the_guide_lists_its_own_files(shelf: Path) -> None:
    page = Client().get(f"{HERE}bail/formats").content.decode()
    assert "information-3.pdf" in page
    assert 'information.pdf"' not in page


def test_sound_never_starts_by_itself(shelf: Path) -> None:
    page = Client().get(f"{HERE}formats").content.decode()
    assert '<audio controls preload="none"' in page
    assert "autoplay" not in page


@pytest.mark.parametrize("part", ["", "bytes=0-", "bytes=256-2000"])
@pytest.mark.parametrize("name", ["information.opus", "information.pdf"])
def test_a_file_is_never_packed_again_on_its_way(shelf: Path, name: str, part: str) -> None:
    (shelf / "information.pdf").write_bytes(PDF * 200)
    asked = {"Accept-Encoding": "gzip", **({"Range": part} if part else {})}
    answer = Client().get(f"{HERE}file/usual/{name}", headers=asked)
    assert "Content-Encoding" not in answer
    whole = SOUND if name.endswith("opus") else PDF * 200
    assert answer.content == (whole[256:2001] if name.endswith("opus") and "256" in part else whole)


def test_who_left_and_came_back_gets_no_file(shelf: Path) -> None:
    browser = Client()
    browser.get("/leave")
    answer = browser.get(f"{HERE}file/usual/information.pdf")
    assert PDF not in answer.content
    assert b"This page has been closed" in answer.content


def test_a_file_is_saved_under_its_neutral_name_and_kept_by_no_browser(shelf: Path) -> None:
    answer = Client().get(f"{HERE}file/usual/information.pdf")
    assert answer.content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="information.pdf"'
    assert answer["Cache-Control"] == "no-store"
    assert "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "address",
    [
        "usual/secret.txt",
        "usual/index.json",
        "usual/information.brf",
        "usual/..%2Findex.json",
        "neutral/information.opus",
        "other/information.pdf",
        "..%2Fusual/information.pdf",
    ],
)
def test_what_no_index_names_is_not_handed_out(shelf: Path, address: str) -> None:
    assert Client().get(f"{HERE}file/{address}").status_code == 404


def test_a_file_that_was_taken_away_meanwhile_is_not_found(shelf: Path) -> None:
    (shelf / "information.pdf").unlink()
    assert Client().get(f"{HERE}file/usual/information.pdf").status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "content"),
    [
        ("bytes=0-9", 206, SOUND[:10]),
        ("bytes=10-", 206, SOUND[10:]),
        ("bytes=10-99999", 206, SOUND[10:]),
        ("bytes=99999-", 416, b""),
        ("bytes=9-2", 416, b""),
        ("pages=1", 200, SOUND),
        ("bytes=-5", 200, SOUND),
    ],
)
def test_a_player_may_ask_for_a_part_of_the_sound(shelf: Path, asked: str, status: int, content: bytes) -> None:
    answer = Client().get(f"{HERE}file/usual/information.opus", headers={"range": asked})
    assert (answer.status_code, answer.content) == (status, content)
    assert len(SOUND) < MOST_AT_ONCE


def test_where_nothing_was_built_the_page_says_so(tmp_path: Path, settings: Any) -> None:
    settings.HOLDFAST_DATA = tmp_path
    for name in ("formats", "bail/formats"):
        assert "No files have been made here" in Client().get(f"{HERE}{name}").content.decode()


def test_a_damaged_index_is_as_none(shelf: Path) -> None:
    (shelf / "index.json").write_bytes(b'{"place": 3')
    assert "No files have been made here" in Client().get(f"{HERE}formats").content.decode()
    assert Client().get(f"{HERE}file/usual/information.pdf").status_code == 404


def test_where_nothing_was_built_the_page_says_which_formats_were_not(tmp_path: Path, settings: Any) -> None:
    settings.HOLDFAST_DATA = tmp_path
    page = Client().get(f"{HERE}formats").content.decode()
    after = page.split("No files have been made here")[1]
    for name in (
        "PDF, which a screen reader can follow",
        "Large print, PDF",
        "E-book",
        "Plain text",
        "Braille",
        "Spoken",
    ):
        assert f"<li>{name}\n</li>" in after or f"<li>{name}</li>" in after
    assert "Not made:" in after
    assert "A card to carry, PDF" not in Client().get(f"{HERE}bail/formats").content.decode()
