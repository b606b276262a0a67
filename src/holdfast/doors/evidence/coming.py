"""What is still coming in: what was said of each, sealed beside its parts, so that it can go on when the page is gone.

The record knows nothing of it before it is whole. The note is sealed under a key drawn from the case's own: the intake
folder tells nobody whose it is, and the items of one case are found by trying its key.
"""

import json
import os
import secrets
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from holdfast.doors.evidence.permit import Permit
from holdfast.vault.intake import Intake
from holdfast.vault.intake import how_far
from holdfast.vault.items import KnownItem
from holdfast.vault.place import intake_folder
from holdfast.vault.place import key_of
from holdfast.vault.place import store

MOST_COMING = 40  # at one time in one case by one side: each costs a folder
_NOTE = "told"
_BOUND = b"holdfast/coming/1"


class Coming(NamedTuple):
    """One item that is not whole yet."""

    item: UUID
    role: str
    begun_at: datetime
    said: dict[str, Any]
    acknowledged: int  # bytes
    size: int  # as announced; 0 where nobody said


class NoRoom(Exception):
    """More than this case, or this side of it, may hold. `most` is the limit in bytes, 0 where it is of number."""

    def __init__(self, most: int):
        self.most = most
        super().__init__("This is more than can be taken in here.")


def note(permit: Permit, size: int, at: datetime) -> None:
    """Writes down what was said of an item that begins to come in. OSError; NoSuchCase, CannotKeep."""
    folder = intake_folder() / str(permit.item)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plain = {"case": str(permit.case), "item": str(permit.item), "role": permit.role, "at": at.isoformat(),
             "said": permit.said, "size": size}  # fmt: skip
    nonce = secrets.token_bytes(12)
    sealed = nonce + AESGCM(_key(key_of(permit.case))).encrypt(nonce, json.dumps(plain).encode(), _BOUND)
    fresh = folder / (_NOTE + "-new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(folder / _NOTE)


def is_noted(item: UUID) -> bool:
    """Whether what was said of it is written down."""
    return (intake_folder() / str(item) / _NOTE).exists()


def coming_in(case_id: UUID, taken: Iterable[UUID] = ()) -> list[Coming]:
    """What is coming into a case, the oldest first; not what the record has already (`taken`)."""
    case_key, folder, has = key_of(case_id), intake_folder(), set(taken)
    key = AESGCM(_key(case_key))
    found = []
    for path in folder.glob(f"*/{_NOTE}"):
        try:
            sealed = path.read_bytes()
            plain = json.loads(key.decrypt(sealed[:12], sealed[12:], _BOUND))
        except (OSError, InvalidTag, ValueError):
            continue  # another case's, or gone meanwhile
        item = UUID(plain["item"])
        if plain["case"] == str(case_id) and item not in has:
            begun = datetime.fromisoformat(plain["at"])
            far = how_far(folder, item, case_id, case_key)
            found.append(Coming(item, plain["role"], begun, plain["said"], far, plain["size"]))
    return sorted(found, key=lambda each: each.begun_at)


def drop(case_id: UUID, item: UUID) -> None:
    """Forgets what came of an item, because whoever gave it wants it no more. Busy where it is coming in now."""
    Intake(intake_folder(), store(), case=case_id, item=item, case_key=key_of(case_id)).done()


def most_of_one(door: str) -> int:
    """How many bytes one item may have that comes by this door."""
    return int(settings.HOLDFAST_MOST_GIVEN if door == "survivor" else settings.HOLDFAST_MOST_TAKEN)


def room_left(permit: Permit, items: Iterable[KnownItem]) -> int:
    """How many bytes this item may still have, at most; NoRoom where none.

    What a survivor gives by themselves has a room apart: whoever has their words cannot fill it up for the police.
    """
    known = list(items)
    theirs = permit.door == "survivor"
    coming = [
        each for each in coming_in(permit.case, (one.item for one in known))
        if (each.role == "survivor") is theirs and each.item != permit.item
    ]  # fmt: skip
    if len(coming) >= MOST_COMING:
        raise NoRoom(0)
    most = int(settings.HOLDFAST_MOST_GIVEN_IN_ALL if theirs else settings.HOLDFAST_MOST_IN_A_CASE)
    taken = sum(one.size for one in known if not theirs or one.taken_by.role == "survivor")
    left = most - taken - sum(max(each.acknowledged, each.size) for each in coming)
    if left <= 0:
        raise NoRoom(most)
    return min(left, most_of_one(permit.door))


def _key(case_key: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_BOUND).derive(case_key)
