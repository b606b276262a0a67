"""How a case stands: what the head of its page says, drawn from the entries as corrected.

- What is not known is said as not known. Unknown contact means: no contact, and a person has to ask.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.casefile.codes import plain
from holdfast.doors.desk.in_force import InForce
from holdfast.doors.desk.in_force import in_force
from holdfast.doors.desk.in_words import Said
from holdfast.doors.desk.in_words import fields_in_words
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.local_time import day_in_words
from holdfast.doors.desk.local_time import in_short
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry
from holdfast.record.facts import FACTS
from holdfast.record.facts import effective
from holdfast.record.facts import facts_of
from holdfast.record.field import UNKNOWN

_NO_CONTACT = "No safe way of contact is known: do not ring, write or send anything."
_GRADES = ("high", "medium", "standard")


class Contact(NamedTuple):
    """The safe way to reach the survivor, or why there is none."""

    agreed: bool
    headline: str
    said: tuple[Said, ...] = ()
    entry: int | None = None


class Person(NamedTuple):
    """Somebody in the case, with what became known of them, the newest first."""

    party: str
    name: str
    said: tuple[Said, ...]
    number: int


class Standing(NamedTuple):
    """The case at one moment."""

    survivor: str
    suspect: str
    children: int
    people: tuple[Person, ...]
    risk: str
    risk_since: str
    risk_how: tuple[Said, ...]
    contact: Contact
    orders: tuple[InForce, ...]
    closed: bool
    invented: bool
    linked: tuple[tuple[str, bool], ...]  # the other case, and whether it has a code of this house
    facts: tuple[tuple[str, str], ...]
    reference: str


def standing(entries: Sequence[Entry], pack: Pack, zone: ZoneInfo, now: datetime) -> Standing:
    """The case as it stands."""
    seen = sorted(effective(list(entries)), key=lambda entry: (entry.happened_at, entry.number))
    facts, people = facts_of(entries)
    graded = [
        entry for entry in seen if entry.kind.startswith("Risk") and getattr(entry.fields, "grade", "") in _GRADES
    ]
    parties = _people(seen, zone, pack)
    return Standing(
        survivor=_name_of("survivor", parties),
        suspect=_name_of("suspect", parties),
        children=sum(1 for entry in seen if entry.kind == "ChildSeen"),
        people=parties,
        risk=graded[-1].fields.grade if graded else "",
        risk_since=in_short(graded[-1].happened_at, zone) if graded else "",
        risk_how=fields_in_words(graded[-1].fields, zone, pack) if graded else (),
        contact=_contact(seen, zone, pack, now),
        orders=in_force(seen, zone, pack, now),
        closed=facts.get("case.closed") == "yes",
        invented=any(entry.kind == "CaseOpened" and entry.fields.invented == "yes" for entry in seen),
        linked=tuple(
            (plain(entry.fields.to_case) or entry.fields.to_case, bool(plain(entry.fields.to_case)))
            for entry in seen
            if entry.kind == "ReportLinked"
        ),
        facts=tuple((FACTS[name], value_in_words(value)) for name, value in (people | facts).items() if name in FACTS),
        reference=next((_reference(entry) for entry in reversed(seen) if _reference(entry)), ""),
    )


def _reference(entry: Entry) -> str:
    return str(getattr(entry.fields, "reference", "")) if entry.kind in ("CrimeRecorded", "IncidentRecorded") else ""


def _people(seen: Sequence[Entry], zone: ZoneInfo, pack: Pack) -> tuple[Person, ...]:
    found = []
    for entry in reversed(seen):
        if entry.kind == "PersonNamed":
            fields: Any = entry.fields
            found.append(Person(fields.party, fields.name, fields_in_words(fields, zone, pack), entry.number))
    return tuple(found)


def _name_of(party: str, people: Sequence[Person]) -> str:
    return next((person.name for person in people if person.party == party and person.name), "")


def _contact(seen: Sequence[Entry], zone: ZoneInfo, pack: Pack, now: datetime) -> Contact:
    """The last agreement, unless it says nothing, is out of date, or somebody else answered since."""
    agreed = [entry for entry in seen if entry.kind in ("ContactAgreed", "ContactChanged")]
    if not agreed:
        return Contact(False, f"{_NO_CONTACT} Ask in person first.")
    last: Any = agreed[-1]
    said = fields_in_words(last.fields, zone, pack)
    unsafe = [
        entry
        for entry in seen
        if entry.kind == "SurvivorNotReached" and entry.fields.why in ("answered_by_other", "not_safe")
    ]
    if unsafe and unsafe[-1].happened_at > last.happened_at:
        headline = "The agreed way is no longer safe: somebody else answered. Do not use it again."
        return Contact(False, headline, said, last.number)
    if last.fields.channel in UNKNOWN:
        return Contact(False, _NO_CONTACT, said, last.number)
    review_on = getattr(last.fields, "review_on", None)
    if review_on is not None and review_on < now.astimezone(zone).date():
        headline = f"What was agreed as safe is out of date: it was to be asked again on {day_in_words(review_on)}."
        return Contact(False, f"{headline} Send nothing until somebody has asked again.", said, last.number)
    return Contact(True, f"Safe contact: {value_in_words(last.fields.channel).lower()}", said, last.number)
