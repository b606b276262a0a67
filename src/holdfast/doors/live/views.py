"""The telephone's pages: what will happen, the page that shows the scene, and what stays on the telephone afterwards.

- A link is opened by pressing, not by being looked at: a browser that fetches an address beforehand uses up nothing.
- The address is then taken out of the bar; the cookie of this one browser says from there on which stream it is.
- No page says a word of a case, and none of them can: the telephone can send, and nothing else.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.decorators.http import require_POST
from django.views.decorators.http import require_safe

from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import read_case
from holdfast.doors.evidence.permit import make_permit
from holdfast.doors.live.ending import stop
from holdfast.doors.live.links import cookie_name
from holdfast.doors.live.links import link_of
from holdfast.doors.live.links import open_link
from holdfast.doors.live.links import plain
from holdfast.doors.live.links import waits
from holdfast.doors.live.models import LiveLink
from holdfast.doors.look.around import around
from holdfast.doors.look.around import leave_to
from holdfast.doors.look.leaving import left
from holdfast.law.pack import Pack

_OF_DEVICE = frozenset({"camera", "microphone", "geolocation", "screen-wake-lock"})


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """The scene's own page where this browser opened a link; else a field for the signs."""
    link = _opened(request)
    if link is None:
        return _show(request, "live/signs.html", {})
    return _show(request, "live/show.html", _showing(link) | {"opened": True})


@require_safe
def by_link(request: HttpRequest, signs: str) -> HttpResponse:
    """What will happen when it is pressed; the link is not opened by this."""
    link = _opened(request)
    if link is not None:
        return HttpResponseRedirect(reverse("live:begin"))
    if not waits(signs, timezone.now()):
        return _show(request, "live/dead.html", {}, status=404)
    return _show(request, "live/show.html", {"signs": plain(signs), "opened": False, "first_run": 0})


@csrf_exempt  # there is no session to borrow: whoever sends this knows the link, and gets no more than with it
@require_POST
def open_it(request: HttpRequest) -> HttpResponse:
    """Opens the link for this browser, once: JSON for the page's script, else the page."""
    with_script = request.headers.get("Accept", "") == "application/json"
    secret = ""
    if request.headers.get("Sec-Fetch-Site", "same-origin") in ("same-origin", "none"):
        secret = open_link(request.POST.get("signs", ""), timezone.now())
    if not secret:
        if with_script:
            return JsonResponse({"opened": False}, status=404)
        return _show(request, "live/dead.html", {}, status=404)
    answer: HttpResponse = JsonResponse({"opened": True}) if with_script else HttpResponseRedirect("/s/", status=303)
    answer.set_cookie(
        cookie_name(), secret, path="/s/", httponly=True, samesite="Strict", secure=settings.SESSION_COOKIE_SECURE
    )
    return answer


@require_safe
def over(request: HttpRequest) -> HttpResponse:
    """It has ended: what stays on the telephone, and how it is taken away."""
    answer = _show(request, "live/over.html", {"agent": _browser(request)})
    answer.delete_cookie(cookie_name(), path="/s/", samesite="Strict")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Away, at once: the link dies and the browser is sent to a harmless page."""
    link = _opened(request)
    pack = _pack(link)
    if link is not None:
        stop(link, "page_left")
    answer = left(request, leave_to(pack))
    answer.delete_cookie(cookie_name(), path="/s/", samesite="Strict")
    return answer


def _opened(request: HttpRequest) -> LiveLink | None:
    link = link_of(request.COOKIES.get(cookie_name(), "")[:100])
    return link if link is not None and link.ended_at is None else None


def _pack(link: LiveLink | None) -> Pack:
    return pack_called(read_case(link.case).pack if link else settings.HOLDFAST_PLACE)


def _showing(link: LiveLink) -> dict[str, Any]:
    """What the page needs to go on after it was loaded anew, and where a single picture goes without script."""
    now = timezone.now()
    said = {"what": "scene_photograph", "source": "not_known", "purpose": "Sent from the scene"}
    permit = make_permit(
        door="live",
        case=link.case,
        role="feed",
        staff="holdfast",
        said=said,
        at=now,
        purpose=str(link.stream),
        back=reverse("live:begin"),
    )
    return {"first_run": link.runs.count(), "permit": permit, "live_link": link}


def _show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    link = context.pop("live_link", None)
    frame = around(_pack(link), reverse("live:leave"))
    answer = render(request, template, {**frame, **context}, status=status)
    answer.asks_of_device = _OF_DEVICE  # type: ignore[attr-defined]
    return answer


def _browser(request: HttpRequest) -> str:
    """Which of the ways to take things away is this browser's, as far as it says so: the others are shown after it."""
    agent = request.headers.get("User-Agent", "")
    for sign, name in (("SamsungBrowser", "samsung"), ("Firefox", "firefox"), ("FxiOS", "firefox"),
                       ("Chrome", "chrome"), ("CriOS", "chrome"), ("Safari", "safari")):  # fmt: skip
        if sign in agent:
            return name
    return ""
