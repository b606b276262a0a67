"""Send and chase: one page of a call for whoever sends units, answers alarms and keeps the caller from being forgotten.

- Each press records one thing. What would leave somebody without help by mistake is shown once more first.
- The same page sent twice by a trembling hand records once.
- What was typed stands there again after a press that is refused, a going back, or a signing in meanwhile.
- Holdfast sends nothing to anybody. The number a call came from is not shown here as a way to reach them.
"""

import secrets
from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.access.looks import log_look
from holdfast.access.naming import after_writing
from holdfast.access.two_people import two_who_may
from holdfast.casefile.append import append_all
from holdfast.casefile.codes import shown
from holdfast.casefile.drafts import Draft
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.alarms.once_more import why_asked_again
from holdfast.doors.desk.alarms.recorded import Asked
from holdfast.doors.desk.alarms.recorded import Unclear
from holdfast.doors.desk.alarms.recorded import beside
from holdfast.doors.desk.alarms.recorded import draft_of
from holdfast.doors.desk.alarms.situation import Situation
from holdfast.doors.desk.alarms.situation import situation
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.local_time import in_words
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.duties.raising import GRADES
from holdfast.duties.ringing import Ring
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import fields_of
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS
from holdfast.record.kinds.alarm import AlarmAnswered

_ACT_OF = {"AlarmAnswered": "answer_alarm", "SilentCallNotRaised": "grade_silent_lower"}
_OF_THE_PRESS = ("csrfmiddlewaretoken", "sure", "back")  # never carried on
_PRESSED = "pressed"  # in the session: the signs of the pages that were sent already
_MOST_PRESSED = 40
_FIRST = ("sending_unit", "ringing_caller", "looking_into_it")  # the answers that are given most
_LEVELS = {"dispatcher": "Dispatcher", "supervisor": "Supervisor", "duty_officer": "Duty officer"}
_MEETS = {"woman": "an officer who is a woman", "man": "an officer who is a man", "no_preference": "any officer"}
_PROPOSED = {
    "calls_again": "They called again tonight: nobody came, or it got worse.",
    "silent_with_history": "Nobody spoke or the line broke off, and a high risk was found before.",
}


