"""The format of a sealed item: a header, chunks of one MiB, and an end that says how long it is and its hash.

Pure: no disk, no clock, no chance. docs/formats/vault.md tells it to somebody who writes a reader of their own.

- Each item has a fresh key, wrapped by a key that follows from the case's own: destroying that ends every item.
- A chunk's nonce is its number and one byte that sets the end apart; what is sealed is bound to its case and item. So a
  chunk altered, moved, repeated, left out or taken from another item does not open.
- An item without its end is not whole: it was cut short, or is still coming in.
"""

import struct
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

MAGIC = b"hfvault\x01"
CHUNK = 1 << 20  # bytes of content in every chunk but the last
TAG = 16
_BOUND = struct.Struct(">8s16s16sI")  # magic, case, item, bytes in a chunk
_WRAP = struct.Struct(">12s48s")  # nonce and wrapped key
_END = struct.Struct(">Q32s")  # bytes of content, and their SHA-256
HEADER = _BOUND.size + _WRAP.size  # 104
END = _END.size + TAG  # 56
SEALED_CHUNK = CHUNK + TAG


class NotAnItem(ValueError):
    """These bytes do not open as the item asked for. `defect` is one of DEFECTS."""

    def __init__(self, defect: str):
        self.defect = defect
        super().__init__(f"This item does not open: {DEFECTS[defect]}. Keep it as it is, and tell who keeps the vault.")


DEFECTS = {
    "not-an-item": "it does not begin as an item of this vault does",
    "another-item": "it is another item, or of another case",
    "wrong-key": "the case's key does not open it, or its header was altered",
    "cut-short": "its end is missing, so it is not whole",
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
    """One item's key, at work: seals and opens its chunks and its end."""

    def __init__(self, header: bytes, key: bytes):
        self.header = header
        self._bound = header[: _BOUND.size]
        self._key = key
        self._cipher = AESGCM(key)

    @classmethod
    def new(cls, case: UUID, item: UUID, case_key: bytes, *, key: bytes, nonce: bytes) -> "Sealed":
        """A new item: `key` is 32 and `nonce` 12 fresh random bytes, used for nothing else."""
        bound = _BOUND.pack(MAGIC, case.bytes, item.bytes, CHUNK)
        wrapped = AESGCM(vault_key(case_key)).encrypt(nonce, key, bound)
        return cls(bound + _WRAP.pack(nonce, wrapped), key)

    @classmethod
    def of(cls, header: bytes, case: UUID, item: UUID, case_key: bytes) -> "Sealed":
        """The item that this header begins, or NotAnItem."""
        if len(header) < HEADER or header[: len(MAGIC)] != MAGIC:
            raise NotAnItem("not-an-item")
        header = header[:HEADER]
        bound = header[: _BOUND.size]
        if bound != _BOUND.pack(MAGIC, case.bytes, item.bytes, CHUNK):
            raise NotAnItem("another-item")
        nonce, wrapped = _WRAP.unpack(header[_BOUND.size :])
        try:
            key = AESGCM(vault_key(case_key)).decrypt(nonce, wrapped, bound)
        except InvalidTag as fault:
            raise NotAnItem("wrong-key") from fault
        return cls(header, key)

    def seal_into(self, number: int, content: memoryview, into: memoryview) -> int:
        """Seals chunk `number` (from 0) into a buffer of SEALED_CHUNK bytes; how many bytes it took."""
        return int(self._cipher.encrypt_into(_nonce(number, 0), content, self._bound, into[: len(content) + TAG]))

    def seal(self, number: int, content: bytes) -> bytes:
        """Chunk `number`, sealed."""
        return self._cipher.encrypt(_nonce(number, 0), content, self._bound)

    def open(self, number: int, sealed: bytes) -> bytes:
        """The content of chunk `number`, or NotAnItem."""
        try:
            return self._cipher.decrypt(_nonce(number, 0), sealed, self._bound)
        except InvalidTag as fault:
            raise NotAnItem("altered") from fault

    def seal_end(self, size: int, sha256: bytes) -> bytes:
        """The end: after the last chunk."""
        return self._cipher.encrypt(_nonce(chunks_of(size), 1), _END.pack(size, sha256), self._bound)

    def open_end(self, sealed: bytes, length: int) -> End:
        """What the last END bytes say of an item that is `length` bytes long as sealed, header and all."""
        number = chunks_within(length)
        try:
            end = End(*_END.unpack(self._cipher.decrypt(_nonce(number, 1), sealed, self._bound)))
        except (InvalidTag, struct.error) as fault:
            raise NotAnItem("cut-short") from fault
        if sealed_length(end.size) != length:
            raise NotAnItem("length-differs")
        return end

    def tail_key(self) -> bytes:
        """The key for what has come of a chunk that is not full yet, kept apart (intake.py): never in an item."""
        return HKDF(SHA256(), 32, salt=None, info=b"holdfast vault tail 1").derive(self._key)


def chunks_of(size: int) -> int:
    """How many chunks content of this size has: none where it is empty."""
    return -(-size // CHUNK)


def sealed_length(size: int) -> int:
    """How long an item of this size is as sealed.

    >>> [sealed_length(size) for size in (0, 1, CHUNK, CHUNK + 1)]
    [160, 177, 1048752, 1048769]
    """
    return HEADER + size + chunks_of(size) * TAG + END


def chunks_within(length: int) -> int:
    """How many chunks an item of this sealed length holds, or NotAnItem: the same the other way."""
    body = length - HEADER - END
    chunks, rest = divmod(body, SEALED_CHUNK)
    if body < 0 or 0 < rest <= TAG:
        raise NotAnItem("cut-short")
    return chunks + bool(rest)


def _nonce(number: int, end: int) -> bytes:
    return number.to_bytes(11, "big") + bytes([end])
