"""Writes tests/record/vectors/: one file a defect, named by the outcome it has to end in, then by its variety.

Run `python -m tests.record.make_vectors` after a change of the format, which needs a new format name and a decision
record. The same bytes come out in every run. Another program that reads these formats is tested with the same files.
"""

import json
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.record.written import CASE
from tests.record.written import KEY
from tests.record.written import KEY_ID
from tests.record.written import ORIGIN
from tests.record.written import OTHER_CASE
from tests.record.written import PRIVATE
from tests.record.written import PUBLIC
from tests.record.written import chain
from tests.record.written import checkpoints
from tests.record.written import head
from tests.record.written import nonce
from tests.record.written import rehash
from tests.record.written import seal
from tests.record.written import with_header

from holdfast.record import body
from holdfast.record.chain import Stored
from holdfast.record.chain import Witnessed
from holdfast.record.note import sign_note

FOLDER = Path(__file__).parent / "vectors"
Vector = dict[str, Any]

ONE, TWO, THREE, FOUR, FIVE = chain(5)
WHOLE = [ONE, TWO, THREE, FOUR, FIVE]
SIX = seal(6, FIVE.hash)  # of the same kind as ONE


def b64(given: bytes) -> str:
    return b64encode(given).decode("ascii")


def seen(witnessed: Witnessed) -> dict[str, Any]:
    return {"length": witnessed.length, "head": b64(witnessed.head)}


def stored(entries: list[Stored]) -> list[dict[str, str]]:
    """A header is ASCII and stands as it is, so that a person can read the vector; where it is not, base64."""
    return [
        {
            **({"header": one.header.decode("ascii")} if one.header.isascii() else {"header_base64": b64(one.header)}),
            "sealed": b64(one.sealed),
            "hash": b64(one.hash),
        }
        for one in entries
    ]


def of_chain(
    why: str, entries: list[Stored], at: int | None, length: int, witnessed: Witnessed | None = None
) -> Vector:
    more = {"witnessed": seen(witnessed)} if witnessed else {}
    return {"why": why, "reads": "chain", "case": CASE, "stored": stored(entries), **more} | expected(at, length)


def of_words(why: str, entries: list[Stored], keys: dict[str, bytes], at: int | None, length: int) -> Vector:
    written = {name: key.hex() for name, key in keys.items()}
    return {"why": why, "reads": "words", "case": CASE, "stored": stored(entries), "keys": written} | expected(
        at, length
    )


def of_notes(why: str, notes: list[bytes], at: int | None, length: int) -> Vector:
    given = {"origin": ORIGIN, "public": PUBLIC.hex(), "checkpoints": [note.decode() for note in notes]}
    return {"why": why, "reads": "checkpoints", **given} | expected(at, length)


def expected(at: int | None, length: int) -> Vector:
    return {"expected": {"at_number": at, "length": length}}


def changed(entry: Stored, old: bytes, new: bytes) -> Stored:
    """Other bytes in the header, the hash made true again."""
    if old not in entry.header:
        raise ValueError("a vector would not differ from a sound entry")
    return rehash(entry.header.replace(old, new, 1), entry.sealed)


def flipped(given: bytes, place: int) -> bytes:
    return given[:place] + bytes([given[place] ^ 1]) + given[place + 1 :]


def sealing(written: bytes) -> list[Stored]:
    """A chain of one whose body is these bytes, truly sealed."""
    return [rehash(ONE.header, body.AESGCM(KEY).encrypt(nonce(1), written, ONE.header))]


