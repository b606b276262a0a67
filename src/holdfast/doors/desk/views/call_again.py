"""A second call about the same thing, often from a safer place: the unit goes there, and the first address is checked.

The new place is kept from the other person unless the caller said that it need not be: a blank is no leave to tell.
"""

import secrets

from django.db import transaction
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.access.naming import after_writing
from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.codes import shown
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.calls.keeping import place_of
from holdfast.doors.desk.calls.keeping import pressed_once
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.record.kinds import KINDS

# What is asked, first whether they are safe; and the part of the page that each stands in.
_CALL = ("safe_now", "can_talk", "number")
_AGAIN = ("why", "new_place", "place_confidential")
DONE = (
    "The second call is recorded. Send a unit to where they are now, and one to the first address: "
    "somebody may be hurt there, or waiting."
)


@in_case("take_call")
def call_again(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Why they ring again, where they are now, and who may know."""
    member = request.member  # type: ignore[attr-defined]
    place = place_of(opened.file.pack)
    sent = request.POST.copy() if request.method == "POST" else None
    if sent is not None:
        sent.setdefault("call-route", "voice")
    call = KindForm(KINDS["CallReceived"], place, sent, {"route": "voice"}, "call")
    again = KindForm(KINDS["SecondCallMade"], place, sent, prefix="again")
    if sent is None or shown_again(request):
        return _page(request, opened, call.unjudged() if sent else call, again.unjudged() if sent else again)
    valid = [call.is_valid(), again.is_valid()]
    moved = str(again.plain().get("new_place") or "").strip()
    if again.plain().get("why") == "moved_to_a_safer_place" and not moved:
        again.add_error("new_place", "Ask where they are now: nobody can be sent there without it.")
        valid.append(False)
    if not all(valid):
        return _page(request, opened, call, again, status=422)
    drafts = [
        Draft("CallReceived", {"route": "voice", **call.plain(), "second_call": "yes"}, opened.now),
        Draft("SecondCallMade", again.plain(), opened.now),
    ]
    try:
        with transaction.atomic():
            if pressed_once(opened.file.id, sent.get("press", "")[:40], member.by, opened.now):
                append_all(opened.file.id, drafts, by=member.by)
    except EntryRefused as refused:
        for fault in refused.faults:
            again.add_error(fault.field if fault.field in again.fields else None, fault.why)
        return _page(request, opened, call, again, status=422)
    after_writing(opened.file.id, [draft.kind for draft in drafts], opened.now)
    say(request, DONE if moved else "The second call is recorded. Look at the grade again now.")
    return HttpResponseRedirect(reverse("desk:call", args=[opened.file.code]))


def _page(request: HttpRequest, opened: Opened, call: KindForm, again: KindForm, status: int = 200) -> HttpResponse:
    context = {
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "fields": [*(call[name] for name in _CALL), *(again[name] for name in _AGAIN)],
        "errors": [*faults(call), *faults(again)] if status != 200 else [],
        "press": request.POST.get("press", "")[:40] or secrets.token_urlsafe(9),
        "focus_first": "call-safe_now",
    }
    return show(request, "desk/call_again.html", context, status=status)
