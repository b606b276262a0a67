"""Reading a limit's words, such as 'the earlier of 5 court days and 7 days', into a clock. The grammar is in
docs/formats/pack.md.

>>> read("24 hours").words()
'within 24 hours'
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from holdfast.law.clock import Clock
from holdfast.law.clock import Counted
from holdfast.law.clock import Either
from holdfast.law.clock import EndOfDay
from holdfast.law.clock import FieldMinutes
from holdfast.law.clock import FieldMoment
from holdfast.law.clock import Moved
from holdfast.law.clock import Running
from holdfast.law.clock import Worded
from holdfast.law.clock_phrases import IN_WORDS

_AMOUNT = re.compile(
    r"(?P<number>\d{1,5}) (?P<clear>clear )?(?:(?P<calendar>[a-z][a-z-]*) )?(?P<unit>minute|hour|day|week|month|year)s?"
)
_ON_DAYS = re.compile(r"(?P<amount>\d{1,5} hours?) on (?P<calendar>[a-z][a-z-]*) days")
_NEXT = re.compile(r"end of the next (?:(?P<calendar>[a-z][a-z-]*) )?day")
_MIDNIGHT = re.compile(r"midnight on day (?P<number>\d{1,4})")
_EITHER = re.compile(r"the (?P<which>earlier|later) of (?P<both>.+)")
_MOVED = re.compile(r"(?P<amount>.+), or the next (?P<calendar>[a-z][a-z-]*) day")
_FIELD_MINUTES = re.compile(r"entry\.(?P<field>[a-z_]+) minutes")
_FIELD = re.compile(r"(?:(?P<amount>.+?) )?(?P<how>by|before) entry\.(?P<field>[a-z_]+)")
_MOST_MONTHS = 2_400  # two hundred years: no law counts further, and no calendar could


class ClockFault(ValueError):
    """A limit's words are not in the grammar. The pack's author can put it right."""

    def __init__(self, text: str):
        super().__init__(
            f"'{text[:80]}' is not a limit that can be read. Write, for example, '24 hours', '1 working day', "
            "'end of the next working day', 'before entry.ends_at', or a limit in words from docs/formats/pack.md."
        )


@lru_cache(maxsize=4096)
def read(text: str) -> Clock:
    """The clock, or ClockFault."""
    text = " ".join(text.split())
    if text in IN_WORDS:
        return Worded(text)
    if text == "end of the day":
        return EndOfDay(text, same_day=True)
    if found := _NEXT.fullmatch(text):
        return EndOfDay(text, calendar=found["calendar"] or "")
    if found := _MIDNIGHT.fullmatch(text):
        return Counted(int(found["number"]), text)
    if found := _ON_DAYS.fullmatch(text):
        return Running(timedelta(hours=int(found["amount"].split()[0])), text, found["calendar"])
    if found := _FIELD_MINUTES.fullmatch(text):
        return FieldMinutes(found["field"])
    if found := _EITHER.fullmatch(text):
        return _either(found["which"], found["both"], text)
    if found := _FIELD.fullmatch(text):
        amount = _amount(found["amount"], text) if found["amount"] else None
        return FieldMoment(found["field"], amount, found["how"] == "before")
    return _moved(text) or _amount(text, text)


def calendars_of(clock: Clock) -> set[str]:
    """The names of the calendars a clock counts in."""
    if isinstance(clock, Either):
        return calendars_of(clock.first) | calendars_of(clock.second)
    if isinstance(clock, Moved):
        return calendars_of(clock.counted) | {clock.calendar}
    if isinstance(clock, FieldMoment):
        return calendars_of(clock.before) if clock.before else set()
    name = getattr(clock, "calendar", "")
    return {name} if name else set()


def fields_of_clock(clock: Clock) -> set[str]:
    """The fields of the starting entry that a clock reads."""
    if isinstance(clock, Either):
        return fields_of_clock(clock.first) | fields_of_clock(clock.second)
    return {clock.field} if isinstance(clock, FieldMinutes | FieldMoment) else set()


def _either(which: str, both: str, text: str) -> Clock:
    """Splits at the ' and ' where both sides can be read."""
    parts = both.split(" and ")
    for at in range(1, len(parts)):
        try:
            first, second = read(" and ".join(parts[:at])), read(" and ".join(parts[at:]))
        except ClockFault:
            continue
        return Either(first, second, which == "later")
    raise ClockFault(text)


def _moved(text: str) -> Moved | None:
    found = _MOVED.fullmatch(text)
    if found is None:
        return None
    counted = _amount(found["amount"], text)
    if isinstance(counted, Running):
        raise ClockFault(text)
    return Moved(counted, found["calendar"])


def _amount(words: str, text: str) -> Running | Counted:
    found = _AMOUNT.fullmatch(words)
    if not found:
        raise ClockFault(text)
    number, calendar, unit = int(found["number"]), found["calendar"] or "", found["unit"]
    if unit in ("minute", "hour"):
        if calendar or found["clear"]:
            raise ClockFault(text)
        return Running(timedelta(minutes=number) if unit == "minute" else timedelta(hours=number), words)
    if unit == "day":
        return Counted(number, words, "" if calendar == "calendar" else calendar, clear=bool(found["clear"]))
    if calendar or found["clear"]:
        raise ClockFault(text)
    if unit == "week":
        return Counted(number * 7, words)
    months = number * (12 if unit == "year" else 1)
    if months > _MOST_MONTHS:
        raise ClockFault(text)
    return Counted(months, words, months=True)
