"""Entries as somebody would record them: the fields that an entry needs, and the entries that establish a fact."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tests.support.wanted import Asked
from tests.support.wanted import Wanted
from tests.support.wanted import being
from tests.support.wanted import meets
from tests.support.wanted import named

from holdfast.record.facts import _ESTABLISHED
from holdfast.record.field import UNKNOWN
from holdfast.record.field import Digest
from holdfast.record.field import Item
from holdfast.record.kind import FieldOf
from holdfast.record.kind import fields_of
from holdfast.record.value import metas

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


# What has to have one shape: the number of an item, and a hash.
_SHAPED = {
    meta.pattern: value
    for annotation, value in ((Item, "0e5c1c34-6d6f-4a0e-9b7b-3f6f3c0f5a11"), (Digest, "0" * 64))
    for meta in metas(annotation)
    if meta.pattern
}


def establish(fact: str, asked: tuple[Asked, ...]) -> list[tuple[str, Wanted]]:
    """The entries after which a fact is what is asked for: (kind, its fields). None where it is so from the start."""
    value = next((value for value in ("yes", "no", *named(asked)) if meets(asked, value)), None)
    if fact in _PARTIES:
        somebody = {"party": being(_PARTIES[fact]), "name": being("A N Invented")}
        return [("PersonNamed", somebody)] if value == "yes" else []
    if fact in _CODES:
        return [("FactEstablished", {"fact": being(_CODES[fact]), "is_so": being(value)})]
    if fact in _ESTABLISHING:
        kind, field = _ESTABLISHING[fact]
        return [(kind, {field: asked})]
    kind, fields = _EVENTS[fact]
    entry = (kind, {name: being(one) for name, one in fields.items()})
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


def _candidates(field: FieldOf, asked: tuple[Asked, ...], moment: datetime) -> Iterator[Any]:
    """Values that a field may have, those asked for first and the ways of not knowing last."""
    for value in named(asked):
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
    elif shaped := next((meta.pattern for meta in metas(field.annotation) if meta.pattern in _SHAPED), None):
        yield _SHAPED[shaped]
    else:
        yield {"when": moment.isoformat(), "day": moment.date().isoformat(), "answers": {}, "lines": ["invented"],
               "flag": True}.get(field.holds, "invented")  # fmt: skip
