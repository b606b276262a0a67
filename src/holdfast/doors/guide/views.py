"""The guide's pages. Each answers with law and practice only; none can reach a case, and none keeps a session.

- Nothing is kept by the browser: a page of this guide in a cache is a trace on a telephone that somebody else reads.
- Somebody who left without script and comes Back meets a neutral page, until they choose to go on.
"""

from collections.abc import Callable
from datetime import date
from datetime import datetime
from functools import wraps
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods
from django.views.decorators.http import require_safe

from holdfast.doors.guide.page import render as render_page
from holdfast.doors.guide.places import places
from holdfast.doors.look.around import around
from holdfast.doors.look.around import leave_to
from holdfast.doors.look.leaving import came_back
from holdfast.doors.look.leaving import left
from holdfast.doors.look.leaving import stay
from holdfast.doors.look.phases import phases
from holdfast.law.pack import Pack

View = Callable[..., HttpResponseBase]


def _page(view: View) -> View:
    """What every page of the guide has in common."""

    @require_safe
    @gzip_page
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        if came_back(request):
            answer: HttpResponseBase = render(request, "look/left.html", {"on": f"{request.path}?on"})
        elif "on" in request.GET and not request.GET["on"]:
            answer = stay(redirect(request.path))
        else:
            answer = view(request, *args, **given)
        answer["Cache-Control"] = "no-store"
        return answer

    return shown


@_page
def choose_place(request: HttpRequest) -> HttpResponse:
    """The first page: which place's law?"""
    return render(request, "guide/places.html", {"places": places().values(), **_around(None)})


@_page
def contents(request: HttpRequest, place: str) -> HttpResponse:
    """What the guide of a place answers, step by step."""
    pack = _pack(place)
    return render(request, "guide/contents.html", {"phases": phases(pack.guide), **_around(pack)})


@_page
def read(request: HttpRequest, place: str, page: str) -> HttpResponse:
    """One page. `?on=2026-03-31` shows the law of another day, so that a change can be checked before it comes."""
    pack = _pack(place)
    at = next((number for number, each in enumerate(pack.guide) if each.id == page), None)
    if at is None:
        raise Http404("There is no such page in this guide. Go to its first page and choose from there.")
    today = datetime.now(ZoneInfo(pack.timezone)).date()
    day = _day(request.GET.get("on", ""), today)
    shown = pack.guide[at]
    return render(
        request,
        "guide/page.html",
        {
            "page": shown,
            "number": at + 1,
            "pages": pack.guide,
            "rendered": render_page(pack, shown, day, reverse("guide:contents", args=[pack.id])),
            "day": day,
            "another_day": day != today,
            "before": pack.guide[at - 1] if at else None,
            "after": pack.guide[at + 1] if at + 1 < len(pack.guide) else None,
            **_around(pack),
        },
    )


@_page
def traces(request: HttpRequest) -> HttpResponse:
    """What leaving a page cannot do, said plainly."""
    return render(request, "look/traces.html", _around(None))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, place: str = "") -> HttpResponse:
    """Away, at once. There is no session here to end; a POST is the message that script sends on its way out."""
    return left(request, leave_to(places().get(place) or _only()))


def _pack(place: str) -> Pack:
    found = places().get(place)
    if found is None:
        raise Http404("There is no guide for this place. Go to the first page and choose from there.")
    return found


def _day(asked: str, today: date) -> date:
    try:
        return date.fromisoformat(asked) if asked else today
    except ValueError:
        raise Http404("This is not a day. Write it as year, month and day: 2026-03-31.") from None


def _around(pack: Pack | None) -> dict[str, Any]:
    """What stands around every page. Where there is one place only, its numbers stand on the first page too."""
    link = reverse("guide:leave_place", args=[pack.id]) if pack else reverse("guide:leave")
    return {**around(pack or _only(), link), "pack": pack, "survivor_link": "/my/"}


def _only() -> Pack | None:
    found = list(places().values())
    return found[0] if len(found) == 1 else None
