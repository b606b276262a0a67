"""Spoken pages: chapter marks, each language's own voice, numbers that are dialled figure by figure."""

import subprocess

import msgspec
import pytest

from holdfast.handbook.audio import audio_of
from holdfast.handbook.audio import clock
from holdfast.handbook.audio import voice_for
from holdfast.handbook.blocks import of_chapter
from holdfast.handbook.not_made import NotMade
from holdfast.handbook.speech import dialled
from holdfast.handbook.speech import spelled
from holdfast.handbook.speech import ssml


@pytest.mark.parametrize(
    ("words", "heard"),
    [
        ("Call 999.", "Call 9 9 9."),
        ("press 55", "press 5 5"),
        ("Ring 0808 2000 247 now.", "Ring 0 8 0 8, 2 0 0 0, 2 4 7 now."),
        ("within 24 hours, or 45 seconds", "within 24 hours, or 45 seconds"),
        ("on 21 November 2026", "on 21 November 2026"),
        ("text 07860 077333", "text 0 7 8 6 0, 0 7 7 3 3 3"),
        ("call +1 800 799 7233", "call + 1, 8 0 0, 7 9 9, 7 2 3 3"),
    ],
)
def test_what_is_dialled_is_said_figure_by_figure_and_what_is_counted_is_not(words, heard):
    assert spelled(words, frozenset({"999", "55"})) == heard


def test_what_is_dialled_is_known_from_links_and_emergency_lines(book, england):
    assert dialled(book("en-GB")) == {"08082000247", "999", "55", "101"}
    assert {"999", "55", "101", "18000"} <= dialled(england)


def test_another_language_within_a_page_has_its_own_voice(book):
    polish = book("pl")
    said = ssml(of_chapter(polish.chapters[0]), dialled(polish))
    assert '<voice xml:lang="en">Nobody translated this.</voice>' in said
    assert "9 9 9" not in said  # the emergency lines stand before the pages, not in each


def test_a_book_has_a_mark_for_each_page_where_it_begins(book, tmp_path):
    path = tmp_path / "a.opus"
    path.write_bytes(audio_of(book("en-GB")))
    told = subprocess.run(["opusinfo", path], capture_output=True, text=True, check=True).stdout
    marks = [line.split("=")[1] for line in told.splitlines() if "CHAPTER00" in line and "NAME" not in line]
    assert len(marks) == 3  # what it is and who to call, then two pages
    assert marks[0] == "00:00:00.000"
    assert marks == sorted(set(marks))
    assert "CHAPTER001NAME=What is bail?" in told


def test_a_neutral_file_has_a_neutral_title(book, tmp_path):
    path = tmp_path / "a.opus"
    path.write_bytes(audio_of(msgspec.structs.replace(book("en-GB"), neutral=True)))
    told = subprocess.run(["opusinfo", path], capture_output=True, text=True, check=True).stdout
    assert "title=Information\n" in told


def test_the_same_words_are_the_same_file(book):
    one = book("cy").alone(book("cy").chapters[1])
    assert audio_of(one) == audio_of(one)


def test_voices(book):
    named = {"en-GB": "en-gb", "en-CA": "en-us", "fr-CA": "fr-fr", "es-US": "es-419", "zh-Hans": "cmn", "pa": "pa"}
    assert {tag: voice_for(tag) for tag in named} == named
    with pytest.raises(NotMade, match="no voice"):
        voice_for("so")


def test_a_moment_is_written_as_chapter_marks_are():
    assert clock(3725.25) == "01:02:05.250"
