"""All words in a file, whatever they stand in, for whoever looks for what must not leave. Runs apart (apart.py).

What cannot be read is told by name and never passed over. Pixels and sound are not read here.
"""

import io
import re
from collections.abc import Iterator
from email import message_from_bytes
from html import unescape
from typing import Any

from PIL import ExifTags
from PIL import Image

from holdfast.vault import exif
from holdfast.vault.apart import Answer
from holdfast.vault.apart import NotOpened
from holdfast.vault.mail import body
from holdfast.vault.mail import in_words
from holdfast.vault.mail import make_ready as mail_ready
from holdfast.vault.media import family_of
from holdfast.vault.office import archive_of
from holdfast.vault.office import member
from holdfast.vault.pdf_looking import BROKEN
from holdfast.vault.pdf_looking import make_ready as pdf_ready
from holdfast.vault.pdf_looking import reader_of
from holdfast.vault.previews import make_ready as pictures_ready

MOST_PAGES, MOST_LETTERS, MOST_TEXTS = 2_000, 8_000_000, 20_000
Text = tuple[str, str]  # where it stands, and the words
_TAG = re.compile(r"<[^<>]{0,2000}>")
# Names of values that tie a file to one device or person.
_TIES = re.compile(r"serial|owner|unique|host.?computer|artist|by-line|creator$|author|deviceid|imei", re.IGNORECASE)
_WORDED = re.compile(r"\.(?:xml|rels|txt|html?|xhtml|opf|ncx)$", re.IGNORECASE)


def make_ready() -> None:
    """Loads what the readers need: later no file can be opened."""
    mail_ready()
    pdf_ready()
    pictures_ready()


def read_all(content: bytes, media: str) -> Answer:
    """`texts` (where, words), `ties` (name, value), `not_read`: sentences."""
    family = family_of(media)
    found: dict[str, Any] = {"texts": [], "ties": [], "not_read": []}
    if family == "picture":
        texts = _picture(content, found)
    elif family == "pdf":
        texts = _pdf(content, found)
    elif family == "office" and content.startswith(b"PK"):
        texts = _office(content)
    elif family == "mail" and media == "message/rfc822":
        texts = _mail(content, found)
    else:
        texts = _text("its words", content)
    letters = 0
    for where, words in texts:
        letters += len(words)
        if letters > MOST_LETTERS or len(found["texts"]) >= MOST_TEXTS:
            found["not_read"].append("It holds more words than are read: those after the first were not.")
            break
        found["texts"].append([where, words])
    return Answer(found)


def _picture(content: bytes, found: dict[str, Any]) -> Iterator[Text]:
    try:
        picture = Image.open(io.BytesIO(content))
        values = exif.values_of(picture)
    except (OSError, ValueError, SyntaxError) as fault:
        raise NotOpened("damaged", "What the picture carries could not be read.") from fault
    yield from _values(values, found)
    try:
        point = _point(picture.getexif().get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001 a stranger's table
        point = ""
        found["not_read"].append("The position in it could not be read.")
    if point:
        yield "its position", point


def _values(values: list[exif.Value], found: dict[str, Any]) -> Iterator[Text]:
    for name, value in values:
        if name == "not read" or "not read" in value:
            found["not_read"].append(
                f"Part of what it carries could not be read: {value if name == 'not read' else name}."
            )
        elif _TIES.search(name):
            found["ties"].append([name[:80], value[:200]])
        yield f"what it carries ({name[:60]})", value


def _point(table: dict[int, Any]) -> str:
    """EXIF's position in degrees: 53.81970, -1.56770; '' where there is none."""
    if not {1, 2, 3, 4} <= set(table):
        return ""
    sides = []
    for side, parts in ((table[1], table[2]), (table[3], table[4])):
        degrees = sum(float(part) / 60**place for place, part in enumerate(parts))
        sides.append(-degrees if str(side).strip("\0 ").upper() in ("S", "W") else degrees)
    return f"{sides[0]:.5f}, {sides[1]:.5f}"


def _pdf(content: bytes, found: dict[str, Any]) -> Iterator[Text]:
    reader = reader_of(content)
    try:
        for name, value in (reader.metadata or {}).items():
            text = exif.as_text(str(value))
            if _TIES.search(str(name)):
                found["ties"].append([str(name).strip("/")[:80], text[:200]])
            yield f"what it carries ({str(name).strip('/')[:60]})", text
        packet = reader.xmp_metadata
        if packet is not None:
            yield "what it carries (XMP)", _without_tags(packet.stream.get_data().decode("utf-8", "replace"))
        for number, page in enumerate(reader.pages, 1):
            if number > MOST_PAGES:
                found["not_read"].append(f"Pages after {MOST_PAGES} were not read.")
                return
            yield from _page(number, page, found)
        for name, field in (reader.get_fields() or {}).items():
            yield "a form field", f"{name}: {field.get('/V', '')}"
        for mark in _marks(reader.outline):
            yield "its table of contents", mark
    except BROKEN:
        found["not_read"].append("Part of the document could not be read.")


def _page(number: int, page: Any, found: dict[str, Any]) -> Iterator[Text]:
    try:
        yield f"page {number}", page.extract_text()
    except BROKEN:
        found["not_read"].append(f"Page {number} could not be read.")
    for note in page.get("/Annots") or ():
        said = note.get_object()
        for name in ("/Contents", "/T", "/V"):
            if name in said:
                yield f"a note on page {number}", str(said[name])
        action = said.get("/A")
        if action is not None and "/URI" in action.get_object():
            yield f"a link on page {number}", str(action.get_object()["/URI"])


def _marks(outline: Any) -> Iterator[str]:
    for each in outline:
        if isinstance(each, list):
            yield from _marks(each)
        else:
            yield str(each.title)


def _office(content: bytes) -> Iterator[Text]:
    with archive_of(content) as archive:
        for name in archive.namelist():
            yield "the name of a part", name
            if _WORDED.search(name):
                text = member(archive, name).decode("utf-8", "replace")
                # Word breaks a run of letters where a spelling was looked at: with nothing between, and with a space.
                yield name[:80], _TAG.sub("", text)
                yield name[:80], _without_tags(text)


def _mail(content: bytes, found: dict[str, Any]) -> Iterator[Text]:
    message = message_from_bytes(content)
    for count, part in enumerate(message.walk()):
        if count > 500:
            found["not_read"].append("Parts of the message after the first 500 were not read.")
            return
        for name, value in part.items():
            yield f"a header ({name[:40]})", in_words(value)
        if part.is_multipart():
            continue
        if part.get_content_maintype() == "text":
            yield from _text("the message", body(part), part.get_content_charset() or "")
        else:
            found["not_read"].append("A file that hangs on the message was not opened.")


def _text(where: str, content: bytes, encoding: str = "") -> Iterator[Text]:
    text = decoded(content, encoding)
    yield where, text
    if "<" in text:
        yield where, _without_tags(text)
    if "-\n" in text or "-\r\n" in text:
        yield where, re.sub(r"-\r?\n\s*", "", text)


def decoded(content: bytes, encoding: str = "") -> str:
    """Bytes as text by their mark, as UTF-8, or by the Windows letters of the West."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    for each in (encoding, "utf-8-sig"):
        try:
            if each:
                return content.decode(each)
        except (LookupError, ValueError):
            continue
    return content.decode("cp1252", "replace")


def _without_tags(text: str) -> str:
    return unescape(_TAG.sub(" ", text))
