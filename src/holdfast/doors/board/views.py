"""The board's pages: the board, its stream, its map, the sheet for handing over, the load by hour, and old calls.

- Each shows what `may` lets this person see, call by call, and nothing of what it does not.
- Who had the board open is in the log: at each page, and once a quarter of an hour for a stream.
- Dark by night on the clock of the place, unless this person chose otherwise for their sign-in.
"""

import time
from datetime import datetime
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.http import StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from holdfast.access.looks import log_look
from holdfast.access.may import may
from holdfast.access.person import Person
from holdfast.access.reach import reach_of
from holdfast.casefile.calls import calls_between
from holdfast.casefile.calls import closed_since
from holdfast.casefile.calls import never_closed_before
from holdfast.casefile.codes import shown as code_shown
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.doors.board.counting import Hour
from holdfast.doors.board.counting import by_hour
from holdfast.doors.board.following import following_here
from holdfast.doors.board.opening_row import OnBoard
from holdfast.doors.board.opening_row import opened_for_board
from holdfast.doors.board.picture import ACT
from holdfast.doors.board.picture import SINCE
from holdfast.doors.board.picture import picture_here
from holdfast.doors.board.plotting import Point
from holdfast.doors.board.plotting import plot
from holdfast.doors.board.row import Row
from holdfast.doors.board.stream import telling
from holdfast.doors.board.telling import LEVEL_WORDS
from holdfast.doors.board.telling import REASONS
from holdfast.doors.board.telling import context_of
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.local_time import from_now
from holdfast.doors.desk.local_time import in_words
from holdfast.doors.desk.opening import opened_file
from holdfast.doors.desk.page import show

SHIFT = timedelta(hours=12)
NIGHT = (19, 7)  # from and to, on the clock of the place
SPANS = {"all": None, "50": 50_000.0, "10": 10_000.0, "2": 2_000.0}
MOST_STREAMS = 1_000  # of one process: each holds some memory and a place in the server
LOGGED_EVERY = 900.0  # seconds
_LOOK = "board_look"
_logged: dict[str, float] = {}


@require_safe
@signed_in(ACT)
def board(request: HttpRequest) -> HttpResponse:
    """Every open call that this person may see, as it stands now; with script it stays live."""
    person, at = _person(request), timezone.now()
    picture = picture_here()
    picture.catch_up(at)
    after = f"{picture.epoch}-{picture.turn}"
    rows = picture.visible(person, at)
    _log(person)
    if request.GET.get("look") in ("dark", "light", ""):
        request.session[_LOOK] = request.GET["look"]
        return HttpResponseRedirect(reverse("desk:board"))
    context = {
        "rows": [(shown, shown.on_board.row, _late(shown.on_board.row, at)) for shown in rows],
        "ringing": sum(bool(shown.on_board.row.ringing) for shown in rows),
        "after": after,
        "older_than_mine": picture.too_old_for(person, at),
        "levels": [(level, LEVEL_WORDS[level]) for level in LEVEL_WORDS],
        "leads": may(person, "see_overview", at=at).allowed,
        "days": SINCE.days,
    }
    answer = _show(request, "board/board.html", context, at)
    answer.asks_of_device = frozenset({"autoplay"})  # type: ignore[attr-defined] # the sound of an alarm
    return answer


