"""`the record + the law = the duties`: what is owed, by whom, by when, and whether it was kept.

- A pure function of values: no clock, no database, no settings. `at` is always passed.
- Only entries recorded by `at` are seen. Done in time and recorded late is kept.
- A duty applies when its condition is true or unknown; where an alternative is unknown the shorter limit wins.
- A limit that cannot be worked out gives the state 'undated', with the reason: never a default.
- The law used is that in force when the clock starts.

The order of the answer is that of the starting entries. `working(owed)` prints how each limit was found, and is made
only when asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from holdfast.duties.moment import Moment
from holdfast.duties.moment import look_around
from holdfast.law.clock import Clock
from holdfast.law.clock import InWords
from holdfast.law.clock import Undated
from holdfast.law.pack import Duty
from holdfast.law.pack import Pack
from holdfast.law.rules import Rule
from holdfast.law.rules import Started
from holdfast.law.rules import duty_rules
from holdfast.record.entry import Entry
from holdfast.record.facts import add

State = Literal["open", "kept", "kept-late", "overdue", "waived", "lapsed", "unsafe", "undated"]
_MOST_REPEATS = 1_000


class Owed(msgspec.Struct, frozen=True, gc=False):
    """One duty owed because of one entry (and, where it repeats, one instance of it). Times are aware, in UTC."""

    duty: Duty
    instance: int  # 1 but for repeating duties
    state: State
    started_by: int  # the starting entry's number
    started_at: datetime | None  # when the clock started; None while it waits for another entry
    due_by: datetime | None  # the last moment; for a limit in words, when staff are rung
    in_words: str  # the law's own words where it gives no number, else ''
    ended_by: int | None
    ended_at: datetime | None
    reason: str  # why undated, waived or unsafe; else ''
    missed: bool  # its time had passed before it was done, waived or lapsed
    look_again_at: datetime | None  # when the passing of time alone changes this answer
    unknown: bool  # a condition was unknown, and the duty applies because unknown is never 'no'
    rule: Rule
    entry: Entry
    clock: Clock | None

    @property
    def id(self) -> str:
        """The duty's id."""
        return self.duty.id

    @property
    def owed_by(self) -> str:
        """The role that owes it."""
        return self.duty.owed_by

    @property
    def owed_to(self) -> str:
        """Whom it is owed to."""
        return self.duty.owed_to


def owed(entries: Sequence[Entry], pack: Pack, at: datetime) -> list[Owed]:
    """Every duty that these entries and this pack give at this moment, whatever its state. Raises nothing on odd
    records.
    """
    rules = duty_rules(pack)
    moment = look_around(entries, rules, at)
    facts = moment.facts
    by_start = rules.by_start
    found: list[Owed] = []
    for entry in moment.ordered:
        add(facts, entry)
        for started in by_start.get(entry.kind, ()):
            applies = True if started.test is None else started.test(facts, moment.people, entry.fields)
            if applies is not False:
                _begin(started, entry, applies is None, moment, found)
    return found


def _begin(started: Started, entry: Entry, unknown: bool, moment: Moment, found: list[Owed]) -> None:
    """Adds what one starting entry makes owed under one duty."""
    rule, reason = version_of(started, entry.happened_at)
    if rule is None:
        return
    if rule.test is not None:
        applies = rule.test(moment.facts, moment.people, entry.fields)
        if applies is False:
            return
        unknown = unknown or applies is None
    if rule.only_in:
        here = moment.is_in(rule.only_in)
        if here is False:
            return
        unknown = unknown or here is None
    if reason:
        found.append(_settle(rule, entry, 1, None, None, None, "", reason, unknown, moment))
        return
    try:
        start = moment.start(rule, entry)
    except Undated as fault:
        found.append(_settle(rule, entry, 1, None, None, None, "", str(fault), unknown, moment))
        return
    if rule.repeats is None:
        found.append(_instance(rule, entry, 1, start, unknown, moment, None))
        return
    _repeat(rule, entry, start, unknown, moment, found)


def _repeat(rule: Rule, entry: Entry, start: datetime, unknown: bool, moment: Moment, found: list[Owed]) -> None:
    """Numbered instances: each begins when the one before was done, and only the last may be open."""
    after = None
    for number in range(1, _MOST_REPEATS):
        item = _instance(rule, entry, number, start, unknown, moment, after)
        if number > 1 and item.state == "lapsed":
            return
        found.append(item)
        if item.ended_at is None or item.state not in ("kept", "kept-late"):
            return  # what lapsed or was decided on does not begin again
        start = after = item.ended_at


def _instance(
    rule: Rule, entry: Entry, number: int, start: datetime, unknown: bool, moment: Moment, after: datetime | None
) -> Owed:
    due: datetime | None
    clock: Clock | None
    try:
        if number > 1 and rule.repeats is not None:
            clock, unsure = rule.repeats, False
            due = clock.end(start, entry.fields, moment.days)
        elif rule.only_clock is not None:
            clock, unsure = rule.only_clock, False
            due = clock.end(start, entry.fields, moment.days)
        else:
            clock, due, unsure = choose_clock(rule, entry, start, moment)
        words = ""
    except InWords as limit:
        words, clock, unsure = str(limit), None, False
        try:
            due = rule.alarm.end(start, entry.fields, moment.days) if rule.alarm else None
        except Undated:
            due = None
    except Undated as fault:
        return _settle(rule, entry, number, start, None, None, "", str(fault), unknown, moment, after)
    if due is not None and rule.pauses:
        due += moment.paused(rule.pauses, entry, start, due)
    if rule.overdue_when:
        due = moment.first_of(rule.overdue_when, start, due)
    return _settle(rule, entry, number, start, due, clock, words, "", unknown or unsure, moment, after)


