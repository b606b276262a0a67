"""Times as they are typed and shown at the desk: local to the pack, kept in UTC.

- What is typed may be `2026-11-20 21:00`, `2026-11-20T21:00`, or `20/11/2026 21:00`; seconds may follow.
- A time that the clocks skipped in spring is refused; one that came twice in autumn is taken as the first, which
  makes every deadline the earlier one.

>>> read_local("2026-06-05 23:59", ZoneInfo("Europe/London")).isoformat()
'2026-06-05T22:59:00+00:00'
>>> in_words(read_local("2026-06-05 23:59", ZoneInfo("Europe/London")), ZoneInfo("Europe/London"))
'Friday 5 June 2026, 23:59'
"""

import re
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

_TYPED = re.compile(r"^\s*(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*$")


class TimeUnreadable(ValueError):
    """What was typed is not a time. The person who typed it can put it right."""


def read_local(typed: str, zone: ZoneInfo) -> datetime:
    """The moment that was typed, in UTC."""
    match = _TYPED.match(typed)
    if not match:
        raise TimeUnreadable("Give a day and a time, such as 2026-11-20 21:30.")
    day = read_day(match[1])
    try:
        naive = datetime(day.year, day.month, day.day, int(match[2]), int(match[3]), int(match[4] or 0))  # noqa: DTZ001
    except ValueError:
        raise TimeUnreadable("There is no such time: hours go from 0 to 23, minutes from 0 to 59.") from None
    moment = naive.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != naive:
        raise TimeUnreadable("The clocks went forward over this time, so it did not exist. Give the time on the clock.")
    return moment


def read_day(typed: str) -> date:
    """The day that was typed."""
    text = typed.strip()
    try:
        if "/" in text:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        return date.fromisoformat(text)
    except ValueError:
        raise TimeUnreadable("Give a day that exists, such as 2026-11-20.") from None


def write_local(moment: datetime, zone: ZoneInfo) -> str:
    """A moment as a datetime field wants it, seconds only where there are any."""
    local = moment.astimezone(zone)
    return local.strftime("%Y-%m-%dT%H:%M:%S" if local.second else "%Y-%m-%dT%H:%M")


def in_words(moment: datetime, zone: ZoneInfo) -> str:
    """A moment in full: 'Friday 5 June 2026, 23:59'."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y}, {local:%H:%M}"


def in_short(moment: datetime, zone: ZoneInfo) -> str:
    """A moment where there is little room: 'Fri 5 Jun 2026, 23:59'."""
    local = moment.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y}, {local:%H:%M}"


def day_in_words(day: date) -> str:
    """A day in full: 'Friday 5 June 2026'."""
    return f"{day:%A} {day.day} {day:%B %Y}"


def from_now(moment: datetime, now: datetime) -> str:
    """How far a moment is from now: 'in 3 hours', '20 minutes late'."""
    late = moment < now
    gap = (now - moment) if late else (moment - now)
    said = _length(gap)
    if said == "now":
        return "now"
    return f"{said} late" if late else f"in {said}"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago a moment was: '20 minutes ago'."""
    said = _length(abs(now - moment))
    if said == "now":
        return "just now"
    return f"{said} ago" if moment <= now else f"in {said}"


def _length(gap: timedelta) -> str:
    minutes = int(gap.total_seconds() // 60)
    for size, least, word in ((60 * 24, 60 * 48, "day"), (60, 60, "hour"), (1, 1, "minute")):
        if minutes >= least:
            number = minutes // size
            return f"{number} {word}{'' if number == 1 else 's'}"
    return "now"
