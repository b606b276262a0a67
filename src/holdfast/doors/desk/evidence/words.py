"""What of an item is read as words: text, escaped by the page, and the text of a PDF, page by page. Never its markup.

Bounded: so many bytes, pages and letters. What is left out is said.
"""

import io
from typing import Any

from holdfast.vault.items import KnownItem
from holdfast.vault.reading import Item

MOST_TEXT = 200_000  # bytes of a text that a page shows
MOST_PDF = 20 << 20  # bytes of a PDF that is opened for its text
MOST_PAGES, MOST_LETTERS = 40, 200_000


def words_of(item: Item, known: KnownItem) -> dict[str, Any]:
    """For the page: `words` or `pages`, and `left_out` where there is more."""
    if known.media == "application/pdf":
        return _pdf(item)
    text = item.read(0, MOST_TEXT).decode("utf-8", "replace")
    return {"words": _plain(text), "left_out": item.size > MOST_TEXT}


def _pdf(item: Item) -> dict[str, Any]:
    """Text alone: nothing in the file is run, followed or drawn. () where it has none, or cannot be read."""
    if item.size > MOST_PDF:
        return {"pages": (), "left_out": True}
    from pypdf import PdfReader

    pages: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(item.read()))
        count = len(reader.pages)
        for page in reader.pages[:MOST_PAGES]:
            pages.append(_plain(page.extract_text() or ""))
            if sum(map(len, pages)) > MOST_LETTERS:
                break
    except Exception:  # noqa: BLE001 whatever a stranger's file does to its reader, the page says that it has no text
        return {"pages": tuple(pages), "left_out": True}
    return {"pages": tuple(pages), "left_out": count > len(pages)}


def _plain(text: str) -> str:
    """Without what a page cannot show, or what turns the direction of the words around it."""
    return "".join(sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or _shows(sign))


def _shows(sign: str) -> bool:
    return sign.isprintable() and not "\u202a" <= sign <= "\u202e" and not "\u2066" <= sign <= "\u2069"
