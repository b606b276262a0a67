"""A line of the log: how it is written, sealed and chained, and every way in which reading a log may end."""

import json
from base64 import b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.make_log_vectors import FOLDER
from tests.record.make_log_vectors import FOUR
from tests.record.make_log_vectors import KEY
from tests.record.make_log_vectors import ONE
from tests.record.make_log_vectors import THREE
from tests.record.make_log_vectors import TWO
from tests.record.make_log_vectors import TYPED
from tests.record.make_log_vectors import all_vectors

from holdfast.record.chain import Stored
from holdfast.record.chain import Witnessed
from holdfast.record.header import HeaderRefused
from holdfast.record.log_line import LOG
from holdfast.record.log_line import LOG_MEANINGS
from holdfast.record.log_line import open_words
from holdfast.record.log_line import read_line
from holdfast.record.log_line import verify_log
from holdfast.record.log_line import write_line
from holdfast.record.outcome import Outcome

FILES = sorted(FOLDER.glob("*.json"))
WHOLE = [ONE, TWO, THREE, FOUR]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_reading_a_vector_ends_as_its_name_says(file: Path) -> None:
    vector = json.loads(file.read_text(encoding="utf-8"))
    stored = [
        Stored(
            one["line"].encode() if "line" in one else b64decode(one["line_base64"]),
            b64decode(one["sealed"]),
            b64decode(one["hash"]),
        )
        for one in vector["stored"]
    ]
    seen = vector.get("witnessed")
    found = verify_log(vector["log"], stored, Witnessed(seen["length"], b64decode(seen["head"])) if seen else None)
    assert vector["expected"]["outcome"] == file.name.partition(".")[0]
    assert {"outcome": found.outcome, "at_number": found.at_number, "length": found.length} == vector["expected"]


def test_the_vectors_are_those_that_are_made_and_hold_every_outcome() -> None:
    assert {file.name: file.read_text(encoding="utf-8") for file in FILES} == all_vectors()
    assert {file.name.partition(".")[0] for file in FILES} == {*LOG_MEANINGS, Outcome.SOUND}


def test_words_open_with_their_key_and_line_alone() -> None:
    line = read_line(THREE.header)
    assert open_words(line, THREE.header, THREE.sealed, KEY) == TYPED
    assert open_words(line, THREE.header, THREE.sealed, bytes(32)) is None
    assert open_words(line, TWO.header, THREE.sealed, KEY) is None
    assert open_words(read_line(ONE.header), ONE.header, b"", KEY) == ""
    assert TYPED.encode() not in THREE.sealed


def test_the_length_of_what_was_typed_does_not_show() -> None:
    from tests.record.make_log_vectors import line

    assert len(line(2, ONE.hash, "yes").sealed) == len(line(2, ONE.hash, "no, never, not at all").sealed)


@pytest.mark.parametrize(
    ("field", "value"),
    [("staff", "A Name"), ("case", "a name"), ("act", "Read it"), ("role", "Officer!"), ("team", 'a"b'),
     ("at", "2026-02-30T00:00:00.000000Z"), ("number", 0), ("key", "other"), ("nonce", "short"), ("rule", "a\nb")],
)  # fmt: skip
def test_a_line_that_holds_what_it_cannot_is_not_written(field: str, value: object) -> None:
    import msgspec

    with pytest.raises(HeaderRefused):
        write_line(msgspec.structs.replace(read_line(ONE.header), **{field: value}))


@given(st.permutations(range(4)), st.integers(0, 4), st.data())
def test_whatever_is_done_to_the_lines_shows(order: list[int], cut: int, data: st.DataObject) -> None:
    """In another order, cut short, or with one bit changed: sound only where it is what was witnessed."""
    stored = [WHOLE[place] for place in order][:cut]
    if stored and data.draw(st.booleans()):
        place = data.draw(st.integers(0, len(stored) - 1))
        part = data.draw(st.integers(0, 2))
        bit = data.draw(st.integers(0, max(0, len(stored[place][part]) * 8 - 1)))
        if stored[place][part]:
            changed = bytearray(stored[place][part])
            changed[bit // 8] ^= 1 << bit % 8
            parts = [*stored[place]]
            parts[part] = bytes(changed)
            stored[place] = Stored(*parts)
    found = verify_log(LOG, stored, Witnessed(4, FOUR.hash))
    assert (found.outcome is Outcome.SOUND) == (stored == WHOLE)
