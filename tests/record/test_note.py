"""Signed notes: what was signed is read, and nothing else."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.record.written import ORIGIN
from tests.record.written import PRIVATE
from tests.record.written import PUBLIC

from holdfast.record.note import NoteRefused
from holdfast.record.note import key_id
from holdfast.record.note import public_line
from holdfast.record.note import read_note
from holdfast.record.note import sign_note
from holdfast.record.outcome import Outcome

TEXT = "One line.\nEine zweite Zeile: äöü.\n"
NOTE = sign_note(TEXT, ORIGIN, PRIVATE)
WITNESS = bytes(range(32))


def outcome(note: bytes, name: str = ORIGIN, public: bytes = PUBLIC) -> Outcome:
    with pytest.raises(NoteRefused) as caught:
        read_note(note, name, public)
    return caught.value.outcome


def test_a_note_is_its_text_a_blank_line_and_a_signature_that_a_person_can_see() -> None:
    assert NOTE.decode().startswith(TEXT + f"\n\u2014 {ORIGIN} ")
    assert read_note(NOTE, ORIGIN, PUBLIC) == TEXT


def test_a_witness_may_sign_beside_us() -> None:
    theirs = sign_note(TEXT, "witness.example", WITNESS).decode().split("\n\n")[1]
    for both in (NOTE + theirs.encode(), NOTE.replace(b"\n\n", b"\n\n" + theirs.encode())):
        assert read_note(both, ORIGIN, PUBLIC) == TEXT
        witness = Ed25519PrivateKey.from_private_bytes(WITNESS).public_key().public_bytes_raw()
        assert read_note(both, "witness.example", witness) == TEXT


def test_the_same_key_under_another_name_is_another_signer() -> None:
    assert outcome(NOTE, name="another.example") is Outcome.NOT_SIGNED
    assert key_id("a", PUBLIC) != key_id("b", PUBLIC)


def test_a_false_signature_is_refused_even_beside_a_true_one() -> None:
    false = sign_note("Another text.\n", ORIGIN, PRIVATE).decode().split("\n\n")[1]
    assert outcome(NOTE + false.encode()) is Outcome.BAD_SIGNATURE


@pytest.mark.parametrize("text", ["", "no line end", "a\n\nb\n", "tab\there\n", "nul\x00\n", "\n", "carriage\r\n"])
def test_a_text_that_could_be_read_in_two_ways_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="not signed"):
        sign_note(text, ORIGIN, PRIVATE)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "line\n", "ü"])
def test_a_key_has_a_plain_name(name: str) -> None:
    with pytest.raises(ValueError, match="not signed"):
        sign_note(TEXT, name, PRIVATE)


@pytest.mark.parametrize(
    "note", [b"", b"\n", b"\n\n", TEXT.encode(), b"\xff", NOTE[:-1], NOTE + b"\n", NOTE + b"x\n", NOTE + b"x"]
)
def test_what_is_no_note_is_unreadable(note: bytes) -> None:
    assert outcome(note) is Outcome.UNREADABLE_CHECKPOINT


def test_a_signature_is_written_in_one_way_only() -> None:
    """The last letter before the '=' has two bits that mean nothing."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = NOTE.decode()[-3]
    other = NOTE.decode()[:-3] + letters[letters.index(last) + 1] + "=\n"
    assert outcome(other.encode()) is Outcome.UNREADABLE_CHECKPOINT


def test_too_many_signatures_are_refused() -> None:
    line = NOTE.split(b"\n\n")[1]
    assert outcome(NOTE + line * 100) is Outcome.UNREADABLE_CHECKPOINT


@settings(max_examples=300)
@given(st.integers(0, len(NOTE) - 1), st.integers(1, 255))
def test_a_note_with_one_changed_byte_is_refused(place: int, change: int) -> None:
    note = NOTE[:place] + bytes([NOTE[place] ^ change]) + NOTE[place + 1 :]
    assert outcome(note) in {Outcome.UNREADABLE_CHECKPOINT, Outcome.BAD_SIGNATURE, Outcome.NOT_SIGNED}


def test_the_public_key_is_handed_out_in_one_line() -> None:
    name, found, key = public_line(ORIGIN, PUBLIC).split("+", 2)
    assert (name, found) == (ORIGIN, key_id(ORIGIN, PUBLIC).hex())
    assert key.startswith("A"), "the first byte says Ed25519"
