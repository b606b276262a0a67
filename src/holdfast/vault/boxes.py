"""Reads the boxes of MP4, MOV, 3GP, M4A and HEIC (ISO/IEC 14496-12): what they say beside pictures and sound.

- It reads at a place and passes over the pictures: a film of 50 GB costs a few small reads.
- Bounded: so many boxes, so deep, so many bytes of each. What makes no sense ends the reading there.
- Times are seconds since 1904, which the standard has in UTC; some cameras write their local time there.
"""

import re
from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple

MOST_BOXES, MOST_DEPTH, MOST_READ, MOST_LETTERS = 20_000, 10, 1 << 20, 1_000
Read = Callable[[int, int], bytes]  # so many bytes from a place
Value = tuple[str, str]

_FULL = {"meta"}  # boxes that hold others, after four bytes of version and flags
_HOLD = {"moov", "trak", "mdia", "minf", "udta", "meta", "moof", "traf", "mvex", "edts", "dinf", "stbl", "ilst"}
_SINCE = datetime(1904, 1, 1, tzinfo=UTC)
_WORDS = {
    "\xa9xyz": "GPS position", "\xa9day": "Created", "\xa9mak": "Make", "\xa9mod": "Model", "\xa9swr": "Software",
    "\xa9too": "Encoder", "\xa9nam": "Title", "\xa9ART": "Artist", "\xa9cmt": "Comment", "\xa9des": "Description",
    "\xa9alb": "Album", "\xa9aut": "Author", "\xa9gen": "Genre", "\xa9enc": "Encoded by", "\xa9fmt": "Format",
    "titl": "Title", "dscp": "Description", "auth": "Author", "cprt": "Copyright", "perf": "Performer",
    "desc": "Description",
}  # fmt: skip


class Box(NamedTuple):
    """One box: its kind, the kinds of those it is in, where its content begins and where it ends."""

    kind: str
    path: tuple[str, ...]
    start: int  # of its content, after its header
    end: int
    header: int  # where it begins


def boxes(read: Read, start: int, end: int) -> Iterator[Box]:
    """Every box from one place to another, those inside after what holds them. Never raises of what it reads."""
    left = [MOST_BOXES]
    yield from _boxes(read, start, end, (), left)


def _boxes(read: Read, at: int, end: int, path: tuple[str, ...], left: list[int]) -> Iterator[Box]:
    while at + 8 <= end and left[0] > 0:
        left[0] -= 1
        head = read(at, 16)
        if len(head) < 8:
            return
        size, kind, start = int.from_bytes(head[:4], "big"), head[4:8].decode("latin-1"), at + 8
        if size == 1 and len(head) == 16:
            size, start = int.from_bytes(head[8:], "big"), at + 16
        last = end if size == 0 else at + size
        if last < start or last > end:
            yield Box("cut short", path, start, end, at)
            return
        yield Box(kind, path, start, last, at)
        if kind in _HOLD and len(path) < MOST_DEPTH:
            # QuickTime's own `meta` holds boxes at once; the standard's has four bytes before them.
            inside = start + 4 if kind in _FULL and read(start + 4, 4) != b"hdlr" else start
            yield from _boxes(read, inside, last, (*path, kind), left)
        at = last


def film_values(read: Read, size: int) -> tuple[list[Value], list[str]]:
    """What a film or recording says of itself, and what holds its tracks ('vide', 'soun', 'meta', ...)."""
    found: list[Value] = []
    tracks: list[str] = []
    keys: list[str] = []
    for box in boxes(read, 0, size):
        content = read(box.start, min(box.end - box.start, MOST_READ)) if box.kind in _READ or _worded(box) else b""
        if box.kind == "hdlr" and "mdia" in box.path:
            tracks.append(content[8:12].decode("latin-1"))
        elif box.kind == "keys":
            keys = _keys(content)
        elif box.path[-1:] == ("ilst",):
            found += _listed(read, box, keys)
        else:
            found += _said(box, content)
        if len(found) > 300:
            break
    return list(dict.fromkeys(found)), tracks