def choose_clock(rule: Rule, entry: Entry, start: datetime, moment: Moment) -> tuple[Clock, datetime, bool]:
    """The first alternative that holds; where one is unknown, the shorter of it and what follows."""
    best: tuple[datetime, Clock] | None = None
    unsure = False
    for choice in rule.choices:
        holds = True if choice.test is None else choice.test(moment.facts, moment.people, entry.fields)
        if holds is False:
            continue
        end = choice.clock.end(start, entry.fields, moment.days)
        if best is None or end < best[0]:
            best = (end, choice.clock)
        if holds is True:
            break
        unsure = True
    if best is None:
        raise Undated("none of the limits in the pack covers this case")
    return best[1], best[0], unsure


def _settle(
    rule: Rule,
    entry: Entry,
    number: int,
    start: datetime | None,
    due: datetime | None,
    clock: Clock | None,
    words: str,
    reason: str,
    unknown: bool,
    moment: Moment,
    after: datetime | None = None,
) -> Owed:
    """The state: ended, lapsed, waived, not safe, or still owed."""
    at = moment.at
    state: State
    look_again_at = None
    seen = moment.by_kind
    ended = None if rule.end_kinds.isdisjoint(seen) else moment.first_ending(rule.ends, entry, after)
    lapsed = None if rule.lapse_kinds.isdisjoint(seen) else moment.first_ending(rule.lapses, entry, after)
    if ended is not None and (lapsed is None or ended.happened_at <= lapsed.happened_at):
        state = "kept" if due is None or ended.happened_at <= due else "kept-late"
        missed = state == "kept-late"
    elif lapsed is not None:
        state, ended = "lapsed", lapsed
        missed = due is not None and _settled_at(rule, entry, lapsed, moment) > due
    else:
        ended = None
        decision = moment.decision(rule.law.id, entry)
        missed = due is not None and at > due
        if decision is not None and not moment.try_again(decision):
            state = "waived" if decision.kind == "DutyWaived" else "unsafe"
            reason = state
            missed = due is not None and decision.recorded_at > due  # a decision cannot be dated back before the limit
            look_again_at = moment.try_again_at(decision)
            ended = decision
        elif reason or (due is None and not words):
            state = "undated"
            reason = reason or "no limit could be worked out"
        else:
            state = "overdue" if missed else "open"
    return Owed(
        rule.law,  # type: ignore[arg-type]
        number,
        state,
        entry.number,
        start,
        due,
        words,
        ended.number if ended else None,
        ended.happened_at if ended else None,
        reason,
        missed,
        look_again_at,
        unknown,
        rule,
        entry,
        clock,
    )


def _settled_at(rule: Rule, entry: Entry, lapsed: Entry, moment: Moment) -> datetime:
    """When a duty that lapsed was settled: deciding in time not to do it is not missed by its lapsing later."""
    decision = moment.decision(rule.law.id, entry)
    return min(lapsed.happened_at, decision.recorded_at) if decision else lapsed.happened_at


def version_of(started: Started, day: datetime) -> tuple[Rule | None, str]:
    """The dated version that covers a moment, and a reason when none does although an earlier one did."""
    last: Rule | None = None
    for rule in started.rules:
        if rule.from_ is not None and day < rule.from_:
            break
        last = rule
        if rule.until is None or day < rule.until:
            return rule, ""
    if last is None:
        return None, ""  # before the law began
    following = started.rules[-1] is not last
    if last.law.in_force.then == "unknown" or following:
        return last, f"the law after {last.law.in_force.until} is not known to this pack"
    return None, ""  # the law has ended


def working(item: Owed, pack: Pack) -> tuple[str, ...]:
    """How a limit was found, line by line, with its source."""
    lines = []
    if item.unknown:
        lines.append("something the rule asks about is not known, and unknown is never 'no'")
    if item.reason:
        lines.append(item.reason)
    if item.in_words:
        lines.append(f"the law says '{item.in_words}', and gives no number")
        if item.rule.alarm and item.started_at and pack.days:
            lines.append("staff are rung by our own standard:")
            lines += item.rule.alarm.working(item.started_at, item.entry.fields, pack.days)
    elif item.clock and item.started_at and pack.days:
        lines += item.clock.working(item.started_at, item.entry.fields, pack.days)
    if item.duty.overdue_when:
        lines.append(f"its time ends with '{item.duty.overdue_when}' if that comes sooner")
    source = item.duty.source
    lines.append(f"source: {source.title}{', ' + source.article if source.article else ''} ({source.confidence})")
    return tuple(lines)


def still_owed(items: Iterable[Owed]) -> list[Owed]:
    """What is still to be done: open, overdue or undated."""
    return [item for item in items if item.state in ("open", "overdue", "undated")]
