"""The only write. An entry is checked, sealed, chained, and the case's duties are derived again, in one transaction.

- Answered only after the disk has it. Writers who arrive together share one commit; one that is refused harms no other.
- Called inside `transaction.atomic()`, the entry belongs to that transaction, and the disk has it when that commits.
- Entries given together are kept together or not at all.
"""

import secrets
import sqlite3
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from uuid import UUID
from uuid import uuid4

from holdfast.casefile.codes import new_code
from holdfast.casefile.drafts import Draft
from holdfast.casefile.drafts import Ready
from holdfast.casefile.drafts import make_ready
from holdfast.casefile.group import Kept
from holdfast.casefile.judging import faults_in
from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.mark import mark_of
from holdfast.casefile.mark import values_of
from holdfast.casefile.packs import pack_called
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.rows import place_of
from holdfast.casefile.rows import rows_now
from holdfast.casefile.rows import stored_time
from holdfast.casefile.rows import write_rows
from holdfast.casefile.state import KEY_ID
from holdfast.casefile.state import State
from holdfast.casefile.state import state_of
from holdfast.casefile.state import with_rows
from holdfast.casefile.store import open_ahead
from holdfast.casefile.store import write
from holdfast.law.pack import Pack
from holdfast.record.chain import seal_entry
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kind import FieldFault
from holdfast.record.kind import Kind

__all__ = ["Appended", "Draft", "Handed", "append", "append_all", "open_case"]

SOONEST = timedelta(minutes=1)
_INSERT_ENTRY = (
    "INSERT INTO entry (case_id, number, kind, happened_at, recorded_at, role, staff, header, sealed, hash) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_INSERT_CASE = (
    'INSERT INTO "case" '
    "(id, code, pack, force, area, opened_at, length, head, revision, witnessed, look_again_at, invented) "
    "VALUES (?, ?, ?, ?, ?, ?, 0, x'', 0, 0, NULL, ?)"
)
_MOVE_HEAD = (
    'UPDATE "case" SET length = ?, head = ?, revision = ?, look_again_at = ?, ring_at = ?, '
    "force = ?, area = ?, mark = ? WHERE id = ?"
)
_INSERT_KEY = "INSERT INTO case_key (case_id, ring_key, wrapped) VALUES (?, ?, ?)"
# What a door writes in tables of its own in the same transaction: both are kept, or neither.
Beside = Callable[[sqlite3.Connection, "Appended"], None]
_INSERT_HANDOVER = "INSERT INTO handover (agency, document, stamp, digest, case_id, number) VALUES (?, ?, ?, ?, ?, ?)"


class Appended(NamedTuple):
    """What was written. `entries` holds the new entries only; `length` is the case's length now."""

    case_id: UUID
    code: str
    entries: tuple[Entry, ...]
    length: int

    @property
    def number(self) -> int:
        """The number of the last entry written."""
        return self.entries[-1].number


class Handed(NamedTuple):
    """The document of another agency that a write came from."""

    agency: str
    document: str  # a hash of what the agency calls it
    stamp: datetime  # when the agency last changed it
    digest: str  # a hash of the whole document


def append(
    case_id: UUID,
    kind: str,
    fields: Mapping[str, Any] | Kind,
    *,
    by: By,
    happened_at: datetime,
    about: Iterable[int] = (),
    occurrence: int | None = None,
    expected_length: int | None = None,
) -> Appended:
    """Writes one entry, or raises EntryRefused, CaseMovedOn or NoSuchCase and writes nothing."""
    draft = Draft(kind, fields, happened_at, tuple(about), occurrence)
    return append_all(case_id, [draft], by=by, expected_length=expected_length)


def append_all(
    case_id: UUID,
    drafts: Iterable[Draft],
    *,
    by: By,
    expected_length: int | None = None,
    handed: Handed | None = None,
    beside: Beside | None = None,
) -> Appended:
    """Writes several entries together, and what `beside` writes: all of it or none."""
    ready = _all_ready(drafts, by)
    if any(one.kind == "FileErased" for one in ready):  # an entry that says so with the key still there would be false
        raise EntryRefused("FileErased", (FieldFault("kind", "is written by erasing the case, and in no other way"),))
    open_ahead(case_id)

    def work(connection: sqlite3.Connection, kept: Kept) -> Appended:
        state = state_of(connection, case_id, kept)
        if expected_length is not None and expected_length != state.length:
            raise CaseMovedOn(expected_length, state.length)
        appended = write_entries(connection, kept, state, ready, handed=handed)
        if beside:
            beside(connection, appended)
        return appended

    found: Appended = write(work)
    return found


def open_case(
    pack: str,
    *,
    by: By,
    happened_at: datetime,
    fields: Mapping[str, Any] | None = None,
    drafts: Iterable[Draft] = (),
    handed: Handed | None = None,
    beside: Beside | None = None,
) -> Appended:
    """Opens a case under a pack. `fields` are CaseOpened's others; `drafts` are written with it, numbered from 2."""
    opening = Draft("CaseOpened", {**(fields or {}), "pack": pack}, happened_at)
    ready = _all_ready([opening, *drafts], by)
    pack_called(pack)  # refused here where it is missing or has faults: nothing is opened that nobody could run
    # A key ring wraps inside the write, where no key can be retired meanwhile; a key service is not waited for there.
    made = make_key() if keeper().elsewhere else None

    def work(connection: sqlite3.Connection, kept: Kept) -> Appended:
        appended = write_entries(connection, kept, new_case(connection, ready[0], key=made), ready, handed=handed)
        if beside:
            beside(connection, appended)
        return appended

    found: Appended = write(work)
    return found


