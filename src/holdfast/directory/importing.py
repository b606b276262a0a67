"""Imports a file of services into the directory, or only checks it: good rows are taken, bad ones are named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from holdfast.directory.fault import RowFault
from holdfast.directory.listing import Listing
from holdfast.directory.neighbours import Neighbours
from holdfast.directory.reading import read_records
from holdfast.directory.store import replace
from holdfast.directory.taking import Into
from holdfast.directory.taking import take

Progress = Callable[[int, int], None]  # how many rows are done, of how many
_TOLD_EVERY = 100


class Taken(NamedTuple):
    """What a file holds. `ended` counts services that are not active any more; `faults` are in the file's order."""

    listings: list[Listing]
    ended: int
    faults: list[RowFault]

    @property
    def refused(self) -> int:
        """How many rows were not taken."""
        return sum(fault.refused for fault in self.faults)


def read_listings(path: Path, into: Into, progress: Progress | None = None) -> Taken:
    """Reads and checks a file, and writes nothing. Raises `FileRefused` and `OSError`."""
    records, faults = read_records(path)
    near = Neighbours(record.data for record in records)
    listings: dict[str, Listing] = {}
    ended = 0
    for done, record in enumerate(records, 1):
        listing, found = take(record, into, near)
        if listing is not None and listing.id in listings:
            found = [
                RowFault(record.file, record.row, record.id, "Its `id` was used by a row before.", "Give each its own.")
            ]
        elif listing is not None:
            listings[listing.id] = listing
        ended += listing is None and not found
        faults += found
        if progress and (done % _TOLD_EVERY == 0 or done == len(records)):
            progress(done, len(records))
    return Taken(list(listings.values()), ended, sorted(faults, key=lambda fault: (fault.file, fault.row)))


def import_into(
    directory: Path, path: Path, into: Into, *, strict: bool = False, progress: Progress | None = None
) -> Taken:
    """Imports a file in place of all that came from the same source, at once or not at all.

    Nothing is written where no row is good, or with `strict` where one is bad: `faults` say why, and the old ones stay.
    Raises `FileRefused`, `DirectoryUnread` and `OSError`.
    """
    taken = read_listings(path, into, progress)
    if not writes(taken, strict=strict):
        return taken
    replace(directory, into.place, into.source, into.timezone, taken.listings, into.on)
    return taken


def writes(taken: Taken, *, strict: bool) -> bool:
    """Whether what was read is put in the directory."""
    return bool(taken.listings) and not (strict and taken.refused)
