"""The page that asks somebody who is signed in to prove again that it is they, before a dangerous act.

It carries what was sent, in itself and nowhere else. Its answer comes to the very same address, and the act goes on.
A dangerous page that is only opened is asked for by its own form, which carries nothing.
"""

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.access.sign_in import proof
from holdfast.access.sign_in import second
from holdfast.access.sign_in.fresh import proved
from holdfast.access.staff import StaffMember
from holdfast.access.staff import staff_member
from holdfast.doors.desk.again import NEVER_CARRIED
from holdfast.doors.desk.page import show
from holdfast.doors.desk.passkey import asked_of_browser

PASSWORD, CODE, PASSKEY = "prove-password", "prove-code", "prove-passkey"
_ANSWERS = (PASSWORD, CODE, PASSKEY)
_WRONG = "That is not your password, so nothing was done. Type it again."


def prove_page(request: HttpRequest) -> HttpResponse:
    """Asks whoever is signed in for a passkey, or for the password and the code, carrying what was sent."""
    carried = [(name, value) for name, values in request.POST.lists() for value in values if name not in NEVER_CARRIED]
    why = getattr(request, "prove_why", "")
    user = request.user
    assert isinstance(user, User)  # noqa: S101 only whoever is signed in comes here
    factors = second.factors_of(user)
    context = {
        "carried": carried,
        "errors": [{"anchor": "prove", "why": why}] if why else [],
        "codes": factors.codes is not None,
        "password": user.has_usable_password(),
        "passkey": asked_of_browser(second.passkey_options(user)) if factors.passkeys else "",
    }
    return show(request, "desk/account/prove.html", context, status=403)


def proves(request: HttpRequest) -> bool:
    """Whether this request carries the right answer to that page."""
    given = {name: request.POST.get(name, "") for name in _ANSWERS} if request.method == "POST" else {}
    if not any(given.values()):
        return False
    member = staff_member(request.user)
    found = _proof(request, member, given) if member else proof.Proof(None)
    if found.member is None or found.member != member:
        request.prove_why = _WRONG if found.why == proof.WRONG else found.why or _WRONG  # type: ignore[attr-defined]
        return False
    proved(request)
    sent = request.POST.copy()
    for carried in _ANSWERS:
        sent.pop(carried, None)
    request.POST = sent  # type: ignore[assignment]
    return True


def _proof(request: HttpRequest, member: StaffMember, given: dict[str, str]) -> proof.Proof:
    if given[PASSKEY]:
        return proof.by_passkey(given[PASSKEY], member)
    return proof.whole(request, member.user.get_username(), given[PASSWORD], given[CODE])
