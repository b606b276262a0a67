"""An item as it is read: at any place, without opening the rest; or whole, held against its own hash."""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from holdfast.vault.sealed import AROUND
from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import END
from holdfast.vault.sealed import HEADER
from holdfast.vault.sealed import SEALED_CHUNK
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.sealed import Sealed
from holdfast.vault.store import Store


class Item:
    """One item of the vault, opened with its case's key. Its header and end were looked at; its chunks, as read."""

    def __init__(self, store: Store, case: UUID, item: UUID, case_key: bytes):
        """NoSuchItem, StoreFault, or NotAnItem where it is not whole."""
        self._store, self.id = store, item
        length = store.length(item)
        self._sealed = Sealed.of(store.read(item, 0, HEADER), case, item, case_key)
        if length < HEADER + END:
            raise NotAnItem("cut-short")
        end = self._sealed.open_end(store.read(item, length - END, END), length)
        self.size, self.sha256 = end.size, end.sha256
        self._last: tuple[int, bytes] = (-1, b"")  # a reader goes on where it was

    def read(self, at: int = 0, count: int = -1) -> bytes:
        """So many bytes of the content from a place; all to the end where `count` is -1. NotAnItem, StoreFault."""
        until = self.size if count < 0 else min(self.size, at + count)
        return b"".join(self.pieces(at, until))

    def pieces(self, at: int = 0, until: int | None = None) -> Iterator[bytes]:
        """The content from one place to another (not included), a chunk at a time. NotAnItem, StoreFault."""
        if at < 0:
            raise ValueError("an item begins at byte 0")
        until = self.size if until is None else min(until, self.size)
        while at < until:
            number, start = divmod(at, CHUNK)
            chunk = self._chunk(number)
            piece = chunk if not start and until - at >= len(chunk) else chunk[start : start + until - at]
            yield piece
            at += len(piece)

    def whole(self) -> Iterator[bytes]:
        """The content a chunk at a time; NotAnItem at its end where it is not what was taken in."""
        digest = hashlib.sha256()
        for piece in self.pieces():
            digest.update(piece)
            yield piece
        if digest.digest() != self.sha256:
            raise NotAnItem("hash-differs")

    def _chunk(self, number: int) -> bytes:
        last, chunk = self._last
        if last != number:
            size = min(CHUNK, self.size - number * CHUNK) + AROUND
            chunk = self._sealed.open(number, self._store.read(self.id, HEADER + number * SEALED_CHUNK, size))
            if len(chunk) != size - AROUND:
                raise NotAnItem("cut-short")
            self._last = (number, chunk)
        return chunk
