"""Erasing a case: a last entry, a checkpoint that saw it, a line in the list of erasures; then its key is destroyed.

- The order is so that a crash at any point is made good by going on: until the key is gone everything can be done
  again, and `finish_erasures` does it when Holdfast next starts.
- Destroyed means that the bytes are gone from the database and from SQLite's log: both are searched afterwards.
- Out of reach: copies of the database that were made before. Backups say so, and a restore destroys the keys again.
"""

import sqlite3
import time
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.db import connection as django_connection

from holdfast.casefile.append import write_entries
from holdfast.casefile.checkpoints import checkpoint
from holdfast.casefile.checkpoints import last_checkpoint
from holdfast.casefile.drafts import Draft
from holdfast.casefile.drafts import make_ready
from holdfast.casefile.erasures import erasures_known
from holdfast.casefile.erasures import list_erasure
from holdfast.casefile.forgotten import forget
from holdfast.casefile.group import Kept
from holdfast.casefile.keeping import keeping_of
from holdfast.casefile.packs import pack_called
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.refused import Refused
from holdfast.casefile.state import REMEMBERED
from holdfast.casefile.state import State
from holdfast.casefile.state import state_of
from holdfast.casefile.store import reading
from holdfast.casefile.store import write
from holdfast.record.entry import By
from holdfast.record.erasure import REASONS
from holdfast.record.erasure import Erased
from holdfast.record.kind import FieldFault

# What stands above this folder and holds something of a case beside its key: added as its app starts. Called before the
# key goes, and again by whatever makes good a crash; it never raises.
ALSO_FORGET: list[Callable[[UUID], object]] = []
_PIECE = 1 << 20
_PATIENCE = 20.0  # seconds to wait until nobody reads from SQLite's log
_WAITING = (
    "SELECT k.case_id FROM entry e JOIN case_key k ON k.case_id = e.case_id WHERE e.kind = 'FileErased' "
    'AND e.number = (SELECT length FROM "case" c WHERE c.id = e.case_id)'
)


class MustBeKept(Refused):
    """Something stands against erasing the case. `against` says what, without a detail of it."""

    def __init__(self, against: tuple[str, ...]):
        self.against = against
        super().__init__("The case was not erased. " + " ".join(against) + " Settle that first, or leave the file.")


class ErasedCase(NamedTuple):
    """What was done. `gone` is False where somebody was still reading SQLite's log: the bytes go when it is folded."""

    certificate: Path
    gone: bool


def erase(
    case_id: UUID, *, by: By, second: str, reason: str, rule: str = "", seen: int | None = None,
    at: datetime | None = None,
) -> ErasedCase:  # fmt: skip
    """Erases a case's words for good. MustBeKept, EntryRefused, NoSuchCase or CannotKeep: nothing was erased.

    `by` and `second` are two people who may; whoever calls has asked `access`.
    `seen` is the length that they looked at.
    """
    at = at or datetime.now(UTC)
    _not_inside_another_write()
    faults = [] if reason in REASONS else [FieldFault("reason", f"has to be one of: {', '.join(REASONS)}")]
    faults += [] if second.strip() else [FieldFault("second_person", "has to agree before a case is erased")]
    if faults:
        raise EntryRefused("FileErased", tuple(faults))
    erasures_known()  # refused here, before anything is written, where no list could be written on

    def work(connection: sqlite3.Connection, kept: Kept) -> int:
        state = state_of(connection, case_id, kept)
        if seen is not None and seen != state.length:
            raise CaseMovedOn(seen, state.length)
        _may_go(state, reason, rule, at)
        fields = {"reason": reason, "rule": rule, "second_person": second}
        ready = make_ready(Draft("FileErased", fields, at), by, at)
        return write_entries(connection, kept, state, [ready]).length

    write(work)
    return finish(case_id)


