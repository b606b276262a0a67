"""Half signed in: somebody gave the right password, and their second factor is asked for or set up next.

It is kept in the session for ten minutes and opens nothing else: nobody is signed in until `finish`.
"""

import time

from django.contrib.auth import login
from django.http import HttpRequest

from holdfast.access.looks import log_look
from holdfast.access.sign_in.proof import BACKEND
from holdfast.access.staff import StaffMember

LASTS = 600  # seconds
_HALF = "half"


def begin(request: HttpRequest, member: StaffMember, how: str, onward: str) -> None:
    """Keeps who it is, and where they were going. The session is a new one, as it is after signing in."""
    request.session.cycle_key()
    request.session[_HALF] = {
        "member": member.pk,
        "at": int(time.time()),
        "how": how,
        "next": onward,
        "password": member.user.get_session_auth_hash(),
    }


def who(request: HttpRequest) -> StaffMember | None:
    """Who is half signed in here, while it lasts, the account is not stopped, and the password is the same."""
    kept = request.session.get(_HALF)
    if not kept or time.time() - kept["at"] > LASTS:
        return None
    found = StaffMember.objects.filter(pk=kept["member"], user__is_active=True).select_related("user").first()
    if found is None or found.user.get_session_auth_hash() != kept["password"]:
        return None
    return found


def how(request: HttpRequest) -> str:
    """By what they came so far."""
    return str((request.session.get(_HALF) or {}).get("how", ""))


def onward(request: HttpRequest) -> str:
    """Where they were going."""
    return str((request.session.get(_HALF) or {}).get("next", ""))


def finish(request: HttpRequest, member: StaffMember, how: str) -> None:
    """Signs in, wholly: a new session, with its row, and a line in the log."""
    request.session.pop(_HALF, None)
    request.signed_in_by = how  # type: ignore[attr-defined]
    login(request, member.user, backend=BACKEND)
    log_look(member.person, "", "sign_in", how)
