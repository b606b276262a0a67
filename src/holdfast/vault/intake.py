"""What comes in part by part, over a line that may break: every part that was acknowledged is on the disk, sealed.

- Parts come in order and say where they begin. One that begins elsewhere is answered with how far this one is, so that
  a giver goes on from there; a part that came twice harms nothing. Two givers of one intake cannot mix.
- Full chunks are sealed at once. What has come of the next one is the tail: sealed too, by a key and a nonce of its
  own each time, and exchanged for the next by a rename. Nothing is ever in clear on the disk, and no nonce twice.
- Where a process was killed while it wrote, what is over is thrown away: it was not acknowledged. What was sealed in
  that chunk might be sealed again with other content, so everything is sealed anew by a fresh key first.
- `finish` adds the end and hands it to the store. It can be asked again until the record has it and `done` is called.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import struct
from pathlib import Path
from types import TracebackType
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from holdfast.vault.reading import Item
from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import HEADER
from holdfast.vault.sealed import SEALED_CHUNK
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.sealed import Sealed
from holdfast.vault.sealed import sealed_length
from holdfast.vault.store import NoSuchItem
from holdfast.vault.store import Store
from holdfast.vault.store import sync_folder
from holdfast.vault.taking import Taken

MOST_IN_A_PART = 8 << 20
_CHUNKS = struct.Struct(">Q")


class BeginsElsewhere(Exception):
    """A part does not begin where the intake is. `acknowledged` is how many bytes it has."""

    def __init__(self, acknowledged: int):
        self.acknowledged = acknowledged
        super().__init__(f"This does not begin where the last part ended. Go on from byte {acknowledged}.")


class Busy(Exception):
    """Another request is writing to this intake now."""


class NotAsAnnounced(Exception):
    """What came is not what the giver said it would be; `acknowledged` bytes of it are kept."""


def how_far(folder: Path, item: UUID) -> int:
    """How many bytes of an item are acknowledged, without opening or locking it: for a list. 0 where there is none."""
    try:
        with (folder / str(item) / "tail").open("rb") as tail:
            (full,) = _CHUNKS.unpack(tail.read(_CHUNKS.size))
            return int(full * CHUNK + max(0, os.fstat(tail.fileno()).st_size - _CHUNKS.size - 12 - 16))
    except (OSError, struct.error):
        return 0


class Intake:
    """One item on its way in. Open it for one request or for long, but in one place at a time (Busy)."""

    _sealed: Sealed
    _file: int
    _full: int
    _tail: bytes
    taken: Taken | None  # once the store has it

    def __init__(self, folder: Path, store: Store, *, case: UUID, item: UUID, case_key: bytes):
        self._folder, self._store = folder / str(item), store
        self.case, self.item, self._case_key = case, item, case_key
        self._path, self._tail_path = self._folder / "sealed", self._folder / "tail"
        if not self._folder.exists():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(folder)
        self._lock = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            os.close(self._lock)
            raise Busy from fault
        try:
            self._open()
        except BaseException:
            os.close(self._lock)
            raise

    def __enter__(self) -> "Intake":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of it; what was acknowledged stays."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1

    @property
    def acknowledged(self) -> int:
        """How many bytes of the content are on the disk."""
        return self._full * CHUNK + len(self._tail)

    def add(self, at: int, content: bytes) -> int:
        """Adds a part that begins at byte `at`; how many bytes are acknowledged now. BeginsElsewhere, OSError.

        A part of which the beginning is there already adds the rest of it.
        """
        if len(content) > MOST_IN_A_PART:
            raise ValueError(f"a part has at most {MOST_IN_A_PART} bytes")
        if self.taken or at > self.acknowledged:
            raise BeginsElsewhere(self.acknowledged)
        new = content[self.acknowledged - at :]
        if not new:
            return self.acknowledged
        whole = self._tail + new
        full = len(whole) // CHUNK
        try:
            if full:
                sealed = b"".join(
                    self._sealed.seal(self._full + number, whole[number * CHUNK : (number + 1) * CHUNK])
                    for number in range(full)
                )
                _write_at(self._file, sealed, HEADER + self._full * SEALED_CHUNK)
                os.fdatasync(self._file)
            self._write_tail(self._full + full, whole[full * CHUNK :])
        except OSError:
            self._reopen()  # what is over is thrown away, and the fault told
            raise
        self._digest.update(new)
        self._full, self._tail = self._full + full, whole[full * CHUNK :]
        return self.acknowledged

    def read(self, at: int, count: int) -> bytes:
        """What was acknowledged, from a place: for whoever watches while it comes in."""
        found, until = b"", min(at + count, self.acknowledged)
        while at < until:
            number, start = divmod(at, CHUNK)
            piece = (self._tail if number == self._full else self._chunk(number))[start : start + until - at]
            found, at = found + piece, at + len(piece)
        return found

    def finish(self, *, size: int | None = None, sha256: bytes | None = None) -> Taken:
        """Ends it and hands it to the store; the same again where that was done. NotAsAnnounced, StoreFault, OSError.

        `size` and `sha256` are what the giver said it would be, where they did.
        """
        if self.taken is None:
            digest = self._digest.digest()
            if (size is not None and size != self.acknowledged) or (sha256 is not None and sha256 != digest):
                raise NotAsAnnounced
            total = self.acknowledged
            at = HEADER + self._full * SEALED_CHUNK
            if self._tail:
                last = self._sealed.seal(self._full, self._tail)
                _write_at(self._file, last, at)
                at += len(last)
            _write_at(self._file, self._sealed.seal_end(total, digest), at)
            os.ftruncate(self._file, sealed_length(total))
            os.fsync(self._file)
            self._store.put(self.item, self._path)
            self.taken = Taken(self.item, total, digest)
        return self.taken

    def done(self) -> None:
        """Forgets the intake: the record has the item, or nobody wants it any more."""
        self.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        sync_folder(self._folder.parent)

    def _open(self) -> None:
        self._file, self.taken = -1, self._in_store()
        self._full, self._tail, self._digest = 0, b"", hashlib.sha256()
        if self.taken:
            return
        if not self._path.exists() or self._path.stat().st_size < HEADER or not self._tail_path.exists():
            self._begin()
            return
        self._file = os.open(self._path, os.O_RDWR)
        self._sealed = Sealed.of(os.pread(self._file, HEADER, 0), self.case, self.item, self._case_key)
        self._full, self._tail = self._read_tail()
        kept = HEADER + self._full * SEALED_CHUNK
        length = os.fstat(self._file).st_size
        if length < kept:
            raise NotAnItem("cut-short")
        if length > kept:
            self._seal_anew()
        else:
            self._hash()

    def _begin(self) -> None:
        self._sealed = self._fresh()
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        _write_at(self._file, self._sealed.header, 0)
        os.fsync(self._file)
        self._write_tail(0, b"")

    def _reopen(self) -> None:
        os.close(self._file)
        self._open()

    def _hash(self) -> None:
        self._digest = hashlib.sha256()
        for number in range(self._full):
            self._digest.update(self._chunk(number))
        self._digest.update(self._tail)

    def _seal_anew(self) -> None:
        """Copies what was acknowledged into a file with a fresh key: a chunk that broke off may have been seen."""
        fresh, path = self._fresh(), self._folder / "anew"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._digest = hashlib.sha256()
        try:
            _write_at(handle, fresh.header, 0)
            for number in range(self._full):
                content = self._chunk(number)
                self._digest.update(content)
                _write_at(handle, fresh.seal(number, content), HEADER + number * SEALED_CHUNK)
            os.fsync(handle)
        except BaseException:
            os.close(handle)
            raise
        self._digest.update(self._tail)
        before, self._sealed = self._file, fresh
        # Both are exchanged together: a tail that the other file's key does not open is looked for under the new one.
        self._write_tail(self._full, self._tail, "tail-anew")
        path.replace(self._path)
        (self._folder / "tail-anew").replace(self._tail_path)
        sync_folder(self._folder)
        os.close(before)
        self._file = handle

    def _fresh(self) -> Sealed:
        return Sealed.new(
            self.case, self.item, self._case_key, key=secrets.token_bytes(32), nonce=secrets.token_bytes(12)
        )

    def _chunk(self, number: int) -> bytes:
        sealed = os.pread(self._file, SEALED_CHUNK, HEADER + number * SEALED_CHUNK)
        return self._sealed.open(number, sealed)

    def _write_tail(self, full: int, tail: bytes, name: str = "tail") -> None:
        """The tail, with how many full chunks are before it: what says how far the intake is."""
        nonce, before = secrets.token_bytes(12), _CHUNKS.pack(full)
        new = self._folder / "tail-new"
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            _write_at(handle, before + nonce + AESGCM(self._sealed.tail_key()).encrypt(nonce, tail, before), 0)
            os.fdatasync(handle)
        finally:
            os.close(handle)
        new.replace(self._folder / name)
        sync_folder(self._folder)

    def _read_tail(self) -> tuple[int, bytes]:
        for path in (self._tail_path, self._folder / "tail-anew"):
            try:
                kept = path.read_bytes()
                before, nonce, sealed = kept[: _CHUNKS.size], kept[_CHUNKS.size :][:12], kept[_CHUNKS.size + 12 :]
                full: int = _CHUNKS.unpack(before)[0]
                return full, AESGCM(self._sealed.tail_key()).decrypt(nonce, sealed, before)
            except (FileNotFoundError, InvalidTag, struct.error, ValueError):
                continue
        raise NotAnItem("altered")

    def _in_store(self) -> Taken | None:
        try:
            item = Item(self._store, self.case, self.item, self._case_key)
        except NoSuchItem:
            return None
        return Taken(self.item, item.size, item.sha256)


def _write_at(handle: int, content: bytes, at: int) -> None:
    view = memoryview(content)
    while view:
        count = os.pwrite(handle, view, at)
        view, at = view[count:], at + count
