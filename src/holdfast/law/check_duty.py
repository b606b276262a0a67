"""Checking duties and limits: kinds, fields, values, roles, facts, limits, dated versions."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from holdfast.law.calendars import Calendar
from holdfast.law.clock import Worded
from holdfast.law.clock_text import ClockFault
from holdfast.law.clock_text import calendars_of
from holdfast.law.clock_text import fields_of_clock
from holdfast.law.clock_text import read
from holdfast.law.fault import Fault
from holdfast.law.figures import figures_in
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Pack
from holdfast.law.pack import StartsAt
from holdfast.law.pack import Trigger
from holdfast.record.entry import OTHER_ROLES
from holdfast.record.entry import OWING
from holdfast.record.facts import FACTS
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import FieldOf
from holdfast.record.kind import fields_of
from holdfast.record.kinds import KINDS

_GRADES = {
    "risk.grade": {"standard", "medium", "high"},
    "call.grade": {"immediate", "priority", "scheduled", "by_telephone", "referred", "no_attendance"},
}


def check_duties(pack: Pack) -> list[Fault]:
    """Every fault in the pack's duties and limits."""
    faults: list[Fault] = []
    places = {force.id for force in pack.forces} | {area for force in pack.forces for area in force.areas}
    laws: tuple[Duty | Limit, ...] = (*pack.duties, *pack.limits)
    for law in laws:
        if getattr(law, "chases", ""):
            continue
        faults += _one(law, pack.calendars, places)
    faults += _versions(pack.duties)
    faults += _versions(pack.limits)
    return faults


def _one(law: Duty | Limit, calendars: dict[str, Calendar], places: set[str]) -> Iterable[Fault]:
    name, file = law.id, law.file
    start_kinds = [trigger.kind for trigger in law.starts if trigger.kind in KINDS]
    for trigger in (*law.starts, *law.ends, *law.lapses):
        yield from _trigger(trigger, name, file)
    yield from _condition(law.when, start_kinds, name, file)
    for choice in law.within:
        yield from _condition(choice.when, start_kinds, name, file)
        yield from _limit(choice.limit, law, start_kinds, calendars)
    for place in law.only_in:
        if place not in places:
            yield Fault("law.E017", file, f"{name}: '{place}' is not a force or area of the pack.", "See pack.yaml.")
    yield from _counts_from(law, start_kinds)
    yield from _wording(law)
    if not law.starts:
        yield Fault("law.E032", file, f"{name}: nothing starts it.", "Add `starts:`.")
    if isinstance(law, Duty):
        yield from _duty_only(law, start_kinds, calendars)


def _duty_only(law: Duty, start_kinds: list[str], calendars: dict[str, Calendar]) -> Iterable[Fault]:
    name, file = law.id, law.file
    if not law.ends:
        yield Fault("law.E033", file, f"{name}: nothing ends it.", "Add `ends:`.")
    for role in filter(None, (law.owed_by, law.chase.by if law.chase else "")):
        if role not in OWING or role == "survivor":
            yield Fault("law.E013", file, f"{name}: '{role}' cannot owe a duty.", "The roles are in record/entry.py.")
    if law.owed_by in OTHER_ROLES and not law.chase:
        yield Fault("law.E031", file, f"{name}: who owes it does not sign in, and nobody chases it.", "Add `chase:`.")
    for kind in filter(None, (law.overdue_when, *(one for pause in law.pauses for one in (pause.from_, pause.until)))):
        if kind not in KINDS:
            yield Fault("law.E010", file, f"{name}: '{kind}' is not a kind.", "See `holdfast kinds`.")
    for text in (law.alarm.within if law.alarm else "", law.chase.within if law.chase else "", _bare(law.repeats)):
        if text:
            yield from _limit(text, law, start_kinds, calendars, words_allowed=False)


def _bare(repeats: str) -> str:
    return repeats.removeprefix("every ") if repeats else ""


def _trigger(trigger: Trigger, name: str, file: str) -> Iterable[Fault]:
    if trigger.kind not in KINDS:
        yield Fault("law.E010", file, f"{name}: '{trigger.kind}' is not a kind of entry.", "See `holdfast kinds`.")
        return
    for field, wanted in _flat(trigger.fields):
        yield from _field_value(trigger.kind, field, wanted, name, file)


def _condition(given: Mapping[str, Any], start_kinds: list[str], name: str, file: str) -> Iterable[Fault]:
    for fact, wanted in _flat(given):
        if fact.startswith("entry."):
            for kind in start_kinds:
                yield from _field_value(kind, fact.removeprefix("entry."), wanted, name, file)
        elif fact not in FACTS:
            yield Fault("law.E014", file, f"{name}: '{fact}' is not a fact.", "The facts are in docs/formats/pack.md.")
        elif fact in _GRADES and not set(_listed(wanted)) <= _GRADES[fact]:
            yield Fault("law.E012", file, f"{name}: '{fact}' has no such value.", "See docs/formats/pack.md.")
        elif fact not in {*_GRADES, "case.force", "case.area"} and not isinstance(wanted, bool):
            yield Fault("law.E012", file, f"{name}: '{fact}' is true or false.", "Write true or false.")


