"""Asking for a case that is not one's own: for what the work needs it, or in an emergency.

- Both are answered by the page of desk/not_open.py where there is no such case for this person: whoever is walled off
  from it, and whoever types a code that nobody has, read the same.
- An emergency opening needs a fresh proof of who asks (access/sign_in/fresh.py), asked for before the case is looked
  for. It is written in the case before anything of it is shown.
"""

import time

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from holdfast.access.emergency import LEAST_REASON
from holdfast.access.emergency import OPEN_FOR
from holdfast.access.emergency import reason_is_given
from holdfast.access.emergency import record_opening
from holdfast.access.looks import log_look
from holdfast.access.may import may
from holdfast.access.ties import MAY_STATE
from holdfast.access.ties import PURPOSES
from holdfast.casefile.codes import plain
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.not_open import not_open
from holdfast.doors.desk.opening import open_case_file
from holdfast.doors.desk.opening import state_purpose
from holdfast.doors.desk.page import say

LEAST_WORDS = 8  # letters


@require_POST
@signed_in("open_in_emergency")
def emergency(request: HttpRequest, code: str) -> HttpResponse:
    """Opens the case for OPEN_FOR, loudly, or answers as for a code that nobody has."""
    began = time.monotonic()
    person = request.member.person  # type: ignore[attr-defined]
    reason = request.POST.get("reason", "")[:2000]
    if not reason_is_given(reason):
        why = f"Say why, in at least {LEAST_REASON} letters: who is in danger, and what you need to know."
        return not_open(request, code, began, why=why, reason=reason)
    try:
        opened = open_case_file(code, person)
    except Refused:
        log_look(person, plain(code), "open_in_emergency", reason, allowed=False, rule="no-such-case")
        return not_open(request, code, began)
    answer = opened.may("open_in_emergency")
    needed = not opened.may("read_case")
    log_look(person, opened.file.code, "open_in_emergency", reason, allowed=answer.allowed, rule=answer.rule)
    if not answer.allowed:
        return not_open(request, code, began)
    if needed:
        record_opening(opened.file, person, reason, opened.now)
        hours = OPEN_FOR.seconds // 3600
        say(request, f"Opened in an emergency, for {hours} hours. A supervisor will review it.", "warning")
    return HttpResponseRedirect(reverse("desk:case", args=[opened.file.code]))


@require_POST
@signed_in("state_purpose")
def purpose(request: HttpRequest, code: str) -> HttpResponse:
    """Lets somebody in for what their role's work needs, once they have said it, for an hour."""
    began = time.monotonic()
    person = request.member.person  # type: ignore[attr-defined]
    named, words = request.POST.get("purpose", ""), request.POST.get("words", "").strip()[:500]
    if named not in MAY_STATE[person.role] or sum(sign.isalnum() for sign in words) < LEAST_WORDS:
        why = f"Say for what you need the case, in at least {LEAST_WORDS} letters."
        return not_open(request, code, began, why=why, anchor="words")
    try:
        opened = open_case_file(code, person, named)
    except Refused:
        log_look(person, plain(code), "state_purpose", words, allowed=False, rule="no-such-case")
        return not_open(request, code, began)
    answer = may(person, "read_case", opened.known, at=opened.now, purpose=named)
    said = f"{PURPOSES[named][1]}: {words}"
    log_look(person, opened.file.code, "state_purpose", said, allowed=answer.allowed, rule=answer.rule)
    if not answer.allowed:
        return not_open(request, code, began)
    state_purpose(request, opened.file.code, named, timezone.now())
    return HttpResponseRedirect(reverse("desk:case", args=[opened.file.code]))
