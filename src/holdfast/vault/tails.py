"""How far an intake is: how many full chunks lie sealed, and what has come of the next one, sealed as well.

One file with two places that are written in turn, each with a number that grows. Whatever breaks while one is written,
the other says what was acknowledged before; the greater number that opens is the truth. The file is there, by a rename,
once the first is on the disk: an intake without it was never acknowledged.
"""

import os
import secrets
import struct
from pathlib import Path
from uuid import UUID

from holdfast.vault.sealed import AROUND
from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import HEADER
from holdfast.vault.sealed import NONCE
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.sealed import Sealed
from holdfast.vault.store import sync_folder

_HEAD = struct.Struct(">QQI")  # turn, full chunks, sealed bytes that follow
_PLACE = CHUNK + 4096
_NAME, _NEW = "tail", "tail-new"


class Tails:
    """The file, open. OSError passes through: after one, open the intake anew."""

    _sealed: Sealed

    def __init__(self, folder: Path):
        self._folder = folder
        self._file = -1
        self._turn = 0

    @staticmethod
    def there(folder: Path) -> bool:
        """Whether an intake was begun in this folder."""
        return (folder / _NAME).exists()

    def close(self) -> None:
        """Lets go of it."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def begin(self, sealed: Sealed) -> None:
        """Nothing has come yet."""
        self._sealed = sealed
        self._file = os.open(self._folder / _NEW, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self.write(0, b"")
        (self._folder / _NEW).replace(self._folder / _NAME)
        sync_folder(self._folder)

    def sync(self) -> None:
        """What was read is on the disk."""
        os.fdatasync(self._file)

    def read(self, sealed: Sealed, *, writing: bool = True) -> tuple[int, bytes]:
        """How many full chunks there are, and the tail; NotAnItem where neither place opens."""
        self._sealed = sealed
        self._file = os.open(self._folder / _NAME, os.O_RDWR if writing else os.O_RDONLY)
        found = [each for each in (self._at(0), self._at(1)) if each]
        if not found:
            raise NotAnItem("altered")
        self._turn, full, tail = max(found)
        return full, tail

    def write(self, full: int, tail: bytes) -> None:
        """Writes both down, on the disk when it returns."""
        turn = self._turn + 1
        sealed = self._sealed.seal_tail(full, turn, tail, secrets.token_bytes(NONCE))
        write_at(self._file, _HEAD.pack(turn, full, len(sealed)) + sealed, turn % 2 * _PLACE)
        os.fdatasync(self._file)
        self._turn = turn

    def _at(self, place: int) -> tuple[int, int, bytes] | None:
        head = os.pread(self._file, _HEAD.size, place * _PLACE)
        if len(head) < _HEAD.size:
            return None
        turn, full, count = _HEAD.unpack(head)
        if turn % 2 != place or count > CHUNK + AROUND:
            return None
        sealed = os.pread(self._file, count, place * _PLACE + _HEAD.size)
        try:
            return turn, full, self._sealed.open_tail(full, turn, sealed)
        except NotAnItem:
            return None


def how_far(folder: Path, item: UUID, case: UUID, case_key: bytes) -> int:
    """How many bytes of an item are acknowledged, without locking it. 0 where there is none.

    A place counts only if it opens: whoever was killed while writing one left its number with half of its bytes. What
    is told is on the disk before it is told.
    """
    try:
        with (folder / str(item) / "sealed").open("rb") as file:
            sealed = Sealed.of(file.read(HEADER), case, item, case_key)
        tails = Tails(folder / str(item))
        try:
            full, tail = tails.read(sealed, writing=False)
            tails.sync()
        finally:
            tails.close()
    except FileNotFoundError:
        return _told_by_heads(folder, item)
    except (OSError, NotAnItem):
        return 0
    return full * CHUNK + len(tail)


def _told_by_heads(folder: Path, item: UUID) -> int:
    """The same where the store has its bytes already and the record does not yet: nothing of it is written any more."""
    try:
        with (folder / str(item) / _NAME).open("rb") as file:
            heads = [os.pread(file.fileno(), _HEAD.size, place * _PLACE) for place in (0, 1)]
    except OSError:
        return 0
    said = [_HEAD.unpack(head) for head in heads if len(head) == _HEAD.size]
    sound = [each for each in said if AROUND <= each[2] < CHUNK + AROUND]
    return max(sound)[1] * CHUNK + max(sound)[2] - AROUND if sound else 0


def write_at(handle: int, content: bytes | memoryview, at: int) -> None:
    """Writes all of it from a place: the system may write less at a time."""
    view = memoryview(content)
    while view:
        count = os.pwrite(handle, view, at)
        view, at = view[count:], at + count
