"""Positions that came before their call: sealed, and joined to the call when it comes, or let go of after some hours.

A telephone sends where it is while it still rings, so the position is often here first. One that no call follows is
never shown: nobody here was rung by it.
"""

import json
import sqlite3
from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.append import Draft
from holdfast.casefile.group import Kept
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.rows import stored_time
from holdfast.casefile.store import reading
from holdfast.casefile.store import write
from holdfast.doors.intake.calls import key_of
from holdfast.doors.intake.calls import open_call_by_key
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.sealing import hashed
from holdfast.doors.intake.sealing import seal
from holdfast.doors.intake.sealing import unseal
from holdfast.record.kinds import KINDS

WAITS = timedelta(hours=1)
MOST_OF_ONE = 20  # positions of one number; the newest are kept
MOST = 20_000
_INSERT = "INSERT OR IGNORE INTO intake_waiting (number, digest, sealed, at) VALUES (?, ?, ?, ?)"
_OLD = "DELETE FROM intake_waiting WHERE at < ?"
_TOO_MANY = (
    "DELETE FROM intake_waiting WHERE number = ? AND id NOT IN "
    "(SELECT id FROM intake_waiting WHERE number = ? ORDER BY at DESC, id DESC LIMIT ?)"
)
_MANY = "DELETE FROM intake_waiting WHERE id <= (SELECT MAX(id) FROM intake_waiting) - ?"


class JoinedMeanwhile(Exception):
    """Somebody else joined what waited, a moment before: nothing was written, and it is to be looked at again."""


class Waited(NamedTuple):
    """One that waits, opened."""

    number: int
    drafts: tuple[Draft, ...]
    sender: str = ""
    document: str = ""
    message: str = ""


def keep_waiting(number: str, drafts: Iterable[Draft], coming: Coming, at: datetime) -> UUID | None:
    """Keeps what a telephone said of its place until its call comes; or the case of its call, where that came just now.

    Looked at inside the write: a call that is being taken at this moment is not missed.
    """
    key = key_of(number)
    said = [[draft.kind, draft.fields, draft.happened_at.isoformat()] for draft in drafts]
    named = [coming.sender, coming.document, coming.message]
    plain = json.dumps([named, said], sort_keys=True, default=str).encode()
    digest = hashed("waiting", json.dumps(named if coming.document else said, default=str).encode())
    row = key, digest, seal(plain, f"waiting/{key}"), stored_time(at)

    def work(connection: sqlite3.Connection, kept: Kept) -> UUID | None:
        if case := open_call_by_key(connection, key, at):
            return case
        connection.execute(_OLD, (stored_time(at - WAITS),))
        connection.execute(_INSERT, row)
        connection.execute(_TOO_MANY, (key, key, MOST_OF_ONE))
        connection.execute(_MANY, (MOST,))
        return None

    found: UUID | None = write(work)
    return found


def waiting_for(number: str, at: datetime) -> tuple[Waited, ...]:
    """What waits for a call from this number, oldest first."""
    key = key_of(number)
    return waiting_by_key(key, at) if key else ()


def keys_waiting(at: datetime) -> tuple[str, ...]:
    """The keyed hashes of the numbers for which something waits."""
    with reading() as connection:
        asked = "SELECT DISTINCT number FROM intake_waiting WHERE at >= ?"
        return tuple(row[0] for row in connection.execute(asked, (stored_time(at - WAITS),)))


def waiting_by_key(key: str, at: datetime) -> tuple[Waited, ...]:
    """The same by the keyed hash of the number."""
    asked = "SELECT id, sealed FROM intake_waiting WHERE number = ? AND at >= ? ORDER BY at, id"
    with reading() as connection:
        rows = connection.execute(asked, (key, stored_time(at - WAITS))).fetchall()
    found = []
    for number_of, sealed in rows:
        try:
            named, said = json.loads(unseal(bytes(sealed), f"waiting/{key}"))
        except CannotKeep:
            continue  # under another key ring: the call must be taken all the same
        drafts = [Draft(kind, fields, datetime.fromisoformat(when).astimezone(UTC)) for kind, fields, when in said]
        found.append(Waited(number_of, tuple(draft for draft in drafts if draft.kind in KINDS), *named))
    return tuple(found)


def drop(connection: sqlite3.Connection, waited: Iterable[Waited]) -> None:
    """Lets go of what was joined, in the transaction that joined it; JoinedMeanwhile where it is not there any more."""
    for each in waited:
        if connection.execute("DELETE FROM intake_waiting WHERE id = ?", (each.number,)).rowcount != 1:
            raise JoinedMeanwhile
