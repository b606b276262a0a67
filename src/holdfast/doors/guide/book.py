"""A place's guide as the document that files are written from (handbook/book.py)."""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import msgspec
from django.utils.html import format_html
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from holdfast.doors.guide.page import Cited
from holdfast.doors.guide.page import render
from holdfast.doors.look.around import shown_routes
from holdfast.doors.look.languages import FILE
from holdfast.handbook.book import Book
from holdfast.handbook.book import Chapter
from holdfast.handbook.book import Line
from holdfast.handbook.book import Words
from holdfast.law.language import ENGLISH
from holdfast.law.language import Tongue
from holdfast.law.pack import Pack
from holdfast.law.public import GuidePage
from holdfast.law.public import Route

HERE = "#"  # a link to a page of the guide is one within the book
LICENCE = "MIT"
_TAG = re.compile(r"<[^>]+>")


def book_of(pack: Pack, day: date, tongue: Tongue = ENGLISH) -> Book:
    """The guide of a place as on a day, in a language. What may not be shown is left out, as on the pages."""
    words = words_in(tongue)
    place = tongue.say("place.name", pack.name).text
    return Book(
        title=words.title.format(place=place),
        neutral_title=words.information,
        language=pack.language if tongue.is_english else tongue.tag,
        direction=tongue.direction,
        place=pack.id,
        place_name=place,
        day=day,
        day_words=tongue.day(day).text,
        chapters=tuple(_chapter(pack, page, day) for page in pack.guide),
        licence=pack.licence or LICENCE,
        attribution=pack.attribution or f"Holdfast, {pack.name}",
        emergency=tuple(_line(route, tongue) for route in shown_routes(pack)),
        words=words,
    )


def words_in(tongue: Tongue) -> Words:
    """What files say around the pages, in a language; English where its catalogue may not speak."""
    english = msgspec.structs.asdict(Words())
    return Words(**{name: tongue.say(FILE, text).text if text else text for name, text in english.items()})


def _line(route: Route, tongue: Tongue) -> Line:
    said = tongue.say(f"emergency.{route.id}.short", route.short)
    return Line(said.text, "en" if said.is_english and not tongue.is_english else "")


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
