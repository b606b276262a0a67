"""On which days a schedule falls, by the rules of iCalendar (RFC 5545) as Open Referral uses them."""

from __future__ import annotations

import re
from datetime import date
from datetime import datetime
from datetime import timedelta

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
    if opening.freq not in ("", *_FREQUENCIES) or opening.interval < 1:
        raise Unreadable
    days = [_BYDAY.fullmatch(each.strip().upper()) for each in opening.byday]
    if not all(days) or not (days or opening.freq):
        raise Unreadable
    if (opening.dtstart and day < day_of(opening.dtstart)) or (opening.until and day > day_of(opening.until)):
        return False
    plain = opening.interval == 1 and not (opening.bymonthday or opening.byweekno or opening.byyearday or opening.count)
    if plain and opening.freq in ("", "WEEKLY") and days and not any(each and each[1] for each in days):
        return EVERY_DAY[day.weekday()] in [each[2] for each in days if each]
    return _by_rule(opening, [(int(each[1] or 0), each[2]) for each in days if each], day)


def _by_rule(opening: Opening, days: list[tuple[int, str]], day: date) -> bool:
    start = _start(opening, day)
    weekdays = [getattr(rrule, name)(nth) if nth else getattr(rrule, name) for nth, name in days]
    try:
        rule = rrule.rrule(
            _FREQUENCIES[opening.freq or "WEEKLY"],
            dtstart=datetime(start.year, start.month, start.day),  # noqa: DTZ001 days only: no clock is meant
            interval=opening.interval,
            count=opening.count or None,
            wkst=getattr(rrule, opening.wkst) if opening.wkst in EVERY_DAY else None,
            byweekday=weekdays or None,
            bymonthday=_numbers(opening.bymonthday),
            byweekno=_numbers(opening.byweekno),
            byyearday=_numbers(opening.byyearday),
        )
        midnight = datetime(day.year, day.month, day.day)  # noqa: DTZ001 days only
        return bool(rule.between(midnight, midnight, inc=True))
    except (ValueError, TypeError) as fault:
        raise Unreadable from fault


def _start(opening: Opening, day: date) -> date:
    """Where the rule begins. Without one, a rule that repeats every time may begin anywhere before the day."""
    if opening.dtstart:
        start = day_of(opening.dtstart)
    elif opening.interval > 1 or opening.count or not (opening.byday or opening.bymonthday or opening.freq == "DAILY"):
        raise Unreadable
    else:
        return (day - timedelta(days=31)).replace(day=1)
    if start < _EARLIEST:
        raise Unreadable
    return start


def _numbers(text: str) -> list[int] | None:
    return [int(each) for each in text.split(",")] if text.strip() else None
