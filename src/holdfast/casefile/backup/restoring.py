"""Putting a backup back, into an empty folder: everything is checked before anything is written.

- The whole stream is opened once to its end; only then is it read again and built beside, and put in its place.
- The list of erasures is replayed, the newest that is known: a key that was destroyed after the backup is destroyed
  again. Every session has ended.
- What the checkpoints' second place knows and the backup lacks (the end of a case, a whole case) is named.
"""

import re
import secrets
import shutil
import sqlite3
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from typing import NamedTuple

from holdfast.casefile.backup.making import DATABASE
from holdfast.casefile.backup.making import DIRECTORY
from holdfast.casefile.backup.parts import read_parts
from holdfast.casefile.backup.sealed import BackupRefused
from holdfast.casefile.backup.sealed import Head
from holdfast.casefile.backup.sealed import read_head
from holdfast.casefile.backup.sealed import read_sealed
from holdfast.casefile.backup.tables import Builder
from holdfast.casefile.checkpoints import keep_file
from holdfast.casefile.keyring import FILE as KEY_RING
from holdfast.casefile.keys.port import KeyKeeper
from holdfast.casefile.refused import CannotKeep

_FILES = re.compile(r"checkpoints/(erasures/)?(\d{8}|public-key)\.txt")
Told = Callable[[int, int], None]  # bytes done, bytes in all


class Restored(NamedTuple):
    """What was put back."""

    head: Head
    cases: int
    entries: int


def free_for(folder: Path) -> None:
    """BackupRefused unless the folder is not there, empty, or holds nothing but a key ring."""
    if folder.exists() and not folder.is_dir():
        raise BackupRefused("That is no folder. A backup is restored into an empty folder.")
    others = [each for each in folder.iterdir() if each.name != KEY_RING] if folder.is_dir() else []
    if others:
        raise BackupRefused(
            "The folder is not empty, and a restore replaces nothing. Name an empty folder, or one that holds only the "
            "key ring."
        )


def restore(file: Path, into: Path, keeper: KeyKeeper, origin: str, told: Told = lambda done, total: None) -> Restored:
    """Puts a backup's files into a folder; BackupRefused where it is not one that may be, and then nothing is written.

    What follows (erasures, witnesses, verifying) is settling.py: it needs the database in its place.
    """
    free_for(into)
    if not file.is_file():
        raise BackupRefused("There is no such file. Name the file that `holdfast backup` wrote.")
    for part in _parts(file, keeper, origin, told, 0):
        _may_be(part)
    beside = into / f"restoring-{secrets.token_hex(4)}"
    beside.mkdir(mode=0o700, parents=True)
    try:
        counts = _build(_parts(file, keeper, origin, told, 1), beside)
        for made in sorted(beside.iterdir(), key=lambda each: each.name == DATABASE):  # the database last
            made.rename(into / made.name)
    except OSError as fault:
        raise CannotKeep(f"The backup could not be put back ({fault.strerror}). Nothing of it is left.") from fault
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    with file.open("rb") as opened:
        head, _ = read_head(opened)
    return Restored(head, counts.get("case", 0), counts.get("entry", 0))


def _parts(file: Path, keeper: KeyKeeper, origin: str, told: Told, pass_: int) -> Iterator[list[Any]]:
    """The parts of a backup, in the first or second reading of it."""
    size = file.stat().st_size
    with file.open("rb") as opened:
        for part in read_parts(read_sealed(opened, keeper, origin)):
            yield part
            told(opened.tell() + pass_ * size, 2 * size)


def _may_be(part: list[Any]) -> None:
    """BackupRefused for a part that this version would not know where to put."""
    shapes: dict[str, tuple[type, ...]] = {
        "file": (str, bytes), "database": (str,), "kept-as": (int, int, str), "made": (str, str, str),
        "rows": (str, list, list), "counts": (dict,), "end": (),
    }  # fmt: skip
    shape = shapes.get(part[0])
    sound = shape is not None and len(part) == len(shape) + 1
    sound = sound and all(isinstance(value, kind) for value, kind in zip(part[1:], shape or (), strict=True))
    if sound and part[0] == "file":
        sound = _FILES.fullmatch(part[1]) is not None
    if sound and part[0] == "database":
        sound = part[1] in (DATABASE, DIRECTORY)
    if not sound:
        raise BackupRefused("This backup holds something that this version does not know. Restore it with a newer one.")


def _build(parts: Iterator[list[Any]], beside: Path) -> dict[str, int]:
    """Builds what the parts say, in a folder that is not used yet; how many rows the database has, by table."""
    builder: Builder | None = None
    counts: dict[str, int] = {}
    name = ""
    try:
        for part in parts:
            if part[0] == "file":
                keep_file(beside / part[1], part[2])
            elif part[0] == "database":
                name = part[1]
                builder = Builder(beside / name)
            elif builder is not None:
                builder.take(part)
                if part[0] == "counts":
                    counts = part[1] if name == DATABASE else counts
                    builder.close()
                    builder = None
    finally:
        if builder is not None:
            builder.close()
    if not (beside / DATABASE).is_file():
        raise BackupRefused("This backup holds no database. Take another.")
    with closing(sqlite3.connect(beside / DATABASE)) as raw:
        raw.execute("PRAGMA synchronous=FULL")
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    _to_disk(beside)
    return counts


def _to_disk(folder: Path) -> None:
    """Waits until the disk has every file."""
    import os

    for each in (folder, *folder.rglob("*")):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
