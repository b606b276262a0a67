"""A page as blocks of words, for formats that know no tags: plain text, braille, speech."""

from __future__ import annotations

import re
from typing import NamedTuple

from holdfast.handbook.book import Book
from holdfast.handbook.book import Chapter
from holdfast.handbook.markup import Element
from holdfast.handbook.markup import read

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS = ("p", "li", "table", "thead", "tbody", "div", "blockquote", "body", "section", "dl", "dt", "dd")
_SPACE = re.compile(r"[ \t\r\n\f]+")  # a space that must not break is no gap: French keeps its colon with it


class Piece(NamedTuple):
    """Words in one language."""

    text: str
    language: str  # '' is the book's own
    dials: bool = False  # a number to be called: spoken figure by figure


class Block(NamedTuple):
    """One paragraph, heading, item or row."""

    kind: str  # heading, paragraph, item, row
    pieces: tuple[Piece, ...]
    depth: int = 0  # of a heading: 1 is the highest; of an item: how many lists it is in
    mark: str = ""  # what stands before an item: '-' or '3.'

    @property
    def text(self) -> str:
        """Its words, whatever language they are in."""
        return "".join(piece.text for piece in self.pieces)


def blocks(html: str) -> list[Block]:
    """What a piece of HTML says, block by block, in reading order."""
    walk = _Walk()
    walk.visit(read(html), "")
    return walk.found


def of_chapter(chapter: Chapter, *, sources: str = "") -> list[Block]:
    """A page from its title to its end; with its sources where a heading for them is given."""
    found = [Block("heading", (Piece(chapter.title, chapter.title_language),), 1)]
    if chapter.answer:
        found.append(Block("paragraph", (Piece(chapter.answer, chapter.answer_language),)))
    found += blocks(chapter.html)
    if sources and chapter.sources:
        found += [plain(sources, kind="heading", depth=2), *blocks(chapter.sources)]
    return found


def front(book: Book) -> list[Block]:
    """What stands before the first page: what this is, who to call, what a saved file means, whose it is."""
    words = book.words
    found = [plain(book.name, kind="heading", depth=1)]
    if not book.neutral and book.place_name != book.title:
        found.append(plain(book.place_name))
    found.append(plain(words.as_on.format(day=book.day_words)))
    if words.draft:
        found.append(plain(words.draft))
    if book.emergency:
        found.append(plain(words.emergency, kind="heading", depth=2))
        found += [Block("paragraph", (Piece(line.text, line.language),)) for line in book.emergency]
    found.append(plain(words.found_here))
    return found


def back(book: Book) -> list[Block]:
    """What stands after the last page."""
    licence = book.words.licence.format(licence=book.licence, attribution=book.attribution)
    return [plain(book.words.no_advice), plain(licence)]


def plain(text: str, *, kind: str = "paragraph", depth: int = 0) -> Block:
    """A block of plain words in the book's own language."""
    return Block(kind, (Piece(text, ""),), depth)


class _Walk:
    def __init__(self) -> None:
        self.found: list[Block] = []
        self.pieces: list[Piece] = []
        self.rest = ("paragraph", 0, "")  # what a block is here when nothing else is said
        self.now = self.rest
        self.lists = 0

    def visit(self, element: Element, language: str) -> None:
        language = element.attributes.get("lang", language)
        if element.name in ("ul", "ol"):
            self.list_of(element, language)
        elif element.name == "tr":
            self.row(element, language)
        elif element.name in _HEADINGS:
            self.block(element, language, ("heading", int(element.name[1]), ""))
        elif element.name in _BLOCKS:
            self.block(element, language, self.now)
        else:
            self.inside(element, language)

    def inside(self, element: Element, language: str) -> None:
        dials = element.attributes.get("href", "").startswith("tel:")
        for child in element.children:
            if isinstance(child, str):
                self.pieces.append(Piece(child, language, dials))
            elif child.name == "br":
                self.pieces.append(Piece(" ", language))
            else:
                self.visit(child, language)

    def block(self, element: Element, language: str, what: tuple[str, int, str]) -> None:
        self.end()
        self.now = what
        self.inside(element, language)
        self.end()

    def list_of(self, element: Element, language: str) -> None:
        self.end()
        before, self.lists = self.rest, self.lists + 1
        number = int(element.attributes.get("start", "1"))
        for item in element.children:
            if isinstance(item, Element):
                self.now = ("item", self.lists, f"{number}." if element.name == "ol" else "-")
                self.rest = ("item", self.lists, "")  # a second paragraph stands under the first
                self.inside(item, item.attributes.get("lang", language))
                self.end()
                number += 1
        self.lists -= 1
        self.now = self.rest = before

    def row(self, element: Element, language: str) -> None:
        self.end()
        self.now = ("row", 0, "")
        for cell in element.children:
            if isinstance(cell, Element):
                spoken = cell.attributes.get("lang", language)
                self.pieces += [Piece(cell.text(), spoken), Piece(" | ", language)]
        self.end()

    def end(self) -> None:
        """Ends the block at hand; one without words is none."""
        pieces = _tidied(self.pieces)
        if pieces:
            self.found.append(Block(self.now[0], pieces, self.now[1], self.now[2]))
            self.now = self.rest
        self.pieces = []


def _tidied(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Spaces as in a sentence: one at a time, none at either end; neighbours in one language joined."""
    found: list[Piece] = []
    for text, language, dials in pieces:
        said = _SPACE.sub(" ", text)
        if not found or found[-1].text.endswith(" "):
            said = said.lstrip(" ")
        if not said:
            continue
        if found and found[-1][1:] == (language, dials):
            found[-1] = found[-1]._replace(text=found[-1].text + said)
        else:
            found.append(Piece(said, language, dials))
    while found and not found[-1].text.rstrip(" |"):
        found.pop()
    if found:
        found[-1] = found[-1]._replace(text=found[-1].text.rstrip(" |"))
    return tuple(found)
