"""What somebody has besides a password: passkeys, and an app that shows one-time codes. Kept and checked by allauth.

- A passkey alone is enough: it is on a device, asks for the finger, face or number that opens it, and works for this
  site's own address only, so nobody can be talked into giving it away.
- A code is taken once, in its own half minute and the ones before and after it, and never one older than the last.
- After a hundred wrong codes in a row, however slowly, only a passkey or a second person helps.
"""

import hmac
import time
from typing import Any
from typing import NamedTuple

from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.utils import encrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

STEP_SECONDS = 30
MOST_WRONG_IN_A_ROW = 100
_MALFORMED = (ValidationError, ValueError, TypeError, KeyError, AttributeError)


class Factors(NamedTuple):
    """What an account has."""

    passkeys: tuple[Authenticator, ...]
    codes: Authenticator | None

    @property
    def any(self) -> bool:
        """Whether there is one at all."""
        return bool(self.passkeys or self.codes)


def factors_of(user: User) -> Factors:
    """The passkeys and the code app of an account."""
    found = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = next((one for one in found if one.type == Authenticator.Type.TOTP), None)
    return Factors(tuple(one for one in found if one.type == Authenticator.Type.WEBAUTHN), codes)


def passkey_options(user: User | None = None) -> dict[str, Any]:
    """What the browser is asked to sign, as JSON: for any passkey of this site, or for those of one account."""
    asked: dict[str, Any] = webauthn.begin_authentication(user)
    return asked


def passkey_user(answer: Any, user: User | None = None) -> User | None:
    """Whose passkey signed that, or None. Where an account is given, only one of its own will do."""
    try:
        webauthn.parse_authentication_response(answer)
        found = user or webauthn.extract_user_from_response(answer)
        used = webauthn.complete_authentication(found, answer)
    except _MALFORMED:
        return None
    used.record_usage()
    return found if isinstance(found, User) and found.is_active else None


def new_passkey_options(user: User) -> dict[str, Any]:
    """What the browser is asked to make: a passkey that opens by itself, for this account."""
    asked: dict[str, Any] = webauthn.begin_registration(user, passwordless=True)
    return asked


def add_passkey(user: User, answer: Any, name: str) -> bool:
    """Keeps the passkey that the browser made; whether it is one."""
    try:
        webauthn.parse_registration_response(answer)
        made = webauthn.complete_registration(answer)
    except _MALFORMED:
        return False
    if not made.is_user_verified():
        return False
    webauthn.WebAuthn.add(user, name.strip()[:60] or "Passkey", answer)
    return True


def new_code_secret(request: HttpRequest, *, again: bool = True) -> str:
    """The secret of a code app that is being set up: a new one, or the one that this session was shown."""
    return str(totp.get_totp_secret(regenerate=again))


def add_codes(request: HttpRequest, user: User, code: str) -> bool:
    """Keeps the code app that this session was shown, once it shows the right code. It replaces an earlier one."""
    secret = new_code_secret(request, again=False)
    step = _step_of(secret, code)
    if step is None:
        return False
    with transaction.atomic():
        Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).delete()
        data = {"secret": encrypt(secret), "last_step": step, "wrong": 0}
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    totp.clear_totp_secret(request)
    return True


def code_is_right(user: User, code: str) -> bool:
    """Whether this is the code that the account's app shows now. Each is taken once."""
    with transaction.atomic():
        kept = Authenticator.objects.select_for_update().filter(user=user, type=Authenticator.Type.TOTP).first()
        if kept is None or kept.data.get("wrong", 0) >= MOST_WRONG_IN_A_ROW:
            return False
        step = _step_of(decrypt(kept.data["secret"]), code)
        right = step is not None and step > kept.data.get("last_step", 0)
        if right:
            kept.data |= {"last_step": step, "wrong": 0}
            kept.last_used_at = timezone.now()
        else:
            kept.data["wrong"] = kept.data.get("wrong", 0) + 1
        kept.save(update_fields=["data", "last_used_at"])
    return right


def forget_all(user: User) -> None:
    """Takes every passkey and the code app away: for somebody who lost them, before they set up new ones."""
    Authenticator.objects.filter(user=user).delete()


def take_away(user: User, key: int) -> bool:
    """Takes one passkey or the code app away, but never the last; whether that was done."""
    with transaction.atomic():
        if Authenticator.objects.filter(user=user).count() < 2:
            return False
        return bool(Authenticator.objects.filter(user=user, pk=key).delete()[0])


def _step_of(secret: str, code: str) -> int | None:
    """The half minute in which this is the code, or None."""
    given = normalize_user_code(code)
    now = int(time.time()) // STEP_SECONDS
    for step in (now, now - 1, now + 1):
        if hmac.compare_digest(totp.format_hotp_value(totp.hotp_value(secret, step)).encode(), given.encode()):
            return step
    return None
