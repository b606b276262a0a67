"""Tells what kind of container a ZIP or a compound file is by the names in it, without unpacking anything."""

import re
from typing import NamedTuple

_OFFICE = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_MOST_MEMBERS = 20_000
_END, _MEMBER, _LOCAL = b"PK\5\6", b"PK\1\2", b"PK\3\4"
_SIZE_OF_END = 22


class Listed(NamedTuple):
    """What a ZIP says of itself at its end. Nobody checked it."""

    names: tuple[str, ...]
    unpacked: int  # bytes that it claims to be when unpacked
    locked: bool  # whether a member asks for a password
    whole: bool  # whether its list of members was within reach


def kind_of_zip(head: bytes, tail: bytes) -> str:
    """The media type of something that begins like a ZIP: a document, a program, or just an archive."""
    listed = list_zip(tail)
    names = list(listed.names) if listed and listed.names else _local_names(head)
    first = re.match(rb"PK\x03\x04.{26}mimetype(application/[\w.+-]{1,80})", head, re.DOTALL)
    if first and names[:1] == ["mimetype"]:
        media = first[1].partition(b"PK")[0].decode("ascii")
        return media if media.startswith(("application/vnd.oasis.opendocument.", "application/epub+zip")) else _ARCHIVE
    if "AndroidManifest.xml" in names or "classes.dex" in names:
        return "application/vnd.android.package-archive"
    if "[Content_Types].xml" in names:
        if any(name.endswith(("vbaProject.bin", "macrosheets/")) or "/macrosheets/" in name for name in names):
            return "application/vnd.ms-office.macro"
        return next((media for start, media in _OFFICE if any(name.startswith(start) for name in names)), _ARCHIVE)
    if "META-INF/MANIFEST.MF" in names and any(name.endswith(".class") for name in names):
        return "application/java-archive"
    return _ARCHIVE


def list_zip(tail: bytes) -> Listed | None:
    """The list at the end of a ZIP, or None where no end of one is in the last bytes.

    >>> list_zip(b"no archive") is None
    True
    """
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _SIZE_OF_END:
        return None
    size = int.from_bytes(tail[at + 12 : at + 16], "little")
    start, unpacked, locked = at - size, 0, False
    names: list[str] = []
    if size == 0 or start < 0 or tail[start : start + 4] != _MEMBER:
        return Listed((), 0, locked=False, whole=size == 0)
    place = start
    while place + 46 <= at and tail[place : place + 4] == _MEMBER and len(names) < _MOST_MEMBERS:
        name, extra, comment = (int.from_bytes(tail[place + at2 : place + at2 + 2], "little") for at2 in (28, 30, 32))
        names.append(tail[place + 46 : place + 46 + name].decode("utf-8", "replace"))
        unpacked += int.from_bytes(tail[place + 24 : place + 28], "little")
        locked = locked or bool(tail[place + 8] & 1)
        place += 46 + name + extra + comment
    return Listed(tuple(names), unpacked, locked, whole=place >= at)


def ends_like_zip(tail: bytes) -> bool:
    """Whether the last bytes hold the end of a ZIP whose list is where it says: then unpackers take it for one."""
    at = tail.rfind(_END)
    if at < 0 or len(tail) < at + _SIZE_OF_END:
        return False
    comment = int.from_bytes(tail[at + 20 : at + 22], "little")
    listed = list_zip(tail)
    return bool(listed and listed.names) and len(tail) - at - _SIZE_OF_END >= comment


def names_of_compound(content: bytes) -> set[str]:
    """Names of streams and storages in a compound file (MS-CFB): its directory entries, wherever they lie."""
    found = set()
    for match in re.finditer(rb"((?:[\x01-\x7e]\0){3,31})\0\0", content):
        found.add(match[1].decode("utf-16-le").lstrip("\x05\x06\x03\x01"))
    return found


_ARCHIVE = "application/zip"


def _local_names(head: bytes) -> list[str]:
    """Names before each member, where the list at the end was out of reach or cut off."""
    found: list[str] = []
    at = 0
    while len(found) < _MOST_MEMBERS and (at := head.find(_LOCAL, at)) >= 0 and at + 30 <= len(head):
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        found.append(head[at + 30 : at + 30 + length].decode("utf-8", "replace"))
        at += 30
    return found
