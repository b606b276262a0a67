"""How long a case's file is kept: the outcome of the case, the rule of the pack for it, and what holds the file back.

- A rule never erases anything: when its time has come a person looks at the file, and two people decide.
- Whatever is not known keeps: an outcome that the record does not give, a rule that is not there, a source that nobody
  verified, a clock that cannot be worked.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from typing import NamedTuple

from holdfast.law.calendars import CalendarRunOut
from holdfast.law.clock import Undated
from holdfast.law.clock_text import read
from holdfast.law.data import Authority
from holdfast.law.data import Data
from holdfast.law.data import InForce
from holdfast.law.data import Source
from holdfast.record.entry import Entry
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS

OUTCOMES = ("convicted", "found_not_guilty", "prosecution_stopped", "cautioned", "no_further_action", "survivor_died")
Outcome = Literal[
    "convicted", "found_not_guilty", "prosecution_stopped", "cautioned", "no_further_action", "survivor_died"
]


class Retention(Data, frozen=True):
    """For how long a file is kept, by how its case came out. `keep_for` is a clock in days or months."""

    id: str
    outcomes: tuple[Outcome, ...]
    keep_for: str
    staff: str
    authority: Authority
    source: Source
    in_force: InForce
    counts_from: Literal["closed", "last-entry"] = "closed"
    pack: str = ""
    file: str = ""


class Review(NamedTuple):
    """What the law says of one file. `due_on` is None where nothing that is known gives a day: it is kept."""

    outcome: str  # one of OUTCOMES, or 'not_known'
    rule: Retention | None
    due_on: datetime | None
    why: str  # in words, without a detail of the case


class Hold(NamedTuple):
    """Somebody said that the file must be kept, whatever its retention says."""

    number: int  # of the entry
    for_what: str


# What may follow a closing without making the case a live one: telling the survivor of it, and holding the file.
_QUIET = frozenset({"holding", "contact", "case", "alarm"})
_WAKING = frozenset({"CaseReopened", "ReportLinked", "RepeatFound", "PersonNamed", "FactEstablished"})


def outcome_of(entries: Sequence[Entry]) -> str:
    """How a case came out, from its effective entries; 'not_known' where the record does not say.

    An appeal that was allowed takes a conviction back to not known: a person looks at such a file.
    """
    by_kind: dict[str, list[Entry]] = {}
    for entry in entries:
        by_kind.setdefault(entry.kind, []).append(entry)
    if "SurvivorDied" in by_kind:
        return "survivor_died"
    appeals = [entry.fields.outcome for entry in by_kind.get("AppealDecided", ())]
    if any(outcome not in ("dismissed", "abandoned") for outcome in appeals):
        return "not_known"
    verdicts = {entry.fields.verdict for entry in by_kind.get("VerdictGiven", ())}
    pleas = {entry.fields.plea for entry in by_kind.get("PleaEntered", ())}
    if (
        "SentencePassed" in by_kind
        or verdicts & {"guilty", "mixed", "found_to_have_done_it"}
        or pleas & {"guilty", "mixed"}
    ):
        return "convicted"
    if verdicts:
        return "found_not_guilty" if verdicts == {"not_guilty"} else "not_known"
    if "ProsecutionStopped" in by_kind:
        return "prosecution_stopped"
    if "SuspectCharged" in by_kind:
        return "not_known"  # charged, and nothing says what came of it
    if "DealtWithOutOfCourt" in by_kind:
        return "cautioned"
    ended = [*by_kind.get("CaseClosed", ())]
    if "ChargeRefused" in by_kind or (ended and ended[-1].fields.reason == "no_further_action"):
        return "no_further_action"
    return "not_known"


def holds_on(entries: Sequence[Entry]) -> list[Hold]:
    """The holds that nobody released, oldest first."""
    released = {number for entry in entries if entry.kind == "KeepingReleased" for number in entry.about}
    return [
        Hold(entry.number, entry.fields.for_what)
        for entry in entries
        if entry.kind == "KeepingHeld" and entry.number not in released
    ]


def closed_at(entries: Sequence[Entry]) -> datetime | None:
    """When the case was closed for the last time; None where it is open, or was opened again, or something came after.

    A new call, report or event after the closing makes the case a live one until it is closed again.
    """
    closed: datetime | None = None
    for entry in entries:
        if entry.kind == "CaseClosed":
            closed = entry.happened_at
        elif entry.kind in _WAKING or stage(KINDS[entry.kind]) not in _QUIET:
            closed = None
    return closed


def review_of(entries: Sequence[Entry], rules: Sequence[Retention], days: object, at: datetime) -> Review:
    """When the file of a closed case is to be looked at, by the rules that hold at `at`; `days` are the pack's."""
    outcome, closed = outcome_of(entries), closed_at(entries)
    if closed is None:
        return Review(outcome, None, None, "The case is not closed, or something happened after it was closed.")
    if outcome == "not_known":
        return Review(outcome, None, None, "The record does not say how the case came out, so the file is kept.")
    rule = rule_for(outcome, rules, at)
    if rule is None:
        return Review(outcome, None, None, "No rule of this place says how long such a file is kept, so it is kept.")
    if not rule.source.may_be_shown:
        return Review(outcome, rule, None, "Nobody has verified the rule for such a file, so it is kept.")
    start = closed if rule.counts_from == "closed" else max(entry.happened_at for entry in entries)
    try:
        due = read(rule.keep_for).end(start, None, days)  # type: ignore[arg-type]
    except (Undated, CalendarRunOut, OverflowError, ValueError):
        return Review(outcome, rule, None, "When the file may be looked at cannot be worked out, so it is kept.")
    why = "The time for which it must be kept has passed." if due <= at else "It must still be kept."
    return Review(outcome, rule, due, why)


def rule_for(outcome: str, rules: Sequence[Retention], at: datetime) -> Retention | None:
    """The rule for an outcome that is in force on the day of `at`; None where there is none, or more than one."""
    day = at.date().isoformat()
    found = [
        rule
        for rule in rules
        if outcome in rule.outcomes
        and rule.in_force.status == "in-force"
        and (rule.in_force.from_ == "not stated" or rule.in_force.from_ <= day)
        and (not rule.in_force.until or day <= rule.in_force.until)
    ]
    return found[0] if len(found) == 1 else None
