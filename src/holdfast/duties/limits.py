"""Limits: the last day on which the survivor may do something. The same clocks as duties, never counted as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from holdfast.duties.moment import Moment
from holdfast.duties.moment import look_around
from holdfast.duties.owed import choose_clock
from holdfast.duties.owed import version_of
from holdfast.law.clock import InWords
from holdfast.law.clock import Undated
from holdfast.law.pack import Limit
from holdfast.law.pack import Pack
from holdfast.law.rules import Rule
from holdfast.law.rules import limit_rules
from holdfast.record.entry import Entry
from holdfast.record.facts import add


class Can(msgspec.Struct, frozen=True):
    """Something the survivor can do, and until when. `until` is None when it cannot be worked out, with the reason."""

    limit: Limit
    state: Literal["open", "passed", "used", "undated"]
    started_by: int
    until: datetime | None
    used_by: int | None
    reason: str


def limits(entries: Sequence[Entry], pack: Pack, at: datetime) -> list[Can]:
    """Every limit that these entries start, in the order of what started them."""
    rules = limit_rules(pack)
    moment = look_around(entries, rules, at)
    found = []
    for entry in moment.ordered:
        add(moment.facts, entry)
        for started in rules.by_start.get(entry.kind, ()):
            if started.test is not None and started.test(moment.facts, moment.people, entry.fields) is False:
                continue
            rule, reason = version_of(started, entry.happened_at)
            if rule is None:
                continue
            if rule.test is not None and rule.test(moment.facts, moment.people, entry.fields) is False:
                continue
            can = _one(rule, entry, moment, reason)
            if can is not None:
                found.append(can)
    return found


def _one(rule: Rule, entry: Entry, moment: Moment, reason: str) -> Can | None:
    limit = rule.law
    if not isinstance(limit, Limit) or moment.first_ending(rule.lapses, entry, None):
        return None
    used = moment.first_ending(rule.ends, entry, None)
    until = None
    if not reason:
        try:
            start = moment.start(rule, entry)
            until = choose_clock(rule, entry, start, moment)[1]
            if rule.pauses:
                until += moment.paused(rule.pauses, entry, start, until)
        except (Undated, InWords) as fault:
            reason = str(fault)
    if used:
        return Can(limit, "used", entry.number, until, used.number, "")
    if until is None:
        return Can(limit, "undated", entry.number, None, None, reason)
    return Can(limit, "passed" if moment.at > until else "open", entry.number, until, None, "")
