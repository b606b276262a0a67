"""All of one place in every format, and a sample of every other place and language, held against the checkers."""

from __future__ import annotations

import random
from pathlib import Path

import msgspec
import pytest
from tests.handbook.conftest import DAY
from tests.support.validators import epub_faults
from tests.support.validators import pdf_faults

from holdfast.handbook.build import build
from holdfast.handbook.formats import FORMATS
from holdfast.handbook.shelf import Made

SEED = 20261121
SAMPLED = 2  # pages of each place and language in the sample
PLACES = 4  # of other places and languages
NOT_SPOKEN = [name for name in FORMATS if name != "audio"]  # tests/handbook/test_audio.py speaks
PDF = ("pdf", "large-print", "easy-read", "card")


def faults(folder: Path, found: tuple[Made, ...]) -> list[str]:
    return [
        fault
        for made in found
        if made.format in PDF and not made.why
        for fault in pdf_faults(folder / made.file)
    ]  # fmt: skip


@pytest.mark.slow
def test_every_page_of_england_and_wales_is_there_in_every_format(england, tmp_path):
    index = build(england, NOT_SPOKEN, tmp_path, processes=2)
    assert [made for made in index.files if made.fault] == []
    assert {made.format for made in index.files if made.page == 0 and not made.why} >= set(NOT_SPOKEN) - {"easy-read"}
    for name in ("pdf", "large-print", "epub", "braille", "text"):
        assert [made.chapter for made in index.files if made.format == name and made.page and not made.why] == [
            chapter.id for chapter in england.chapters
        ]
    assert faults(tmp_path, index.files) == []


def test_a_neutral_handbook_passes_the_checker_too(england, tmp_path):
    some = msgspec.structs.replace(england, neutral=True, chapters=england.chapters[:4])
    index = build(some, ["pdf", "card"], tmp_path, pages=False, processes=1)
    assert faults(tmp_path, index.files) == []


@pytest.mark.slow
def test_a_sample_of_every_other_place_and_language_passes_the_checkers(tmp_path):
    from holdfast.doors.guide.book import book_of
    from holdfast.doors.guide.places import places
    from holdfast.doors.guide.tongues import tongues

    chance = random.Random(SEED)  # noqa: S311 a sample, no secret
    every = [(pack, tongue) for pack in places().values() for tongue in tongues(pack, drafts=True)]
    others = [each for each in every if (each[0].id, each[1].tag) != ("england-and-wales", "en")]
    others = chance.sample(others, min(PLACES, len(others)))
    told: list[str] = []
    for pack, tongue in others:
        book = book_of(pack, DAY, tongue)
        some = chance.sample(book.chapters, min(SAMPLED, len(book.chapters)))
        some.sort(key=lambda chapter: chapter.number)
        folder = tmp_path / pack.id / tongue.tag
        index = build(msgspec.structs.replace(book, chapters=tuple(some)), NOT_SPOKEN, folder, processes=1)
        told += [f"{folder}: {made.file}: {made.why}" for made in index.files if made.fault]
        told += [f"{pack.id} {tongue.tag} {fault}" for fault in faults(folder, index.files)]
    for pack, tongue in chance.sample(others, min(2, len(others))):
        told += epub_faults(tmp_path / pack.id / tongue.tag / "information.epub")
    assert told == []
