"""Which days count, and when a local day ends.

- A calendar is data: weekdays, public holidays from the `holidays` library, what the pack adds and removes, and the
  span it covers.
- Counting past the end of a calendar raises `CalendarRunOut`: never a default, never a guess.
- Days are proleptic ordinals (`date.toordinal()`); moments are aware datetimes in UTC.
"""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import msgspec

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LAST_SECOND = time(23, 59, 59)


class CalendarRunOut(Exception):
    """A limit reaches beyond the days that a calendar covers. The pack's keeper must extend it."""


class PublicHolidays(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which list of the `holidays` library is taken as the source."""

    country: str
    subdivision: str = ""
    only: tuple[str, ...] = ()  # when given, only holidays whose English name holds one of these words


class Calendar(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """The days that count, as a pack declares them. `from` and `until` are inclusive."""

    weekdays: tuple[str, ...]
    from_: str
    until: str
    holidays: PublicHolidays | None = None
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    says: str = ""
    days: tuple[int, ...] = ()  # counted days as ordinals, when already worked out


def counted_days(calendar: Calendar) -> tuple[int, ...]:
    """The ordinals of every day that counts, in order. `add` makes a day count, `remove` takes it out."""
    first, last = date.fromisoformat(calendar.from_), date.fromisoformat(calendar.until)
    wanted = {WEEKDAYS.index(name) for name in calendar.weekdays}
    off = set(_holiday_ordinals(calendar.holidays, first.year, last.year)) if calendar.holidays else set()
    off |= {date.fromisoformat(day).toordinal() for day in calendar.remove}
    on = {date.fromisoformat(day).toordinal() for day in calendar.add}
    return tuple(
        ordinal
        for ordinal in range(first.toordinal(), last.toordinal() + 1)
        if ordinal in on or ((ordinal - 1) % 7 in wanted and ordinal not in off)
    )


def _holiday_ordinals(source: PublicHolidays, first: int, last: int) -> list[int]:
    import holidays  # slow to import, and not needed once a pack is compiled

    listed = holidays.country_holidays(
        source.country, subdiv=source.subdivision or None, years=range(first, last + 1), language="en_GB"
    )
    return [
        day.toordinal()
        for day, name in listed.items()
        if not source.only or any(word.lower() in name.lower() for word in source.only)
    ]


class Days:
    """A pack's calendars and time zone, ready for counting."""

    def __init__(self, timezone_name: str, calendars: dict[str, Calendar]):
        self.zone = ZoneInfo(timezone_name)
        self._counted = {name: calendar.days or counted_days(calendar) for name, calendar in calendars.items()}
        self._until = {name: date.fromisoformat(calendar.until) for name, calendar in calendars.items()}
        self._from = {name: date.fromisoformat(calendar.from_).toordinal() for name, calendar in calendars.items()}
        self._ends: dict[int, datetime] = {}
        self._starts: dict[int, datetime] = {}
        self._last: tuple[datetime | None, int] = (None, 0)  # one entry starts many clocks: its day is worked out once

    def has(self, calendar: str) -> bool:
        """Whether the pack declares a calendar of this name."""
        return calendar in self._counted

    def until(self, calendar: str) -> date:
        """The last day a calendar covers."""
        return self._until[calendar]

    def local(self, moment: datetime) -> datetime:
        """The moment on the place's own clock."""
        return moment.astimezone(self.zone)

    def ordinal(self, moment: datetime) -> int:
        """The local day on which a moment falls."""
        last = self._last
        if last[0] is moment:
            return last[1]
        ordinal = moment.astimezone(self.zone).toordinal()
        self._last = (moment, ordinal)
        return ordinal

    def end_of(self, ordinal: int) -> datetime:
        """23:59:59 local time on a day, in UTC."""
        end = self._ends.get(ordinal)
        if end is None:
            local = datetime.combine(date.fromordinal(ordinal), _LAST_SECOND, self.zone)
            end = self._ends[ordinal] = local.astimezone(UTC)
        return end

    def start_of(self, ordinal: int) -> datetime:
        """Midnight at the beginning of a local day, in UTC."""
        start = self._starts.get(ordinal)
        if start is None:
            local = datetime.combine(date.fromordinal(ordinal), time(), self.zone)
            start = self._starts[ordinal] = local.astimezone(UTC)
        return start

    def counts(self, calendar: str, ordinal: int) -> bool:
        """Whether a day counts in a calendar."""
        days = self._covering(calendar, ordinal)
        place = bisect_left(days, ordinal)
        return place < len(days) and days[place] == ordinal

    def after(self, calendar: str, ordinal: int, number: int) -> int:
        """The number-th counted day after a day (1 is the next one)."""
        days = self._covering(calendar, ordinal)
        place = bisect_right(days, ordinal) + number - 1
        if place >= len(days):
            raise CalendarRunOut(self._run_out(calendar))
        return days[place]

    def before(self, calendar: str, ordinal: int, number: int) -> int:
        """The number-th counted day before a day."""
        days = self._covering(calendar, ordinal)
        place = bisect_left(days, ordinal) - number
        if place < 0:
            raise CalendarRunOut(f"The calendar '{calendar}' does not go back that far.")
        return days[place]

    def left_out(self, calendar: str, first: int, last: int) -> list[date]:
        """The days after `first` up to `last` that do not count: what a working has to name."""
        days = set(self._counted[calendar])
        return [date.fromordinal(day) for day in range(first + 1, last + 1) if day not in days]

    def running(self, calendar: str, start: datetime, length: timedelta) -> datetime:
        """The moment when a length of time has run, on counted days only."""
        left, moment = length, start
        while True:
            ordinal = self.ordinal(moment)
            midnight = self.start_of(ordinal + 1)
            if self.counts(calendar, ordinal):
                if moment + left <= midnight:
                    return moment + left
                left -= midnight - moment
            moment = midnight

    def _covering(self, calendar: str, ordinal: int) -> tuple[int, ...]:
        if ordinal > self._until[calendar].toordinal():
            raise CalendarRunOut(self._run_out(calendar))
        if ordinal < self._from[calendar]:
            raise CalendarRunOut(f"The calendar '{calendar}' begins after that day.")
        return self._counted[calendar]

    def _run_out(self, calendar: str) -> str:
        return (
            f"The calendar '{calendar}' ends on {self._until[calendar].isoformat()}, before the limit can be counted. "
            "Extend it in the pack's calendars.yaml from the published holidays."
        )
