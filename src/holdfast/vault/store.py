"""Where sealed items lie: a folder of this machine, or whatever else keeps the same promises (s3.py).

An item is put once, whole, and never changed. It is named by its own number, which says nothing of what it is. A store
never sees anything in clear: it is handed sealed bytes alone.
"""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

ENDING = ".hfv"


class StoreFault(OSError):
    """The store cannot keep or give an item now. It says what is to be done, and no name of a file."""


class NoRoom(StoreFault):
    """There is no room left for what was to be kept. Its `errno` is that of a full disk."""

    def __init__(self, says: str):
        super().__init__(says)
        self.errno = errno.ENOSPC


class NoSuchItem(StoreFault):
    """The store has no such item."""


class Store(Protocol):
    """What keeps sealed items."""

    def put(self, item: UUID, sealed: Path) -> None:
        """Takes over a sealed file, which is gone from where it lay; returns once it would outlast a power cut.

        An item that is there already is left as it is. StoreFault where it could not be kept: the file is still there.
        """

    def length(self, item: UUID) -> int:
        """How long an item is as sealed; NoSuchItem, StoreFault."""

    def read(self, item: UUID, at: int, count: int) -> bytes:
        """So many of an item's sealed bytes from a place; fewer at its end. NoSuchItem, StoreFault."""

    def since(self, item: UUID) -> datetime:
        """When an item was put there, by the store's own clock; NoSuchItem, StoreFault."""

    def items(self) -> Iterator[UUID]:
        """Every item that is there."""

    def remove(self, item: UUID) -> None:
        """Takes an item away: of a case that was erased, or that no record names. Nothing where it is not there.

        StoreFault where the store may not (a lock holds it until its day).
        """


class FolderStore:
    """Items as files of one folder: two signs of the number name a folder of their own.

    `made` says that the folder may be made here. One that a disk is mounted on is not: where it is away, nothing is
    written beside it, and nothing is said to be missing.
    """

    def __init__(self, folder: Path, *, made: bool = True):
        self.folder, self._made = folder, made

    def put(self, item: UUID, sealed: Path) -> None:
        """A rename within one disk, synced; a synced copy, then renamed, from another."""
        path = self._path(item)
        try:
            self._make(path.parent)
            if path.exists():
                sealed.unlink(missing_ok=True)
            else:
                try:
                    sealed.replace(path)
                except OSError as fault:
                    if fault.errno != errno.EXDEV:
                        raise
                    _copied(sealed, path)
                    sealed.unlink()
            for folder in (path.parent, sealed.parent):
                sync_folder(folder)
        except OSError as fault:
            raise fault_of(fault) from fault

    def length(self, item: UUID) -> int:
        """The file's own."""
        try:
            return self._path(item).stat().st_size
        except OSError as fault:
            raise self._missing(fault) from fault

    def since(self, item: UUID) -> datetime:
        """When the file was last written, which was before it was put here."""
        try:
            return datetime.fromtimestamp(self._path(item).stat().st_mtime, UTC)
        except OSError as fault:
            raise self._missing(fault) from fault

    def read(self, item: UUID, at: int, count: int) -> bytes:
        """From the file."""
        try:
            with self._path(item).open("rb", buffering=0) as file:
                found = os.pread(file.fileno(), count, at)
                while len(found) < count and (more := os.pread(file.fileno(), count - len(found), at + len(found))):
                    found += more
                return found
        except OSError as fault:
            raise self._missing(fault) from fault

    def items(self) -> Iterator[UUID]:
        """By name, in order; anything else that lies there is passed over."""
        for path in sorted(self.folder.glob(f"??/*{ENDING}")):
            with suppress(ValueError):
                yield UUID(path.stem)

    def remove(self, item: UUID) -> None:
        """Unlinks it; synced."""
        path = self._path(item)
        try:
            path.unlink(missing_ok=True)
            if path.parent.is_dir():
                sync_folder(path.parent)
        except OSError as fault:
            raise fault_of(fault) from fault

    def _path(self, item: UUID) -> Path:
        return self.folder / item.hex[:2] / f"{item}{ENDING}"

    def _make(self, folder: Path) -> None:
        """The folder of an item, its name on the disk too."""
        for each in (self.folder, folder) if self._made else (folder,):
            if not each.is_dir():
                each.mkdir(mode=0o700, parents=self._made, exist_ok=True)
                sync_folder(each.parent)

    def _missing(self, fault: OSError) -> StoreFault:
        if isinstance(fault, FileNotFoundError) and (self._made or self.folder.is_dir()):
            return NoSuchItem(
                "The vault does not have this item. It was taken away or not put back: look for it in the newest copy "
                "of the vault's folder."
            )
        return fault_of(fault)


def _copied(sealed: Path, path: Path) -> None:
    """A copy on another disk, whole under its name or not there."""
    half = path.with_suffix(".half")
    try:
        with sealed.open("rb") as source, half.open("wb") as to:
            half.chmod(0o600)
            shutil.copyfileobj(source, to, 4 << 20)
            to.flush()
            os.fsync(to.fileno())
        half.replace(path)
    except BaseException:
        half.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the names of a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def fault_of(fault: OSError) -> StoreFault:
    """What a disk's fault means for the vault; a fault of the vault is given back as it is."""
    if isinstance(fault, StoreFault):
        return fault
    if fault.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return NoRoom(
            "There is no room left where evidence is kept. What was acknowledged is safe; what was just sent is not "
            "kept. Make room on the vault's disk, then go on from where it stopped."
        )
    return StoreFault(
        f"The vault's folder cannot be read or written ({fault.strerror or type(fault).__name__}). What was "
        "acknowledged is safe. Look at the disk and its rights, then go on from where it stopped."
    )
