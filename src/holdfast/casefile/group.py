"""One writer at a time, and one commit for all who came meanwhile.

- Whoever comes first leads: it writes for everybody who is waiting, commits once, all are answered, and the one who
  has waited longest leads next. SQLite's own waiting polls, and lets one writer starve for seconds; here nobody waits
  for more than the group before theirs and their own.
- Each write is in a savepoint of its own: one that is refused is undone alone.
- Other processes take turns by a lock on a file, which the system hands on in the order of asking.
- What is told outside the database before the commit (a checkpoint) is written alone: it must see only what is on the
  disk, and nothing that the same commit may yet lose.
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
    "PRAGMA secure_delete=ON",  # what is taken away, a wrapped key above all, is overwritten and not left in the file
    "PRAGMA cache_size=-16000",
    "PRAGMA journal_size_limit=67108864",
    # Folding the log into the database is the clock's work (store.fold_log), so that no writer waits for it.
    "PRAGMA wal_autocheckpoint=8000",
)

# What a write is given beside the connection: what the group has done so far. Known to all once it is committed.
Kept = dict[Any, Any]
Work = Callable[[sqlite3.Connection, Kept], Any]


class _Waiting:
    """One write, from asking to its answer."""

    __slots__ = ("alone", "answer", "called", "fault", "leads", "work")

    def __init__(self, work: Work, alone: bool = False):
        self.work, self.alone = work, alone
        self.leads = False
        self.answer: Any = None
        self.fault: BaseException | None = None
        self.called = threading.Lock()  # held until this one is answered, or has to lead
        self.called.acquire()


class Group:
    """All writers of one process to one database."""

    def __init__(self, path: Path, committed: Callable[[Kept], None]):
        self._path = path
        self._committed = committed
        self._line: deque[_Waiting] = deque()
        self._looking = threading.Lock()  # held for a moment, to look at the line
        self._led = False  # somebody is writing for all
        self._pid = 0
        self._connection: sqlite3.Connection | None = None
        self._turn = -1

    def write(self, work: Work, *, alone: bool = False) -> Any:
        """Does the work in a transaction, and answers when the disk has it; raises what the work raised."""
        waiting = _Waiting(work, alone)
        with self._looking:
            self._line.append(waiting)
            if not self._led:
                self._led = waiting.leads = True
        try:
            if not waiting.leads:
                waiting.called.acquire()
        except BaseException:
            self._leave(waiting)  # interrupted: the others must not wait for one who has gone
            raise
        if waiting.leads:
            self._lead()
        if waiting.fault is not None:
            raise waiting.fault
        return waiting.answer

    def close(self) -> None:
        """Lets go of the database."""
        if self._connection is not None:
            self._connection.close()
            os.close(self._turn)
        self._connection = None

    def _leave(self, waiting: _Waiting) -> None:
        """Takes somebody out of the line, or does what they were called to do."""
        with self._looking:
            called_to_lead = waiting.leads
            if waiting in self._line and not called_to_lead:
                self._line.remove(waiting)
        if called_to_lead:
            self._lead()

    def _lead(self) -> None:
        """Writes for all who wait, calls them, and hands over to whoever came meanwhile."""
        with self._looking:
            group = self._next()
        try:
            self._write_all(group)
        finally:
            for waiting in group:
                if not waiting.leads:
                    waiting.called.release()
            with self._looking:
                self._led = bool(self._line)
                if self._line:
                    self._line[0].leads = True
                    self._line[0].called.release()

    def _next(self) -> list[_Waiting]:
        """Who is written for now: whoever waits, up to the next who is written for alone; or that one."""
        group = [self._line.popleft()]
        while self._line and len(group) < MOST_TOGETHER and not (group[0].alone or self._line[0].alone):
            group.append(self._line.popleft())
        return group

    def _write_all(self, group: list[_Waiting]) -> None:
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
