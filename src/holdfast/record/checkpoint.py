"""Checkpoints: signed notes that say how long each chain was and how it ended, so that a removed tail or case shows.

- Each names the chains that changed since the one before; replaying all of them gives what was witnessed last of each.
- Each holds the hash of the one before: none can be taken out of the middle. Copies in a second place guard the end.
- What is newer than the last checkpoint is not yet witnessed: it is counted, and said.

The format is docs/formats/checkpoint.md.
"""

import re
from base64 import b64decode
from base64 import b64encode
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from itertools import zip_longest
from typing import NamedTuple

from holdfast.record.chain import Stored
from holdfast.record.chain import Verdict
from holdfast.record.chain import Witnessed
from holdfast.record.chain import verify_chain
from holdfast.record.header import CASE
from holdfast.record.header import TIME
from holdfast.record.header import read_time
from holdfast.record.header import write_time
from holdfast.record.note import NAME
from holdfast.record.note import NoteRefused
from holdfast.record.note import read_note
from holdfast.record.note import sign_note
from holdfast.record.outcome import Outcome

FORMAT = "holdfast-checkpoint-1"
MOST_CHAINS = 20_000  # in one checkpoint: more are written as several

_START = b"holdfast/checkpoints/1\n"
_TEXT = b"holdfast/checkpoint/1\n"
_HASH = r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]="  # base64 of 32 bytes, in the one way there is to write it
_HEAD = re.compile(rf"({NAME})\n{FORMAT}\nnumber ([1-9][0-9]{{0,8}})\nbefore ({_HASH})\nat ({TIME})\n")
_CHAIN = re.compile(rf"({CASE}) ([1-9][0-9]{{0,8}}) ({_HASH})")


class Checkpoint(NamedTuple):
    """One checkpoint as it is read."""

    origin: str  # whose record it is, and the name of the key that signs it
    number: int
    before: bytes
    at: datetime
    chains: dict[str, Witnessed]  # those that changed since the checkpoint before
    hash: bytes


class Replay(NamedTuple):
    """How reading all checkpoints ended, and what they witnessed up to there."""

    outcome: Outcome
    at_number: int | None  # the first checkpoint that is not as it should be; None where all are
    witnessed: dict[str, Witnessed]
    last: Checkpoint | None


class Comparison(NamedTuple):
    """The chains against what was witnessed of them."""

    cases: int
    entries: int
    faults: tuple[tuple[str, Verdict], ...]  # by case
    not_yet_witnessed: int  # sound entries newer than the last checkpoint: out of its reach


def write_checkpoint(
    previous: Checkpoint | None, chains: Mapping[str, Witnessed], *, origin: str, at: datetime, private: bytes
) -> bytes:
    """The checkpoint that follows `previous` (None: the first of all), naming the chains that changed since."""
    if len(chains) > MOST_CHAINS:
        raise ValueError(f"a checkpoint was not written: it may name {MOST_CHAINS:,} cases; write several")
    number, before = (previous.number + 1, previous.hash) if previous else (1, _start(origin))
    lines = [origin, FORMAT, f"number {number}", f"before {_base64(before)}", f"at {write_time(at)}"]
    lines += [f"{case} {seen.length} {_base64(seen.head)}" for case, seen in sorted(chains.items())]
    text = "\n".join(lines) + "\n"
    try:
        _read_text(text, origin)
    except NoteRefused as refused:
        raise ValueError(
            "a checkpoint was not written: its origin, time, cases or heads are not as written"
        ) from refused
    return sign_note(text, origin, private)


def read_checkpoint(note: bytes, origin: str, public: bytes) -> Checkpoint:
    """One checkpoint, or NoteRefused: not signed with this key, its text changed, of another record, unreadable."""
    return _read_text(read_note(note, origin, public), origin)


