"""Writes a long file from its beginning to its end while more of it is made: by a thread of its own, past the cache.

- What is sealed is read again by nobody soon. Where the system can, it goes to the disk without filling its memory
  (O_DIRECT): that costs a fraction of the processor's time, and nothing is left to be synced at the end.
- That asks for places, lengths and memory in steps of STEP: what is over goes with the next piece, and the last piece
  is made longer, then the file cut to its length.
- Where the system cannot, or `durable` is False, it goes through the cache.
"""

import errno
import fcntl
import mmap
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from queue import SimpleQueue
from types import TracebackType

from holdfast.vault.store import fault_of
from holdfast.vault.tails import write_at

STEP = 4096
PIECES = 3  # in memory at once: one filled, one written, one between
LONGEST = (2 << 20) + (64 << 10)  # bytes of one piece
SYNC_EACH = 64 << 20  # bytes through the cache between two that are sent to the disk meanwhile


class Room:
    """A place in memory to be filled from its beginning; `filled` says how far it was."""

    def __init__(self, place: memoryview):
        self.place, self.count = place, 0

    def filled(self, count: int) -> None:
        """So many bytes of it are to be written."""
        self.count = count


class Writing(threading.Thread):
    """A file, open at `handle`, that is written from its beginning. Leaving it writes the rest, on the disk if durable.

    StoreFault where it cannot be written. The handle stays the caller's.
    """

    def __init__(self, handle: int, *, durable: bool):
        super().__init__(daemon=True)
        self._handle, self._durable = handle, durable
        self._direct = durable and _past_the_cache(handle)
        self._free: SimpleQueue[mmap.mmap] = SimpleQueue()
        self._full: SimpleQueue[tuple[mmap.mmap, int] | None] = SimpleQueue()
        self._pieces = [mmap.mmap(-1, LONGEST) for _ in range(PIECES)]
        for piece in self._pieces[1:]:
            self._free.put(piece)
        self._piece, self._filled = self._pieces[0], 0
        self._length, self._written = 0, 0
        self._fault: OSError | None = None

    def __enter__(self) -> "Writing":
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._hand_over(self._filled)
        finally:
            self._full.put(None)
            self.join()
        if kind is None:
            try:
                self._end()
            except OSError as failed:
                raise fault_of(failed) from failed

    def add(self, content: bytes) -> None:
        """Writes this next."""
        with self.room(len(content)) as room:
            room.place[: len(content)] = content
            room.filled(len(content))

    @contextmanager
    def room(self, count: int) -> Iterator[Room]:
        """Room for so many bytes that come next, at most LONGEST - STEP."""
        if self._filled + count > LONGEST:
            self._hand_over(self._filled // STEP * STEP)
        view = memoryview(self._piece)
        room = Room(view[self._filled : self._filled + count])
        try:
            yield room
        finally:
            room.place.release()
            view.release()
        self._filled += room.count
        self._length += room.count

    def run(self) -> None:
        """Writes what it is handed, until that is None. After a fault it only gives the pieces back."""
        synced = 0
        while (handed := self._full.get()) is not None:
            piece, count = handed
            if self._fault is None:
                try:
                    self._write(piece, count)
                    if self._durable and not self._direct and self._written - synced >= SYNC_EACH:
                        os.fdatasync(self._handle)
                        synced = self._written
                except OSError as fault:
                    self._fault = fault
            self._free.put(piece)

    def _hand_over(self, count: int) -> None:
        """Gives so much of the piece to be written, and goes on in the next with what is over."""
        after = self._free.get()
        if self._fault is not None:
            raise fault_of(self._fault) from self._fault
        over = self._filled - count
        after[:over] = self._piece[count : self._filled]
        self._full.put((self._piece, count))
        self._piece, self._filled = after, over

    def _write(self, piece: mmap.mmap, count: int) -> None:
        whole = -(-count // STEP) * STEP if self._direct else count
        with memoryview(piece) as view, view[:whole] as part:
            try:
                write_at(self._handle, part, self._written)
            except OSError as fault:
                if not self._direct or fault.errno != errno.EINVAL:
                    raise
                self._direct = _through_the_cache(self._handle)  # it said that it would, and does not
                write_at(self._handle, part[:count], self._written)
        self._written += count

    def _end(self) -> None:
        if self._fault is not None:
            raise self._fault
        os.ftruncate(self._handle, self._length)
        if self._durable:
            os.fsync(self._handle)
        for piece in self._pieces:
            piece.close()


def _past_the_cache(handle: int) -> bool:
    """Asks that what is written goes past the cache; whether the system says that it will."""
    with suppress(OSError, AttributeError):
        fcntl.fcntl(handle, fcntl.F_SETFL, fcntl.fcntl(handle, fcntl.F_GETFL) | os.O_DIRECT)
        return True
    return False


def _through_the_cache(handle: int) -> bool:
    fcntl.fcntl(handle, fcntl.F_SETFL, fcntl.fcntl(handle, fcntl.F_GETFL) & ~os.O_DIRECT)
    return False
