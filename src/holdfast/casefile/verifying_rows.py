"""What is kept beside the chains, held against what the chains and the law give: rows of cases, keys and duties.

A row can be put right from the record (`holdfast rederive`), and is no proof of anything; but queues and searches read
it, so that a changed one hides a case or a duty from whoever should act. Opens every case; writes nothing.
"""

import sqlite3
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.checkpoints import files_in
from holdfast.casefile.checkpoints import folder
from holdfast.casefile.checkpoints import notes_in
from holdfast.casefile.checkpoints import origin_and_key
from holdfast.casefile.checkpoints import second_folder
from holdfast.casefile.keys.belonging import fault_of_keys
from holdfast.casefile.keys.belonging import is_there
from holdfast.casefile.mark import COLUMNS
from holdfast.casefile.mark import mark_of
from holdfast.casefile.packs import pack_called
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.rows import Row
from holdfast.casefile.rows import as_stored
from holdfast.casefile.rows import row_columns
from holdfast.casefile.rows import rows_now
from holdfast.casefile.rows import stored_time
from holdfast.law.fault import PackRefused
from holdfast.record.checkpoint import Replay
from holdfast.record.checkpoint import replay
from holdfast.record.entry import Entry
from holdfast.record.note import public_line

# The clock looks again at once; where a case could not be read it is put off by ten minutes (clock.py).
LATE = timedelta(minutes=11)
_AN_INSTANT = timedelta(microseconds=1)
_STRAYS = (
    ("duty_row", "case_id", "SELECT DISTINCT case_id FROM duty_row WHERE case_id NOT IN (SELECT id FROM \"case\")"),
    ("case_key", "case_id", "SELECT case_id FROM case_key WHERE case_id NOT IN (SELECT id FROM \"case\")"),
)  # fmt: skip


class _Kept(NamedTuple):
    values: tuple[Any, ...]  # in the order of mark.COLUMNS
    mark: bytes | None
    look_again_at: str | None
    ring_at: str | None


def mark_fits(connection: sqlite3.Connection, case_id: UUID, key: bytes) -> bool:
    """Whether a case's row is what was written last by whoever had the case's key."""
    try:
        row = _row(connection, case_id)
    except sqlite3.OperationalError:
        return False  # bytes in it that are no text
    return row is None or row.mark == mark_of(key, row.values)


def duties_fit(connection: sqlite3.Connection, case_id: UUID, entries: tuple[Entry, ...], at: datetime) -> bool:
    """Whether a case's duty rows, and when it is looked at again and rung about, are what record and law give."""
    try:
        row = _row(connection, case_id)
        if row is None:
            return True  # told by another finding
        pack, look = pack_called(row.values[2]), _time(row.look_again_at)
        stored = _stored(connection, case_id)
        ring = _time(row.ring_at)
        now = rows_now(entries, pack, at)
        if not _looks_in_time(look, now.again, at):
            return False
        # Until the clock has looked again, what was so shortly before stands as well.
        found = [now, *([rows_now(entries, pack, look - _AN_INSTANT)] if look and look <= at else [])]
        if not any(_looks_in_time(ring, each.ring, at) for each in found):
            return False
        since = entries[-1].recorded_at  # no row was derived before: a duty overdue then is stored as overdue
        before = _written(rows_now(entries, pack, since).rows)
        return any(_same(stored, _written(each.rows), before) for each in found)
    except (CannotKeep, PackRefused, ValueError, TypeError, sqlite3.OperationalError):
        return False  # what cannot be read is not what was written


def _same(stored: dict[Any, list[str]], now: dict[Any, list[str]], before: dict[Any, list[str]]) -> bool:
    """The same rows, but for what became overdue since they were written: queues and counts see that by themselves."""
    if stored.keys() != now.keys():
        return False
    return all(
        row == now[key] or (key in before and row == before[key] and _only_overdue(row, now[key]))
        for key, row in stored.items()
    )


