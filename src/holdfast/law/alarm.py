"""Which duties ring in the control room, who is rung first, and after how many minutes the next.

Our own standard everywhere: no law says when a dispatcher is rung. What is rung is a duty that is overdue, or one whose
limit nobody could work out; how it climbs is in `duties/ringing.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from typing import Literal

from holdfast.law.data import Authority
from holdfast.law.data import Data
from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.record.kinds.alarm import LEVELS


class Level(Data, frozen=True):
    """One who is rung; `after` is how many minutes the one before had to answer."""

    level: Literal["dispatcher", "supervisor", "duty_officer"]
    after: int = 0


class AlarmRule(Data, frozen=True):
    """Some duties and who is rung about them. Minutes throughout."""

    id: str
    duties: tuple[str, ...]
    staff: str  # what the control room reads: one sentence
    levels: tuple[Level, ...]
    authority: Authority
    source: Source
    in_force: InForce
    again_after: int = 10  # an answer is believed so long: what is still not done then rings again
    undated_after: int = 60  # where no limit can be worked out, it is taken to have passed after this
    caller_waits: bool = False  # the caller is to be told, by a way that is safe: rings make a task of it
    only_in: tuple[str, ...] = ()  # forces or areas with minutes of their own; they come before the rule for all
    pack: str = ""
    file: str = ""

    def covers(self, day: str) -> bool:
        """Whether the rule is so on a day, written as 2026-11-21."""
        if self.in_force.status != "in-force":
            return False
        begun = self.in_force.from_ == "not stated" or self.in_force.from_ <= day
        return begun and (not self.in_force.until or day <= self.in_force.until)


def rule_for(rules: Sequence[AlarmRule], duty: str, places: Iterable[str], day: str) -> AlarmRule | None:
    """Who is rung about a duty on a day in a force and area; None where it does not ring."""
    here = set(places)
    found = [rule for rule in rules if duty in rule.duties and rule.covers(day)]
    local = [rule for rule in found if rule.only_in and here & set(rule.only_in)]
    general = [rule for rule in found if not rule.only_in]
    return next(iter([*local, *general]), None)


def in_order(levels: Sequence[Level]) -> bool:
    """Whether nobody is left out below whoever is rung last, and each has some time to answer."""
    named = tuple(level.level for level in levels)
    return bool(named) and named == LEVELS[: len(named)] and all(level.after > 0 for level in levels[1:])
