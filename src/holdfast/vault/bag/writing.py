"""Writes a bag (RFC 8493, version 1.0) as a stream: payload first, each file hashed as it goes by, then the lists.

Names are held to plain letters, digits and - _ . alone, so that no name of anybody's can lead out of a folder, hide its
ending or be another name on another system; `sha256sum -c` reads the lists as they are.
"""

import hashlib
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import datetime
from types import TracebackType
from typing import NamedTuple

from holdfast.vault.bag.archives import Form
from holdfast.vault.bag.archives import Out
from holdfast.vault.bag.archives import archive
from holdfast.vault.bag.names import is_ours
from holdfast.vault.bag.names import key

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


class BadName(ValueError):
    """A path is none that a bag of ours may hold, or there is such a file already."""


class Written(NamedTuple):
    """A bag that was written whole."""

    manifest_sha256: bytes
    files: int  # of its payload
    size: int  # bytes of its payload


class BagWriter:
    """One bag on its way out. What goes wrong leaves an archive without an end, which nothing reads as a bag.

    Use it with `with`, so that nothing writes that end afterwards.
    """

    def __init__(self, form: Form, out: Out, *, top: str, at: datetime):
        """`top` is the one folder that everything is in."""
        if not is_ours(top):
            raise BadName("a bag's folder has a plain name")
        self._archive, self._top = archive(form, out, at), top
        self._hashes: dict[str, str] = {}
        self._keys: set[str] = set()
        self._tags: dict[str, bytes] = {}
        self._size = 0

    def __enter__(self) -> "BagWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._archive.abandon()

    def add(self, path: str, size: int, pieces: Iterable[bytes], *, expected: bytes | None = None) -> bytes:
        """Adds a file at a path under data/; its SHA-256. ValueError where it is not `expected`, or not `size` long."""
        self._reserve(path)
        digest = hashlib.sha256()
        self._archive.add(f"{self._top}/data/{path}", size, _hashed(pieces, digest.update))
        if expected is not None and digest.digest() != expected:
            raise ValueError("a file is not what its hash says")
        self._hashes[f"data/{path}"] = digest.hexdigest()
        self._size += size
        return digest.digest()

    def end(self, info: Iterable[tuple[str, str]]) -> Written:
        """Writes the lists and ends it. `info` goes into bag-info.txt: labels and values of one line each."""
        said = [*info, ("Payload-Oxum", f"{self._size}.{len(self._hashes)}")]
        lines = "".join(f"{label}: {' '.join(value.split())}\n" for label, value in said)
        manifest = _listed(self._hashes)
        tags = {"bagit.txt": DECLARATION, "bag-info.txt": lines.encode(), "manifest-sha256.txt": manifest}
        for path, content in tags.items():
            self._archive.add(f"{self._top}/{path}", len(content), (content,))
        listed = _listed({path: hashlib.sha256(content).hexdigest() for path, content in tags.items()})
        self._archive.add(f"{self._top}/tagmanifest-sha256.txt", len(listed), (listed,))
        self._archive.end()
        return Written(hashlib.sha256(manifest).digest(), len(self._hashes), self._size)

    def _reserve(self, path: str) -> None:
        if not is_ours(path) or key(path) in self._keys:
            raise BadName("this name may not be in a bag, or is in it already")
        self._keys.add(key(path))


def _hashed(pieces: Iterable[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for piece in pieces:
        update(piece)
        yield piece


def _listed(hashes: dict[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in hashes.items()).encode()
