"""Making a backup while others write: one sealed file, whole or not there, and no clear copy of anything on the way.

In it: the database as it was at one moment, the checkpoints, the list of erasures, the directory of services. Not in
it: the key ring. Whoever has the backup and not the ring reads nothing; whoever has lost the ring has lost the backup.
"""

import os
import secrets
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any
from typing import BinaryIO
from typing import NamedTuple
from uuid import uuid4

from django.conf import settings
from django.db import connection

from holdfast.casefile.backup.parts import written
from holdfast.casefile.backup.sealed import Head
from holdfast.casefile.backup.sealed import SealedWriter
from holdfast.casefile.backup.tables import rows_of
from holdfast.casefile.checkpoints import files_in
from holdfast.casefile.checkpoints import folder
from holdfast.casefile.erasures import FOLDER as ERASURES
from holdfast.casefile.erasures import places
from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.refused import CannotKeep

DATABASE = "holdfast.sqlite3"
DIRECTORY = "directory.sqlite3"
Told = Callable[[int, int], None]  # bytes done, bytes in all, about


class BackedUp(NamedTuple):
    """What was written."""

    file: Path
    at: datetime
    cases: int
    entries: int
    size: int  # in bytes


def back_up(to: Path, told: Told = lambda done, total: None) -> BackedUp:
    """Writes a backup to a file that is not there yet, or into a folder; CannotKeep where it cannot."""
    at = datetime.now(UTC)
    file = to / f"holdfast-{at:%Y-%m-%dT%H%M%SZ}.backup" if to.is_dir() else to
    if file.exists():
        raise CannotKeep("There is a file of this name already, and no backup is written over. Name another.")
    keys, key, name = keeper(), secrets.token_bytes(32), uuid4()
    head = Head(name, at, keys.ring.checkpoint_name, *keys.wrap(name, key))
    being_written = file.with_name(file.name + ".part")
    database = Path(str(connection.settings_dict["NAME"]))
    total = sum(each.stat().st_size for each in (database, _directory()) if each.is_file())
    try:
        handle = os.open(being_written, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    except OSError as fault:
        raise CannotKeep(
            f"The backup cannot be written there ({fault.strerror}): somebody else is writing it, or left it half "
            "written, or the place is not there. Name another file."
        ) from fault
    try:
        with os.fdopen(handle, "wb") as opened:
            counts = _write(
                opened, SealedWriter(opened, head, key), database, lambda done: told(done, max(done, total))
            )
        os.link(being_written, file)  # fails where somebody made one of this name meanwhile
        _sync(file.parent)
    except OSError as fault:
        raise CannotKeep(f"The backup could not be written ({fault.strerror}). Nothing of it is left.") from fault
    finally:
        with suppress(OSError):
            being_written.unlink()
    return BackedUp(file, at, counts.get("case", 0), counts.get("entry", 0), file.stat().st_size)


def _write(opened: BinaryIO, sealed: SealedWriter, database: Path, told: Callable[[int], None]) -> dict[str, int]:
    """Writes every part, and waits for the disk; how many rows of each table of the database there were."""
    counts: dict[str, int] = {}
    done = 0
    for part in _parts(database):
        body = written(part)
        sealed.write(body)
        done += len(body)
        if part[0] == "counts" and not counts:
            counts = part[1]
        told(done)
    sealed.close()
    opened.flush()
    os.fsync(opened.fileno())
    return counts


def _parts(database: Path) -> Iterator[list[Any]]:
    # Checkpoints before the database: none may have seen more than the rows that follow. The list of erasures after it:
    # what was erased meanwhile is destroyed again by a restore.
    for file in (*files_in(folder()), folder() / "public-key.txt"):
        if file.is_file():
            yield ["file", f"checkpoints/{file.name}", file.read_bytes()]
    yield ["database", DATABASE]
    yield from rows_of(database)
    here, there = places()
    for file in max(files_in(here), files_in(there), key=len):
        yield ["file", f"checkpoints/{ERASURES}/{file.name}", file.read_bytes()]
    if _directory().is_file():
        yield ["database", DIRECTORY]
        yield from rows_of(_directory())
    yield ["end"]


def _directory() -> Path:
    return Path(settings.HOLDFAST_DATA) / DIRECTORY


def _sync(place: Path) -> None:
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
