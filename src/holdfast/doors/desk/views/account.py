"""One's own sign-in: where one is signed in, the password, the passkeys and the code app.

Everything that changes asks for proof again (access/sign_in/fresh.py): a screen that was left open must not be enough
to add a passkey that opens the desk for good.
"""

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.access.sign_in import recovery
from holdfast.access.sign_in import second
from holdfast.access.sign_in import sessions
from holdfast.access.sign_in.fresh import ask_again
from holdfast.access.sign_in.fresh import is_fresh
from holdfast.access.sign_in.proof import is_spared
from holdfast.access.sign_in.wanted import length_for
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.setting_up import sets_up
from holdfast.doors.desk.views.sign_in import fault
from holdfast.doors.desk.views.sign_in import user_of

_NOT_TWICE = "The two new passwords are not the same. Type both again."


@signed_in("own_account")
def account(request: HttpRequest) -> HttpResponse:
    """The page."""
    return _page(request)


@signed_in("own_account")
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Ends one of one's sign-ins, or all others. It needs no proof: whoever fears a stranger must be quick."""
    member = request.member  # type: ignore[attr-defined]
    if request.POST.get("which") == "others":
        count = sessions.end_others(request, member)
        say(request, f"{count} other sign-ins were ended." if count != 1 else "One other sign-in was ended.")
    else:
        ended = sessions.end(member, request.POST.get("which", ""))
        say(request, "That sign-in was ended." if ended else "That sign-in had ended already.")
    log_look(member.person, "", "end_own_sign_ins")
    return HttpResponseRedirect(reverse("desk:account"))


@sensitive_post_parameters("password", "password-again", "prove-password", "prove-code")
@signed_in("own_account")
def password(request: HttpRequest) -> HttpResponse:
    """A new password. Every other sign-in ends."""
    member = request.member  # type: ignore[attr-defined]
    if not is_fresh(request):
        return ask_again(request)
    if request.method != "POST" or "password" not in request.POST:
        return show(request, "desk/account/password.html")
    given = request.POST["password"][:1000]
    errors = [fault(_NOT_TWICE, "password")] if given != request.POST.get("password-again", "") else []
    try:
        validate_password(given, member.user)
    except ValidationError as weak:
        errors += [fault(why, "password") for why in weak.messages]
    if errors:
        return show(request, "desk/account/password.html", {"errors": errors}, status=400)
    member.user.set_password(given)
    member.user.save(update_fields=["password"])
    update_session_auth_hash(request, member.user)
    sessions.end_others(request, member)
    log_look(member.person, "", "change_password")
    say(request, "Your password is changed. Everywhere else you are signed out.")
    return HttpResponseRedirect(reverse("desk:account"))


@sensitive_post_parameters("code", "passkey", "prove-password", "prove-code")
@signed_in("own_account")
def add(request: HttpRequest) -> HttpResponse:
    """One more passkey, or a code app in place of the earlier one."""
    member = request.member  # type: ignore[attr-defined]
    if not is_fresh(request):
        return ask_again(request)
    more = {"replaces": second.factors_of(user_of(member)).codes is not None}
    answer = sets_up(request, user_of(member), "desk/account/add.html", more)
    if answer.response is not None:
        return answer.response
    log_look(member.person, "", "add_second_factor", answer.what)
    say(request, f"Your {answer.what} is set up.")
    return HttpResponseRedirect(reverse("desk:account"))


@signed_in("own_account")
@require_POST
def take_away(request: HttpRequest) -> HttpResponse:
    """Takes a passkey or the code app away, but not the last."""
    member = request.member  # type: ignore[attr-defined]
    if not is_fresh(request):
        return ask_again(request)
    key = request.POST.get("key", "")
    if key.isdecimal() and len(key) < 18 and second.take_away(user_of(member), int(key)):
        log_look(member.person, "", "take_second_factor_away")
        say(request, "It opens the desk no more.")
        return HttpResponseRedirect(reverse("desk:account"))
    return _page(request, "That is the last one, so it stays: set up another first.", status=409)


def _page(request: HttpRequest, why: str = "", status: int = 200) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    found = sessions.sign_ins_of(member)
    context = {
        "rows": [(row, sessions.is_this_one(request, row)) for row in found],
        "factors": second.factors_of(user_of(member)),
        "length": length_for(member.role, member.session_minutes),
        "spared": is_spared(member),
        "recovered": recovery.last_of(member),
        "may_recover": member.role == "supervisor",
        "errors": [fault(why, "")] if why else [],
    }
    return show(request, "desk/account/account.html", context, status=status)
