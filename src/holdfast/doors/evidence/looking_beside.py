"""The first look-through of a bundle of many items: in a thread of its own, while the page says how far it is.

What was read of an item is kept (bundle_lint.py), so whoever asks once all is read waits no more. One thread for a
draft and one process; a second process reads for itself. Where an item cannot be read now, the page itself says so.
"""

import logging
import threading
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from holdfast.access.copies.giving import known_to
from holdfast.access.copies.lint import Known
from holdfast.casefile.reading import CaseFile
from holdfast.doors.evidence.bundle_allowing import to_choose_from
from holdfast.doors.evidence.bundle_lint import read_ahead
from holdfast.doors.evidence.bundle_lint import was_read
from holdfast.vault.bundle_chosen import KnownBundle
from holdfast.vault.items import KnownItem

AT_ONCE = 24  # items that a page reads itself: a few seconds
_MOST = 64  # runs that are remembered
_log = logging.getLogger("holdfast.evidence")


class HowFar(NamedTuple):
    """How far a look-through is."""

    done: int
    of: int


class _Run:
    """One look-through."""

    def __init__(self, case_id: UUID, known: Known, items: Sequence[KnownItem]):
        self.case_id, self.known, self.items = case_id, known, items
        self.done = 0
        self.thread = threading.Thread(target=self._work, name="look-through", daemon=True)

    def _work(self) -> None:
        from django.db import connection

        try:
            for item in self.items:
                read_ahead(self.case_id, item, self.known)
                self.done += 1
        except Exception:  # noqa: BLE001 the page reads the rest itself, and says what cannot be read
            _log.exception("a look-through ended before its end")
        finally:
            connection.close()


_runs: dict[tuple[UUID, UUID, Known], _Run] = {}
_lock = threading.Lock()


def still_reading(file: CaseFile, bundle: KnownBundle) -> HowFar | None:
    """How far the look-through of a draft is; None where the page may go on at once. Begins it where nobody has."""
    known, items = known_to(file), to_choose_from(file.entries)
    going = [items[one.item] for one in bundle.chosen if one.how != "held_back" and one.item in items]
    waiting = [item for item in going if not was_read(file.id, item, known)]
    key = file.id, bundle.bundle, known
    with _lock:
        run = _runs.get(key)
        if run is None:
            if len(waiting) <= AT_ONCE:
                return None
            while len(_runs) >= _MOST:
                _runs.pop(next(iter(_runs)))
            run = _runs[key] = _Run(file.id, known, waiting)
            run.thread.start()
    return HowFar(len(going) - len(run.items) + run.done, len(going)) if run.thread.is_alive() else None
