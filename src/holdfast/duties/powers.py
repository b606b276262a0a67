"""What police may do now: each power with its tests. A power needs true; unknown is not enough."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from datetime import datetime
from typing import Literal

import msgspec

from holdfast.law.conditions import read_condition
from holdfast.law.pack import Pack
from holdfast.law.pack import Power
from holdfast.law.pack import Test
from holdfast.record.entry import Entry
from holdfast.record.facts import facts_of


class Tested(msgspec.Struct, frozen=True):
    """One part of a test. `answer` is None where the officer has to affirm it, or the record does not know."""

    test: Test
    answer: bool | None
    asks_officer: bool


class Usable(msgspec.Struct, frozen=True):
    """A power, and how its tests stand. 'if affirmed' means that the record answers its own part with yes."""

    power: Power
    stands: Literal["if affirmed", "met", "not met", "not known"]
    tests: tuple[Tested, ...]


def powers(entries: Sequence[Entry], pack: Pack, at: datetime) -> list[Usable]:
    """Every power in force on the day, with its tests answered from the record where it can."""
    facts, people = facts_of([entry for entry in entries if entry.recorded_at <= at])
    day = pack.days.local(at).date() if pack.days else at.date()
    places = {people.get("case.force"), people.get("case.area")} - {None}
    found = []
    for power in pack.powers:
        if not _in_force(power, day) or (power.only_in and places and not places & set(power.only_in)):
            continue
        tests = []
        for test in power.tests:
            condition = read_condition(test.fact)
            answer = condition(facts, people, None) if condition else None
            tests.append(Tested(test, answer, condition is None))
        record = [tested.answer for tested in tests if not tested.asks_officer]
        if power.only_in and not places:
            record.append(None)
        stands: Literal["if affirmed", "met", "not met", "not known"]
        if False in record:
            stands = "not met"
        elif None in record:
            stands = "not known"
        else:
            stands = "if affirmed" if any(tested.asks_officer for tested in tests) else "met"
        found.append(Usable(power, stands, tuple(tests)))
    return found


def _in_force(power: Power, day: date) -> bool:
    in_force = power.in_force
    if in_force.status != "in-force":
        return False
    if in_force.from_ != "not stated" and day < date.fromisoformat(in_force.from_):
        return False
    return not in_force.until or day <= date.fromisoformat(in_force.until)
