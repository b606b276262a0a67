"""Leaves out of WAV and MP3 recordings what is no sound: tags before, between and behind."""

import struct

from holdfast.vault.boxes import Read
from holdfast.vault.without import Without

_WAV_STAYS = {b"fmt ", b"data", b"fact"}
_MOST_CHUNKS = 1_000


def wav_without(read: Read, size: int) -> Without | None:
    """Format and sound alone. None where it breaks off, or is of the kind for more than 4 GB."""
    stays: list[tuple[int, int]] = []
    gone, at = False, 12
    for _ in range(_MOST_CHUNKS):
        head = read(at, 8)
        if len(head) < 8:
            break
        length = struct.unpack("<I", head[4:])[0]
        end = min(at + 8 + length + (length & 1), size)
        if at + 8 + length > size:
            return None
        if head[:4] in _WAV_STAYS:
            stays.append((at, end))
        else:
            gone = True
        at = end
    if read(0, 4) != b"RIFF" or not stays:
        return None
    total = 4 + sum(end - start for start, end in stays)
    return Without((b"RIFF" + struct.pack("<I", total) + b"WAVE", *stays), ("words of the recording",) if gone else ())


def mp3_without(read: Read, size: int) -> Without | None:
    """The frames alone: ID3 before and behind, and APE's tag."""
    start, end = 0, size
    while (head := read(start, 10))[:3] == b"ID3" and len(head) == 10:
        length = sum((byte & 127) << shift for byte, shift in zip(head[6:], (21, 14, 7, 0), strict=True))
        start += 10 + length + (10 if head[5] & 0x10 else 0)
    if end - start > 128 and read(end - 128, 3) == b"TAG":
        end -= 128
    foot = read(max(start, end - 32), 32)
    if foot[:8] == b"APETAGEX" and len(foot) == 32:
        length = struct.unpack_from("<I", foot, 12)[0]
        end -= length + (32 if struct.unpack_from("<I", foot, 20)[0] >> 31 else 0)
    if start >= end or read(start, 1) != b"\xff":
        return None
    left = ("another tag",) if read(max(start, end - 9), 9) == b"LYRICS200" else ()
    return Without(((start, end),), ("tags",) if (start, end) != (0, size) else (), left)
