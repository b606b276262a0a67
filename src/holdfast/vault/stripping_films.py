"""Leaves out of MP4, MOV, 3GP, M4A and HEIC what is neither picture nor sound. No byte moves: what goes is made nought.

Tables in these files name places by number, so a part that goes is overwritten where it lies and called `free`. A film
of 50 GB is copied as it is read. What is known not to be reached is said.
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from holdfast.vault.boxes import Box
from holdfast.vault.boxes import Read
from holdfast.vault.boxes import boxes
from holdfast.vault.boxes_of_pictures import beside_the_pixels
from holdfast.vault.without import Segment
from holdfast.vault.without import Without

_PIECE = 1 << 20
_MOST_TABLE = 32 << 20
_TIMED = {"mvhd", "tkhd", "mdhd"}
_GONE = {"udta", "uuid", "XMP_", "free", "skip", "wide"}
_KNOWN = {
    "ftyp", "styp", "moov", "moof", "mfra", "mdat", "sidx", "ssix", "free", "skip", "wide", "meta", "uuid", "emsg",
    "prft", "pdin",
}  # fmt: skip
_SEEN_AND_HEARD = {"vide", "soun", "auxv", "pict"}
_CALLED = {"udta": "words and position of the film", "uuid": "XMP", "XMP_": "XMP", "meta": "metadata of the film"}


class _Over(NamedTuple):
    """What is laid over a file: noughts from one place to another, and `free` where a box's kind stands."""

    noughts: list[tuple[int, int]]
    free: list[int]
    left_out: set[str]
    left: list[str]


def film_without(read: Read, size: int, *, picture: bool) -> Without | None:
    """What stays, or None where it breaks off or has no list of contents. `picture`: a HEIC or AVIF picture."""
    every = list(boxes(read, 0, size))
    if any(box.kind == "cut short" for box in every) or not any(box.kind in ("moov", "meta") for box in every):
        return None
    over = _Over([], [], set(), [])
    for box in every:
        _box(read, box, over, picture=picture)
    for track in (box for box in every if box.kind == "trak"):
        inside = [box for box in every if track.start <= box.header < track.end]
        if _handler(read, inside) not in _SEEN_AND_HEARD:
            _track(read, track, inside, over, size, pieces=any(box.kind == "moof" for box in every))
    if picture:
        for extent in beside_the_pixels(read, size):
            over.noughts.append((extent.start, extent.start + extent.size))
            over.left_out.add("EXIF and XMP")
    return Without(tuple(_segments(size, over.noughts, over.free)), tuple(sorted(over.left_out)), tuple(over.left))


def _box(read: Read, box: Box, over: _Over, *, picture: bool) -> None:
    meta = box.kind == "meta" and not (picture and not box.path)
    if box.kind in _GONE or meta or (not box.path and box.kind not in _KNOWN):
        over.noughts.append((box.start, box.end))
        if box.kind not in ("free", "skip", "wide"):
            over.free.append(box.header + 4)
            over.left_out.add(_CALLED.get(box.kind, "parts of a maker's own"))
    elif box.kind in _TIMED:
        wide = 16 if read(box.start, 1) == b"\1" else 8
        over.noughts.append((box.start + 4, min(box.start + 4 + wide, box.end)))
        over.left_out.add("times")
    elif box.kind == "hdlr":
        over.noughts.append((min(box.start + 24, box.end), box.end))  # the name of what wrote it


def _track(read: Read, track: Box, inside: list[Box], over: _Over, size: int, *, pieces: bool) -> None:
    places = _samples(read, inside)
    if places is None or pieces:
        over.left.append("a track of measurements or words, which may hold positions")
        return
    over.noughts.extend((start, end) for start, end in places if end <= size)
    over.noughts.append((track.start, track.end))
    over.free.append(track.header + 4)
    over.left_out.add("a track of measurements or words")


def _handler(read: Read, inside: list[Box]) -> str:
    for box in inside:
        if box.kind == "hdlr" and "mdia" in box.path and "minf" not in box.path:
            return read(box.start + 8, 4).decode("latin-1")
    return ""


def _samples(read: Read, inside: list[Box]) -> list[tuple[int, int]] | None:
    """Where the samples of a track lie (14496-12, 8.7), or None where its tables cannot be read."""
    tables = {box.kind: box for box in inside if box.path[-1:] == ("stbl",)}
    places = tables.get("stco") or tables.get("co64")
    if not places or "stsz" not in tables or "stsc" not in tables:
        return None
    if any(tables[name].end - tables[name].start > _MOST_TABLE for name in ("stsz", "stsc", places.kind)):
        return None
    sizes, runs, starts = (_table(read, box) for box in (tables["stsz"], tables["stsc"], places))
    try:
        return list(_ranges(sizes, runs, starts, wide=places.kind == "co64"))
    except (struct.error, IndexError):
        return None


def _table(read: Read, box: Box) -> bytes:
    return read(box.start, box.end - box.start)


def _ranges(sizes: bytes, runs: bytes, starts: bytes, *, wide: bool) -> Iterator[tuple[int, int]]:
    same, count = struct.unpack_from(">II", sizes, 4)
    chunks = struct.unpack_from(">I", starts, 4)[0]
    first_of = [struct.unpack_from(">III", runs, 8 + 12 * at) for at in range(struct.unpack_from(">I", runs, 4)[0])]
    sample = run = 0
    for chunk in range(chunks):
        while run + 1 < len(first_of) and first_of[run + 1][0] <= chunk + 1:
            run += 1
        here = min(first_of[run][1], count - sample)
        start = struct.unpack_from(">Q" if wide else ">I", starts, 8 + chunk * (8 if wide else 4))[0]
        length = same * here if same else sum(struct.unpack_from(f">{here}I", sizes, 12 + 4 * sample))
        sample += here
        yield start, start + length


def _segments(size: int, noughts: list[tuple[int, int]], free: list[int]) -> Iterator[Segment]:
    """The file from its beginning to its end, with noughts and `free` laid over it."""
    over = sorted([(start, end, b"") for start, end in noughts if start < end] + [(at, at + 4, b"free") for at in free])
    at = 0
    for start, end, said in over:
        if end <= at:
            continue
        start = max(start, at)  # noqa: PLW2901 two that overlap: the first has had its share
        if start > at:
            yield at, start
        if said:
            yield said
        else:
            for piece in range(start, end, _PIECE):
                yield b"\0" * min(_PIECE, end - piece)
        at = end
    if at < size:
        yield at, size
