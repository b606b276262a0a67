"""Taking a call: one screen, worked by the keyboard, in the order of the place's own script.

- 'Are you safe now?' comes first. Whatever could not be asked stays 'not asked'.
- The first answer opens the case; every further one is kept as it is typed and becomes an entry by itself
  (calls/keeping.py). With script the page sends what was changed; without, its button sends all of it.
- The page of a call can be loaded again, on this machine or another, and shows what was typed. Two of them do no harm.
- The call goes on in one of four ways, and is closed with a reason only (calls/going_on.py).
"""

import json
import secrets
from datetime import datetime
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.http import HttpResponseRedirect
from django.http import JsonResponse
from django.urls import reverse
from django.utils import timezone

from holdfast.access.looks import log_look
from holdfast.access.naming import after_writing
from holdfast.access.staff import StaffMember
from holdfast.casefile.append import append
from holdfast.casefile.codes import shown
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.refused import NoSuchCase
from holdfast.doors.desk.calls import held as holding
from holdfast.doors.desk.calls.asking import asked
from holdfast.doors.desk.calls.asking import keys_of
from holdfast.doors.desk.calls.asking import ways_on
from holdfast.doors.desk.calls.going_on import ASKS
from holdfast.doors.desk.calls.going_on import TITLES
from holdfast.doors.desk.calls.going_on import close
from holdfast.doors.desk.calls.going_on import follows
from holdfast.doors.desk.calls.going_on import go_on
from holdfast.doors.desk.calls.grades import grade_now
from holdfast.doors.desk.calls.keeping import Kept
from holdfast.doors.desk.calls.keeping import Lacking
from holdfast.doors.desk.calls.keeping import as_typed
from holdfast.doors.desk.calls.keeping import begin
from holdfast.doors.desk.calls.keeping import place_of
from holdfast.doors.desk.calls.keeping import pressed_once
from holdfast.doors.desk.calls.keeping import take
from holdfast.doors.desk.calls.keeping import waiting_names
from holdfast.doors.desk.calls.pieces import Typed
from holdfast.doors.desk.calls.pieces import at_first
from holdfast.doors.desk.calls.pieces import forms_of
from holdfast.doors.desk.forms.heading import opened_at
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.law.call_script import CallScript
from holdfast.law.call_script import script_on
from holdfast.record.entry import Entry
from holdfast.record.kind import fields_of
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS

BEGUN_SINCE = timedelta(hours=12)
# How a report may begin other than by the telephone, or by somebody else: what the page then says first.
BEGINNINGS = (
    ("voice", "survivor", "By telephone"),
    ("counter", "survivor", "At the counter"),
    ("text", "survivor", "By text"),
    ("relay", "survivor", "By relay"),
    ("voice", "friend_or_family", "From a friend or relative"),
    ("voice", "neighbour", "From a neighbour"),
    ("voice", "child", "From a child"),
    ("voice", "professional", "From a hospital or other professional"),
)


def _is_quiet(request: HttpRequest, *_: Any, **__: Any) -> bool:
    """The page's own script, sending what was typed: one look, however often it sends."""
    return request.method == "POST" and request.headers.get("Accept") == "application/json"


@signed_in("take_call")
def take_call(request: HttpRequest) -> HttpResponse:
    """The screen of a call that is not on the record yet, and the first thing that it sends."""
    member: StaffMember = request.member  # type: ignore[attr-defined]
    place, now = place_of(settings.HOLDFAST_PLACE), timezone.now()
    first = at_first(place)
    if request.method != "POST":
        for name, given in (("call-route", "way"), ("call-caller", "who")):
            if any(request.GET.get(given) in each[:2] for each in BEGINNINGS):
                first[name] = [request.GET[given]]
        return _page(request, place, first, first, token=secrets.token_urlsafe(12), now=now)
    sent, token = _sent(request, first), request.POST.get("token", "")[:40] or secrets.token_urlsafe(12)
    if shown_again(request):
        return _page(request, place, {**first, **sent}, first, token=token, now=opened_at(request.POST, now))
    happened_at = opened_at(request.POST, now)
    case_id = begin(place, {**first, **sent}, member.by, happened_at, token, now)
    code = read_case(case_id).code
    log_look(member.person, code, "take_call")
    return _taken(request, case_id, sent, {}, now)


