"""The way in, in three steps that stand on one page: where you live, in which language, in which form.

Each answer is a link, so that nothing needs script and nothing is kept. A step that is done says what was chosen.
"""

from django.http import HttpRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

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


@page
def choose_place(request: HttpRequest) -> HttpResponse:
    """The first step: which place's law?"""
    found = [(pack, [route_line(each, ENGLISH) for each in shown_routes(pack)[:1]]) for pack in places().values()]
    given = {"places": found, "first_page": True}
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
