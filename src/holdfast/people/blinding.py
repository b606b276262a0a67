"""The keys of the index: one that blinds what people are looked up by, one that seals what is known of each.

Both follow from the index's own key (here.py), each under a label of its own. Whoever has the file without that key can
test no guess against it and opens no record.
"""

import hmac
import secrets
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from holdfast.people.known import Known

_LABEL = b"holdfast.people/1/"
_NONCE = 12
BLIND_BITS = 48  # of the keyed hash: a record is opened and compared before anything is said of it
_FIELDS, _ITEMS = "\x1f", "\x1e"


class NotOurs(ValueError):
    """A record does not open: it was changed, moved, or sealed under another key ring."""


class Blind:
    """Blinds and seals under the keys of one installation."""

    def __init__(self, secret: str):
        root = secret.encode()
        self._hash = blake2b(key=hmac.digest(root, _LABEL + b"blind", "sha256"), digest_size=BLIND_BITS // 8)
        self._seal = AESGCM(hmac.digest(root, _LABEL + b"seal", "sha256"))
        self.check = hmac.digest(root, _LABEL + b"check", "sha256")[:16]  # tells one key from another

    def blinded(self, keys: Iterable[str]) -> list[int]:
        """The keyed hash of each key, in their order."""
        start, number = self._hash.copy, int.from_bytes
        found: list[int] = []
        put = found.append
        for key in keys:
            one = start()
            one.update(key.encode())
            put(number(one.digest(), "big", signed=True))
        return found

    def sealed(self, row: int, known: Known) -> bytes:
        """What is known of somebody, sealed for this row alone."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._seal.encrypt(nonce, _packed(known), row.to_bytes(8, "big"))

    def half_opened(self, row: int, sealed: bytes) -> "Opened":
        """What is known of somebody, its lists not taken apart yet; or NotOurs."""
        try:
            packed = self._seal.decrypt(sealed[:_NONCE], sealed[_NONCE:], row.to_bytes(8, "big"))
            return Opened(row, packed[:16], *packed[16:].decode("utf-8", "surrogatepass").split(_FIELDS))
        except (InvalidTag, ValueError, TypeError) as fault:
            raise NotOurs("A record of the index of people does not open.") from fault

    def opened(self, row: int, sealed: bytes) -> Known:
        """What is known of somebody, or NotOurs."""
        return self.half_opened(row, sealed).known()


class Opened(NamedTuple):
    """A record as it was sealed: each list one text."""

    row: int
    case: bytes
    party: str
    born: str
    names: str
    numbers: str
    addresses: str

    def known(self) -> Known:
        """The same, taken apart."""
        lists = (_listed(self.names), self.born, _listed(self.numbers), _listed(self.addresses))
        return Known(UUID(bytes=self.case), self.party, *lists)


def _packed(known: Known) -> bytes:
    lists = (known.names, known.numbers, known.addresses)
    told = _FIELDS.join((known.party, known.born, *(_ITEMS.join(map(_plain, each)) for each in lists)))
    return known.case.bytes + told.encode("utf-8", "surrogatepass")


def _plain(text: str) -> str:
    return text.replace(_FIELDS, " ").replace(_ITEMS, " ") if _FIELDS in text or _ITEMS in text else text


def _listed(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(_ITEMS)) if joined else ()
