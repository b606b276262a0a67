"""Numbers in a script that runs from right to left.

Without help the groups of '0808 2000 247' are laid out from right to left, as 247 2000 0808: another number. Marks that
take no room (Unicode's isolates) keep each number in the order in which it is dialled, in any program that shows it.
"""

from __future__ import annotations

import re

import msgspec

from holdfast.handbook.book import Book
from holdfast.handbook.book import Chapter

FROM_LEFT, TO_HERE = "\u2066", "\u2069"
# Groups of figures with one or two signs between them; '9 - 5' is two numbers, and may run as the script does.
_NUMBER = re.compile(r"\+?\(?\d+(?:[ \u00a0().-]{1,2}\d+)+|\+\d+")
_TAG = re.compile(r"(<[^>]*>)")


def directed(book: Book) -> Book:
    """The book for the eye: in a script that runs from right to left, with its numbers held in order."""
    if book.direction != "rtl":
        return book
    lines = tuple(msgspec.structs.replace(line, text=in_order(line.text)) for line in book.emergency)
    return msgspec.structs.replace(book, emergency=lines, chapters=tuple(_chapter(each) for each in book.chapters))


def in_order(text: str, before: str = FROM_LEFT, after: str = TO_HERE) -> str:
    """Words with each number of several groups held in order, by what stands before and after it."""
    return _NUMBER.sub(lambda found: f"{before}{found[0]}{after}", text)


def _chapter(chapter: Chapter) -> Chapter:
    return msgspec.structs.replace(
        chapter,
        title=in_order(chapter.title),
        answer=in_order(chapter.answer),
        html=_html(chapter.html),
        easy=_html(chapter.easy),
        sources=_html(chapter.sources),
    )


def _html(html: str) -> str:
    return "".join(part if part.startswith("<") else in_order(part) for part in _TAG.split(html))
