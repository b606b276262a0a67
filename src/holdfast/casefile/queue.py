"""What somebody owes, soonest first. What is overdue comes before all else because its time came first.

- Each page reads a few rows of an index, however long the queue: with a million open duties it costs the same.
- The state is that of the moment of asking, so that no duty waits to be found overdue.
- Counts stop at `COUNTED_TO`: nobody works differently for a longer queue than that.
"""

import sqlite3
from datetime import UTC
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.rows import stored_time
from holdfast.casefile.store import reading
from holdfast.casefile.within import EVERYTHING
from holdfast.casefile.within import Within

COUNTED_TO = 1000
MOST = 200

_COLUMNS = (
    "d.case_id, c.code, d.pack, d.duty, d.started_by, d.instance, d.owed_by, d.owed_to, d.staff, d.state, "
    "d.started_at || '', d.due_by || '', d.in_words + 0, d.id, d.sort_at || ''"
)
# More of them than this are looked for along the role's own index, in place of one short run for each.
FEW = 20
# Steps from one holder to the next along the index, so that it costs as many steps as there are holders.
_HOLDERS = (
    "WITH RECURSIVE held(staff) AS ("
    "SELECT MIN(staff) FROM duty_row WHERE live AND owed_by = ?1 AND staff > '' UNION ALL "
    "SELECT (SELECT MIN(staff) FROM duty_row WHERE live AND owed_by = ?1 AND staff > held.staff) FROM held "
    "WHERE held.staff IS NOT NULL) SELECT staff FROM held WHERE staff IS NOT NULL"
)
# A condition and its values.
Part = tuple[str, tuple[str, ...]]
_FROM = 'FROM duty_row d JOIN "case" c ON c.id = d.case_id'


class Waiting(NamedTuple):
    """One row of a queue. Its words are in the pack under `duty`."""

    case_id: UUID
    code: str
    pack: str
    duty: str
    started_by: int
    instance: int
    owed_by: str
    owed_to: str
    staff: str
    state: str  # open, overdue or undated, as it is at the time of asking
    started_at: datetime
    due_by: datetime | None  # where the law gives no figure, when staff are rung
    in_words: bool  # the law gives no figure
    row: int


class Page(NamedTuple):
    """A page of a queue. `after` asks for the next; `overdue` and `waiting` stop at COUNTED_TO."""

    rows: tuple[Waiting, ...]
    after: str  # "" when this is the last page
    overdue: int
    waiting: int


def queue(
    role: str,
    *,
    at: datetime,
    staff: str = "",
    among: tuple[str, ...] = (),
    after: str = "",
    limit: int = 50,
    within: Within = EVERYTHING,
) -> Page:
    """What a role owes: with `staff`, what is theirs, that of those `among` whom they work, and what is nobody's yet.

    Without, everything that the role owes.
    """
    where: list[Part] = [("d.owed_by = ?", (role,))]
    if staff:
        names = sorted({"", staff, *among})
        where = [("d.owed_by = ? AND d.staff = ?", (role, name)) for name in names]
        if len(names) > FEW:  # the sign keeps to the index that is in the order of the queue
            where = [(f"d.owed_by = ? AND +d.staff IN ({', '.join('?' * len(names))})", (role, *names))]
    return _page(where, at, after, limit, within)


def holders_of(role: str) -> frozenset[str]:
    """To whom what a role still owes was given."""
    with reading() as connection:
        return frozenset(name for (name,) in connection.execute(_HOLDERS, (role,)))


def overdue_of(role: str, *, at: datetime, within: Within = EVERYTHING) -> int:
    """How much a role owes that is overdue, whoever it was given to. It stops at COUNTED_TO."""
    with reading() as connection:
        return _count(connection, "d.owed_by = ? AND d.sort_at < ?", (role, stored_time(at)), _LATE, within)


