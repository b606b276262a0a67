"""The format of a sealed item: a header, chunks of one MiB, and an end that says how long it is and its hash.

Pure: no disk, no clock, no chance. docs/formats/vault.md tells it to somebody who writes a reader of their own.

- Each item has a fresh key, wrapped by a key that follows from the case's own: destroying that ends every item.
- Each chunk has a nonce of chance, which stands before it: one that a crash cut off may be sealed again, with whatever
  comes then, and no nonce is ever used twice.
- What is sealed is bound to its case, its item, its number and whether it is the end. So a chunk altered, moved,
  repeated, left out or taken from another item does not open.
- An item without its end is not whole: it was cut short, or is still coming in.
"""

import struct
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NAMED = b"hfvault"
MAGIC = NAMED + b"\x01"  # the number of the format
CHUNK = 1 << 20  # bytes of content in every chunk but the last
NONCE, TAG = 12, 16
AROUND = NONCE + TAG  # what sealing adds to a chunk
_BOUND = struct.Struct(">8s16s16sI")  # magic, case, item, bytes in a chunk
_WRAP = struct.Struct(">12s48s")  # nonce and wrapped key
_PLACE = struct.Struct(">QB")  # number, and which of the three below
_END = struct.Struct(">Q32s")  # bytes of content, and their SHA-256
_A_CHUNK, _THE_END, _A_TAIL = 0, 1, 2
HEADER = _BOUND.size + _WRAP.size  # 104
END = _END.size + AROUND  # 68
SEALED_CHUNK = CHUNK + AROUND


class NotAnItem(ValueError):
    """These bytes do not open as the item asked for. `defect` is one of DEFECTS."""

    def __init__(self, defect: str):
        self.defect = defect
        super().__init__(f"This item does not open: {DEFECTS[defect]}. Keep it as it is, and tell who keeps the vault.")


DEFECTS = {
    "not-an-item": "it does not begin as an item of a vault does",
    "another-format": "it is of a format that this version does not know",
    "another-item": "it is another item, or of another case",
    "wrong-key": "the case's key does not open it, or its header was altered",
    "cut-short": "its end is missing or not its own, so it is not whole",
    "altered": "a part of it was altered, moved, or is not its own",
    "length-differs": "it is not as long as its end says",
    "hash-differs": "its content is not what its end says",
}


class End(NamedTuple):
    """What the end of an item says."""

    size: int  # bytes of content
    sha256: bytes


def vault_key(case_key: bytes) -> bytes:
    """The key that wraps the keys of a case's items (RFC 5869, SHA-256)."""
    return HKDF(SHA256(), 32, salt=None, info=b"holdfast vault 1").derive(case_key)


