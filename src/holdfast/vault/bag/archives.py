"""A ZIP or a TAR as it is written to something that only goes forward: nothing is held back, whatever the size.

Both hold files as they are, not compressed: evidence seldom shrinks, and a hash is found by whoever looks at the bytes.
Sizes over 4 GB and more than 65,535 files are written as ZIP64, which `unzip` 6.0 and later reads; in a TAR, as PAX.
"""

import tarfile
import zipfile
from collections.abc import Iterable
from datetime import UTC
from datetime import datetime
from typing import Any
from typing import Literal
from typing import Protocol

Form = Literal["zip", "tar"]
_BLOCK = 512
_END = 10_240  # a TAR is filled to this


class Out(Protocol):
    """What an archive is written to."""

    def write(self, content: bytes, /) -> int | None:
        """Takes all of it, or raises."""


class Archive(Protocol):
    """An archive that is being written."""

    def add(self, path: str, size: int, pieces: Iterable[bytes]) -> None:
        """Adds a file of `size` bytes; ValueError where the pieces are more or fewer."""

    def end(self) -> None:
        """What stands at its end."""

    def abandon(self) -> None:
        """Leaves it without an end: nothing more is written."""


def archive(form: Form, out: Out, at: datetime) -> Archive:
    """An archive of that form. Every file in it bears the time `at`: when a disk had it says nothing to anybody."""
    return ZipOut(out, at) if form == "zip" else TarOut(out, at)


class ZipOut:
    """A ZIP."""

    def __init__(self, out: Out, at: datetime):
        self._zip = zipfile.ZipFile(_Forward(out), "w", zipfile.ZIP_STORED, True)  # type: ignore[call-overload]
        when = at.astimezone(UTC)
        self._at = (max(1980, when.year), when.month, when.day, when.hour, when.minute, when.second)

    def add(self, path: str, size: int, pieces: Iterable[bytes]) -> None:
        """Stored as it is."""
        told = zipfile.ZipInfo(path, self._at)
        told.external_attr = 0o100644 << 16
        told.file_size = size
        written = 0
        with self._zip.open(told, "w", force_zip64=size >= 1 << 31) as file:
            for piece in pieces:
                written += len(piece)
                file.write(piece)
        _as_announced(size, written)

    def end(self) -> None:
        """The list of all files."""
        self._zip.close()

    def abandon(self) -> None:
        """Otherwise Python writes the list when it forgets the archive, and what broke off would look whole."""
        self._zip.fp = None


class TarOut:
    """A TAR."""

    def __init__(self, out: Out, at: datetime):
        self._out, self._at, self._written = out, int(at.timestamp()), 0

    def add(self, path: str, size: int, pieces: Iterable[bytes]) -> None:
        """As it is, filled to a block."""
        told = tarfile.TarInfo(path)
        told.size, told.mtime, told.mode = size, self._at, 0o644
        self._put(told.tobuf(tarfile.PAX_FORMAT))
        written = 0
        for piece in pieces:
            written += len(piece)
            self._put(piece)
        _as_announced(size, written)
        self._put(bytes(-written % _BLOCK))

    def end(self) -> None:
        """Two empty blocks, and as many as fill the last record."""
        self._put(bytes(2 * _BLOCK))
        self._put(bytes(-self._written % _END))

    def abandon(self) -> None:
        """Nothing is written that was not asked for."""

    def _put(self, content: bytes) -> None:
        self._out.write(content)
        self._written += len(content)


class _Forward:
    """Tells `zipfile` that there is no going back."""

    def __init__(self, out: Out):
        self._out = out

    def write(self, content: Any, /) -> int:
        """All of it."""
        self._out.write(content)
        return len(content)

    def flush(self) -> None:
        """Nothing is held back."""


def _as_announced(size: int, written: int) -> None:
    if size != written:
        raise ValueError("a file is not as long as it was said to be")
