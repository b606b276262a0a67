"""When a wrong try is a line of the log: the first on a code, then one a while with how many came between.

Whoever floods the way in must not fill the log, and hide in it what else was done. Staff are told of many wrong tries
on one code by an entry of the case besides (wrong_tries.py).
"""

import time
from collections import OrderedDict
from threading import Lock

from holdfast.access.ways_in.kept import looked_up

A_LINE_EACH = 600.0  # seconds, for each code
MOST = 20_000  # codes; the one whose line is oldest is forgotten first
RULE = "wrong-words"
_since: OrderedDict[str, tuple[float, int]] = OrderedDict()  # when its last line was due, and the tries since
_lock = Lock()


def line_for(code: str, now: float | None = None) -> str:
    """The rule to write for one wrong try on this code, known or not; '' where it is only counted."""
    key, now = looked_up(code), time.monotonic() if now is None else now
    with _lock:
        at, between = _since.get(key, (now - A_LINE_EACH, 0))
        if now - at < A_LINE_EACH:
            _since[key] = (at, between + 1)
            return ""
        _since[key] = (now, 0)
        _since.move_to_end(key)
        while len(_since) > MOST:
            _since.popitem(last=False)
    return f"{RULE} {between} before" if between else RULE


def forget() -> None:
    """Forgets all of it."""
    with _lock:
        _since.clear()
