"""What comes in part by part, over a line that may break: every part that was acknowledged is on the disk, sealed.

- Parts come in order and say where they begin. One that begins elsewhere is answered with how far this one is, so that
  a giver goes on from there; a part that came twice harms nothing. Two givers of one intake cannot mix unseen.
- Full chunks are sealed in their place and synced. Then how many they are is written down with what has come of the
  next one, sealed too (tails.py), and synced: from then on the part is acknowledged. Nothing is ever in clear.
- Where a process was killed in between, what lies beyond what was written down is thrown away: it was not acknowledged.
- `finish` adds the end and hands it to the store. It can be asked again until the record has it and `done` is called.
"""

import hashlib
import os
import secrets
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from uuid import UUID

from holdfast.vault.locking import Busy
from holdfast.vault.locking import locked
from holdfast.vault.reading import Item
from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import HEADER
from holdfast.vault.sealed import NONCE
from holdfast.vault.sealed import SEALED_CHUNK
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.sealed import Sealed
from holdfast.vault.sealed import sealed_length
from holdfast.vault.store import NoSuchItem
from holdfast.vault.store import Store
from holdfast.vault.store import fault_of
from holdfast.vault.store import sync_folder
from holdfast.vault.tails import Tails
from holdfast.vault.tails import how_far
from holdfast.vault.tails import write_at
from holdfast.vault.taking import Taken

__all__ = ["MOST_IN_A_PART", "AnotherContent", "BeginsElsewhere", "Busy", "Intake", "NotAsAnnounced", "how_far"]

MOST_IN_A_PART = 8 << 20


class BeginsElsewhere(Exception):
    """A part does not begin where the intake is. `acknowledged` is how many bytes it has."""

    def __init__(self, acknowledged: int, why: str = "This does not begin where the last part ended."):
        self.acknowledged = acknowledged
        super().__init__(f"{why} Go on from byte {acknowledged}.")


class AnotherContent(BeginsElsewhere):
    """A part repeats bytes that are there already, and they differ: somebody else is sending another thing here."""

    def __init__(self, acknowledged: int):
        super().__init__(acknowledged, "What was sent differs from what is here already.")


class NotAsAnnounced(Exception):
    """What came is not what the giver said it would be; what was acknowledged of it is kept."""


