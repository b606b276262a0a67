"""What a session holds is sealed in the database: which case a survivor's page belongs to is nobody's to read there.

Django signs a session, so that nobody changes it, and leaves it readable. This takes the place of its JSON, so that
every way in which Django reads or writes a session goes through it. The key is drawn from the key ring's session
secret; what was sealed under another one, or not at all, is an empty session, and whoever had it signs in again.
"""

import json
import secrets
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

BLOCK = 256  # padded to this, so that the length tells little of what somebody is in the middle of
_BOUND = b"holdfast/session/1"


class Sealed:
    """A serializer as SESSION_SERIALIZER wants one. What is sealed for one use opens for no other: `bound` names it."""

    bound = _BOUND

    def dumps(self, held: dict[str, Any]) -> bytes:
        """A session as it is stored."""
        plain = json.dumps(held, separators=(",", ":")).encode()
        nonce = secrets.token_bytes(12)
        padded = plain.ljust(-(-len(plain) // BLOCK) * BLOCK)
        return nonce + AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, padded, self.bound)

    def loads(self, stored: bytes) -> dict[str, Any]:
        """What it holds, or ValueError, which Django takes for an empty one."""
        try:
            plain = AESGCM(_key(settings.SECRET_KEY)).decrypt(stored[:12], stored[12:], self.bound)
        except (InvalidTag, ValueError) as fault:
            raise ValueError("a session does not open") from fault
        held: dict[str, Any] = json.loads(plain)
        return held


@lru_cache(maxsize=4)
def _key(secret: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=_BOUND).derive(secret.encode())
