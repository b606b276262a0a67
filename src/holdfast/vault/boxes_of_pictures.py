"""Finds where a HEIC or AVIF picture keeps its EXIF and XMP (ISO/IEC 23008-12, 14496-12 clause 8.11)."""

from collections.abc import Iterator
from typing import NamedTuple

from holdfast.vault.boxes import MOST_READ
from holdfast.vault.boxes import Read
from holdfast.vault.boxes import boxes

MOST_ITEMS = 10_000


class Extent(NamedTuple):
    """Where a piece of an item lies in the file."""

    kind: str  # 'Exif', or the content type of a text item such as XMP
    start: int
    size: int


def beside_the_pixels(read: Read, size: int) -> list[Extent]:
    """The pieces that hold EXIF, XMP or other words. What makes no sense is left out."""
    kinds: dict[int, str] = {}
    extents: list[tuple[int, int, int, int]] = []
    data = 0
    for box in boxes(read, 0, size):
        if box.path[:1] == ("meta",) and box.kind in ("iinf", "iloc"):
            content = read(box.start, min(box.end - box.start, MOST_READ))
            if box.kind == "iinf":
                kinds = dict(_kinds(content))
            else:
                extents = list(_places(content))
        if box.path == ("meta",) and box.kind == "idat":
            data = box.start
    found = []
    for item, method, start, length in extents:
        at = start + (data if method == 1 else 0)
        if kinds.get(item) in ("Exif", "mime", "uri ") and length and at >= 0 and at + length <= size:
            found.append(Extent(kinds[item], at, length))
    return found[:MOST_ITEMS]


def _kinds(content: bytes) -> Iterator[tuple[int, str]]:
    """Number and kind of each item: versions 2 and 3 of `infe`."""
    at = 6 if content[:1] == b"\0" else 8
    for _ in range(MOST_ITEMS):
        size = int.from_bytes(content[at : at + 4], "big")
        if size < 12 or content[at + 4 : at + 8] != b"infe":
            return
        wide = 4 if content[at + 8] == 3 else 2
        yield (
            int.from_bytes(content[at + 12 : at + 12 + wide], "big"),
            content[at + 14 + wide : at + 18 + wide].decode("latin-1"),
        )
        at += size


def _places(content: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Item, way of building, start and length of each extent: versions 0 to 2 of `iloc`."""
    if len(content) < 8 or content[0] > 2:
        return
    version, at = content[0], 6
    offset, length, base, index = content[4] >> 4, content[4] & 15, content[5] >> 4, content[5] & 15
    index = index if version else 0

    def number(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(content[at - size : at], "big")

    wide = 4 if version == 2 else 2
    for _ in range(min(number(wide), MOST_ITEMS)):
        if at >= len(content):
            return
        item = number(wide)
        method = number(2) & 15 if version else 0
        number(2)
        begins = number(base)
        for _extent in range(min(number(2), 64)):
            number(index)
            start = number(offset)
            yield item, method, begins + start, number(length)
