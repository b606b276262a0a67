"""Signed checkpoints of every chain: written every 100 entries or 5 minutes, and copied to a second place.

- The log of who opened what is one more chain, called `log`: looks alone have one written every 1,000 or 5 minutes.
- Each is a file `checkpoints/00000001.txt`, written before the database says that its entries were witnessed: after a
  crash the next one says the same again, and none is missing.
- A number is never used twice: where the second place has a checkpoint that the first has not, nothing more is written
  until somebody has looked.
- What is newer than the last checkpoint is out of reach of `verify`, and `verify` says how much that is.
"""

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from holdfast.casefile.group import Kept
from holdfast.casefile.keys.chosen import ring
from holdfast.casefile.log import log_to_witness
from holdfast.casefile.log import log_waiting
from holdfast.casefile.log import log_witnessed
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.store import reading
from holdfast.casefile.store import write
from holdfast.record.chain import Witnessed
from holdfast.record.checkpoint import MOST_CHAINS
from holdfast.record.checkpoint import Checkpoint
from holdfast.record.checkpoint import read_checkpoint
from holdfast.record.checkpoint import write_checkpoint
from holdfast.record.log_line import LOG
from holdfast.record.note import NoteRefused
from holdfast.record.note import public_line

EVERY_ENTRIES = 100
EVERY_LINES = 1_000  # of the log
EVERY = timedelta(minutes=5)

_LOOKED_AT: set[Path] = set()
_WAITING = 'SELECT COALESCE(SUM(length - witnessed), 0) FROM "case" WHERE length > witnessed'
_CHANGED = 'SELECT id, length, CAST(head AS BLOB) FROM "case" WHERE length > witnessed ORDER BY id LIMIT ?'


def folder() -> Path:
    """Where checkpoints are written."""
    return Path(settings.HOLDFAST_DATA) / "checkpoints"


def second_folder() -> Path:
    """Where each is copied to."""
    return Path(settings.HOLDFAST_CHECKPOINT_COPY)


def origin_and_key() -> tuple[str, bytes]:
    """The name that signs, and its public key."""
    keys = ring()
    return keys.checkpoint_name, Ed25519PrivateKey.from_private_bytes(
        keys.checkpoint_seed
    ).public_key().public_bytes_raw()


def files_in(place: Path) -> list[Path]:
    """The checkpoints in a folder, in their order."""
    return sorted(place.glob("[0-9]" * 8 + ".txt")) if place.is_dir() else []


def notes_in(place: Path) -> Iterator[bytes]:
    """The checkpoints' own bytes."""
    return (file.read_bytes() for file in files_in(place))


def checkpoint_when_due(at: datetime) -> bool:
    """Writes a checkpoint when enough was recorded or enough time went by; whether it did."""
    if folder() not in _LOOKED_AT:  # once, as a process starts: the one before may have been killed
        _LOOKED_AT.add(folder())
        if _newest_to_copy():
            write(lambda connection, kept: _copy_newest(), alone=True)
    with reading() as connection:
        waiting, lines = connection.execute(_WAITING).fetchone()[0], log_waiting(connection)
    if not waiting and not lines:
        return False
    last = last_checkpoint()
    if waiting < EVERY_ENTRIES and lines < EVERY_LINES and last is not None and at - last.at < EVERY:
        return False
    return checkpoint(at) is not None


def checkpoint(at: datetime | None = None) -> int | None:
    """Writes the next checkpoint, or several where more cases changed than one may name; the last one's number."""

    def work(connection: sqlite3.Connection, kept: Kept) -> int | None:
        number = None
        log = log_to_witness(connection)
        while (changed := connection.execute(_CHANGED, (MOST_CHAINS - 1,)).fetchall()) or log:
            number = _write_next(changed, log, at or datetime.now(UTC))
            if log:
                log_witnessed(connection, log.length)
            log = None
            connection.executemany(
                'UPDATE "case" SET witnessed = ? WHERE id = ?', [(length, case) for case, length, _ in changed]
            )
        return number

    found: int | None = write(work, alone=True)  # a checkpoint of what is lost again would say that a chain was cut
    return found


def _newest_to_copy() -> Path | None:
    """The newest checkpoint, where the second place has the one before it and not this: a crash came between."""
    files = files_in(folder())
    there = [file.name for file in files_in(second_folder())]
    return files[-1] if files and there == [file.name for file in files[:-1]] else None


def _copy_newest() -> None:
    if newest := _newest_to_copy():
        last_checkpoint()  # it is to be believed, or nothing is copied
        keep_file(second_folder() / newest.name, newest.read_bytes())


def _write_next(changed: list[tuple[str, int, bytes]], log: Witnessed | None, at: datetime) -> int:
    _copy_newest()
    last = last_checkpoint()
    number = last.number + 1 if last else 1
    name = f"{number:08}.txt"
    if (second_folder() / name).exists():
        raise CannotKeep(
            f"The second place already has checkpoint {number}, which the first has not: somebody took it away. "
            "No checkpoint is written until that is seen to. Run `holdfast verify`."
        )
    chains = {str(UUID(case)): Witnessed(length, head) for case, length, head in changed}
    if log:
        chains[LOG] = log
    origin, public = origin_and_key()
    # A clock that was set back must not make a checkpoint older than the one before.
    at = max(at, last.at) if last else at
    note = write_checkpoint(last, chains, origin=origin, at=at, private=ring().checkpoint_seed)
    for place in (folder(), second_folder()):
        keep_file(place / name, note)
        if not (place / "public-key.txt").exists():
            keep_file(place / "public-key.txt", (public_line(origin, public) + "\n").encode())
    return number


def last_checkpoint() -> Checkpoint | None:
    """The newest checkpoint of this record; CannotKeep where it is not to be believed."""
    files = files_in(folder())
    if not files:
        return None
    try:
        return read_checkpoint(files[-1].read_bytes(), *origin_and_key())
    except NoteRefused as refused:
        raise CannotKeep(
            f"The last checkpoint is not to be believed ({refused.outcome}): none can follow it. Run `holdfast verify`."
        ) from refused


def keep_file(path: Path, content: bytes) -> None:
    """Writes a whole file or none, and waits for the disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    being_written = path.with_suffix(".part")
    with being_written.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    being_written.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
