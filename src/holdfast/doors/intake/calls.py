"""Which open call came from a number: found by a keyed hash, for the positions and events that follow a call.

A number is compared by its last nine figures (+44 7700 900123 and 07700 900123 are one), as access/connections.py does.
Of several open calls from one number the newest is meant: a person reads both anyway.
"""

import re
import sqlite3
from datetime import datetime
from datetime import timedelta
from uuid import UUID

from holdfast.casefile.rows import stored_time
from holdfast.casefile.store import reading
from holdfast.doors.intake.sealing import hashed

WITHIN = timedelta(hours=2)  # how long after it began a call is still looked for
KEPT = timedelta(hours=12)  # how long a row is kept
CLOCKS_DIFFER = timedelta(minutes=2)
LEAST_FIGURES, COMPARED_FIGURES = 5, 9

_NEWEST = 'SELECT "case" FROM intake_call_from WHERE number = ? AND at >= ? AND at <= ? ORDER BY at DESC, id DESC'
# As casefile/calls.py has it: a call is over once it was closed at or after its last beginning.
_STATE = (
    "SELECT MAX(CASE WHEN kind IN ('CallReceived', 'CallTransferredIn', 'SecondCallMade') THEN happened_at || '' END), "
    "MAX(CASE WHEN kind IN ('CallClosed', 'FileErased') THEN happened_at || '' END) FROM entry WHERE case_id = ?"
)


def key_of(number: str) -> str:
    """The keyed hash of a number, '' for what is no number: withheld, a name, three figures.

    >>> key_of("anonymous")
    ''
    """
    said = re.sub(r"^(tel|sips?):", "", number.strip().lower()).partition("@")[0].partition(";")[0]
    figures = "".join(sign for sign in said if sign.isascii() and sign.isdigit())
    return hashed("number", figures[-COMPARED_FIGURES:].encode()) if len(figures) >= LEAST_FIGURES else ""


def open_call_of(number: str, at: datetime) -> UUID | None:
    """The case of the newest open call from this number, None where there is none."""
    key = key_of(number)
    if not key:
        return None
    with reading() as connection:
        return open_call_by_key(connection, key, at)


def open_call_by_key(connection: sqlite3.Connection, key: str, at: datetime) -> UUID | None:
    """The same by the keyed hash, inside somebody's transaction."""
    times = stored_time(at - WITHIN), stored_time(at + CLOCKS_DIFFER)
    for (case,) in connection.execute(_NEWEST, (key, *times)):
        begun, closed = connection.execute(_STATE, (case,)).fetchone()
        if begun and (not closed or closed < begun):
            return UUID(case)
    return None


def remember(connection: sqlite3.Connection, number: str, case_id: UUID, now: datetime) -> None:
    """Keeps that this case has a call from this number, and lets go of what is old."""
    key = key_of(number)
    if key:
        written = 'INSERT INTO intake_call_from (number, "case", at) VALUES (?, ?, ?)'
        connection.execute(written, (key, case_id.hex, stored_time(now)))
    connection.execute("DELETE FROM intake_call_from WHERE at < ?", (stored_time(now - KEPT),))
