"""Checking who is rung about what: a duty that is not there rings nobody, and a level left out is never rung."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from holdfast.law.alarm import AlarmRule
from holdfast.law.alarm import in_order
from holdfast.law.fault import Fault
from holdfast.law.pack import Pack


def check_alarms(pack: Pack) -> Iterable[Fault]:
    """Every fault in the alarms that a pack says itself or inherits; their sources are checked with all others."""
    known = {duty.id for duty in pack.duties}
    for rule in pack.alarms:
        for duty in rule.duties:
            if duty not in known and rule.pack == pack.id:
                yield Fault("law.E076", rule.file, f"{rule.id}: there is no duty '{duty}'.", "Name the duty by its id.")
        if not rule.duties:
            yield Fault("law.E076", rule.file, f"{rule.id}: it names no duty.", "Name those that ring.")
        if not in_order(rule.levels) or rule.again_after < 1 or rule.undated_after < 1 or rule.levels[0].after:
            yield Fault(
                "law.E077", rule.file, f"{rule.id}: who is rung when does not add up.",
                "Begin with the dispatcher and no minutes, leave nobody out, and give each after that some minutes.",
            )  # fmt: skip
        if rule.authority != "our-standard":
            yield Fault("law.E077", rule.file, f"{rule.id}: no law says who is rung.", "Write our-standard.")
        if not rule.staff.strip():
            yield Fault("law.E041", rule.file, f"{rule.id}: its wording is missing.", "Write `staff:`.")
    for one, other in combinations(pack.alarms, 2):
        both = sorted(set(one.duties) & set(other.duties))
        if both and _meet(one, other):
            yield Fault(
                "law.E078", other.file, f"{other.id}: '{both[0]}' also rings by {one.id}.",
                "Let one rule say who is rung about a duty: where two do, only the first is used.",
            )  # fmt: skip


def _meet(one: AlarmRule, other: AlarmRule) -> bool:
    """Whether both may hold in one place on one day."""
    if bool(one.only_in) != bool(other.only_in):
        return False  # a force's own comes before the rule for all
    if one.only_in and not set(one.only_in) & set(other.only_in):
        return False
    starts = [rule.in_force.from_ for rule in (one, other) if rule.in_force.from_ != "not stated"]
    ends = [rule.in_force.until for rule in (one, other) if rule.in_force.until]
    return not starts or not ends or max(starts) <= min(ends)
