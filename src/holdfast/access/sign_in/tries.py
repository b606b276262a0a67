"""Wrong tries at the desk's door, counted by django-axes in the database: no further server, and no start forgets them.

- Ten wrong tries for one name from one address lock that name at that address for a quarter of an hour. From elsewhere
  the same name still opens: a stranger must not be able to lock an officer out of a case.
- Fifty from one address, whatever the names, stop passwords from that address as long; a passkey still opens, since
  nobody guesses one.
- Five wrong one-time codes after a right password stop codes for that account, wherever they come from: only somebody
  who has the password gets so far.
- A name that nobody has is counted like any other, so that the answer tells nothing.
- A password is looked at in turn, one at a time and so many a second, whatever knocks: a flood from many addresses
  cannot take the machine from the desk's pages. Whoever's address was wrong least goes first; a passkey never waits.
- What is kept: a keyed hash of the name (people type their password there by mistake), the address, and the time. No
  password, nothing else of what was sent, which may be a half-typed record of a case. The clock takes it away.
"""

from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.db.models import Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from holdfast.access.ways_in.turns import Turns

MOST_FROM_ONE_ADDRESS = 50
MOST_CODES = 5
# A change of shift comes at once; after it, five a second are 18,000 an hour. Each costs some 30 ms of a processor.
HASHES = Turns(a_second=5.0, at_once=60.0)
_ANYWHERE = "0.0.0.0"  # noqa: S104 stands for 'any address' in a count; nothing listens there


def user_with(request: HttpRequest, name: str, password: str) -> User | None:
    """Whoever has this name and password, or None. It takes as long for a name that nobody has; ask `locked` first.

    TooMany (access.ways_in.turns) where too many passwords wait to be looked at: this one was not.
    """
    with HASHES.turn(_wrong_from(request)):
        found = authenticate(_bare(request), username=name, password=password)
    return found if isinstance(found, User) else None


def locked(request: HttpRequest, name: str) -> bool:
    """Whether no password is looked at now, for this name from this address or from this address at all."""
    if not AxesProxyHandler.is_allowed(_bare(request), {"username": name}):
        return True
    return _wrong_from(request) >= MOST_FROM_ONE_ADDRESS


def codes_locked(user: User) -> bool:
    """Whether no one-time code is looked at now for this account."""
    return int(AxesProxyHandler.get_failures(_bare(None), {"username": _codes(user)})) >= MOST_CODES


def count_wrong(request: HttpRequest, name: str) -> None:
    """One more wrong try for this name from this address; `user_with` counts its own."""
    _count(_bare(request), name)


def count_wrong_code(user: User) -> None:
    """One more wrong code for this account, wherever it came from."""
    _count(_bare(None), _codes(user))


def forget_wrong_codes(user: User) -> None:
    """The account proved itself: its wrong codes no longer count."""
    AxesProxyHandler.reset_attempts(username=hashed_name(None, {"username": _codes(user)}))


def forget_old_tries(at: datetime) -> int:
    """Takes away every row whose time has passed, and with it the address; how many those were."""
    return int(AccessAttempt.objects.filter(attempt_time__lte=at - settings.AXES_COOLOFF_TIME).delete()[0])


def hashed_name(_request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """What stands in the tables for a name (AXES_USERNAME_CALLABLE)."""
    name = str((credentials or {}).get("username") or "")
    return salted_hmac("holdfast.access.sign_in.tries", name.strip().casefold(), algorithm="sha256").hexdigest()


def in_words(*_: Any) -> str:
    """What a log line may say of whoever tried: nothing (AXES_CLIENT_STR_CALLABLE)."""
    return "somebody"


def _wrong_from(request: HttpRequest) -> int:
    recent = AccessAttempt.objects.filter(
        ip_address=_address(request), attempt_time__gte=timezone.now() - settings.AXES_COOLOFF_TIME
    )
    return int(recent.aggregate(all=Sum("failures_since_start"))["all"] or 0)


def _count(bare: HttpRequest, name: str) -> None:
    user_login_failed.send(__name__, credentials={"username": name}, request=bare)


def _codes(user: User) -> str:
    return f"codes of {user.pk}"


def _address(request: HttpRequest | None) -> str:
    return request.META.get("REMOTE_ADDR") or _ANYWHERE if request else _ANYWHERE


def _bare(request: HttpRequest | None) -> HttpRequest:
    """A request that holds the address alone: axes would keep whatever else was sent."""
    bare = HttpRequest()
    bare.META["REMOTE_ADDR"] = _address(request)
    return bare
