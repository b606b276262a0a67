"""One writer at a time, and one commit for all who came meanwhile.

- Whoever comes first leads: it writes for everybody who is waiting, commits once, and all are answered. SQLite's own
  waiting polls, and lets one writer starve for seconds; here nobody waits for more than the group before theirs.
- Each write is in a savepoint of its own: one that is refused is undone alone.
- Other processes take turns by a lock on a file, which the system hands on in the order of asking.
- An answer is given only after the commit, which ends with the disk's own word for it (synchronous=FULL).
"""

import fcntl
import os
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from holdfast.casefile.refused import CannotKeep

MOST_TOGETHER = 32
PRAGMAS = (
    "PRAGMA busy_timeout=20000",
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA cache_size=-16000",
    "PRAGMA journal_size_limit=67108864",
)

# What a write is given beside the connection: what the group has done so far. Known to all once it is committed.
Kept = dict[Any, Any]
Work = Callable[[sqlite3.Connection, Kept], Any]


class _Waiting:
    """One write, from asking to its answer."""

    __slots__ = ("answer", "done", "fault", "work")

    def __init__(self, work: Work):
        self.work = work
        self.done = False
        self.answer: Any = None
        self.fault: BaseException | None = None


class Group:
    """All writers of one process to one database."""

    def __init__(self, path: Path, committed: Callable[[Kept], None]):
        self._path = path
        self._committed = committed
        self._line: deque[_Waiting] = deque()
        self._lead = threading.Lock()
        self._pid = 0
        self._connection: sqlite3.Connection | None = None
        self._turn = -1

    def write(self, work: Work) -> Any:
        """Does the work in a transaction, and answers when the disk has it; raises what the work raised."""
        waiting = _Waiting(work)
        self._line.append(waiting)
        with self._lead:
            if not waiting.done:
                self._write_all()
        if waiting.fault is not None:
            raise waiting.fault
        return waiting.answer

    def close(self) -> None:
        """Lets go of the database."""
        with self._lead:
            if self._connection is not None:
                self._connection.close()
                os.close(self._turn)
            self._connection = None

    def _write_all(self) -> None:
        group = [self._line.popleft() for _ in range(min(len(self._line), MOST_TOGETHER))]
        try:
            connection = self._open()
            with self._my_turn():
                connection.execute("BEGIN IMMEDIATE")
                try:
                    kept = self._write_each(connection, group)
                    connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
            self._committed(kept)
        except sqlite3.Error as fault:
            told = CannotKeep(
                "Nothing was recorded: the database could not be written. Record it again; if that fails too, keep it "
                "on paper and tell whoever runs the system to look at the disk's room and rights."
            )
            told.__cause__ = fault
            for waiting in group:
                waiting.fault = waiting.fault or told
        except BaseException as fault:
            for waiting in group:
                waiting.fault = waiting.fault or fault
            raise
        finally:
            for waiting in group:
                waiting.done = True

    def _write_each(self, connection: sqlite3.Connection, group: list[_Waiting]) -> Kept:
        kept: Kept = {}
        for waiting in group:
            connection.execute("SAVEPOINT one")
            mine = dict(kept)
            try:
                waiting.answer = waiting.work(connection, mine)
            except Exception as fault:
                if not connection.in_transaction:
                    raise  # the database gave up the whole transaction
                connection.execute("ROLLBACK TO one")
                waiting.fault = fault
            else:
                kept = mine
            connection.execute("RELEASE one")
        return kept

    def _open(self) -> sqlite3.Connection:
        """This process's own connection: one that was opened before a fork is left alone."""
        if self._connection is None or self._pid != os.getpid():
            self._pid = os.getpid()
            self._connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
            for pragma in PRAGMAS:
                self._connection.execute(pragma)
            self._turn = os.open(self._path.with_name(self._path.name + "-turn"), os.O_RDWR | os.O_CREAT, 0o600)
        return self._connection

    @contextmanager
    def _my_turn(self) -> Iterator[None]:
        fcntl.flock(self._turn, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._turn, fcntl.LOCK_UN)
