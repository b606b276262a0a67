"""The record as it is seen at one moment: what has happened, what is about what, and what is known.

- Built once for each question, then only looked up: `owed` asks it thousands of things.
- Entries recorded after the moment are not seen; corrected entries are seen as corrected, struck ones not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from typing import Any

from holdfast.law.calendars import Days
from holdfast.law.clock import Undated
from holdfast.law.rules import Ending
from holdfast.law.rules import Rule
from holdfast.law.rules import Rules
from holdfast.record.entry import Entry
from holdfast.record.facts import Facts
from holdfast.record.facts import effective
from holdfast.record.facts import facts_before
from holdfast.record.facts import learn
from holdfast.record.facts import people_before


class Moment:
    """What can be looked up about a record at one moment."""

    __slots__ = ("about", "at", "by_kind", "days", "facts", "ordered", "people")

    def __init__(
        self, at: datetime, ordered: list[Entry], people: Facts, about: dict[int, list[Entry]],
        by_kind: dict[str, list[Entry]], days: Days,
    ):  # fmt: skip
        self.at = at
        self.ordered = ordered  # in the order in which things happened
        self.facts = facts_before()  # folded as `owed` goes along
        self.people = people
        self.about = about  # entry number -> the entries about it
        self.by_kind = by_kind  # only kinds that can end something
        self.days = days

    def start(self, rule: Rule, entry: Entry) -> datetime:
        """When the clock starts; Undated while that is not known."""
        name = rule.start_at
        if name == "happened":
            return entry.happened_at
        if rule.waits_for is not None:
            found = self.first_ending((rule.waits_for,), entry, None)
            if found is None:
                raise Undated(f"the clock starts with '{rule.waits_for.kind}', which is not recorded yet")
            return found.happened_at
        if name == "recorded":
            return entry.recorded_at
        if name == "received":
            return getattr(entry.fields, "received_at", None) or entry.recorded_at
        value = getattr(entry.fields, name, None)
        if value is None or value == "":
            raise Undated(f"the clock starts with '{name.replace('_', ' ')}', which is not recorded")
        return value if isinstance(value, datetime) else self.days.start_of(value.toordinal())

    def first_ending(self, endings: tuple[Ending, ...], entry: Entry, after: datetime | None) -> Entry | None:
        """The first entry that ends what `entry` started; `after` leaves out what ended an earlier instance."""
        best: Entry | None = None
        about_it = self.about.get(entry.number, ())
        for ending in endings:
            started = ending.about_started
            for found in about_it if started else self.by_kind.get(ending.kind, ()):
                if (
                    found.kind != ending.kind
                    or (not started and (found.happened_at < entry.happened_at or found.number == entry.number))
                    or (after is not None and found.happened_at <= after)
                    or (best is not None and found.happened_at >= best.happened_at)
                ):
                    continue
                if ending.test is None or ending.test(self.facts, self.people, found.fields) is True:
                    best = found
                    break
        return best

    def decision(self, duty_id: str, entry: Entry) -> Entry | None:
        """The last waiver or 'not safe to do' for this duty of this entry."""
        if "DutyWaived" not in self.by_kind and "DutyUnsafe" not in self.by_kind:
            return None
        best = None
        for found in self.about.get(entry.number, ()):
            if found.kind in ("DutyWaived", "DutyUnsafe") and found.fields.duty == duty_id:
                best = found
        return best

    def try_again_at(self, decision: Entry) -> datetime | None:
        """The beginning of the day on which a decision is to be looked at again."""
        day = decision.fields.try_again_on
        return self.days.start_of(day.toordinal()) if day else None

    def try_again(self, decision: Entry) -> bool:
        """Whether that day has come."""
        again = self.try_again_at(decision)
        return again is not None and self.at >= again

    def first_of(self, kind: str, start: datetime, due: datetime | None) -> datetime | None:
        """The earlier of `due` and the first entry of a kind since the start."""
        for found in self.by_kind.get(kind, ()):
            if found.happened_at >= start:
                return found.happened_at if due is None else min(due, found.happened_at)
        return due

    def paused(self, pauses: tuple[tuple[str, str], ...], entry: Entry, start: datetime, due: datetime) -> timedelta:
        """How long the clock stood still before it ran out, as far as is known."""
        still = timedelta()
        for begins, ends in pauses:
            since: datetime | None = None
            events = sorted(
                [*self.by_kind.get(begins, ()), *self.by_kind.get(ends, ())], key=lambda found: found.happened_at
            )
            for found in events:
                if found.kind == begins and since is None and found.happened_at < due + still:
                    since = max(found.happened_at, start)
                elif found.kind == ends and since is not None:
                    still += max(found.happened_at - since, timedelta())
                    since = None
            if since is not None:
                still += max(self.at - since, timedelta())
        return still

    def is_in(self, places: frozenset[str]) -> bool | None:
        """Whether the case is in one of these forces or areas; None while neither is known."""
        force, area = self.people.get("case.force"), self.people.get("case.area")
        if force in places or area in places:
            return True
        return None if force is None and area is None else False


def look_around(entries: Sequence[Entry], rules: Rules, at: datetime) -> Moment:
    """The record as seen at a moment."""
    seen = [entry for entry in entries if entry.recorded_at <= at]
    seen = effective(seen)
    seen.sort(key=_happened)
    people = people_before()
    about: dict[int, list[Entry]] = {}
    by_kind: dict[str, list[Entry]] = {}
    ending_kinds = rules.ending_kinds
    for entry in seen:
        learn(people, entry)
        if entry.kind in ending_kinds:
            by_kind.setdefault(entry.kind, []).append(entry)
            for number in entry.about:
                about.setdefault(number, []).append(entry)
    return Moment(at, seen, people, about, by_kind, rules.days)


def _happened(entry: Entry) -> Any:
    return (entry.happened_at, entry.number)
