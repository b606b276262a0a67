"""The plain numbers of a colour profile (ICC.1), without its words: they name makers, devices and whoever made it.

Colours matter in a picture of an injury, so a profile is not thrown away: its curves and tables stay.
"""

import struct

_NUMBERS = {b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"wtpt", b"bkpt", b"chad", b"A2B0", b"B2A0",
            b"A2B1", b"B2A1", b"A2B2", b"B2A2", b"cicp", b"lumi"}  # fmt: skip
_KINDS = {b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA ", b"cicp"}
_MOST_TAGS = 100


def numbers_alone(profile: bytes) -> bytes:
    """A profile of the same numbers and no words, or b'' where there is none that can be read."""
    if len(profile) < 132 or profile[36:40] != b"acsp":
        return b""
    kept: list[tuple[bytes, bytes]] = []
    for number in range(min(struct.unpack_from(">I", profile, 128)[0], _MOST_TAGS)):
        if 144 + 12 * number > len(profile):
            return b""
        name, start, size = struct.unpack_from(">4sII", profile, 132 + 12 * number)
        content = profile[start : start + size]
        if name in _NUMBERS and len(content) == size and content[:4] in _KINDS:
            kept.append((name, content))
    if not any(name in (b"rTRC", b"kTRC", b"A2B0") for name, _ in kept):
        return b""
    # Two tags that every profile must have, with words of ours.
    kept += [(b"desc", _words(b"colours")), (b"cprt", _words(b"none"))]
    table, content, at = b"", b"", 132 + 12 * len(kept)
    for name, value in kept:
        table += struct.pack(">4sII", name, at + len(content), len(value))
        content += value + b"\0" * (-len(value) % 4)
    # Of the head stay its version, class, spaces and white; maker, model, times and identity go.
    head = profile[8:24] + b"\0" * 12 + b"acsp" + b"\0" * 24 + profile[64:80] + b"\0" * 48
    made = b"\0\0\0\0" + head + struct.pack(">I", len(kept)) + table + content
    made = made[:4] + b"\0" * 4 + made[4:]
    return struct.pack(">I", len(made)) + made[4:]


def _words(text: bytes) -> bytes:
    wide = text.decode().encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II2s2sII", 1, 12, b"en", b"GB", len(wide), 28) + wide
