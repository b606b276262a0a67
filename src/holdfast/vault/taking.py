"""Takes in a file of any size in one pass: read once, hashed by one thread while another seals and writes.

Memory stays the same whatever the size. It is taken only when its end is written, the disk has it and the store names
it: whatever ends sooner leaves a file in the intake folder that nobody is shown, swept away later (sweeping.py).
"""

import hashlib
import os
import secrets
import threading
from collections.abc import Callable
from io import BytesIO
from io import RawIOBase
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple
from uuid import UUID

from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import SEALED_CHUNK
from holdfast.vault.sealed import Sealed
from holdfast.vault.store import Store

AT_ONCE = 4  # chunks read, hashed and written together
BUFFERS = 4
SYNC_EACH = 64 << 20  # bytes written between two that are sent to the disk meanwhile


class Taken(NamedTuple):
    """What was taken in: the store has it."""

    item: UUID
    size: int
    sha256: bytes


class _Hashing(threading.Thread):
    """Hashes what it is handed, in order, and gives each buffer back."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.digest = hashlib.sha256()
        self.free: SimpleQueue[bytearray] = SimpleQueue()
        self.full: SimpleQueue[tuple[bytearray, int] | None] = SimpleQueue()
        for _ in range(BUFFERS):
            self.free.put(bytearray(AT_ONCE * CHUNK))

    def run(self) -> None:
        """Until it is handed None."""
        while (handed := self.full.get()) is not None:
            buffer, count = handed
            self.digest.update(memoryview(buffer)[:count])
            self.free.put(buffer)


class _Syncing(threading.Thread):
    """Sends to the disk what was written, while more is written."""

    def __init__(self, handle: int) -> None:
        super().__init__(daemon=True)
        self.handle = handle
        self.asked: SimpleQueue[bool] = SimpleQueue()
        self.fault: OSError | None = None

    def run(self) -> None:
        """Until it is told no."""
        while self.asked.get():
            try:
                os.fdatasync(self.handle)
            except OSError as fault:
                self.fault = fault


def take(
    source: RawIOBase | BytesIO,
    store: Store,
    folder: Path,
    *,
    case: UUID,
    item: UUID,
    case_key: bytes,
    durable: bool = True,
    told: Callable[[int], None] = lambda size: None,
) -> Taken:
    """Takes in everything that a source gives; `folder` is the intake folder. OSError and StoreFault pass through.

    `durable=False` leaves it to the machine when the disk gets it: for measuring alone. `told` hears how far it is.
    """
    sealed = Sealed.new(case, item, case_key, key=secrets.token_bytes(32), nonce=secrets.token_bytes(12))
    path = folder / f"{item}.taking"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            size, digest = _copy(source, sealed, handle, durable=durable, told=told)
            if durable:
                os.fsync(handle)
        finally:
            os.close(handle)
        store.put(item, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Taken(item, size, digest)


def _copy(
    source: RawIOBase | BytesIO, sealed: Sealed, handle: int, *, durable: bool, told: Callable[[int], None]
) -> tuple[int, bytes]:
    hashing, syncing = _Hashing(), _Syncing(handle)
    hashing.start()
    syncing.start()
    out = memoryview(bytearray(AT_ONCE * SEALED_CHUNK))
    size, synced = 0, 0
    try:
        _write(handle, memoryview(sealed.header))
        while count := _fill(source, memoryview(buffer := hashing.free.get())):
            hashing.full.put((buffer, count))
            _write(handle, out[: _seal(sealed, size // CHUNK, memoryview(buffer)[:count], out)])
            size += count
            told(size)
            if durable and size - synced >= SYNC_EACH:
                syncing.asked.put(True)
                synced = size
            if syncing.fault:
                raise syncing.fault
    finally:
        hashing.full.put(None)
        syncing.asked.put(False)
        hashing.join()
        syncing.join()
    digest = hashing.digest.digest()
    _write(handle, memoryview(sealed.seal_end(size, digest)))
    return size, digest


def _seal(sealed: Sealed, number: int, content: memoryview, out: memoryview) -> int:
    """Seals the chunks of a buffer one after another; how many sealed bytes they are."""
    filled = 0
    for at in range(0, len(content), CHUNK):
        filled += sealed.seal_into(number + at // CHUNK, content[at : at + CHUNK], out[filled:])
    return filled


def _fill(source: RawIOBase | BytesIO, buffer: memoryview) -> int:
    """Reads until the buffer is full or the source ends: a pipe gives less at a time."""
    filled = 0
    while filled < len(buffer) and (count := source.readinto(buffer[filled:])):
        filled += count
    return filled


def _write(handle: int, content: memoryview) -> None:
    while content:
        content = content[os.write(handle, content) :]