class NewKey(NamedTuple):
    """A case's identifier and own key before there is the case, and the key wrapped."""

    case_id: UUID
    key: bytes
    name: str
    wrapped: bytes


def make_key() -> NewKey:
    """A key for a case that will be, wrapped by whoever keeps the keys of new cases."""
    case_id, key = uuid4(), secrets.token_bytes(32)
    return NewKey(case_id, key, *keeper().wrap(case_id, key))


def new_case(
    connection: sqlite3.Connection, opening: Ready, recorded_at: datetime | None = None, key: NewKey | None = None
) -> State:
    """An empty case with a key of its own. It is nothing until its first entry is written, in the same transaction."""
    opened_at, made = recorded_at or datetime.now(UTC), key or make_key()
    code, said = new_code(connection), opening.fields
    invented = said.invented == "yes"
    connection.execute(
        _INSERT_CASE, (made.case_id.hex, code, said.pack, said.force, said.area, stored_time(opened_at), int(invented))
    )
    connection.execute(_INSERT_KEY, (made.case_id.hex, made.name, made.wrapped))
    return State(made.case_id, code, said.pack, said.force, said.area, opened_at, invented, 0, b"", 0, made.key, (), {})


def write_entries(
    connection: sqlite3.Connection,
    kept: Kept,
    state: State,
    ready: Iterable[Ready],
    *,
    handed: Handed | None = None,
    recorded_at: Iterable[datetime] | None = None,
) -> Appended:
    """Judges, seals and chains each entry, then derives the duties once. `recorded_at` is for invented cases."""
    pack = pack_called(state.pack)
    entries, head = list(state.entries), state.head
    times = iter(recorded_at or ())
    for one in ready:
        if faults := faults_in(one, entries, pack):
            raise EntryRefused(one.kind, faults)
        # A clock that was set back must not make an entry older than the one before it.
        earliest = entries[-1].recorded_at if entries else one.happened_at
        now = next(times, None) or max(datetime.now(UTC), earliest)
        entry, head = _write_entry(connection, state, one, len(entries) + 1, head, now)
        entries.append(entry)
    written = tuple(entries[state.length :])
    if handed:
        row = (
            handed.agency, handed.document, stored_time(handed.stamp), handed.digest, state.id.hex,
            written[0].number,
        )  # fmt: skip
        connection.execute(_INSERT_HANDOVER, row)
    kept[state.id] = derive(connection, state._replace(length=len(entries), head=head, entries=tuple(entries)), pack)
    return Appended(state.id, state.code, written, len(entries))


def derive(connection: sqlite3.Connection, state: State, pack: Pack, at: datetime | None = None) -> State:
    """Writes the duty rows that differ and moves the case's head: the last step of every write."""
    at = at or max(datetime.now(UTC), state.entries[-1].recorded_at)
    rows, again, ring = rows_now(state.entries, pack, at)
    write_rows(connection, state.id.hex, with_rows(connection, state), rows)
    force, area = place_of(effective(list(state.entries)))
    state = state._replace(rows=rows, revision=state.revision + 1, force=force, area=area)
    # A moment that is already here would have the clock derive this case again and again.
    look = stored_time(max(again, at + SOONEST)) if again else None
    rung = stored_time(ring) if ring else None  # one that is already here is rung at once, and then lies ahead
    mark = mark_of(state.key, values_of(state))
    moved = (state.length, state.head, state.revision, look, rung, force, area, mark, state.id.hex)
    connection.execute(_MOVE_HEAD, moved)
    return state


def _write_entry(
    connection: sqlite3.Connection, state: State, one: Ready, number: int, head: bytes, recorded_at: datetime
) -> tuple[Entry, bytes]:
    try:
        stored = seal_entry(
            str(state.id),
            head or None,
            number,
            one.kind,
            one.fields,
            happened_at=one.happened_at,
            recorded_at=recorded_at,
            by=one.by,
            key=state.key,
            key_id=KEY_ID,
            nonce=secrets.token_bytes(12),
            occurrence=one.occurrence,
            about=one.about,
        )
    except ValueError as fault:
        raise EntryRefused(one.kind, (FieldFault("fields", str(fault)),)) from fault
    times = stored_time(one.happened_at), stored_time(recorded_at)
    connection.execute(_INSERT_ENTRY, (state.id.hex, number, one.kind, *times, *_who(one.by), *stored))
    entry = Entry(number, one.kind, one.happened_at, recorded_at, one.by, one.fields, one.occurrence, one.about)
    return entry, stored.hash


def _who(by: By) -> tuple[str, str]:
    return by.role, by.staff


def _all_ready(drafts: Iterable[Draft], by: By) -> list[Ready]:
    now = datetime.now(UTC)
    ready = [make_ready(draft, by, now) for draft in drafts]
    if not ready:
        raise EntryRefused("Nothing", (FieldFault("kind", "no entry was given"),))
    return ready
