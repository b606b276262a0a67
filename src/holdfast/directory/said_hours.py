"""Hours as people write them, read only where the whole text can mean one thing."""

from __future__ import annotations

import re

from holdfast.directory.listing import Opening
from holdfast.directory.recurring import EVERY_DAY

ALWAYS = Opening(opens_at="00:00", closes_at="24:00", byday=EVERY_DAY, freq="WEEKLY")
_ALWAYS = re.compile(
    r"(?:day and night,? every day|24 hours a day,? (?:7|seven) days a week|24/7|24 hours a day,? every day)"
    r"(?:, by [a-z ]+)?\.?",
    re.IGNORECASE,
)
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_ONE = rf"({'|'.join(_DAYS)})"
_TIME = r"(\d{1,2})(?:[:.](\d{2}))? ?([ap])\.?m\.?"
_SPAN = re.compile(
    rf"(?:{_ONE}(?: to |-| - ){_ONE}|(every day|weekdays)),? {_TIME}(?: to |-| - ){_TIME}\.?", re.IGNORECASE
)


def read_hours(text: str) -> tuple[Opening, ...]:
    """The schedule that a text states, such as 'Monday to Friday, 9am to 5pm'; none where it is not so plain."""
    said = " ".join(text.split())
    if _ALWAYS.fullmatch(said):
        return (ALWAYS,)
    read = _SPAN.fullmatch(said)
    if not read:
        return ()
    opens, closes = _time(*read.group(4, 5, 6)), _time(*read.group(7, 8, 9))
    if not opens or not closes:
        return ()
    return (Opening(opens_at=opens, closes_at=closes, byday=_days(*read.group(1, 2, 3)), freq="WEEKLY"),)


def _days(first: str | None, last: str | None, named: str | None) -> tuple[str, ...]:
    if not first or not last:
        return EVERY_DAY if str(named).lower() == "every day" else EVERY_DAY[:5]
    start, end = _DAYS.index(first.lower()), _DAYS.index(last.lower())
    return EVERY_DAY[start : end + 1] if start <= end else (*EVERY_DAY[start:], *EVERY_DAY[: end + 1])


def _time(hour: str, minute: str | None, half: str) -> str:
    """'HH:MM' on a clock of 24 hours; "" where there is no such time."""
    if not 1 <= int(hour) <= 12 or int(minute or 0) > 59:
        return ""
    return f"{int(hour) % 12 + (12 if half.lower() == 'p' else 0):02}:{int(minute or 0):02}"
