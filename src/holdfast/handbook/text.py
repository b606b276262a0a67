"""Plain text: lines of at most 72 columns, links as plain words. For any reader, any device, any screen reader."""

from __future__ import annotations

import textwrap
from unicodedata import east_asian_width

from holdfast.handbook.blocks import Block
from holdfast.handbook.blocks import back
from holdfast.handbook.blocks import front
from holdfast.handbook.blocks import of_chapter
from holdfast.handbook.blocks import plain
from holdfast.handbook.book import Book
from holdfast.handbook.direction import directed

COLUMNS = 72
_UNDER = {1: "=", 2: "-"}


def text_of(book: Book) -> bytes:
    """The whole book as UTF-8, without a mark at its start."""
    book = directed(book)
    parts = [_said(front(book))]
    if len(book.chapters) > 1:
        parts.append(_contents(book))
    parts += [_said(of_chapter(chapter, sources=book.words.sources)) for chapter in book.chapters]
    parts.append(_said(back(book)))
    return ("\n\n\n".join(parts) + "\n").encode()


def _contents(book: Book) -> str:
    lines = [f"{number}. {chapter.title}" for number, chapter in enumerate(book.chapters, start=1)]
    heading = _said([plain(book.words.contents, kind="heading", depth=2)])
    return heading + "\n\n" + "\n".join(line for each in lines for line in wrapped(each, under="    "))


def _said(found: list[Block]) -> str:
    text = ""
    before: Block | None = None
    for block in found:
        close = before is not None and before.kind == block.kind and block.kind in ("item", "row") and bool(block.mark)
        text += ("" if before is None else "\n" if close else "\n\n") + "\n".join(_lines(block))
        before = block
    return text


def _lines(block: Block) -> list[str]:
    if block.kind == "heading":
        lines = wrapped(block.text)
        under = _UNDER.get(block.depth)
        return [*lines, under * max(columns(line) for line in lines)] if under else lines
    if block.kind == "item":
        edge = "  " * (block.depth - 1)
        mark = f"{block.mark} " if block.mark else "  "
        return wrapped(block.text, first=edge + mark, under=edge + " " * len(mark))
    return wrapped(block.text)


def wrapped(text: str, *, first: str = "", under: str = "") -> list[str]:
    """Words in lines of at most COLUMNS; a script that is written without spaces is cut where the line is full."""
    wide = columns(text) > len(text) * 1.5
    room = COLUMNS // 2 if wide else COLUMNS
    return textwrap.wrap(text, room, initial_indent=first, subsequent_indent=under, break_on_hyphens=False,
                         break_long_words=wide) or [""]  # fmt: skip


def columns(text: str) -> int:
    """How many columns of a terminal a line takes: a Chinese character takes two."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)
