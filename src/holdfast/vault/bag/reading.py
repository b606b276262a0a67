"""Reads a bag strictly and tells everything that is found, not only the first thing.

Nothing outside the bag is opened, nothing is fetched, and no list is longer in memory than MOST_IN_A_LIST. A bag is
`valid` where its standard calls it so, and `accepted` where Holdfast relies on it: never the second without the first.
"""

import hashlib
import re
from collections.abc import Iterable
from typing import NamedTuple

from holdfast.vault.bag.found import Found
from holdfast.vault.bag.lists import STRONG
from holdfast.vault.bag.lists import Declared
from holdfast.vault.bag.lists import Listed
from holdfast.vault.bag.lists import read_declaration
from holdfast.vault.bag.lists import read_fetch
from holdfast.vault.bag.lists import read_info
from holdfast.vault.bag.lists import read_list
from holdfast.vault.bag.names import collisions
from holdfast.vault.bag.names import odd
from holdfast.vault.bag.trees import Tree

MOST_IN_A_LIST = 64 << 20
_MANIFEST = re.compile(r"manifest-[^/]+\.txt")
_TAG_MANIFEST = re.compile(r"tagmanifest-[^/]+\.txt")
_LEFT = (".DS_Store", "Thumbs.db", "desktop.ini")


class Read(NamedTuple):
    """A bag that was read."""

    version: str  # '' where bagit.txt could not be read
    info: tuple[tuple[str, str], ...]
    files: int  # of data
    size: int  # bytes of data
    found: tuple[Found, ...]

    @property
    def valid(self) -> bool:
        """Whether its own standard calls it valid."""
        return not any(one.grade == "invalid" for one in self.found)

    @property
    def accepted(self) -> bool:
        """Whether Holdfast relies on it."""
        return not any(one.grade in ("invalid", "refused") for one in self.found)


def read_bag(tree: Tree) -> Read:
    """Everything in a bag, each file hashed once."""
    found = list(tree.found)
    payload = {path: size for path, size in tree.files.items() if path.startswith("data/")}
    declared, faults = (
        read_declaration(_small(tree, "bagit.txt", found))
        if "bagit.txt" in tree.files
        else (None, [Found("no-declaration")])
    )
    found += faults
    if declared is None:
        return Read("", (), len(payload), sum(payload.values()), _once(found))
    if "data" not in tree.folders and not payload:
        found.append(Found("no-payload"))
    lists = _lists(tree, declared, found, payload=True)
    tags = _lists(tree, declared, found, payload=False)
    if not lists:
        found.append(Found("no-manifest"))
    listed = {path for one in lists for path in one.hashes}
    found += _complete(payload, lists, declared)
    found += _fetched(tree, declared, listed)
    info: tuple[tuple[str, str], ...] = ()
    if "bag-info.txt" in tree.files:
        info, faults = read_info(_small(tree, "bag-info.txt", found), declared)
        found += faults + _oxum(info, payload)
    found += _tags(tree, tags)
    found += _names({*tree.files, *listed}, payload)
    found += _hashes(tree, [*lists, *tags])
    return Read(declared.version, info, len(payload), sum(payload.values()), _once(found))


def _once(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(dict.fromkeys(found))


def _small(tree: Tree, path: str, found: list[Found]) -> bytes:
    """A tag file whole; b'' and a finding where it is longer than is ever read, or cannot be."""
    content = bytearray()
    try:
        for piece in tree.pieces(path):
            content += piece
            if len(content) > MOST_IN_A_LIST:
                found.append(Found("too-large", path))
                return b""
    except (OSError, ValueError):
        found.append(Found("hash", path))
        return b""
    return bytes(content)


def _lists(tree: Tree, declared: Declared, found: list[Found], *, payload: bool) -> list[Listed]:
    form = _MANIFEST if payload else _TAG_MANIFEST
    lists = []
    for name in sorted(path for path in tree.files if form.fullmatch(path)):
        one, faults = read_list(_small(tree, name, found), name, declared, payload=payload)
        found += faults
        if one.algorithm:
            lists.append(one)
    return lists


def _complete(payload: dict[str, int], lists: list[Listed], declared: Declared) -> list[Found]:
    """Every file of data is listed (from 1.0 on in each list), and by one algorithm that cannot be forged."""
    everywhere = [set(one.hashes) for one in lists]
    listed = set().union(*everywhere)
    needed = set.intersection(*everywhere) if declared.first and everywhere else listed
    strong = {path for one in lists if one.algorithm in STRONG for path in one.hashes}
    found = [Found("payload-missing", path) for path in sorted(listed - set(payload))]
    found += [Found("payload-extra", path) for path in sorted(set(payload) - needed)]
    return found + ([Found("weak-algorithm")] if set(payload) & listed - strong else [])


def _fetched(tree: Tree, declared: Declared, listed: set[str]) -> list[Found]:
    if "fetch.txt" not in tree.files:
        return []
    found: list[Found] = []
    paths, faults = read_fetch(_small(tree, "fetch.txt", found), declared)
    return [*found, *faults, *(Found("payload-extra", path) for path in sorted(paths - listed))]


def _oxum(info: tuple[tuple[str, str], ...], payload: dict[str, int]) -> list[Found]:
    told = [value for label, value in info if label.lower() == "payload-oxum"]
    if any(not re.fullmatch(r"\d+\.\d+", value) for value in told):
        return [Found("info", "bag-info.txt")]
    here = f"{sum(payload.values())}.{len(payload)}"
    return [Found("oxum", "bag-info.txt")] if any(value != here for value in told) else []


def _tags(tree: Tree, tags: list[Listed]) -> list[Found]:
    listed = {path for one in tags for path in one.hashes}
    strong = {path for one in tags if one.algorithm in STRONG for path in one.hashes}
    found = [Found("tag-missing", path) for path in sorted(listed - set(tree.files))]
    if not tags:
        return [*found, Found("no-tag-manifest")]
    beside = {path for path in tree.files if not path.startswith("data/") and not _TAG_MANIFEST.fullmatch(path)}
    found += [Found("tag-unlisted", path) for path in sorted(beside - listed)]
    return found + ([Found("weak-algorithm")] if listed - strong else [])


def _names(paths: set[str], payload: dict[str, int]) -> list[Found]:
    found = [Found("collides", path) for path in collisions(paths)]
    found += [Found("odd-name", path) for path in sorted(paths) if odd(path)]
    return found + [Found("system-file", path) for path in sorted(payload) if path.rpartition("/")[2] in _LEFT]


def _hashes(tree: Tree, lists: list[Listed]) -> list[Found]:
    """Each listed file that is there, read once for all its hashes."""
    wanted: dict[str, list[tuple[str, str]]] = {}
    for one in lists:
        for path, digest in one.hashes.items():
            if path in tree.files:
                wanted.setdefault(path, []).append((one.algorithm, digest))
    found = []
    for path, hashes in sorted(wanted.items()):
        at_work = {algorithm: hashlib.new(algorithm, usedforsecurity=False) for algorithm, _ in hashes}
        try:
            for piece in tree.pieces(path):
                for each in at_work.values():
                    each.update(piece)
        except (OSError, ValueError):
            found.append(Found("hash", path))
            continue
        if any(at_work[algorithm].hexdigest() != digest for algorithm, digest in hashes):
            found.append(Found("hash", path))
    return found
