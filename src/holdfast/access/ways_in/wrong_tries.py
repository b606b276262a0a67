"""Telling staff that somebody tries wrong words on a survivor's page. Whoever tries learns nothing of it.

- After TOLD_AFTER wrong tries within an hour on one code that exists, wherever they came from, an entry is written; at
  most one in TOLD_AGAIN. It locks nothing.
- It is written beside the answer and after it, so that a code that exists takes no longer than one that does not.
"""

import logging
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from queue import Full
from queue import Queue
from threading import Lock
from threading import Thread

from django.db import connection

from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.tries import Tries
from holdfast.casefile.append import append
from holdfast.casefile.reading import read_case
from holdfast.record.entry import By

TOLD_AFTER = 10
TOLD_AGAIN = timedelta(hours=12)
CODES = Tries()
_TO_TELL: Queue[tuple[str, int]] = Queue(maxsize=200)
_lock = Lock()
_tellers: list[Thread] = []
_log = logging.getLogger("holdfast.ways_in")


def counted(lookup: str) -> None:
    """Counts one wrong try on a code, known or not, and sees to it that staff are told where it is time."""
    count = CODES.wrong(lookup)
    if count >= TOLD_AFTER and count % TOLD_AFTER == 0:
        try:
            _TO_TELL.put_nowait((lookup, count))
        except Full:
            CODES.wrong(lookup)  # the next tenth tries again
        _start()


def settled() -> None:
    """Waits until everything that was to be told is written: for tests, and for the end of a command."""
    _TO_TELL.join()


def tell(lookup: str, count: int) -> bool:
    """Writes the entry, unless there is no such code or one was written of late. Whether it was written."""
    way = WayIn.objects.filter(lookup=lookup).order_by("pk").first()
    if way is None:
        return False
    now = datetime.now(UTC)
    for entry in read_case(way.case).entries:
        if entry.kind == "WrongWordsTried" and now - entry.recorded_at < TOLD_AGAIN:
            return False
    append(way.case, "WrongWordsTried", {"tries": count}, by=By("feed", "holdfast"), happened_at=now)
    return True


def _start() -> None:
    """Sees to it that one thread tells; it is begun when there is first something to tell."""
    with _lock:
        if not any(each.is_alive() for each in _tellers):
            _tellers[:] = [Thread(target=_run, name="wrong-tries", daemon=True)]
            _tellers[0].start()


def _run() -> None:
    while True:
        lookup, count = _TO_TELL.get()
        try:
            tell(lookup, count)
        except Exception:  # noqa: BLE001 the next one is told all the same
            _log.error("wrong tries on a page could not be recorded")
        finally:
            connection.close()
            _TO_TELL.task_done()
