"""What one thread writes and another reads, with little of it in memory at a time and nothing of it on a disk."""

import threading
from collections.abc import Callable
from io import RawIOBase
from queue import Empty
from queue import Full
from queue import Queue
from typing import Any

WAITING = 8  # pieces at most between the two
_LOOK_UP = 0.2  # seconds: how soon one notices that the other is gone


class Stopped(Exception):
    """Whoever read is gone: nothing more is wanted."""


class Way:
    """The end that is written to."""

    def __init__(self, queue: "Queue[bytes | None]", gone: threading.Event):
        self._queue, self._gone = queue, gone

    def write(self, content: Any, /) -> int:
        """Hands a piece on; waits while there are WAITING of them. Stopped where nobody reads any more."""
        piece = bytes(content)
        if piece:
            self.put(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back."""

    def put(self, piece: bytes | None) -> None:
        """A piece, or None for the end."""
        while not self._gone.is_set():
            try:
                self._queue.put(piece, timeout=_LOOK_UP)
            except Full:
                continue
            return
        raise Stopped


class Flowing(RawIOBase):
    """The end that is read. `fill` runs in a thread of its own; what it raises is raised here in place of an end."""

    def __init__(self, fill: Callable[[Way], object]):
        self._queue: Queue[bytes | None] = Queue(WAITING)
        self._gone = threading.Event()
        self._way = Way(self._queue, self._gone)
        self._piece = memoryview(b"")
        self._fill = fill
        self.fault: BaseException | None = None
        self._ended = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def readable(self) -> bool:
        """Once, from beginning to end."""
        return True

    def readinto(self, into: Any) -> int:
        """The next bytes; 0 at the end; or what `fill` raised."""
        while not self._piece:
            if self._ended:
                return 0
            piece = self._next()
            if piece is None:
                self._ended = True
                if self.fault is not None:
                    raise self.fault
                return 0
            self._piece = memoryview(piece)
        view = memoryview(into).cast("B")
        count = min(len(view), len(self._piece))
        view[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    def close(self) -> None:
        """Stops whoever writes, and waits until they have."""
        self._gone.set()
        if self._thread is not threading.current_thread():
            self._thread.join()
        super().close()

    def _next(self) -> bytes | None:
        while True:
            try:
                return self._queue.get(timeout=_LOOK_UP)
            except Empty:
                if not self._thread.is_alive() and self._queue.empty():
                    return None

    def _run(self) -> None:
        try:
            self._fill(self._way)
        except BaseException as fault:  # noqa: BLE001 it is raised where it is read
            self.fault = fault
        try:
            self._way.put(None)
        except Stopped:
            return
