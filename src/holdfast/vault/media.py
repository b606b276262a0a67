"""The kinds of file that matter: what people call them, the endings they come under, and to which family they belong.

A file is *disguised* where its ending, or the type that was claimed, belongs to another family than its content. Inside
a family telephones mislabel every day (a WebP named .jpg), and nothing follows from it: the content says what is shown.
"""

from typing import Literal
from typing import NamedTuple

Family = Literal["picture", "film", "sound", "text", "pdf", "office", "mail", "page", "archive", "program", "data"]


class Media(NamedTuple):
    """One kind: its family, its name in words, and its endings."""

    family: Family
    called: str
    endings: tuple[str, ...]


def _kinds(*rows: tuple[str, Family, str, str]) -> dict[str, Media]:
    return {media: Media(family, called, tuple(endings.split())) for media, family, called, endings in rows}


MEDIA = _kinds(
    ("image/jpeg", "picture", "JPEG picture", "jpg jpeg jpe jfif"),
    ("image/png", "picture", "PNG picture", "png apng"),
    ("image/gif", "picture", "GIF picture", "gif"),
    ("image/webp", "picture", "WebP picture", "webp"),
    ("image/heic", "picture", "HEIC picture", "heic heics hif"),
    ("image/heif", "picture", "HEIF picture", "heif heifs"),
    ("image/avif", "picture", "AVIF picture", "avif"),
    ("image/tiff", "picture", "TIFF picture", "tif tiff dng"),
    ("image/bmp", "picture", "BMP picture", "bmp dib"),
    ("video/mp4", "film", "MP4 film", "mp4 m4v mp4v"),
    ("video/quicktime", "film", "QuickTime film", "mov qt"),
    ("video/3gpp", "film", "3GP film", "3gp 3gpp 3g2"),
    ("video/webm", "film", "WebM film", "webm"),
    ("video/x-matroska", "film", "Matroska film", "mkv mka mks"),
    ("video/x-msvideo", "film", "AVI film", "avi"),
    ("audio/amr", "sound", "AMR recording", "amr awb"),
    ("audio/mp4", "sound", "M4A recording", "m4a m4b m4r"),
    ("audio/mpeg", "sound", "MP3 recording", "mp3 mp2 mpga"),
    ("audio/ogg", "sound", "Ogg recording", "ogg oga opus spx"),
    ("audio/wav", "sound", "WAV recording", "wav wave"),
    ("audio/flac", "sound", "FLAC recording", "flac"),
    ("audio/aac", "sound", "AAC recording", "aac"),
    ("application/pdf", "pdf", "PDF document", "pdf"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "office", "Word document",
     "docx dotx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "office", "Excel workbook", "xlsx xltx"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "office", "PowerPoint file",
     "pptx ppsx potx"),
    ("application/vnd.ms-office.macro", "office", "Office file made for macros",
     "docm dotm xlsm xltm xlam xlsb pptm ppsm"),
    ("application/vnd.oasis.opendocument.text", "office", "OpenDocument text", "odt ott"),
    ("application/vnd.oasis.opendocument.spreadsheet", "office", "OpenDocument spreadsheet", "ods ots"),
    ("application/vnd.oasis.opendocument.presentation", "office", "OpenDocument presentation", "odp otp"),
    ("application/msword", "office", "old Word document", "doc dot"),
    ("application/vnd.ms-excel", "office", "old Excel workbook", "xls xlt xla"),
    ("application/vnd.ms-powerpoint", "office", "old PowerPoint file", "ppt pps pot"),
    ("application/rtf", "office", "rich text", "rtf"),
    ("application/epub+zip", "office", "e-book", "epub"),
    ("text/plain", "text", "plain text", "txt text log md asc srt vtt"),
    ("text/csv", "text", "table as text", "csv tsv tab"),
    ("application/xml", "text", "XML", "xml xsl xsd gpx kml rss plist"),
    ("application/json", "text", "JSON", "json geojson jsonl ndjson har"),
    ("text/vcard", "text", "contact card", "vcf vcard"),
    ("text/calendar", "text", "calendar", "ics ical ifb"),
    ("text/html", "page", "web page", "html htm xhtml xht shtml mht mhtml"),
    ("image/svg+xml", "page", "SVG drawing", "svg"),
    ("message/rfc822", "mail", "e-mail", "eml mbox"),
    ("application/vnd.ms-outlook", "mail", "Outlook message", "msg"),
    ("application/zip", "archive", "ZIP archive", "zip zipx"),
    ("application/x-7z-compressed", "archive", "7-Zip archive", "7z"),
    ("application/vnd.rar", "archive", "RAR archive", "rar"),
    ("application/gzip", "archive", "gzip archive", "gz tgz"),
    ("application/x-bzip2", "archive", "bzip2 archive", "bz2"),
    ("application/x-xz", "archive", "xz archive", "xz"),
    ("application/zstd", "archive", "Zstandard archive", "zst"),
    ("application/x-tar", "archive", "tar archive", "tar"),
    ("application/vnd.ms-cab-compressed", "archive", "cabinet archive", "cab"),
    ("application/x-iso9660-image", "archive", "disc image", "iso img"),
    ("application/vnd.ms-outlook-pst", "archive", "Outlook mailbox", "pst ost"),
    ("application/x-dosexec", "program", "Windows program", "exe dll scr com sys cpl msi pif ocx"),
    ("application/x-executable", "program", "program", "bin elf so run out dylib"),
    ("application/java-archive", "program", "Java program", "jar war class"),
    ("application/vnd.android.package-archive", "program", "Android app", "apk xapk dex"),
    ("application/x-ms-shortcut", "program", "Windows shortcut", "lnk url"),
    ("application/x-script", "program", "script",
     "js mjs jse vbs vbe wsf wsh ps1 psm1 bat cmd sh bash py pyw pl rb php hta reg applescript command"),
    ("application/vnd.ms-htmlhelp", "program", "Windows help file", "chm"),
    ("application/onenote", "program", "OneNote file", "one onepkg"),
    ("application/x-shockwave-flash", "program", "Flash film", "swf"),
    ("application/wasm", "program", "WebAssembly program", "wasm"),
    ("application/vnd.sqlite3", "data", "SQLite database", "sqlite sqlite3 db"),
    ("application/x-bplist", "data", "Apple property list", "bplist"),
)  # fmt: skip