def _said(box: Box, content: bytes) -> list[Value]:
    if box.kind in _TIMES:
        return [(f"{_TIMES[box.kind]}: made", when) for when in _made(content)]
    if _worded(box):
        return [(_WORDS[box.kind], text) for text in _international(content, box.kind) if text]
    if box.kind == "loci":
        return _located(content)
    if box.kind in ("uuid", "XMP_") and (at := content.find(b"<x:xmpmeta")) >= 0:
        return [("XMP", content[at : at + 60_000].decode("utf-8", "replace"))]
    return [("not read", "a part that breaks off")] if box.kind == "cut short" else []


_TIMES = {"mvhd": "Film", "tkhd": "Track", "mdhd": "Track"}
_READ = {"hdlr", "mvhd", "tkhd", "mdhd", "keys", "loci", "uuid", "XMP_"}


def _worded(box: Box) -> bool:
    return box.kind in _WORDS and box.path[-1:] == ("udta",)


def _made(content: bytes) -> list[str]:
    if len(content) < 12:
        return []
    seconds = int.from_bytes(content[4:12], "big") if content[0] == 1 else int.from_bytes(content[4:8], "big")
    if not 0 < seconds < 1 << 33:
        return []
    return [(_SINCE + timedelta(seconds=seconds)).isoformat()]


def _international(content: bytes, kind: str) -> list[str]:
    """QuickTime's text (length, language, letters) or 3GP's (flags, language, letters to the end)."""
    if kind.startswith("\xa9"):
        length = int.from_bytes(content[:2], "big")
        return [_text(content[4 : 4 + length])]
    return [_text(content[6:])]


def _keys(content: bytes) -> list[str]:
    found: list[str] = []
    at = 8
    while at + 8 <= len(content) and len(found) < 500:
        size = int.from_bytes(content[at : at + 4], "big")
        if size < 8:
            break
        found.append(_text(content[at + 8 : at + size]).removeprefix("com.apple.quicktime."))
        at += size
    return found


def _listed(read: Read, box: Box, keys: list[str]) -> list[Value]:
    """One item of Apple's list: its name is a number in `keys`, or a kind of its own."""
    content = read(box.start, min(box.end - box.start, 1 << 16))
    if content[4:8] != b"data":
        return []
    number = int.from_bytes(box.kind.encode("latin-1"), "big")
    name = keys[number - 1] if 0 < number <= len(keys) else _WORDS.get(box.kind, box.kind)
    size = int.from_bytes(content[:4], "big")
    kind, value = int.from_bytes(content[8:12], "big"), content[16:size]
    if kind in (1, 2):
        return [(name, _text(value))]
    return [(name, str(int.from_bytes(value, "big", signed=True)))] if kind in (21, 22) and len(value) <= 8 else []


def _located(content: bytes) -> list[Value]:
    """3GP's position (TS 26.244, 8.10): name, role, then three numbers of 16.16 bits."""
    after = content.find(b"\0", 6) + 2
    if after < 8 or after + 12 > len(content):
        return []
    east, north, _ = (
        int.from_bytes(content[after + at : after + at + 4], "big", signed=True) / 65536 for at in (0, 4, 8)
    )
    return [("GPS position", f"{north:+.5f}{east:+.5f}/")]


def position(text: str) -> str:
    """'+51.5000-000.1200+012/' (ISO 6709) as '51.50000, -0.12000'; '' where it is no position.

    >>> position("+51.5000-000.1200+012.1/")
    '51.50000, -0.12000, height 12 m'
    """
    found = re.fullmatch(
        r"([+-]\d{1,2}(?:\.\d{1,9})?)([+-]\d{1,3}(?:\.\d{1,9})?)([+-]\d{1,6}(?:\.\d{1,9})?)?(?:CRS.{1,40})?/?", text
    )
    if not found or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        return ""
    return f"{float(found[1]):.5f}, {float(found[2]):.5f}" + (f", height {float(found[3]):.0f} m" if found[3] else "")


def _text(value: bytes) -> str:
    text = value[: 4 * MOST_LETTERS].decode("utf-8", "replace")
    return "".join(letter for letter in text if letter >= " ").strip()[:MOST_LETTERS]
