"""A place's guide as the document that files are written from (handbook/book.py).

- In another language than English, a page whose question was not translated is left out; what is English in the others
  says so.
- A page with anything on it that nobody has checked says so at its top, and has the English page below.
"""

from __future__ import annotations

import re
from datetime import date
from html import unescape

import msgspec
from django.utils.html import format_html
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.safestring import mark_safe

from holdfast.doors.guide.page import Cited
from holdfast.doors.guide.page import Rendered
from holdfast.doors.guide.page import render
from holdfast.doors.guide.page import render_easy
from holdfast.doors.look.around import shown_routes
from holdfast.doors.look.languages import DRAFT
from holdfast.doors.look.languages import ENGLISH_BESIDE
from holdfast.doors.look.languages import FILE
from holdfast.doors.look.languages import FRAME
from holdfast.doors.look.languages import PARTLY
from holdfast.doors.look.say import spoken
from holdfast.handbook.book import Book
from holdfast.handbook.book import Chapter
from holdfast.handbook.book import Line
from holdfast.handbook.book import Words
from holdfast.handbook.book import elsewhere
from holdfast.law.language import ENGLISH
from holdfast.law.language import Tongue
from holdfast.law.pack import Pack
from holdfast.law.public import GuidePage
from holdfast.law.public import Route

PLACE_NAME = "place.name"
HERE = "#"  # a link to a page of the guide is one within the book
LICENCE = "MIT"  # that of this repository, where a pack names no other
_TAG = re.compile(r"<[^>]+>")


def book_of(pack: Pack, day: date, tongue: Tongue = ENGLISH) -> Book:
    """The guide of a place as on a day, in a language. What may not be shown is left out, as on the pages."""
    found = [_chapter(pack, page, number, day, tongue) for number, page in enumerate(pack.guide, start=1)]
    words = words_in(tongue)
    if any(unchecked for _, unchecked in found) or _draft_around(tongue):
        words = msgspec.structs.replace(words, draft=tongue.say(FRAME, DRAFT).text)
    place = tongue.say(PLACE_NAME, pack.name).text
    return Book(
        title=words.title.format(place=place),
        neutral_title=words.information,
        language=pack.language if tongue.is_english else tongue.tag,
        direction=tongue.direction,
        place=pack.id,
        place_name=place,
        day=day,
        day_words=tongue.day(day).text,
        chapters=tuple(chapter for chapter, _ in found if chapter is not None),
        licence=pack.licence or LICENCE,
        attribution=pack.attribution or f"Holdfast, {pack.name}",
        emergency=tuple(_line(route, tongue) for route in shown_routes(pack)),
        words=words,
    )


def _draft_around(tongue: Tongue) -> bool:
    """Whether what stands around the pages may be said from a translation that nobody checked."""
    around = (FILE, FRAME, PLACE_NAME)
    return tongue.drafts and any(
        row.state == "draft" and context in around for (context, _), row in tongue.rows.items()
    )


def words_in(tongue: Tongue) -> Words:
    """What files say around the pages, in a language; English where its catalogue may not speak."""
    english = msgspec.structs.asdict(Words())
    return Words(**{name: tongue.say(FILE, text).text if text else text for name, text in english.items()})


def _line(route: Route, tongue: Tongue) -> Line:
    said = tongue.say(f"emergency.{route.id}.short", route.short)
    return Line(said.text, "en" if said.is_english and not tongue.is_english else "")


def _chapter(pack: Pack, page: GuidePage, number: int, day: date, tongue: Tongue) -> tuple[Chapter | None, bool]:
    """A page, and whether anything on it is an unchecked draft; None for one that has nothing in this language."""
    shown = render(pack, page, day, HERE, tongue)
    title, title_language = _words_of(shown.title)
    if not tongue.is_english and (shown.state == "english" or title_language):
        return None, False  # a few words of the frame do not make it a page in this language
    easy = render_easy(pack, page, day, HERE, tongue)
    answer, answer_language = _words_of(shown.answer)
    chapter = Chapter(
        id=page.id,
        number=number,
        title=title,
        answer=answer,
        html=_with_english(shown, tongue),
        title_language=title_language,
        answer_language=answer_language,
        easy=_with_english(easy, tongue) if easy.html else "",
        sources=_exactly(_sources(shown.sources, tongue)),
    )
    return chapter, shown.english is not None or easy.english is not None


def _with_english(shown: Rendered, tongue: Tongue) -> str:
    """A page's words; where any of them is unchecked, with a line that says so and the English below."""
    if shown.english is None:
        partly = spoken(tongue, FRAME, PARTLY) if shown.state == "partly" else ""
        return _exactly(format_html("<p>{}</p>{}", partly, shown.html) if partly else shown.html)
    english = shown.english
    return _exactly(
        format_html(
            '<p><strong>{}</strong></p>{}<div lang="en" dir="ltr"><h2>{}</h2><p>{}</p><p>{}</p>{}</div>',
            spoken(tongue, FRAME, DRAFT),
            shown.html,
            ENGLISH_BESIDE,
            english.title,
            english.answer,
            english.html,
        )
    )


def _words_of(html: SafeString) -> tuple[str, str]:
    """A line without its tags, and its language where that is not the page's."""
    return unescape(_TAG.sub("", html)), "en" if html.startswith('<span lang="en"') else ""


def _exactly(html: str) -> str:
    """The same letters as a plain string: what safe HTML is to Django, the book does not know."""
    return str.__str__(html)


def _sources(cited: tuple[Cited, ...], tongue: Tongue) -> str:
    if not cited:
        return ""
    items = format_html_join("", "<li>{}</li>", ((_source(each, tongue),) for each in cited))
    return format_html("<ul>{}</ul>", items)


def _source(cited: Cited, tongue: Tongue) -> SafeString:
    source = cited.source
    english = mark_safe(elsewhere("" if tongue.is_english else "en"))  # noqa: S308 escaped where it is made
    name = f"{source.title}, {source.article}" if source.article else source.title
    linked = format_html('<a href="{}">{}</a>', source.link, source.title) if source.link else source.title
    title = format_html("<span{}>{}{}.</span>", english, linked, name[len(source.title) :])
    if cited.read_on is None:
        return title
    how = "Read elsewhere on %(day)s." if source.confidence == "secondary" else "Checked on %(day)s."
    return format_html("{} {}", title, spoken(tongue, FRAME, how, day=cited.read_on))
