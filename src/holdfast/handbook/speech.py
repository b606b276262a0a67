"""What a page says aloud, as SSML: each language in its own voice, numbers that are dialled figure by figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from holdfast.handbook.blocks import Block
from holdfast.handbook.blocks import of_chapter
from holdfast.handbook.book import Book

_NUMBER = re.compile(r"(?<![\w.,])\+?\d(?:[\d ()-]*\d)?(?![\w])")
_LONGEST_COUNT = 6  # figures; what has more is dialled, never counted
_SILENCE = {"heading": '<break time="900ms"/>', "item": '<break time="400ms"/>'}


def dialled(book: Book) -> frozenset[str]:
    """Every number that somebody is told to call or to press, in figures alone, such as 999 and 55."""
    pieces = [piece for chapter in book.chapters for block in of_chapter(chapter) for piece in block.pieces]
    told = [piece.text for piece in pieces if piece.dials] + [line.text for line in book.emergency]
    return frozenset(_figures(found) for text in told for found in _NUMBER.findall(text))


def ssml(found: Sequence[Block], numbers: frozenset[str]) -> str:
    """Blocks as one document to be spoken."""
    said = "".join(f"<p>{''.join(_piece(*piece, numbers) for piece in _marked(block))}</p>"
                   f'{_SILENCE.get(block.kind, "<break/>")}' for block in found)  # fmt: skip
    return f"<speak>{said}</speak>"


def spelled(text: str, numbers: frozenset[str]) -> str:
    """Words with each number that is dialled written figure by figure.

    >>> spelled("Call 0808 2000 247 within 24 hours.", frozenset({"08082000247"}))
    'Call 0 8 0 8, 2 0 0 0, 2 4 7 within 24 hours.'
    """

    def each(found: re.Match[str]) -> str:
        figures = _figures(found[0])
        if figures not in numbers and len(figures) <= _LONGEST_COUNT:
            return found[0]
        plus = "+ " if found[0].startswith("+") else ""
        return plus + ", ".join(" ".join(group) for group in re.findall(r"\d+", found[0]))

    return _NUMBER.sub(each, text)


def _marked(block: Block) -> list[tuple[str, str]]:
    """The pieces of a block; a numbered item says its number, and each block ends as a sentence does."""
    pieces = [(piece.text, piece.language) for piece in block.pieces]
    if block.mark.rstrip(".").isdigit():
        pieces.insert(0, (f"{block.mark} ", ""))
    text, language = pieces[-1]
    if text[-1:].isalnum():
        pieces[-1] = (f"{text}.", language)
    return pieces


def _piece(text: str, language: str, numbers: frozenset[str]) -> str:
    said = escape(spelled(text, numbers).replace(" | ", ", ").replace(" \u00b7 ", ", "), quote=False)
    return f'<voice xml:lang="{escape(language)}">{said}</voice>' if language else said


def _figures(number: str) -> str:
    return "".join(each for each in number if each.isdigit())
