"""Wrong tries at signing in slow the device they come from, and lock nobody out."""

import time

from django.core.cache import cache
from django.http import HttpRequest

FREE_TRIES = 5
LONGEST_WAIT = 60.0


def count_wrong(request: HttpRequest) -> None:
    """One more wrong try from this device."""
    tries, _last = cache.get(_key(request), (0, 0.0))
    cache.set(_key(request), (tries + 1, time.time()), 3600)


def forget_wrong(request: HttpRequest) -> None:
    """The device signed in: what went before is forgotten."""
    cache.delete(_key(request))


def seconds_to_wait(request: HttpRequest) -> float:
    """How long this device still has to wait."""
    tries, last = cache.get(_key(request), (0, 0.0))
    if tries < FREE_TRIES:
        return 0.0
    return float(last + min(LONGEST_WAIT, 2.0 ** (tries - FREE_TRIES)) - time.time())


def _key(request: HttpRequest) -> str:
    return f"desk-tries-{request.META.get('REMOTE_ADDR', '')}"
