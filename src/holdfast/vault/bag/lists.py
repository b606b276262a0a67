"""The text files of a bag, each read by its own small grammar: bagit.txt, the lists of hashes, fetch.txt, bag-info.txt.

Lines end at LF, CR or both and nowhere else: Python's own idea of a line would split a name at signs that may be in it.
"""

import codecs
import hashlib
import re
from typing import NamedTuple

from holdfast.vault.bag.found import Found
from holdfast.vault.bag.names import decoded
from holdfast.vault.bag.names import leaves
from holdfast.vault.bag.names import odd

STRONG = ("sha224", "sha256", "sha384", "sha512")
WEAK = ("md5", "sha1")
VERSIONS = ("0.93", "0.94", "0.95", "0.96", "0.97", "1.0")
_ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16", "iso-8859-1": "latin-1", "us-ascii": "ascii"}
_LINES = re.compile(r"\r\n|\n|\r")
_LISTED = re.compile(r"([0-9A-Fa-f]+)[ \t]+(\*?)(.+)", re.DOTALL)
_FETCHED = re.compile(r"(\S+)[ \t]+(\d+|-)[ \t]+(.+)", re.DOTALL)


class Declared(NamedTuple):
    """What bagit.txt says."""

    version: str
    encoding: str  # a codec of Python's

    @property
    def first(self) -> bool:
        """Whether it is of RFC 8493 itself, not of one of the drafts before it."""
        return self.version == "1.0"


class Listed(NamedTuple):
    """One list of hashes: a hash for each path."""

    algorithm: str
    hashes: dict[str, str]


def read_declaration(content: bytes) -> tuple[Declared | None, list[Found]]:
    """bagit.txt: two lines in UTF-8 without a mark of its order, and nothing else."""
    if content.startswith(codecs.BOM_UTF8):
        return None, [Found("declaration", "bagit.txt")]
    try:
        lines = [line for line in _LINES.split(content.decode("utf-8")) if line]
    except UnicodeDecodeError:
        return None, [Found("encoding", "bagit.txt")]
    version = re.fullmatch(r"BagIt-Version:(\s*)(\d+\.\d+)(\s*)", lines[0]) if lines else None
    encoding = re.fullmatch(r"Tag-File-Character-Encoding:(\s*)(\S+)(\s*)", lines[1]) if len(lines) == 2 else None
    if version is None or encoding is None:
        return None, [Found("declaration", "bagit.txt")]
    if version[2] not in VERSIONS:
        return None, [Found("version", "bagit.txt")]
    strict = version[2] == "1.0"
    if strict and any((match[1], match[3]) != (" ", "") for match in (version, encoding)):
        return None, [Found("declaration", "bagit.txt")]
    codec = _ENCODINGS.get(encoding[2].lower())
    if codec is None:
        return None, [Found("encoding", "bagit.txt")]
    return Declared(version[2], codec), []


def algorithm_of(name: str) -> str:
    """The algorithm that the name of a list says, '' where it is not one of ours: 'manifest-sha256.txt' is sha256."""
    said = name.removesuffix(".txt").rpartition("-")[2].lower()
    return said if said in STRONG or said in WEAK else ""


def read_list(content: bytes, name: str, declared: Declared, *, payload: bool) -> tuple[Listed, list[Found]]:
    """A list of hashes. Of the payload every path is under data/, of the tag files none is."""
    algorithm = algorithm_of(name)
    hashes: dict[str, str] = {}
    if not algorithm:
        return Listed("", hashes), [Found("algorithm", name)]
    text, found = _text(content, name, declared)
    for line in filter(None, _LINES.split(text)):
        match = _LISTED.fullmatch(line)
        if match is None:
            found.append(Found("line", name))
        elif len(match[1]) != hashlib.new(algorithm, usedforsecurity=False).digest_size * 2:
            found.append(Found("algorithm", name))
        else:
            found += [Found("asterisk", name)] if match[2] else []
            path, faults = _path(match[3], declared, payload=payload)
            found += faults
            if path is not None:
                found += _put(hashes, path, match[1].lower(), declared)
    return Listed(algorithm, hashes), found


def read_fetch(content: bytes, declared: Declared) -> tuple[set[str], list[Found]]:
    """The paths that fetch.txt names. That there is one at all is refused; nothing of it is ever asked for."""
    paths: set[str] = set()
    text, found = _text(content, "fetch.txt", declared)
    found.append(Found("fetch", "fetch.txt"))
    for line in filter(None, _LINES.split(text)):
        match = _FETCHED.fullmatch(line)
        if match is None:
            found.append(Found("line", "fetch.txt"))
            continue
        path, faults = _path(match[3], declared, payload=True)
        found += faults
        if path is not None:
            paths.add(path)
    return paths, found


def read_info(content: bytes, declared: Declared) -> tuple[tuple[tuple[str, str], ...], list[Found]]:
    """bag-info.txt: labels with their values, in order; a line that begins with a space goes on with the last."""
    read: list[tuple[str, str]] = []
    text, found = _text(content, "bag-info.txt", declared)
    for line in filter(None, _LINES.split(text)):
        label, colon, value = line.partition(":")
        if line[0] in " \t" and read:
            read[-1] = (read[-1][0], f"{read[-1][1]} {line.strip()}")
        elif not colon or not label.strip():
            found.append(Found("info", "bag-info.txt"))
        else:
            read.append((label.strip(), value.strip()))
    return tuple(read), found


def _text(content: bytes, name: str, declared: Declared) -> tuple[str, list[Found]]:
    try:
        text = content.decode(declared.encoding)
    except UnicodeError:
        return "", [Found("encoding", name)]
    return (text, []) if not text.startswith("\ufeff") else (text[1:], [Found("encoding", name)])


def _path(said: str, declared: Declared, *, payload: bool) -> tuple[str | None, list[Found]]:
    """A path as it is on the disk, or None where it may not be looked at."""
    found: list[Found] = []
    path: str | None = said
    if said.startswith("./"):
        found.append(Found("dot-slash", said))
        path = said[2:]
    if declared.first:  # the drafts encoded nothing
        path = decoded(path or "")
    if path is None:
        return None, [*found, Found("percent", said)]
    if leaves(path) or path.startswith("data/") != payload or path == "data":
        return None, [*found, Found("path-leaves", said)]
    if odd(path):
        found.append(Found("odd-name", path))
    return path, found


def _put(hashes: dict[str, str], path: str, digest: str, declared: Declared) -> list[Found]:
    if path not in hashes:
        hashes[path] = digest
        return []
    if hashes[path] != digest:
        return [Found("listed-differently", path)]
    return [Found("listed-twice" if declared.first else "twice-alike", path)]
