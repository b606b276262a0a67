"""What time alone changes: duties that repeat, decisions to look at again, alarms that ring, and checkpoints.

`holdfast serve` runs it in a thread beside the pages, `holdfast clock` by itself. Two at once do no harm: each case is
derived again, and each alarm rung, inside its own write, from what is recorded. What fails, be it a case or a part of
what is due, stops nothing else: somebody may be waiting for the alarm that comes after it.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from types import TracebackType
from uuid import UUID

from holdfast.casefile.checkpoints import checkpoint_when_due
from holdfast.casefile.erasing import finish_erasures
from holdfast.casefile.erasing import forget_erased
from holdfast.casefile.rederiving import notice_changed_packs
from holdfast.casefile.rederiving import rederive
from holdfast.casefile.ringing import ring_due
from holdfast.casefile.rows import stored_time
from holdfast.casefile.state import REMEMBERED
from holdfast.casefile.store import fold_log
from holdfast.casefile.store import reading
from holdfast.casefile.store import write

EVERY_SECONDS = 1.0
CLEAR_EVERY_SECONDS = 600.0
MOST_AT_ONCE = 500
LOOK_AT_DAMAGE_AGAIN = timedelta(minutes=10)
# What stands above this folder and is due by the clock too: added as its app starts.
ALSO_DUE: list[Callable[[datetime], object]] = []
_log = logging.getLogger("holdfast.clock")


def rederive_due(at: datetime) -> int:
    """Derives again every case whose time has come, the longest waiting first; how many those were."""
    asked = (
        'SELECT id FROM "case" WHERE look_again_at IS NOT NULL AND look_again_at <= ? ORDER BY look_again_at LIMIT ?'
    )
    with reading() as connection:
        due = [UUID(row[0]) for row in connection.execute(asked, (stored_time(at), MOST_AT_ONCE))]
    for case_id in due:
        try:
            rederive(case_id, at)
        except sqlite3.Error:
            raise  # the store's, not this case's
        except Exception as fault:  # noqa: BLE001 damaged, of a broken pack, or a fault of ours
            # One case must not stop the clocks of all others, nor be asked for again each second.
            _log.error("a case's duties could not be derived again: %s; run `holdfast verify`", type(fault).__name__)
            put_off(case_id, at + LOOK_AT_DAMAGE_AGAIN)
    return len(due)


def put_off(case_id: UUID, until: datetime) -> None:
    """Looks at a case again only later."""
    asked = 'UPDATE "case" SET look_again_at = ? WHERE id = ?'
    write(lambda connection, kept: connection.execute(asked, (stored_time(until), case_id.hex)).rowcount)


def tick(at: datetime) -> None:
    """Everything that is due at a moment, alarms first. ExceptionGroup of what failed, when all was tried."""
    do_each((ring_due, rederive_due, checkpoint_when_due, let_go, *ALSO_DUE), at)


def do_each(works: Iterable[Callable[[datetime], object]], at: datetime) -> None:
    """One after the other, whatever becomes of the one before; ExceptionGroup of what failed."""
    failed: list[Exception] = []
    for work in works:
        try:
            work(at)
        except ExceptionGroup as fault:
            failed += fault.exceptions
        except Exception as fault:  # noqa: BLE001 told together when all was tried
            fault.add_note(f"in {work.__module__}.{work.__name__}")
            failed.append(fault)
    if failed:
        raise ExceptionGroup("a part of what the clock does could not be done", failed)


def let_go(at: datetime) -> None:
    """Lets go of what memory and the log of the database hold for no longer. `at` is there for the clock."""
    fold_log()
    REMEMBERED.let_go()
    forget_erased()


def forget_ended_sessions() -> None:
    """Takes away the rows of sessions whose time has passed: who was signed in, and when, is nobody's to read later."""
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore.clear_expired()


class Clock:
    """The clock in a thread of its own, from `with` to its end."""

    def __init__(self, every_seconds: float = EVERY_SECONDS):
        self._every = every_seconds
        self._begun, self._cleared = False, -CLEAR_EVERY_SECONDS
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self.run, name="clock", daemon=True)

    def __enter__(self) -> "Clock":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=10)

    def run(self) -> None:
        """Ticks until it is stopped."""
        from django.db import connection

        said = ""
        while not self._stop.is_set():
            try:
                do_each((tick, self._begin, self._clear), datetime.now(UTC))
                said = ""
            except ExceptionGroup as failed:  # the clock goes on; whoever runs the system reads why
                if said != (said := _named(failed)):  # once, not each second; again when it is something else
                    _log.exception("the clock could not do all of its work and tries again")
            self._stop.wait(self._every)
        connection.close()

    def _begin(self, at: datetime) -> None:
        if not self._begun:
            try:
                notice_changed_packs(at)
            finally:
                finish_erasures()
            self._begun = True

    def _clear(self, at: datetime) -> None:
        if time.monotonic() - self._cleared > CLEAR_EVERY_SECONDS:
            forget_ended_sessions()
            self._cleared = time.monotonic()


def _named(failed: ExceptionGroup) -> str:
    return "; ".join(f"{type(one).__name__} {' '.join(getattr(one, '__notes__', ()))}" for one in failed.exceptions)
