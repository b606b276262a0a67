"""How a picture is turned: read from an EXIF block, and the smallest block that says that alone (Exif 3.0, TIFF 6)."""

import struct

_TAG = 0x0112
_MOST_TAGS = 200


def orientation_in(block: bytes) -> int:
    """1 to 8, or 0 where the block does not say.

    >>> orientation_in(block_with(6))
    6
    >>> orientation_in(b"no block")
    0
    """
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if not order or len(block) < 10:
        return 0
    at = struct.unpack_from(f"{order}I", block, 4)[0]
    if at + 2 > len(block):
        return 0
    count = min(struct.unpack_from(f"{order}H", block, at)[0], _MOST_TAGS)
    for number in range(count):
        place = at + 2 + 12 * number
        if place + 12 > len(block):
            return 0
        tag, kind, many, value = struct.unpack_from(f"{order}HHIH", block, place)
        if (tag, kind, many) == (_TAG, 3, 1):
            return int(value) if 1 <= value <= 8 else 0
    return 0


def block_with(orientation: int) -> bytes:
    """A TIFF block with one value."""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _TAG, 3, 1, orientation, 0, 0)
