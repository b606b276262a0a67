"""The only way to a page of the desk: who are you, may you, and the look is written down before the page is shown.

- `signed_in(act)` is for pages that belong to no case; `in_case(act)` for pages of one.
- A case that may not be seen and a case that is not there give the same answer, so that nobody learns which codes
  exist.
- A case that is damaged is shown to nobody: whoever might read it is told not to rely on it, and what to run.
- Being walled off is said plainly: whoever knows somebody in a case already knows that there is one.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from holdfast.access.looks import log_look
from holdfast.access.may import CaseKnown
from holdfast.access.may import may
from holdfast.access.staff import StaffMember
from holdfast.access.staff import staff_member
from holdfast.access.walls import walled_off
from holdfast.casefile.codes import plain
from holdfast.casefile.models import DutyRow
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import NoSuchCase
from holdfast.doors.desk.again import NAME
from holdfast.doors.desk.again import sign_in_again
from holdfast.doors.desk.again import signed_out_meanwhile
from holdfast.doors.desk.page import show
from holdfast.law.pack import Pack
from holdfast.record.facts import effective

_log = logging.getLogger("holdfast.desk")
View = Callable[..., HttpResponse]

_DAMAGED = (
    "What is stored of this case cannot be read as it was recorded, so none of it is shown. Do not rely on this case, "
    "and do not take it that what you last sent was recorded: keep what you know on paper, and act on what is urgent. "
    "Tell whoever runs this system at once: they run `holdfast verify`, which says what is damaged, and keep the disk "
    "as it is."
)
_NO_TASK = "no task in this case"
_SUPPORT_SERVICES = ("independent_adviser", "outreach", "sexual_violence_adviser", "child_adviser", "refuge")


class Opened(NamedTuple):
    """A case that somebody may see, with what every page of it needs."""

    file: CaseFile
    pack: Pack
    zone: ZoneInfo
    known: CaseKnown
    now: datetime


def signed_in(act: str) -> Callable[[View], View]:
    """Lets in whoever is signed in at the desk and may do this act."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            member = staff_member(request.user) or sign_in_again(request)
            if member is None:
                return _to_sign_in(request)
            request.member = member  # type: ignore[attr-defined]
            answer = may(member.person, act, at=timezone.now())
            if not answer.allowed:
                return refused(request, answer.why)
            return view(request, *args, **named)

        return guarded

    return around


def in_case(act: str) -> Callable[[View], View]:
    """Lets in whoever may do this act in the case of that code, and logs the look."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args: Any, **named: Any) -> HttpResponse:
            member = staff_member(request.user) or sign_in_again(request)
            if member is None:
                return _to_sign_in(request)
            request.member = member  # type: ignore[attr-defined]
            try:
                opened = open_case_file(code)
            except NoSuchCase as unknown:
                return refused(request, str(unknown), status=404)
            except CannotKeep as fault:
                return _damaged(request, code, act, member, fault)
            allowed, why, _rule = may(member.person, act, opened.known, at=opened.now)
            reason = _reason(member, opened) if allowed else why
            log_look(member.person, opened.file.code, act, reason, allowed=allowed)
            if not allowed:
                return _kept_out(request, opened, member, why)
            try:
                return view(request, opened, *args, **named)
            except CannotKeep as fault:
                _log.error("a case could not be read or written: %s", fault)
                return refused(request, _DAMAGED, status=503)

        return guarded

    return around


def open_case_file(code: str) -> Opened:
    """The case of that code, read and ready, or NoSuchCase. Asks nobody: that is the gate's work."""
    file = read_case(case_by_code(code))
    pack = pack_called(file.pack)
    known = CaseKnown(file.code, referred=_was_referred(file), walled_off=walled_off(file.code))
    return Opened(file, pack, ZoneInfo(pack.timezone), known, timezone.now())


def refused(request: HttpRequest, why: str, status: int = 403) -> HttpResponse:
    """The page that says no, and whom to ask."""
    return show(request, "desk/refused.html", {"why": why}, status=status)


def _reason(member: StaffMember, opened: Opened) -> str:
    """Why this person looks, as far as the record itself says it. Where it says nothing, that is what is written."""
    if any(entry.by.staff == member.staff for entry in opened.file.entries):
        return "has recorded in this case"
    if DutyRow.objects.filter(case_id=opened.file.id, live=True, owed_by=member.role).exists():
        return "their role owes something in this case"
    if member.role in ("supervisor", "auditor"):
        return "oversight"
    return _NO_TASK


def _kept_out(request: HttpRequest, opened: Opened, member: StaffMember, why: str) -> HttpResponse:
    if member.staff in opened.known.walled_off or member.role not in ("adviser", "outreach_worker"):
        return refused(request, why)
    return refused(request, str(NoSuchCase()), status=404)


def _damaged(request: HttpRequest, code: str, act: str, member: StaffMember, fault: CannotKeep) -> HttpResponse:
    """What is said in place of a case that does not add up, to whoever might otherwise have seen it."""
    _log.error("a case could not be read: %s", fault)
    # Who was referred can only be read in the case itself, so a support service learns no more than of any other code.
    known = CaseKnown(plain(code), referred=False, walled_off=walled_off(plain(code)))
    allowed, why, _rule = may(member.person, act, known, at=timezone.now())
    log_look(member.person, known.code, act, why if not allowed else "the case is damaged", allowed=False)
    if allowed:
        return refused(request, _DAMAGED, status=503)
    if member.role in ("adviser", "outreach_worker") and member.staff not in known.walled_off:
        return refused(request, str(NoSuchCase()), status=404)
    return refused(request, why)


def _was_referred(file: CaseFile) -> bool:
    """Whether the survivor was referred to a support service, or one has been given the case."""
    for entry in effective(list(file.entries)):
        if entry.kind == "SupportReferred" and entry.fields.service in _SUPPORT_SERVICES:
            return True
        if entry.kind == "CaseAllocated" and entry.fields.role in ("adviser", "outreach_worker"):
            return True
    return False


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back again; where something was sent, it is carried along."""
    if request.method == "POST":
        why = "That name and password do not open the desk. Check both and try again." if NAME in request.POST else ""
        return signed_out_meanwhile(request, why)
    return HttpResponseRedirect(f"{reverse('desk:sign-in')}?{urlencode({'next': request.get_full_path()})}")
