"""One thread a process looks whether anything was written, and wakes every open stream: never one look a browser.

- It runs while somebody watches, and LINGERS after the last has gone.
- A beat is told only after the record was looked at: where it cannot be read no stream is told anything, and every
  board says by itself that it is not live.
"""

import asyncio
import logging
import threading
import time
from functools import cache

from django.db import connection

from holdfast.doors.board.picture import Picture
from holdfast.doors.board.picture import picture_here

LOOKS_EVERY = 0.1  # seconds
BEATS_EVERY = 2.0
LINGERS = 60.0
_log = logging.getLogger("holdfast.board")


class Watcher:
    """One open stream, in the loop of its server."""

    def __init__(self) -> None:
        self.woken = asyncio.Event()
        self.loop = asyncio.get_running_loop()


class Following:
    """Keeps a picture up to date for those who watch."""

    def __init__(self, picture: Picture):
        self.picture = picture
        self.beat = 0  # how many beats there were
        self._watchers: set[Watcher] = set()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def watch(self) -> Watcher:
        """Somebody watches from now on. Called in their server's loop."""
        watcher = Watcher()
        with self._lock:
            self._watchers.add(watcher)
            if self._thread is None:
                self._thread = threading.Thread(target=self._follow, name="board", daemon=True)
                self._thread.start()
        return watcher

    def unwatch(self, watcher: Watcher) -> None:
        """They have gone."""
        with self._lock:
            self._watchers.discard(watcher)

    @property
    def watched_by(self) -> int:
        """How many streams are open."""
        return len(self._watchers)

    def _follow(self) -> None:
        watched, beaten = time.monotonic(), 0.0
        try:
            while True:
                began = time.monotonic()
                if self._watchers:
                    watched = began
                elif self._is_over(began - watched):
                    return
                wakes = self._look()
                if wakes is not None and began - beaten >= BEATS_EVERY:
                    beaten, wakes = began, True
                    self.beat += 1
                if wakes:
                    self._wake()
                time.sleep(LOOKS_EVERY)
        finally:
            connection.close()

    def _is_over(self, unwatched: float) -> bool:
        with self._lock:
            if self._watchers or unwatched < LINGERS:
                return False
            self._thread = None
            return True

    def _look(self) -> bool | None:
        """Whether anything changed; None where the record could not be read."""
        try:
            return self.picture.catch_up()
        except Exception as fault:  # noqa: BLE001 it is tried again, and every board says that it is not live
            _log.error("the board could not be brought up to date: %s", type(fault).__name__)
            connection.close()
            time.sleep(1.0)
            return None

    def _wake(self) -> None:
        with self._lock:
            loops: dict[asyncio.AbstractEventLoop, list[Watcher]] = {}
            for watcher in self._watchers:
                loops.setdefault(watcher.loop, []).append(watcher)
        for loop, watchers in loops.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_wake_all, watchers)


def _wake_all(watchers: list[Watcher]) -> None:
    for watcher in watchers:
        watcher.woken.set()


@cache
def _following_of(picture: Picture) -> Following:
    return Following(picture)


def following_here() -> Following:
    """Who follows the picture of the database that this process works on."""
    return _following_of(picture_here())
