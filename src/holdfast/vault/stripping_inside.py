"""Writes a PDF, an Office document or a TIFF anew without what it carries beside its content. Runs apart (apart.py).

Of a document that holds what acts (scripts, files inside it) no copy is made: nobody would hold that copy.
"""

import io
import re
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject
from pypdf.generic import IndirectObject
from pypdf.generic import StreamObject

from holdfast.vault import pdf_looking
from holdfast.vault import previews
from holdfast.vault.apart import Answer
from holdfast.vault.apart import NotOpened
from holdfast.vault.office import archive_of
from holdfast.vault.office import member
from holdfast.vault.office import open_office
from holdfast.vault.stripping_pictures import PICTURES
from holdfast.vault.without import Without

_ACTS = "It holds something that acts: a copy would hold it too."
_BESIDE = ("/Metadata", "/PieceInfo", "/LastModified", "/Thumb", "/Info")
_EMPTY = {
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties"/>',
    "docProps/app.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>',
    "docProps/custom.xml": '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>',
    "meta.xml": '<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>',
}
_AUTHORS = re.compile(rb"\bw:author=|<dc:creator>|\bauthors?>|\brsid\w*=", re.IGNORECASE)
_PICTURE = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif"}


def make_ready() -> None:
    """Loads what both libraries ask for only when it is needed."""
    pdf_looking.make_ready()
    previews.make_ready()


def strip(content: bytes, media: str) -> Answer:
    """The new file, with `media`, `left_out` and `left`. NotOpened."""
    if media == "application/pdf":
        return _pdf(content)
    if media == "image/tiff":
        return _tiff(content)
    return _office(content, media)


def _pdf(content: bytes) -> Answer:
    reader = pdf_looking.reader_of(content)
    left_out, left = {"the document's information"}, set()
    try:
        writer = PdfWriter(clone_from=reader)
        writer.metadata = None
        for each in list(writer._objects):  # noqa: SLF001 every object, also those that no page leads to
            if isinstance(each, DictionaryObject):
                gone = [name for name in _BESIDE if name in each]
                for name in gone:
                    del each[name]
                left_out |= {"XMP" if name == "/Metadata" else "notes of programs" for name in gone}
                if "/T" in each and "/Subtype" in each and "/FT" not in each:
                    left.add("names in notes on its pages")
            if isinstance(each, StreamObject) and _bare_picture(each):
                left_out.add("EXIF of its pictures")
        writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
        out = io.BytesIO()
        writer.write(out)
    except pdf_looking.BROKEN as fault:
        raise NotOpened("damaged", "The PDF document could not be written anew.") from fault
    if pdf_looking.open_pdf(out.getvalue()).said["acts"]:
        raise NotOpened("damaged", _ACTS)
    again = pdf_looking.reader_of(out.getvalue())
    if again.metadata or again.root_object.get("/Metadata") is not None:
        raise NotOpened("damaged", "What the PDF document carries could not be left out.")
    return _answer(out.getvalue(), "application/pdf", left_out, left)


def _bare_picture(each: StreamObject) -> bool:
    """Leaves out what a JPEG inside carries; whether anything went."""
    kind = each.get("/Filter")
    kind = kind.get_object() if isinstance(kind, IndirectObject) else kind
    if kind != "/DCTDecode" and not (isinstance(kind, list) and list(kind) == ["/DCTDecode"]):
        return False
    data = each._data  # noqa: SLF001 as it is stored: decoding would give pixels
    without = PICTURES["image/jpeg"](data)
    if without is None or not without.left_out:
        return False
    each._data = _joined(data, without)  # noqa: SLF001
    return True


def _joined(content: bytes, without: Without) -> bytes:
    return b"".join(each if isinstance(each, bytes) else content[each[0] : each[1]] for each in without.segments)


def _tiff(content: bytes) -> Answer:
    picture = previews.opened(content, "image/tiff")
    try:
        picture.load()
        turned = previews.set_upright(picture)
        kept = turned if turned.mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16") else turned.convert("RGB")
        fresh = Image.frombytes(kept.mode, kept.size, kept.tobytes())
        if kept.mode == "P":
            fresh.putpalette(kept.getpalette() or [])
        out = io.BytesIO()
        fresh.save(out, "PNG")
    except (OSError, ValueError, SyntaxError, KeyError, TypeError) as fault:
        raise NotOpened("damaged", "The picture breaks off, or its pixels cannot be read.") from fault
    left_out = {"words and tables of the TIFF", "its colour profile"}
    if getattr(picture, "n_frames", 1) > 1:
        raise NotOpened("damaged", "It holds several pictures, which would be lost.")
    return _answer(out.getvalue(), "image/png", left_out, set())


def _office(content: bytes, media: str) -> Answer:
    if open_office(content, media).said["acts"]:
        raise NotOpened("damaged", _ACTS)
    left_out, left = {"the document's properties", "times of its parts"}, set()
    out = io.BytesIO()
    with archive_of(content) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in archive.namelist():
            inside = _EMPTY.get(name, "").encode() or member(archive, name)
            if name.lower().startswith(("docprops/thumbnail", "thumbnails/")):
                left_out.add("a small picture of it")
                continue
            kind = _PICTURE.get(name[name.rfind(".") :].lower())
            if kind and (without := PICTURES[kind](inside)) and without.left_out:
                inside = _joined(inside, without)
                left_out.add("EXIF of its pictures")
            if name not in _EMPTY and _AUTHORS.search(inside):
                left.add("names in its comments or changes")
            stored = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            stored.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(stored, inside)
        media_type = _media(archive.namelist(), content)
    return _answer(out.getvalue(), media_type, left_out, left)


def _media(names: list[str], content: bytes) -> str:
    from holdfast.vault.recognising_zip import kind_of_zip

    return kind_of_zip(content[: 1 << 20], content[-(1 << 20) :]) if names else ""


def _answer(content: bytes, media: str, left_out: set[str], left: set[str]) -> Answer:
    return Answer({"media": media, "left_out": sorted(left_out), "left": sorted(left)}, (content,))
