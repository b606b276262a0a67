"""The scene, shown live: the link that is read out, and the page that watches.

- A link is made only once somebody was asked whether it is safe, and what they answered is in the record either way.
- The signs are shown once, on the page that made them. Holdfast sends them to nobody.
- Whoever watches is in the log for each minute and a half that they do, and in the record once for each stream.
"""

from typing import Any

from csp.decorators import csp_update
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django.views.decorators.http import require_safe

from holdfast.casefile.append import append
from holdfast.casefile.codes import shown
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.live.ending import stop
from holdfast.doors.live.frames import watching
from holdfast.doors.live.links import grouped
from holdfast.doors.live.links import make_link
from holdfast.doors.live.links import spoken
from holdfast.doors.live.models import LiveLink
from holdfast.doors.live.scenes import newest_link
from holdfast.doors.live.scenes import scene_of

_ANSWERS = {"no": "not_safe_to_offer", "declined": "declined_by_caller", "did_not_work": "did_not_work"}
_WHY = {
    "stopped_on_the_telephone": "It was stopped on the telephone.",
    "page_left": "The page on the telephone was left.",
    "stopped_by_control_room": "It was stopped here.",
    "line_silent": "Nothing came for a quarter of an hour.",
    "never_opened": "Nobody opened the link in time.",
    "longest_time": "It had lasted six hours, which is the longest.",
}


@csp_update({"media-src": ["blob:"]})  # the picture is put together by the page from what it is sent
@require_safe
@in_case("offer_live")
def live(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What is shown now, or the form that makes a link."""
    link = newest_link(opened.file.id)
    if link is not None and link.opened_at is not None:
        _watched(request, opened, link)
    return _page(request, opened, link)


@csp_update({"media-src": ["blob:"]})
@require_POST
@in_case("offer_live")
def offer(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Makes a link, or records why none was made."""
    member = request.member  # type: ignore[attr-defined]
    here = HttpResponseRedirect(reverse("desk:live", args=[opened.file.code]))
    safe = request.POST.get("safe", "")
    if safe in _ANSWERS:
        append(opened.file.id, "LiveLinkOffered", {"answer": _ANSWERS[safe]}, by=member.by, happened_at=timezone.now())
        say(request, "Recorded. No link was made.")
        return HttpResponseRedirect(reverse("desk:case", args=[opened.file.code]))
    link = newest_link(opened.file.id)
    if safe != "yes":
        errors = [{"anchor": "safe", "why": "Ask first whether it is safe for them, and say here what they answered."}]
        return _page(request, opened, link, {"errors": errors}, status=422)
    if link is not None and link.ended_at is None:
        if link.opened_at is not None:
            say(request, "A telephone is connected already. End that first.", "warning")
            return here
        stop(link, "stopped_by_control_room")  # the earlier signs open nothing any more
    made = make_link(opened.file.id, member.by, timezone.now())
    groups = [(group, spoken(group)) for group in grouped(made.signs).split("-")]
    where = request.build_absolute_uri(reverse("live:begin")).partition("//")[2].rstrip("/")
    said = {"groups": groups, "where": where, "link": f"{where}/{grouped(made.signs)}"}
    return _page(request, opened, newest_link(opened.file.id), said)


@require_safe
@in_case("offer_live")
def stream(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What is to be shown, as it comes; the page asks again before it ends."""
    link = newest_link(opened.file.id)
    if link is None:
        return HttpResponse(status=204)
    if link.opened_at is not None:
        _watched(request, opened, link)
    answer: Any = StreamingHttpResponse(watching(link.stream), content_type="application/octet-stream")
    return answer  # type: ignore[no-any-return] # Django's two answers have no common kind that a view could name


@require_POST
@in_case("offer_live")
def end(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Ends it from here: the link dies, and what came is kept."""
    link = newest_link(opened.file.id)
    if link is not None:
        stop(link, "stopped_by_control_room")
        say(request, "It is ended, and what came is kept.")
    return HttpResponseRedirect(reverse("desk:live", args=[opened.file.code]))


def _watched(request: HttpRequest, opened: Opened, link: LiveLink) -> None:
    """Writes once for each person and stream that they watched; the log has each look."""
    member, number = request.member, str(link.stream)  # type: ignore[attr-defined]
    seen = any(
        entry.kind == "LiveWatched" and entry.by == member.by and entry.fields.stream == number
        for entry in opened.file.entries
    )
    if not seen and link.ended_at is None:
        append(opened.file.id, "LiveWatched", {"stream": number}, by=member.by, happened_at=timezone.now())


def _page(
    request: HttpRequest,
    opened: Opened,
    link: LiveLink | None,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    now = timezone.now()
    state = _state(link)
    context: dict[str, Any] = {"code": shown(opened.file.code), "plain_code": opened.file.code, "state": state}
    if link is not None and state in ("ended", "never_opened"):
        context["ended"] = in_short(link.ended_at or link.until, opened.zone)
        context["why"] = _WHY.get(link.why, _WHY["never_opened"])
    if link is not None and state == "waiting":
        context["until"] = in_short(link.until, opened.zone)
    if link is not None and state == "open":
        context["place"] = scene_of(link).position
    context |= {"watching": state in ("waiting", "open"), "now": in_short(now, opened.zone)}
    answer = show(request, "desk/live/live.html", context | (more or {}), status=status)
    answer.asks_of_device = frozenset({"autoplay"})  # type: ignore[attr-defined]
    return answer


def _state(link: LiveLink | None) -> str:
    if link is None:
        return "none"
    if link.ended_at is not None:
        return "ended"
    if link.opened_at is not None:
        return "open"
    return "waiting" if link.until > timezone.now() else "never_opened"
