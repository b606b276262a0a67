"""A place's guide as the document that files are written from (handbook/book.py)."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

from django.utils.html import format_html
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from holdfast.doors.guide.page import Cited
from holdfast.doors.guide.page import render
from holdfast.doors.look.around import shown_routes
from holdfast.handbook.book import Book
from holdfast.handbook.book import Chapter
from holdfast.handbook.book import Words
from holdfast.law.pack import GuidePage
from holdfast.law.pack import Pack

HERE = "#"  # a link to a page of the guide is one within the book
LICENCE = "MIT"
_TAG = re.compile(r"<[^>]+>")


def book_of(pack: Pack, day: date, words: Words | None = None) -> Book:
    """The guide of a place as on a day. What may not be shown is left out, as on the pages."""
    words = words or Words()
    return Book(
        title=f"{pack.name}: what to expect and what is promised",
        neutral_title=words.information,
        language=pack.language,
        direction="ltr",
        place=pack.id,
        place_name=pack.name,
        day=day,
        day_words=f"{day.day} {day:%B %Y}",
        chapters=tuple(_chapter(pack, page, day) for page in pack.guide),
        licence=LICENCE,
        attribution=f"Holdfast, {pack.name}",
        emergency=tuple(route.short for route in shown_routes(pack)),
        words=words,
    )


def _chapter(pack: Pack, page: GuidePage, day: date) -> Chapter:
    shown = render(pack, page, day, HERE)
    return Chapter(
        id=page.id,
        title=_words_of(shown.title),
        answer=_words_of(shown.answer),
        html=_exactly(shown.html),
        sources=_exactly(_sources(shown.sources)),
    )


def _words_of(html: SafeString) -> str:
    return unescape(_TAG.sub("", html))


def _exactly(html: str) -> str:
    """The same letters as a plain string: what safe HTML is to Django, the book does not know."""
    return str.__str__(html)


def _sources(cited: tuple[Cited, ...]) -> str:
    if not cited:
        return ""
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((_source(each),) for each in cited)))


def _source(cited: Cited) -> SafeString:
    source = cited.source
    title = format_html('<a href="{}">{}</a>', source.link, source.title) if source.link else source.title
    article = f", {source.article}" if source.article else ""
    if cited.read_on is None:
        return format_html("{}{}.", title, article)
    how = "Read elsewhere on" if source.confidence == "secondary" else "Checked on"
    return format_html("{}{}. {} {} {}.", title, article, how, cited.read_on.day, f"{cited.read_on:%B %Y}")
