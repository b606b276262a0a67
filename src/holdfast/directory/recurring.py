"""On which days a schedule falls, by the rules of iCalendar (RFC 5545) as Open Referral uses them."""

from __future__ import annotations

import re
from calendar import isleap
from calendar import monthrange
from datetime import date
from datetime import datetime

from dateutil import rrule  # type: ignore[import-untyped]

from holdfast.directory.listing import Opening

EVERY_DAY = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_FREQUENCIES = {"DAILY": rrule.DAILY, "WEEKLY": rrule.WEEKLY, "MONTHLY": rrule.MONTHLY}
# A rule that counts from its start is worked through day by day: one that starts earlier than this is not worked out.
_EARLIEST = date(1990, 1, 1)


class Unreadable(Exception):
    """The schedule cannot be worked out, so nothing is known of it."""


def day_of(text: str) -> date:
    """An ISO day, or the day of an ISO moment; `Unreadable` where it is neither."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError as fault:
        raise Unreadable from fault


def falls_on(opening: Opening, day: date) -> bool:
    """Whether a schedule falls on a day; `Unreadable` where it does not say, or not in a way that can be worked out."""
    days = _weekdays(opening)
    if opening.freq not in ("", *_FREQUENCIES) or opening.interval < 1 or opening.count < 0:
        raise Unreadable
    if not (days or opening.freq):
        raise Unreadable
    if (opening.dtstart and day < day_of(opening.dtstart)) or (opening.until and day > day_of(opening.until)):
        return False
    filters = bool(opening.bymonthday or opening.byweekno or opening.byyearday)
    if filters and opening.count:
        raise Unreadable
    if not _passes(opening, day):
        return False
    if opening.interval == 1 and not opening.count:
        if opening.freq == "DAILY" and not days:
            return True
        if opening.freq in ("", "WEEKLY") and days:
            return EVERY_DAY[day.weekday()] in [name for _, name in days]
        if opening.freq == "MONTHLY" and opening.bymonthday and not days:
            return True
    return _by_rule(opening, days, day)


def _weekdays(opening: Opening) -> list[tuple[int, str]]:
    """Which in the month (0: every one) and which day. Only a monthly rule may say which, and none is the sixth."""
    read = [_BYDAY.fullmatch(each.strip().upper()) for each in opening.byday]
    found = [(int(each[1] or 0), each[2]) for each in read if each]
    counted = any(each and each[1] for each in read)
    if len(found) < len(read) or (counted and opening.freq != "MONTHLY"):
        raise Unreadable
    if counted and not all(1 <= abs(nth) <= 5 for nth, _ in found):
        raise Unreadable
    return found


def _passes(opening: Opening, day: date) -> bool:
    """Whether a day is among the days of the month, weeks and days of the year named; negative from the end."""
    month = monthrange(day.year, day.month)[1]
    weeks = date(day.year, 12, 28).isocalendar().week
    year = 366 if isleap(day.year) else 365
    for text, number, length in (
        (opening.bymonthday, day.day, month),
        (opening.byweekno, day.isocalendar().week, weeks),
        (opening.byyearday, day.timetuple().tm_yday, year),
    ):
        named = _numbers(text)
        if named and number not in named and number - length - 1 not in named:
            return False
    return True


def _by_rule(opening: Opening, days: list[tuple[int, str]], day: date) -> bool:
    """By the rule itself. What could never fall on a day is not asked: the rule would be worked through to its end."""
    if opening.freq == "DAILY" and days:
        raise Unreadable
    if opening.bymonthday and not days:
        raise Unreadable
    weekdays = [getattr(rrule, name)(nth) if nth else getattr(rrule, name) for nth, name in days]
    try:
        rule = rrule.rrule(
            _FREQUENCIES[opening.freq or "WEEKLY"],
            dtstart=_midnight(_start(opening, day)),
            interval=opening.interval,
            count=opening.count or None,
            wkst=getattr(rrule, opening.wkst) if opening.wkst in EVERY_DAY else None,
            byweekday=weekdays or None,
        )
        return bool(rule.between(_midnight(day), _midnight(day), inc=True))
    except (ValueError, TypeError, IndexError, OverflowError) as fault:
        raise Unreadable from fault


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)  # noqa: DTZ001 days only: no clock is meant


def _start(opening: Opening, day: date) -> date:
    """Where the rule begins. Without one, a rule that repeats every time may begin anywhere before the day."""
    if opening.dtstart:
        start = day_of(opening.dtstart)
        if start < _EARLIEST:
            raise Unreadable
        return start
    if opening.interval > 1 or opening.count or not opening.byday:
        raise Unreadable
    return day.replace(day=1)


def _numbers(text: str) -> list[int]:
    try:
        return [int(each) for each in text.split(",")] if text.strip() else []
    except ValueError as fault:
        raise Unreadable from fault
