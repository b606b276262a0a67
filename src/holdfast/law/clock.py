"""The clock algebra: when a limit ends, with its printed working.

- Pure: a clock is a value, `end` takes the starting moment and gives the last moment, in UTC.
- A limit in days ends at 23:59:59 local time on its last day; the starting day is not counted; hours run through the
  night.
- A clock that cannot be worked raises `Undated` with the reason; one that the law puts in words raises `InWords`.

>>> Running(timedelta(hours=24), "24 hours").words()
'within 24 hours'
"""

from __future__ import annotations

from abc import ABC
from abc import abstractmethod
from dataclasses import dataclass
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any

from holdfast.law.calendars import CalendarRunOut
from holdfast.law.calendars import Days
from holdfast.law.clock_phrases import amount
from holdfast.law.clock_phrases import at_field
from holdfast.law.clock_phrases import before_field
from holdfast.law.clock_phrases import either
from holdfast.law.clock_phrases import end_of
from holdfast.law.clock_phrases import in_words
from holdfast.law.clock_phrases import moved
from holdfast.law.clock_phrases import time_given
from holdfast.law.phrase import Phrase


class Undated(Exception):
    """The limit cannot be worked out; the message says why, in words without case details."""


class InWords(Exception):
    """The law gives the limit in words only; an alarm says when staff are rung."""


class _Said(ABC):
    __slots__ = ()

    @abstractmethod
    def phrase(self) -> Phrase:
        """The limit as a survivor reads it, for `language.Tongue.phrase` to say in a language."""

    def words(self) -> str:
        """The limit as a survivor reads it, in English."""
        return self.phrase().english()


@dataclass(frozen=True, slots=True)
class Running(_Said):
    """Hours or minutes as they run, through the night; or on the days of one calendar only."""

    length: timedelta
    said: str
    calendar: str = ""

    def end(self, start: datetime, fields: Any, days: Days) -> datetime:
        """The moment when the time has run."""
        if self.calendar:
            end: datetime = _covered(lambda: days.running(self.calendar, start, self.length))
            return end
        return start + self.length

    def working(self, start: datetime, fields: Any, days: Days) -> list[str]:
        """How the end was worked out."""
        end = self.end(start, fields, days)
        lines = [f"{self.said} from {_moment(start, days)}"]
        if self.calendar:
            lines += _left_out(self.calendar, days.ordinal(start) - 1, days.ordinal(end), days)
        return [*lines, f"ends {_moment(end, days)}"]

    def phrase(self) -> Phrase:
        """The limit as a survivor reads it."""
        return amount(self.said, "within")


@dataclass(frozen=True, slots=True)
class Counted(_Said):
    """Days of a calendar ('' for every day), months or clear days; ends at the end of the last one."""

    number: int
    said: str
    calendar: str = ""
    months: bool = False
    clear: bool = False

    def last_day(self, first: int, days: Days) -> int:
        """The ordinal of the last day, counted from the day `first`, which is not counted."""
        if self.months:
            return _months_after(date.fromordinal(first), self.number).toordinal()
        number = self.number + 1 if self.clear else self.number
        if not self.calendar:
            return first + number
        return _covered(lambda: days.after(self.calendar, first, number)) if number else first

    def day_before(self, last: int, days: Days) -> int:
        """The ordinal of the day this many days before the day `last`, which is not counted."""
        if self.months:
            return _months_after(date.fromordinal(last), -self.number).toordinal()
        number = self.number + 1 if self.clear else self.number
        return _covered(lambda: days.before(self.calendar, last, number)) if self.calendar else last - number

    def end(self, start: datetime, fields: Any, days: Days) -> datetime:
        """The end of the last day."""
        return days.end_of(self.last_day(days.ordinal(start), days))

    def working(self, start: datetime, fields: Any, days: Days) -> list[str]:
        """How the end was worked out."""
        first = days.ordinal(start)
        last = self.last_day(first, days)
        lines = [f"{self.said} after {_day(first)}, which is not counted"]
        if self.calendar:
            lines += _left_out(self.calendar, first, last, days)
        return [*lines, f"ends {_moment(days.end_of(last), days)}"]

    def phrase(self) -> Phrase:
        """The limit as a survivor reads it."""
        return amount(self.said, "within")


@dataclass(frozen=True, slots=True)
class EndOfDay(_Said):
    """The end of the starting day, of the next day, or of the next day that counts."""

    said: str
    calendar: str = ""
    same_day: bool = False

    def end(self, start: datetime, fields: Any, days: Days) -> datetime:
        """The end of that day."""
        first = days.ordinal(start)
        if self.same_day:
            return days.end_of(first)
        return days.end_of(_covered(lambda: days.after(self.calendar, first, 1)) if self.calendar else first + 1)

    def working(self, start: datetime, fields: Any, days: Days) -> list[str]:
        """How the end was worked out."""
        end = self.end(start, fields, days)
        lines = [f"the {self.said}, from {_day(days.ordinal(start))}"]
        if self.calendar:
            lines += _left_out(self.calendar, days.ordinal(start), days.ordinal(end), days)
        return [*lines, f"ends {_moment(end, days)}"]

    def phrase(self) -> Phrase:
        """The limit as a survivor reads it."""
        return end_of(self.said)


@dataclass(frozen=True, slots=True)
class FieldMinutes(_Said):
    """A number of minutes that the starting entry records, such as a call's grade."""

    field: str

    def end(self, start: datetime, fields: Any, days: Days) -> datetime:
        """The moment when those minutes have run."""
        return start + timedelta(minutes=_recorded(fields, self.field))

    def working(self, start: datetime, fields: Any, days: Days) -> list[str]:
        """How the end was worked out."""
        end = self.end(start, fields, days)
        return [
            f"{_recorded(fields, self.field)} minutes, as recorded, from {_moment(start, days)}",
            f"ends {_moment(end, days)}",
        ]

    def phrase(self) -> Phrase:
        """The limit as a survivor reads it."""
        return time_given()