@require_safe
@signed_in(ACT)
def stream(request: HttpRequest) -> HttpResponse:
    """The same as it happens, as server-sent events. It ends after a minute or two and is asked for again."""
    person = _person(request)
    if time.monotonic() - _logged.get(person.staff, -LOGGED_EVERY) >= LOGGED_EVERY:
        _log(person)
    following = following_here()
    if following.watched_by >= MOST_STREAMS:
        return HttpResponse(
            "Too many boards are open here. This one is not live.", status=503, headers={"Retry-After": "5"}
        )
    after = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    answer: Any = StreamingHttpResponse(telling(following, person, after[:40]), content_type="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"  # a proxy that gathers an answer first would show an old board
    return answer  # type: ignore[no-any-return] # Django's two answers have no common kind that a view could name


@require_safe
@signed_in(ACT)
def board_map(request: HttpRequest) -> HttpResponse:
    """Where the calls are, as far as anybody said: the drawing, and the list that says all that it shows."""
    person, at = _person(request), timezone.now()
    picture = picture_here()
    picture.catch_up(at)
    _log(person)
    asked, around = request.GET.get("span", "all"), request.GET.get("around", "")
    span = SPANS.get(asked)
    listed, points = [], []
    for number, shown in enumerate(picture.visible(person, at), 1):
        row = shown.on_board.row
        context = context_of(row)
        listed.append({**context, "number": number})
        if around and row.code != around:
            continue
        best = [spot for spot in row.spots if spot.has_point][:2]
        for spot in reversed(best):
            assert spot.latitude is not None  # noqa: S101 has_point says so
            assert spot.longitude is not None  # noqa: S101
            kind = "ringing" if row.ringing else "there" if row.there else "waits"
            label = str(number) if spot is best[0] else ""
            points.append(Point(label, spot.latitude, spot.longitude, spot.uncertainty, kind, row.code))
    context = {
        "plot": plot(points, width=1000, height=620, span=span),
        "listed": listed,
        "span": asked if asked in SPANS else "all",
        "spans": [("all", "all of them"), ("50", "50 km"), ("10", "10 km"), ("2", "2 km")],
        "around": around if any(each["code"] == around for each in listed) else "",
    }
    return _show(request, "board/map.html", context, at)


@require_safe
@signed_in(ACT)
def handover(request: HttpRequest) -> HttpResponse:
    """The sheet for the next shift: every open call with room to write, and what left the board in this one."""
    person, at = _person(request), timezone.now()
    picture = picture_here()
    picture.catch_up(at)
    _log(person)
    zone = _zone()
    left = []
    for case_id in closed_since(at - SHIFT, within=reach_of(person, at)):
        try:
            opened = opened_file(read_case(case_id), person)
        except Refused:
            continue
        if case_id in picture.rows or not opened.may(ACT):
            continue
        closed = max((e for e in opened.file.entries if e.kind == "CallClosed"), key=lambda e: e.happened_at)
        left.append((closed.happened_at, code_shown(opened.file.code), closed))
    context = {
        "rows": [context_of(shown.on_board.row) for shown in picture.visible(person, at)],
        "left": [
            {
                "at": f"{when.astimezone(zone):%H:%M}",
                "code": code,
                "why": REASONS.get(closed.fields.reason, "reason not known"),
                "agreed": closed.fields.caller_agreed,
                "by": closed.by.staff,
            }
            for when, code, closed in sorted(left, key=lambda item: item[0])
        ],
        "hours": SHIFT.seconds // 3600,
    }  # fmt: skip
    return _show(request, "board/handover.html", context, at)


@require_safe
@signed_in(ACT)
def load(request: HttpRequest) -> HttpResponse:
    """How many calls came in each of the last 24 hours, beside the same hours a week ago."""
    person, at = _person(request), timezone.now()
    calls = calls_between(at - timedelta(days=8, hours=1), at, within=reach_of(person, at))
    hours = by_hour([when for when, _ in calls], until=at, zone=_zone())
    context = {
        "hours": hours,
        "total": sum(hour.calls for hour in hours),
        "before": sum(hour.before for hour in hours),
        "most": max((hour.calls for hour in hours), default=0),
        "bars": [_bar(place, hour) for place, hour in enumerate(hours)],
    }
    return _show(request, "board/load.html", context, at)


@require_safe
@signed_in(ACT)
def older(request: HttpRequest) -> HttpResponse:
    """Calls that began long ago and were never closed: nothing leaves without a reason, however old."""
    person, at = _person(request), timezone.now()
    _log(person)
    zone = _zone()
    rows = []
    for call in never_closed_before(at - SINCE, within=reach_of(person, at)):
        found = opened_for_board(call.case_id)
        if isinstance(found, OnBoard) and may(person, ACT, found.known, at=at):
            rows.append((call.code, code_shown(call.code), in_words(call.begun_at, zone)))
    return _show(request, "board/older.html", {"rows": rows, "days": SINCE.days}, at)


def _late(row: Row, at: datetime) -> str:
    """How late somebody is, for a page that cannot count by itself; '' where nobody is."""
    return from_now(row.due, at) if row.due is not None and row.there is None and row.due < at else ""


def _bar(place: int, hour: Hour) -> dict[str, Any]:
    """One bar of the chart, in the units of the drawing."""
    height = hour.share * 1.6
    return {**hour._asdict(), "x": 10 + place * 40, "height": height, "top": 190 - height, "label": 186 - height}


def _person(request: HttpRequest) -> Person:
    return request.member.person  # type: ignore[attr-defined,no-any-return]


def _zone() -> ZoneInfo:
    return ZoneInfo(pack_called(settings.HOLDFAST_PLACE).timezone)


def _log(person: Person) -> None:
    """Writes down that they had the board before them; the time between is kept for their streams."""
    log_look(person, "", ACT)
    if len(_logged) > 10_000:
        _logged.clear()
    _logged[person.staff] = time.monotonic()


def _show(request: HttpRequest, template: str, context: dict[str, Any], at: datetime) -> HttpResponse:
    local = at.astimezone(_zone())
    chosen = request.session.get(_LOOK, "")
    night = chosen == "dark" or (chosen == "" and (local.hour >= NIGHT[0] or local.hour < NIGHT[1]))
    carried = {
        "night": night,
        "day": chosen == "light",
        "look": chosen,
        "now_clock": f"{local:%H:%M:%S}",
        "now_words": in_words(at, _zone()),
        "now_iso": at.isoformat(),
        "now_ms": round(at.timestamp() * 1000),
        "zone": str(_zone()),
    }
    return show(request, template, carried | context)