def _only_overdue(row: list[str], now: list[str]) -> bool:
    state, missed = row_columns().index("state"), row_columns().index("missed")
    return (row[state], now[state]) == ("'open'", "'overdue'") and all(
        one == other for place, (one, other) in enumerate(zip(row, now, strict=True)) if place not in (state, missed)
    )


def _looks_in_time(look: datetime | None, again: datetime | None, at: datetime) -> bool:
    """Whether the case is looked at no later than time changes it, and not for no reason at some later day."""
    soon = at + LATE
    if look is None:
        return again is None
    return look <= soon if again is None or again <= soon else look <= soon or look == again


def _written(rows: Mapping[Any, Row]) -> dict[Any, list[str]]:
    return {tuple(map(_quoted, key)): [_quoted(each) for each in as_stored(row)] for key, row in rows.items()}


def _stored(connection: sqlite3.Connection, case_id: UUID) -> dict[Any, list[str]]:
    """The rows as SQLite quotes them: a number that became a text, or a text that became bytes, is no longer equal."""
    listed = ", ".join(f"quote({name})" for name in ("duty", "started_by", "instance", *row_columns()))
    asked = f"SELECT {listed} FROM duty_row WHERE case_id = ?"  # noqa: S608 our own names
    return {row[:3]: list(row[3:]) for row in connection.execute(asked, (case_id.hex,))}


def _quoted(value: Any) -> str:
    if value is None:
        return "NULL"
    return str(int(value)) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def _row(connection: sqlite3.Connection, case_id: UUID) -> _Kept | None:
    asked = f"SELECT CAST(mark AS BLOB), look_again_at || '', ring_at || '', {COLUMNS} FROM \"case\" WHERE id = ?"  # noqa: S608
    row = connection.execute(asked, (case_id.hex,)).fetchone()
    return _Kept(tuple(row[3:]), row[0], row[1], row[2]) if row else None


def _time(stored: str | None) -> datetime | None:
    if stored is None:
        return None
    found = datetime.fromisoformat(stored + "+00:00")
    if stored_time(found) != stored:
        raise ValueError("a time is not as it is written")
    return found


def rows_of_no_case(connection: sqlite3.Connection) -> list[str]:
    """The cases that rows speak of and that are not there."""
    return sorted({str(row[0]) for table, _, asked in _STRAYS if is_there(connection, table)
                   for row in connection.execute(asked)})  # fmt: skip


def witnessed_otherwise(connection: sqlite3.Connection, replayed: Replay) -> list[str]:
    """The cases whose row says that checkpoints saw more or less of them than these say.

    A case of the last checkpoint may still say what the one before saw: a checkpoint is written before the database
    hears of it.
    """
    seen = _lengths(replayed)
    before: dict[str, int] | None = None
    found = []
    for case, said in connection.execute('SELECT id, quote(witnessed) FROM "case"'):
        try:
            name = str(UUID(case))
        except (ValueError, AttributeError, TypeError):
            continue  # told by another finding
        if said == str(seen.get(name, 0)):
            continue
        if replayed.last is not None and name in replayed.last.chains:
            if before is None:
                before = _lengths(replay(list(notes_in(folder()))[:-1], *origin_and_key()))
            if said == str(before.get(name, 0)):
                continue
        found.append(name)
    return found


def _lengths(replayed: Replay) -> dict[str, int]:
    return {case: witnessed.length for case, witnessed in replayed.witnessed.items()}


def keys_belong() -> bool:
    """Whether the keys are this database's; a key service that does not answer is no finding about the record."""
    return not fault_of_keys()


def public_keys_fit() -> bool:
    """Whether the public key beside the checkpoints, by which others check them, is the one that signs them."""
    wanted = (public_line(*origin_and_key()) + "\n").encode()
    files = [place / "public-key.txt" for place in (folder(), second_folder()) if files_in(place)]
    return all(file.is_file() and file.read_bytes() == wanted for file in files)