ENDINGS = {ending: media for media, kind in MEDIA.items() for ending in kind.endings}
NOT_TELLING = {"bin", "img", "out", "db", "com", "one", "run", "tab", "pot"}  # endings that many kinds share

# A film without pictures is a recording; an e-mail is kept as text too.
ALIKE: tuple[frozenset[Family], ...] = (frozenset({"film", "sound"}), frozenset({"text", "mail"}))


def family_of(media: str) -> Family | None:
    """The family of a media type, or None where it is none of these."""
    kind = MEDIA.get(media)
    return kind.family if kind else None


def called(media: str) -> str:
    """What people call it, with no article: 'JPEG picture'."""
    kind = MEDIA.get(media)
    return kind.called if kind else (media or "file of a kind that was not recognised")


def ending_of(named: str) -> str:
    """The ending of a name in small letters, '' where it has none: 'a.JPG ' is 'jpg'."""
    name = named.replace("\\", "/").rpartition("/")[2].strip().rstrip(".")
    before, point, ending = name.rpartition(".")
    return ending.lower() if point and before and len(ending) <= 12 else ""


def claimed_by(named: str) -> str:
    """The media type that a name's ending claims, or '' where it claims none."""
    ending = ending_of(named)
    return "" if ending in NOT_TELLING else ENDINGS.get(ending, "")


def another_family(claimed: str, media: str) -> bool:
    """Whether a claimed media type is of another family than what the content is. Unknown types claim nothing."""
    first, second = family_of(claimed), family_of(media)
    if first is None or second is None or first == second:
        return False
    return not any({first, second} <= alike for alike in ALIKE)