@in_case("chase_call")
def chase(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The page, and each press on it."""
    standing = situation(opened.file.entries, opened.pack, opened.now)
    do = request.POST.get("do", "")[:20] if request.method == "POST" else ""
    if not do or shown_again(request) or request.POST.get("back"):
        return _page(request, opened, standing)
    here = HttpResponseRedirect(reverse("desk:chase", args=[opened.file.code]))
    sign, pressed = request.POST.get("sign", "")[:40], list(request.session.get(_PRESSED, []))
    if sign in pressed:
        say(request, "That was recorded already. Nothing was recorded twice.", "warning")
        return here
    asked = Asked(request.POST, opened.now, opened.zone, opened.pack, opened.file.force, standing)
    try:
        draft = draft_of(do, asked)
        _let(request, opened, draft)
        why = why_asked_again(do, asked)
        if why and request.POST.get("sure") != "yes":
            return _confirm(request, opened, why, draft)
        member = request.member  # type: ignore[attr-defined]
        written = append_all(opened.file.id, (draft, *beside(draft)), by=member.by)
    except Unclear as fault:
        return _page(request, opened, standing, fault.anchor, str(fault))
    except EntryRefused as refused:
        refusal = " ".join(f"{each.field.replace('_', ' ').capitalize()} {each.why}." for each in refused.faults)
        return _page(request, opened, standing, "doing", f"Nothing was recorded. {refusal}")
    after_writing(opened.file.id, tuple(entry.kind for entry in written.entries), opened.now)
    if sign:
        request.session[_PRESSED] = [*pressed, sign][-_MOST_PRESSED:]
    say(request, f"Recorded: {label(KINDS[draft.kind]).lower()}.")
    return here


def _let(request: HttpRequest, opened: Opened, draft: Draft) -> None:
    """Unclear where this person may not record it, or whoever they name as second person is none."""
    member = request.member  # type: ignore[attr-defined]
    act = _ACT_OF.get(draft.kind)
    answer = opened.may(act) if act else opened.may("record", draft.kind)
    if not answer.allowed:
        log_look(member.person, opened.file.code, act or "record", answer.why, allowed=False, rule=answer.rule)
        raise Unclear("doing", answer.why)
    second = dict(draft.fields).get("second_person") if isinstance(draft.fields, dict) else None
    if second:
        two = two_who_may("chase_call", opened.file, member.staff, str(second), at=opened.now)
        if two.why:
            raise Unclear("lower", two.why)


def _confirm(request: HttpRequest, opened: Opened, why: str, draft: Draft) -> HttpResponse:
    carried = [(name, value[:2000]) for name, value in request.POST.items() if name not in _OF_THE_PRESS]
    kind = KINDS[draft.kind]
    asked = {field.name: field.question for field in fields_of(kind)}
    said = [
        (
            asked.get(name, name),
            value_in_words(str(value)) if name in ("grade", "replaced", "direction", "by_whom") else str(value),
        )
        for name, value in dict(draft.fields).items()  # type: ignore[arg-type] # drafts of this page hold plain fields
    ]
    context = {"why": why, "carried": carried, "said": said, "what": label(kind)}
    return show(request, "desk/alarm/confirm.html", {**_head(opened), **context})


def _head(opened: Opened) -> dict[str, Any]:
    return {"code": shown(opened.file.code), "plain_code": opened.file.code}


def _page(request: HttpRequest, opened: Opened, standing: Situation, anchor: str = "", why: str = "") -> HttpResponse:
    zone, now = opened.zone, opened.now
    choices = next(field for field in fields_of(AlarmAnswered) if field.name == "doing").choices
    safe = standing.safe
    typed = {name: str(value)[:2000] for name, value in request.POST.items()}
    about = typed.get("about", "")
    context: dict[str, Any] = {
        **_head(opened),
        "errors": [{"anchor": anchor, "why": why}] if why else [],
        "typed": {typed.get("do", ""): typed},  # only the form that it was typed in shows it again
        "typed_about": int(about) if about.isdecimal() and len(about) < 12 else 0,
        "sign": secrets.token_urlsafe(12),
        "now": in_words(now, zone),
        "grade": value_in_words(standing.grade) if standing.grade else "",
        "due": in_short(standing.due_by, zone) if standing.due_by else "",
        "late": standing.due_by is not None and standing.due_by < now and not standing.arrived,
        "arrived": standing.arrived,
        "closed": standing.closed,
        "place": standing.place,
        "safe": safe.fields if safe else None,
        "rings": [_told(ring, opened) for ring in standing.rings],
        "doing_first": [(value, value_in_words(value)) for value in _FIRST],
        "doing": [(value, value_in_words(value)) for value in choices if value not in (*_FIRST, *UNKNOWN)],
        "coming": [(unit.number, unit.unit, in_short(unit.since, zone)) for unit in standing.on_the_way],
        "promised": [(entry.number, in_short(entry.fields.by_when, zone), entry.fields.by_when < now)
                     for entry in standing.promised],
        "meetings": [(entry.number, in_short(entry.fields.at, zone), entry.fields.where,
                      _MEETS.get(entry.fields.officer_gender, ""), entry.fields.at < now)
                     for entry in standing.meetings],
        "passed_on": [(entry.number, entry.fields.to_whom) for entry in standing.passed_on],
        "proposed": standing.proposed,
        "proposed_why": _PROPOSED.get(standing.proposed.why, "") if standing.proposed else "",
        "proposed_name": value_in_words(standing.proposed.grade) if standing.proposed else "",
        "quiet": standing.quiet if opened.may("grade_silent_lower").allowed else 0,
        "quiet_asked": bool(standing.quiet),
    }  # fmt: skip
    at = GRADES.index(standing.grade) if standing.grade else -1
    context["up"] = [(grade, value_in_words(grade)) for grade in reversed(GRADES[max(at, 0) :])]
    context["down"] = [(grade, value_in_words(grade)) for grade in reversed(GRADES[:at])] if at > 0 else []
    return show(request, "desk/alarm/chase.html", context, status=422 if why else 200)


def _told(ring: Ring, opened: Opened) -> dict[str, Any]:
    supervisor = opened.person is not None and opened.person.role == "supervisor"
    return {
        "number": ring.number,
        "says": ring.rule.staff,
        "level": _LEVELS.get(ring.level, ring.level),
        "since": in_short(ring.at, opened.zone),
        "answered": bool(ring.answered_by),
        "mine": ring.level == "dispatcher" or supervisor,
        "no_clock": ring.why == "no_clock",
        "again": ring.why == "still_not_done",
    }
