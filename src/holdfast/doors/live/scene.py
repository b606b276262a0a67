"""What is shown from one telephone now: in memory only, gone when it ends or the server stops.

Whoever watches is woken by each part, from whichever thread it comes. The telephone's clock is not ours: the least
difference that was seen between sending and arriving is taken for the difference of the clocks.
"""

import asyncio
from threading import Lock
from typing import NamedTuple
from uuid import UUID

from holdfast.doors.live.run import Run

LOST_AFTER = 4.0  # seconds without a part, until it is said that the signal is lost
A_GAP = 1.0  # seconds between two recordings that are told as missing


class Position(NamedTuple):
    """Where the telephone says it is."""

    latitude: float
    longitude: float
    metres: float  # how uncertain it is
    found: float  # seconds since 1970, by our clock


class Scene:
    """One stream."""

    def __init__(self, stream: UUID, case: UUID, *, opened: float):
        self.stream, self.case = stream, case
        self.runs: dict[int, Run] = {}
        self.position: Position | None = None
        self.recorded: Position | None = None  # the last position that the record has
        self.opened, self.heard = opened, opened  # seconds since 1970
        self.started: float | None = None
        self.ended: float | None = None
        self.why = ""
        self.tried = 0.0  # when it was last tried to keep all of it
        self.ahead: float | None = None  # how far our clock is ahead of the telephone's
        self.ending = Lock()
        self._waiting: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    def our_time(self, theirs: float, sent: float, now: float) -> float:
        """A time of the telephone's as one of ours, and never later than now."""
        ahead = now - sent
        self.ahead = ahead if self.ahead is None else min(self.ahead, ahead)
        return min(now, theirs + self.ahead)

    def front(self) -> Run | None:
        """The recording that shows the latest: what came late of an earlier one is kept and not shown."""
        shown = [run for run in self.runs.values() if run.parts]
        return max(shown, key=lambda run: run.began, default=None)

    def gaps(self) -> list[tuple[float, float]]:
        """Between which times nothing was taken, or nothing has arrived yet."""
        found: list[tuple[float, float]] = []
        until = 0.0
        for run in sorted(self.runs.values(), key=lambda run: run.began):
            if until and run.began - until > A_GAP:
                found.append((until, run.began))
            until = max(until, run.captured)
        return found

    def state(self, now: float) -> str:
        """In one word: opened, showing, lost or ended."""
        if self.ended is not None:
            return "ended"
        if self.started is None:
            return "opened"
        return "lost" if now - self.heard > LOST_AFTER else "showing"

    def watch(self) -> asyncio.Event:
        """An event of the running loop, set whenever there is something new. `unwatch` lets go of it."""
        event = asyncio.Event()
        self._waiting[event] = asyncio.get_running_loop()
        return event

    def unwatch(self, event: asyncio.Event) -> None:
        """Nobody waits for it any more."""
        self._waiting.pop(event, None)

    @property
    def watchers(self) -> int:
        """How many watch now."""
        return len(self._waiting)

    def tell(self) -> None:
        """Wakes whoever watches."""
        for event, loop in list(self._waiting.items()):
            if loop.is_closed():
                self._waiting.pop(event, None)
            else:
                loop.call_soon_threadsafe(event.set)
