"""How much of a place's law and practice a pack holds, on what it rests, and when that was last read.

What is inherited is counted once and apart. A duty is owed by somebody: the chase that goes with it is not another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any
from typing import NamedTuple

from holdfast.law.data import Source
from holdfast.law.pack import Pack

SORTS = (
    "duties", "limits", "powers", "policies", "orders", "instruments", "prohibitions", "services", "emergency", "guide",
    "ways", "notices", "retention", "declarations", "plates", "alarms", "call",
)  # fmt: skip
STALE_AFTER_DAYS = 365  # our own standard: law is read again each year


class Counted(NamedTuple):
    """How many things of one sort, by id: said by the pack itself, and inherited."""

    own: int
    inherited: int

    @property
    def total(self) -> int:
        """Both together."""
        return self.own + self.inherited


class Coverage(NamedTuple):
    """What a pack holds. `read_long_ago` and `never_read` name things by 'sort id'."""

    counts: dict[str, Counted]
    by_authority: dict[str, int]  # duties
    by_confidence: dict[str, int]  # sources of everything that has one
    by_status: dict[str, int]  # dated law
    read_long_ago: tuple[str, ...]
    never_read: tuple[str, ...]
    without_easy: tuple[str, ...]  # guide pages


def coverage(pack: Pack, on: date) -> Coverage:
    """The counts, and which sources were last read over a year before `on`, or never."""
    counts = {sort: _counted(pack, items(pack, sort)) for sort in SORTS}
    sourced = [(sort, item) for sort in SORTS for item in items(pack, sort) if hasattr(item, "source")]
    return Coverage(
        counts,
        dict(Counter(duty.authority for duty in items(pack, "duties"))),
        dict(Counter(item.source.confidence for _, item in sourced)),
        dict(Counter(item.in_force.status for _, item in sourced if hasattr(item, "in_force"))),
        tuple(f"{sort} {item.id}" for sort, item in sourced if _age(item.source, on) > STALE_AFTER_DAYS),
        tuple(f"{sort} {item.id}" for sort, item in sourced if not item.source.last_checked_on and not _own(item)),
        tuple(page.id for page in pack.guide if not page.easy),
    )


def items(pack: Pack, sort: str) -> list[Any]:
    """The things of one sort, without the chases that loading made."""
    return [item for item in getattr(pack, sort) if not getattr(item, "chases", "")]


def _counted(pack: Pack, found: Iterable[Any]) -> Counted:
    ids = {(item.id, item.pack == pack.id) for item in found}
    own = {name for name, is_own in ids if is_own}
    return Counted(len(own), len({name for name, _ in ids} - own))


def _age(source: Source, on: date) -> int:
    try:
        return (on - date.fromisoformat(source.last_checked_on)).days
    except ValueError:
        return 0


def _own(item: Any) -> bool:
    return getattr(item, "authority", "") == "our-standard"
