"""PDF that a screen reader can follow (PDF/UA-1): standard print, large print, easy read.

WeasyPrint is loaded only here, and only when a file is written: the pages are served without it.
"""

from __future__ import annotations

import logging
import re
from typing import Any
from unicodedata import name as name_of

from holdfast.handbook.book import Book
from holdfast.handbook.not_made import MissingLetters
from holdfast.handbook.not_made import NotMade
from holdfast.handbook.paper import document

INSTALL = "not built: run `make formats` and install libpango-1.0-0, libpangoft2-1.0-0, libharfbuzz-subset0 (apt.txt)"
# WeasyPrint maps a glyph that stands for no letter of its own to nothing, which readers take for a damaged table
# (github.com/Kozea/WeasyPrint issue 2841). A space without width says the same and is allowed.
_NOTHING, _ZERO_WIDTH = re.compile(rb"^(<[0-9a-f]+>) <>$", re.MULTILINE), rb"\1 <200b>"


def standard(book: Book) -> bytes:
    """12 point."""
    return pdf_of(document(book, "paper"))


def large_print(book: Book) -> bytes:
    """18 point."""
    return pdf_of(document(book, "paper", "large"))


def easy_read(book: Book) -> bytes:
    """The easy-read edition. NotMade where nobody has written one."""
    if not any(chapter.easy for chapter in book.chapters):
        raise NotMade("not made: nobody has written an easy-read edition of this in this language")
    return pdf_of(document(book, "paper", "easy", easy=True))


def pages_of(html: str) -> int:
    """How many pages a document takes."""
    return len(load_weasyprint().HTML(string=html, url_fetcher=_nothing_fetched).render().pages)


def pdf_of(html: str) -> bytes:
    """A document as PDF/UA-1. MissingLetters where no font draws a letter of it; NotMade without WeasyPrint."""
    page = load_weasyprint().HTML(string=html, url_fetcher=_nothing_fetched)
    missing: set[str] = set()

    def finish(drawn: Any, pdf: Any) -> None:
        for font in drawn.fonts.values():
            missing.update(chr(number) for number in font.missing)
        _mend_tables(pdf)

    written: bytes = page.write_pdf(pdf_variant="pdf/ua-1", finisher=finish)
    if missing:
        raise MissingLetters([letter_in_words(each) for each in sorted(missing)])
    return written


def letter_in_words(letter: str) -> str:
    """A letter's number and name, and so its script: 'U+0905 DEVANAGARI LETTER A'."""
    return f"U+{ord(letter):04X} {name_of(letter, 'of no known script')}"


def _mend_tables(pdf: Any) -> None:
    for each in pdf.objects:
        stream = getattr(each, "stream", None)
        if stream and any(b"beginbfchar" in part for part in stream if isinstance(part, bytes)):
            each.stream = [_NOTHING.sub(_ZERO_WIDTH, part) if isinstance(part, bytes) else part for part in stream]


def load_weasyprint() -> Any:
    """The library, loaded. NotMade where it is not installed."""
    try:
        import weasyprint  # type: ignore[import-untyped]
        from PIL import ImageFile
    except (ImportError, OSError):
        raise NotMade(INSTALL) from None
    # It lets the whole process take pictures that break off for whole ones: half a drawn signature would sign.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    # It warns of rules that it does not know and of letters without a glyph; the second is held above.
    logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return weasyprint


def _nothing_fetched(url: str, *_: object, **__: object) -> Any:
    """Nothing is loaded from anywhere: a page that asked for something would tell somebody who reads it."""
    raise ValueError("A file of the guide loads nothing")
