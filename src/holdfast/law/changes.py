"""What changes in the law of a place between two days, drawn from the dates that the pack holds.

- One change is one thing on one day: it begins, ends, is followed by another version of itself, or stops being known.
- Law that is enacted and whose first day nobody knows is apart: it belongs to no day, and is never left out.
- Pure: the days are passed in. Days are local to the place.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from datetime import timedelta
from typing import Any
from typing import Literal
from typing import NamedTuple

from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Order
from holdfast.law.pack import Pack

DATED = ("duties", "limits", "powers", "policies", "orders", "instruments", "prohibitions")
NOT_YET = ("prospective", "commencement-unknown", "never-commenced")
_EVER = date.min


class Change(NamedTuple):
    """One thing that changes. `day` is the first day on which it is otherwise; None where nobody knows it."""

    day: date | None
    how: Literal["begins", "ends", "changes", "not known after", "not in force yet"]
    sort: str  # one of DATED
    id: str
    says: str  # as it is from that day, or as it was where it ends
    said: str  # as it was before, where it changes
    differences: tuple[tuple[str, str, str], ...]  # (what, before, after), where it changes
    source: Source
    status: str
    may_be_shown: bool


def changes(pack: Pack, first: date, last: date) -> list[Change]:
    """What is otherwise on a day after `first`, up to and with `last`; oldest first, then by sort and id."""
    found = [change for sort in DATED for change in _sort(sort, getattr(pack, sort)) if change.day is not None]
    return sorted(
        (change for change in found if change.day and first < change.day <= last),
        key=lambda change: (change.day or _EVER, DATED.index(change.sort), change.id),
    )


def not_in_force(pack: Pack, on: date) -> list[Change]:
    """What is enacted, and on this day not in force or not known to be: prospective, start unknown, never begun."""
    found = [change for sort in DATED for change in _sort(sort, getattr(pack, sort))]
    return [
        change
        for change in found
        if change.how == "not in force yet" and (change.day is None or change.day > on or change.status != "in-force")
    ]


def _sort(sort: str, items: Iterable[Any]) -> Iterable[Change]:
    versions: dict[str, list[Any]] = {}
    for item in items:
        if not getattr(item, "chases", ""):
            versions.setdefault(item.id, []).append(item)
    for listed in versions.values():
        inside = sorted((each for each in listed if _begun(each.in_force)), key=lambda each: _first(each.in_force))
        for at, item in enumerate(inside):
            yield from _one(
                sort, item, inside[at - 1] if at else None, inside[at + 1] if at + 1 < len(inside) else None
            )
        for item in listed:
            if item.in_force.status in NOT_YET:
                day = _first(item.in_force) if item.in_force.status == "prospective" else _EVER
                yield _change(None if day == _EVER else day, "not in force yet", sort, item)


def _one(sort: str, item: Any, before: Any, after: Any) -> Iterable[Change]:
    """The first day of a version, and the day after its last where no other follows at once."""
    first = _first(item.in_force)
    follows = before is not None and before.in_force.until and _day(before.in_force.until) + timedelta(days=1) == first
    if follows:
        yield _change(first, "changes", sort, item, before)
    elif first != _EVER:
        yield _change(first, "begins", sort, item)
    if item.in_force.until:
        end = _day(item.in_force.until) + timedelta(days=1)
        if after is None or _first(after.in_force) != end:
            yield _change(end, "not known after" if item.in_force.then == "unknown" else "ends", sort, item)


def _change(day: date | None, how: Any, sort: str, item: Any, before: Any = None) -> Change:
    source: Source = item.source
    shown = source.may_be_shown and getattr(item, "survivor_sees", True)
    differences = _differences(before, item) if before is not None else ()
    return Change(
        day, how, sort, item.id, item.says, before.says if before is not None else "", differences, source,
        item.in_force.status, shown,
    )  # fmt: skip


def _differences(before: Any, after: Any) -> tuple[tuple[str, str, str], ...]:
    pairs = [("says", before.says, after.says), ("authority", _authority(before), _authority(after))]
    if isinstance(after, Duty | Limit):
        pairs.append(("within", _within(before), _within(after)))
    if hasattr(after, "only_in"):
        pairs.append(("where", _places(before), _places(after)))
    if isinstance(after, Duty):
        pairs.append(("owed by", before.owed_by, after.owed_by))
    if isinstance(after, Order):
        pairs.append(("lasts", _lasts(before), _lasts(after)))
    return tuple(pair for pair in pairs if pair[1] != pair[2])


def _within(item: Duty | Limit) -> str:
    return item.limit_words or "; ".join(alternative.limit for alternative in item.within)


def _places(item: Any) -> str:
    return ", ".join(item.only_in) or "everywhere"


def _lasts(order: Order) -> str:
    lasts = order.lasts
    return lasts.words or " to ".join(filter(None, (lasts.at_least, lasts.at_most)))


def _authority(item: Any) -> str:
    return str(getattr(item, "authority", ""))


def _begun(law: InForce) -> bool:
    return law.status == "in-force"


def _first(law: InForce) -> date:
    return _EVER if law.from_ == "not stated" else _day(law.from_)


def _day(text: str) -> date:
    return date.fromisoformat(text)