class Sealed:
    """One item's key, at work: seals and opens its chunks and its end. Every nonce is 12 fresh random bytes."""

    def __init__(self, header: bytes, key: bytes):
        self.header = header
        self._bound = header[: _BOUND.size]
        self._cipher = AESGCM(key)

    @classmethod
    def new(cls, case: UUID, item: UUID, case_key: bytes, *, key: bytes, nonce: bytes) -> "Sealed":
        """A new item: `key` is 32 fresh random bytes, used for nothing else."""
        bound = _BOUND.pack(MAGIC, case.bytes, item.bytes, CHUNK)
        wrapped = AESGCM(vault_key(case_key)).encrypt(nonce, key, bound)
        return cls(bound + _WRAP.pack(nonce, wrapped), key)

    @classmethod
    def of(cls, header: bytes, case: UUID, item: UUID, case_key: bytes) -> "Sealed":
        """The item that this header begins, or NotAnItem."""
        if case_and_item(header) != (case, item):
            raise NotAnItem("another-item")
        header = header[:HEADER]
        bound = header[: _BOUND.size]
        nonce, wrapped = _WRAP.unpack(header[_BOUND.size :])
        try:
            key = AESGCM(vault_key(case_key)).decrypt(nonce, wrapped, bound)
        except InvalidTag as fault:
            raise NotAnItem("wrong-key") from fault
        return cls(header, key)

    def seal_into(self, number: int, content: memoryview, into: memoryview, nonce: bytes) -> int:
        """Seals chunk `number` (from 0) into a buffer with room for it and AROUND more; how many bytes it took."""
        until = NONCE + len(content) + TAG
        into[:NONCE] = nonce
        self._cipher.encrypt_into(nonce, content, self._for(number, _A_CHUNK), into[NONCE:until])
        return until

    def open(self, number: int, sealed: bytes) -> bytes:
        """The content of chunk `number`, or NotAnItem."""
        return self._open(number, _A_CHUNK, sealed, "altered")

    def seal_end(self, size: int, sha256: bytes, nonce: bytes) -> bytes:
        """The end: after the last chunk."""
        said = _END.pack(size, sha256)
        return nonce + self._cipher.encrypt(nonce, said, self._for(chunks_of(size), _THE_END))

    def open_end(self, sealed: bytes, length: int) -> End:
        """What the last END bytes say of an item that is `length` bytes long as sealed, header and all."""
        said = self._open(chunks_within(length), _THE_END, sealed, "cut-short")
        if len(said) != _END.size:
            raise NotAnItem("cut-short")
        end = End(*_END.unpack(said))
        if sealed_length(end.size) != length:
            raise NotAnItem("length-differs")
        return end

    def seal_tail(self, before: int, turn: int, content: bytes, nonce: bytes) -> bytes:
        """What has come of chunk `before`, kept apart until it is full (intake.py): never in an item."""
        return nonce + self._cipher.encrypt(nonce, content, self._for(before, _A_TAIL) + turn.to_bytes(8, "big"))

    def open_tail(self, before: int, turn: int, sealed: bytes) -> bytes:
        """The same opened, or NotAnItem."""
        return self._open(before, _A_TAIL, sealed, "altered", turn.to_bytes(8, "big"))

    def _open(self, number: int, what: int, sealed: bytes, defect: str, beside: bytes = b"") -> bytes:
        if len(sealed) < AROUND:
            raise NotAnItem(defect)
        view = memoryview(sealed)
        try:
            return self._cipher.decrypt(sealed[:NONCE], view[NONCE:], self._for(number, what) + beside)
        except InvalidTag as fault:
            raise NotAnItem(defect) from fault

    def _for(self, number: int, what: int) -> bytes:
        return self._bound + _PLACE.pack(number, what)


def case_and_item(header: bytes) -> tuple[UUID, UUID]:
    """Of which case and item a header says to be, read without a key and so not to be trusted; or NotAnItem."""
    if len(header) < len(MAGIC) or header[: len(NAMED)] != NAMED:
        raise NotAnItem("not-an-item")
    if header[: len(MAGIC)] != MAGIC:
        raise NotAnItem("another-format")
    if len(header) < HEADER:
        raise NotAnItem("cut-short")
    _, case, item, chunk = _BOUND.unpack(header[: _BOUND.size])
    if chunk != CHUNK:
        raise NotAnItem("another-format")
    return UUID(bytes=case), UUID(bytes=item)


def chunks_of(size: int) -> int:
    """How many chunks content of this size has: none where it is empty."""
    return -(-size // CHUNK)


def sealed_length(size: int) -> int:
    """How long an item of this size is as sealed.

    >>> [sealed_length(size) for size in (0, 1, CHUNK, CHUNK + 1)]
    [172, 201, 1048776, 1048805]
    """
    return HEADER + size + chunks_of(size) * AROUND + END


def chunks_within(length: int) -> int:
    """How many chunks an item of this sealed length holds, or NotAnItem: the same the other way."""
    body = length - HEADER - END
    chunks, rest = divmod(body, SEALED_CHUNK)
    if body < 0 or 0 < rest <= AROUND:
        raise NotAnItem("cut-short")
    return chunks + bool(rest)
