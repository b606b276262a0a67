"""Every answer that is no page: what is said where an address leads nowhere, a form was refused, or the program failed.

- On the public and the survivor's pages each carries the emergency numbers and the control that leaves.
- None repeats an address, a message or anything that was sent, and none says why the program failed.
- Each door says it in its own way: the machines' door in JSON, the desk without the control that leaves.
- Nothing here may fail: it is met by somebody for whom something has failed already.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from holdfast.doors.look.around import AT_THE_TOP
from holdfast.doors.look.around import around
from holdfast.doors.look.around import route_line
from holdfast.doors.look.around import shown_routes
from holdfast.law.language import ENGLISH
from holdfast.law.pack import Pack
from holdfast.site.body_limit import REFUSED
from holdfast.site.body_limit import WHY
from holdfast.site.doors import Door
from holdfast.site.doors import door_at

STATUSES = (400, 403, 404, 405, 413, 414, 429, 431, 500, 503)
METHODS = ("GET", "HEAD", "POST")
# What a page of another site may do here: lead somebody to a page. Nothing of ours is drawn into one of theirs.
_LEADS_HERE = ("navigate", "document")
_FAULTS = {
    400: "the request could not be read; nothing was recorded",
    403: "not allowed",
    404: "there is no such address",
    405: "there is no such method here",
    413: "the document is longer than 1 MB and was not read; nothing was recorded",
    414: "the address is too long",
    429: "too many requests in a short time: wait, then send this again; nothing was recorded",
    431: "there are too many headers",
    500: "the program failed: it is not known whether this was recorded; send it again, a call is never taken twice",
    503: "nothing can be recorded at the moment: hand this call over by telephone",
}


class Refusals:
    """Refuses, before any door is asked, what no door answers."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]):
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if status := getattr(request, "scope", {}).get(REFUSED, 0):
            return refused(request, status)
        request.get_host()  # a name that is not ours ends here, and in a 400
        door = door_at(request.path_info)
        if request.method not in METHODS and not door.app.endswith(".api"):
            return refused(request, 405)
        if door.private and _from_elsewhere(request):
            return refused(request, 403)
        return self.answer(request)


def refused(request: HttpRequest, status: int) -> HttpResponse:
    """The door's own page for a status of STATUSES."""
    door = door_at(request.path_info)
    if door.app.endswith(".api"):
        answer: HttpResponse = JsonResponse({"faults": [{"at": "", "why": _FAULTS[status]}]}, status=status)
    else:
        answer = _page(request, door, status)
    if status == 405:
        answer.headers["Allow"] = ", ".join(METHODS)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, as Django calls it."""
    return refused(request, 413 if type(exception).__name__ == "RequestDataTooBig" else 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, as Django calls it."""
    return refused(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404, as Django calls it."""
    return refused(request, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """500, as Django calls it."""
    return refused(request, 500)


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django calls this where a form's token is not that of its session: it ended, or another site sent the form.

    At the desk nothing that was typed is lost. Elsewhere the page says, without naming what it is, to open it again.
    """
    if door_at(request.path_info).app == "holdfast.doors.desk":
        from holdfast.doors.desk.again import signed_out_meanwhile

        return signed_out_meanwhile(request)
    return _page(request, door_at(request.path_info), 403, "403_csrf")


def _page(request: HttpRequest, door: Door, status: int, name: str = "") -> HttpResponse:
    desk = door.app.endswith(".desk")
    template = f"{name or status}.html"
    context = {"frame": f"look/{'desk' if desk else 'survivor'}_base.html", "home": f"/{door.path}"}
    if said := getattr(request, "scope", {}).get(WHY):
        template, context = "not_taken.html", {**context, "why": said[0], "home": said[1]}
    try:
        return render(request, template, {**_surroundings(request, door), **context}, status=status)
    except Exception:  # noqa: BLE001 whatever is wrong: a page without its surroundings is better than none
        return HttpResponse(render_to_string(template, context), status=status)


def _surroundings(request: HttpRequest, door: Door) -> dict[str, Any]:
    """The way out and the emergency numbers; at the desk neither."""
    if door.app.endswith(".desk"):
        return {}
    link = f"/{door.path}leave"
    if door.private:
        return around(_called(settings.HOLDFAST_PLACE), link)
    parts = request.path_info.split("/")
    named = _called(parts[2]) if len(parts) > 2 and parts[1] in ("guide", "start", "leave") else None
    if named:
        return around(named, f"{link}/{named.id}")
    return {**around(None, link), "routes": _of_every_place()}


def _called(name: str) -> Pack | None:
    from holdfast.doors.guide.places import places

    return places().get(name)


def _of_every_place() -> list[str]:
    """Where nobody knows which place a reader is in: each emergency line once, with the places it belongs to."""
    from holdfast.doors.guide.places import places

    found: dict[str, list[str]] = {}
    lines: dict[str, str] = {}
    for pack in places().values():
        for route in shown_routes(pack)[:1]:
            found.setdefault(route.number, []).append(pack.name)
            lines.setdefault(route.number, route_line(route, ENGLISH))
    if len(lines) == 1:
        only = next(iter(places().values()))
        return [route_line(route, ENGLISH) for route in shown_routes(only)[:AT_THE_TOP]]
    return [_beside(lines[number], ", ".join(names)) for number, names in found.items()]


def _beside(line: str, names: str) -> str:
    from django.utils.html import format_html

    return format_html("{} ({})", line, names)


def _from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site draws this into a page of its own. Its forms are refused by their token, not here."""
    if request.method == "POST" or request.headers.get("Sec-Fetch-Site", "") not in ("cross-site", "same-site"):
        return False
    mode, what = request.headers.get("Sec-Fetch-Mode", ""), request.headers.get("Sec-Fetch-Dest", "")
    return (mode, what) != _LEADS_HERE
