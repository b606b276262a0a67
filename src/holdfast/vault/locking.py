"""The lock of a folder in which something comes in: one writer at a time, of this process or another."""

import fcntl
import os
from pathlib import Path

from holdfast.vault.store import StoreFault
from holdfast.vault.store import sync_folder

LOCK = "lock"
_TRIES = 100


class Busy(Exception):
    """Another request is writing to this intake now."""


def locked(folder: Path) -> int:
    """The handle of the folder's lock, held; the folder is made where it is not there. Busy, OSError."""
    for _ in range(_TRIES):
        if not folder.is_dir():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(folder.parent)
        try:
            lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        except FileNotFoundError:
            continue  # somebody is just taking it away
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            os.close(lock)
            raise Busy("Somebody else is sending this now.") from fault
        if os.fstat(lock).st_nlink:
            return lock
        os.close(lock)  # of a folder that was taken away meanwhile
    raise StoreFault("The intake folder changes too often to be used. Look who else writes there.")
