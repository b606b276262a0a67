"""What came in and no machine could read: a list for whoever takes calls, and one of them opened and settled.

Nothing leaves the list by itself. It belongs to a case, opens a new one, or is nothing for us, with the reason.
"""

import base64
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from holdfast.access.looks import log_look
from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.codes import shown
from holdfast.casefile.packs import pack_called
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.refused import NoSuchCase
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import open_case_file
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.taking import take_in
from holdfast.doors.intake.unread import Opened as OpenedUnread
from holdfast.doors.intake.unread import open_ones
from holdfast.doors.intake.unread import open_unread
from holdfast.doors.intake.unread import settle
from holdfast.record.value import UNSHOWABLE

ROUTES = (("voice", "By telephone"), ("text", "By text"), ("relay", "By relay"), ("online", "Online"),
          ("another_control_room", "From another control room"))  # fmt: skip
MOST_SHOWN = 20_000
_GONE = "There is nothing to read under this number: somebody has settled it already, or it never was."
_NO_CASE = (
    "There is no case of this code that you may record in. Check the code, letter by letter, or ask a supervisor."
)


@signed_in("see_unread")
def unread(request: HttpRequest) -> HttpResponse:
    """The list, newest first. None of it is opened for that."""
    rows = [
        {"row": row, "why": _why(row.why), "first": in_short(row.first_at, _zone()),
         "last": in_short(row.last_at, _zone())}
        for row in open_ones()
    ]  # fmt: skip
    return show(request, "desk/unread/list.html", {"rows": rows})


@signed_in("see_unread")
def one(request: HttpRequest, number: int) -> HttpResponse:
    """One of them, opened; and what a person says it is."""
    found = open_unread(number)
    if found is None:
        return refused(request, _GONE, status=404)
    member = request.member  # type: ignore[attr-defined]
    if request.method != "POST" or shown_again(request):
        log_look(member.person, "", "see_unread", f"number {number}")
        return _page(request, found)
    act = {"case": _to_case, "new": _to_new, "nothing": _nothing}.get(request.POST.get("do", ""))
    return act(request, found) if act else _page(request, found, ("do", "Say what it is."))


def _to_case(request: HttpRequest, found: OpenedUnread) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    try:
        opened: Opened = open_case_file(request.POST.get("code", ""), member.person, "")
    except NoSuchCase:
        return _page(request, found, ("code", _NO_CASE))
    answer = opened.may("record")
    log_look(member.person, opened.file.code, "see_unread", answer.why, allowed=answer.allowed, rule=answer.rule)
    if not answer.allowed:
        return _page(request, found, ("code", _NO_CASE))
    now = timezone.now()
    # Written first: settling lets go of what came, and by then the case has to hold it.
    append(opened.file.id, "UnreadMessageKept", _fields(request, found), by=member.by, happened_at=now)
    settle(found.number, member.staff, now, case=opened.file.id)
    say(request, f"It is kept in case {shown(opened.file.code)}.")
    return HttpResponseRedirect(reverse("desk:case", args=[opened.file.code]))


def _to_new(request: HttpRequest, found: OpenedUnread) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    route, now = request.POST.get("route", ""), timezone.now()
    if route not in dict(ROUTES):
        return _page(request, found, ("route", "Say how it came."))
    drafts = (
        Draft("CallReceived", {"route": route}, found.first_at),
        Draft("UnreadMessageKept", _fields(request, found), now),
    )
    coming = Coming(
        route, "unread", f"unread {found.number}", found.first_at, settings.HOLDFAST_PLACE, settings.HOLDFAST_FORCE,
        drafts=drafts, by=member.by,
    )  # fmt: skip
    try:
        taken = take_in(coming, now)
    except EntryRefused as fault:
        return _page(request, found, ("words", "; ".join(each.why for each in fault.faults)))
    settle(found.number, member.staff, now, case=taken.case_id)
    say(request, f"Case {shown(taken.code)} is open, and what came is kept in it.")
    return HttpResponseRedirect(reverse("desk:case", args=[taken.code]))


def _nothing(request: HttpRequest, found: OpenedUnread) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    reason = request.POST.get("reason", "").strip()[:2_000]
    if len(reason) < 3:
        return _page(request, found, ("reason", "Say why it is nothing for us: somebody may ask one day."))
    if not settle(found.number, member.staff, timezone.now(), reason=reason):
        return refused(request, _GONE, status=404)
    log_look(member.person, "", "see_unread", f"number {found.number} is nothing for us")
    say(request, "It is put away, with your reason.")
    return HttpResponseRedirect(reverse("desk:unread"))


def _fields(request: HttpRequest, found: OpenedUnread) -> dict[str, Any]:
    text = _text(found.raw)
    return {
        "sender": found.sender,
        "why": found.why[:300],
        "came_at": found.first_at.isoformat(),
        "times": min(found.times, 1_000_000),
        "kept": (base64.b64encode(found.raw).decode() if text is None else text)[:1_000_000],
        "words": UNSHOWABLE.sub("", request.POST.get("words", ""))[:20_000],
    }


def _why(why: str) -> str:
    """Why it could not be read, for a person: the sign for the whole of a document says nothing to them."""
    return why.removeprefix("/: ")


def _text(raw: bytes) -> str | None:
    """What came as text, None where it is none."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if UNSHOWABLE.search(text) else text


def _page(request: HttpRequest, found: OpenedUnread, fault: tuple[str, str] | None = None) -> HttpResponse:
    text = _text(found.raw)
    shows = text if text is not None else found.raw.decode("utf-8", "replace")
    context = {
        "found": found,
        "why": _why(found.why),
        "text": UNSHOWABLE.sub("\ufffd", shows)[:MOST_SHOWN],
        "cut": len(shows) > MOST_SHOWN,
        "is_text": text is not None,
        "first": in_short(found.first_at, _zone()),
        "last": in_short(found.last_at, _zone()),
        "routes": ROUTES,
        "typed": request.POST,
        "errors": [{"anchor": fault[0], "why": fault[1]}] if fault else [],
    }
    return show(request, "desk/unread/one.html", context, status=422 if fault else 200)


def _zone() -> ZoneInfo:
    return ZoneInfo(pack_called(settings.HOLDFAST_PLACE).timezone)
