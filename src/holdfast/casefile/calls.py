"""Which calls are open, as the plain columns say it: for the board and the counts by hour. No case is opened for it.

A call begins with one of BEGINS. It is over once a CallClosed happened at or after the last of them: whichever way the
entries were recorded, late or out of order, the answer is the same. A correction may have struck either, so a case with
one is named too, and whoever opens it decides.
"""

from datetime import UTC
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.rows import stored_time
from holdfast.casefile.store import reading
from holdfast.casefile.within import EVERYTHING
from holdfast.casefile.within import Within

BEGINS = ("CallReceived", "CallTransferredIn", "SecondCallMade")
ENDS = "CallClosed"
# As the index `entry_calls` has it: SQLite takes the index only where the same list stands.
_KINDS = "('CallReceived', 'CallTransferredIn', 'SecondCallMade', 'CallClosed', 'EntryCorrected')"
_BEGUN = "MAX(CASE WHEN e.kind IN ('CallReceived', 'CallTransferredIn', 'SecondCallMade') THEN e.happened_at || '' END)"
_CLOSED = "MAX(CASE WHEN e.kind = 'CallClosed' THEN e.happened_at || '' END)"
_CORRECTED = "MAX(e.kind = 'EntryCorrected')"
_FROM = 'FROM entry e INDEXED BY entry_calls JOIN "case" c ON c.id = e.case_id'


class Written(NamedTuple):
    """One entry that was written: its place in the file, its case and its kind."""

    place: int
    case_id: UUID
    kind: str


class OldCall(NamedTuple):
    """A call that began long ago and was never closed."""

    case_id: UUID
    code: str
    force: str
    begun_at: datetime


def newest_place() -> int:
    """The place in the file of the newest entry: good while this process runs."""
    with reading() as connection:
        newest: int = connection.execute("SELECT COALESCE(MAX(rowid), 0) FROM entry").fetchone()[0]
    return newest


def written_since(place: int, most: int = 5_000) -> tuple[Written, ...]:
    """What was written after a place, in order."""
    asked = "SELECT rowid, case_id, kind FROM entry WHERE rowid > ? ORDER BY rowid LIMIT ?"
    with reading() as connection:
        found = connection.execute(asked, (place, most)).fetchall()
    return tuple(Written(row[0], UUID(row[1]), row[2]) for row in found)


def maybe_open_since(since: datetime) -> tuple[UUID, ...]:
    """The cases in which a call began since then and may not be over."""
    asked = (
        f"SELECT e.case_id, {_BEGUN} AS begun, {_CLOSED} AS closed, {_CORRECTED} AS corrected {_FROM} "
        f"WHERE e.kind IN {_KINDS} AND e.happened_at >= ? GROUP BY e.case_id "
        "HAVING begun IS NOT NULL AND (closed IS NULL OR closed < begun OR corrected)"
    )
    with reading() as connection:
        found = connection.execute(asked, (stored_time(since),)).fetchall()
    return tuple(UUID(row[0]) for row in found)


def never_closed_before(before: datetime, *, within: Within = EVERYTHING, most: int = 50) -> tuple[OldCall, ...]:
    """The calls that began before then and were never closed, newest first. Reads the index to its beginning."""
    asked = (
        f"SELECT e.case_id, c.code, c.force, {_BEGUN} AS begun, {_CLOSED} AS closed {_FROM} "
        f"WHERE e.kind IN {_KINDS} GROUP BY e.case_id "
        "HAVING begun < ? AND (closed IS NULL OR closed < begun) ORDER BY begun DESC"
    )
    kept: list[OldCall] = []
    with reading() as connection:
        for case_id, code, force, begun, _closed in connection.execute(asked, (stored_time(before),)):
            if within.holds(code, force):
                kept.append(OldCall(UUID(case_id), code, force, _time(begun)))
            if len(kept) == most:
                break
    return tuple(kept)


def calls_between(since: datetime, until: datetime, *, within: Within = EVERYTHING) -> tuple[tuple[datetime, str], ...]:
    """When each call came, and by which of BEGINS."""
    asked = (
        f"SELECT e.happened_at || '', e.kind, c.code, c.force {_FROM} "
        f"WHERE e.kind IN {_KINDS} AND e.happened_at >= ? AND e.happened_at < ? ORDER BY e.happened_at"
    )
    with reading() as connection:
        found = connection.execute(asked, (stored_time(since), stored_time(until))).fetchall()
    return tuple((_time(at), kind) for at, kind, code, force in found if kind in BEGINS and within.holds(code, force))


def closed_since(since: datetime, *, within: Within = EVERYTHING) -> tuple[UUID, ...]:
    """The cases in which a call was closed since then."""
    asked = (
        f"SELECT DISTINCT e.case_id, c.code, c.force {_FROM} "
        f"WHERE e.kind IN {_KINDS} AND e.kind = '{ENDS}' AND e.happened_at >= ?"
    )
    with reading() as connection:
        found = connection.execute(asked, (stored_time(since),)).fetchall()
    return tuple(UUID(case_id) for case_id, code, force in found if within.holds(code, force))


def _time(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)
