"""The formats there are: what each is called, how it is written, and whether it is made for each page too."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from holdfast.handbook.audio import audio_of
from holdfast.handbook.book import Book
from holdfast.handbook.braille import braille_of
from holdfast.handbook.bundle import bundle_of
from holdfast.handbook.card import card_page
from holdfast.handbook.card import card_pdf
from holdfast.handbook.epub import epub_of
from holdfast.handbook.pdf import easy_read
from holdfast.handbook.pdf import large_print
from holdfast.handbook.pdf import standard
from holdfast.handbook.text import text_of


class Format(NamedTuple):
    """One kind of file."""

    id: str
    says: str  # what it is, for a command's help
    ending: str  # of its file's name: '-large-print.pdf'
    write: Callable[[Book], bytes]
    each_page: bool = True
    weight: int = 1  # roughly how long it takes, beside plain text


_ALL = (
    Format("audio", "spoken, with a mark for each page", ".opus", audio_of, weight=400),
    Format("large-print", "PDF in 18 point", "-large-print.pdf", large_print, weight=45),
    Format("pdf", "PDF that a screen reader can follow", ".pdf", standard, weight=40),
    Format("easy-read", "PDF, one short sentence a line", "-easy-read.pdf", easy_read, weight=35),
    Format("card", "a card for a purse, PDF", "-card.pdf", card_pdf, each_page=False, weight=20),
    Format("card-page", "the same as a page to print", "-card.html", card_page, each_page=False),
    Format("epub", "e-book", ".epub", epub_of, weight=2),
    Format("braille", "braille, .brf", ".brf", braille_of, weight=3),
    Format("text", "plain text", ".txt", text_of),
    Format("bundle", "zip of fragments for another site", ".zip", bundle_of, each_page=False),
)
FORMATS = {each.id: each for each in _ALL}
NEEDS_TIME = ("audio",)  # left out unless they are asked for


def file_name(made: Format, page: int) -> str:
    """A name that says nothing of what is in it. `page` 0 is the whole."""
    return f"information{f'-{page}' if page else ''}{made.ending}"
