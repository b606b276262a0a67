"""Leaves out of a JPEG, PNG, WebP or GIF what is no pixel, and of each pixel nothing. No picture is decoded here.

What stays is a closed list of parts; whatever is new or unknown goes. Each function answers with the segments that
stay, or None where the file is not built as its kind must be.
"""

import struct
import zlib
from collections.abc import Callable
from collections.abc import Sequence

from holdfast.vault.colours import numbers_alone
from holdfast.vault.picture_parts import CutShort
from holdfast.vault.picture_parts import gif_parts
from holdfast.vault.picture_parts import jpeg_parts
from holdfast.vault.picture_parts import png_parts
from holdfast.vault.picture_parts import webp_parts
from holdfast.vault.turning import block_with
from holdfast.vault.turning import orientation_in
from holdfast.vault.without import Segment
from holdfast.vault.without import Without

_BEHIND = "what follows the picture in its file"
_JPEG_STAYS = {f"{0xC0 + number:02X}" for number in range(16)} - {"C8"} | {"SOI", "DB", "DD", "DC", "SOS", "EOI", "RST"}
_PNG_STAYS = {"signature", "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs",
              "acTL", "fcTL", "fdAT", "cICP", "mDCV", "cLLI"}  # fmt: skip
_WEBP_STAYS = {"VP8 ", "VP8L", "ALPH", "ANIM", "ANMF"}
_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_MOST_PROFILE = 4 << 20


def _jpeg(content: bytes) -> Without | None:
    stays: list[Segment] = []
    gone: set[str] = set()
    turned, profile = 1, b""
    parts = list(jpeg_parts(content))
    for part in parts:
        inside = content[part.start + 4 : part.end]
        if part.name == "APP1" and inside.startswith(b"Exif\0"):
            turned = orientation_in(inside[6:]) or turned
        if part.name == "APP2" and inside.startswith(b"ICC_PROFILE\0"):
            profile += inside[14:]
        if part.name in _JPEG_STAYS:
            stays.append((part.start, part.end))
        elif part.name == "APP0" and inside.startswith(b"JFIF\0") and len(inside) >= 14:
            stays.append(b"\xff\xe0\0\x10" + inside[:12] + b"\0\0")  # without its thumbnail
        elif part.name == "APP14" and inside[:5] == b"Adobe" and len(inside) == 12:
            stays.append((part.start, part.end))
        else:
            gone.add(part.name)
    beside = []
    if turned != 1:
        block = b"Exif\0\0" + block_with(turned)
        beside.append(b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block)
    plain = numbers_alone(profile)
    if plain and len(plain) < 65_000:
        beside.append(b"\xff\xe2" + struct.pack(">H", len(plain) + 16) + b"ICC_PROFILE\0\1\1" + plain)
    # After JFIF's own block, which must be the first.
    at = 2 if len(stays) > 1 and isinstance(stays[1], bytes) else 1
    stays[at:at] = beside
    return _without(stays, gone, behind=parts[-1].end < len(content))


def _png(content: bytes) -> Without | None:
    stays: list[Segment] = []
    gone: set[str] = set()
    end = 0
    for part in png_parts(content):
        end = part.end
        inside = content[part.start + 8 : part.end - 4]
        if part.name in _PNG_STAYS:
            stays.append((part.start, part.end))
            continue
        gone.add(part.name)
        if part.name == "iCCP" and (plain := numbers_alone(_unpacked(inside.partition(b"\0")[2][1:]))):
            stays.append(_chunk(b"iCCP", b"colours\0\0" + zlib.compress(plain)))
        if part.name == "eXIf" and (turned := orientation_in(inside)) != 1 and turned:
            stays.append(_chunk(b"eXIf", block_with(turned)))
    return _without(stays, gone, behind=end < len(content))


def _webp(content: bytes) -> Without | None:
    stays: list[bytes] = []
    gone: set[str] = set()
    flags, head, turned, profile, end = 0, b"", 1, b"", 12
    for part in webp_parts(content):
        end = part.end
        inside = content[part.start + 8 : part.end]
        if part.name == "VP8X" and len(inside) >= 10:
            head = inside[:10]
        elif part.name in _WEBP_STAYS:
            stays.append(content[part.start : part.end])
        elif part.name != "header":
            gone.add(part.name)
            turned = (orientation_in(inside.removeprefix(b"Exif\0\0")) or 1) if part.name == "EXIF" else turned
            profile = (numbers_alone(inside) or b"") if part.name == "ICCP" else profile
    if not stays:
        return None
    if head:
        flags = head[0] & 0x12 | (0x20 if profile else 0) | (0x08 if turned != 1 else 0)
        before = [_riff(b"VP8X", bytes([flags]) + b"\0\0\0" + head[4:])]
        before += [_riff(b"ICCP", profile)] if profile else []
        stays = before + stays + ([_riff(b"EXIF", block_with(turned))] if turned != 1 else [])
    made = b"WEBP" + b"".join(stays)
    return _without([b"RIFF" + struct.pack("<I", len(made)) + made], gone, behind=end < len(content))


def _gif(content: bytes) -> Without | None:
    stays: list[Segment] = []
    gone: set[str] = set()
    end = 0
    for part in gif_parts(content):
        end = part.end
        loops = part.name == "FF" and content[part.start + 3 : part.start + 14] in _LOOPS
        if part.name in ("header", "image", "trailer", "F9") or loops:
            stays.append((part.start, part.end))
        else:
            gone.add({"FE": "comments", "FF": "blocks of programs", "01": "words"}.get(part.name, "unknown blocks"))
    return _without(stays, gone, behind=end < len(content))


def _without(stays: Sequence[Segment], gone: set[str], *, behind: bool) -> Without:
    named = {_CALLED.get(name, f"{name} blocks") for name in gone}
    return Without(tuple(stays), (*sorted(named), *([_BEHIND] if behind else [])))


_PROFILE = "words of the colour profile"
_CALLED = {
    "APP1": "EXIF and XMP", "APP2": "words of the colour profile, and further pictures", "APP13": "IPTC",
    "COM": "comments", "APP11": "content credentials", "EXIF": "EXIF", "eXIf": "EXIF", "XMP ": "XMP", "ICCP": _PROFILE,
    "iCCP": _PROFILE, "tEXt": "words", "zTXt": "words", "iTXt": "words and XMP", "tIME": "a time",
}  # fmt: skip


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _riff(name: bytes, content: bytes) -> bytes:
    return name + struct.pack("<I", len(content)) + content + b"\0" * (len(content) & 1)


def _unpacked(content: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, _MOST_PROFILE)
    except zlib.error:
        return b""


def _safely(strip: Callable[[bytes], Without | None]) -> Callable[[bytes], Without | None]:
    def stripped(content: bytes) -> Without | None:
        try:
            return strip(content)
        except (CutShort, IndexError, struct.error):
            return None

    return stripped


PICTURES = {
    "image/jpeg": _safely(_jpeg),
    "image/png": _safely(_png),
    "image/webp": _safely(_webp),
    "image/gif": _safely(_gif),
}
