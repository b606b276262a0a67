"""Leaving a page: what the control that leaves does on the server, for the guide and the survivor's door alike.

- With script this is told in passing (POST, nothing to answer) and never waited for. Without, it is a link that ends
  on a harmless page.
- Script sets a cookie of its own first, GONE. Where the message in passing never arrived (no network, a tab that was
  killed), the next request to the survivor's door ends the session all the same: leaving must not depend on a message
  (site/sessions.py). Leaving the guide without script sets it too, because the guide sees no session to end.
- The browser's cache is cleared only in passing: some browsers take seconds over it, and somebody is leaving.
- The browser is never asked to clear all cookies: that would reach every door, and every other site of the same
  domain, and sign staff out at the desk. Each of ours that these doors set is taken away by its name.
- Without script the way Back would lead to what was read. A cookie that says nothing, gone within the hour, makes Back
  meet a neutral page instead. It holds for whoever picks the telephone up next, too.
- Whoever leaves takes along how they wanted to read (ease.py): large letters say something, too.
"""

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.http import HttpResponseRedirect

from holdfast.doors.look.cookies import carried
from holdfast.doors.look.cookies import site_wide
from holdfast.doors.look.ease import forget

COOKIE = "seen"
GONE = "gone"  # leave.js writes it, under the same name
AN_HOUR = 3600


def left(request: HttpRequest, to: str, *, ended: bool = True) -> HttpResponse:
    """The answer to leaving. `to` is an address that the pack names, never one that a visitor gives.

    `ended` says whether the survivor's own page was closed by this; otherwise its door closes it when next asked.
    """
    if request.method == "POST":
        answer: HttpResponse = HttpResponse(status=204)
        answer["Clear-Site-Data"] = '"cache", "storage"'
    else:
        answer = HttpResponseRedirect(to)
        answer.status_code = 303
        answer["Clear-Site-Data"] = '"storage"'
        answer.set_cookie(
            site_wide(COOKIE), "1", max_age=AN_HOUR, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
        if not ended:
            answer.set_cookie(site_wide(GONE), "1", samesite="Strict", secure=settings.SESSION_COOKIE_SECURE)
    forget(request, answer)
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def came_back(request: HttpRequest) -> bool:
    """Whether somebody left within the hour and has not chosen to go on."""
    return carried(request, COOKIE) == "1" and request.GET.get("on") != ""


def left_unheard(request: HttpRequest) -> bool:
    """Whether script on this browser left a page, and the message that says so may not have arrived."""
    return carried(request, GONE) != ""


def stay(answer: HttpResponseBase) -> HttpResponseBase:
    """Forgets that somebody left, because they chose to go on."""
    answer.delete_cookie(site_wide(COOKIE), samesite="Lax")
    return answer


def forget_gone(request: HttpRequest, answer: HttpResponseBase) -> None:
    """Takes away the cookie that script left, once what it asks for is done."""
    if site_wide(GONE) in request.COOKIES:
        answer.delete_cookie(site_wide(GONE), samesite="Strict")
