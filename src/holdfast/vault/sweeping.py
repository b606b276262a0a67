"""Taking away what nobody will finish, and what belongs to nobody: never an item that a record names.

- What comes in part by part and had no byte for HOLDFAST_INTAKE_DAYS is taken away by the clock, unless somebody holds
  it open. What was being taken in at once when a process was killed cannot be gone on with: it goes at once.
- Items of a case that was erased cannot be opened by anybody. They go, unless a lock holds them.
- An item that no record names, of a case that is here, is told, and taken away only when somebody asks, and only when
  it is as old: after an older backup was put back, what came since is such an item. One of another case is left alone.
"""

import fcntl
import logging
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from django.conf import settings

from holdfast.casefile.erasures import erasures_known
from holdfast.casefile.store import reading
from holdfast.vault.checking import every_item_named
from holdfast.vault.place import intake_folder
from holdfast.vault.place import store
from holdfast.vault.s3 import S3Store
from holdfast.vault.sealed import HEADER
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.sealed import case_and_item
from holdfast.vault.store import NoSuchItem
from holdfast.vault.store import Store
from holdfast.vault.store import StoreFault
from holdfast.vault.taking import ENDING

_EVERY = timedelta(hours=1)
_log = logging.getLogger("holdfast.vault")
_swept_at: datetime | None = None
_A_MOMENT = timedelta(minutes=5)  # between making a file and locking it, many times over


class Swept(NamedTuple):
    """What was found in the store that no record names, and what went."""

    unnamed: tuple[UUID, ...]  # of cases that are here
    elsewhere: tuple[UUID, ...]  # of cases that are not here, or no items at all
    removed: tuple[UUID, ...]
    kept: tuple[UUID, ...]  # that should go and could not: a lock holds them, or the store does not answer
    not_read: bool  # some record cannot be read, so that nothing was taken away as unnamed


def sweep_intakes(at: datetime) -> int:
    """Takes away what nobody finished for as long; how many that were. OSError. The clock asks."""
    folder, gone = intake_folder(), 0
    before = at - timedelta(days=int(settings.HOLDFAST_INTAKE_DAYS))
    for path in list(folder.iterdir()):
        if path.is_dir():
            gone += _last_written(path) < before and _removed_unless_open(path / "lock", path)
        elif path.suffix == ENDING:
            gone += _last_written(path) < at - _A_MOMENT and _removed_unless_open(path, path)
    return gone


def sweep_when_due(at: datetime) -> None:
    """What the clock asks, every minute: once an hour the intakes are swept. What fails is none of its concern."""
    global _swept_at  # noqa: PLW0603 of this process
    if _swept_at is None or at - _swept_at >= _EVERY:
        _swept_at = at
        try:
            sweep_intakes(at)
        except (OSError, ValueError) as fault:
            _log.error("sweeping the intake folder failed (%s)", type(fault).__name__)


def sweep_items(at: datetime, *, remove: bool) -> Swept:
    """Looks for items that no record names; with `remove`, takes away what is old enough. StoreFault, CannotKeep."""
    there, named = store(), every_item_named()
    erased = {UUID(each.said.case) for each in erasures_known()}
    before = at - timedelta(days=int(settings.HOLDFAST_INTAKE_DAYS))
    here, unnamed, elsewhere, old = _cases_here(), [], [], []
    for item in there.items():
        if named is None or item in named:
            continue
        case = case_of(there, item)
        if case in erased:
            old.append(item)
        elif case not in here:
            elsewhere.append(item)
        else:
            unnamed.append(item)
            old += [item] if there.since(item) < before else []
    kept = remove_items(there, old) if remove else ()
    removed = tuple(item for item in old if remove and item not in kept)
    if remove and isinstance(there, S3Store):
        there.end_unfinished(before)
    return Swept(tuple(unnamed), tuple(elsewhere), removed, tuple(kept), named is None)


def remove_items(there: Store, items: Iterable[UUID]) -> tuple[UUID, ...]:
    """Takes items away; which could not be, because a lock holds them or the store does not answer."""
    kept = []
    for item in items:
        try:
            there.remove(item)
        except StoreFault:
            kept.append(item)
    return tuple(kept)


def remove_intakes_of(case_id: UUID) -> None:
    """Takes away what is coming into a case, whatever holds it open."""
    for path in intake_folder().iterdir():
        sealed = path / "sealed" if path.is_dir() else path
        with suppress(OSError, NotAnItem), sealed.open("rb") as file:
            if case_and_item(file.read(HEADER))[0] == case_id:
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def case_of(there: Store, item: UUID) -> UUID | None:
    """Of which case an item says that it is; None where it is no item, or not there. StoreFault."""
    try:
        return case_and_item(there.read(item, 0, HEADER))[0]
    except (NoSuchItem, NotAnItem):
        return None


def _cases_here() -> frozenset[UUID]:
    with reading() as connection:
        return frozenset(UUID(row[0]) for row in connection.execute('SELECT id FROM "case"'))


def _last_written(path: Path) -> datetime:
    """When anything in it was last written."""
    last = 0.0
    for each in (path, *path.glob("*")):
        with suppress(FileNotFoundError):
            last = max(last, each.stat().st_mtime)
    return datetime.fromtimestamp(last, UTC)


def _removed_unless_open(lock: Path, path: Path) -> bool:
    """Takes it away while holding the lock that whoever writes to it would hold."""
    try:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
        return not path.exists()
    finally:
        os.close(handle)