def replay(notes: Iterable[bytes], origin: str, public: bytes) -> Replay:
    """All checkpoints in their order, from the first: what they witnessed last of each case. Linear in their lines."""
    witnessed: dict[str, Witnessed] = {}
    last: Checkpoint | None = None
    for expected, note in enumerate(notes, 1):
        try:
            found = read_checkpoint(note, origin, public)
        except NoteRefused as refused:
            return Replay(refused.outcome, expected, witnessed, last)
        outcome = _follows(found, last, expected) or _grows(found, witnessed)
        if outcome:
            return Replay(outcome, expected, witnessed, last)
        witnessed.update(found.chains)
        last = found
    return Replay(Outcome.SOUND, None, witnessed, last)


def compare(chains: Iterable[tuple[str, Iterable[Stored]]], witnessed: Mapping[str, Witnessed]) -> Comparison:
    """Every case verified, each once, and held against what was witnessed of it; then the cases that are gone."""
    cases = entries = newer = 0
    faults: list[tuple[str, Verdict]] = []
    missing = set(witnessed)
    for case, stored in chains:
        seen = witnessed.get(case)
        verdict = verify_chain(case, stored, seen)
        missing.discard(case)
        cases += 1
        entries += verdict.length
        newer += max(0, verdict.length - (seen.length if seen else 0))
        if verdict.outcome is not Outcome.SOUND:
            faults.append((case, verdict))
    faults += [(case, Verdict(Outcome.CASE_MISSING, 1, 0, b"")) for case in sorted(missing)]
    return Comparison(cases, entries, tuple(faults), newer)


def compare_places(here: Iterable[bytes], there: Iterable[bytes]) -> tuple[Outcome, int | None]:
    """Whether two places hold the same checkpoints, and the first that differs. A place that ends sooner misses one."""
    for number, (ours, theirs) in enumerate(zip_longest(here, there), 1):
        if ours is None or theirs is None:
            return Outcome.CHECKPOINT_MISSING, number
        if ours != theirs:
            return Outcome.CHECKPOINT_ALTERED, number
    return Outcome.SOUND, None


def _follows(found: Checkpoint, last: Checkpoint | None, expected: int) -> Outcome | None:
    """Why a checkpoint does not stand in this place; None where it does."""
    if found.number > expected:
        return Outcome.CHECKPOINT_MISSING
    if found.number < expected:
        return Outcome.CHECKPOINT_REPEATED
    return None if found.before == (last.hash if last else _start(found.origin)) else Outcome.CHECKPOINT_ALTERED


def _grows(found: Checkpoint, witnessed: Mapping[str, Witnessed]) -> Outcome | None:
    """A chain only grows: what a checkpoint says of one never says less than an earlier checkpoint did."""
    for case, now in found.chains.items():
        then = witnessed.get(case)
        if then and (now.length < then.length or (now.length == then.length and now.head != then.head)):
            return Outcome.CHECKPOINT_ROLLED_BACK
    return None


def _read_text(text: str, origin: str) -> Checkpoint:
    head = _HEAD.match(text)
    if head is None:
        raise NoteRefused(Outcome.UNREADABLE_CHECKPOINT)
    if head[1] != origin:
        raise NoteRefused(Outcome.WRONG_ORIGIN)
    lines = text[head.end() :].split("\n")[:-1]
    found = [_CHAIN.fullmatch(line) for line in lines[: MOST_CHAINS + 1]]
    chains = {line[1]: Witnessed(int(line[2]), b64decode(line[3])) for line in found if line}
    if len(chains) != len(lines) or list(chains) != sorted(chains):
        raise NoteRefused(Outcome.UNREADABLE_CHECKPOINT)
    return Checkpoint(
        origin, int(head[2]), b64decode(head[3]), read_time(head[4]), chains, sha256(_TEXT + text.encode()).digest()
    )


def _start(origin: str) -> bytes:
    """What stands for the hash before checkpoint 1."""
    return sha256(_START + origin.encode()).digest()


def _base64(hash_: bytes) -> str:
    return b64encode(hash_).decode("ascii")
