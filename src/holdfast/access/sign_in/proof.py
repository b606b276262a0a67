"""By what somebody proves who they are, whole or in steps. Every page that asks uses these, so that none is weaker.

- `by_password` and then `by_code` or `by_passkey` for signing in; `whole` where one page asks for all of it at once.
- A wrong name, a wrong password, a stopped account and one without a role get one answer, in the same time.
- Where a second factor is needed and there is none yet, the proof stays half: it opens only the page that sets one up.
"""

import json
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest

from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.access.sign_in import second
from holdfast.access.sign_in import tries
from holdfast.access.sign_in.wanted import needs_second_factor
from holdfast.access.sign_in.wrong_lines import rule_for
from holdfast.access.staff import StaffMember
from holdfast.access.staff import staff_member
from holdfast.access.ways_in.turns import TooMany

BACKEND = "django.contrib.auth.backends.ModelBackend"
WRONG = "That name and password do not open the desk. Check both, or ask a supervisor for a way back in."
LOCKED = (
    "Too many wrong tries for this name from here, so no password is looked at for 15 minutes. A passkey still opens, "
    "and so does another computer. If it was not you, tell a supervisor."
)
TOO_MANY = (
    "Too many people, or a machine, try to sign in now, so your password was not looked at. Wait a few seconds and try "
    "again. A passkey opens at once."
)
WRONG_PASSKEY = "That passkey does not open the desk, or the page was open too long. Try again, or use your password."
WRONG_CODE = "That is not the code that your app shows now, or it was used already. Wait for the next one."
CODES_LOCKED = (
    "Too many wrong codes for this sign-in, so none is looked at for 15 minutes. A passkey still opens. If it was not "
    "you, somebody has your password: tell a supervisor at once."
)


class Proof(NamedTuple):
    """Who it is, by what; or why not, in words for the page, with the status of the answer."""

    member: StaffMember | None
    how: str = ""
    why: str = ""
    status: int = 200


def is_spared(member: StaffMember) -> bool:
    """Whether a password alone is enough: for the demo's own accounts, in the demo."""
    return not needs_second_factor(member.staff, demo=settings.HOLDFAST_DEMO)


def by_password(request: HttpRequest, name: str, password: str) -> Proof:
    """The first step. It is the whole of it only for those who are spared a second factor and have none."""
    name = name[:150].strip()
    if tries.locked(request, name):
        return Proof(None, why=LOCKED, status=429)
    try:
        user = tries.user_with(request, name, password[:1000])
    except TooMany:
        return Proof(None, why=TOO_MANY, status=503)
    member = staff_member(user)
    if user is not None and member is None:
        tries.count_wrong(request, name)
    if member is None:
        _log_wrong("password", StaffMember.objects.filter(user__username=name).first())
    return Proof(member, "password") if member else Proof(None, why=WRONG, status=403)


def by_code(member: StaffMember, code: str) -> Proof:
    """The second step: what the code app shows."""
    user = _user(member)
    if tries.codes_locked(user):
        return Proof(None, why=CODES_LOCKED, status=429)
    if not second.code_is_right(user, code[:20]):
        tries.count_wrong_code(user)
        _log_wrong("code", member)
        return Proof(None, why=WRONG_CODE, status=403)
    tries.forget_wrong_codes(user)
    return Proof(member, "password and code")


def by_passkey(answer: str, member: StaffMember | None = None) -> Proof:
    """A passkey: of anybody who may sign in, or of one person."""
    try:
        read = json.loads(answer[:20_000])
    except ValueError:
        read = None
    user = second.passkey_user(read, _user(member) if member else None)
    found = staff_member(user)
    if found is None:
        _log_wrong("passkey", member)
    return Proof(found, "passkey") if found else Proof(None, why=WRONG_PASSKEY, status=403)


def whole(request: HttpRequest, name: str, password: str, code: str, passkey: str = "") -> Proof:
    """All of it at once: a passkey, or name and password with the code where the account has or needs one."""
    if passkey:
        return by_passkey(passkey)
    first = by_password(request, name, password)
    if first.member is None or enough(first.member):
        return first
    factors = second.factors_of(_user(first.member))
    if factors.codes is None:
        why = "Use your passkey here." if factors.passkeys else "Sign in on another page first, to set up a passkey."
        return Proof(None, why=why, status=403)
    return by_code(first.member, code)


def enough(member: StaffMember) -> bool:
    """Whether the password alone opens the desk for this person."""
    return is_spared(member) and not second.factors_of(_user(member)).any


def _log_wrong(what: str, member: StaffMember | None) -> None:
    """A line for a try that was looked at and was wrong: whose account it was, and never what was typed."""
    if rule := rule_for(what):
        log_look(member.person if member else Person("", ""), "", "sign_in", allowed=False, rule=rule)


def _user(member: StaffMember) -> User:
    user = member.user
    assert isinstance(user, User)  # noqa: S101 no other user model is installed
    return user
