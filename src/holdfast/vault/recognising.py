"""Says what a file is by its content: its first and last bytes, never its name.

- The kinds that matter are told by checks of our own; puremagic tells the rest, and its word alone shows nothing.
- `recognise` never raises, and reads nothing but what it is handed.
"""

from typing import NamedTuple

import puremagic

from holdfast.vault.recognising_text import kind_of_text
from holdfast.vault.recognising_zip import kind_of_zip
from holdfast.vault.recognising_zip import names_of_compound

HEAD = 1 << 20  # bytes from the beginning and from the end that are looked at


class Ends(NamedTuple):
    """The beginning and the end of a file. In a small one they overlap."""

    head: bytes
    tail: bytes
    size: int

    @classmethod
    def of(cls, content: bytes) -> "Ends":
        """Of a whole content in memory."""
        return cls(content[:HEAD], content[-HEAD:] if content else b"", len(content))


def recognise(ends: Ends) -> str:
    """The media type, or '' where nothing recognises it."""
    head = ends.head
    if not head:
        return ""
    for start, media in _STARTS:
        if head.startswith(start):
            return media
    for check in (_riff, _boxes, _matroska, _ogg, _zip, _compound, _program, _sound, _elsewhere):
        if media := check(ends):
            return media
    return kind_of_text(head, ends.size) or _others(head)


_STARTS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"{\\rt", "application/rtf"),
    (b"#!AMR", "audio/amr"),
    (b"fLaC", "audio/flac"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b", "application/gzip"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"MSCF", "application/vnd.ms-cab-compressed"),
    (b"!BDN", "application/vnd.ms-outlook-pst"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xfe\xed\xfa\xce", "application/x-executable"),
    (b"\xfe\xed\xfa\xcf", "application/x-executable"),
    (b"\xce\xfa\xed\xfe", "application/x-executable"),
    (b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (b"\xca\xfe\xba\xbe", "application/x-executable"),
    (b"dex\n", "application/vnd.android.package-archive"),
    (b"\x4c\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    (b"[InternetShortcut]", "application/x-ms-shortcut"),
    (b"ITSF", "application/vnd.ms-htmlhelp"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "application/onenote"),
    (b"FWS", "application/x-shockwave-flash"),
    (b"CWS", "application/x-shockwave-flash"),
    (b"ZWS", "application/x-shockwave-flash"),
    (b"\0asm", "application/wasm"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"bplist00", "application/x-bplist"),
)  # fmt: skip


def _riff(ends: Ends) -> str:
    kinds = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
    return kinds.get(ends.head[8:12], "") if ends.head[:4] in (b"RIFF", b"RF64") else ""


_BRANDS = (
    (("heic", "heix", "hevc", "hevx", "heim", "heis"), "image/heic"),
    (("avif", "avis"), "image/avif"),
    (("mif1", "msf1"), "image/heif"),
    (("M4A ", "M4B ", "M4P "), "audio/mp4"),
    (("qt  ",), "video/quicktime"),
    (("3gp", "3g2", "3ge", "3gr", "3gs"), "video/3gpp"),
)


def _boxes(ends: Ends) -> str:
    """ISO base media files by their brand; a film of the oldest QuickTime begins with another box."""
    head = ends.head
    if head[4:8] == b"ftyp":
        brand = head[8:12].decode("latin-1")
        for brands, media in _BRANDS:
            if brand.startswith(brands):
                others = [head[at : at + 4] for at in range(16, min(64, int.from_bytes(head[:4], "big")), 4)]
                return "image/heic" if media == "image/heif" and b"heic" in others else media
        return "video/mp4"
    return "video/quicktime" if head[4:8] in (b"moov", b"mdat", b"wide", b"pnot") else ""


def _matroska(ends: Ends) -> str:
    if not ends.head.startswith(b"\x1a\x45\xdf\xa3"):
        return ""
    return "video/webm" if b"webm" in ends.head[:64] else "video/x-matroska"


def _ogg(ends: Ends) -> str:
    return "audio/ogg" if ends.head.startswith(b"OggS") else ""


def _zip(ends: Ends) -> str:
    return kind_of_zip(ends.head, ends.tail) if ends.head[:4] in (b"PK\3\4", b"PK\5\6", b"PK\7\x08") else ""


def _compound(ends: Ends) -> str:
    """Old Office, Outlook and installers: they are told apart by the names of their streams."""
    if not ends.head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return ""
    names = names_of_compound(ends.head + ends.tail)
    for stream, media in (
        ("__properties_version1.0", "application/vnd.ms-outlook"),
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
        ("Book", "application/vnd.ms-excel"),
        ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ):
        if stream in names:
            return media
    return "application/x-dosexec" if "SummaryInformation" in names else "application/x-ole-storage"


def _program(ends: Ends) -> str:
    head = ends.head
    if head.startswith(b"MZ"):
        at = int.from_bytes(head[60:64], "little")
        if head[at : at + 2] in (b"PE", b"NE", b"LE", b"LX") or b"\0" in head[:512]:
            return "application/x-dosexec"
    return "application/x-script" if head.startswith(b"#!") else ""


def _sound(ends: Ends) -> str:
    head = ends.head
    if head.startswith(b"ID3"):
        return "audio/mpeg"
    if len(head) > 3 and head[0] == 0xFF and head[1] & 0xF6 == 0xF0:
        return "audio/aac"
    return "audio/mpeg" if _mp3_frame(head, 0) and _mp3_frame(head, _mp3_frame(head, 0)) else ""


_BITRATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 0),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0),
}


def _mp3_frame(head: bytes, at: int) -> int:
    """Where the frame of MPEG audio, layer 3, ends that begins here; 0 where none begins here (ISO/IEC 11172-3)."""
    if len(head) < at + 4 or head[at] != 0xFF or head[at + 1] & 0xE6 != 0xE2:
        return 0
    version, third = (head[at + 1] >> 3) & 3, head[at + 2]
    rate = (44100, 48000, 32000, 0)[(third >> 2) & 3]
    bits = _BITRATES[1 if version == 3 else 2][third >> 4]
    if version == 1 or not rate or not bits:
        return 0
    slower = {3: 1, 2: 2, 0: 4}[version]
    length = (144 if version == 3 else 72) * bits * 1000 // (rate // slower) + (third >> 1 & 1)
    return at + length


def _elsewhere(ends: Ends) -> str:
    """What names itself at a place further in."""
    head = ends.head
    if head[257:262] == b"ustar":
        return "application/x-tar"
    if head[32769:32774] == b"CD001":
        return "application/x-iso9660-image"
    if (
        head[:2] == b"BM"
        and head[6:10] == b"\0\0\0\0"
        and int.from_bytes(head[14:18], "little") in (12, 40, 52, 56, 108, 124)
    ):
        return "image/bmp"
    return "application/pdf" if b"%PDF-" in head[:1024] else ""


def _others(head: bytes) -> str:
    try:
        found = puremagic.magic_string(head[:65536])
    except (puremagic.PureError, ValueError, IndexError, KeyError, TypeError):
        return ""
    sure = [each for each in found if each.confidence >= 0.5 and each.mime_type and len(each.byte_match) >= 4]
    return str(sure[0].mime_type) if sure else ""
