"""What changed in a place's law, and what will: drawn from the pack's own dates, and only what may be shown."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.utils.safestring import SafeString

from holdfast.doors.guide.spot import Spot
from holdfast.doors.look.say import marked
from holdfast.law.changes import Change
from holdfast.law.changes import changes
from holdfast.law.changes import not_in_force

A_YEAR = timedelta(days=365)
YEARS_AHEAD = timedelta(days=3 * 365)  # as far as the calendars of packs reach
NEWS_FOR = timedelta(days=60)  # how long a change stands on the contents page
NEWS_BEFORE = timedelta(days=90)  # and how long before it comes

_IDS = {"duties": "duty", "limits": "limit", "powers": "power", "policies": "policy", "orders": "order",
        "instruments": "risk", "prohibitions": "prohibition"}  # fmt: skip


class Shown(NamedTuple):
    """One change as it is shown: the sentence as it is from that day, and as it was."""

    change: Change
    says: SafeString
    said: SafeString | str
    within: tuple[tuple[str, str], ...]  # the limit before and after, where that is what changed


class News(NamedTuple):
    """What the contents page says: how many changes, behind and ahead."""

    lately: int
    soon: int

    def __bool__(self) -> bool:
        return bool(self.lately or self.soon)


def past(spot: Spot) -> list[Shown]:
    """What changed in the year up to this day, the latest first."""
    return [_shown(spot, each) for each in reversed(_between(spot, -A_YEAR, timedelta()))]


def coming(spot: Spot) -> list[Shown]:
    """What will change, the nearest first."""
    return [_shown(spot, each) for each in _between(spot, timedelta(), YEARS_AHEAD)]


def waiting(spot: Spot) -> list[Shown]:
    """What is enacted and does not hold, and nobody has said from when it will."""
    return [_shown(spot, each) for each in not_in_force(spot.pack, spot.day) if each.may_be_shown and not each.day]


def news(spot: Spot) -> News:
    """Whether the contents page has something to say."""
    return News(len(_between(spot, -NEWS_FOR, timedelta())), len(_between(spot, timedelta(), NEWS_BEFORE)))


def _between(spot: Spot, first: timedelta, last: timedelta) -> list[Change]:
    found = changes(spot.pack, spot.day + first, spot.day + last)
    # A prospective law with a day is enacted and will hold from that day: it belongs to what is coming.
    dated = [
        each
        for each in not_in_force(spot.pack, spot.day)
        if each.day and each not in found and spot.day + first < each.day <= spot.day + last
    ]
    return sorted((each for each in (*found, *dated) if each.may_be_shown), key=lambda each: (each.day, each.id))


def _shown(spot: Spot, change: Change) -> Shown:
    context = f"{_IDS[change.sort]}.{change.id}.says"
    says, said = (
        marked(spot.tongue.say(context, text), spot.tongue) if text else "" for text in (change.says, change.said)
    )
    limits = tuple((before, after) for what, before, after in change.differences if what == "within")
    return Shown(change, SafeString(says), said if change.said != change.says else "", limits)
