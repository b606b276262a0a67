"""Signing in and out.

- Wrong words slow the device down and lock nobody out: after five in a row each further try waits, up to a minute.
- The answer is the same whether the name or the password is wrong, or the sign-in has no role.
- The session is new after signing in, and empty after signing out.
"""

from django.contrib.auth import authenticate
from django.contrib.auth import login
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from holdfast.access.staff import staff_member
from holdfast.doors.desk.page import show
from holdfast.doors.desk.tries import count_wrong
from holdfast.doors.desk.tries import forget_wrong
from holdfast.doors.desk.tries import seconds_to_wait

_WRONG = "That name and password do not open the desk. Check both, or ask a supervisor for a new password."


@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page, and what it sends."""
    back = _where_to(request)
    if request.method != "POST":
        return show(request, "desk/sign_in.html", {"next": back})
    name = request.POST.get("name", "")[:150].strip()
    wait = seconds_to_wait(request)
    if wait > 0:
        why = f"Too many wrong tries from this device. Wait {int(wait) + 1} seconds, then try again."
        return show(request, "desk/sign_in.html", {"next": back, "name": name, "errors": [_fault(why)]}, status=429)
    user = authenticate(request, username=name, password=request.POST.get("password", "")[:1000])
    if user is None or staff_member(user) is None:
        count_wrong(request)
        return show(request, "desk/sign_in.html", {"next": back, "name": name, "errors": [_fault(_WRONG)]}, status=403)
    forget_wrong(request)
    login(request, user)
    return HttpResponseRedirect(back or reverse("desk:queue"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return HttpResponseRedirect(reverse("desk:sign-in"))


def _fault(why: str) -> dict[str, str]:
    return {"anchor": "name", "why": why}


def _where_to(request: HttpRequest) -> str:
    """Where to go afterwards: only ever a page of the desk."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure())
    return asked if safe and asked.startswith(reverse("desk:queue")) else ""
