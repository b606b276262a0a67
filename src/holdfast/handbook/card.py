"""A card for a purse: blanks for the report number, the officer and the adviser on one side, who to call on the other.

- In the neutral look the first side and the title say nothing of police or of abuse: it could be any card.
- Blanks are filled by hand, never by a machine: what was typed into a page would stay on the device.
"""

from __future__ import annotations

from html import escape

from holdfast.handbook.book import Book
from holdfast.handbook.book import Line
from holdfast.handbook.book import Words
from holdfast.handbook.direction import directed
from holdfast.handbook.paper import fonts_for
from holdfast.handbook.paper import paragraph
from holdfast.handbook.paper import sheet
from holdfast.handbook.pdf import pages_of
from holdfast.handbook.pdf import pdf_of

_ON_A_SHEET = 5
_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5)  # points; the first at which both sides fit
_FEWEST_LINES = 1


def card_pdf(book: Book) -> bytes:
    """Both sides at their own size, then a sheet to cut and fold."""
    book = directed(book)
    size, lines = _fitting(book)
    return pdf_of(_document(book, size, f"{_sides(book, lines)}{_sheet(book, lines)}"))


def card_page(book: Book) -> bytes:
    """The sheet as a page of its own that any browser prints."""
    book = directed(book)
    lines = book.emergency[:4]
    return _document(book, _SIZES[2], _sheet(book, lines)).encode()


def first_side(book: Book) -> str:
    """What stands where anyone who opens the purse looks, as HTML."""
    asked = ("report_number", "officer", "officer_number", "adviser", "adviser_number")
    if book.neutral:
        asked = ("reference", "name", "telephone", "name", "telephone")
    return "".join(_blank(book, each) for each in asked)


def _blank(book: Book, name: str) -> str:
    """A line to write on; where nobody checked the translation of what it asks for, with the English beside it."""
    said, english = (getattr(words, name) for words in (book.words, Words()))
    beside = f' <span lang="en" dir="ltr">({escape(english)})</span>' if book.words.draft and said != english else ""
    return f'<div class="blank"><span>{escape(said)}{beside}</span><span class="line"></span></div>'


def _second_side(book: Book, lines: tuple[Line, ...]) -> str:
    said = "".join(paragraph(line) for line in lines)
    return said + _blank(book, "notes")


def _fitting(book: Book) -> tuple[float, tuple[Line, ...]]:
    """The largest letters in which both sides fit, with as many of the lines as then fit: the most urgent ones stay."""
    for count in range(len(book.emergency), _FEWEST_LINES, -1):
        lines = book.emergency[:count]
        for size in _SIZES:
            if pages_of(_document(book, size, _sides(book, lines))) == 2:
                return size, lines
    return _SIZES[-1], book.emergency[:_FEWEST_LINES]


def _sides(book: Book, lines: tuple[Line, ...]) -> str:
    return f'<div class="side">{first_side(book)}</div><div>{_second_side(book, lines)}</div>'


def _sheet(book: Book, lines: tuple[Line, ...]) -> str:
    pair = f'<div class="pair"><div>{_second_side(book, lines)}</div><div>{first_side(book)}</div></div>'
    how = escape(" ".join(filter(None, (book.words.fold, book.words.draft))))
    return f'<div class="sheet"><p class="how">{how}</p>{pair * _ON_A_SHEET}</div>'


def _document(book: Book, size: float, body: str) -> str:
    title = book.neutral_title if book.neutral else book.title
    rule = f"html {{ font-size: {size}pt; font-family: {fonts_for(book.language)}; }}"
    return (
        f'<!doctype html><html lang="{escape(book.language)}" dir="{book.direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
        f"<style>{sheet('card')}{rule}</style></head><body>{body}</body></html>"
    )