def everybodys_queue(*, at: datetime, after: str = "", limit: int = 50, within: Within = EVERYTHING) -> Page:
    """What anybody owes, for those who answer for what is late."""
    return _page([("1", ())], at, after, limit, within)


def _page(where: list[Part], at: datetime, after: str, limit: int, within: Within) -> Page:
    limit = max(1, min(limit, MOST))
    since, last = _cursor(after)
    cut, cut_values = within.sql
    # Each part is a short run of one index, in order; together they are put in order again.
    parts = " UNION ALL ".join(
        f"SELECT * FROM (SELECT {_COLUMNS} {_FROM} WHERE d.live AND {part} AND (d.sort_at, d.id) > (?, ?){cut} "  # noqa: S608
        f"ORDER BY d.sort_at, d.id LIMIT {limit + 1})"
        for part, _ in where
    )
    given = [value for _, values in where for value in (*values, since, last, *cut_values)]
    with reading() as connection:
        found = connection.execute(f"{parts} ORDER BY 15, 14 LIMIT {limit + 1}", given).fetchall()
        now = stored_time(at)
        counts = [_counts(connection, part, values, now, within) for part, values in where]
    rows = found[:limit]
    return Page(
        rows=tuple(_waiting(row, now) for row in rows),
        after=f"{rows[-1][14]}/{rows[-1][13]}" if len(found) > limit else "",
        overdue=min(sum(late for _, late in counts), COUNTED_TO),
        waiting=min(sum(all_of for all_of, _ in counts), COUNTED_TO),
    )


_LATE = " AND d.due_by IS NOT NULL AND d.state <> 'undated'"


def _counts(
    connection: sqlite3.Connection, part: str, values: tuple[str, ...], now: str, within: Within
) -> tuple[int, int]:
    """How many wait and how many of them are late: in one pass, unless there are more than are counted."""
    cut, cut_values = within.sql
    late = f"d.sort_at < ?{_LATE}"
    asked = (
        f"SELECT COUNT(*), TOTAL(late) FROM (SELECT {late} AS late FROM duty_row d "  # noqa: S608
        f"WHERE d.live AND {part}{cut} LIMIT {COUNTED_TO})"
    )
    waiting, overdue = connection.execute(asked, (now, *values, *cut_values)).fetchone()
    if waiting == COUNTED_TO:
        overdue = _count(connection, part + " AND d.sort_at < ?", (*values, now), _LATE, within)
    return waiting, int(overdue)


def _count(connection: sqlite3.Connection, part: str, values: tuple[str, ...], more: str, within: Within) -> int:
    cut, cut_values = within.sql
    asked = f"SELECT COUNT(*) FROM (SELECT 1 FROM duty_row d WHERE d.live AND {part}{more}{cut} LIMIT {COUNTED_TO})"  # noqa: S608
    counted: int = connection.execute(asked, (*values, *cut_values)).fetchone()[0]
    return counted


def _waiting(row: tuple[str | int, ...], now: str) -> Waiting:
    (
        case_id,
        code,
        pack,
        duty,
        started_by,
        instance,
        owed_by,
        owed_to,
        staff,
        state,
        started_at,
        due_by,
        in_words,
        number,
        _,
    ) = row
    if state == "open" and due_by and str(due_by) < now:
        state = "overdue"
    return Waiting(
        UUID(str(case_id)), str(code), str(pack), str(duty), int(started_by), int(instance), str(owed_by), str(owed_to),
        str(staff), str(state), _time(str(started_at)), _time(str(due_by)) if due_by else None, bool(in_words),
        int(number),
    )  # fmt: skip


def _time(stored: str) -> datetime:
    return datetime.fromisoformat(stored).replace(tzinfo=UTC)


def _cursor(after: str) -> tuple[str, int]:
    """Where the last page ended. A cursor that somebody wrote by hand begins the queue anew."""
    since, _, last = after.partition("/")
    return (since, int(last)) if last.isdecimal() and len(last) < 19 and len(since) < 40 else ("", 0)
