"""What a picture says of itself: EXIF, GPS, XMP, IPTC and the words of PNG and GIF, as names and values in text.

Runs apart (apart.py). Hostile values are cut or left out, never an error: each block is read by itself, and what cannot
be read in one leaves the others. Names are those of the standards (Exif 3.0, IPTC IIM, XMP).
"""

from collections.abc import Iterator
from typing import Any
from typing import cast

from PIL import ExifTags
from PIL import Image
from PIL import ImageFile
from PIL import IptcImagePlugin

from holdfast.vault.apart import Answer
from holdfast.vault.plain_xml import NotPlain
from holdfast.vault.plain_xml import leaves

MOST_VALUES, MOST_LETTERS = 400, 1_000
Value = tuple[str, str]
_NOT_TOLD = {"ExifOffset", "GPSInfo", "InteroperabilityOffset", "MakerNote", "StripOffsets", "StripByteCounts",
             "TileOffsets", "TileByteCounts", "XMLPacket", "InterColorProfile", "PrintImageMatching", "ImageResources",
             "JPEGTables", "JpegIFOffset", "JpegIFByteCount", "IPTCNAA", "BitsPerSample", "SampleFormat"}  # fmt: skip
_IPTC = {
    (2, 5): "ObjectName", (2, 25): "Keywords", (2, 55): "DateCreated", (2, 60): "TimeCreated", (2, 80): "By-line",
    (2, 90): "City", (2, 92): "Sublocation", (2, 95): "Province", (2, 101): "Country", (2, 105): "Headline",
    (2, 116): "CopyrightNotice", (2, 120): "Caption", (2, 110): "Credit", (2, 115): "Source", (2, 65): "Program",
}  # fmt: skip


def make_ready() -> None:
    """Loads what Pillow asks for only when it reads a table or a palette."""
    from PIL import GimpGradientFile  # noqa: F401
    from PIL import GimpPaletteFile  # noqa: F401
    from PIL import ImageOps  # noqa: F401
    from PIL import PaletteFile  # noqa: F401
    from PIL import TiffImagePlugin  # noqa: F401


def read_block(content: bytes) -> Answer:
    """The values of a bare EXIF block, as HEIC and WebP hold one."""
    block = Image.Exif()
    start = content.find(b"Exif\0\0")
    block.load(content[start:] if 0 <= start < 16 else content)
    return Answer({"values": [*_of_exif(block)][:MOST_VALUES]})


def values_of(picture: Image.Image) -> list[Value]:
    """Everything that is told beside the pixels, bounded."""
    found: list[Value] = []
    for read in (_exif, _xmp, _iptc, _comments):
        try:
            for value in read(picture):
                found.append(value)
                if len(found) >= MOST_VALUES:
                    return found
        except Exception:  # noqa: BLE001 a block that cannot be read says so, and the others are read
            found.append(("not read", f"a block of {read.__name__[1:]}"))
    return found


def _exif(picture: Image.Image) -> Iterator[Value]:
    yield from _of_exif(picture.getexif())


def _of_exif(block: Image.Exif) -> Iterator[Value]:
    tables: list[tuple[Any, Any]] = [(block, ExifTags.TAGS)]
    for number, names in (
        (ExifTags.IFD.Exif, ExifTags.TAGS),
        (ExifTags.IFD.GPSInfo, {number: f"GPS{name.removeprefix('GPS')}" for number, name in ExifTags.GPSTAGS.items()}),
    ):
        try:
            tables.append((block.get_ifd(number), names))
        except Exception:  # noqa: BLE001 one broken table leaves the others
            yield "not read", f"table {int(number):#06x}"
    for table, names in tables:
        for number, value in list(table.items())[:MOST_VALUES]:
            name = names.get(number, f"tag {number:#06x}")
            if name not in _NOT_TOLD and (text := as_text(value)):
                yield name, text
    if ExifTags.Base.MakerNote in dict(tables[1][0] if len(tables) > 1 else {}):
        yield "MakerNote", "there, in the maker's own form: not read"


def _xmp(picture: Image.Image) -> Iterator[Value]:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp") or b""
    yield from of_xmp(packet.encode() if isinstance(packet, str) else packet)


def of_xmp(packet: bytes) -> Iterator[Value]:
    """The values of an XMP packet, named as it names them: 'exif:GPSLatitude'."""
    if not packet:
        return
    try:
        for name, text in leaves(packet.strip(b"\0 \r\n\t")):
            if not name.startswith(("xmlns", "rdf:", "x:")) and text.strip():
                yield f"XMP {name}", text.strip()[:MOST_LETTERS]
    except NotPlain:
        yield "XMP", "there, and not built as it must be: not read"


def _iptc(picture: Image.Image) -> Iterator[Value]:
    for number, value in (IptcImagePlugin.getiptcinfo(cast("ImageFile.ImageFile", picture)) or {}).items():
        for each in value if isinstance(value, list) else [value]:
            if text := as_text(each):
                yield f"IPTC {_IPTC.get(number, f'{number[0]}:{number[1]}')}", text


def _comments(picture: Image.Image) -> Iterator[Value]:
    words = dict(getattr(picture, "text", None) or {})
    words |= {"comment": picture.info["comment"]} if "comment" in picture.info else {}
    for name, value in words.items():
        if name != "XML:com.adobe.xmp" and (text := as_text(value)):
            yield str(name)[:80], text


def as_text(value: Any) -> str:
    """One value as text, cut to 1,000 letters; '' where there is nothing to tell."""
    if isinstance(value, bytes):
        for mark, encoding in ((b"ASCII\0\0\0", "ascii"), (b"UNICODE\0", "utf-16-le"), (b"\0\0\0\0\0\0\0\0", "utf-8")):
            if value.startswith(mark):
                value = value[8 : 8 + 4 * MOST_LETTERS].decode(encoding, "replace")
                break
        else:
            value = value[: 4 * MOST_LETTERS]
            text = value.decode("utf-8", "replace")
            wide = len(value) > 3 and value[1::2].count(0) * 2 >= len(value[1::2])
            value = (
                value.decode("utf-16-le", "replace")
                if wide
                else text
                if text.count("\ufffd") == 0
                else value.hex()[:120]
            )
    if isinstance(value, tuple | list):
        value = ", ".join(as_text(each) for each in value[:40])
    text = str(value)[:MOST_LETTERS]
    return "".join(letter for letter in text if letter >= " " and letter != "\x7f").strip().strip("\ufffd")
