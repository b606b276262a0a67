"""EPUB 3: one file a page, contents, reading order and what it offers to those who read by ear or touch."""

from __future__ import annotations

from html import escape
from uuid import NAMESPACE_URL
from uuid import uuid5

from holdfast.handbook.book import Book
from holdfast.handbook.book import Chapter
from holdfast.handbook.book import elsewhere
from holdfast.handbook.direction import directed
from holdfast.handbook.markup import read
from holdfast.handbook.markup import relinked
from holdfast.handbook.markup import written
from holdfast.handbook.paper import emergency
from holdfast.handbook.paper import leads
from holdfast.handbook.paper import sheet
from holdfast.handbook.zipped import zipped

_CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_OFFERS = ("structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability")


def epub_of(book: Book) -> bytes:
    """The book as one .epub file."""
    book = directed(book)
    start = _page(book, book.name, f"<section>{_front(book)}</section>")
    pages = [(f"page-{number}.xhtml", chapter) for number, chapter in enumerate(book.chapters, start=1)]
    where = {chapter.id: name for name, chapter in pages}
    members = [("mimetype", b"application/epub+zip"), ("META-INF/container.xml", _CONTAINER.encode())]
    inside = [
        ("package.opf", _package(book, [name for name, _ in pages])),
        ("contents.xhtml", _contents(book, pages)),
        ("style.css", sheet("book")),
        ("start.xhtml", start),
        *((name, _page(book, chapter.title, _chapter(book, chapter, where))) for name, chapter in pages),
    ]
    members += [(f"book/{name}", text.encode()) for name, text in inside]
    return zipped(members, book.day)


def _package(book: Book, pages: list[str]) -> str:
    names = {"start": "start.xhtml", **{name.removesuffix(".xhtml"): name for name in pages}}
    items = "".join(
        f'<item id="{key}" href="{name}" media-type="application/xhtml+xml"/>' for key, name in names.items()
    )
    spine = "".join(f'<itemref idref="{key}"/>' for key in (*names, "contents"))
    offers = "".join(f'<meta property="schema:accessibilityFeature">{each}</meta>' for each in _OFFERS)
    known = uuid5(NAMESPACE_URL, book.digest())
    return (
        '<?xml version="1.0" encoding="UTF-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        f'unique-identifier="known-as" xml:lang="{escape(book.language)}" dir="{book.direction}">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="known-as">urn:uuid:{known}</dc:identifier><dc:title>{_escaped(book.name)}</dc:title>'
        f"<dc:language>{escape(book.language)}</dc:language><dc:rights>{_escaped(_licence(book))}</dc:rights>"
        f'<meta property="dcterms:modified">{book.day.isoformat()}T00:00:00Z</meta>'
        '<meta property="schema:accessMode">textual</meta>'
        '<meta property="schema:accessModeSufficient">textual</meta>'
        f'{offers}<meta property="schema:accessibilityHazard">none</meta></metadata>'
        f"<manifest>{items}"
        '<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        '<item id="style" href="style.css" media-type="text/css"/></manifest>'
        f'<spine page-progression-direction="{book.direction}">{spine}</spine></package>'
    )


def _contents(book: Book, pages: list[tuple[str, Chapter]]) -> str:
    items = "".join(f'<li><a href="{name}">{_escaped(chapter.title)}</a></li>' for name, chapter in pages)
    heading = _escaped(book.words.contents)
    return _page(book, book.words.contents, f'<nav epub:type="toc"><h1>{heading}</h1><ol>{items}</ol></nav>')


def _page(book: Book, title: str, body: str) -> str:
    language = escape(book.language)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops" lang="{language}" xml:lang="{language}" dir="{book.direction}">'
        f'<head><meta charset="utf-8"/><title>{_escaped(title)}</title>'
        f'<link rel="stylesheet" type="text/css" href="style.css"/></head><body>{body}</body></html>'
    )


def _front(book: Book) -> str:
    words = book.words
    said = [] if book.neutral else [book.place_name]
    said += [words.as_on.format(day=book.day_words), words.draft, words.found_here, words.no_advice, _licence(book)]
    notes = "".join(f"<p>{_escaped(each)}</p>" for each in said if each)
    return f"<h1>{_escaped(book.name)}</h1>{'' if book.neutral else _lines(book)}{notes}"


def _chapter(book: Book, chapter: Chapter, where: dict[str, str]) -> str:
    def leading(href: str) -> str:
        if href.startswith("#"):
            return where.get(href[1:], "")
        return href if leads(href, set()) else ""

    body = written(relinked(read(chapter.html), leading), xml=True)
    answer = (
        f'<p class="lead"{_elsewhere(chapter.answer_language)}>{_escaped(chapter.answer)}</p>' if chapter.answer else ""
    )
    sources = ""
    if chapter.sources:
        sources = f"<h2>{_escaped(book.words.sources)}</h2>{written(read(chapter.sources), xml=True)}"
    first = _lines(book) if book.number or (book.neutral and chapter is book.chapters[0]) else ""
    title = f"<h1{_elsewhere(chapter.title_language)}>{_escaped(chapter.title)}</h1>"
    return f"<section>{title}{first}{answer}{body}{sources}</section>"


def _lines(book: Book) -> str:
    return written(read(emergency(book)), xml=True)


def _elsewhere(language: str) -> str:
    return elsewhere(language) + (f' xml:lang="{escape(language)}"' if language else "")


def _licence(book: Book) -> str:
    return book.words.licence.format(licence=book.licence, attribution=book.attribution)


def _escaped(text: str) -> str:
    return escape(text, quote=False)
