"""Samples of each kind of file, made here: nobody's pictures, nobody's words. Each is whole unless it says so."""

import io
import struct
import tarfile
import wave
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

from PIL import Image
from PIL import PngImagePlugin
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import ArrayObject
from pypdf.generic import DecodedStreamObject
from pypdf.generic import DictionaryObject
from pypdf.generic import NameObject
from pypdf.generic import TextStringObject

# Planted in everything that can carry words beside its content: none may be left in what is made for disclosure.
CANARY = "CANARY-7 Larch Lane"
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:CreatorTool="Tool 9"><dc:title '
    f'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Alt><rdf:li>{CANARY}</rdf:li></rdf:Alt></dc:title>'
    "</rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()


def exif(orientation: int = 6) -> Image.Exif:
    """EXIF with a time and its zone, a position, serial numbers and words."""
    block = Image.Exif()
    block[0x010F], block[0x0110], block[0x0131], block[0x0112] = "Maker", "Model 5", "Soft 1", orientation
    block[0x010E], block[0x013B] = CANARY, CANARY
    inside = block.get_ifd(0x8769)
    inside[0x9003], inside[0x9011], inside[0xA431] = "2026:11:20 21:03:00", "+01:00", f"SERIAL {CANARY}"
    gps = block.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4], gps[6] = "N", (51.0, 30.0, 36.0), "W", (0.0, 7.0, 30.0), 12.0
    return block


