"""The duty rows of a case: what `owed` says now beside what the rows said before, and only the difference written.

Rows are a copy for queues and counts. Nothing is decided from them: a page about one case asks `owed` itself.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import Any
from typing import NamedTuple

from holdfast.duties.owed import Owed
from holdfast.duties.owed import owed
from holdfast.duties.ringing import next_rings
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry
from holdfast.record.facts import effective

LIVE = frozenset({"open", "overdue", "undated"})
Key = tuple[str, int, int]  # duty, started_by, instance

_COLUMNS = (
    "owed_by", "owed_to", "staff", "state", "live", "started_at", "due_by", "in_words", "missed", "sort_at", "ended_by",
    "ended_at", "pack", "force", "area",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO duty_row (case_id, duty, started_by, instance, {', '.join(_COLUMNS)}) "  # noqa: S608 our own names
    f"VALUES (?, ?, ?, ?, {', '.join('?' * len(_COLUMNS))})"
)
_UPDATE = (
    f"UPDATE duty_row SET {', '.join(f'{name} = ?' for name in _COLUMNS)} "  # noqa: S608 our own names
    "WHERE case_id = ? AND duty = ? AND started_by = ? AND instance = ?"
)
_DELETE = "DELETE FROM duty_row WHERE case_id = ? AND duty = ? AND started_by = ? AND instance = ?"
# An empty string added to a time hands it over as it is stored, whatever converters the connection has.
_SELECT = (
    "SELECT duty, started_by, instance, owed_by, owed_to, staff, state, live + 0, started_at || '', due_by || '', "
    "in_words + 0, missed + 0, sort_at || '', ended_by, ended_at || '', pack, force, area "
    "FROM duty_row WHERE case_id = ?"
)


class Row(NamedTuple):
    """One duty row's values. Times stay times until a row is written: most rows are the same as before."""

    owed_by: str
    owed_to: str
    staff: str
    state: str
    live: bool
    started_at: datetime
    due_by: datetime | None
    in_words: bool
    missed: bool
    sort_at: datetime
    ended_by: int | None
    ended_at: datetime | None
    pack: str
    force: str
    area: str


Rows = dict[Key, Row]
_TIMES = [place for place, name in enumerate(_COLUMNS) if name.endswith(("_at", "due_by"))]
_FLAGS = [place for place, name in enumerate(_COLUMNS) if name in ("live", "in_words", "missed")]


def stored_time(at: datetime) -> str:
    """A time as Django keeps it in SQLite."""
    return str(at.astimezone(UTC).replace(tzinfo=None))


def row_columns() -> tuple[str, ...]:
    """The columns of a row but those that it is found by."""
    return _COLUMNS


def read_rows(connection: sqlite3.Connection, case_hex: str) -> Rows:
    """The rows of a case as they are."""
    return {(row[0], row[1], row[2]): _as_row(row[3:]) for row in connection.execute(_SELECT, (case_hex,))}


def _as_row(stored: tuple[Any, ...]) -> Row:
    values = list(stored)
    for place in _TIMES:
        values[place] = datetime.fromisoformat(values[place] + "+00:00") if values[place] else None
    for place in _FLAGS:
        values[place] = bool(values[place])
    return Row(*values)


def as_stored(row: Row) -> list[Any]:
    """A row's values as SQLite is given them, in the order of `row_columns`."""
    values: list[Any] = list(row)
    for place in _TIMES:
        values[place] = stored_time(values[place]) if values[place] else None
    return values


class Now(NamedTuple):
    """The rows that the record and the law give at a moment, when time alone will change them, and when somebody is
    to be rung next."""

    rows: Rows
    again: datetime | None
    ring: datetime | None


def rows_now(entries: Sequence[Entry], pack: Pack, at: datetime) -> Now:
    """What the record and the law give at a moment."""
    standing = effective(list(entries))
    holders, (force, area) = who_holds(standing), place_of(standing)
    items = owed(entries, pack, at)
    again = min((item.look_again_at for item in items if item.look_again_at is not None), default=None)
    rows: Rows = {}
    for item in items:
        rows[item.duty.id, item.started_by, item.instance] = _row(
            item, holders.get(item.duty.owed_by, ""), pack.id, force, area
        )
    ring = next((ring.at for ring in next_rings(standing, items, pack)), None)
    return Now(rows, again, ring)


def _row(item: Owed, staff: str, pack: str, force: str, area: str) -> Row:
    duty, state, due = item.duty, item.state, item.due_by
    started = item.started_at or item.entry.happened_at
    return Row(
        duty.owed_by, duty.owed_to, staff, state, state in LIVE, started, due, item.in_words != "", item.missed,
        due or started, item.ended_by, item.ended_at, pack, force, area,
    )  # fmt: skip


def who_holds(entries: Sequence[Entry]) -> dict[str, str]:
    """The member of staff to whom each role's work in this case was given last."""
    holders: dict[str, str] = {}
    for entry in entries:
        if entry.kind == "CaseAllocated":
            holders[entry.fields.role] = entry.fields.staff
        elif entry.kind in ("OwnerNamed", "OwnerChanged"):
            holders["investigator"] = entry.fields.owner
    return holders


def place_of(entries: Sequence[Entry]) -> tuple[str, str]:
    """The force and area of a case, as its opening says, corrections applied."""
    return entries[0].fields.force, entries[0].fields.area


def write_rows(connection: sqlite3.Connection, case_hex: str, before: Rows, now: Rows) -> int:
    """Writes what differs; how many rows that was."""
    added = [(case_hex, *key, *as_stored(row)) for key, row in now.items() if key not in before]
    changed = [(*as_stored(row), case_hex, *key) for key, row in now.items() if key in before and before[key] != row]
    gone = [(case_hex, *key) for key in before if key not in now]
    if gone:
        connection.executemany(_DELETE, gone)
    if changed:
        connection.executemany(_UPDATE, changed)
    if added:
        connection.executemany(_INSERT, added)
    return len(added) + len(changed) + len(gone)
