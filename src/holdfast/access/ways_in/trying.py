"""One try with a code and words, from a browser: slowed where it has to be, then looked at, then counted.

- Whoever was wrong several times, by their device or their address, waits before the next answer, right or wrong.
- Then comes the turn at the hash (turns.py). The right words from elsewhere wait for nobody who was wrong.
- Second words that somebody types are told to staff in silence before the answer is given (second.py).
- A wrong try is counted by device, address and code; the code's count tells staff and does nothing else.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import sleep

from django.http import HttpRequest

from holdfast.access.ways_in.kept import SECOND
from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.kept import looked_up
from holdfast.access.ways_in.opening import opened_by
from holdfast.access.ways_in.second import tell_quietly
from holdfast.access.ways_in.stretched import keyed
from holdfast.access.ways_in.tries import Tries
from holdfast.access.ways_in.tries import network_of
from holdfast.access.ways_in.tries import seconds_for
from holdfast.access.ways_in.turns import TooMany
from holdfast.access.ways_in.turns import Turns
from holdfast.access.ways_in.wrong_tries import counted

DEVICES, ADDRESSES = Tries(), Tries()
TURNS = Turns()
# Those who are slowed hold a place on the server while they wait; one address must not hold them all.
PLACES, PLACES_OF_ONE = 12, 2
_waiting: Counter[str] = Counter()
_lock = Lock()


def try_words(request: HttpRequest, code: str, words: str) -> WayIn | None:
    """The way in that these are, or None where they are wrong. TooMany where they could not be looked at."""
    device, address = device_of(request), network_of(request.META.get("REMOTE_ADDR", ""))
    wrong = max(DEVICES.count(device) if device else 0, ADDRESSES.count(address))
    with _place(address, seconds_for(wrong)) as seconds:
        sleep(seconds)
    with TURNS.turn(wrong):
        found = opened_by(code, words)
    if found is None:
        if device:
            DEVICES.wrong(device)
        ADDRESSES.wrong(address)
        counted(looked_up(code))
    elif found.kind == SECOND:
        tell_quietly(found.case)
    return found


def device_of(request: HttpRequest) -> str:
    """What a device is counted by: its session, as a keyed hash; '' where it has none."""
    key = request.session.session_key
    return keyed("device", key) if key else ""


@contextmanager
def _place(address: str, seconds: int) -> Iterator[int]:
    """A place to wait in, for as many seconds as this address waits; TooMany where there is none left."""
    if not seconds:
        yield 0
        return
    with _lock:
        if _waiting.total() >= PLACES or _waiting[address] >= PLACES_OF_ONE:
            raise TooMany
        _waiting[address] += 1
    try:
        yield seconds
    finally:
        with _lock:
            _waiting[address] -= 1
            if not _waiting[address]:
                del _waiting[address]