def _flat(given: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for fact, wanted in given.items():
        if fact == "any":
            for part in wanted:
                yield from _flat(part)
        elif fact == "not":
            yield from _flat(wanted)
        else:
            yield fact, wanted


def _field_value(kind: str, field: str, wanted: Any, name: str, file: str) -> Iterable[Fault]:
    found = _fields(kind).get(field)
    if found is None and isinstance(getattr(KINDS[kind], field, None), property):
        return  # worked out from the entry's own fields, such as the count of 'yes' answers
    if found is None:
        yield Fault("law.E011", file, f"{name}: '{kind}' has no field '{field}'.", "See `holdfast kinds`.")
        return
    if isinstance(wanted, Mapping) or not found.choices:
        return
    for given in _listed(wanted):
        value = {True: "yes", False: "no"}[given] if isinstance(given, bool) else given
        if value not in found.choices and value not in UNKNOWN:
            yield Fault(
                "law.E012", file, f"{name}: '{value}' is not on the list of '{kind}.{field}'.", "See `holdfast kinds`."
            )


def _fields(kind: str) -> dict[str, FieldOf]:
    return {field.name: field for field in fields_of(KINDS[kind])}


def _listed(wanted: Any) -> list[Any]:
    return list(wanted) if isinstance(wanted, list | tuple) else [wanted]


def _limit(
    text: str, law: Duty | Limit, start_kinds: list[str], calendars: dict[str, Calendar], *, words_allowed: bool = True
) -> Iterable[Fault]:
    name, file = law.id, law.file
    try:
        clock = read(text)
    except ClockFault as fault:
        yield Fault("law.E015", file, f"{name}: {fault}", "The grammar is in docs/formats/pack.md.")
        return
    for calendar in calendars_of(clock):
        if calendar not in calendars:
            yield Fault("law.E016", file, f"{name}: the calendar '{calendar}' is not declared.", "See calendars.yaml.")
    for field in fields_of_clock(clock):
        for kind in start_kinds:
            if field not in _fields(kind):
                yield Fault("law.E011", file, f"{name}: '{kind}' has no field '{field}'.", "See `holdfast kinds`.")
        if words_allowed and not law.limit_words:
            yield Fault("law.E034", file, f"{name}: the limit names a field.", "Say it in `limit_words:` for readers.")
    if isinstance(clock, Worded) and not (words_allowed and isinstance(law, Duty) and law.alarm):
        yield Fault(
            "law.E030", file, f"{name}: the limit is in words, and no alarm says when staff are rung.", "Add one."
        )


def _counts_from(law: Duty | Limit, start_kinds: list[str]) -> Iterable[Fault]:
    start = law.counts_from
    if isinstance(start, StartsAt):
        yield from _trigger(Trigger(kind=start.kind, fields=start.fields), law.id, law.file)
    elif start.startswith("entry."):
        for kind in start_kinds:
            if start.removeprefix("entry.") not in _fields(kind):
                yield Fault(
                    "law.E011", law.file, f"{law.id}: '{kind}' has no field for counts_from.", "See `holdfast kinds`."
                )
    elif start not in ("happened", "recorded", "received"):
        yield Fault("law.E015", law.file, f"{law.id}: counts_from cannot be read.", "See docs/formats/pack.md.")


def _wording(law: Duty | Limit) -> Iterable[Fault]:
    # What the survivor never reads needs no words for them, and then none can come through by mistake.
    says = law.says if getattr(law, "survivor_sees", True) else "-"
    for label, text in (("says", says), ("staff", getattr(law, "staff", "-")), ("how", getattr(law, "how", "-"))):
        if not text.strip():
            yield Fault("law.E041", law.file, f"{law.id}: `{label}` is missing.", "Write it.")
    if figures_in(law.says):
        yield Fault(
            "law.E040", law.file, f"{law.id}: a figure is typed into `says`.", "The limit is filled in from `within`."
        )


def _versions(laws: tuple[Duty, ...] | tuple[Limit, ...]) -> Iterable[Fault]:
    """Two dated versions of one duty never cover the same day."""
    grouped: dict[str, list[Duty | Limit]] = {}
    for law in laws:
        grouped.setdefault(law.id, []).append(law)
    for name, versions in grouped.items():
        ordered = sorted(versions, key=lambda law: law.in_force.from_)
        for earlier, later in pairwise(ordered):
            if not earlier.in_force.until or earlier.in_force.until >= later.in_force.from_:
                yield Fault(
                    "law.E023",
                    later.file,
                    f"{name}: two versions cover the same day.",
                    "End the earlier one the day before.",
                )
