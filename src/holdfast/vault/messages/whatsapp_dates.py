"""The dates and times at the beginning of a WhatsApp export's lines: many forms, one reading for the whole export.

Telephones write them in the order of their own country and name no time zone. The order of day and month is taken from
all lines together: a number above twelve decides; else the order in which the messages stay in order; else the day is
taken to come first, and that is said.
"""

import itertools
import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from holdfast.vault.messages.values import Order

# '[20/11/2026, 21:03:00] ' of iPhones, '20/11/2026, 21:03 - ' and its like of Android.
_DAY = r"(?P<a>\d{1,4})(?P<sep>[./\-年])\s?(?P<b>\d{1,2})[./\-月]\s?(?P<c>\d{1,4})日?\.?"
_TIME = r"(?:(?P<before>[^\d\[\]]{1,12}?)\s?)?(?P<h>\d{1,2})[:.](?P<m>\d\d)(?:[:.](?P<s>\d\d))?"
_HALF = r"(?:[\s\u202f\u00a0]?(?P<half>[APap]\.?[\s\u202f\u00a0]?[Mm]\.?|오전|오후|上午|下午))?"
HEAD = re.compile(rf"\[?{_DAY}(?:,?[\s\u202f\u00a0]+|,\s?){_TIME}{_HALF}(?:\]\s?|\s[-–]\s)(?P<rest>.*)", re.DOTALL)
_LATER = {"p": 12, "오후": 12, "下午": 12}
_EARLIER = ("a", "오전", "上午")


class Said(NamedTuple):
    """A line's own numbers, not yet put in order."""

    a: int
    b: int
    c: int
    first_is_year: bool
    dotted: bool
    hour: int
    minute: int
    second: int
    text: str


def said_in(head: re.Match[str]) -> Said | None:
    """The numbers of a line's beginning, or None where they make no time."""
    half = (head["half"] or "").lower().strip()
    mark = half[:1] if half[:1] in ("a", "p") else half or (head["before"] or "").strip(" ,")
    hour = int(head["h"])
    if mark in _LATER or mark in _EARLIER:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + _LATER.get(mark, 0)
    if hour > 23 or int(head["m"]) > 59 or int(head["s"] or 0) > 59:
        return None
    return Said(
        int(head["a"]), int(head["b"]), int(head["c"]), len(head["a"]) == 4, head["sep"] == ".", hour, int(head["m"]),
        int(head["s"] or 0), head.group()[: head.start("rest")].strip(" []-–"),
    )  # fmt: skip


def in_order(said: Sequence[Said]) -> tuple[Order, bool]:
    """How sure the order of day and month is, and whether the day comes first."""
    if any(each.dotted or each.first_is_year for each in said):
        return "said", True  # dots are written by places that put the day first
    if any(each.a > 12 for each in said):
        return "said", True
    if any(each.b > 12 for each in said):
        return "said", False
    rising = {day: _rises([moment(each, day_first=day) for each in said]) for day in (True, False)}
    if len({(each.a, each.b) for each in said}) > 1 and rising[True] != rising[False]:
        return "worked_out", rising[True]
    return ("said" if all(each.a == each.b for each in said) else "guessed"), True


def _rises(moments: Sequence[datetime | None]) -> bool:
    known = [each for each in moments if each]
    return len(known) == len(moments) and all(first <= second for first, second in itertools.pairwise(known))


def moment(said: Said, *, day_first: bool) -> datetime | None:
    """The local time that a line names, without a zone; None where there is no such day."""
    if said.first_is_year:
        year, month, day = said.a, said.b, said.c
    else:
        year = said.c + (2000 if said.c < 100 else 0)
        day, month = (said.a, said.b) if day_first else (said.b, said.a)
    try:
        return datetime(year, month, day, said.hour, said.minute, said.second)  # noqa: DTZ001 none is named
    except ValueError:
        return None
