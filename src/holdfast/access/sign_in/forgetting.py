"""What the clock takes away: wrong tries with their addresses, sign-ins that are over, ways back in of long ago."""

from datetime import datetime
from datetime import timedelta

from holdfast.access.sign_in import recovery
from holdfast.access.sign_in import sessions
from holdfast.access.sign_in import tries

EVERY = timedelta(minutes=5)
_last: list[datetime] = []


def forget_when_due(at: datetime) -> None:
    """Every five minutes. The clock calls it each second."""
    if _last and timedelta() <= at - _last[0] < EVERY:
        return
    forget(at)
    _last[:] = [at]


def forget(at: datetime) -> int:
    """Takes away what is over at a moment; how many rows those were."""
    return tries.forget_old_tries(at) + sessions.forget_over(at) + recovery.forget_old(at)
