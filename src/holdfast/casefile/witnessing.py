"""Which checkpoint was the first to see an entry, and whether the record still fits what it saw.

A checkpoint names how long a case was, and the hash of its last entry then: everything up to there is bound by it.
"""

from bisect import bisect_left
from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.checkpoints import files_in
from holdfast.casefile.checkpoints import folder
from holdfast.casefile.checkpoints import origin_and_key
from holdfast.casefile.store import reading
from holdfast.record.checkpoint import Checkpoint
from holdfast.record.checkpoint import read_checkpoint
from holdfast.record.entry import Entry
from holdfast.record.note import NoteRefused

_HASH = "SELECT CAST(hash AS BLOB) FROM entry WHERE case_id = ? AND number = ?"


class Witness(NamedTuple):
    """The first checkpoint that saw an entry."""

    checkpoint: int  # its number
    at: datetime
    length: int  # how many entries of the case it bears witness to
    head: str  # the hash of the last of these, hex
    fits: bool  # whether the record has that very entry there today


class _Reader:
    """The checkpoints of this record, each read once and only where it is needed."""

    def __init__(self) -> None:
        self.files = files_in(folder())
        self.origin, self.public = origin_and_key()
        self.read: dict[Path, Checkpoint | None] = {}

    def at(self, file: Path) -> datetime:
        found = self.get(file)
        return found.at if found else datetime.min.replace(tzinfo=UTC)

    def get(self, file: Path) -> Checkpoint | None:
        """One checkpoint, None where it is not to be believed: `holdfast verify` tells of it."""
        if file not in self.read:
            try:
                self.read[file] = read_checkpoint(file.read_bytes(), self.origin, self.public)
            except (NoteRefused, OSError):
                self.read[file] = None
        return self.read[file]


def first_witnesses(case_id: UUID, entries: Iterable[Entry]) -> dict[int, Witness | None]:
    """For each entry, by its number, the first checkpoint that saw it; None where none that can be believed has."""
    reader = _Reader()
    return {entry.number: _first(case_id, entry, reader) for entry in entries}


def _first(case_id: UUID, entry: Entry, reader: _Reader) -> Witness | None:
    # A checkpoint never names an entry that was recorded after it was written.
    begin = bisect_left(reader.files, entry.recorded_at, key=reader.at)
    for file in reader.files[begin:]:
        found = reader.get(file)
        seen = found.chains.get(str(case_id)) if found else None
        if found and seen and seen.length >= entry.number:
            return Witness(found.number, found.at, seen.length, seen.head.hex(), _fits(case_id, seen.length, seen.head))
    return None


def _fits(case_id: UUID, length: int, head: bytes) -> bool:
    with reading() as connection:
        row = connection.execute(_HASH, (case_id.hex, length)).fetchone()
    return row is not None and bytes(row[0]) == head
