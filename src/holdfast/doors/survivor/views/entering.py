"""Entering with a code and words, closing, and leaving at once.

- One answer for whatever is wrong, in the same time: it never says whether there is such a case.
- Wrong tries make an address wait; they lock nothing.
- Leaving needs no token: script sends it in passing, and the worst that a forged one can do is close a page.
"""

import time
from threading import BoundedSemaphore

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.decorators.http import require_POST

from holdfast.access.survivor_words import opened_by
from holdfast.access.survivor_words import seconds_to_wait
from holdfast.access.survivor_words import was_wrong
from holdfast.doors.look.around import leave_to
from holdfast.doors.look.ease import chosen
from holdfast.doors.look.leaving import left
from holdfast.doors.survivor.signed_in import neutral
from holdfast.doors.survivor.signed_in import open_case_of
from holdfast.doors.survivor.signed_in import show

NOT_OPENED = "These do not open a page. Check each word and the code, and try again. Your page is not locked."
WAIT = "There were many tries from here. Wait a minute, then try again. Your page is not locked."

# Those who wait hold a place on the server; a flood of wrong tries must not hold them all.
_WAITING = BoundedSemaphore(8)


@neutral
def enter(request: HttpRequest) -> HttpResponseBase:
    """The way in."""
    if request.method != "POST":
        return redirect("survivor:now") if open_case_of(request) else show(request, "enter")
    address = request.META.get("REMOTE_ADDR", "")
    if not waited(address):
        return _again(request, WAIT, 503)
    opened = opened_by(request.POST.get("code", "")[:40], request.POST.get("words", "")[:400])
    if opened is None:
        was_wrong(address, timezone.now())
        return _again(request, NOT_OPENED, 422)
    request.session.flush()  # whatever was begun before belongs to nobody
    request.session["case"], request.session["words"] = str(opened.case), opened.pk
    return redirect("survivor:now")


@neutral
def close(request: HttpRequest) -> HttpResponseBase:
    """Closes the page, and says so."""
    request.session.flush()
    return show(request, "closed")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Away, at once: the session ends and the browser is sent to a harmless page."""
    opened = open_case_of(request)
    request.session.flush()
    return left(request, leave_to(opened.pack if opened else None))


@csrf_exempt
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """How the pages are to be read: larger letters, high contrast, more room. Then back to the page."""
    return chosen(request, reverse("survivor:now"))


def _again(request: HttpRequest, why: str, status: int) -> HttpResponseBase:
    """The form again, the code kept and the words not: they are never sent back to a page."""
    answer = show(request, "enter", wrong=why, code=request.POST.get("code", "")[:40])
    answer.status_code = status
    return answer


def waited(address: str) -> bool:
    """Waits as long as this address has to, or False where too many wait already."""
    seconds = seconds_to_wait(address, timezone.now())
    if not seconds:
        return True
    if not _WAITING.acquire(blocking=False):
        return False
    try:
        time.sleep(seconds)
    finally:
        _WAITING.release()
    return True
