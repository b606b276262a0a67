"""A stream sealed piece by piece: nothing in it can be read, changed, moved, cut off or added to without the key.

- Each piece is AES-256-GCM under a key of this stream alone. Its nonce counts the pieces and says which is the last, so
  that a stream that was cut short, reordered or lengthened does not open.
- The key is wrapped as a case's key is, by whoever keeps this installation's keys: the key ring's copy opens it.
- Memory holds one piece, however long the stream is.
"""

import hashlib
import json
import re
from base64 import b64decode
from base64 import b64encode
from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO
from typing import NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from holdfast.casefile.keys.port import KeyKeeper
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import Refused
from holdfast.record.header import read_time
from holdfast.record.header import write_time

FORMAT = b"holdfast-backup/1\n"
PIECE = 1 << 20
MOST_HEAD = 8_192
_TAG = 16
_NAME = re.compile(r"[!-~]{1,200}")


class BackupRefused(Refused):
    """The file is no backup that may be restored here. Nothing was written."""


class Head(NamedTuple):
    """What stands in clear at the beginning."""

    id: UUID
    at: datetime
    origin: str  # whose record it is: the name that signs its checkpoints
    key: str  # the name of the key that wraps the stream's own
    wrapped: bytes


class SealedWriter:
    """Writes a sealed stream. `close` seals the last piece; without it the stream does not open."""

    def __init__(self, file: BinaryIO, head: Head, key: bytes):
        self._file = file
        self._aead = AESGCM(key)
        self._waiting = bytearray()
        self._number = 0
        told = FORMAT + _written(head)
        self._bound = hashlib.sha256(told).digest()
        file.write(told)

    def write(self, clear: bytes) -> None:
        """Adds to the stream."""
        self._waiting += clear
        while len(self._waiting) > PIECE:  # one that is exactly full waits: it may be the last
            self._seal(bytes(self._waiting[:PIECE]), last=False)
            del self._waiting[:PIECE]

    def close(self) -> None:
        """Seals what is left as the last piece."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, clear: bytes, *, last: bool) -> None:
        self._file.write(self._aead.encrypt(_nonce(self._number, last=last), clear, self._bound))
        self._number += 1


def read_head(file: BinaryIO) -> tuple[Head, bytes]:
    """The head of a stream and what binds its pieces to it, or BackupRefused."""
    started = file.read(len(FORMAT))
    if started != FORMAT:
        if started.startswith(b"holdfast-backup/"):
            raise BackupRefused("This backup was made by a newer Holdfast. Restore it with that version.")
        raise BackupRefused("This file is no backup of Holdfast. Name the file that `holdfast backup` wrote.")
    line = file.readline(MOST_HEAD)
    try:
        said = json.loads(line)
        head = Head(
            UUID(said["id"]),
            read_time(said["at"]),
            said["origin"],
            said["key"],
            b64decode(said["wrapped"], validate=True),
        )
        if _written(head) != line or not _NAME.fullmatch(head.origin):
            raise ValueError
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise _damaged(0) from fault
    return head, hashlib.sha256(FORMAT + line).digest()


def read_sealed(file: BinaryIO, keeper: KeyKeeper, origin: str) -> Iterator[bytes]:
    """The clear pieces of a stream, each held against its seal before it is handed on; BackupRefused where not."""
    head, bound = read_head(file)
    if head.origin != origin:
        raise BackupRefused(
            "This backup is of another installation: its name is not the one in this key ring. Put the key ring of "
            "that installation into the folder, or name another backup."
        )
    try:
        aead = AESGCM(keeper.unwrap(head.id, head.key, head.wrapped))
    except CannotKeep as fault:
        raise BackupRefused(
            "This backup does not open with this key ring: the key that sealed it is not there, or the file was "
            "changed. Use the copy of the key ring from when the backup was made."
        ) from fault
    number, piece = 0, file.read(PIECE + _TAG)
    while True:
        following = file.read(PIECE + _TAG)
        try:
            yield aead.decrypt(_nonce(number, last=not following), piece, bound)
        except (InvalidTag, ValueError) as fault:
            raise _damaged(number + 1) from fault
        if not following:
            return
        number, piece = number + 1, following


def _damaged(number: int) -> BackupRefused:
    where = f"at piece {number} (of {PIECE:,} bytes each)" if number else "at its beginning"
    return BackupRefused(
        f"This backup is damaged or was cut short {where}, so nothing was restored. Take another copy of it, or an "
        "older backup."
    )


def _written(head: Head) -> bytes:
    said = {
        "id": str(head.id), "at": write_time(head.at), "origin": head.origin, "key": head.key,
        "wrapped": b64encode(head.wrapped).decode("ascii"),
    }  # fmt: skip
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")
