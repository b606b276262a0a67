"""For any duty of any pack, the smallest record that makes it fire, and the entry that then keeps it.

- Read from the duty's own data: what starts it, under which conditions, from when its clock counts, what ends it.
- Nothing is known here about any one duty. A duty for which no record can be made is one that can never be owed, or
  never be kept, whatever happens.
- Where an entry has to be about an earlier one, and the pack does not say which, it is about the one that opened the
  case: `owed` asks no more.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import datetime
from datetime import timedelta
from itertools import product
from typing import Any
from typing import NamedTuple

from tests.support.establishing import establish
from tests.support.establishing import fill
from tests.support.wanted import Wanted
from tests.support.wanted import being
from tests.support.wanted import ways

from holdfast.duties.owed import Owed
from holdfast.duties.owed import owed
from holdfast.law.clock_text import fields_of_clock
from holdfast.law.clock_text import read as read_clock
from holdfast.law.pack import Duty
from holdfast.law.pack import Pack
from holdfast.law.pack import StartsAt
from holdfast.law.pack import Trigger
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import fields_of
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

MINUTE = timedelta(minutes=1)
FAR = timedelta(days=60)  # where a limit lies before a recorded day, that day is this far off


class Simulated(NamedTuple):
    """A record in which a duty fires and is kept: `entries` without their last are the record before it was kept."""

    entries: tuple[Entry, ...]
    started_by: int
    fired_at: datetime
    kept_at: datetime
    rests_on_unknown: bool  # the condition itself asks for an answer that is not known

    def fired(self, pack: Pack) -> list[Owed]:
        """What is owed before anything was done."""
        return owed(self.entries[:-1], pack, self.fired_at)

    def kept(self, pack: Pack) -> list[Owed]:
        """What is owed once it was done."""
        return owed(self.entries, pack, self.kept_at)


def simulate(duty: Duty, pack: Pack, moment: datetime, alternative: int = 0) -> Iterator[Simulated]:
    """Records, each another way of making the duty fire at a moment under one of its limits. One of them should do."""
    for start, end in product(duty.starts, duty.ends):
        for own, facts in _ways_to_apply(duty, start, alternative):
            for ended in ways(end.fields):
                made = _record(duty, pack, moment, (start, own), facts, (end, ended))
                if made is not None:
                    yield made


def first_moment(duty: Duty, pack: Pack, hour: int = 10, weekday: int = 2) -> datetime:
    """A moment in a duty's first fortnight of force, on a weekday (0 is Monday) at an hour of the place's own clock."""
    assert pack.days is not None
    if duty.in_force.from_ == "not stated" or duty.in_force.from_ < "2026-06-01":
        first = date(2026, 6, 1)
    else:
        first = date.fromisoformat(duty.in_force.from_)
    if duty.in_force.until:
        last = date.fromisoformat(duty.in_force.until) - timedelta(days=14)
        first = max(min(first, last), date.min if duty.in_force.from_ == "not stated" else _first(duty))
    day = first + timedelta(days=1 + (weekday - first.weekday() - 1) % 7)
    return pack.days.start_of(day.toordinal()) + timedelta(hours=hour)


def _first(duty: Duty) -> date:
    return date.fromisoformat(duty.in_force.from_)


def _ways_to_apply(duty: Duty, start: Trigger, alternative: int) -> Iterator[tuple[Wanted, Wanted]]:
    """What the starting entry's own fields have to be, and what has to be known before it."""
    earlier = [{"not": limit.when} for limit in duty.within[:alternative]]
    conditions = [duty.when, duty.within[alternative].when, *earlier]
    for own, *met in product(ways(start.fields), *map(ways, conditions)):
        mine: Wanted = dict(own)
        facts: Wanted = {}
        for name, asked in (pair for part in met for pair in part.items()):
            to, field = (mine, name.removeprefix("entry.")) if name.startswith("entry.") else (facts, name)
            to[field] = (*to.get(field, ()), *asked)
        yield mine, facts


def _record(
    duty: Duty, pack: Pack, moment: datetime, start: tuple[Trigger, Wanted], facts: Wanted, end: tuple[Trigger, Wanted]
) -> Simulated | None:
    record = _Record(duty, pack, moment)
    record.open(facts)
    trigger, own = start
    for fact, asked in facts.items():
        for kind, wanted in establish(fact, asked):
            # The case is opened once, and what starts the duty says of itself what it says.
            if kind not in ("CaseOpened", trigger.kind):
                record.add(kind, wanted, moment - timedelta(hours=1), about=(1,))
    record.add(trigger.kind, own, moment, about=(1,), times=record.times_of_the_clock())
    started_by = len(record.entries)
    later = moment
    if isinstance(duty.counts_from, StartsAt):
        later += MINUTE
        counted = next(ways(duty.counts_from.fields))
        record.add(duty.counts_from.kind, counted, later, about=(started_by,))
    ended, fields = end
    record.add(ended.kind, fields, later + MINUTE, about=(started_by,))
    if record.impossible:
        return None
    unknown = any(
        value in UNKNOWN for value in (getattr(record.entries[started_by - 1].fields, name, "") for name in own)
    )
    return Simulated(tuple(record.entries), started_by, later + MINUTE / 2, later + 2 * MINUTE, unknown)


class _Record:
    """A record as it is written."""

    def __init__(self, duty: Duty, pack: Pack, moment: datetime):
        self.duty = duty
        self.pack = pack
        self.moment = moment
        self.entries: list[Entry] = []
        self.impossible = False

    def open(self, facts: Wanted) -> None:
        """The entry that opens the case, where the duty holds."""
        where = {
            name.removeprefix("case."): asked for name, asked in facts.items() if name in ("case.force", "case.area")
        }
        if self.duty.only_in:
            place = self.duty.only_in[0]
            force = next((one.id for one in self.pack.forces if place == one.id or place in one.areas), place)
            where["force"] = being(force)
            if force != place:
                where["area"] = being(place)
        self.add("CaseOpened", where, self.moment - timedelta(hours=2), about=())

    def times_of_the_clock(self) -> dict[str, Any]:
        """Fields of the starting entry that the clock reads."""
        times: dict[str, Any] = {}
        for alternative in self.duty.within:
            for name in fields_of_clock(read_clock(alternative.limit)):
                minutes = alternative.limit.endswith(" minutes")
                times[name] = 60 if minutes else self.moment + FAR
        counts_from = self.duty.counts_from
        if isinstance(counts_from, str) and counts_from.startswith("entry."):
            times.setdefault(counts_from.removeprefix("entry."), self.moment)
        return times

    def add(
        self, kind: str, wanted: Wanted, at: datetime, *, about: tuple[int, ...], times: Mapping[str, Any] | None = None
    ) -> None:
        """One more entry; where its fields can't be as wanted, the record is impossible."""
        plain = fill(KINDS[kind], wanted, at)
        if plain is None:
            self.impossible = True
            return
        holds = {field.name: field.holds for field in fields_of(KINDS[kind])}
        for name, value in (times or {}).items():
            if holds.get(name) == "day":
                plain[name] = value.date().isoformat()
            elif name in holds:
                plain[name] = value.isoformat() if isinstance(value, datetime) else value
        role = self.duty.owed_by if self.duty.owed_by in STAFF_ROLES else "officer"
        fields = read_fields(KINDS[kind], plain)
        self.entries.append(Entry(len(self.entries) + 1, kind, at, at, By(role, "X1"), fields, None, about))
