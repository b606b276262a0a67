"""Erasures: signed notes that say which case's words were erased, and how its chain stood then. Each is a certificate.

- Each holds the hash of the one before, from 1: none can be taken out of the middle. Copies in a second place guard the
  end.
- It names the case by its identifier, never by its code, and holds no word of it. Whoever has the public key can check
  it without the record; whoever has the record can see that the chain still ends as it says.
- Whoever restores an older copy of the record destroys these cases' keys again.

The format is docs/formats/erasures.md.
"""

import re
from base64 import b64decode
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from holdfast.record.header import CASE
from holdfast.record.header import TIME
from holdfast.record.header import read_time
from holdfast.record.header import write_time
from holdfast.record.note import NAME
from holdfast.record.note import NoteRefused
from holdfast.record.note import read_note
from holdfast.record.note import sign_note
from holdfast.record.outcome import Outcome

FORMAT = "holdfast-erasure-1"
REASONS = ("retention_ended", "survivor_asked", "court_ordered")
_START = b"holdfast/erasures/1\n"
_TEXT = b"holdfast/erasure/1\n"
_HASH = r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="
_WHO = r"[a-z_]{1,40} [A-Za-z0-9._/-]{1,60}"
_WHOLE = re.compile(
    rf"({NAME})\n{FORMAT}\nnumber ([1-9][0-9]{{0,8}})\nbefore ({_HASH})\nat ({TIME})\n"
    rf"case ({CASE})\nlength ([1-9][0-9]{{0,8}})\nhead ({_HASH})\ncheckpoint ([1-9][0-9]{{0,8}})\n"
    rf"reason ({'|'.join(REASONS)})\nrule ([a-z0-9_.-]{{1,80}})\nby ({_WHO})\nsecond ([A-Za-z0-9._/-]{{1,60}})\n"
)


class Erased(NamedTuple):
    """What is said of one case that was erased."""

    case: str  # its identifier
    length: int  # of the chain: the last entry is FileErased
    head: bytes  # the hash of that entry
    checkpoint: int  # the number of a checkpoint that saw the chain so
    reason: str  # one of REASONS
    rule: str  # the pack's rule, or '-'
    by: str  # role and staff identifier
    second: str  # the staff identifier of whoever agreed


class Erasure(NamedTuple):
    """One erasure as it is read."""

    origin: str
    number: int
    before: bytes
    at: datetime
    said: Erased
    hash: bytes


class Listed(NamedTuple):
    """How reading all erasures ended: SOUND, or the outcome of the first that is not as it should be."""

    outcome: Outcome
    at_number: int | None
    erasures: tuple[Erasure, ...]  # those before that one


def write_erasure(previous: Erasure | None, said: Erased, *, origin: str, at: datetime, private: bytes) -> bytes:
    """The erasure that follows `previous` (None: the first of all); ValueError where a part is not as written."""
    number, before = (previous.number + 1, previous.hash) if previous else (1, _start(origin))
    lines = (
        origin, FORMAT, f"number {number}", f"before {_base64(before)}", f"at {write_time(at)}", f"case {said.case}",
        f"length {said.length}", f"head {_base64(said.head)}", f"checkpoint {said.checkpoint}",
        f"reason {said.reason}", f"rule {said.rule or '-'}", f"by {said.by}", f"second {said.second}",
    )  # fmt: skip
    text = "\n".join(lines) + "\n"
    try:
        _read_text(text, origin)
    except NoteRefused as refused:
        raise ValueError("an erasure was not written: its case, head, reason, rule or people are not as written") from (
            refused
        )
    return sign_note(text, origin, private)


def read_erasure(note: bytes, origin: str, public: bytes) -> Erasure:
    """One erasure, or NoteRefused: not signed with this key, its text changed, of another record, unreadable."""
    return _read_text(read_note(note, origin, public), origin)


def read_erasures(notes: Iterable[bytes], origin: str, public: bytes) -> Listed:
    """All erasures in their order, from the first."""
    found: list[Erasure] = []
    for expected, note in enumerate(notes, 1):
        try:
            erasure = read_erasure(note, origin, public)
        except NoteRefused as refused:
            return Listed(refused.outcome, expected, tuple(found))
        before = found[-1].hash if found else _start(origin)
        if erasure.number != expected:
            outcome = Outcome.CHECKPOINT_MISSING if erasure.number > expected else Outcome.CHECKPOINT_REPEATED
            return Listed(outcome, expected, tuple(found))
        if erasure.before != before:
            return Listed(Outcome.CHECKPOINT_ALTERED, expected, tuple(found))
        found.append(erasure)
    return Listed(Outcome.SOUND, None, tuple(found))


def _read_text(text: str, origin: str) -> Erasure:
    found = _WHOLE.fullmatch(text)
    if found is None:
        raise NoteRefused(Outcome.UNREADABLE_CHECKPOINT)
    if found[1] != origin:
        raise NoteRefused(Outcome.WRONG_ORIGIN)
    said = Erased(
        case=found[5],
        length=int(found[6]),
        head=b64decode(found[7]),
        checkpoint=int(found[8]),
        reason=found[9],
        rule="" if found[10] == "-" else found[10],
        by=found[11],
        second=found[12],
    )
    hash_ = sha256(_TEXT + text.encode()).digest()
    return Erasure(origin, int(found[2]), b64decode(found[3]), read_time(found[4]), said, hash_)


def _start(origin: str) -> bytes:
    """What stands for the hash before erasure 1."""
    return sha256(_START + origin.encode()).digest()


def _base64(hash_: bytes) -> str:
    return b64encode(hash_).decode("ascii")