def picture(size: tuple[int, int] = (64, 48), mode: str = "RGB") -> Image.Image:
    """A picture whose four corners differ, so that turning it shows."""
    drawn = Image.new("RGB", size, "grey")
    width, height = size
    for colour, corner in (("red", (0, 0)), ("green", (width // 2, 0)), ("blue", (0, height // 2))):
        drawn.paste(colour, (*corner, corner[0] + width // 2, corner[1] + height // 2))
    return drawn.convert(mode)


def saved(drawn: Image.Image, form: str, **more: Any) -> bytes:
    """A picture as a file."""
    out = io.BytesIO()
    drawn.save(out, form, **more)
    return out.getvalue()


def jpeg(size: tuple[int, int] = (64, 48), orientation: int = 6) -> bytes:
    """With EXIF, XMP, IPTC, a comment and a thumbnail's worth of everything that names somebody."""
    content = saved(picture(size), "JPEG", exif=exif(orientation), xmp=XMP, comment=CANARY.encode(), quality=90)
    words = CANARY.encode()
    iptc = b"\x1c\x02\x78" + struct.pack(">H", len(words)) + words
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + struct.pack(">I", len(iptc)) + iptc + b"\0" * (len(iptc) % 2)
    return content[:2] + b"\xff\xed" + struct.pack(">H", len(block) + 2) + block + content[2:]


def png() -> bytes:
    """With words, EXIF and a time."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", CANARY)
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    info.add(b"tIME", b"\x07\xea\x0b\x14\x15\x03\0")
    return saved(picture(), "PNG", pnginfo=info, exif=exif())


def gif() -> bytes:
    """Moves, and has a comment."""
    return saved(picture(), "GIF", save_all=True, append_images=[picture().rotate(90)], comment=CANARY.encode())


def webp() -> bytes:
    """With EXIF and XMP."""
    return saved(picture(), "WEBP", exif=exif(1), xmp=XMP)


def tiff() -> bytes:
    """With words."""
    return saved(picture(), "TIFF", description=CANARY)


def box(kind: bytes, content: bytes) -> bytes:
    """One box of an ISO base media file."""
    return struct.pack(">I", 8 + len(content)) + kind + content


def _track(kind: bytes) -> bytes:
    made = struct.pack(">II", 3_876_000_000, 3_876_000_000)
    head = box(b"tkhd", b"\0\0\0\1" + made + b"\0" * 72)
    media = box(b"mdhd", b"\0\0\0\0" + made + b"\0" * 12) + box(b"hdlr", b"\0" * 8 + kind + b"\0" * 12 + b"\0")
    return box(b"trak", head + box(b"mdia", media))


def film(brand: bytes = b"isom", tracks: tuple[bytes, ...] = (b"vide", b"soun")) -> bytes:
    """A film's boxes with a time, a position and words; its pictures are noughts."""
    made = struct.pack(">II", 3_876_000_000, 3_876_000_000)
    words = CANARY.encode()
    where = b"+51.5100-000.1250+012/"
    user = box(b"\xa9xyz", struct.pack(">HH", len(where), 0x15C7) + where)
    user += box(b"\xa9nam", struct.pack(">HH", len(words), 0) + words)
    key = b"com.apple.quicktime.model"
    keys = box(b"keys", struct.pack(">II", 0, 1) + struct.pack(">I", 8 + len(key)) + b"mdta" + key)
    listed = box(b"ilst", box(struct.pack(">I", 1), box(b"data", struct.pack(">II", 1, 0) + words)))
    meta = box(b"meta", box(b"hdlr", b"\0" * 8 + b"mdta" + b"\0" * 13) + keys + listed)
    head = box(b"mvhd", b"\0\0\0\0" + made + b"\0" * 88)
    moov = box(b"moov", head + b"".join(map(_track, tracks)) + box(b"udta", user) + meta)
    xmp = box(b"uuid", bytes.fromhex("BE7ACFCB97A942E89C71999491E3AFAC") + XMP)
    return box(b"ftyp", brand + b"\0\0\2\0" + brand) + moov + xmp + box(b"mdat", b"\0" * 4000)


def heic() -> bytes:
    """The boxes of a HEIC picture with EXIF beside pixels that no decoder here reads."""
    block = b"\0\0\0\6Exif\0\0" + exif(1).tobytes().removeprefix(b"Exif\0\0")
    entry = box(b"infe", b"\2\0\0\0" + struct.pack(">HH", 1, 0) + b"hvc1\0")
    entry += box(b"infe", b"\2\0\0\0" + struct.pack(">HH", 2, 0) + b"Exif\0")
    ftyp = box(b"ftyp", b"heic\0\0\0\0mif1heic")
    kinds = box(b"iinf", b"\0\0\0\0\0\2" + entry)

    def meta(start: int) -> bytes:
        place = b"\0\0\0\0\x44\0" + struct.pack(">H", 1) + struct.pack(">HHHII", 2, 0, 1, start, len(block))
        return box(b"meta", b"\0\0\0\0" + box(b"hdlr", b"\0" * 8 + b"pict" + b"\0" * 13) + kinds + box(b"iloc", place))

    return ftyp + meta(len(ftyp) + len(meta(0)) + 8) + box(b"mdat", block + b"\0" * 500)


def wav() -> bytes:
    """A tenth of a second of silence, with words."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0" * 1600)
    words = CANARY.encode() + b"\0"
    listed = b"INFO" + b"ICMT" + struct.pack("<I", len(words)) + words + b"\0" * (len(words) % 2)
    content = out.getvalue() + b"LIST" + struct.pack("<I", len(listed)) + listed
    return content[:4] + struct.pack("<I", len(content) - 8) + content[8:]


def mp3() -> bytes:
    """Three silent frames with a tag before and one behind."""
    words = CANARY.encode()
    frame = b"TIT2" + struct.pack(">IH", len(words) + 1, 0) + b"\0" + words
    size = len(frame)
    tag = b"ID3\3\0\0" + bytes([size >> 21 & 127, size >> 14 & 127, size >> 7 & 127, size & 127]) + frame
    sound = (b"\xff\xfb\x90\0" + b"\0" * 413) * 3
    return tag + sound + b"TAG" + words.ljust(125, b"\0")


def pdf(*, acts: str = "", attached: bool = False, link: bool = False, words: str = "Plain words of a page") -> bytes:
    """One page; with words beside it, and with what acts where asked: 'JavaScript', 'Launch', 'GoTo'."""
    writer = PdfWriter()
    page = writer.add_blank_page(300, 200)
    stream = DecodedStreamObject()
    stream.set_data(f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode())
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject(
        {NameObject("/F1"): DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})}
    )
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Author": CANARY, "/Producer": "Maker of PDFs", "/CreationDate": "D:20261120210300+01'00'"})
    packet = DecodedStreamObject()
    packet.set_data(XMP)
    packet[NameObject("/Type")], packet[NameObject("/Subtype")] = NameObject("/Metadata"), NameObject("/XML")
    writer.root_object[NameObject("/Metadata")] = writer._add_object(packet)
    if acts == "GoTo":
        writer.root_object[NameObject("/OpenAction")] = ArrayObject([page.indirect_reference, NameObject("/Fit")])
    elif acts:
        said = {"JavaScript": "/JS", "Launch": "/F"}[acts]
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject(f"/{acts}"), NameObject(said): TextStringObject("app.alert(1)")}
        )
    if attached:
        writer.add_attachment("a.txt", b"attached")
    if link:
        writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://example.org"))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def zipped(members: dict[str, bytes | str], **more: Any) -> bytes:
    """A ZIP of these members."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="t"><dc:creator>'
    f"{CANARY}</dc:creator><dcterms:created>2026-11-20T21:03:00Z</dcterms:created></cp:coreProperties>"
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def docx(*, macros: bool = False, template: bool = False) -> bytes:
    """A Word document with two paragraphs."""
    members: dict[str, bytes | str] = {
        "[Content_Types].xml": TYPES,
        "word/document.xml": '<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>First words</w:t></w:r></w:p><w:p><w:r>'
        "<w:t>Second words</w:t></w:r></w:p></w:body></w:document>",
        "docProps/core.xml": CORE,
    }
    if macros:
        members["word/vbaProject.bin"] = b"\0"
    if template:
        members["word/_rels/settings.xml.rels"] = (
            '<Relationships><Relationship Type="http://x/attachedTemplate" Target="http://example.org/a.dotm" '
            'TargetMode="External"/></Relationships>'
        )
    return zipped(members)


def xlsx() -> bytes:
    """A workbook with one shared word."""
    members = {"xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": "<sst><si><t>Cell words</t></si></sst>"}
    return zipped({"[Content_Types].xml": TYPES, "docProps/core.xml": CORE, **members})


def odt() -> bytes:
    """An OpenDocument text."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", '<office xmlns:text="t"><text:p>Open words</text:p></office>')
        archive.writestr("meta.xml", CORE)
    return out.getvalue()


def tar() -> bytes:
    """An archive with one file."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("a.txt"), io.BytesIO(b""))
    return out.getvalue()


def eml(attached: bytes = b"", name: str = "a.bin") -> bytes:
    """An e-mail with words, in plain text and as a page."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Später"
    message["Date"] = "Fri, 20 Nov 2026 21:03:00 +0100"
    message.set_content("Mail words")
    message.add_alternative("<p>Mail words</p>", subtype="html")
    if attached:
        message.add_attachment(attached, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def svg(inside: str = "<rect width='9' height='9'/>") -> bytes:
    """A drawing."""
    return f'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()


def compound(*streams: str) -> bytes:
    """What looks like an old Office file with streams of these names."""
    names = b"".join(stream.encode("utf-16-le").ljust(64, b"\0") + b"\0" * 64 for stream in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + names


def wide_png(width: int, height: int) -> bytes:
    """A few bytes that say they are a picture of so many pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# One whole sample of each kind: the media type that it must be recognised as, a name it may have, how it is made.
KINDS: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
    ("image/jpeg", "a.jpg", jpeg),
    ("image/png", "a.png", png),
    ("image/gif", "a.gif", gif),
    ("image/webp", "a.webp", webp),
    ("image/heic", "a.heic", heic),
    ("image/heif", "a.heif", lambda: box(b"ftyp", b"mif1\0\0\0\0mif1") + b"\0" * 40),
    ("image/avif", "a.avif", lambda: saved(picture(), "AVIF")),
    ("image/tiff", "a.tif", tiff),
    ("image/bmp", "a.bmp", lambda: saved(picture(), "BMP")),
    ("video/mp4", "a.mp4", film),
    ("video/quicktime", "a.mov", lambda: film(b"qt  ")),
    ("video/3gpp", "a.3gp", lambda: film(b"3gp5")),
    ("audio/mp4", "a.m4a", lambda: film(b"M4A ", (b"soun",))),
    ("video/webm", "a.webm", lambda: b"\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm" + b"\0" * 90),
    ("video/x-matroska", "a.mkv", lambda: b"\x1a\x45\xdf\xa3\xa3\x42\x82\x88matroska" + b"\0" * 90),
    ("audio/amr", "a.amr", lambda: b"#!AMR\n" + b"\x3c" + b"\0" * 31),
    ("audio/mpeg", "a.mp3", mp3),
    ("audio/mpeg", "untagged.mp3", lambda: (b"\xff\xfb\x90\0" + b"\0" * 413) * 3),
    ("audio/ogg", "a.opus", lambda: b"OggS\0\2" + b"\0" * 22 + b"OpusHead\1\1" + b"\0" * 40),
    ("audio/wav", "a.wav", wav),
    ("application/pdf", "a.pdf", pdf),
    (_WORD, "a.docx", docx),
    (_SHEET, "a.xlsx", xlsx),
    ("application/vnd.oasis.opendocument.text", "a.odt", odt),
    ("application/rtf", "a.rtf", lambda: rb"{\rtf1\ansi Rich words\par}"),
    ("text/plain", "a.txt", "Words of the giver: café\n".encode),
    ("text/html", "a.html", lambda: b"<!doctype html><html><body>Hello</body></html>"),
    ("image/svg+xml", "a.svg", svg),
    ("application/xml", "a.xml", lambda: b'<?xml version="1.0"?><smses count="0"></smses>'),
    ("application/json", "a.json", lambda: b'{"messages": []}'),
    ("application/zip", "a.zip", lambda: zipped({"a.txt": "words"})),
    ("application/x-7z-compressed", "a.7z", lambda: b"7z\xbc\xaf\x27\x1c\0\4" + b"\0" * 40),
    ("application/vnd.rar", "a.rar", lambda: b"Rar!\x1a\x07\1\0" + b"\0" * 40),
    ("application/gzip", "a.gz", lambda: b"\x1f\x8b\x08\0" + b"\0" * 40),
    ("application/x-tar", "a.tar", tar),
    ("application/x-dosexec", "a.exe", lambda: b"MZ" + b"\0" * 58 + b"\x40\0\0\0PE\0\0" + b"\0" * 60),
    ("application/x-executable", "a", lambda: b"\x7fELF" + b"\0" * 60),
    ("application/x-script", "a.sh", lambda: b"#!/bin/sh\necho\n"),
    ("message/rfc822", "a.eml", eml),
    ("application/vnd.ms-outlook", "a.msg", lambda: compound("Root Entry", "__properties_version1.0")),
    ("application/msword", "a.doc", lambda: compound("Root Entry", "WordDocument")),
    ("application/vnd.ms-excel", "a.xls", lambda: compound("Root Entry", "Workbook")),
    ("application/java-archive", "a.jar", lambda: zipped({"META-INF/MANIFEST.MF": "", "A.class": b"\xca\xfe"})),
    (
        "application/vnd.android.package-archive",
        "a.apk",
        lambda: zipped({"AndroidManifest.xml": "", "classes.dex": ""}),
    ),
)
