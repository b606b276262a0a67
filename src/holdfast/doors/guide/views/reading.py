"""The guide itself: its contents, its pages, the easy-read edition, the card with blanks, and leaving."""

from typing import NamedTuple

from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.decorators.http import require_POST

from holdfast.doors.guide.page import Rendered
from holdfast.doors.guide.page import line
from holdfast.doors.guide.page import render as render_page
from holdfast.doors.guide.page import render_easy
from holdfast.doors.guide.places import places
from holdfast.doors.guide.spot import Spot
from holdfast.doors.guide.views.shown import only_place
from holdfast.doors.guide.views.shown import page as plain_page
from holdfast.doors.guide.views.shown import placed
from holdfast.doors.guide.views.shown import show
from holdfast.doors.guide.views.shown import surroundings
from holdfast.doors.look.around import leave_to
from holdfast.doors.look.around import route_line
from holdfast.doors.look.around import shown_routes
from holdfast.doors.look.ease import chosen
from holdfast.doors.look.leaving import left
from holdfast.doors.look.phases import phases
from holdfast.doors.look.say import marked
from holdfast.law.public import GuidePage


class Entry(NamedTuple):
    """One page as a list shows it: its address, its question and its answer in the reader's language."""

    id: str
    link: str
    title: SafeString
    answer: SafeString
    english: str  # the question in English, where its translation was not checked


class Part(NamedTuple):
    """A heading of the contents with its pages."""

    title: str
    first: int
    entries: list[Entry]


@placed
def contents(request: HttpRequest, spot: Spot) -> HttpResponse:
    """What the guide of a place answers, step by step."""
    from holdfast.doors.guide.changed import news

    parts = [
        Part(each.title, each.first, [entry(spot, page) for page in each.pages]) for each in phases(spot.pack.guide)
    ]
    return show(request, "contents", spot, phases=parts, rest="", news=news(spot), ways=_ways(spot))


@placed
def read(request: HttpRequest, spot: Spot, page: str) -> HttpResponse:
    """One page, in the language as far as it is translated."""
    shown = spot.page(page)
    rendered = render_page(spot.pack, shown, spot.day, spot.base, spot.tongue)
    links = {
        "formats_link": f"{spot.base}{shown.id}/formats",
        "easy_link": f"{spot.easy}{shown.id}" if shown.easy else "",
    }
    return show(request, "page", spot, rest=shown.id, **links, **_turning(spot, shown, rendered))


@placed
def read_easy(request: HttpRequest, spot: Spot, page: str) -> HttpResponse:
    """One page of the easy-read edition: short sentences, one a line."""
    shown = spot.page(page)
    rendered = render_easy(spot.pack, shown, spot.day, spot.easy, spot.tongue)
    if not rendered.html:
        raise Http404("There is no easy-read edition of this page yet. Go to the guide's first page.")
    turning = _turning(spot, shown, rendered, easy=True)
    return show(request, "easy", spot, rest=f"easy/{shown.id}", full_link=f"{spot.base}{shown.id}", **turning)


@placed
def easy_contents(request: HttpRequest, spot: Spot) -> HttpResponse:
    """The contents of the easy-read edition: the pages that have one."""
    entries = [entry(spot, page, spot.easy) for page in spot.pack.guide if page.easy]
    return show(request, "easy_contents", spot, rest="easy/", entries=entries)


@placed
def card(request: HttpRequest, spot: Spot) -> HttpResponse:
    """A card to print, cut and fill in by hand. What is typed into a page would stay on a device."""
    return _card(request, spot, plain=False)


@placed
def card_in_plain_look(request: HttpRequest, spot: Spot) -> HttpResponse:
    """The same card, its first side saying nothing of police: it could be anybody's."""
    return _card(request, spot, plain=True)


def _card(request: HttpRequest, spot: Spot, *, plain: bool) -> HttpResponse:
    lines = [route_line(route, spot.tongue) for route in shown_routes(spot.pack)]
    return show(request, "card", spot, rest="card/plain" if plain else "card", plain=plain, lines=lines)


@plain_page
def traces(request: HttpRequest) -> HttpResponse:
    """What leaving a page cannot do, said plainly."""
    return render(request, "look/traces.html", surroundings(None))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, place: str = "") -> HttpResponse:
    """Away, at once. There is no session here to end; a POST is the message that script sends on its way out."""
    return left(request, leave_to(places().get(place) or only_place()), ended=False)


@csrf_exempt
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """How the pages are to be read: larger letters, high contrast, more room. Then back to the page."""
    return chosen(request, reverse("guide:places"))


def entry(spot: Spot, page: GuidePage, base: str = "") -> Entry:
    """A page as a list shows it."""
    title, answer = (
        line(getattr(page, name), spot.pack, spot.day, spot.base, spot.tongue, f"guide.{page.id}.{name}")
        for name in ("title", "answer")
    )
    is_draft = spot.tongue.say(f"guide.{page.id}.title", page.title).state == "draft"
    english = line(page.title, spot.pack, spot.day, spot.base) if is_draft else ""
    return Entry(page.id, f"{base or spot.base}{page.id}", title, answer, english)


def _turning(spot: Spot, shown: GuidePage, rendered: Rendered, *, easy: bool = False) -> dict[str, object]:
    """A page with what comes before it and after it."""
    pages = [page for page in spot.pack.guide if page.easy or not easy]
    at = pages.index(shown)
    base = spot.easy if easy else spot.base
    entries = [entry(spot, page, base) for page in pages]
    return {
        "page": shown,
        "number": at + 1,
        "pages": entries,
        "rendered": rendered,
        "day": spot.day,
        "before": entries[at - 1] if at else None,
        "after": entries[at + 1] if at + 1 < len(entries) else None,
    }


def _ways(spot: Spot) -> list[tuple[str, SafeString]]:
    """The guided ways of a place: where each begins, and what it is called."""
    return [
        (
            f"{spot.base}way/{way.id}/{way.steps[0].number}",
            marked(spot.tongue.say(f"way.{way.id}.title", way.title), spot.tongue),
        )
        for way in sorted(spot.pack.ways, key=lambda each: each.order)
        if way.steps
    ]