class Intake:
    """One item on its way in. Open it for one request or for long, but in one place at a time (Busy).

    Opening raises Busy, StoreFault, or NotAnItem where what lies there was altered. Threads may share one.
    """

    _sealed: Sealed
    _tails: Tails
    taken: Taken | None  # once the store has it

    def __init__(self, folder: Path, store: Store, *, case: UUID, item: UUID, case_key: bytes):
        self._folder, self._store = folder / str(item), store
        self.case, self.item, self._case_key = case, item, case_key
        self._path, self._file, self._turn = self._folder / "sealed", -1, threading.RLock()
        self._full, self._tail = 0, b""
        self._digest, self._hashed = hashlib.sha256(), 0
        try:
            self._lock = locked(self._folder)
        except OSError as fault:
            raise fault_of(fault) from fault
        try:
            self._open()
        except OSError as fault:
            self.close()
            raise fault_of(fault) from fault
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Intake":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of it; what was acknowledged stays."""
        with self._turn:
            self._let_go()
            if self._lock >= 0:
                os.close(self._lock)
                self._lock = -1

    @property
    def acknowledged(self) -> int:
        """How many bytes of the content are on the disk."""
        with self._turn:
            return self.taken.size if self.taken else self._full * CHUNK + len(self._tail)

    def add(self, at: int, content: bytes | bytearray | memoryview) -> int:
        """Adds a part that begins at byte `at`; how many bytes are acknowledged now. BeginsElsewhere, StoreFault.

        A part of which the beginning is there already adds the rest of it, if it is the same (AnotherContent). After a
        StoreFault it may be tried again: how far it is, is then read from the disk.
        """
        if len(content) > MOST_IN_A_PART or at < 0:
            raise ValueError(f"a part has at most {MOST_IN_A_PART} bytes, and begins at 0 or later")
        with self._turn:
            self._ready()
            before = self.acknowledged
            if at > before:
                raise BeginsElsewhere(before)
            if at < before and self.read(at, len(content)) != content[: before - at]:
                raise AnotherContent(before)
            new = memoryview(content)[before - at :]
            if not new:
                return before
            if self.taken:
                raise BeginsElsewhere(before)
            with self._hashing(before, new):
                self._add(new)
            return self.acknowledged

    def read(self, at: int, count: int) -> bytes:
        """What was acknowledged, from a place: for whoever watches while it comes in. NotAnItem, StoreFault."""
        with self._turn:
            self._ready()
            if self.taken:
                return Item(self._store, self.case, self.item, self._case_key).read(at, count)
            found, until = [], min(at + count, self.acknowledged)
            while at < until:
                number, start = divmod(at, CHUNK)
                found.append((self._tail if number == self._full else self._chunk(number))[start : start + until - at])
                at += len(found[-1])
            return b"".join(found)

    def finish(self, *, size: int | None = None, sha256: bytes | None = None) -> Taken:
        """Ends it and hands it to the store; the same again where that was done. NotAsAnnounced, StoreFault, NotAnItem.

        `size` and `sha256` are what the giver said it would be, where they did.
        """
        with self._turn:
            self._ready()
            digest = self.taken.sha256 if self.taken else self._hash()
            if (size is not None and size != self.acknowledged) or (sha256 is not None and sha256 != digest):
                raise NotAsAnnounced("This is not what was announced: its length or its SHA-256 differs.")
            if self.taken is None:
                try:
                    self._end(digest)
                    self._store.put(self.item, self._path)
                    self.taken = self._in_store()
                except OSError as fault:
                    raise fault_of(fault) from fault
                self._let_go()
            if self.taken is None or self.taken.sha256 != digest:
                raise NotAsAnnounced("The vault holds something else under this number. Begin again with a new one.")
            return self.taken

    def done(self) -> None:
        """Forgets the intake: the record has the item, or nobody wants it any more."""
        with self._turn:
            if self._lock < 0:
                self._lock = locked(self._folder)
            shutil.rmtree(self._folder, ignore_errors=True)  # the lock is held until nothing is left to be found
            self.close()
            with suppress(OSError):
                sync_folder(self._folder.parent)

    @contextmanager
    def _hashing(self, before: int, new: memoryview) -> Iterator[None]:
        """Hashes what comes while it is sealed and synced. After a fault the hash is made anew, from what was kept."""
        known = self._hashed == before
        thread = threading.Thread(target=self._digest.update, args=(new,)) if known and len(new) > CHUNK else None
        if thread:
            thread.start()
        try:
            yield
        except OSError as fault:
            self._hashed = -1
            self._let_go()  # the disk may be further than this knows, and is asked before anything else is written
            raise fault_of(fault) from fault
        except BaseException:
            self._hashed = -1
            raise
        finally:
            if thread:
                thread.join()
        if known:
            self._hashed += len(new)
            if thread is None:
                self._digest.update(new)

    def _ready(self) -> None:
        """Opens the files again where a fault closed them. StoreFault, NotAnItem."""
        if self._lock < 0:
            raise ValueError("this intake was closed")
        if self._file < 0 and not self.taken:
            try:
                self._open()
            except OSError as fault:
                self._let_go()
                raise fault_of(fault) from fault

    def _let_go(self) -> None:
        if self._file >= 0:
            self._tails.close()
            os.close(self._file)
            self._file = -1

    def _add(self, new: memoryview) -> None:
        """Seals what is full in its place, synced; then says so with the new tail, synced."""
        before = len(self._tail)
        full, left = divmod(before + len(new), CHUNK)
        if full:
            out = memoryview(bytearray(full * SEALED_CHUNK))
            at, nonces = 0, secrets.token_bytes(NONCE * full)
            for number in range(full):
                until = at + CHUNK - (0 if number else before)
                content = new[at:until] if number else memoryview(self._tail + bytes(new[:until]))
                place = out[number * SEALED_CHUNK : (number + 1) * SEALED_CHUNK]
                self._sealed.seal_into(self._full + number, content, place, nonces[number * NONCE :][:NONCE])
                at = until
            write_at(self._file, out, HEADER + self._full * SEALED_CHUNK)
            os.fdatasync(self._file)
        tail = bytes(new[len(new) - left :]) if full else self._tail + bytes(new)
        self._tails.write(self._full + full, tail)
        self._full, self._tail = self._full + full, tail

    def _end(self, digest: bytes) -> None:
        """Writes the last chunk and the end after the full ones. Until the store has it, they count for nothing."""
        total, at = self.acknowledged, HEADER + self._full * SEALED_CHUNK
        last = b""
        if self._tail:
            room = bytearray(SEALED_CHUNK)
            content = memoryview(self._tail)
            count = self._sealed.seal_into(self._full, content, memoryview(room), secrets.token_bytes(NONCE))
            last = bytes(room[:count])
        write_at(self._file, last + self._sealed.seal_end(total, digest, secrets.token_bytes(NONCE)), at)
        os.ftruncate(self._file, sealed_length(total))
        os.fsync(self._file)

    def _open(self) -> None:
        self.taken = None
        if not self._path.exists():
            self.taken = self._in_store()
            if self.taken:
                return
        kept = Tails.there(self._folder)
        if kept and not self._path.exists():
            raise NotAnItem("cut-short")  # the store had it, and has it no more
        self._tails = Tails(self._folder)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        length = os.fstat(self._file).st_size
        if not kept:
            if length > HEADER:
                raise NotAnItem("cut-short")
            self._begin()
            return
        self._sealed = Sealed.of(os.pread(self._file, HEADER, 0), self.case, self.item, self._case_key)
        self._full, self._tail = self._tails.read(self._sealed)
        if length < HEADER + self._full * SEALED_CHUNK:
            raise NotAnItem("cut-short")
        # Whoever asks now is told how far it is: so it is on the disk, and what was cut off is not, before they are.
        os.ftruncate(self._file, HEADER + self._full * SEALED_CHUNK)
        os.fdatasync(self._file)
        self._tails.write(self._full, self._tail)

    def _begin(self) -> None:
        self._sealed = Sealed.new(
            self.case, self.item, self._case_key, key=secrets.token_bytes(32), nonce=secrets.token_bytes(NONCE)
        )
        os.ftruncate(self._file, 0)
        write_at(self._file, self._sealed.header, 0)
        os.fsync(self._file)
        self._tails.begin(self._sealed)

    def _hash(self) -> bytes:
        """The hash of all that was acknowledged: read again where it did not all come since this was opened."""
        if self._hashed != self.acknowledged:
            digest = hashlib.sha256()
            for number in range(self._full):
                digest.update(self._chunk(number))
            digest.update(self._tail)
            self._digest, self._hashed = digest, self.acknowledged
        return self._digest.digest()

    def _chunk(self, number: int) -> bytes:
        try:
            sealed = os.pread(self._file, SEALED_CHUNK, HEADER + number * SEALED_CHUNK)
        except OSError as fault:
            raise fault_of(fault) from fault
        return self._sealed.open(number, sealed)

    def _in_store(self) -> Taken | None:
        try:
            item = Item(self._store, self.case, self.item, self._case_key)
        except NoSuchItem:
            return None
        return Taken(self.item, item.size, item.sha256)
