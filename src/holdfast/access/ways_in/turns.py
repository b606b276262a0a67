"""Whose turn it is to be looked at: one slow hash at a time, and only so many a second, whatever knocks.

- The bucket stands before the hash, so a flood of tries cannot take the machine from the staff's pages.
- Whoever ranks lowest goes first (trying.rank), and those equal in the order in which they came: the survivor at a
  device that has not been wrong goes ahead of whoever is trying words one after another.
- Whoever waits too long, or finds too many waiting who go before, is told to try again. Nothing is locked.
- It is all in the memory of this process, and bounded.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition
from threading import Lock

A_SECOND = 2.0  # 7,200 an hour, by one installation's survivors; each costs a tenth of a second of a processor
AT_ONCE = 8.0  # tries that a quiet minute leaves over
MOST_WAITING = 10  # five seconds' worth
LONGEST = 6.0  # seconds


class TooMany(Exception):
    """There are too many tries from everywhere: this one was not looked at."""


class Turns:
    """Turns at one slow thing."""

    def __init__(self, a_second: float = A_SECOND, at_once: float = AT_ONCE, longest: float = LONGEST):
        self.a_second, self.at_once, self.longest = a_second, at_once, longest
        self.left, self.filled_at = at_once, time.monotonic()
        self.came = 0
        self.busy = False
        self.waiting: list[tuple[int, int]] = []
        self.lock = Lock()
        self.bells: dict[tuple[int, int], Condition] = {}  # one each: a turn wakes nobody but whose it is

    @contextmanager
    def turn(self, rank: int) -> Iterator[None]:
        """Waits for a turn, for whoever has this rank; TooMany where there is none."""
        self._take(rank)
        try:
            yield
        finally:
            with self.lock:
                self.busy = False
                self._wake_next()

    def room(self, rank: int) -> bool:
        """Whether somebody of this rank would find a place in the line now."""
        with self.lock:
            return len(self.waiting) < MOST_WAITING or rank < max(self.waiting)[0]

    def _take(self, rank: int) -> None:
        until = time.monotonic() + self.longest
        with self.lock:
            self.came += 1
            mine = (rank, self.came)
            self._line_up(mine)
            try:
                while True:
                    now = time.monotonic()
                    if mine not in self.waiting or now >= until:
                        raise TooMany
                    wait = self._seconds_left(now) if mine == min(self.waiting) and not self.busy else until - now
                    if not wait:
                        self.left -= 1
                        self.busy = True
                        return
                    self.bells[mine].wait(min(wait, until - now))
            finally:
                if mine in self.waiting:
                    self.waiting.remove(mine)
                del self.bells[mine]
                self._wake_next()

    def _line_up(self, mine: tuple[int, int]) -> None:
        """Takes a place; where there is none, whoever ranks highest gives theirs up."""
        if len(self.waiting) >= MOST_WAITING:
            last = max(self.waiting)
            if mine[0] >= last[0]:
                raise TooMany
            self.waiting.remove(last)
            self.bells[last].notify()
        self.waiting.append(mine)
        self.bells[mine] = Condition(self.lock)

    def _wake_next(self) -> None:
        if self.waiting and not self.busy:
            self.bells[min(self.waiting)].notify()

    def _seconds_left(self, now: float) -> float:
        """How long until the bucket holds one more; 0 where it does."""
        self.left = min(self.at_once, self.left + (now - self.filled_at) * self.a_second)
        self.filled_at = now
        return 0.0 if self.left >= 1 else (1 - self.left) / self.a_second
