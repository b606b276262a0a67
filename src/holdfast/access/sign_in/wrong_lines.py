"""When a wrong try at the desk is a line of the log: each one, until there are more than people make.

Whoever floods the sign-in must not fill the log, and hide in it what else was done. What was left out is counted in the
next line. In memory: a restart begins with a full measure.
"""

import time
from threading import Lock

AT_ONCE = 200.0  # lines that a quiet hour leaves over
A_SECOND = 1 / 3  # twelve hundred an hour: more than a whole force mistypes
_lock = Lock()
_left, _at, _between = AT_ONCE, float("-inf"), 0


def rule_for(what: str, now: float | None = None) -> str:
    """The rule to write for one wrong try, with how many came since the last line; '' where it is only counted."""
    global _left, _at, _between  # noqa: PLW0603 one measure for the process
    now = time.monotonic() if now is None else now
    with _lock:
        _left = min(AT_ONCE, _left + max(0.0, now - _at) * A_SECOND)
        _at = max(now, _at)
        if _left < 1:
            _between += 1
            return ""
        _left -= 1
        before, _between = _between, 0
    return f"wrong-{what} {before} before" if before else f"wrong-{what}"


def forget() -> None:
    """Begins anew, with a full measure."""
    global _left, _at, _between
    _left, _at, _between = AT_ONCE, float("-inf"), 0
