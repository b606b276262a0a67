"""A receipt: proves to a stranger, offline, that these very bytes were given by a time, and says nothing of them.

Plain text: what is said, then its Ed25519 signature as base64 on the last line. The same item has the same receipt
whenever it is asked for. The format, and the command that checks one, is docs/formats/receipt.md.
"""

import re
from base64 import b64decode
from base64 import b64encode
from datetime import UTC
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization import PublicFormat

TITLE = "Receipt for a file, version 1"
MOST = 2_000  # characters: a receipt has some 400
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_WHOLE = re.compile(
    TITLE + r"\nnumber ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\ngiven (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)\n"
    r"bytes (0|[1-9][0-9]{0,15})\nsha256 ([0-9a-f]{64})\nkey ([0-9a-f]{16})\n"
)


class ReceiptRefused(ValueError):
    """It proves nothing: it is not whole, was changed, or was signed by another key."""


class Receipt(NamedTuple):
    """What a receipt says."""

    number: UUID  # of the item
    given: datetime  # in UTC, to the second: when it was recorded as taken
    size: int  # bytes
    sha256: str  # hex


def write_receipt(said: Receipt, private: bytes) -> str:
    """The receipt, signed. `private` is the 32 bytes of the installation's Ed25519 key."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    text = (
        f"{TITLE}\nnumber {said.number}\ngiven {said.given.astimezone(UTC).strftime(_TIME)}\nbytes {said.size}\n"
        f"sha256 {said.sha256}\nkey {key_name(key.public_key().public_bytes_raw())}\n"
    )
    if _WHOLE.fullmatch(text) is None:
        raise ValueError("a receipt was not written: its size or hash is not as written")
    return f"{text}{b64encode(key.sign(text.encode('ascii'))).decode('ascii')}\n"


def read_receipt(receipt: str, public: bytes) -> Receipt:
    """What it says, once its signature by this key is true; else ReceiptRefused. Line ends of any kind are let pass."""
    text, _, signature = receipt[:MOST].replace("\r\n", "\n").removesuffix("\n").rpartition("\n")
    found = _WHOLE.fullmatch(text + "\n")
    if found is None:
        raise ReceiptRefused("This is no whole receipt, or its words were changed.")
    try:
        made = b64decode(signature, validate=True)
        Ed25519PublicKey.from_public_bytes(public).verify(made, (text + "\n").encode("ascii"))
    except (ValueError, InvalidSignature) as fault:
        raise ReceiptRefused("Its signature is not true: it was changed, or another key signed it.") from fault
    given = datetime.strptime(found[2], _TIME).replace(tzinfo=UTC)
    return Receipt(UUID(found[1]), given, int(found[3]), found[4])


def file_name(number: UUID) -> str:
    """Under which a receipt is saved: it tells nobody what was given, or to whom."""
    return f"receipt-{number.hex[:8]}.txt"


def key_name(public: bytes) -> str:
    """What finds the key among several; it proves nothing."""
    return sha256(public).hexdigest()[:16]


def key_pem(public: bytes) -> str:
    """The public key as OpenSSL reads it."""
    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode("ascii")
