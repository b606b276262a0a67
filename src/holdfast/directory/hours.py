"""Whether a service is open at a moment: open, closed or not known.

- Not known is never shown as open, and never as closed: no hours stated, hours that cannot be read, a public holiday.
- Only hours of day and night, every day, hold on a public holiday; where nobody can say what is one, none other hold.
- A schedule says nothing of days before `valid_from` or after `valid_to`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone
from datetime import tzinfo
from functools import lru_cache
from typing import Literal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.directory.listing import Listing
from holdfast.directory.listing import Opening
from holdfast.directory.recurring import EVERY_DAY
from holdfast.directory.recurring import Unreadable
from holdfast.directory.recurring import day_of
from holdfast.directory.recurring import falls_on
from holdfast.law.pack import Pack

State = Literal["open", "closed", "unknown"]
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?")
_DAY = 24 * 60


class _Times(NamedTuple):
    """Minutes after midnight; `closes` is past a day's end where the service closes on the next day."""

    opens: int
    closes: int
    zone: tzinfo


def open_state(listing: Listing, at: datetime, holidays: frozenset[date] | None) -> State:
    """Whether a service is open at `at` (aware). `holidays` are the place's; None where they are not known."""
    told = [_one(opening, listing.timezone, at, holidays) for opening in listing.hours]
    spoke = [state for state in told if state is not None]
    if "open" in spoke:
        return "open"
    return "closed" if spoke and "unknown" not in spoke else "unknown"


def holidays_of(pack: Pack, at: datetime) -> frozenset[date] | None:
    """Public holidays of a place in the years around a moment, as its calendars name them; None where none does."""
    years = tuple(range(at.year - 1, at.year + 2))
    sources = [calendar.holidays for calendar in pack.calendars.values() if calendar.holidays]
    if not sources:
        return None
    removed = {date.fromisoformat(day) for calendar in pack.calendars.values() for day in calendar.remove}
    return frozenset(removed).union(*(_holidays(each.country, each.subdivision, years) for each in sources))


@lru_cache(maxsize=64)
def _holidays(country: str, subdivision: str, years: Iterable[int]) -> frozenset[date]:
    import holidays  # slow to import, and not needed where nobody asks what is open

    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=years))


def _one(opening: Opening, zone_name: str, at: datetime, holidays: frozenset[date] | None) -> State | None:
    """What one schedule says; None where it is silent about the day."""
    try:
        times = _times(opening, zone_name)
        local = at.astimezone(times.zone)
        minute, today = local.hour * 60 + local.minute, local.date()
        states = [_on(opening, times, today, minute, holidays)]
        if times.closes > _DAY and minute < times.closes - _DAY:
            states.append(_on(opening, times, today - timedelta(days=1), minute + _DAY, holidays))
    except (Unreadable, ValueError, OverflowError):  # a day before the first year, or an offset no clock has
        return "unknown"
    spoke = [state for state in states if state is not None]
    for state in ("open", "unknown", "closed"):
        if state in spoke:
            return state
    return None


def _on(opening: Opening, times: _Times, day: date, minute: int, holidays: frozenset[date] | None) -> State | None:
    """What a schedule says of a minute counted from the start of one day."""
    if (opening.valid_from and day < day_of(opening.valid_from)) or (
        opening.valid_to and day > day_of(opening.valid_to)
    ):
        return None
    falls, inside = falls_on(opening, day), times.opens <= minute < times.closes
    if falls and inside and times.closes - times.opens >= _DAY and _every_day(opening):
        return "open"
    if holidays is None or day in holidays:
        return "unknown"
    return "open" if falls and inside else "closed"


def _every_day(opening: Opening) -> bool:
    weekly = opening.freq in ("", "WEEKLY") and set(opening.byday) == set(EVERY_DAY)
    daily = opening.freq == "DAILY" and not opening.byday
    return (weekly or daily) and opening.interval == 1 and not opening.count


def _times(opening: Opening, zone_name: str) -> _Times:
    opens, opens_offset = _minute(opening.opens_at)
    closes, closes_offset = _minute(opening.closes_at)
    if opens_offset != closes_offset:
        raise Unreadable
    if closes in (0, _DAY - 1):
        closes = _DAY
    if closes == opens:
        raise Unreadable  # never open, or round the clock? Nobody said.
    stated = opens_offset if opens_offset is not None else _hours(opening.offset)
    zone: tzinfo = ZoneInfo(zone_name) if stated is None else timezone(stated)
    return _Times(opens, closes if closes > opens else closes + _DAY, zone)


def _hours(offset: float | None) -> timedelta | None:
    return None if offset is None else timedelta(hours=offset)


def _minute(text: str) -> tuple[int, timedelta | None]:
    """The minute of the day, and how far its clock is from UTC where that is stated."""
    read = _TIME.fullmatch(text.strip())
    if not read:
        raise Unreadable
    minute = int(read[1]) * 60 + int(read[2])
    if minute > _DAY or int(read[2]) > 59:
        raise Unreadable
    if not read[4]:
        return minute, None
    if read[4] == "Z":
        return minute, timedelta(0)
    digits = read[4][1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return minute, -offset if read[4][0] == "-" else offset
