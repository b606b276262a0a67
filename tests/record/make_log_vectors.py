"""Writes tests/record/vectors/log/: one file a defect of the log, named by the outcome it has to end in.

Run `python -m tests.record.make_log_vectors` after a change of the format, which needs a new format name and a decision
record. The same bytes come out in every run.
"""

import json
from base64 import b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from holdfast.record.chain import Stored
from holdfast.record.log_line import FORMAT
from holdfast.record.log_line import LOG
from holdfast.record.log_line import LogLine
from holdfast.record.log_line import line_hash
from holdfast.record.log_line import log_start
from holdfast.record.log_line import nonce_text
from holdfast.record.log_line import seal_words
from holdfast.record.log_line import write_line

FOLDER = Path(__file__).parent / "vectors" / "log"
KEY = bytes(range(32))
TYPED = "The officer in the case is on leave; I am covering."


def line(number: int, before: bytes, words: str = "", **changed: Any) -> Stored:
    """One line as it is stored."""
    nonce = number.to_bytes(12, "big")
    said = {
        "format": FORMAT, "log": LOG, "number": number, "before": before.hex(),
        "at": f"2026-11-20T22:3{number}:00.000000Z", "role": "officer", "staff": "PC1234", "agency": "police",
        "organisation": "", "team": "North", "act": "read_case", "route": "desk:case", "case": "234CFGHJ",
        "allowed": True, "tie": "" if words else "no_task", "rule": "role", "key": "case" if words else "",
        "nonce": nonce_text(nonce) if words else "",
    }  # fmt: skip
    plain = write_line(LogLine(**(said | changed)))
    sealed = seal_words(words, KEY, nonce, plain) if words else b""
    return Stored(plain, sealed, line_hash(plain, sealed))


def lines(count: int, **changed: Any) -> list[Stored]:
    """A log of so many lines; the third has words."""
    found: list[Stored] = []
    for number in range(1, count + 1):
        before = found[-1].hash if found else log_start(changed.get("log", LOG))
        found.append(line(number, before, TYPED if number == 3 else "", **changed))
    return found


def rehash(plain: bytes, sealed: bytes = b"") -> Stored:
    """Other bytes under a true hash."""
    return Stored(plain, sealed, line_hash(plain, sealed))


ONE, TWO, THREE, FOUR = lines(4)


def defects() -> Iterable[tuple[str, str, list[Stored], tuple[int, bytes] | None, tuple[int | None, int]]]:
    """Each vector: its name, why, the lines, what a checkpoint witnessed, and where it ends."""
    whole = [ONE, TWO, THREE, FOUR]
    other = line(2, ONE.hash, staff="PC9999")
    yield "sound", "four lines as they were written, one with sealed words", whole, (4, FOUR.hash), (None, 4)
    yield "sound.new", "a log of which nothing was ever written", [], None, (None, 0)
    yield "sound.newer_than_checkpoint", "two lines that no checkpoint saw yet", whole, (2, TWO.hash), (None, 4)
    yield "altered_entry.who", "another staff identifier, the hash as it was", [
        ONE, TWO._replace(header=TWO.header.replace(b"PC1234", b"PC9999")), THREE, FOUR], None, (2, 1)  # fmt: skip
    yield "altered_entry.refusal", "a refusal made into an opening", [
        ONE._replace(header=ONE.header.replace(b'"allowed":true', b'"allowed":false'))], None, (1, 0)  # fmt: skip
    yield "altered_entry.words", "one bit of the sealed words", [
        ONE, TWO, THREE._replace(sealed=bytes([THREE.sealed[0] ^ 1]) + THREE.sealed[1:])], None, (3, 2)  # fmt: skip
    yield "missing_entry", "a line taken out of the middle", [ONE, TWO, FOUR], None, (3, 2)
    yield "missing_entry.first", "the first line taken out", [TWO, THREE, FOUR], None, (1, 0)
    yield "out_of_order", "two lines exchanged", [ONE, THREE, TWO, FOUR], None, (2, 1)
    yield "repeated_entry", "a line twice", [ONE, TWO, TWO, THREE], None, (3, 2)
    yield "broken_link", "a line replaced under a true hash: the next does not follow", [
        ONE, other, THREE, FOUR], None, (3, 2)  # fmt: skip
    yield "wrong_case", "a line of another log", lines(1, log="elsewhere"), None, (1, 0)
    yield "shorter_than_checkpoint", "the end taken off", [ONE, TWO], (4, FOUR.hash), (3, 2)
    yield "shorter_than_checkpoint.whole", "the whole log taken away", [], (4, FOUR.hash), (1, 0)
    yield "differs_from_checkpoint", "written anew with true hashes from line 2 on", [
        ONE, other, line(3, other.hash)], (3, THREE.hash), (3, 2)  # fmt: skip
    spaced = rehash(ONE.header.replace(b'","log"', b'", "log"'))
    yield "non_canonical_header", "a space between two keys", [spaced], None, (1, 0)
    yield "unknown_format", "a format of another version", [
        rehash(ONE.header.replace(b"line-1", b"line-2"))], None, (1, 0)  # fmt: skip
    yield "unreadable_header", "no line at all", [rehash(b"\xff\xfe")], None, (1, 0)
    named = msgspec.json.encode(msgspec.structs.replace(msgspec.json.decode(ONE.header, type=LogLine), staff="A Name"))
    yield "unreadable_header.name_for_staff", "a name where a staff identifier stands", [rehash(named)], None, (1, 0)
    yield "unreadable_header.words_without_key", "sealed words of which the line does not know", [
        rehash(ONE.header, b"x")], None, (1, 0)  # fmt: skip


def all_vectors() -> dict[str, str]:
    """Every file by its name."""
    made = {}
    for name, why, stored, witnessed, (at_number, length) in defects():
        vector: dict[str, Any] = {"why": why, "reads": "log", "log": LOG, "stored": [_shown(one) for one in stored]}
        if witnessed:
            vector["witnessed"] = {"length": witnessed[0], "head": _b64(witnessed[1])}
        vector["expected"] = {"outcome": name.partition(".")[0], "at_number": at_number, "length": length}
        made[f"{name}.json"] = json.dumps(vector, indent=1, ensure_ascii=True) + "\n"
    return made


def _shown(one: Stored) -> dict[str, str]:
    plain = {"line": one.header.decode("ascii")} if one.header.isascii() else {"line_base64": _b64(one.header)}
    return {**plain, "sealed": _b64(one.sealed), "hash": _b64(one.hash)}


def _b64(given: bytes) -> str:
    return b64encode(given).decode("ascii")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in all_vectors().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
