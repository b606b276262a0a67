"""Deriving every case again: after a pack changed, the duties that its cases give have changed too.

- A case is first read and derived without writing; only where something differs is it written, by itself.
- A duty that merely became overdue is no difference: queues and counts see that by themselves.
- A pack that changed is noticed by a digest of its files; its cases then wait for the clock like all others.
"""

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from holdfast.casefile.append import derive
from holdfast.casefile.group import Kept
from holdfast.casefile.packs import pack_called
from holdfast.casefile.packs import pack_names
from holdfast.casefile.rows import Row
from holdfast.casefile.rows import read_rows
from holdfast.casefile.rows import rows_now
from holdfast.casefile.rows import stored_time
from holdfast.casefile.state import state_of
from holdfast.casefile.store import open_ahead
from holdfast.casefile.store import reading
from holdfast.casefile.store import write
from holdfast.law.loading import digest_of

AT_ONCE = 2_000
# What was erased cannot be derived again: asking each time would fill the log with refusals.
_WITH_KEY = "id IN (SELECT case_id FROM case_key)"


def rederive(case_id: UUID, at: datetime | None = None) -> None:
    """Derives one case's duties again and writes what differs."""

    def work(connection: sqlite3.Connection, kept: Kept) -> None:
        state = state_of(connection, case_id, kept)
        kept[case_id] = derive(connection, state, pack_called(state.pack), at)

    open_ahead(case_id)
    write(work)


def would_change(case_id: UUID, at: datetime) -> bool:
    """Whether deriving the case again would write anything."""
    with reading() as connection:
        state = state_of(connection, case_id)
        stored = read_rows(connection, case_id.hex)
        asked = "SELECT look_again_at || '', ring_at || '' FROM \"case\" WHERE id = ?"
        look, rung = connection.execute(asked, (case_id.hex,)).fetchone()
    rows, again, ring = rows_now(state.entries, pack_called(state.pack), at)
    if (look is None) != (again is None) or rung != (stored_time(ring) if ring else None):
        return True
    if rows.keys() != stored.keys():
        return True
    return any(_settled(row) != _settled(stored[key]) for key, row in rows.items())


def every_case(part: int = 0, parts: int = 1) -> Iterator[UUID]:
    """The cases, read in batches; with `parts`, every so-many-th of them."""
    after = ""
    while True:
        with reading() as connection:
            asked = f'SELECT id FROM "case" WHERE id > ? AND {_WITH_KEY} ORDER BY id LIMIT ?'  # noqa: S608 our own words
            found = [row[0] for row in connection.execute(asked, (after, AT_ONCE))]
        if not found:
            return
        after = found[-1]
        yield from (UUID(case) for case in found if int(case[:8], 16) % parts == part)


def notice_changed_packs(at: datetime) -> list[str]:
    """Marks the cases of each pack that changed since they were derived; the packs that did."""
    file = Path(settings.HOLDFAST_DATA) / "derived-under.json"
    before = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
    now = {name: digest_of(Path(settings.HOLDFAST_PACKS) / name) for name in pack_names()}
    changed = [name for name in now if name in before and before[name] != now[name]]
    for name in changed:
        _mark(name, at)
    if now != before:
        being_written = file.with_suffix(".part")
        being_written.write_text(json.dumps(now), encoding="utf-8")
        being_written.replace(file)
    return changed


def _mark(pack: str, at: datetime) -> None:
    """In batches, so that nobody who records something meanwhile waits long."""
    after: str | None = ""
    while after is not None:

        def work(connection: sqlite3.Connection, kept: Kept, after: str | None = after) -> str | None:
            asked = f'SELECT id FROM "case" WHERE pack = ? AND id > ? AND {_WITH_KEY} ORDER BY id LIMIT ?'  # noqa: S608 our own words
            found = connection.execute(asked, (pack, after, AT_ONCE)).fetchall()
            moment = stored_time(at)
            connection.executemany(
                'UPDATE "case" SET look_again_at = ? WHERE id = ?', [(moment, row[0]) for row in found]
            )
            return found[-1][0] if found else None

        after = write(work)


def _settled(row: Row) -> Row:
    """A row with what time alone changes left out."""
    if row.state not in ("open", "overdue"):
        return row
    return row._replace(state="open", missed=False)