def chains() -> dict[str, Vector]:
    other = chain(1, OTHER_CASE)
    replaced = seal(2, ONE.hash, reason="Nothing happened.")
    anew = [ONE, replaced, seal(3, replaced.hash, reason="Nor here.")]
    again = seal(2, ONE.hash, nonce=nonce(1))
    return {
        "sound": of_chain("five entries as they were recorded", WHOLE, None, 5, head(WHOLE)),
        "sound.newer_than_checkpoint": of_chain("two entries that no checkpoint saw", WHOLE, None, 5, head(WHOLE[:3])),
        "altered_entry": of_chain(
            "another role in the header",
            [ONE, TWO, THREE._replace(header=THREE.header.replace(b'"officer"', b'"auditor"')), FOUR],
            3,
            2,
        ),
        "altered_entry.in_the_words": of_chain(
            "one bit of the sealed words", [ONE, TWO._replace(sealed=flipped(TWO.sealed, 9)), THREE], 2, 1
        ),
        "altered_entry.in_the_hash": of_chain(
            "one bit of the hash", [ONE, TWO._replace(hash=flipped(TWO.hash, 0))], 2, 1
        ),
        "altered_entry.words_cut_short": of_chain(
            "the last byte is gone", [ONE._replace(sealed=ONE.sealed[:-1])], 1, 0
        ),
        "altered_entry.byte_moved": of_chain(
            "the header's last byte stands at the start of the words",
            [ONE._replace(header=ONE.header[:-1], sealed=b"}" + ONE.sealed)],
            1,
            0,
        ),
        "unreadable_header": of_chain("no JSON", [ONE, changed(TWO, b"{", b"")], 2, 1),
        "unreadable_header.empty": of_chain("no byte", [rehash(b"", ONE.sealed)], 1, 0),
        "unreadable_header.not_text": of_chain("bytes that are no text", [rehash(b"\xff\xfe\x00", ONE.sealed)], 1, 0),
        "unreadable_header.nested": of_chain(
            "too deep to read", [rehash(b'{"format":' + b"[" * 10_000, ONE.sealed)], 1, 0
        ),
        "unreadable_header.key_missing": of_chain("no role", [changed(ONE, b'"role":"officer",', b"")], 1, 0),
        "unreadable_header.key_unknown": of_chain(
            "a word of its own", [changed(ONE, b'"role"', b'"note":"x","role"')], 1, 0
        ),
        "unreadable_header.number_as_words": of_chain("a number in quotes", [with_header(ONE, number="1")], 1, 0),
        "unreadable_header.name_for_staff": of_chain(
            "a name where a staff identifier belongs", [with_header(ONE, staff="Invented Name")], 1, 0
        ),
        "unreadable_header.day_that_is_not": of_chain(
            "the 30th of February", [with_header(ONE, happened_at="2026-02-30T10:00:00.000000Z")], 1, 0
        ),
        "unreadable_header.about_later": of_chain(
            "about an entry that comes later", [with_header(ONE, about=[2])], 1, 0
        ),
        "unreadable_header.about_unsorted": of_chain(
            "earlier entries not in their order", [*WHOLE, with_header(SIX, about=[2, 1])], 6, 5
        ),
        "unknown_format": of_chain("a later format", [ONE, with_header(TWO, format="holdfast-entry-2")], 2, 1),
        "non_canonical_header": of_chain("a space", [ONE, changed(TWO, b'"number":2', b'"number": 2')], 2, 1),
        "non_canonical_header.key_order": of_chain(
            "keys in another order",
            [changed(ONE, b'"role":"officer","staff":"PC1234"', b'"staff":"PC1234","role":"officer"')],
            1,
            0,
        ),
        "non_canonical_header.key_twice": of_chain(
            "the role twice: two readers may read two", [changed(ONE, b'"role"', b'"role":"auditor","role"')], 1, 0
        ),
        "non_canonical_header.escape": of_chain(
            "a letter as its number", [changed(ONE, b'"officer"', b'"\\u006ffficer"')], 1, 0
        ),
        "non_canonical_header.line_break": of_chain("a line break at the end", [rehash(ONE.header + b"\n", b"")], 1, 0),
        "wrong_case": of_chain("the first entry of another case", [*other, TWO], 1, 0),
        "missing_entry": of_chain("the third of five is gone", [ONE, TWO, FOUR, FIVE], 3, 2),
        "missing_entry.first": of_chain("the first is gone", [TWO, THREE], 1, 0),
        "missing_entry.all": of_chain("none is left", [], 1, 0),
        "repeated_entry": of_chain("the second twice", [ONE, TWO, TWO, THREE], 3, 2),
        "repeated_entry.another_in_its_number": of_chain("two second entries", [ONE, TWO, replaced, THREE], 3, 2),
        "out_of_order": of_chain("the second and third changed places", [ONE, THREE, TWO, FOUR], 2, 1),
        "broken_link": of_chain("the second replaced, its hash true", [ONE, replaced, THREE], 3, 2),
        "broken_link.first": of_chain(
            "a first entry that follows from nothing", [with_header(ONE, before="00" * 32)], 1, 0
        ),
        "repeated_nonce": of_chain("two entries sealed with one nonce", [ONE, again], 2, 1),
        "unknown_kind": of_chain("a kind that nobody declared", [with_header(ONE, kind="MoonLanded")], 1, 0),
        "unknown_role": of_chain("a role that is not on the list", [with_header(ONE, role="wizard")], 1, 0),
        "shorter_than_checkpoint": of_chain("the last two of five are gone", [ONE, TWO, THREE], 4, 3, head(WHOLE)),
        "shorter_than_checkpoint.nothing_left": of_chain("all five are gone", [], 1, 0, head(WHOLE)),
        "differs_from_checkpoint": of_chain("written anew from the second on", anew, 3, 2, head([ONE, TWO, THREE])),
    }


