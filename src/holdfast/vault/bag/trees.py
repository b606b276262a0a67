"""What a bag is read from: a folder, a ZIP or a TAR. Nothing is unpacked, no link is followed, nothing runs.

Each gives its files by their path in the bag and their content piece by piece, and tells what stands against it:
links, names that lead out, names that stand twice. An archive has to hold one folder and nothing else (RFC 8493, 4.2).
"""

import os
import stat
import tarfile
import zipfile
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from typing import Protocol

from holdfast.vault.bag.found import Found
from holdfast.vault.bag.names import leaves

PIECE = 1 << 20
MOST_FILES = 1_000_000


class Tree(Protocol):
    """Where a bag lies."""

    files: dict[str, int]  # each path in the bag, with its size
    folders: set[str]
    found: list[Found]

    def pieces(self, path: str) -> Iterator[bytes]:
        """The content of one file, piece by piece; OSError or ValueError where it cannot be read."""


class NotABag(ValueError):
    """This is neither a folder nor an archive that can be read."""

    def __init__(self) -> None:
        super().__init__(
            "This is neither a folder nor a ZIP or TAR file that can be read, so nothing in it was checked. If it "
            "ends in .age, open it with your key first; if not, ask for it again."
        )


@contextmanager
def open_tree(path: Path) -> Iterator[Tree]:
    """The folder, ZIP or TAR at a path, open as long as it is read, or NotABag."""
    if path.is_dir():
        yield FolderTree(path)
        return
    try:
        file = path.open("rb")
    except OSError as fault:
        raise NotABag from fault
    with file:
        yield tree_of(file)


def tree_of(file: BinaryIO) -> Tree:
    """The ZIP or TAR that a file holds, or NotABag. It has to be one that can be read at any place."""
    first = file.read(4)
    file.seek(0)
    try:
        return ZipTree(file) if first[:2] == b"PK" else TarTree(file)
    except (zipfile.BadZipFile, tarfile.TarError, ValueError, OSError, NotImplementedError, EOFError) as fault:
        raise NotABag from fault


class FolderTree:
    """A folder of this machine."""

    def __init__(self, folder: Path):
        self._folder = folder
        self.files: dict[str, int] = {}
        self.folders: set[str] = set()
        self.found: list[Found] = []
        self._walk(folder, "")

    def _walk(self, folder: Path, before: str) -> None:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda one: one.name):
                path = before + entry.name
                if len(self.files) >= MOST_FILES:
                    self.found.append(Found("too-large"))
                    return
                if entry.is_dir(follow_symlinks=False):
                    self.folders.add(path)
                    self._walk(Path(entry.path), path + "/")
                elif entry.is_file(follow_symlinks=False):
                    self.files[path] = entry.stat(follow_symlinks=False).st_size
                else:
                    self.found.append(Found("not-a-file", path))

    def pieces(self, path: str) -> Iterator[bytes]:
        """From the disk."""
        handle = os.open(self._folder / path, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb", buffering=0) as file:
            while piece := file.read(PIECE):
                yield piece


class ZipTree:
    """A ZIP, stored or deflated."""

    def __init__(self, file: BinaryIO):
        self._zip = zipfile.ZipFile(file)
        self._told: dict[str, zipfile.ZipInfo] = {}
        listed = []
        for one in self._zip.infolist():
            mode = one.external_attr >> 16
            other = bool(mode and stat.S_IFMT(mode) and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)))
            encrypted = bool(one.flag_bits & 1) or one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
            name = one.orig_filename  # whole: `filename` ends at a NUL, and `is_dir` fails where that leaves nothing
            listed.append((name, name.endswith("/"), other or encrypted, one.file_size, one))
        self.files, self.folders, self.found = _within_one(
            ((name, folder, other, size) for name, folder, other, size, _ in listed)
        )
        for name, _, _, _, one in listed:
            self._told.setdefault(name.partition("/")[2], one)

    def pieces(self, path: str) -> Iterator[bytes]:
        """As they come out of the ZIP."""
        try:
            with self._zip.open(self._told[path]) as file:
                while piece := file.read(PIECE):
                    yield piece
        except (zipfile.BadZipFile, EOFError, RuntimeError, NotImplementedError) as fault:
            raise OSError("the archive is damaged") from fault


class TarTree:
    """A TAR that is not compressed."""

    def __init__(self, file: BinaryIO):
        self._tar = tarfile.TarFile(fileobj=file)
        self._told: dict[str, tarfile.TarInfo] = {}
        members = []
        for one in self._tar:
            members.append(one)
            if len(members) > MOST_FILES:
                break
        self.files, self.folders, self.found = _within_one(
            (one.name, one.isdir(), not (one.isreg() or one.isdir()), one.size) for one in members
        )
        for one in members:
            self._told.setdefault(one.name.partition("/")[2], one)

    def pieces(self, path: str) -> Iterator[bytes]:
        """As they come out of the TAR."""
        file = self._tar.extractfile(self._told[path])
        if file is None:
            raise OSError("the archive is damaged")
        while piece := file.read(PIECE):
            yield piece


def _within_one(
    listed: Iterable[tuple[str, bool, bool, int]],
) -> tuple[dict[str, int], set[str], list[Found]]:
    """Files and folders under the one folder of an archive, and what stands against it."""
    files: dict[str, int] = {}
    folders: set[str] = set()
    found: list[Found] = []
    tops: set[str] = set()
    seen: set[str] = set()
    for name, folder, other, size in listed:
        whole = name.rstrip("/") if folder else name
        if len(files) + len(folders) >= MOST_FILES:
            found.append(Found("too-large"))
            break
        if leaves(whole) or "\\" in whole or "\x00" in whole:
            found.append(Found("path-leaves", whole))
            continue
        top, _, path = whole.partition("/")
        tops.add(top)
        if other:
            found.append(Found("not-a-file", path))
        elif path in seen:
            found.append(Found("twice-in-archive", path))
        elif folder:
            folders.add(path)
            seen.add(path)
        elif not path:
            found.append(Found("not-one-folder", whole))
        else:
            files[path] = size
            seen.add(path)
            parts = path.split("/")
            folders.update("/".join(parts[:count]) for count in range(1, len(parts)))
    if len(tops) > 1:
        found.append(Found("not-one-folder"))
    return files, folders, found
