"""How many calls came in each hour: bars beside a table that says the same. Pure but for the zone's own data."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

HOURS = 24


class Hour(NamedTuple):
    """One hour that has gone by or runs."""

    day: str
    begins: str  # on the clock of the place
    calls: int
    before: int  # in the same hour a week earlier
    share: float  # of the fullest hour shown, in hundredths


def by_hour(calls: Iterable[datetime], *, until: datetime, zone: ZoneInfo, hours: int = HOURS) -> tuple[Hour, ...]:
    """The last hours, the one that runs last; `calls` reach back a week further.

    Hours are real ones: on the days when clocks change a day has 23 or 25 of them.
    """
    last = until.replace(minute=0, second=0, microsecond=0)
    counted = Counter(at.replace(minute=0, second=0, microsecond=0) for at in calls)
    begun = [last - timedelta(hours=back) for back in range(hours - 1, -1, -1)]
    pairs = [(at, counted[at], counted[at - timedelta(days=7)]) for at in begun]
    most = max([1, *(now for _, now, _ in pairs), *(before for _, _, before in pairs)])
    return tuple(
        Hour(f"{at.astimezone(zone):%a %d %b}", f"{at.astimezone(zone):%H:%M}", now, before, 100 * now / most)
        for at, now, before in pairs
    )
