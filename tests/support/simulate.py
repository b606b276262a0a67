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
from holdfast.record.facts import _ESTABLISHED
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import FieldOf
from holdfast.record.kind import fields_of
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

MINUTE = timedelta(minutes=1)
FAR = timedelta(days=60)  # where a limit lies before a recorded day, that day is this far off

# One thing that a condition asks of a value: that it is this, that it is none of these, or that it is at least so many.
Asked = tuple[str, Any]
Wanted = dict[str, tuple[Asked, ...]]

_CODES = {fact: name for name, fact in _ESTABLISHED.items()}
_NUMBERS = ("count", "minutes", "months", "metres", "latitude", "longitude", "number")
_PARTIES = {"survivor.known": "survivor", "suspect.known": "suspect"}
# What somebody records so that a fact is known. A plain event is 'no' without any entry.
_ESTABLISHING: dict[str, tuple[str, str]] = {
    "survivor.enhanced": ("NeedsAssessed", "enhanced"),
    "survivor.vulnerable": ("NeedsAssessed", "vulnerable"),
    "survivor.needs_interpreter": ("CallQuestionsAnswered", "interpreter_needed"),
    "risk.grade": ("RiskAssessed", "grade"),
    "call.grade": ("CallGraded", "grade"),
    "call.silent": ("CallReceived", "silent"),
    "order.in_force": ("HistoryChecked", "order_in_force"),
    "repeat.in_12_months": ("ReportLinked", "in_12_months"),
    "repeat.high_risk_before": ("HistoryChecked", "high_risk_before"),
    "repeat.conference_in_12_months": ("HistoryChecked", "conference_in_12_months"),
    "case.force": ("CaseOpened", "force"),
    "case.area": ("CaseOpened", "area"),
}
_EVENTS: dict[str, tuple[str, dict[str, Any]]] = {
    "survivor.contact_agreed": ("ContactAgreed", {}),
    "survivor.withdrew_statement": ("StatementWithdrawn", {}),
    "survivor.declined_updates": ("UpdatesDeclined", {}),
    "survivor.died": ("SurvivorDied", {}),
    "suspect.charged": ("SuspectCharged", {}),
    "suspect.in_custody": ("SuspectArrested", {}),
    "suspect.on_bail": ("BailGranted", {}),
    "suspect.convicted": ("PleaEntered", {"plea": "guilty"}),
    "risk.assessed": ("RiskAssessed", {}),
    "call.officers_arrived": ("UnitArrived", {}),
    "call.officers_already_there": ("UnitArrived", {}),
    "order.known": ("OrderMade", {}),
    "adviser.referred": ("SupportReferred", {"service": "independent_adviser"}),
    "conference.referred": ("ConferenceReferred", {}),
    "case.closed": ("CaseClosed", {}),
}


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


def ways(given: Mapping[str, Any]) -> Iterator[Wanted]:
    """The ways in which a condition can be true: what each name has to be. More than one for 'any', lists and 'not'."""
    parts = [list(_ways_of(name, wanted)) for name, wanted in given.items()]
    for chosen in product(*parts):
        together: Wanted = {}
        for part in chosen:
            for name, asked in part.items():
                together[name] = (*together.get(name, ()), *asked)
        yield together


def meets(asked: tuple[Asked, ...], value: Any) -> bool:
    """Whether a value is all that is asked of it. A list does when it holds what is asked for."""
    listed = value if isinstance(value, list | tuple) else [value]
    for how, wanted in asked:
        if how == "is" and wanted not in listed:
            return False
        if how == "not" and any(one in wanted for one in listed):
            return False
        if how == "between" and not all(one is not None and wanted[0] <= one <= wanted[1] for one in listed):
            return False
    return True


def establish(fact: str, asked: tuple[Asked, ...]) -> list[tuple[str, Wanted]]:
    """The entries after which a fact is what is asked for: (kind, its fields). None where it is so from the start."""
    value = next((value for value in ("yes", "no", *_others(asked)) if meets(asked, value)), None)
    if fact in _PARTIES:
        named = {"party": _is(_PARTIES[fact]), "name": _is("A N Invented")}
        return [("PersonNamed", named)] if value == "yes" else []
    if fact in _CODES:
        return [("FactEstablished", {"fact": _is(_CODES[fact]), "is_so": _is(value)})]
    if fact in _ESTABLISHING:
        kind, field = _ESTABLISHING[fact]
        return [(kind, {field: asked})]
    kind, fields = _EVENTS[fact]
    entry = (kind, {name: _is(one) for name, one in fields.items()})
    if fact == "call.officers_already_there":
        return [entry, entry] if value == "yes" else [entry]
    return [entry] if value == "yes" else []


def fill(kind: type, wanted: Wanted, moment: datetime) -> dict[str, Any] | None:
    """Plain values for an entry: what is wanted, and what has to be given. None where no value is as wanted."""
    values: dict[str, Any] = {}
    declared = {field.name: field for field in fields_of(kind)}
    for name, asked in wanted.items():
        if name == "count_yes":  # no field: how many of the answers are 'yes'
            number = next((limits[0] for how, limits in asked if how == "between"), 1)
            values["answers"] = {f"q{place}": "yes" for place in range(1, int(number) + 1)}
            continue
        if name not in declared:
            return None
        found = next((value for value in _candidates(declared[name], asked, moment) if meets(asked, value)), None)
        if found is None:
            return None
        values[name] = found
    for name, field in declared.items():
        if field.required and name not in values:
            values[name] = next(iter(_candidates(field, (), moment)))
    return values


def _ways_of(name: str, wanted: Any) -> Iterator[Wanted]:
    if name == "any":
        for part in wanted:
            yield from ways(part)
    elif name == "not":
        for inner, refused in wanted.items():
            yield {inner: (("not", tuple(map(_plain, _listed(refused)))),)}
    elif isinstance(wanted, Mapping):
        yield {name: (("between", (wanted.get("at_least", 0), wanted.get("at_most", 10**9))),)}
    else:
        for one in _listed(wanted):
            yield {name: _is(_plain(one))}


def _listed(wanted: Any) -> list[Any]:
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _plain(value: Any) -> Any:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else value


def _is(value: Any) -> tuple[Asked, ...]:
    return (("is", value),)


def _others(asked: tuple[Asked, ...]) -> list[Any]:
    return [wanted for how, wanted in asked if how == "is"]


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


def _candidates(field: FieldOf, asked: tuple[Asked, ...], moment: datetime) -> Iterator[Any]:
    """Values that a field may have, those asked for first and the ways of not knowing last."""
    for value in _others(asked):
        yield [value] if field.holds == "choices" else value
    known_first = sorted(field.choices, key=lambda value: value in UNKNOWN)
    if field.holds == "choice":
        yield from known_first
    elif field.holds == "choices":
        yield from ([value] for value in known_first)
    elif field.holds in _NUMBERS:
        least = max([limits[0] for how, limits in asked if how == "between"], default=1)
        yield from (least, least + 1, 0)
    elif field.holds == "parts":
        assert field.part is not None
        yield [fill(field.part, {}, moment)]
    else:
        yield {"when": moment.isoformat(), "day": moment.date().isoformat(), "answers": {}, "lines": ["invented"],
               "flag": True}.get(field.holds, "invented")  # fmt: skip


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
            where["force"] = _is(force)
            if force != place:
                where["area"] = _is(place)
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
