"""The folder in which a guide's files lie, and its index: what is there, of which day, and why something is not.

`<folder>/<place>/<language>/<look>/`, where the look is `usual` or `neutral`; for another day than today, with
`-on-YYYY-MM-DD`. A door reads the index and hands out the files; it writes nothing here.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec

INDEX = "index.json"
OURS = ("information", ".information", f".{INDEX}.")


class Made(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file, or why there is none."""

    format: str
    page: int  # its number in the guide; 0 is the whole guide
    chapter: str  # the page's id; '' is the whole guide
    file: str
    day: date  # the law in it is as on this day
    key: str  # of what it was made from, and by which version of these writers
    bytes: int = 0
    sha256: str = ""
    why: str = ""  # why there is no file; then bytes is 0
    fault: bool = False  # it ought to be there: something has to be mended


class Index(msgspec.Struct, frozen=True):
    """All that was asked for, made or not."""

    place: str
    language: str
    neutral: bool
    files: tuple[Made, ...] = ()

    def of(self, page: int) -> tuple[Made, ...]:
        """What there is of one page, by its number; 0 is the whole guide."""
        return tuple(each for each in self.files if each.page == page)


def shelf_for(root: Path, place: str, language: str, *, neutral: bool = False, on: date | None = None) -> Path:
    """The folder of one place, language and look. `on` is given where the law is not that of the day of building."""
    look = "neutral" if neutral else "usual"
    return root / place / language / (f"{look}-on-{on.isoformat()}" if on else look)


def read_index(folder: Path) -> Index | None:
    """The index of a folder; None where nothing was built, or where it cannot be read: then all is built again."""
    try:
        return msgspec.json.decode((folder / INDEX).read_bytes(), type=Index)
    except (OSError, msgspec.MsgspecError):
        return None


def write_index(folder: Path, index: Index) -> None:
    """Puts the index in the place of the one before, whole or not at all."""
    put(folder / INDEX, msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n")


def put(path: Path, content: bytes) -> None:
    """Writes a file under its name only when it is complete."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except BaseException:  # a full disk, or somebody who stops it: no half of a file is left
        beside.unlink(missing_ok=True)
        raise


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Waits until nobody else writes into a folder: two at once would sweep away each other's files."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f".{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def swept(folder: Path, kept: Iterable[Made]) -> None:
    """Takes away files that no index names any more, and halves of files: what was withdrawn must not be handed out."""
    names = {each.file for each in kept if not each.why} | {INDEX}
    for path in folder.iterdir():
        if path.is_file() and path.name not in names and path.name.startswith(OURS):
            path.unlink()
