"""What time alone changes: duties that repeat, decisions to look at again, alarms that ring, and checkpoints.

`holdfast serve` runs it in a thread beside the pages, `holdfast clock` by itself. Two at once do no harm: each case is
derived again, and each alarm rung, inside its own write, from what is recorded.
"""

import logging
import threading
import time
from collections.abc import Callable
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
from holdfast.casefile.refused import Refused
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
        except Refused as fault:
            # One case that cannot be read must not stop the clocks of all others, nor be asked for again each second.
            _log.error("a case's duties could not be derived again: %s; run `holdfast verify`", type(fault).__name__)
            put_off(case_id, at + LOOK_AT_DAMAGE_AGAIN)
    return len(due)


def put_off(case_id: UUID, until: datetime) -> None:
    """Looks at a case again only later."""
    asked = 'UPDATE "case" SET look_again_at = ? WHERE id = ?'
    write(lambda connection, kept: connection.execute(asked, (stored_time(until), case_id.hex)).rowcount)


def tick(at: datetime) -> None:
    """Everything that is due at a moment."""
    rederive_due(at)
    ring_due(at)
    checkpoint_when_due(at)
    fold_log()
    REMEMBERED.let_go()
    forget_erased()
    for work in ALSO_DUE:
        work(at)


def forget_ended_sessions() -> None:
    """Takes away the rows of sessions whose time has passed: who was signed in, and when, is nobody's to read later."""
    from django.contrib.sessions.backends.db import SessionStore

    SessionStore.clear_expired()


class Clock:
    """The clock in a thread of its own, from `with` to its end."""

    def __init__(self, every_seconds: float = EVERY_SECONDS):
        self._every = every_seconds
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="clock", daemon=True)

    def __enter__(self) -> "Clock":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        from django.db import connection

        failed = noticed = False
        cleared = 0.0
        while not self._stop.is_set():
            try:
                if not noticed:
                    finish_erasures()
                    notice_changed_packs(datetime.now(UTC))
                    noticed = True
                tick(datetime.now(UTC))
                if time.monotonic() - cleared > CLEAR_EVERY_SECONDS:
                    forget_ended_sessions()
                    cleared = time.monotonic()
                failed = False
            except Exception:  # noqa: BLE001 the clock goes on; whoever runs the system reads why
                if not failed:
                    _log.exception("the clock could not do its work and tries again")
                failed = True
            self._stop.wait(self._every)
        connection.close()
