"""Takes in a file of any size in one pass: read and sealed by one thread, hashed by another, written by a third.

Memory stays the same whatever the size. It is taken only when its end is written, the disk has it and the store names
it: whatever ends sooner leaves a file in the intake folder that nobody is shown, swept away later (sweeping.py).
"""

import fcntl
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
from holdfast.vault.sealed import NONCE
from holdfast.vault.sealed import SEALED_CHUNK
from holdfast.vault.sealed import Sealed
from holdfast.vault.store import Store
from holdfast.vault.store import fault_of
from holdfast.vault.writing import Writing

AT_ONCE = 2  # chunks read, hashed and sealed together
BUFFERS = 4
ENDING = ".taking"


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
    """Takes in everything that a source gives; `folder` is the intake folder. StoreFault; what reading raises, passes.

    `durable=False` leaves it to the machine when the disk gets it: for measuring alone. `told` hears how far it is.
    """
    sealed = Sealed.new(case, item, case_key, key=secrets.token_bytes(32), nonce=secrets.token_bytes(NONCE))
    path = folder / f"{item}{ENDING}"
    try:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as fault:
            raise fault_of(fault) from fault
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)  # who sweeps sees that somebody still writes it
            size, digest = _copy(source, sealed, Writing(handle, durable=durable), told)
            store.put(item, path)
        finally:
            os.close(handle)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Taken(item, size, digest)


def _copy(
    source: RawIOBase | BytesIO, sealed: Sealed, writing: Writing, told: Callable[[int], None]
) -> tuple[int, bytes]:
    hashing = _Hashing()
    hashing.start()
    size = 0
    try:
        with writing:
            writing.add(sealed.header)
            while count := _fill(source, memoryview(buffer := hashing.free.get())):
                hashing.full.put((buffer, count))
                with writing.room(AT_ONCE * SEALED_CHUNK) as out:
                    out.filled(_seal(sealed, size // CHUNK, memoryview(buffer)[:count], out.place))
                size += count
                told(size)
            hashing.full.put(None)
            hashing.join()
            digest = hashing.digest.digest()
            writing.add(sealed.seal_end(size, digest, secrets.token_bytes(NONCE)))
    finally:
        hashing.full.put(None)
        hashing.join()
    return size, digest


def _seal(sealed: Sealed, number: int, content: memoryview, out: memoryview) -> int:
    """Seals the chunks of a buffer one after another; how many sealed bytes they are."""
    filled = 0
    for at in range(0, len(content), CHUNK):
        nonce = secrets.token_bytes(NONCE)
        filled += sealed.seal_into(number + at // CHUNK, content[at : at + CHUNK], out[filled:], nonce)
    return filled


def _fill(source: RawIOBase | BytesIO, buffer: memoryview) -> int:
    """Reads until the buffer is full or the source ends: a pipe gives less at a time."""
    filled = 0
    while filled < len(buffer) and (count := source.readinto(buffer[filled:])):
        filled += count
    return filled
