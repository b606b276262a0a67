"""A permit: a sealed string, standing in an address, that lets one item come in for one case, until a time.

- It is made by a page that has asked `access`, and says who gives, into which case, under which number, what was said
  of it, and what may still be said. Whoever holds it can add bytes and nothing else: it shows and opens nothing.
- It holds no key. It is sealed under one drawn from the installation's session secret, for this use alone, so that
  nothing can be read from an address, and padded, so that its length tells little.
- That the giver still may is asked again each time it is used (allowing.py): a permit outlives no right.
"""

import base64
import binascii
import json
import secrets
import zlib
from collections.abc import Mapping
from datetime import datetime
from datetime import timedelta
from functools import lru_cache
from typing import Any
from typing import NamedTuple
from uuid import UUID
from uuid import uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils import timezone

WHERE = "/in/"
LASTS = timedelta(hours=24)  # a film over a slow line takes a night
LONGEST = 3_600  # letters; an address has at most 4,000 (site/limits.py)
BLOCK = 256
_BOUND = b"holdfast/permit/1"
_PLAIN_MOST = 20_000  # bytes of what a permit says, unpacked

# What the fields of a form may say of an item, where the permit lets them.
SURVIVOR_SAYS = ("words", "happened", "made", "police_may_have", "source_name", "number")


class TooMuchSaid(ValueError):
    """What was said of an item does not fit into an address: it has to be said more shortly."""


class Permit(NamedTuple):
    """What a permit lets in."""

    door: str  # 'desk' or 'survivor'
    case: UUID
    item: UUID
    role: str
    staff: str
    until: datetime
    said: dict[str, Any]  # fields of ItemTaken, as plain values
    says: tuple[str, ...] = ()  # what the giver may still say of it, beside the file
    way: int = 0  # a survivor's way in; 0 for staff
    purpose: str = ""  # for what a member of staff said that they need the case
    back: str = "/"  # where a form without script goes on


def make_permit(
    *,
    door: str,
    case: UUID,
    role: str,
    staff: str,
    said: Mapping[str, Any],
    at: datetime,
    item: UUID | None = None,
    says: tuple[str, ...] = (),
    way: int = 0,
    purpose: str = "",
    back: str = "/",
    lasts: timedelta = LASTS,
) -> str:
    """The address of a permit for one item, a new number where `item` is None. TooMuchSaid. Doors have asked access."""
    if not back.startswith("/") or back.startswith("//"):
        raise ValueError("a permit leads back to a page of this server alone")
    permit = Permit(door, case, item or uuid4(), role, staff, at + lasts, dict(said), says, way, purpose, back)
    return WHERE + sealed(permit)


def sealed(permit: Permit) -> str:
    """A permit as it stands in an address. TooMuchSaid."""
    plain = {**permit._asdict(), "case": str(permit.case), "item": str(permit.item), "until": permit.until.isoformat()}
    packed = zlib.compress(json.dumps(plain, separators=(",", ":"), ensure_ascii=False).encode(), 9)
    content = len(packed).to_bytes(4, "big") + packed
    nonce = secrets.token_bytes(12)
    padded = content.ljust(-(-len(content) // BLOCK) * BLOCK, b"\0")
    text = base64.urlsafe_b64encode(nonce + AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, padded, _BOUND)).decode()
    if len(text) > LONGEST:
        raise TooMuchSaid("Say it more shortly. A longer account can be given as a note of its own.")
    return text.rstrip("=")


def read_permit(text: str, at: datetime | None = None) -> Permit | None:
    """What a permit says, or None where it is none of ours or its time is over."""
    if len(text) > LONGEST:
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        content = AESGCM(_key(settings.SECRET_KEY)).decrypt(raw[:12], raw[12:], _BOUND)
        unpacking = zlib.decompressobj()
        plain = json.loads(unpacking.decompress(content[4 : 4 + int.from_bytes(content[:4], "big")], _PLAIN_MOST))
    except (InvalidTag, ValueError, binascii.Error, zlib.error):
        return None
    permit = Permit(
        **{
            **plain,
            "case": UUID(plain["case"]),
            "item": UUID(plain["item"]),
            "until": datetime.fromisoformat(plain["until"]),
            "says": tuple(plain["says"]),
        }
    )
    return permit if (at or timezone.now()) < permit.until else None


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_BOUND).derive(secret.encode())
