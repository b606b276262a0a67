"""A pack made ready to be asked: duties indexed by the kind that starts them, conditions and clocks read once.

- A pack is compiled once, at loading; `owed` then only looks up and counts.
- The dated versions of one duty are kept together, so that a day which no version covers can be told from a day
  before the first.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from datetime import date
from datetime import datetime
from typing import Any

from holdfast.law.calendars import Days
from holdfast.law.clock import Clock
from holdfast.law.clock_text import read as read_clock
from holdfast.law.conditions import Condition
from holdfast.law.conditions import read_condition
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Pack
from holdfast.law.pack import StartsAt
from holdfast.law.pack import Trigger


@dataclass(frozen=True, slots=True)
class Ending:
    """An entry that ends or lapses a duty."""

    kind: str
    about_started: bool
    test: Condition | None


@dataclass(frozen=True, slots=True)
class Choice:
    """One alternative limit, with the condition under which it holds."""

    test: Condition | None
    clock: Clock
    given: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated version of one duty or limit."""

    law: Duty | Limit
    test: Condition | None
    choices: tuple[Choice, ...]
    only_clock: Clock | None  # when there is one unconditional limit
    ends: tuple[Ending, ...]
    lapses: tuple[Ending, ...]
    end_kinds: frozenset[str]  # looked at first: most duties of most cases have nothing yet that could end them
    lapse_kinds: frozenset[str]
    alarm: Clock | None
    repeats: Clock | None
    from_: datetime | None  # None covers every date
    until: datetime | None
    start_at: str  # happened, recorded, received, a field name, or '' when another entry starts the clock
    waits_for: Ending | None
    pauses: tuple[tuple[str, str], ...]
    overdue_when: str
    only_in: frozenset[str]


@dataclass(frozen=True, slots=True)
class Started:
    """The versions of one duty that one kind of entry starts, in order of their first day."""

    test: Condition | None  # on the starting entry's own fields
    rules: tuple[Rule, ...]
    duty_id: str


class Rules:
    """Everything a pack says, indexed by the kind of entry that starts it."""

    def __init__(self, duties: tuple[Duty, ...] | tuple[Limit, ...], days: Days):
        self.days = days
        self.by_start: dict[str, tuple[Started, ...]] = {}
        self.ending_kinds: set[str] = {"DutyWaived", "DutyUnsafe"}
        grouped: dict[str, list[Duty | Limit]] = {}
        for law in duties:
            if law.in_force.status != "in-force":  # prospective or never commenced: held, and owed by nobody
                continue
            grouped.setdefault(law.id, []).append(law)
        starts: dict[str, list[Started]] = {}
        for duty_id, versions in grouped.items():
            for kind, test, laws in _starts(versions):
                rules = sorted((self._rule(law) for law in laws), key=lambda rule: rule.from_ or _EARLIEST)
                starts.setdefault(kind, []).append(Started(test, tuple(rules), duty_id))
        self.by_start = {kind: tuple(found) for kind, found in starts.items()}

    def _rule(self, law: Duty | Limit) -> Rule:
        choices = tuple(
            Choice(read_condition(choice.when), read_clock(choice.limit), dict(choice.when)) for choice in law.within
        )
        ends = tuple(_ending(trigger) for trigger in law.ends)
        lapses = tuple(_ending(trigger) for trigger in law.lapses)
        self.ending_kinds.update(ending.kind for ending in (*ends, *lapses))
        duty = law if isinstance(law, Duty) else None
        waits = law.counts_from if isinstance(law.counts_from, StartsAt) else None
        if waits:
            self.ending_kinds.add(waits.kind)
        if duty and duty.overdue_when:
            self.ending_kinds.add(duty.overdue_when)
        for pause in law.pauses:
            self.ending_kinds.update((pause.from_, pause.until))
        repeats = duty.repeats if duty else ""
        return Rule(
            law=law,
            test=read_condition(law.when),
            choices=choices,
            only_clock=choices[0].clock if len(choices) == 1 and choices[0].test is None else None,
            ends=ends,
            lapses=lapses,
            end_kinds=frozenset(ending.kind for ending in ends),
            lapse_kinds=frozenset(ending.kind for ending in lapses),
            alarm=read_clock(duty.alarm.within) if duty and duty.alarm else None,
            repeats=read_clock(repeats.removeprefix("every ")) if repeats else None,
            from_=None if law.in_force.from_ == "not stated" else _midnight(law.in_force.from_, self.days),
            until=_midnight(law.in_force.until, self.days, after=True) if law.in_force.until else None,
            start_at="" if waits else str(law.counts_from).removeprefix("entry."),
            waits_for=Ending(waits.kind, True, read_condition(waits.fields, entry_fields=True)) if waits else None,
            pauses=tuple((pause.from_, pause.until) for pause in law.pauses),
            overdue_when=duty.overdue_when if duty else "",
            only_in=frozenset(law.only_in),
        )


def duty_rules(pack: Pack) -> Rules:
    """The pack's duties, ready to be asked. Kept with the pack's own days, so that it is made once."""
    return _kept(pack, "duties", pack.duties)


def limit_rules(pack: Pack) -> Rules:
    """The pack's limits, ready to be asked."""
    return _kept(pack, "limits", pack.limits)


def _kept(pack: Pack, name: str, laws: Any) -> Rules:
    if pack.days is None:
        raise ValueError("The pack has no calendars ready: load it with load_pack.")
    kept: dict[str, Rules] = pack.days.__dict__.setdefault("rules", {})
    if name not in kept:
        kept[name] = Rules(laws, pack.days)
    return kept[name]


_EARLIEST = datetime.min.replace(tzinfo=UTC)


def _starts(versions: list[Duty | Limit]) -> list[tuple[str, Condition | None, list[Duty | Limit]]]:
    """The versions grouped by what starts them: a new version may start on another entry.

    Several triggers of one kind are 'either': one entry starts one duty once.
    """
    found: dict[str, tuple[str, Condition | None, list[Duty | Limit]]] = {}
    for law in versions:
        for kind in dict.fromkeys(trigger.kind for trigger in law.starts):
            wanted = [trigger.fields for trigger in law.starts if trigger.kind == kind]
            key = f"{kind} {wanted}"
            if key not in found:
                either = {} if {} in wanted else wanted[0] if len(wanted) == 1 else {"any": wanted}
                found[key] = (kind, read_condition(either, entry_fields=True), [])
            found[key][2].append(law)
    return list(found.values())


def _ending(trigger: Trigger) -> Ending:
    return Ending(trigger.kind, trigger.about == "started", read_condition(trigger.fields, entry_fields=True))


def _midnight(day: str, days: Days, *, after: bool = False) -> datetime:
    ordinal = date.fromisoformat(day).toordinal()
    return days.start_of(ordinal + 1 if after else ordinal)
