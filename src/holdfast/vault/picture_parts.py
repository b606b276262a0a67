"""Where the parts of a JPEG, PNG, GIF or WebP lie, without decoding a pixel.

A `Part` is a piece of the file: its name, where it begins and where it ends. What follows the last is no part of the
picture. `CutShort` is raised where the structure breaks off.
"""

from collections.abc import Iterator
from typing import NamedTuple

MOST_PARTS = 200_000


class CutShort(Exception):
    """The structure breaks off or makes no sense."""


class Part(NamedTuple):
    """One piece: from byte `start` up to `end`, not included. `name` is what the format calls it."""

    name: str
    start: int
    end: int


def jpeg_parts(content: bytes) -> Iterator[Part]:
    """Marker segments (ITU-T T.81 annex B); the entropy-coded data is part of the scan before it ('SOS')."""
    if not content.startswith(b"\xff\xd8"):
        raise CutShort
    at = 2
    yield Part("SOI", 0, 2)
    for _ in range(MOST_PARTS):
        start = at
        while at + 1 < len(content) and content[at] == 0xFF and content[at + 1] == 0xFF:
            at += 1  # fill bytes
        if at + 2 > len(content) or content[at] != 0xFF:
            raise CutShort
        marker = content[at + 1]
        at += 2
        if marker == 0xD9:
            yield Part("EOI", start, at)
            return
        if marker == 0x01 or 0xD0 <= marker <= 0xD7:
            yield Part("RST", start, at)
            continue
        length = int.from_bytes(content[at : at + 2], "big")
        if length < 2 or at + length > len(content):
            raise CutShort
        at += length
        if marker == 0xDA:
            at = _end_of_scan(content, at)
        yield Part(_JPEG_NAMES.get(marker, f"{marker:02X}"), start, at)
    raise CutShort


_JPEG_NAMES = {0xDA: "SOS", 0xFE: "COM", **{0xE0 + number: f"APP{number}" for number in range(16)}}


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker that is not a restart begins."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7 and content[at + 1] != 0xFF:
            return at
        at += 1 if content[at + 1] == 0xFF else 2
    raise CutShort


def png_parts(content: bytes) -> Iterator[Part]:
    """Chunks (PNG, clause 5), the signature first."""
    yield Part("signature", 0, 8)
    at = 8
    for _ in range(MOST_PARTS):
        if at + 12 > len(content):
            raise CutShort
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        name = content[at + 4 : at + 8].decode("latin-1")
        if end > len(content):
            raise CutShort
        yield Part(name, at, end)
        if name == "IEND":
            return
        at = end
    raise CutShort


def webp_parts(content: bytes) -> Iterator[Part]:
    """RIFF chunks with their padding, the header of twelve bytes first."""
    yield Part("header", 0, 12)
    at, last = 12, 8 + int.from_bytes(content[4:8], "little")
    if last > len(content) + 1:
        raise CutShort
    while at + 8 <= min(last, len(content)):
        size = int.from_bytes(content[at + 4 : at + 8], "little")
        if at + 8 + size > len(content):
            raise CutShort
        end = min(at + 8 + size + (size & 1), len(content))
        yield Part(content[at : at + 4].decode("latin-1"), at, end)
        at = end


def gif_parts(content: bytes) -> Iterator[Part]:
    """Blocks (GIF89a): 'header', 'image', and extensions by their label ('FE' is a comment, 'FF' an application's)."""
    if len(content) < 13:
        raise CutShort
    at = 13 + (3 << (content[10] & 7) + 1 if content[10] & 0x80 else 0)
    yield Part("header", 0, at)
    for _ in range(MOST_PARTS):
        start = at
        kind = content[at : at + 1]
        if kind == b";":
            yield Part("trailer", at, at + 1)
            return
        if kind == b"!":
            name, at = f"{content[at + 1 : at + 2].hex().upper()}", _past_blocks(content, at + 2)
        elif kind == b"," and at + 10 <= len(content):
            flags = content[at + 9]
            at = _past_blocks(content, at + 11 + (3 << (flags & 7) + 1 if flags & 0x80 else 0))
            name = "image"
        else:
            raise CutShort
        yield Part(name, start, at)
    raise CutShort


def _past_blocks(content: bytes, at: int) -> int:
    while at < len(content):
        size = content[at]
        at += 1 + size
        if not size:
            return at
    raise CutShort


PARTS = {
    "image/jpeg": jpeg_parts,
    "image/png": png_parts,
    "image/webp": webp_parts,
    "image/gif": gif_parts,
}


_PIXELS = {"SOI", "APP0", "DB", "C0", "C2", "C4", "DD", "SOS", "EOI"}


def is_pixels_alone(jpeg: bytes) -> bool:
    """Whether a JPEG holds pixels and what decoding them needs alone: no block of words, nothing after its end."""
    try:
        parts = list(jpeg_parts(jpeg))
    except (CutShort, IndexError):
        return False
    # The one block of JFIF's own says how large a pixel is; a longer one would carry a thumbnail.
    plain = all(part.end - part.start == 18 for part in parts if part.name == "APP0")
    return plain and {part.name for part in parts} <= _PIXELS and parts[-1].end == len(jpeg)


def end_of_picture(media: str, content: bytes) -> int | None:
    """Where the picture ends in what is there; None where it breaks off before or its kind is none of these."""
    try:
        return max(part.end for part in PARTS[media](content)) if media in PARTS else None
    except (CutShort, IndexError):
        return None