def finish(case_id: UUID) -> ErasedCase:
    """Goes on with an erasure whose last entry is written: checkpoint, list, key. Doing it again does no harm."""
    checkpoint()
    with reading() as connection:
        state = state_of(connection, case_id)
        row = connection.execute("SELECT wrapped FROM case_key WHERE case_id = ?", (case_id.hex,)).fetchone()
    last = state.entries[-1]
    seen = last_checkpoint()
    if last.kind != "FileErased" or row is None or seen is None:
        raise CannotKeep("This case has no last entry that says it is to be erased, so nothing was erased.")
    by = f"{last.by.role} {last.by.staff or '-'}"
    said = Erased(
        str(case_id), state.length, state.head, seen.number, last.fields.reason, last.fields.rule, by,
        last.fields.second_person,
    )  # fmt: skip
    certificate = list_erasure(said, last.happened_at)
    code = state.code
    del state, last
    destroy(case_id, code)
    return ErasedCase(certificate, not _still_there(bytes(row[0])))


def destroy(case_id: UUID, code: str) -> None:
    """Destroys a case's key and what goes with it, in this process's memory too."""

    def work(connection: sqlite3.Connection, kept: Kept) -> None:
        kept.pop(case_id, None)
        forget(connection, case_id, code)

    for also in ALSO_FORGET:
        also(case_id)
    write(work)
    REMEMBERED.forget(case_id)
    _end_sessions(case_id, code)


def finish_erasures() -> int:
    """Makes good what a crash left half done, and destroys again what the list says is erased; how many those were."""
    with reading() as connection:
        waiting = [UUID(row[0]) for row in connection.execute(_WAITING)]
    for case_id in waiting:
        finish(case_id)
    return len(waiting) + replay_erasures()


def replay_erasures() -> int:
    """Destroys the key of every case on the list that still has one: a restored backup may hold them."""
    done = 0
    for each in erasures_known():
        case_id = UUID(each.said.case)
        with reading() as connection:
            row = connection.execute(
                'SELECT c.code, k.wrapped FROM "case" c JOIN case_key k ON k.case_id = c.id WHERE c.id = ?',
                (case_id.hex,),
            ).fetchone()
        if row is not None:
            destroy(case_id, row[0])
            _still_there(bytes(row[1]))
            done += 1
    return done


def forget_erased() -> int:
    """Drops from this process's memory every case whose key is gone: another process may have destroyed it."""
    held = REMEMBERED.held()
    with reading() as connection:
        there = {
            UUID(row[0])
            for case_id in held
            for row in connection.execute("SELECT case_id FROM case_key WHERE case_id = ?", (case_id.hex,))
        }
    gone = [case_id for case_id in held if case_id not in there]
    for case_id in gone:
        REMEMBERED.forget(case_id)
    return len(gone)


def _may_go(state: State, reason: str, rule: str, at: datetime) -> None:
    found = keeping_of(state.id, state.code, state.entries, pack_called(state.pack), at)
    against = list(found.against)
    if reason == "retention_ended":
        named = found.review.rule.id if found.review.rule else ""
        if not found.due(at) and not against:
            against.append(found.review.why)
        elif rule != named:
            against.append("The rule that was named is not the one that holds for this case.")
    if against:
        raise MustBeKept(tuple(against))


def _not_inside_another_write() -> None:
    if django_connection.in_atomic_block:
        raise CannotKeep("A case is erased by itself, never inside another write: nothing was erased.")


def _end_sessions(case_id: UUID, code: str) -> None:
    """Ends every session that names the case: nothing waits in one for a page that is no more."""
    from django.contrib.sessions.models import Session

    names = (str(case_id), case_id.hex, code)
    for session in Session.objects.iterator():
        if any(name in repr(session.get_decoded()) for name in names):
            session.delete()


def _still_there(wrapped: bytes) -> bool:
    """Whether the wrapped key can still be found in the database's files. Folds and empties SQLite's log first."""
    django_connection.ensure_connection()
    raw = django_connection.connection
    file = Path(str(django_connection.settings_dict["NAME"]))
    until = time.monotonic() + _PATIENCE
    while raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] and time.monotonic() < until:
        time.sleep(0.05)  # somebody is reading an older moment
    if _holds(file, wrapped):  # a database that was once written without secure_delete
        raw.execute("VACUUM")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    return any(_holds(each, wrapped) for each in (file, file.with_name(file.name + "-wal")))


def _holds(file: Path, wanted: bytes) -> bool:
    if not file.is_file():
        return False
    tail = b""
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            if wanted in tail + piece:
                return True
            tail = piece[-len(wanted) :]
    return False
