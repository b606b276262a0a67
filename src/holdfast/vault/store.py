"""Where sealed items lie: a folder of this machine, or whatever else keeps the same promises.

An item is put once, whole, and never changed. It is named by its own number, which says nothing of what it is. A store
never sees anything in clear: it is handed sealed bytes alone.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Protocol
from uuid import UUID

ENDING = ".hfv"


class StoreFault(Exception):
    """The store cannot keep or give an item now. It says what is to be done."""


class NoSuchItem(StoreFault):
    """The store has no such item."""


class Store(Protocol):
    """What keeps sealed items."""

    def put(self, item: UUID, sealed: Path) -> None:
        """Takes over a sealed file, which is gone from where it lay; returns once it would outlast a power cut.

        An item that is there already is left as it is. StoreFault where it could not be kept: the file is still there.
        """

    def length(self, item: UUID) -> int:
        """How long an item is as sealed; NoSuchItem."""

    def read(self, item: UUID, at: int, count: int) -> bytes:
        """So many of an item's sealed bytes from a place; fewer at its end. NoSuchItem, StoreFault."""

    def items(self) -> Iterator[UUID]:
        """Every item that is there."""

    def remove(self, item: UUID) -> None:
        """Takes an item away where the store may: only for a case that was erased. Nothing where it is not there."""


class FolderStore:
    """Items as files of one folder: two signs of the number name a folder of their own."""

    def __init__(self, folder: Path):
        self.folder = folder

    def put(self, item: UUID, sealed: Path) -> None:
        """A rename within one disk, synced."""
        path = self._path(item)
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if path.exists():
                sealed.unlink(missing_ok=True)
            else:
                sealed.replace(path)
            for folder in (path.parent, self.folder, sealed.parent):
                sync_folder(folder)
        except OSError as fault:
            raise StoreFault(_cannot(fault)) from fault

    def length(self, item: UUID) -> int:
        """The file's own."""
        try:
            return self._path(item).stat().st_size
        except OSError as fault:
            raise _missing(fault) from fault

    def read(self, item: UUID, at: int, count: int) -> bytes:
        """From the file."""
        try:
            with self._path(item).open("rb", buffering=0) as file:
                file.seek(at)
                found = bytearray()
                while len(found) < count and (more := file.read(count - len(found))):
                    found += more
                return bytes(found)
        except OSError as fault:
            raise _missing(fault) from fault

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
            raise StoreFault(_cannot(fault)) from fault

    def _path(self, item: UUID) -> Path:
        return self.folder / item.hex[:2] / f"{item}{ENDING}"


def sync_folder(folder: Path) -> None:
    """Waits until the disk has the names of a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _missing(fault: OSError) -> StoreFault:
    if isinstance(fault, FileNotFoundError):
        return NoSuchItem(
            "The vault does not have this item. It was taken away or not put back: look for it in the newest copy of "
            "the vault's folder."
        )
    return StoreFault(_cannot(fault))


def _cannot(fault: OSError) -> str:
    return (
        f"The vault's folder cannot be read or written ({fault.strerror}). Nothing that was acknowledged is lost. Look "
        "at the disk's room and rights, then go on."
    )
