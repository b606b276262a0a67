"""Sealing what waits outside every case, and hashes that nobody can turn round without this installation's key ring.

Both keys follow from the ring's session secret: what waits here is opened within hours or days, and has to be kept
even while a key service elsewhere does not answer.
"""

import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from holdfast.casefile.refused import CannotKeep

BLOCK = 256  # padded to this, so that the length tells little


def seal(plain: bytes, bound: str) -> bytes:
    """Sealed for one use: `bound` names it, and under another name it does not open."""
    nonce = secrets.token_bytes(12)
    padded = len(plain).to_bytes(4, "big") + plain
    padded += bytes(-len(padded) % BLOCK)
    return nonce + AESGCM(_key(settings.SECRET_KEY, "seal")).encrypt(nonce, padded, bound.encode())


def unseal(sealed: bytes, bound: str) -> bytes:
    """What was sealed, or CannotKeep where the key ring is another or the bytes were changed."""
    try:
        padded = AESGCM(_key(settings.SECRET_KEY, "seal")).decrypt(sealed[:12], sealed[12:], bound.encode())
    except (InvalidTag, ValueError) as fault:
        raise CannotKeep(
            "Something that came in does not open under this key ring: it was changed, or the ring is another. "
            "Put back the key ring that belongs to this database."
        ) from fault
    return padded[4 : 4 + int.from_bytes(padded[:4], "big")]


def hashed(use: str, value: bytes) -> str:
    """A keyed hash of a value for one use, in hex."""
    return hmac.digest(_key(settings.SECRET_KEY, use), value, "sha256").hex()


@lru_cache(maxsize=32)
def _key(secret: str, use: str) -> bytes:
    info = b"holdfast/intake/1/" + use.encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(secret.encode())
