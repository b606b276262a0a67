"""The only way to a page of the desk: who are you, may you, and the look is written down before the page is shown.

- `signed_in(act)` is for pages that belong to no case; `in_case(act)` for pages of one.
- A case that is not theirs, one that they are walled off from and a code that nobody has give one and the same answer,
  after the same time (desk/not_open.py): nobody learns from it which codes exist, or that a case concerns them.
- A case that is damaged is shown to nobody: whoever might read it is told not to rely on it, and what to run.
"""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from holdfast.access.connections import NAMING
from holdfast.access.known import known_by_rows
from holdfast.access.looks import log_look
from holdfast.access.may import DANGEROUS
from holdfast.access.may import Answer
from holdfast.access.may import may
from holdfast.access.naming import after_writing
from holdfast.access.sign_in.fresh import ask_again
from holdfast.access.sign_in.fresh import is_fresh
from holdfast.access.staff import StaffMember
from holdfast.access.staff import staff_member
from holdfast.access.walls import walls_of
from holdfast.casefile.codes import plain
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.refused import NoSuchCase
from holdfast.doors.desk.again import NAME
from holdfast.doors.desk.again import sign_in_again
from holdfast.doors.desk.again import signed_out_meanwhile
from holdfast.doors.desk.not_open import not_open
from holdfast.doors.desk.opening import Opened
from holdfast.doors.desk.opening import open_case_file
from holdfast.doors.desk.opening import stated_purpose
from holdfast.doors.desk.opening import why_they_look
from holdfast.doors.desk.page import show

__all__ = ["Opened", "in_case", "open_case_file", "refused", "signed_in"]

_log = logging.getLogger("holdfast.desk")
View = Callable[..., HttpResponseBase]

_DAMAGED = (
    "What is stored of this case cannot be read as it was recorded, so none of it is shown. Do not rely on this case, "
    "and do not take it that what you last sent was recorded: keep what you know on paper, and act on what is urgent. "
    "Tell whoever runs this system at once: they run `holdfast verify`, which says what is damaged, and keep the disk "
    "as it is."
)

_ERASED = (
    "This case was erased: its key was destroyed, and nobody can read it again. All that is left of it is what "
    "happened when, and in which role. If nobody decided that, tell whoever runs this system at once: they "
    "run `holdfast verify`."
)


def signed_in(act: str) -> Callable[[View], View]:
    """Lets in whoever is signed in at the desk and may do this act."""

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponseBase:
            member = staff_member(request.user) or sign_in_again(request)
            if member is None:
                return _to_sign_in(request)
            request.member = member  # type: ignore[attr-defined]
            answer = may(member.person, act, at=timezone.now())
            if not answer.allowed:
                log_look(member.person, "", act, answer.why, allowed=False, rule=answer.rule)
                return refused(request, answer.why)
            if act in DANGEROUS and not is_fresh(request):
                return ask_again(request)
            return view(request, *args, **named)

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return around


def in_case(act: str, of_one_look: Callable[..., bool] = lambda *_, **__: False) -> Callable[[View], View]:
    """Lets in whoever may do this act in the case of that code, and logs the look.

    `of_one_look` says of a request that it is a further piece of a look that was logged (a film is asked for in many):
    whether they may is asked all the same, and where they may not, that is logged.
    """

    def around(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args: Any, **named: Any) -> HttpResponseBase:
            began = time.monotonic()
            member = staff_member(request.user) or sign_in_again(request)
            if member is None:
                return _to_sign_in(request)
            request.member = member  # type: ignore[attr-defined]
            try:
                opened = open_case_file(code, member.person, stated_purpose(request, plain(code), timezone.now()))
            except NoSuchCase:
                log_look(member.person, plain(code), act, allowed=False, rule="no-such-case")
                return not_open(request, code, began)
            except CannotKeep as fault:
                return _damaged(request, code, act, member, fault, began)
            answer = opened.may(act)
            reason = why_they_look(member.person, opened.known, answer.rule) if answer.allowed else answer.why
            if not (answer.allowed and of_one_look(request, *args, **named)):
                log_look(member.person, opened.file.code, act, reason, allowed=answer.allowed, rule=answer.rule)
            _keep_from_lists(opened, answer, member)
            if not answer.allowed:
                # Whoever may read the case may be told why they may not do this in it; nobody else is told anything.
                return refused(request, answer.why) if opened.may("read_case") else not_open(request, code, began)
            if act in DANGEROUS and not is_fresh(request):
                return ask_again(request)
            try:
                return view(request, opened, *args, **named)
            except CannotKeep as fault:
                _log.error("a case could not be read or written: %s", fault)
                return refused(request, _DAMAGED, status=503)

        guarded.act = act  # type: ignore[attr-defined]
        return guarded

    return around


def _keep_from_lists(opened: Opened, answer: Answer, member: StaffMember) -> None:
    """Where what shuts them out was given after the case was: from here on no list shows it to them either."""
    if answer.rule == "wall" and opened.file.code not in walls_of(member.staff):
        after_writing(opened.file.id, NAMING, opened.now)


def refused(request: HttpRequest, why: str, status: int = 403) -> HttpResponse:
    """The page that says no, and whom to ask."""
    return show(request, "desk/refused.html", {"why": why}, status=status)


def _damaged(
    request: HttpRequest, code: str, act: str, member: StaffMember, fault: CannotKeep, began: float
) -> HttpResponse:
    """What is said in place of a case that was erased or does not add up, to whoever might otherwise have seen it."""
    if not isinstance(fault, CaseErased):
        _log.error("a case could not be read: %s", fault)
    known = known_by_rows(plain(code))
    if known is None:
        return not_open(request, code, began)
    purpose = stated_purpose(request, plain(code), timezone.now())
    answer = may(member.person, act, known, at=timezone.now(), purpose=purpose)
    erased = isinstance(fault, CaseErased)
    why = ("the case is erased" if erased else "the case is damaged") if answer.allowed else answer.why
    log_look(member.person, known.code, act, why, allowed=False, rule=answer.rule)
    if not answer.allowed:
        return not_open(request, code, began)
    return refused(request, _ERASED, status=410) if erased else refused(request, _DAMAGED, status=503)


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the sign-in page and back again; where something was sent, it is carried along."""
    if request.method == "POST":
        why = "That name and password do not open the desk. Check both and try again." if NAME in request.POST else ""
        return signed_out_meanwhile(request, why)
    return HttpResponseRedirect(f"{reverse('desk:sign-in')}?{urlencode({'next': request.get_full_path()})}")
