"""One try with a code and words, from a browser: slowed where it has to be, then looked at, then counted.

- Whoever was wrong several times, by their device or their address, waits before the next answer, right or wrong.
- Then comes the turn at the hash (turns.py). The right words from elsewhere wait for nobody who was wrong often, and
  for nobody of a crowd that knocks from one network, or that sends what nobody can have typed so soon.
- A try that would find no turn is refused before anything else is done for it (`room`): a flood must cost little.
- Second words that somebody types are told to staff in silence before the answer is given (second.py).
- A wrong try is counted by device, address and code; the code's count tells staff and does nothing else.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import sleep
from time import time

from django.conf import settings
from django.http import HttpRequest

from holdfast.access.ways_in.crowds import HIGHEST
from holdfast.access.ways_in.crowds import Crowds
from holdfast.access.ways_in.crowds import wide_network_of
from holdfast.access.ways_in.kept import SECOND
from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.kept import looked_up
from holdfast.access.ways_in.opening import opened_by
from holdfast.access.ways_in.second import tell_quietly
from holdfast.access.ways_in.stretched import keyed
from holdfast.access.ways_in.tries import FREE
from holdfast.access.ways_in.tries import Tries
from holdfast.access.ways_in.tries import network_of
from holdfast.access.ways_in.tries import seconds_for
from holdfast.access.ways_in.turns import TooMany
from holdfast.access.ways_in.turns import Turns
from holdfast.access.ways_in.wrong_tries import counted

DEVICES, ADDRESSES = Tries(), Tries()
CROWDS = Crowds()
TURNS = Turns()
# In the session of somebody who is not in yet: a random number, and when the page was opened, in seconds.
DEVICE, OPENED = "device", "opened"
TYPED_WITHIN = 5.0  # seconds: a person takes longer over a code and four words
# Those who are slowed hold a place on the server while they wait; one address must not hold them all.
PLACES, PLACES_OF_ONE = 12, 2
_waiting: Counter[str] = Counter()
_lock = Lock()


def try_words(request: HttpRequest, code: str, words: str) -> WayIn | None:
    """The way in that these are, or None where they are wrong. TooMany where they could not be looked at."""
    came_from = request.META.get("REMOTE_ADDR", "")
    device, address = device_of(request), network_of(came_from)
    wrong = max(DEVICES.count(device) if device else 0, ADDRESSES.count(address))
    with _place(address, 0 if settings.HOLDFAST_UNSLOWED else seconds_for(wrong)) as seconds:
        sleep(seconds)
    hasty = is_hasty(request.session.get(OPENED))
    with TURNS.turn(rank(wrong, CROWDS.level(wide_network_of(came_from)), hasty=hasty)):
        found = opened_by(code, words)
    if found is None:
        if device:
            DEVICES.wrong(device)
        ADDRESSES.wrong(address)
        counted(looked_up(code))
    elif found.kind == SECOND:
        tell_quietly(found.case)
    return found


def room(came_from: str, opened: object = None) -> bool:
    """Counts a try that comes from this address, and says whether it may find a turn. Before anything of it is read.

    `opened` is when they opened the page, in seconds, where that is known.
    """
    crowded = CROWDS.one_more(wide_network_of(came_from))
    return TURNS.room(rank(ADDRESSES.count(network_of(came_from)), crowded, hasty=is_hasty(opened)))


def rank(wrong: int, crowded: int, *, hasty: bool = False) -> int:
    """Who goes first: whoever was not wrong more often than anybody mistypes; who comes from no crowd; who typed.

    >>> rank(0, 0) == rank(FREE - 1, 0) < rank(0, 0, hasty=True) < rank(0, 9) < rank(FREE, 0) < rank(FREE + 1, 0)
    True
    """
    return (max(0, wrong - FREE + 1) * (HIGHEST + 1) + crowded) * 2 + hasty


def is_hasty(opened: object) -> bool:
    """Whether a page is sent sooner after it was opened than anybody types a code and four words."""
    return not isinstance(opened, int | float) or time() - opened < TYPED_WITHIN


def device_of(request: HttpRequest) -> str:
    """What a device is counted by: its session, as a keyed hash; '' where it has none."""
    key = request.session.session_key or request.session.get(DEVICE)
    return keyed("device", str(key)) if key else ""


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
