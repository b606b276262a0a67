"""The guide's addresses. It answers for whatever no other door does.

English keeps the short addresses; in another language the tag stands after the place. No page of a pack may be called
what stands here (RESERVED); tests/doors/guide/test_addresses.py holds it.
"""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern
from django.urls import path
from django.urls import register_converter

from holdfast.doors.guide.views import asking
from holdfast.doors.guide.views import choosing
from holdfast.doors.guide.views import finding
from holdfast.doors.guide.views import reading
from holdfast.doors.guide.views import telling
from holdfast.law.languages_known import KNOWN

app_name = "guide"


class Tag:
    """A language that catalogues may be written in; English has no tag in an address."""

    regex = "|".join(sorted((tag for tag in KNOWN if tag != "en"), key=len, reverse=True))

    def to_python(self, value: str) -> str:
        """The tag itself."""
        return value

    def to_url(self, value: str) -> str:
        """The tag itself."""
        return value


class TagOrEnglish(Tag):
    """The same with English, where a language is chosen."""

    regex = f"{Tag.regex}|en"


register_converter(Tag, "tag")
register_converter(TagOrEnglish, "language")

View = Callable[..., Any]
RESERVED: dict[str, View] = {
    "formats": telling.formats,
    "services": finding.services,
    "changed": telling.changed,
    "languages": telling.languages,
    "about": telling.about,
    "card": reading.card,
}


def _of_a_place() -> list[tuple[str, View, str]]:
    """Every page of a place, by what follows the place and the language."""
    return [
        ("", reading.contents, "contents"),
        *((name, view, name) for name, view in RESERVED.items()),
        ("card/plain", reading.card_in_plain_look, "card_plain"),
        ("easy/", reading.easy_contents, "easy"),
        ("easy/<slug:page>", reading.read_easy, "easy_page"),
        ("way/<slug:way>/<int:number>", asking.step, "way"),
        ("file/<slug:look>/<str:name>", telling.file, "file"),
        ("<slug:page>/formats", telling.formats, "page_formats"),
        ("<slug:page>", reading.read, "page"),
    ]


def _in_every_language(route: str, view: View, name: str) -> list[URLPattern]:
    return [
        path(f"guide/<slug:place>/{route}", view, name=name),
        path(f"guide/<slug:place>/<tag:tag>/{route}", view, name=name),
    ]


urlpatterns = [
    path("", choosing.choose_place, name="places"),
    path("start/<slug:place>", choosing.choose_language, name="start"),
    path("start/<slug:place>/<language:tag>", choosing.choose_format, name="start_in"),
    *(each for page in _of_a_place() for each in _in_every_language(*page)),
    path("leave", reading.leave, name="leave"),
    path("leave/<slug:place>", reading.leave, name="leave_place"),
    path("look", reading.look, name="look"),
    path("traces", reading.traces, name="traces"),
]
