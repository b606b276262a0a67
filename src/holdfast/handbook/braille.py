"""Braille for an embosser or a braille display: .brf, pages of 25 lines of 40 cells, the last line the page's number.

Which grade stands beside each language; a language that is not listed has no table here, which is said. Nobody who
reads braille has read these files yet: docs/how-to/make-the-files.md says so too.
"""

from __future__ import annotations

from collections.abc import Iterator

from holdfast.handbook.blocks import Block
from holdfast.handbook.blocks import Piece
from holdfast.handbook.blocks import back
from holdfast.handbook.blocks import front
from holdfast.handbook.blocks import of_chapter
from holdfast.handbook.blocks import plain
from holdfast.handbook.book import Book
from holdfast.handbook.louis import translated
from holdfast.handbook.not_made import NotMade

CELLS, LINES = 40, 25
TABLES = {
    "en": "en-ueb-g2.ctb",  # Unified English Braille, contracted
    "cy": "cy-cy-g2.ctb",  # contracted
    "fr": "fr-bfu-comp6.utb",  # uncontracted
    "es": "es-g1.ctb",  # uncontracted
    "pl": "Pl-Pl-g1.utb",  # uncontracted
    "ur": "ur-pk-g1.utb",  # uncontracted
    "pa": "pu-in-g1.utb",  # Gurmukhi, uncontracted
    "ar": "ar-ar-g1.utb",  # uncontracted
    "zh-hans": "zhcn-g1.ctb",  # mainland, with tones
}
# For what a table lacks, such as Latin letters in Urdu: English without contractions.
_OTHERWISE = "en-ueb-g1.ctb"
# Marks that mean the same to the ear, and that most tables lack.
_PLAINER = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": "-",
                          "\u2026": "...", "\u00b7": ",", "\u00a0": " ", "\u202f": " ", "\u2011": "-", "|": ";",
                          "\u200b": "", "\u200c": "", "\u200d": "", "\u200e": "", "\u200f": ""})  # fmt: skip
# North American ASCII braille, the letters of .brf, in the order of Unicode's six-dot cells.
_ASCII = " A1B'K2L@CIF/MSP\"E3H9O6R^DJG>NTQ,*5<-U8V.%[$+X!&;:4\\0Z7(_?W]#Y)="
_TO_ASCII = {0x2800 + at: letter for at, letter in enumerate(_ASCII)}


def braille_of(book: Book) -> bytes:
    """The book as .brf. NotMade where there is no table for its language."""
    table = table_for(book.language)
    found = front(book)
    if len(book.chapters) > 1:
        found.append(plain(book.words.contents, kind="heading", depth=2))
        found += [plain(chapter.title) for chapter in book.chapters]
    pages = list(_pages([line for block in found for line in _lines(block, table)]))
    for chapter in book.chapters:
        lines = [line for block in of_chapter(chapter) for line in _lines(block, table)]
        pages += _pages(lines)
    pages += _pages([line for block in back(book) for line in _lines(block, table)])
    return "".join(_numbered(page, number, table) for number, page in enumerate(pages, start=1)).encode("ascii")


def table_for(language: str) -> str:
    """The table of a language, or NotMade."""
    tag = language.lower()
    for known, table in TABLES.items():
        if tag == known or tag.startswith(known + "-"):
            return table
    raise NotMade("not made: there is no braille table for this language here")


def _cells(piece: Piece, table: str) -> str:
    own = table_for(piece.language) if piece.language else table
    return translated(piece.text.translate(_PLAINER), own, _OTHERWISE)


def _lines(block: Block, table: str) -> list[str]:
    """A block as lines of ASCII braille: headings stand free, paragraphs begin in cell 3, items hang."""
    cells = "".join(_cells(piece, table) for piece in block.pieces)
    words = cells.translate(_TO_ASCII).split()
    if block.kind == "heading":
        centred = [line.center(CELLS).rstrip() for line in _wrapped(words, "", "", CELLS - 6)]
        return ["", *centred, ""] if block.depth == 1 else ["", *_wrapped(words, "    ", "    ")]
    if block.kind == "item":
        edge = "  " * (block.depth - 1)
        mark = translated(block.mark, table, _OTHERWISE).translate(_TO_ASCII) + " " if block.mark else "  "
        return _wrapped(words, edge + mark, edge + "    ")
    return _wrapped(words, "  ", "")


def _wrapped(words: list[str], first: str, under: str, room: int = CELLS) -> list[str]:
    """Words in lines; one that is longer than a line is cut where the line is full, as Chinese always is."""
    lines: list[str] = []
    line, empty = first, True
    for word in words:
        if not empty and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, empty = under, True
        line += word if empty else " " + word
        empty = False
        while len(line) > room:
            lines.append(line[:room])
            line = under + line[room:]
    return [*lines, line] if line.strip() else lines


def _pages(lines: list[str]) -> Iterator[list[str]]:
    """Cuts lines into pages, so that no heading is the last on its page and no page begins with an empty line."""
    page: list[str] = []
    for at, line in enumerate(lines):
        heading = not line and at + 1 < len(lines)
        full = len(page) == LINES - 1 or (heading and len(page) > LINES - 5)
        if full and page:
            yield page
            page = []
        if line or page:
            page.append(line)
    if page:
        yield page


def _numbered(page: list[str], number: int, table: str) -> str:
    told = translated(str(number), table).translate(_TO_ASCII)
    empty = [""] * (LINES - 1 - len(page))
    return "\r\n".join([*page, *empty, told.rjust(CELLS)]) + "\r\n\f"
