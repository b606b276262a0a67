"""A case as a writer needs it: where its chain ends, its key, its opened entries and its duty rows.

Kept in memory by head and revision, so that writing the fortieth entry does not open the thirty-nine before. A state
is used only when the database, asked inside the writer's own transaction, still has that head and revision.

A state holds the case's words and its key. It is forgotten `HELD_SECONDS` after the key was unwrapped, however much the
case is used meanwhile: a key that its keeper no longer gives out ends to be used within that time.
"""

import sqlite3
import threading
import time
from collections import OrderedDict
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.rows import Rows
from holdfast.casefile.rows import read_rows
from holdfast.record.body import NotOpened
from holdfast.record.chain import Stored
from holdfast.record.chain import open_entries
from holdfast.record.chain import verify_chain
from holdfast.record.entry import Entry
from holdfast.record.header import HeaderRefused
from holdfast.record.outcome import Outcome

KEY_ID = "key-1"  # which of the case's keys seals an entry; a case has one
MOST_CASES = 200  # held at once: some 20 MB
HELD_SECONDS = 900.0  # longer than a person works in one case at a stretch, short enough to end what was taken away


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

    def __init__(self, most: int = MOST_CASES, seconds: float = HELD_SECONDS):
        self._states: OrderedDict[UUID, tuple[State, float]] = OrderedDict()
        self._most = most
        self._seconds = seconds
        self._lock = threading.Lock()

    def get(self, case_id: UUID, head: bytes, revision: int) -> State | None:
        """The state where it is still this one, and its key was unwrapped not long ago."""
        with self._lock:
            state, until = self._states.get(case_id, (None, 0.0))
            if state is None or state.head != head or state.revision != revision or until < time.monotonic():
                return None
            self._states.move_to_end(case_id)
            return state

    def put(self, states: dict[Any, Any]) -> None:
        """Remembers states. One that follows from another with the same key is not held longer for that."""
        now = time.monotonic()
        with self._lock:
            for case_id, state in states.items():
                if not isinstance(state, State):
                    continue  # a group may have kept something else beside
                before, until = self._states.get(case_id, (None, 0.0))
                same = before is not None and before.key == state.key and until >= now
                self._states[case_id] = state, until if same else now + self._seconds
                self._states.move_to_end(case_id)
            while len(self._states) > self._most:
                self._states.popitem(last=False)

    def let_go(self) -> None:
        """Forgets what was held long enough: the clock asks for it."""
        now = time.monotonic()
        with self._lock:
            for case_id in [each for each, (_, until) in self._states.items() if until < now]:
                del self._states[case_id]

    def held(self) -> list[UUID]:
        """The cases that are remembered now."""
        with self._lock:
            return list(self._states)

    def forget(self, case_id: UUID | None = None) -> None:
        """One case, or all."""
        with self._lock:
            if case_id is None:
                self._states.clear()
            else:
                self._states.pop(case_id, None)


REMEMBERED = Remembered()
_CASE = (
    "SELECT code, pack, force, area, opened_at || '', invented + 0, length, head, revision FROM \"case\" WHERE id = ?"
)


def state_of(connection: sqlite3.Connection, case_id: UUID, kept: dict[Any, Any] | None = None) -> State:
    """The case as it stands in this transaction, or NoSuchCase; CannotKeep where its chain does not add up."""
    if kept and case_id in kept:
        found: State = kept[case_id]
        return found
    try:
        row = connection.execute(_CASE, (case_id.hex,)).fetchone()
        if row is None:
            raise NoSuchCase
        code, pack, force, area, opened_at, invented, length, head, revision = row
        opened, head = datetime.fromisoformat(opened_at + "+00:00"), bytes(head)
    except (TypeError, ValueError, sqlite3.OperationalError) as fault:
        if "decode" not in str(fault) and isinstance(fault, sqlite3.OperationalError):
            raise  # the database itself, not what is in this row
        raise CannotKeep(
            "The case's own row cannot be read: what is stored is not what was written. Nothing is read or written "
            "until that is seen to. Run `holdfast verify`, and keep the disk as it is."
        ) from fault
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
        opened_at=opened,
        invented=bool(invented),
        length=length,
        head=head,
        revision=revision,
        key=key,
        entries=_opened(connection, case_id, key, length, head),
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
        raise CaseErased("This case's key was destroyed: its words are erased and nothing more can be recorded in it.")
    return keeper().unwrap(case_id, str(row[0]), bytes(row[1]))


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
        return tuple(open_entries(stored, key))
    except (NotOpened, HeaderRefused) as fault:
        raise _damaged(length, fault.outcome) from fault


def _damaged(number: int, outcome: Outcome) -> CannotKeep:
    return CannotKeep(
        f"The case does not add up at entry {number} ({outcome}): what is stored is not what was recorded. Nothing is "
        "read or written until that is seen to. Run `holdfast verify`, and keep the disk as it is."
    )
