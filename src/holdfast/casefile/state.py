"""A case as a writer needs it: where its chain ends, its key, its opened entries and its duty rows.

Kept in memory by head and revision, so that writing the fortieth entry does not open the thirty-nine before. A state
is used only when the database, asked inside the writer's own transaction, still has that head and revision.
"""

import sqlite3
import threading
from collections import OrderedDict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from holdfast.casefile.keyring import KeyRing
from holdfast.casefile.keyring import ring_in
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.rows import Rows
from holdfast.casefile.rows import read_rows
from holdfast.record.body import NotOpened
from holdfast.record.chain import Stored
from holdfast.record.chain import open_entry
from holdfast.record.chain import verify_chain
from holdfast.record.entry import Entry
from holdfast.record.header import HeaderRefused
from holdfast.record.outcome import Outcome

KEY_ID = "key-1"  # which of the case's keys seals an entry; a case has one
MOST_CASES = 200  # held at once: some 20 MB


class State(NamedTuple):
    """One case at one head."""

    id: UUID
    code: str
    pack: str
    force: str
    area: str
    opened_at: datetime
    invented: bool
    length: int
    head: bytes
    revision: int
    key: bytes
    entries: tuple[Entry, ...]
    rows: Rows | None  # None until a writer needed them


class Remembered:
    """The states last used. Any thread may ask."""

    def __init__(self, most: int = MOST_CASES):
        self._states: OrderedDict[UUID, State] = OrderedDict()
        self._most = most
        self._lock = threading.Lock()

    def get(self, case_id: UUID, head: bytes, revision: int) -> State | None:
        with self._lock:
            state = self._states.get(case_id)
            if state is None or state.head != head or state.revision != revision:
                return None
            self._states.move_to_end(case_id)
            return state

    def put(self, states: dict[Any, Any]) -> None:
        with self._lock:
            for case_id, state in states.items():
                self._states[case_id] = state
                self._states.move_to_end(case_id)
            while len(self._states) > self._most:
                self._states.popitem(last=False)

    def forget(self) -> None:
        with self._lock:
            self._states.clear()


REMEMBERED = Remembered()
_CASE = (
    "SELECT code, pack, force, area, opened_at || '', invented + 0, length, head, revision FROM \"case\" WHERE id = ?"
)


def state_of(connection: sqlite3.Connection, case_id: UUID, kept: dict[Any, Any] | None = None) -> State:
    """The case as it stands in this transaction, or NoSuchCase; CannotKeep where its chain does not add up."""
    if kept and case_id in kept:
        found: State = kept[case_id]
        return found
    row = connection.execute(_CASE, (case_id.hex,)).fetchone()
    if row is None:
        raise NoSuchCase
    code, pack, force, area, opened_at, invented, length, head, revision = row
    remembered = REMEMBERED.get(case_id, head, revision)
    if remembered is not None:
        return remembered
    key = key_of(connection, case_id)
    state = State(
        id=case_id,
        code=code,
        pack=pack,
        force=force,
        area=area,
        opened_at=datetime.fromisoformat(opened_at + "+00:00"),
        invented=bool(invented),
        length=length,
        head=bytes(head),
        revision=revision,
        key=key,
        entries=_opened(connection, case_id, key, length, bytes(head)),
        rows=None,
    )
    REMEMBERED.put({case_id: state})
    return state


def with_rows(connection: sqlite3.Connection, state: State) -> Rows:
    """The state's duty rows, read once."""
    return state.rows if state.rows is not None else read_rows(connection, state.id.hex)


def key_of(connection: sqlite3.Connection, case_id: UUID) -> bytes:
    """The case's own key, or CannotKeep."""
    row = connection.execute("SELECT ring_key, wrapped FROM case_key WHERE case_id = ?", (case_id.hex,)).fetchone()
    if row is None:
        raise CannotKeep("This case's key was destroyed: its words are erased and nothing more can be recorded in it.")
    return ring().unwrap(case_id, row[0], bytes(row[1]))


@cache
def _ring(folder: Path) -> KeyRing:
    found = ring_in(folder)
    if found is None:
        raise CannotKeep("There is no key ring in the data folder. `holdfast init` makes one for a new installation.")
    return found


def ring() -> KeyRing:
    """This installation's key ring."""
    return _ring(Path(settings.HOLDFAST_DATA))


def _opened(connection: sqlite3.Connection, case_id: UUID, key: bytes, length: int, head: bytes) -> tuple[Entry, ...]:
    """The entries, each held against the hash of the one before: a damaged chain is not read on in silence."""
    stored = [
        Stored(*row)
        for row in connection.execute(
            # CAST: whoever went round the program may have left text where there were bytes.
            "SELECT CAST(header AS BLOB), CAST(sealed AS BLOB), CAST(hash AS BLOB) FROM entry "
            "WHERE case_id = ? ORDER BY number",
            (case_id.hex,),
        )
    ]
    verdict = verify_chain(str(case_id), stored)
    if verdict.outcome is not Outcome.SOUND or (verdict.length, verdict.head) != (length, head):
        raise _damaged(verdict.at_number or verdict.length, verdict.outcome)
    try:
        return tuple(open_entry(one.header, one.sealed, key) for one in stored)
    except (NotOpened, HeaderRefused) as fault:
        raise _damaged(length, fault.outcome) from fault


def _damaged(number: int, outcome: Outcome) -> CannotKeep:
    return CannotKeep(
        f"The case does not add up at entry {number} ({outcome}): what is stored is not what was recorded. Nothing is "
        "read or written until that is seen to. Run `holdfast verify`, and keep the disk as it is."
    )
