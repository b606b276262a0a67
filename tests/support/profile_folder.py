"""Looks through a browser's profile folder for words that must not be in it, as somebody who holds the telephone could.

- Every file is read as bytes: databases, their journals, session snapshots, preferences, caches.
- A word is looked for as UTF-8, as UTF-16 and as it stands in an address, in small and capital letters.
- What is packed by gzip or deflate is opened, wherever in a file it begins; a body packed by brotli, where a whole file
  or its end is one; the blocks of LevelDB tables, which are packed by snappy.
"""

import zlib
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.parse import quote_plus

import brotli

_STARTS = (b"\x1f\x8b\x08", b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda")
_TABLE = b"\x57\xfb\x80\x8b\x24\x75\x47\xdb"  # the last eight bytes of a LevelDB table


def found_in(folder: Path, words: Iterable[str]) -> set[tuple[str, str]]:
    """Which word was found in which file, its path within the folder."""
    wanted = {word: _ways(word) for word in words}
    found = set()
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.is_symlink():
            continue
        for content in _contents(file.read_bytes()):
            plain = content.lower()
            found |= {
                (word, str(file.relative_to(folder)))
                for word, ways in wanted.items()
                if any(way in plain for way in ways)
            }
    return found


def _ways(word: str) -> set[bytes]:
    small = word.lower()
    written = {small, quote(small).lower(), quote_plus(small).lower()}
    return {form.encode(coding) for form in written for coding in ("utf-8", "utf-16-le", "utf-16-be")}


def _contents(content: bytes) -> Iterator[bytes]:
    """What a file says, and what lies packed in it."""
    yield content
    for start in _STARTS:
        at = content.find(start)
        while at >= 0:
            yield _inflated(content[at:])
            at = content.find(start, at + 1)
    if content.endswith(_TABLE):
        yield from _table_blocks(content)
    try:
        yield brotli.decompress(content)
    except brotli.error:
        return


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=47).decompress(packed, 20_000_000)
    except zlib.error:
        return b""


def _table_blocks(table: bytes) -> Iterator[bytes]:
    """The blocks of a LevelDB table, opened: wherever one could begin, because its index names only the later ones."""
    footer, at = table[-48:], 0
    _, at = _number(footer, at)
    _, at = _number(footer, at)
    offset, at = _number(footer, at)
    size, at = _number(footer, at)
    index = _block(table, offset, size)
    yield index
    for start in range(len(index)):  # a handle stands after each key: two numbers; those that fit no block open nothing
        try:
            offset, after = _number(index, start)
            size, _ = _number(index, after)
        except IndexError:
            return
        if 0 < size < len(table) and offset + size + 5 <= len(table):
            yield _block(table, offset, size)


def _block(table: bytes, offset: int, size: int) -> bytes:
    packed = table[offset : offset + size]
    try:
        return unsnapped(packed) if table[offset + size] == 1 else packed
    except (IndexError, ValueError):
        return packed


def unsnapped(packed: bytes) -> bytes:
    """What snappy packed (google/snappy, format_description.txt). IndexError or ValueError for what is none."""
    length, at = _number(packed, 0)
    out = bytearray()
    while at < len(packed) and len(out) < length:
        tag = packed[at]
        at += 1
        if tag & 3 == 0:
            size = tag >> 2
            if size >= 60:
                extra = size - 59
                size = int.from_bytes(packed[at : at + extra], "little")
                at += extra
            out += packed[at : at + size + 1]
            at += size + 1
            continue
        if tag & 3 == 1:
            size, back, at = (tag >> 2 & 7) + 4, (tag >> 5) << 8 | packed[at], at + 1
        else:
            wide = 2 if tag & 3 == 2 else 4
            size, back, at = (tag >> 2) + 1, int.from_bytes(packed[at : at + wide], "little"), at + wide
        if not 0 < back <= len(out):
            raise ValueError("it refers to what is not there")
        for _ in range(size):
            out.append(out[-back])
    return bytes(out)


def _number(content: bytes, at: int) -> tuple[int, int]:
    """A number written seven bits a byte, and where it ends."""
    number = shift = 0
    while True:
        number |= (content[at] & 0x7F) << shift
        at += 1
        if content[at - 1] < 0x80:
            return number, at
        shift += 7
        if shift > 63:
            raise IndexError
