"""The body of an entry: its kind and its fields, as the bytes that are sealed with the case's own key.

Padded with spaces, so that the length of what is stored does not tell a 'yes' from a 'no', not even after the key
was destroyed. What is written is read again before it is sealed: nothing is stored that could not be opened.
"""

from functools import cache
from typing import Any
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from holdfast.record.kind import Kind
from holdfast.record.kinds import KINDS
from holdfast.record.outcome import Outcome

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
BLOCK = 256
MOST_BYTES = 1_048_576

_write = msgspec.json.Encoder(order="sorted")


class NotSealed(ValueError):
    """An entry was not sealed, because it could not be read again. Nothing of it may be stored."""

    def __init__(self, why: str):
        super().__init__(f"an entry was not sealed: {why}. Nothing was recorded")


class NotOpened(ValueError):
    """An entry's words cannot be had. `outcome` says why: they do not open, cannot be read, or were erased."""

    def __init__(self, outcome: Outcome, kind: str):
        self.outcome = outcome
        super().__init__(
            f"a {kind} entry could not be opened ({outcome}); verify the case, and tell who keeps the keys"
        )


def seal_body(fields: Kind, key: bytes, nonce: bytes, header: bytes) -> bytes:
    """The sealed fields, bound to their header: with another header they do not open."""
    kind = type(fields).__name__
    if len(key) != KEY_BYTES or len(nonce) != NONCE_BYTES:
        raise NotSealed(f"the key has to be of {KEY_BYTES} bytes and the nonce of {NONCE_BYTES}")
    body = _write_body(fields, kind)
    if len(body) > MOST_BYTES:
        raise NotSealed(f"the fields of this {kind} are larger than {MOST_BYTES:,} bytes")
    return AESGCM(key).encrypt(nonce, body.ljust(-(-len(body) // BLOCK) * BLOCK), header)


def held(key: bytes) -> bytes:
    """The key, or ValueError where it is none."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"an entry was not opened: the key has to be of {KEY_BYTES} bytes")
    return key


def open_body(kind: str, sealed: bytes, key: bytes | AESGCM | None, nonce: bytes, header: bytes) -> Kind:
    """The fields of an entry, or NotOpened. No key means that it was destroyed; one made ready serves a whole case."""
    if key is None:
        raise NotOpened(Outcome.ERASED, kind)
    if kind not in KINDS:
        raise NotOpened(Outcome.UNKNOWN_KIND, kind)
    ready = AESGCM(held(key)) if isinstance(key, bytes) else key
    try:
        body = ready.decrypt(nonce, sealed, header)
    except (InvalidTag, ValueError) as fault:
        raise NotOpened(Outcome.DOES_NOT_OPEN, kind) from fault
    try:
        return _read_body(body, kind)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise NotOpened(Outcome.UNREADABLE_BODY, kind) from fault


def _write_body(fields: Kind, kind: str) -> bytes:
    try:
        body = _write.encode({"kind": kind, "fields": fields})
        same = _read_body(body, kind) == fields
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError, OverflowError) as fault:
        raise NotSealed(f"the fields of this {kind} hold what cannot be kept; read them with read_fields") from fault
    if not same:
        raise NotSealed(f"the fields of this {kind} would not be read as they were given; read them with read_fields")
    return body


def _read_body(body: bytes, kind: str) -> Kind:
    fields: Kind = _reader(kind).decode(body).fields
    return fields


@cache
def _reader(kind: str) -> msgspec.json.Decoder[Any]:
    """Prepared once a kind: it holds the body to the kind that its header names."""
    said = [("fields", KINDS[kind]), ("kind", Literal[(kind,)])]
    return msgspec.json.Decoder(msgspec.defstruct("Body", said, forbid_unknown_fields=True))
