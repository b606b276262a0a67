"""What MP3 and WAV recordings say of themselves: ID3 (2.3 and 2.4) and RIFF's INFO. A few small reads; never raises."""

import struct
from collections.abc import Iterator

from holdfast.vault.boxes import MOST_LETTERS
from holdfast.vault.boxes import Read

Value = tuple[str, str]
_MOST_TAG, _MOST_PARTS = 1 << 20, 500
_FRAMES = {
    b"TIT2": "Title", b"TPE1": "Artist", b"TALB": "Album", b"TDRC": "Recorded", b"TYER": "Year", b"TSSE": "Encoder",
    b"TENC": "Encoded by", b"COMM": "Comment", b"TCOP": "Copyright", b"TXXX": "Words", b"TOWN": "Owner",
    b"GEOB": "A file inside it", b"APIC": "A picture inside it",
}  # fmt: skip
_INFO = {
    b"INAM": "Title", b"IART": "Artist", b"ICMT": "Comment", b"ICRD": "Created", b"ISFT": "Software",
    b"IENG": "Engineer", b"ITCH": "Technician", b"ISRC": "Source", b"ICOP": "Copyright",
}  # fmt: skip


def sound_values(read: Read, size: int, media: str) -> list[Value]:
    """The values of a recording, bounded; [] for kinds of which none are read."""
    found = _id3(read) if media == "audio/mpeg" else _wav(read, size) if media == "audio/wav" else iter(())
    return list(found)[:_MOST_PARTS]


def _id3(read: Read) -> Iterator[Value]:
    head = read(0, 10)
    if head[:3] != b"ID3" or len(head) < 10 or head[3] not in (3, 4):
        return
    tag = read(10, min(_synchsafe(head[6:]), _MOST_TAG))
    at = 0
    for _ in range(_MOST_PARTS):
        name, size = tag[at : at + 4], tag[at + 4 : at + 8]
        if len(size) < 4 or not name.strip(b"\0"):
            return
        length = _synchsafe(size) if head[3] == 4 else struct.unpack(">I", size)[0]
        content = tag[at + 10 : at + 10 + length]
        if name in (b"GEOB", b"APIC"):
            yield _FRAMES[name], f"{length} bytes"
        elif name in _FRAMES and (text := _framed(content[4:] if name == b"COMM" else content[1:], content[:1])):
            yield _FRAMES[name], text
        at += 10 + length


def _framed(content: bytes, kind: bytes) -> str:
    encoding = {b"\0": "latin-1", b"\1": "utf-16", b"\2": "utf-16-be", b"\3": "utf-8"}.get(kind, "latin-1")
    return _plain(content[: 4 * MOST_LETTERS].decode(encoding, "replace"))


def _wav(read: Read, size: int) -> Iterator[Value]:
    at = 12
    for _ in range(_MOST_PARTS):
        head = read(at, 12)
        if len(head) < 8 or at >= size:
            return
        length = struct.unpack("<I", head[4:8])[0]
        if head[:4] == b"LIST" and head[8:12] == b"INFO":
            yield from _listed(read(at + 12, min(length, _MOST_TAG)))
        elif head[:4] in (b"bext", b"iXML", b"_PMX", b"id3 "):
            yield "Block", f"{head[:4].decode()}: not read"
        at += 8 + length + (length & 1)


def _listed(content: bytes) -> Iterator[Value]:
    at = 0
    for _ in range(_MOST_PARTS):
        name, size = content[at : at + 4], content[at + 4 : at + 8]
        if len(size) < 4:
            return
        length = struct.unpack("<I", size)[0]
        if name in _INFO and (text := _plain(content[at + 8 : at + 8 + length].decode("utf-8", "replace"))):
            yield _INFO[name], text
        at += 8 + length + (length & 1)


def _synchsafe(size: bytes) -> int:
    return sum((byte & 127) << shift for byte, shift in zip(size, (21, 14, 7, 0), strict=True))


def _plain(text: str) -> str:
    return "".join(letter for letter in text if letter >= " ").strip()[:MOST_LETTERS]
