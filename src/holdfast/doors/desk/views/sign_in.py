"""Signing in and out: a passkey, or a password and then a code; and the page that sets a second factor up.

- The answer is the same, in the same time, whether the name or the password is wrong, or the sign-in has no role.
- Between the password and the second factor nobody is signed in (access/sign_in/half.py).
- The session is new after signing in, and empty after signing out.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from holdfast.access.sign_in import half
from holdfast.access.sign_in import proof
from holdfast.access.sign_in import second
from holdfast.access.sign_in.single import is_set_up
from holdfast.access.staff import StaffMember
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.passkey import asked_of_browser
from holdfast.doors.desk.setting_up import sets_up

_TOO_LATE = "That took longer than ten minutes, so begin again."


@sensitive_post_parameters("password", "passkey")
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page, and what it sends: a passkey, or a name and password."""
    onward = where_to(request.POST.get("next") or request.GET.get("next") or "", request)
    if request.method != "POST":
        return _page(request, {"next": onward})
    if passkey := request.POST.get("passkey"):
        found = proof.by_passkey(passkey)
    else:
        found = proof.by_password(request, request.POST.get("name", ""), request.POST.get("password", ""))
    if found.member is None:
        filled = {"next": onward, "name": request.POST.get("name", "")[:150]}
        return _page(request, {**filled, "errors": [fault(found.why)]}, status=found.status)
    return go_on(request, found.member, found.how, onward)


def go_on(request: HttpRequest, member: StaffMember, how: str, onward: str) -> HttpResponse:
    """After the first step: in, where that was enough; to the second factor, or to setting one up."""
    if how == "passkey" or how.endswith("second factor") or proof.enough(member):
        half.finish(request, member, how)
        return HttpResponseRedirect(onward or reverse("desk:queue"))
    half.begin(request, member, how, onward)
    has_one = second.factors_of(user_of(member)).any
    return HttpResponseRedirect(reverse("desk:sign-in-code" if has_one else "desk:sign-in-set-up"))


@sensitive_post_parameters("code", "passkey")
def code(request: HttpRequest) -> HttpResponse:
    """The second step: the code, or the passkey, of whoever gave the password."""
    member = half.who(request)
    if member is None:
        return _begin_again(request)
    if request.method != "POST":
        return _code_page(request, member)
    if passkey := request.POST.get("passkey"):
        found = proof.by_passkey(passkey, member)
    else:
        found = proof.by_code(member, request.POST.get("code", ""))
    if found.member is None:
        return _code_page(request, member, found.why, status=found.status)
    onward = half.onward(request)
    half.finish(request, member, f"{half.how(request)} and {'passkey' if passkey else 'code'}")
    return HttpResponseRedirect(onward or reverse("desk:queue"))


@sensitive_post_parameters("code", "passkey")
def set_up(request: HttpRequest) -> HttpResponse:
    """The page of whoever needs a second factor and has none: nothing else opens before."""
    member = half.who(request)
    if member is None or second.factors_of(user_of(member)).any:
        return _begin_again(request)
    answer = sets_up(request, user_of(member), "desk/sign_in_set_up.html")
    if answer.response is not None:
        return answer.response
    onward = half.onward(request)
    half.finish(request, member, f"{half.how(request)} and {answer.what}, just set up")
    say(request, f"You are signed in, and your {answer.what} is set up. You will be asked for it from now on.")
    return HttpResponseRedirect(onward or reverse("desk:queue"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session, and its row among the sign-ins."""
    from holdfast.access.sign_in.sessions import end_this

    end_this(request)
    logout(request)
    answer = HttpResponseRedirect(reverse("desk:sign-in"))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'  # not the cookies: that would reach every door
    return answer


def fault(why: str, anchor: str = "name") -> dict[str, str]:
    """An error for the top of a page."""
    return {"anchor": anchor, "why": why}


def where_to(asked: str, request: HttpRequest) -> str:
    """Where to go afterwards: only ever a page of the desk, and none of signing in itself."""
    safe = url_has_allowed_host_and_scheme(asked, allowed_hosts=None, require_https=request.is_secure())
    if not safe or not asked.startswith(reverse("desk:queue")) or asked.startswith(reverse("desk:sign-in")):
        return ""
    return asked


def user_of(member: StaffMember) -> User:
    """The user behind a member of staff."""
    assert isinstance(member.user, User)  # noqa: S101 no other user model is installed
    return member.user


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    carried = {
        "passkey": asked_of_browser(second.passkey_options()),
        "single": settings.HOLDFAST_OIDC_NAME if is_set_up() else "",
        "demo": settings.HOLDFAST_DEMO,
    }
    return show(request, "desk/sign_in.html", carried | context, status=status)


def _code_page(request: HttpRequest, member: StaffMember, why: str = "", status: int = 200) -> HttpResponse:
    factors = second.factors_of(user_of(member))
    context = {
        "passkey": asked_of_browser(second.passkey_options(user_of(member))) if factors.passkeys else "",
        "codes": factors.codes is not None,
        "errors": [fault(why, "code")] if why else [],
    }
    return show(request, "desk/sign_in_code.html", context, status=status)


def _begin_again(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return _page(request, {"errors": [fault(_TOO_LATE)]}, status=403)
    return HttpResponseRedirect(reverse("desk:sign-in"))
