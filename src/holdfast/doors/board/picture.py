"""The board's picture: every open call of this installation, held in memory and followed entry by entry.

- Made once from the plain columns and the cases that they name; then only what was written is opened again.
- One picture for one database in one process. Whoever asks, asks `may` for each row: nothing here shows it to anybody.
- Each row is looked at again from time to time without an entry: who may see it, and what is owed, can change by
  other ways than by an entry in the case.
- A call that began longer than SINCE ago, before this process did, is found by its own page (views_other.older).
"""

import logging
import secrets
import threading
import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from functools import cache
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from holdfast.access.may import Person
from holdfast.access.may import may
from holdfast.access.person import EVERY_FORCE
from holdfast.casefile.calls import maybe_open_since
from holdfast.doors.board.changes import BySqlite
from holdfast.doors.board.changes import Changes
from holdfast.doors.board.opening_row import Left
from holdfast.doors.board.opening_row import OnBoard
from holdfast.doors.board.opening_row import opened_for_board
from holdfast.doors.board.telling import frame_of
from holdfast.doors.board.telling import row_in_words

ACT = "see_board"
SINCE = timedelta(days=7)
LOOKED_AT_AGAIN = 120.0  # seconds
MOST_BEHIND = 50_000  # entries: further behind than that, it is quicker to begin anew
REMEMBERED = 5_000  # changes that a dropped line can be told again
_log = logging.getLogger("holdfast.board")


class Shown(NamedTuple):
    """One call as it goes to every browser that may see it."""

    case_id: UUID
    on_board: OnBoard
    html: str
    frame: bytes  # the same as an event, without its number


class Gone(NamedTuple):
    """A call that left the board."""

    code: str
    reason: str


class Picture:
    """All open calls. Any thread may ask; one at a time brings it up to date."""

    def __init__(self, changes: Changes):
        self._changes = changes
        self._lock = threading.Lock()
        self._looked_at: dict[UUID, float] = {}
        self.epoch = ""
        self.place = -1  # nothing is known yet
        self.rows: dict[UUID, Shown] = {}
        self.gone: dict[UUID, Gone] = {}
        self.turn = 0  # how many changes there were: from where a dropped line is told again
        self._log: list[UUID] = []  # the cases that changed: the last is of this turn

    def catch_up(self, now: datetime | None = None) -> bool:
        """Takes in what was written since. Whether anything on it changed. Raises where the store cannot be read."""
        with self._lock:
            newest = self._changes.newest()
            if self.place < 0 or newest < self.place or newest - self.place > MOST_BEHIND:
                self._make(newest, now or datetime.now(UTC))
                return True
            changed = False
            while self.place < newest:
                cases, reaches = self._changes.cases_since(self.place)
                changed |= self._take(cases)
                self.place = reaches if cases else newest
            return self._look_again() or changed

    def _make(self, newest: int, now: datetime) -> None:
        """Everything anew. What was there is shown until the new picture is whole."""
        rows: dict[UUID, Shown] = {}
        self._looked_at.clear()
        for case_id in maybe_open_since(now - SINCE):
            self._put(rows, case_id)
        self.rows, self.place, self._log, self.turn = rows, newest, [], 0
        self.epoch = secrets.token_hex(4)

    def _take(self, cases: dict[UUID, int]) -> bool:
        rows = dict(self.rows)
        return self._tell(rows, [each for each in sorted(cases, key=cases.__getitem__) if self._put(rows, each)])

    def _tell(self, rows: dict[UUID, Shown], changed: list[UUID]) -> bool:
        """Shows the new rows, and only then says what changed: whoever hears of a change finds it."""
        self.rows = rows
        log = [*self._log, *changed] if changed else self._log
        self._log, self.turn = log[-REMEMBERED:], self.turn + len(changed)
        return bool(changed)

    def _put(self, rows: dict[UUID, Shown], case_id: UUID, *, always: bool = True) -> bool:
        """Opens one case and puts it among the rows, or takes it away. Whether that changed anything."""
        before = rows.get(case_id)
        found = opened_for_board(case_id, before.on_board if before else None)
        if isinstance(found, Left):
            if before is None:
                return False
            del rows[case_id]
            self._looked_at.pop(case_id, None)
            self.gone[case_id] = Gone(before.on_board.row.code, found.reason)
            while len(self.gone) > REMEMBERED:
                del self.gone[next(iter(self.gone))]
            return True
        self._looked_at[case_id] = time.monotonic()
        if before is not None and found == before.on_board and not always:
            return False
        html = row_in_words(found.row)
        rows[case_id] = Shown(case_id, found, html, frame_of(found.row, html))
        return True

    def _look_again(self) -> bool:
        """Looks at the row that was looked at longest ago, once that is long."""
        oldest = min(self._looked_at, key=self._looked_at.__getitem__, default=None)
        if oldest is None or time.monotonic() - self._looked_at[oldest] < LOOKED_AT_AGAIN:
            return False
        rows = dict(self.rows)
        return self._tell(rows, [oldest] if self._put(rows, oldest, always=False) else [])

    def since(self, turn: int) -> list[tuple[int, UUID]] | None:
        """The cases that changed after a turn, each once, in order; None where that is no longer remembered."""
        log, newest = self._log, self.turn
        missed = newest - turn
        if turn < 0 or not 0 <= missed <= len(log):
            return None
        last = {case_id: newest - missed + at for at, case_id in enumerate(log[len(log) - missed :], 1)}
        return sorted((at, case_id) for case_id, at in last.items())

    def visible(self, person: Person, at: datetime) -> list[Shown]:
        """The calls that this person may see, in the order of the board."""
        found = [shown for shown in self.rows.values() if is_shown(person, shown, at)]
        return sorted(found, key=lambda shown: shown.on_board.row.order)

    def too_old_for(self, person: Person, at: datetime) -> int:
        """How many open calls of their own force nothing ties them to any longer: somebody else has to see them."""
        known = [shown.on_board.known for shown in self.rows.values()]
        theirs = [each for each in known if person.organisation in (each.force, EVERY_FORCE) or not each.force]
        return sum(may(person, ACT, each, at=at).rule == "no-tie" for each in theirs)


def is_shown(person: Person, shown: Shown, at: datetime) -> bool:
    """Whether this person sees this call on the board."""
    return may(person, ACT, shown.on_board.known, at=at).allowed


@cache
def _picture_of(_database: str) -> Picture:
    return Picture(BySqlite())


def picture_here() -> Picture:
    """The picture of the database that this process works on."""
    name = str(connection.settings_dict["NAME"])
    # A database in memory may be another one under the same name the next time.
    return Picture(BySqlite()) if "mode=memory" in name else _picture_of(name)
