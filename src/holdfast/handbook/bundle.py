"""A bundle: the guide of a place for another agency's site to show as its own (docs/formats/bundle.md).

Fragments of HTML without style, script or picture, and one manifest that says what they are, as on which day, whose
they are, and the digest by which a copy can be known to be whole. No link back to this installation is in it.
"""

from __future__ import annotations

import hashlib
import json
from html import escape

from holdfast.handbook.book import Book
from holdfast.handbook.book import Chapter
from holdfast.handbook.book import elsewhere
from holdfast.handbook.direction import directed
from holdfast.handbook.markup import read
from holdfast.handbook.markup import relinked
from holdfast.handbook.markup import written
from holdfast.handbook.paper import emergency
from holdfast.handbook.paper import leads
from holdfast.handbook.zipped import zipped

FORMAT = "holdfast-bundle-1"


def bundle_of(book: Book) -> bytes:
    """The zip file."""
    book = directed(book)
    known = {chapter.id for chapter in book.chapters}
    pages = [(f"pages/{chapter.id}.html", _fragment(book, chapter, known)) for chapter in book.chapters]
    lines = f"{emergency(book)}\n".encode() if book.emergency else b""
    members = [("emergency.html", lines), *pages]
    manifest = {
        "format": FORMAT,
        "title": book.title,
        "neutral_title": book.neutral_title,
        "place": book.place,
        "place_name": book.place_name,
        "language": book.language,
        "direction": book.direction,
        "law_as_on": book.day.isoformat(),
        "checked": not book.words.draft,
        "licence": book.licence,
        "attribution": book.attribution,
        "notice": book.words.no_advice,
        "emergency": {
            "lines": [{"text": line.text, "language": line.language or book.language} for line in book.emergency],
            **_of("emergency.html", lines),
        },
        "pages": [
            {
                "id": chapter.id,
                "number": chapter.number,
                "title": chapter.title,
                "answer": chapter.answer,
                **_of(name, content),
            }
            for chapter, (name, content) in zip(book.chapters, pages, strict=True)
        ],
    }
    told = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    return zipped([("manifest.json", told + b"\n"), *members], book.day)


def _of(name: str, content: bytes) -> dict[str, str | int]:
    return {"file": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _fragment(book: Book, chapter: Chapter, known: set[str]) -> bytes:
    def leading(href: str) -> str:
        if href.startswith("#"):
            return f"{href[1:]}.html" if href[1:] in known else ""
        return href if leads(href, set()) else ""

    body = written(relinked(read(chapter.html), leading))
    answer = (
        f"<p{elsewhere(chapter.answer_language)}>{escape(chapter.answer, quote=False)}</p>\n" if chapter.answer else ""
    )
    sources = ""
    if chapter.sources:
        heading = escape(book.words.sources, quote=False)
        sources = f"<h2>{heading}</h2>\n{written(read(chapter.sources))}\n"
    day = escape(book.words.as_on.format(day=book.day_words), quote=False)
    return (
        f'<article lang="{escape(book.language)}" dir="{book.direction}">\n'
        f"<h1{elsewhere(chapter.title_language)}>{escape(chapter.title, quote=False)}</h1>\n"
        f"{answer}{body}{sources}<p>{day}</p>\n</article>\n"
    ).encode()