@in_case("take_call", of_one_look=_is_quiet)
def call_page(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """The screen of a call that is on the record."""
    case = opened.file
    place = place_of(case.pack)
    if request.method != "POST":
        return _page_of(request, opened, place)
    sent, before = _sent(request, at_first(place)), holding.shown_by(request.POST)
    if shown_again(request):
        return _page_of(request, opened, place, sent)
    return _taken(request, case.id, sent, before, opened.now)


def _taken(request: HttpRequest, case_id: UUID, sent: Typed, before: Typed, now: datetime) -> HttpResponse:
    """Keeps what was sent, does what was pressed, and says what came of it."""
    member: StaffMember = request.member  # type: ignore[attr-defined]
    do, press = request.POST.get("do", "keep")[:90], request.POST.get("press", "")[:40]
    partial = request.POST.get("partial") == "1"
    kept = take(case_id, sent, before, member.by, now, record=do != "draft", partial=partial)
    words, tags = "", ""
    if do not in ("keep", "draft"):
        try:
            words = _pressed(case_id, do, press, member, now)
        except EntryRefused as refused:
            words, tags = _why(do, refused), "warning"
    return _told(request, kept, words, tags)


def _pressed(case_id: UUID, do: str, press: str, member: StaffMember, now: datetime) -> str:
    """Does what a button says, once; the sentence about it. EntryRefused where something is missing."""
    what, _, which = do.partition(":")
    with transaction.atomic():
        case = read_case(case_id)
        place = place_of(case.pack)
        assert place.pack is not None  # noqa: S101 it was found
        if not pressed_once(case_id, press, member.by, now, ended=True if what == "close" else None):
            return "That was done already."
        forms = forms_of(place, as_typed(case_id).typed)
        if what == "say":
            return _say_advice(case_id, which, place, member, now)
        if what == "close":
            close(case, forms["close"], member.by, now)
            return "The call is closed, with its reason. What is owed in the case goes on."
        if what not in TITLES:
            return ""
        kinds = go_on(case, place.pack, what, forms.get(what), member.by, now)
    after_writing(case_id, kinds, now)
    if not kinds:
        return "An officer now: that was graded already, and it stands."
    return f"{TITLES[what]}: recorded. What follows stands below."


def _say_advice(case_id: UUID, which: str, place: FormPlace, member: StaffMember, now: datetime) -> str:
    found = next((each for each in _scripts(place, now) if each.id == which and each.advice), None)
    if found is None:
        return ""
    fields = {"advice": list(found.advice), "words": found.script}
    append(case_id, "CallAdviceGiven", fields, by=member.by, happened_at=now)
    return "The advice is recorded."


def _told(request: HttpRequest, kept: Kept, words: str, tags: str) -> HttpResponse:
    """What came of it: JSON for the page's own script, else the page again."""
    case = read_case(kept.case_id)
    where = reverse("desk:call", args=[case.code])
    if not _is_quiet(request):
        if not words and kept.kinds:
            words = f"Kept, as case {shown(case.code)}."
        if words:
            say(request, words, tags)
        return HttpResponseRedirect(where)
    place = place_of(case.pack)
    held = as_typed(kept.case_id)
    return JsonResponse({
        "case": shown(case.code),
        "at": where,
        "kept_at": f"{timezone.now().astimezone(place.zone):%H:%M:%S}",
        "recorded": [label(KINDS[kind]) for kind in kept.kinds if kind != "EntryCorrected"],
        "waiting": bool(waiting_names(held)),
        "lacking": [each._asdict() for each in kept.lacking],
        "words": words,
        "refused": bool(tags),
    })  # fmt: skip


def _why(do: str, refused: EntryRefused) -> str:
    kind = KINDS.get(refused.kind)
    asks = {field.name: field.question for field in fields_of(kind)} if kind else {}
    said = "; ".join(f"{asks.get(each.field, each.field.replace('_', ' '))} {each.why}" for each in refused.faults)
    title = TITLES.get(do, "Closing the call")
    return f"{title}: nothing was recorded. {said}. What you typed is kept."


def _sent(request: HttpRequest, known: Typed) -> Typed:
    return {name: request.POST.getlist(name) for name in known if name in request.POST}


def _scripts(place: FormPlace, now: datetime) -> tuple[CallScript, ...]:
    day = now.astimezone(place.zone).date().isoformat()
    return script_on(place.pack.call, day) if place.pack else ()


def _page_of(request: HttpRequest, opened: Opened, place: FormPlace, sent: Typed | None = None) -> HttpResponse:
    held = as_typed(opened.file.id)
    typed = {**held.typed, **(sent or {})}
    return _page(request, place, typed, held.typed, opened=opened, lacking=waiting_names(held), now=opened.now)


def _lacking(forms: dict[str, KindForm], names: list[str]) -> list[Lacking]:
    """What was typed and is not on the record, as the list at the top of the page says it."""
    found = []
    for name in names:
        prefix, _, field = name.partition("-")
        form = forms[prefix]
        if field not in form.fields:
            continue
        form.is_valid()
        why = str(form.errors[field][0]) if field in form.errors else "Typed, and not on the record yet."
        found.append(Lacking(str(form[field].auto_id), str(form.fields[field].label), why))
    return found


def _page(
    request: HttpRequest, place: FormPlace, typed: Typed, before: Typed, *, now: datetime, token: str = "",
    opened: Opened | None = None, lacking: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    forms = forms_of(place, typed)
    entries: tuple[Entry, ...] = opened.file.entries if opened else ()
    left = _lacking(forms, lacking or [])
    for form in forms.values():
        if not any(form.add_prefix(name) in (lacking or ()) for name in form.errors):
            form.unjudged()
    scripts = _scripts(place, now)
    said = {
        entry.fields.words: f"{entry.happened_at.astimezone(place.zone):%H:%M}"
        for entry in entries if entry.kind == "CallAdviceGiven"
    }  # fmt: skip
    caller = (typed.get("call-caller") or ["not_asked"])[0]
    beside = ways_on(scripts, said)
    grade, _ = grade_now(entries)
    code = opened.file.code if opened else ""
    context: dict[str, Any] = {
        "groups": asked(forms, scripts, said, of_others=caller not in ("survivor", "not_asked", "not_known")),
        "ways": [
            {
                "id": way,
                "title": title,
                "beside": beside.get(way),
                "fields": [forms[way][name] for name in ASKS.get(way, ())],
                "follows": follows(entries, place.pack, opened.file.force if opened else "", way, now)
                if place.pack else (),
            }
            for way, title in TITLES.items()
        ],
        "closing": [forms["close"][name] for name in ASKS["close"]],
        "grade": value_in_words(grade) if grade else "",
        "keys": keys_of(scripts),
        "token": token,
        "press": secrets.token_urlsafe(9),
        "before": json.dumps(before, separators=(",", ":")),
        "opened_at": now.isoformat(),
        "code": shown(code) if code else "",
        "plain_code": code,
        "errors": [{"anchor": each.name, "why": f"{each.asks}: {each.why}"} for each in left],
        "closed": any(entry.kind == "CallClosed" for entry in entries),
        "focus_first": "" if code else "call-safe_now",
        "beginnings": () if code else BEGINNINGS,
        "begun": () if code else _begun(request, now),
        "look_at": "/desk/history/look",
        "send_to": reverse("desk:call", args=[code]) if code else reverse("desk:take-call"),
    }  # fmt: skip
    return show(request, "desk/take_call.html", context)


def _begun(request: HttpRequest, now: datetime) -> list[tuple[str, str]]:
    """The calls that this person has begun and is not done with: the code, and as it is shown."""
    found = []
    for case_id in holding.begun_by(request.member, now - BEGUN_SINCE):  # type: ignore[attr-defined]
        try:
            code = read_case(case_id).code
        except (CannotKeep, NoSuchCase):
            continue
        found.append((code, shown(code)))
    return found
