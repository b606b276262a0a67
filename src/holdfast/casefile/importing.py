"""Loads an invented case with the times that it says, through the very code that writes a real one.

Only a case that says of itself that it is invented: in a real one nobody chooses when something was recorded.
"""

import sqlite3
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from itertools import pairwise
from uuid import UUID

from holdfast.casefile.append import Appended
from holdfast.casefile.append import new_case
from holdfast.casefile.append import write_entries
from holdfast.casefile.drafts import Draft
from holdfast.casefile.drafts import make_ready
from holdfast.casefile.group import Kept
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.store import write
from holdfast.record.entry import Entry
from holdfast.record.kind import FieldFault

# What else follows when a case was loaded, given its identifier, the kinds of its entries and the moment: whoever keeps
# beside the casefile what a list may show of a case (access/apps.py) is told here, as after any other write.
AFTERWARDS: list[Callable[[UUID, Iterable[str], datetime], object]] = []


def import_case(entries: Sequence[Entry]) -> Appended:
    """Writes a whole invented case, or EntryRefused and nothing."""
    if not entries or getattr(entries[0].fields, "invented", "") != "yes":
        raise EntryRefused(
            "CaseOpened", (FieldFault("invented", "has to be 'yes': only an invented case is imported"),)
        )
    for before, after in pairwise(entries):
        if after.recorded_at < before.recorded_at:
            raise EntryRefused(after.kind, (FieldFault("recorded_at", "lies before the entry before it"),))
    ready = [
        make_ready(
            Draft(entry.kind, entry.fields, entry.happened_at, entry.about, entry.occurrence),
            entry.by,
            entry.recorded_at,
        )
        for entry in entries
    ]

    def work(connection: sqlite3.Connection, kept: Kept) -> Appended:
        state = new_case(connection, ready[0], entries[0].recorded_at)
        return write_entries(connection, kept, state, ready, recorded_at=[entry.recorded_at for entry in entries])

    found: Appended = write(work)
    for follow in AFTERWARDS:
        follow(found.case_id, {entry.kind for entry in entries}, datetime.now(UTC))
    return found
