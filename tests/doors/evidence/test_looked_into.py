"""What is looked into when something is taken in, as the record has it afterwards: nothing here is stood in for."""

import json
from datetime import UTC
from datetime import datetime
from typing import Any

import pytest
from tests.doors.evidence.test_recording import NOW
from tests.doors.evidence.test_recording import SURVIVOR
from tests.doors.evidence.test_recording import case  # noqa: F401 a fixture
from tests.doors.evidence.test_recording import taken_in
from tests.vault import samples

from holdfast.casefile.reading import read_case
from holdfast.doors.evidence.recording import took
from holdfast.vault.items import items_of
from holdfast.vault.place import item_of


def given(case_id: Any, content: bytes, named: str) -> Any:
    taken = taken_in(case_id, content)
    return took(case_id, taken, {"what": "photograph", "named": named}, by=SURVIVOR, at=NOW)


def of_kind(case_id: Any, kind: str) -> list[Any]:
    return [entry.fields for entry in read_case(case_id).entries if entry.kind == kind]


def test_a_picture_is_read_and_has_a_preview_and_a_thumbnail_of_pixels_alone(case):  # noqa: F811
    known = given(case, samples.jpeg((2000, 1500)), "one.jpg")
    (read,) = of_kind(case, "ItemMetadataRead")
    assert (read.media, read.made_with, read.scanned) == ("image/jpeg", "Maker, Model 5, Soft 1, Tool 9", "no_scanner")
    assert read.made == datetime(2026, 11, 20, 20, 3, tzinfo=UTC)
    assert read.place == "51.51000, -0.12500, height 12 m"
    assert ["BodySerialNumber", f"SERIAL {samples.CANARY}"] in json.loads(read.found)
    assert of_kind(case, "ItemHeld") == []
    assert [(made.how, made.words, made.metadata_left_out) for made in of_kind(case, "ItemDerived")] == [
        ("preview", "1200 x 1600 pixels", "yes"),
        ("thumbnail", "180 x 240 pixels", "yes"),
    ]
    for made in known.derived:
        assert b"CANARY" not in item_of(case, made).read()
    assert item_of(case, known.item).read() == samples.jpeg((2000, 1500))


@pytest.mark.parametrize(
    ("content", "named", "why"),
    [
        (samples.pdf(acts="JavaScript"), "a.pdf", "active_content"),
        (samples.zipped({"a.txt": "x"}), "a.zip", "archive"),
        (samples.pdf(), "a.jpg", "disguised"),
        (samples.wide_png(100_000, 100_000), "a.png", "too_large_to_open"),
        (samples.jpeg()[:500], "a.jpg", "damaged"),
    ],
)
def test_what_must_be_held_is_kept_and_held(case, content, named, why):  # noqa: F811
    known = given(case, content, named)
    assert known.held == (why,)
    assert known.receipt
    assert item_of(case, known.item).read() == content
    assert [item.of for item in items_of(read_case(case).entries) if item.of] == []


def test_a_scanner_that_is_named_and_silent_holds_what_it_should_have_seen(case, settings):  # noqa: F811
    settings.HOLDFAST_SCANNER = "clamd:/nowhere/clamd.ctl"
    known = given(case, b"words", "a.txt")
    assert known.held == ("not_scanned",)
    assert of_kind(case, "ItemMetadataRead")[0].scanned == "not_answered"


def test_a_picture_that_breaks_off_is_held_and_shows_what_is_there(case):  # noqa: F811
    whole = samples.jpeg((900, 700))
    known = given(case, whole[: len(whole) // 2], "one.jpg")
    assert known.held == ("damaged",)
    (hold,) = of_kind(case, "ItemHeld")
    assert "can be seen as a preview" in hold.found
    assert {made.how for made in of_kind(case, "ItemDerived")} == {"preview", "thumbnail"}
