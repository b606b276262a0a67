"""Entering with a code and words, closing, and leaving at once.

- One answer for whatever is wrong, in the same time: it never says whether there is such a case.
- Whatever words open, the survivor's page, a supporter's or the harmless one, they lead to one address, in the same
  time, with a session of the same shape. The time is held to a round figure (held.py), by site/way_in.py.
- Wrong tries make a device and an address wait; they lock nothing.
- Leaving needs no token: script sends it in passing, and the worst that a forged one can do is close a page.
"""

import json
import secrets
import time

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.access.ways_in.kept import SECOND
from holdfast.access.ways_in.kept import SUPPORTER
from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.passkeys import asked_of_browser
from holdfast.access.ways_in.passkeys import question
from holdfast.access.ways_in.trying import DEVICE
from holdfast.access.ways_in.trying import OPENED
from holdfast.access.ways_in.trying import try_words
from holdfast.access.ways_in.turns import TooMany
from holdfast.access.ways_in.wrong_lines import line_for
from holdfast.casefile.reading import read_case
from holdfast.doors.look.around import leave_to
from holdfast.doors.look.ease import chosen
from holdfast.doors.look.leaving import left
from holdfast.doors.survivor.full import FULL
from holdfast.doors.survivor.full import full
from holdfast.doors.survivor.signed_in import is_going
from holdfast.doors.survivor.signed_in import neutral
from holdfast.doors.survivor.signed_in import pack_here
from holdfast.doors.survivor.signed_in import show
from holdfast.doors.survivor.signed_in import way_of

NOT_OPENED = "These do not open a page. Check each word and the code, and try again. Your page is not locked."
_WRONG = "wrong"  # the code of a try that opened nothing, for the page to which the browser is sent on
WAIT = "There were many tries just now. Wait a minute, then try again. Your page is not locked."


@neutral
def enter(request: HttpRequest) -> HttpResponseBase:
    """The way in."""
    if getattr(request, "scope", {}).get(FULL):
        return full(request)
    if request.method != "POST":
        tried = request.session.pop(_WRONG, None)
        wrong = "" if tried is None else NOT_OPENED
        return redirect("survivor:now") if way_of(request) else enter_page(request, wrong, code=tried or "")
    code = request.POST.get("code", "")[:40]
    try:
        way = try_words(request, code, request.POST.get("words", "")[:400])
    except TooMany:
        return full(request)
    if way is None:  # written down alike whether there is such a case or not; the address is not
        if rule := line_for(code):
            log_look(Person("survivor", ""), code, "own_page", allowed=False, rule=rule)
        if is_going(request):
            request.session[_WRONG] = code
        return enter_page(request, NOT_OPENED, 422, code)
    return entered(request, way)


def entered(request: HttpRequest, way: WayIn) -> HttpResponseBase:
    """Begins the visit by this way in. Whatever was begun before belongs to nobody."""
    request.session.flush()
    request.session["case"], request.session["way"], request.session["first"] = str(way.case), way.pk, True
    if way.kind != SECOND:  # the harmless page is no look at the case
        person = Person("supporter" if way.kind == SUPPORTER else "survivor", "")
        log_look(person, read_case(way.case).code, "own_page", rule=way.kind)
    return redirect("survivor:now")


def enter_page(request: HttpRequest, wrong: str = "", status: int = 200, code: str = "") -> HttpResponseBase:
    """The way in, with what was wrong; the code kept and the words not: they are never sent back to a page."""
    if "asked" not in request.session:  # one question a visit, until it is answered
        request.session["asked"] = question()
    request.session.setdefault(DEVICE, secrets.token_hex(8))
    request.session.setdefault(OPENED, int(time.time()))
    asked = json.dumps(asked_of_browser(request, request.session["asked"]))
    answer = show(request, "enter", wrong=wrong, code=code, asked=asked)
    answer.status_code = status
    return answer


@neutral
def close(request: HttpRequest) -> HttpResponseBase:
    """Closes the page, and says so."""
    request.session.flush()
    return show(request, "closed")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Away, at once: the session ends and the browser is sent to a harmless page."""
    pack = pack_here(request)
    request.session.flush()
    return left(request, leave_to(pack))


@csrf_exempt
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """How the pages are to be read: larger letters, high contrast, more room. Then back to the page."""
    return chosen(request, reverse("survivor:now"))