def words() -> dict[str, Vector]:
    right = {KEY_ID: KEY}
    swapped = [ONE, rehash(TWO.header, THREE.sealed)]
    return {
        "sound.words": of_words("every entry opens", WHOLE, right, None, 5),
        "does_not_open": of_words("another key", [ONE, TWO], {KEY_ID: KEY[::-1]}, 1, 0),
        "does_not_open.words_of_another_entry": of_words("sealed for another header", swapped, right, 2, 1),
        "does_not_open.cut_short": of_words("shorter than a tag", [rehash(ONE.header, b"short")], right, 1, 0),
        "unreadable_body": of_words("the words are no JSON", sealing(b"not JSON"), right, 1, 0),
        "unreadable_body.another_kind": of_words(
            "a body of another kind than its header",
            sealing(b'{"fields":{"pack":"x"},"kind":"CaseReopened"}'),
            right,
            1,
            0,
        ),
        "unreadable_body.unknown_field": of_words(
            "a field that the kind does not have",
            sealing(b'{"fields":{"pack":"x","colour":"red"},"kind":"CaseOpened"}'),
            right,
            1,
            0,
        ),
        "erased": of_words("the case's key was destroyed", WHOLE, {}, 1, 0),
    }


def notes() -> dict[str, Vector]:
    a, b = head(chain(3)), head(chain(5))
    first, second, third = checkpoints({CASE: a}, {}, {CASE: b})
    text = second.decode().split("\n\n")[0] + "\n"
    forged = checkpoints({CASE: a, OTHER_CASE: b}, {})
    shrunk = checkpoints({CASE: b}, {CASE: a})
    replaced = checkpoints({CASE: a}, {CASE: Witnessed(3, bytes(32))})
    line = f"{CASE} 1 {b64(bytes(32))}\n"
    origin_changed = sign_note(text.replace(ORIGIN, "records.other.example"), ORIGIN, PRIVATE)
    by_another = sign_note(text, ORIGIN, PRIVATE[::-1])
    return {
        "sound.checkpoints": of_notes("three, the second of a quiet time", [first, second, third], None, 3),
        "unreadable_checkpoint": of_notes("signed, and no checkpoint", [sign_note("Hello.\n", ORIGIN, PRIVATE)], 1, 0),
        "unreadable_checkpoint.case_twice": of_notes(
            "a case named twice", [first, sign_note(text + line * 2, ORIGIN, PRIVATE)], 2, 1
        ),
        "unreadable_checkpoint.cases_unsorted": of_notes(
            "two cases, the later one first",
            [first, sign_note(text + line.replace("0b", "f0") + line, ORIGIN, PRIVATE)],
            2,
            1,
        ),
        "unreadable_checkpoint.not_a_note": of_notes("no signature at all", [text.encode()], 1, 0),
        "unreadable_checkpoint.broken_signature_line": of_notes(
            "a signature that is no base64", [text.encode() + "\n— a *\n".encode()], 1, 0
        ),
        "not_signed": of_notes("signed with a key that nobody gave us", [first, by_another], 2, 1),
        "bad_signature": of_notes("a shorter chain than was signed", [first.replace(b" 3 ", b" 2 ")], 1, 0),
        "wrong_origin": of_notes("our key, another record", [first, origin_changed], 2, 1),
        "checkpoint_missing": of_notes("the second of three is gone", [first, third], 2, 1),
        "checkpoint_missing.first": of_notes("the first is gone", [second, third], 1, 0),
        "checkpoint_repeated": of_notes("the second twice", [first, second, second], 3, 2),
        "checkpoint_altered": of_notes("the first replaced and signed anew", [forged[0], second], 2, 1),
        "checkpoint_rolled_back": of_notes("a case became shorter", shrunk, 2, 1),
        "checkpoint_rolled_back.same_length": of_notes("a case ends otherwise at the same length", replaced, 2, 1),
    }


def cases() -> dict[str, Vector]:
    gone = {CASE: head(WHOLE), OTHER_CASE: head(chain(2, OTHER_CASE))}
    given = {"chains": {CASE: stored(WHOLE)}, "witnessed": {case: seen(one) for case, one in gone.items()}}
    vector = {"why": "one of two cases is gone", "reads": "cases", **given} | expected(1, 0)
    vector["expected"]["case"] = OTHER_CASE
    return {"case_missing": vector}


SETS: tuple[Callable[[], dict[str, Vector]], ...] = (chains, words, notes, cases)


def all_vectors() -> dict[str, str]:
    """Every file's name and text."""
    made: dict[str, str] = {}
    for name, vector in [pair for vectors in SETS for pair in vectors().items()]:
        outcome = name.partition(".")[0]
        vector["expected"] = {"outcome": outcome, **vector["expected"]}
        made[f"{name}.json"] = json.dumps(vector, indent=1) + "\n"
    return made


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for name, text in all_vectors().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
