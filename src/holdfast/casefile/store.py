"""Where a write goes: into the group of this process, or into the transaction that the caller is already in."""

import sqlite3
import threading
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection
from django.db import transaction

from holdfast.casefile.group import Group
from holdfast.casefile.group import Kept
from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.state import REMEMBERED
from holdfast.casefile.state import state_of

_groups: dict[Path, Group] = {}
_lock = threading.Lock()


def write(work: Callable[[sqlite3.Connection, Kept], Any], *, alone: bool = False) -> Any:
    """Does the work in a transaction; what it put in `kept` is remembered once it is committed.

    `alone`: in one of its own, in which it sees nothing that is not committed.
    """
    if connection.in_atomic_block or _in_memory():
        with transaction.atomic():
            # Nothing of it is remembered: the caller's transaction may yet be undone.
            return work(connection.connection, {})
    return _group().write(work, alone=alone)


@contextmanager
def reading() -> Iterator[sqlite3.Connection]:
    """The connection of this thread, to read with: everything read inside is of one moment."""
    connection.ensure_connection()
    found: sqlite3.Connection = connection.connection
    if found.in_transaction:
        yield found
        return
    found.execute("BEGIN")
    try:
        yield found
    finally:
        found.execute("COMMIT")


def open_ahead(case_id: UUID) -> None:
    """Opens a case before a write of it begins, where that asks another machine: no other writer waits for the answer.

    Only where the caller is not writing already. NoSuchCase and CannotKeep as from the write itself.
    """
    if not connection.in_atomic_block and keeper().elsewhere:
        with reading() as mine:
            state_of(mine, case_id)


def fold_log(more_than: int = 4_000_000) -> None:
    """Folds SQLite's log into the database once it is long, without making anybody wait."""
    log = Path(str(connection.settings_dict["NAME"]) + "-wal")
    if log.is_file() and log.stat().st_size > more_than and not connection.in_atomic_block:
        connection.ensure_connection()
        connection.connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def close() -> None:
    """Lets go of the database and forgets what was read from it: for tests and for the end of a command."""
    with _lock:
        for group in _groups.values():
            group.close()
        _groups.clear()
    REMEMBERED.forget()


def _in_memory() -> bool:
    """Django's own test database: it is gone with its connection, so no other may be opened to it."""
    return "mode=memory" in str(connection.settings_dict["NAME"])


def _group() -> Group:
    path = Path(connection.settings_dict["NAME"])
    found = _groups.get(path)
    if found is None:
        with _lock:
            found = _groups.setdefault(path, Group(path, REMEMBERED.put))
    return found
