"""The way in, in three steps that stand on one page: where you live, in which language, in which form.

Each answer is a link, so that nothing needs script and nothing is kept. A step that is done says what was chosen.
"""

from typing import NamedTuple

from django.http import HttpRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from holdfast.doors.guide.places import places
from holdfast.doors.guide.spot import Spot
from holdfast.doors.guide.tongues import tongues
from holdfast.doors.guide.views.shown import has_drafts
from holdfast.doors.guide.views.shown import page
from holdfast.doors.guide.views.shown import placed
from holdfast.doors.guide.views.shown import show
from holdfast.doors.guide.views.shown import surroundings
from holdfast.doors.look.around import route_line
from holdfast.doors.look.around import shown_routes
from holdfast.law.language import ENGLISH
from holdfast.law.pack import Pack


class Country(NamedTuple):
    """Places that share a law above their own. `name` is '' where a place stands alone."""

    name: str
    places: list[Pack]
    routes: list[SafeString]  # its first emergency line; several only where its places differ


def _countries() -> list[Country]:
    """Every place in its country, by name, with the emergency line said once. Those that stand alone are first: after a
    country's heading they would read as a part of it."""
    found: dict[str, list[Pack]] = {}
    for pack in places().values():
        found.setdefault(pack.country, []).append(pack)
    told = []
    for shared, within in found.items():
        lines = [route_line(each, ENGLISH) for pack in within for each in shown_routes(pack)[:1]]
        name = "" if any(each.id == shared for each in within) else shared.replace("-", " ").title()
        told.append(Country(name, within, list(dict.fromkeys(lines))))
    return sorted(told, key=lambda country: (country.name, country.places[0].name))


@page
def choose_place(request: HttpRequest) -> HttpResponse:
    """The first step: which place's law?"""
    spoken = {each.tag: each for pack in places().values() for each in tongues(pack) if not each.is_english}
    given = {"countries": _countries(), "languages": [spoken[tag] for tag in sorted(spoken)], "first_page": True}
    return render(request, "guide/choose.html", {**given, **surroundings(None)})


@placed
def choose_language(request: HttpRequest, spot: Spot) -> HttpResponse:
    """The second step. It is asked in English, and answered by each language's own name."""
    offered = [(each, has_drafts(each)) for each in tongues(spot.pack)]
    return show(request, "choose", spot, offered=offered, any_draft=any(drafted for _, drafted in offered))


@placed
def choose_format(request: HttpRequest, spot: Spot) -> HttpResponse:
    """The third step: the page itself first, because that leaves nothing behind on a device."""
    return show(
        request,
        "choose",
        spot,
        chosen_language=spot.tongue,
        has_easy=any(each.easy for each in spot.pack.guide),
        english_link=reverse("guide:start_in", args=[spot.pack.id, "en"]),
    )
