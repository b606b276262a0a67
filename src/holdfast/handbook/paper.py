"""The guide as one HTML document for paper: a front, the contents, the pages, the end.

Headings are in order from one h1: a reader who hears them jumps by them.
"""

from __future__ import annotations

from html import escape
from importlib.resources import files

from holdfast.handbook.book import Book
from holdfast.handbook.book import Chapter
from holdfast.handbook.book import Line
from holdfast.handbook.book import elsewhere
from holdfast.handbook.direction import directed
from holdfast.handbook.markup import deeper
from holdfast.handbook.markup import read
from holdfast.handbook.markup import relinked
from holdfast.handbook.markup import written

# By the start of a language tag, most particular first. All are Debian's: apt.txt names the packages.
_FONTS = {
    "ur": "'Noto Nastaliq Urdu', 'Noto Naskh Arabic'",
    "ar": "'Noto Naskh Arabic'",
    "fa": "'Noto Naskh Arabic'",
    "pa": "'Noto Sans Gurmukhi'",
    "hi": "'Noto Sans Devanagari'",
    "bn": "'Noto Sans Bengali'",
    "ta": "'Noto Sans Tamil'",
    "am": "'Noto Sans Ethiopic'",
    "ti": "'Noto Sans Ethiopic'",
    "th": "'Noto Sans Thai'",
    "zh-hant": "'Noto Sans CJK TC'",
    "zh": "'Noto Sans CJK SC'",
}
_TALL = ("ur",)  # written on a slope, which needs room between the lines


def sheet(name: str) -> str:
    """One of the styles beside this file."""
    return (files("holdfast.handbook") / "styles" / f"{name}.css").read_text(encoding="utf-8")


def fonts_for(language: str) -> str:
    """The font-family of a language: its own script's first, a Latin one for the numbers and names in it."""
    tag = language.lower()
    found = next((fonts for start, fonts in _FONTS.items() if tag == start or tag.startswith(start + "-")), "")
    return ", ".join(filter(None, (found, "'Noto Sans'", "'DejaVu Sans'", "sans-serif")))


def document(book: Book, *styles: str, easy: bool = False) -> str:
    """The whole book, or the book of one page, as HTML for paper."""
    book = directed(book)
    one = book.number > 0
    pages = [each for each in book.chapters if each.easy] if easy else list(book.chapters)
    known = {each.id for each in pages}
    inside = "".join(_chapter(book, each, known, one=one, easy=easy) for each in pages)
    rule = f"html {{ font-family: {fonts_for(book.language)}; }}"
    if book.language.split("-")[0] in _TALL:
        rule += " body { line-height: 2; }"
    css = "\n".join([*(sheet(name) for name in styles), rule])
    body = f"{_front(book, one=one)}{'' if one else _contents(book, pages)}{inside}{_back(book)}"
    return (
        f'<!doctype html><html lang="{escape(book.language)}" dir="{book.direction}"><head><meta charset="utf-8">'
        f"<title>{escape(book.name)}</title><style>{css}</style></head><body>{body}</body></html>"
    )


def emergency(book: Book) -> str:
    """The lines that stand first, in the language in which they were checked."""
    if not book.emergency:
        return ""
    return f'<div class="emergency">{"".join(paragraph(line) for line in book.emergency)}</div>'


def paragraph(line: Line) -> str:
    """A line as a paragraph that says which language it is in, where that is not the book's."""
    return f"<p{elsewhere(line.language)}>{escape(line.text, quote=False)}</p>"


def _front(book: Book, *, one: bool) -> str:
    words = book.words
    said = [words.as_on.format(day=book.day_words), words.draft, words.found_here]
    notes = "".join(f"<p>{escape(each)}</p>" for each in said if each)
    if one:  # the page's own title follows at once; what a saved file means stands at its end
        return f"<p>{escape(words.draft)}</p>" if words.draft else ""
    place = "" if book.neutral else f"<p>{escape(book.place_name)}</p>"
    return f"<h1>{escape(book.name)}</h1>{place}{notes}{'' if book.neutral else emergency(book)}"


def _contents(book: Book, pages: list[Chapter]) -> str:
    items = "".join(
        f'<li><a href="#{escape(each.id)}"{elsewhere(each.title_language)}>{escape(each.title)}</a></li>'
        for each in pages
    )
    lines = emergency(book) if book.neutral else ""
    start = ' class="chapter contents"' if book.neutral else ' class="contents"'
    return f"<div{start}><h2>{escape(book.words.contents)}</h2>{lines}<ol>{items}</ol></div>"


def _chapter(book: Book, chapter: Chapter, known: set[str], *, one: bool, easy: bool) -> str:
    level = 1 if one else 2
    body = relinked(read(chapter.easy if easy else chapter.html), lambda href: href if leads(href, known) else "")
    text = written(deeper(body, level - 1))
    answer = f'<p class="lead"{elsewhere(chapter.answer_language)}>{escape(chapter.answer)}</p>'
    answer = answer if chapter.answer and not easy else ""
    title = f"<h{level}{elsewhere(chapter.title_language)}>{escape(chapter.title)}</h{level}>"
    sources = ""
    if chapter.sources:
        listed = written(read(chapter.sources))
        sources = f'<div class="sources"><h{level + 1}>{escape(book.words.sources)}</h{level + 1}>{listed}</div>'
    first = emergency(book) if one else ""
    start = ' class="lines"' if one and easy else "" if one else f' class="chapter{" lines" if easy else ""}"'
    return f'<div{start} id="{escape(chapter.id)}">{title}{first}{answer}{text}{sources}</div>'


def _back(book: Book) -> str:
    words = book.words
    said = [words.no_advice, words.licence.format(licence=book.licence, attribution=book.attribution)]
    if book.number:
        said = [words.as_on.format(day=book.day_words), words.found_here, *said]
    return f"<div class=sources>{''.join(f'<p>{escape(each)}</p>' for each in said)}</div>"


def leads(href: str, known: set[str]) -> bool:
    """Whether a link leads somewhere from within the file: to a page that is in it, a telephone, or the web."""
    return href[1:] in known if href.startswith("#") else href.startswith(("tel:", "https:", "http:"))