@dataclass(frozen=True, slots=True)
class FieldMoment(_Said):
    """A time or day that the starting entry records, or some days or hours before it.

    'By' a day is until its end; 'before' a day, and hours before it, is before it begins: nobody knows at which hour of
    that day a prison opens its door.
    """

    field: str
    before: Running | Counted | None = None
    earlier: bool = False  # 'before', not 'by'

    def end(self, start: datetime, fields: Any, days: Days) -> datetime:
        """That moment, or the end of the day, or of the day before."""
        value = _recorded(fields, self.field)
        if not isinstance(value, datetime):
            return self._by_day(value.toordinal(), days)
        moment = value.astimezone(UTC)
        if isinstance(self.before, Running):
            return moment - self.before.length
        if self.before:
            return days.end_of(self.before.day_before(days.ordinal(moment), days))
        return moment

    def _by_day(self, day: int, days: Days) -> datetime:
        if isinstance(self.before, Running):
            return days.start_of(day) - self.before.length
        if self.before:
            return days.end_of(self.before.day_before(day, days))
        return days.end_of(day - 1 if self.earlier else day)

    def working(self, start: datetime, fields: Any, days: Days) -> list[str]:
        """How the end was worked out."""
        lines = [f"{self.words()}, as recorded in the starting entry"]
        return [*lines, f"ends {_moment(self.end(start, fields, days), days)}"]

    def phrase(self) -> Phrase:
        """The limit as a survivor reads it."""
        return before_field(self.before.said, self.field) if self.before else at_field(self.field)


@dataclass(frozen=True, slots=True)
class Either(_Said):
    """The earlier or the later of two limits."""

    first: Clock
    second: Clock
    later: bool

    def end(self, start: datetime, fields: Any, days: Days) -> datetime:
        """The earlier, or the later, of the two ends."""
        ends = self.first.end(start, fields, days), self.second.end(start, fields, days)
        return max(ends) if self.later else min(ends)

    def working(self, start: datetime, fields: Any, days: Days) -> list[str]:
        """Both workings, and which one decides."""
        return [
            *self.first.working(start, fields, days),
            *self.second.working(start, fields, days),
            f"the {'later' if self.later else 'earlier'} of these is {_moment(self.end(start, fields, days), days)}",
        ]

    def phrase(self) -> Phrase:
        """The limit as a survivor reads it."""
        return either(self.first.phrase(), self.second.phrase(), self.later)


@dataclass(frozen=True, slots=True)
class Moved(_Said):
    """Days, months or years; where the last of them does not count in a calendar, the next day that does."""

    counted: Counted
    calendar: str

    def end(self, start: datetime, fields: Any, days: Days) -> datetime:
        """The end of the last day, or of the next one that counts."""
        last = self.counted.last_day(days.ordinal(start), days)
        if not _covered(lambda: days.counts(self.calendar, last)):
            last = _covered(lambda: days.after(self.calendar, last, 1))
        return days.end_of(last)

    def working(self, start: datetime, fields: Any, days: Days) -> list[str]:
        """How the end was worked out, and whether it moved."""
        lines = self.counted.working(start, fields, days)
        first, end = self.counted.end(start, fields, days), self.end(start, fields, days)
        if first == end:
            return lines
        missed = _day(days.ordinal(first))
        return [*lines, f"{missed} is no {self.calendar} day, so it moves on: ends {_moment(end, days)}"]

    def phrase(self) -> Phrase:
        """The limit as a survivor reads it."""
        return moved(self.counted.phrase(), self.calendar)


@dataclass(frozen=True, slots=True)
class Worded(_Said):
    """A limit that the law gives in words."""

    said: str

    def end(self, start: datetime, fields: Any, days: Days) -> datetime:
        """Never: the alarm beside it says when staff are rung."""
        raise InWords(self.said)

    def working(self, start: datetime, fields: Any, days: Days) -> list[str]:
        """The words themselves."""
        return [f"the law says '{self.said}', and gives no number"]

    def phrase(self) -> Phrase:
        """The limit as a survivor reads it."""
        return in_words(self.said)


Clock = Running | Counted | EndOfDay | FieldMinutes | FieldMoment | Either | Moved | Worded


def _recorded(fields: Any, name: str) -> Any:
    value = getattr(fields, name, None)
    if value is None or value == "":
        raise Undated(f"'{name.replace('_', ' ')}' is not recorded in the entry that starts the clock")
    return value


def _covered(count: Any) -> Any:
    try:
        return count()
    except CalendarRunOut as fault:
        raise Undated(str(fault)) from fault


def _months_after(day: date, number: int) -> date:
    """The same day number that many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _left_out(calendar: str, first: int, last: int, days: Days) -> list[str]:
    skipped = days.left_out(calendar, first, last)
    if not skipped:
        return []
    named = ", ".join(day.strftime("%a %-d %b %Y") for day in skipped[:12])
    more = f" and {len(skipped) - 12} more" if len(skipped) > 12 else ""
    return [f"not {calendar} days: {named}{more}"]


def _moment(moment: datetime, days: Days) -> str:
    return days.local(moment).strftime("%a %-d %b %Y %H:%M:%S")


def _day(ordinal: int) -> str:
    return date.fromordinal(ordinal).strftime("%a %-d %b %Y")
