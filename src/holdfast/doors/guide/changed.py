"""What changed in a place's law, and what will: drawn from the pack's own dates, and only what may be shown."""

from __future__ import annotations

from datetime import date
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


_STOPS = ("ends", "not known after")


class Shown(NamedTuple):
    """One change as it is shown: the sentence as it is from that day, and as it was."""

    change: Change
    says: SafeString
    said: SafeString | str
    within: tuple[tuple[str, str], ...]  # the limit before and after, where that is what changed


class Group(NamedTuple):
    """What is told under one sentence: one change, or all that nobody knows of from one day on."""

    day: date | None
    how: str  # of `Change`, or 'replaced': it ends, and on that day another begins in the same words
    changes: list[Shown]


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


def grouped(found: list[Shown]) -> list[Group]:
    """The same in the same order, with nothing said twice."""
    begun = {(each.change.day, each.change.says) for each in found if each.change.how == "begins"}
    ended = {(each.change.day, each.change.says) for each in found if each.change.how in _STOPS}
    told: list[Group] = []
    for each in found:
        day, how = each.change.day, each.change.how
        replaced = (day, each.change.says) in begun & ended
        if replaced and how in _STOPS:
            continue
        same = next((group for group in told if (group.day, group.how) == (day, how)), None)
        if same and how == "not known after":
            same.changes.append(each)
        else:
            told.append(Group(day, "replaced" if replaced and how == "begins" else how, [each]))
    return told


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
