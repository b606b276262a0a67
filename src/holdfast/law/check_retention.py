"""Checking a pack's rules of retention: what could not be counted, and what two rules say of one outcome."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from holdfast.law.clock import Counted
from holdfast.law.clock_text import ClockFault
from holdfast.law.clock_text import read
from holdfast.law.fault import Fault
from holdfast.law.pack import Pack
from holdfast.law.retention import Retention


def check_retention(pack: Pack) -> Iterable[Fault]:
    """Every fault in the rules that a pack says itself or inherits; their sources are checked with all others."""
    for rule in pack.retention:
        if not rule.outcomes:
            yield Fault("law.E070", rule.file, f"{rule.id}: it names no outcome.", "Name those that it is for.")
        if not rule.staff.strip():
            yield Fault("law.E041", rule.file, f"{rule.id}: its wording is missing.", "Write `staff:`.")
        yield from _period(rule)
    for one, other in combinations(pack.retention, 2):
        both = sorted(set(one.outcomes) & set(other.outcomes))
        if both and _meet(one, other):
            yield Fault(
                "law.E071", other.file, f"{other.id}: '{both[0]}' is also in {one.id} on the same day.",
                "Let one rule hold for an outcome: where two do, neither is used and the file is kept.",
            )  # fmt: skip


def _period(rule: Retention) -> Iterable[Fault]:
    try:
        clock = read(rule.keep_for)
    except ClockFault as fault:
        yield Fault("law.E015", rule.file, f"{rule.id}: {fault}", "The grammar is in docs/formats/pack.md.")
        return
    if not isinstance(clock, Counted) or clock.calendar or not clock.number:
        yield Fault(
            "law.E070", rule.file, f"{rule.id}: `keep_for` is no number of days or months.", "Write it as 72 months."
        )


def _meet(one: Retention, other: Retention) -> bool:
    """Whether some day lies in both."""
    starts = [law.in_force.from_ for law in (one, other) if law.in_force.from_ != "not stated"]
    ends = [law.in_force.until for law in (one, other) if law.in_force.until]
    return not starts or not ends or max(starts) <= min(ends)
