"""Looks into a PDF without running it: what in it would act, and what it says of itself.

Runs apart (apart.py). Everything that the document leads to is walked once, so many objects at most; a document that
cannot be walked to its end is held. An action that only goes to a page of its own is none; an ordinary link is told.
"""

import io
import logging
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject
from pypdf.generic import DictionaryObject
from pypdf.generic import IndirectObject
from pypdf.generic import NameObject
from pypdf.generic import StreamObject

from holdfast.vault.apart import Answer
from holdfast.vault.apart import NotOpened
from holdfast.vault.exif import Value
from holdfast.vault.exif import as_text
from holdfast.vault.exif import of_xmp

MOST_OBJECTS = 150_000
_SCRIPTS, _INSIDE = "scripts", "files inside it"
_ACTS = {
    "/JavaScript": _SCRIPTS,
    "/JS": _SCRIPTS,
    "/XFA": "a form that runs scripts",
    "/Launch": "an action that starts a program",
    "/SubmitForm": "a form that sends what is filled in",
    "/ImportData": "an action that reads a file",
    "/GoToR": "an action that opens another file",
    "/GoToE": "an action that opens a file inside it",
    "/RichMedia": "films or Flash",
    "/Rendition": "an action that plays something",
    "/EmbeddedFiles": _INSIDE,
    "/EmbeddedFile": _INSIDE,
    "/AF": _INSIDE,
}
_ACTIVE_KINDS = ("/FileAttachment", "/RichMedia", "/Screen", "/3D")
BROKEN = (
    PyPdfError, ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError,
    RecursionError, StopIteration, TypeError, ValueError,
)  # fmt: skip


def make_ready() -> None:
    """Loads what pypdf asks for only when it is needed, and silences its log: it may quote what it reads."""
    from holdfast.vault.apart_inside import load_all_of

    load_all_of("pypdf")
    logging.disable(logging.CRITICAL)


def open_pdf(content: bytes) -> Answer:
    """What would act (`acts`), whether it leads out (`links`), pages, and values. NotOpened where it cannot be read."""
    reader = reader_of(content)
    try:
        acts = sorted(set(_acts(reader)))
        pages = len(reader.pages)
    except BROKEN as fault:
        raise NotOpened(
            "damaged", "The PDF document is not built as it must be: what it holds is not known."
        ) from fault
    links = "/URI" in acts
    return Answer(
        {
            "acts": [each for each in acts if each != "/URI"],
            "links": links,
            "pages": pages,
            "values": [*_values(reader)][:300],
        }
    )


def reader_of(content: bytes) -> PdfReader:
    """A reader of a PDF; NotOpened where it is none, or asks for a password that is not empty."""
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
    except BROKEN as fault:
        raise NotOpened("damaged", "It begins like a PDF document and is not built like one.") from fault
    if locked:
        raise NotOpened("damaged", "The PDF document asks for a password: nobody here can look into it.")
    return reader


def _acts(reader: PdfReader) -> Iterator[str]:
    """What acts, of everything that the trailer leads to. Depth first, without recursion."""
    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    count = 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if (each.idnum, each.generation) in seen:
                continue
            seen.add((each.idnum, each.generation))
            each = each.get_object()
        count += 1
        if count > 20 * MOST_OBJECTS or len(seen) > MOST_OBJECTS:
            raise NotOpened("too_large_to_open", "The PDF document holds more objects than are looked at.")
        if isinstance(each, DictionaryObject):
            yield from _in_dictionary(each)
            waiting += list(each.values())
        elif isinstance(each, ArrayObject):
            waiting += list(each)


def _in_dictionary(each: DictionaryObject) -> Iterator[str]:
    for name in each:
        if name in _ACTS and not (name == "/AF" and not _at(each, name)):
            yield _ACTS[name]
    kind = _at(each, "/S")
    if isinstance(kind, NameObject) and kind in _ACTS:
        yield _ACTS[kind]
    if kind == "/URI":
        yield "/URI"
    if _at(each, "/Type") == "/EmbeddedFile" or _at(each, "/Subtype") in _ACTIVE_KINDS:
        yield _INSIDE
    opens = _at(each, "/OpenAction")
    if isinstance(opens, DictionaryObject) and not _only_goes(opens):
        yield "an action that runs when it is opened"
    if any(not _only_goes(action) for action in _triggers(each)):
        yield "an action that runs by itself"


def _triggers(each: DictionaryObject) -> Iterator[Any]:
    more = _at(each, "/AA")
    if isinstance(more, DictionaryObject):
        yield from (_at(more, name) for name in more)


def _at(each: DictionaryObject, name: str) -> Any:
    """A value with its reference followed."""
    value = each.get(name)
    return value.get_object() if isinstance(value, IndirectObject) else value


def _only_goes(action: Any) -> bool:
    return isinstance(action, DictionaryObject) and _at(action, "/S") == "/GoTo" and "/Next" not in action


def _values(reader: PdfReader) -> Iterator[Value]:
    try:
        for name, value in (reader.metadata or {}).items():
            if text := as_text(str(value)):
                yield str(name).lstrip("/")[:80], text
    except BROKEN:
        yield "not read", "the document's information"
    try:
        packet = reader.root_object.get("/Metadata")
        stream = packet.get_object() if packet is not None else None
        if isinstance(stream, StreamObject):
            yield from of_xmp(stream.get_data())
    except BROKEN:
        yield "not read", "the document's XMP"
