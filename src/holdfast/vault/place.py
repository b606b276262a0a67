"""Where this installation's vault is, and with which key a case's items are sealed.

HOLDFAST_VAULT says where sealed items lie: nothing for the folder `vault` in the data folder, a folder that is there,
or `s3:BUCKET` or `s3:BUCKET/PREFIX`. HOLDFAST_VAULT_LOCK is `governance:DAYS` or `compliance:DAYS`, for a bucket alone.
What is coming in lies, sealed, in the data folder: always on this machine.
"""

import re
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

from holdfast.casefile.state import state_of
from holdfast.casefile.store import reading
from holdfast.vault.reading import Item
from holdfast.vault.s3 import MODES
from holdfast.vault.s3 import Lock
from holdfast.vault.s3 import S3Store
from holdfast.vault.store import FolderStore
from holdfast.vault.store import Store
from holdfast.vault.store import StoreFault

_BUCKET = re.compile(r"s3:([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([A-Za-z0-9!_.*'()/-]*))?")
_LOCK = re.compile(rf"({'|'.join(MODES)}):([1-9][0-9]{{0,4}})")


def store() -> Store:
    """The store of sealed items that HOLDFAST_VAULT names; StoreFault where it is not understood."""
    named, lock = settings.HOLDFAST_VAULT, settings.HOLDFAST_VAULT_LOCK
    if not named and not lock:
        return FolderStore(_folder() / "items")
    return _named(named, lock)


def why_not() -> str:
    """Why evidence cannot be kept where HOLDFAST_VAULT says; '' where it can."""
    try:
        there = store()
    except StoreFault as fault:
        return str(fault)
    if isinstance(there, S3Store):
        return there.why_not()
    if settings.HOLDFAST_VAULT and not Path(settings.HOLDFAST_VAULT).is_dir():
        return "The folder that HOLDFAST_VAULT names is not there, or this account may not see it. Is its disk mounted?"
    return ""


def intake_folder() -> Path:
    """Where items lie, sealed, while they come in: always on this machine."""
    folder = _folder() / "intake"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def key_of(case_id: UUID) -> bytes:
    """The case's own key, or NoSuchCase, CaseErased, CannotKeep. Whoever calls has asked `access` first."""
    with reading() as connection:
        return state_of(connection, case_id).key


def item_of(case_id: UUID, item: UUID) -> Item:
    """An item of a case, to be read; NoSuchItem, StoreFault or NotAnItem. Whoever calls has asked `access` first."""
    return Item(store(), case_id, item, key_of(case_id))


@cache
def _named(named: str, lock: str) -> Store:
    """The store of these settings: one for each process, because a client takes long to make."""
    bucket = _BUCKET.fullmatch(named)
    if lock and not bucket:
        raise StoreFault("HOLDFAST_VAULT_LOCK is for a bucket, and HOLDFAST_VAULT names none. Leave one of them out.")
    if not bucket:
        if not Path(named).is_absolute():
            raise StoreFault(
                "HOLDFAST_VAULT is not understood. Give a folder from / on, s3:BUCKET or s3:BUCKET/PREFIX."
            )
        return FolderStore(Path(named), made=False)
    asked = _LOCK.fullmatch(lock)
    if lock and not asked:
        raise StoreFault("HOLDFAST_VAULT_LOCK is not understood. Give governance:DAYS or compliance:DAYS.")
    locked = Lock(asked[1], int(asked[2])) if asked else None
    return S3Store(bucket[1], bucket[2] or "", lock=locked)


def _folder() -> Path:
    return Path(settings.HOLDFAST_DATA) / "vault"
