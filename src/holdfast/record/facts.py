"""What the entries add up to: one closed list of facts that a duty or a power may test.

- Facts about people (`PEOPLE`) are taken as known at the time of asking: once learned, they held all along.
- Facts that change are folded in the order in which things happened, so that each duty sees them as they stood when
  its clock started.
- A fact nobody established is missing: unknown, never 'no'. Plain events are 'no' until their entry is there.
- Adding one entry to old facts equals folding the whole list again.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import read_fields
from holdfast.record.kind import write_fields
from holdfast.record.kinds import KINDS

Facts = dict[str, Any]

FACTS: dict[str, str] = {
    "survivor.enhanced": "entitled to enhanced rights under the code",
    "survivor.vulnerable": "vulnerable or intimidated",
    "survivor.under_18": "under 18",
    "survivor.has_care_needs": "an adult with care and support needs",
    "survivor.pregnant": "pregnant, or had a baby lately",
    "survivor.insecure_immigration": "without secure immigration status",
    "survivor.known": "it is known who the survivor is",
    "survivor.contact_agreed": "a safe way of contact has been agreed",
    "survivor.withdrew_statement": "the survivor has withdrawn their statement",
    "survivor.needs_interpreter": "an interpreter or translation is needed",
    "survivor.declined_updates": "the survivor has asked not to be told about something",
    "survivor.died": "the survivor has died",
    "suspect.known": "it is known who the suspect is",
    "suspect.under_18": "the suspect is under 18",
    "suspect.firearms": "the suspect holds or can get firearms",
    "suspect.is_police": "the suspect is a police officer or member of staff",
    "suspect.charged": "the suspect has been charged",
    "suspect.in_custody": "the suspect is held",
    "suspect.on_bail": "the suspect is on bail, of the police or of a court",
    "suspect.convicted": "the suspect has been found or pleaded guilty",
    "people.connected": "the two people are personally connected",
    "child.in_home": "a child lives there or was there",
    "child.school_age": "a child of school age",
    "risk.assessed": "the risk questions have been asked",
    "risk.grade": "the grade of risk: standard, medium, high",
    "call.grade": "the call's grade",
    "call.silent": "the call was silent",
    "call.officers_arrived": "officers have arrived",
    "call.officers_already_there": "other officers were there already when these arrived",
    "order.in_force": "an order, notice or bail condition is in force",
    "order.known": "an order is recorded here",
    "repeat.in_12_months": "an earlier report within 12 months",
    "repeat.high_risk_before": "graded high risk before",
    "repeat.conference_in_12_months": "heard at a conference within 12 months",
    "adviser.referred": "referred to an independent adviser",
    "conference.referred": "referred to the conference",
    "case.force": "the police force",
    "case.area": "the area of the force",
    "case.closed": "the case is closed",
}

PEOPLE = frozenset(
    name
    for name in FACTS
    if name.split(".")[0] in ("survivor", "child", "repeat", "people")
    and name not in ("survivor.withdrew_statement", "survivor.contact_agreed", "survivor.declined_updates", "survivor.died")
) | {"suspect.known", "suspect.under_18", "suspect.firearms", "suspect.is_police", "case.force", "case.area"}  # fmt: skip

# Events that are plainly 'no' until their entry is there: if it had happened, it would have been recorded.
_AT_FIRST: Facts = dict.fromkeys(
    (
        "survivor.contact_agreed", "survivor.withdrew_statement", "survivor.declined_updates", "survivor.died",
        "suspect.charged", "suspect.in_custody", "suspect.on_bail", "suspect.convicted", "risk.assessed",
        "call.officers_arrived", "order.known", "adviser.referred", "conference.referred", "case.closed",
    ),
    "no",
)  # fmt: skip
_PEOPLE_AT_FIRST: Facts = {"survivor.known": "no", "suspect.known": "no"}


def facts_before() -> Facts:
    """The facts that change, before anything has happened."""
    return dict(_AT_FIRST)


def people_before() -> Facts:
    """The facts about people, before anything is known."""
    return dict(_PEOPLE_AT_FIRST)


def add(facts: Facts, entry: Entry) -> None:
    """Folds one entry into the facts that change."""
    rule = _CHANGES.get(entry.kind)
    if rule:
        rule(facts, entry)


def learn(people: Facts, entry: Entry) -> None:
    """Folds one entry into the facts about people."""
    rule = _LEARNED.get(entry.kind)
    if rule:
        rule(people, entry.fields)


def facts_of(entries: Iterable[Entry]) -> tuple[Facts, Facts]:
    """(facts that change, facts about people) after all the entries, in the order in which they happened."""
    facts, people = facts_before(), people_before()
    for entry in sorted(effective(list(entries)), key=lambda entry: (entry.happened_at, entry.number)):
        add(facts, entry)
        learn(people, entry)
    return facts, people


def effective(entries: list[Entry]) -> list[Entry]:
    """The entries with corrections applied: values replaced, entries struck left out. The record itself keeps both."""
    corrections = [entry for entry in entries if entry.kind == "EntryCorrected"]
    if not corrections:
        return entries
    by_number = {entry.number: entry for entry in entries}
    for correction in corrections:
        for number in correction.about:
            entry = by_number.get(number)
            if entry is None:
                continue
            if correction.fields.struck == "yes":
                del by_number[number]
            else:
                fields = {**write_fields(entry.fields), **correction.fields.corrected}
                with suppress(FieldsRefused):  # a correction that makes no entry is refused when it is recorded
                    by_number[number] = entry._replace(fields=read_fields(KINDS[entry.kind], fields))
    return list(by_number.values())


def _say(facts: Facts, name: str, value: Any) -> None:
    """Sets a fact where the value is known; an unknown answer never wipes out a known one."""
    if value not in (None, "") and value not in UNKNOWN:
        facts[name] = value


def _yes_wins(facts: Facts, name: str, value: Any) -> None:
    """For facts that several people report: one 'yes' is not undone by somebody else's 'no'."""
    if value == "yes" or (value == "no" and facts.get(name) != "yes"):
        facts[name] = value


# --- facts that change -------------------------------------------------------------------------------------------


def _graded(facts: Facts, entry: Entry) -> None:
    _say(facts, "risk.grade", entry.fields.grade)
    facts["risk.assessed"] = "yes"


def _call_graded(facts: Facts, entry: Entry) -> None:
    _say(facts, "call.grade", entry.fields.grade)


def _call_received(facts: Facts, entry: Entry) -> None:
    _yes_wins(facts, "call.silent", "yes" if entry.fields.route == "silent" else entry.fields.silent)


def _officers_came(facts: Facts, entry: Entry) -> None:
    """What is owed at the scene is owed once a visit, not once a unit: a second unit finds officers there already."""
    facts["call.officers_already_there"] = facts.get("_there", "no")
    facts["call.officers_arrived"] = facts["_there"] = "yes"


def _visit_over(facts: Facts, entry: Entry) -> None:
    """Officers left, or another call came, as it does when nobody recorded that they had left."""
    facts["_there"] = "no"


def _new_call(facts: Facts, entry: Entry) -> None:
    _call_received(facts, entry)
    _visit_over(facts, entry)


def _set(name: str, value: str) -> Callable[[Facts, Entry], None]:
    def rule(facts: Facts, entry: Entry) -> None:
        facts[name] = value

    return rule


def _set_all(**values: str) -> Callable[[Facts, Entry], None]:
    named = {name.replace("__", "."): value for name, value in values.items()}

    def rule(facts: Facts, entry: Entry) -> None:
        facts.update(named)

    return rule


def _charged(facts: Facts, entry: Entry) -> None:
    facts["suspect.charged"] = "yes"
    if entry.fields.held == "in_custody":
        facts.update({"suspect.in_custody": "yes", "suspect.on_bail": "no"})
    elif entry.fields.held in ("on_bail", "summonsed"):
        facts["suspect.in_custody"] = "no"
        facts["suspect.on_bail"] = "yes" if entry.fields.held == "on_bail" else "no"


def _court_bail(facts: Facts, entry: Entry) -> None:
    decided = entry.fields.decided
    if decided in ("granted", "changed", "unconditional"):
        facts.update({"suspect.in_custody": "no", "suspect.on_bail": "yes"})
    elif decided == "refused":
        facts.update({"suspect.in_custody": "yes", "suspect.on_bail": "no"})


def _sentenced(facts: Facts, entry: Entry) -> None:
    if entry.fields.sentence in UNKNOWN:
        return
    facts.update({"suspect.on_bail": "no", "suspect.convicted": "yes"})
    facts["suspect.in_custody"] = "yes" if entry.fields.sentence == "custody" else "no"


def _found_guilty(facts: Facts, entry: Entry) -> None:
    if {"guilty", "mixed"} & {getattr(entry.fields, "verdict", ""), getattr(entry.fields, "plea", "")}:
        facts["suspect.convicted"] = "yes"


def _order_told_of(facts: Facts, entry: Entry) -> None:
    _elsewhere(facts, entry.fields.order_in_force)
    _yes_wins(facts, "order.in_force", entry.fields.order_in_force)


def _elsewhere(facts: Facts, told: str) -> None:
    """An order that is not recorded here was told of: the end of those that are says nothing about it."""
    if told == "yes":
        facts["_told_of"] = "yes"


def _order_shown(facts: Facts, entry: Entry) -> None:
    _elsewhere(facts, entry.fields.in_force)
    _yes_wins(facts, "order.in_force", entry.fields.in_force)


def _order_made(facts: Facts, entry: Entry) -> None:
    facts["order.known"] = facts["order.in_force"] = "yes"
    facts["_orders"] = facts.get("_orders", frozenset()) | {entry.number}


def _order_ended(facts: Facts, entry: Entry) -> None:
    """An order is no longer in force when every order recorded here has ended; what others told of stays unknown."""
    facts["_orders"] = facts.get("_orders", frozenset()) - set(entry.about)
    if facts["_orders"]:
        return
    if facts.get("_told_of"):
        facts.pop("order.in_force", None)
    else:
        facts["order.in_force"] = "no"


def _referred(facts: Facts, entry: Entry) -> None:
    if entry.fields.service == "independent_adviser":
        facts["adviser.referred"] = "yes"


_CHANGES: dict[str, Callable[[Facts, Entry], None]] = {
    "CallReceived": _new_call,
    "CallGraded": _call_graded,
    "CallRegraded": _call_graded,
    "UnitArrived": _officers_came,
    "OfficersLeft": _visit_over,
    "RiskAssessed": _graded,
    "RiskRefused": _graded,
    "RiskReviewed": _graded,
    "RiskRaised": _graded,
    "RiskLowered": _graded,
    "SuspectArrested": _set("suspect.in_custody", "yes"),
    "SuspectReleased": _set_all(suspect__in_custody="no", suspect__on_bail="no"),
    "BailGranted": _set_all(suspect__in_custody="no", suspect__on_bail="yes"),
    "BailEnded": _set("suspect.on_bail", "no"),
    "SuspectCharged": _charged,
    "CourtBailDecided": _court_bail,
    "SuspectRemanded": _set_all(suspect__in_custody="yes", suspect__on_bail="no"),
    "ProsecutionStopped": _set_all(suspect__charged="no", suspect__in_custody="no", suspect__on_bail="no"),
    "SentencePassed": _sentenced,
    "PrisonerReleased": _set("suspect.in_custody", "no"),
    "VerdictGiven": _found_guilty,
    "PleaEntered": _found_guilty,
    "CallQuestionsAnswered": _order_told_of,
    "HistoryChecked": _order_told_of,
    "OrderShown": _order_shown,
    "OrderMade": _order_made,
    "NoticeServed": _order_made,
    "OrderEnded": _order_ended,
    "SupportReferred": _referred,
    "ConferenceReferred": _set("conference.referred", "yes"),
    "ContactAgreed": _set("survivor.contact_agreed", "yes"),
    "ContactChanged": _set("survivor.contact_agreed", "yes"),
    "StatementWithdrawn": _set("survivor.withdrew_statement", "yes"),
    "UpdatesDeclined": _set("survivor.declined_updates", "yes"),
    "SurvivorDied": _set("survivor.died", "yes"),
    "CaseClosed": _set("case.closed", "yes"),
    "CaseReopened": _set("case.closed", "no"),
}


# --- facts about people ------------------------------------------------------------------------------------------


def _needs(people: Facts, fields: Any) -> None:
    _say(people, "survivor.enhanced", fields.enhanced)
    _say(people, "survivor.vulnerable", fields.vulnerable)
    _say(people, "survivor.under_18", fields.under_18)


def _questions(people: Facts, fields: Any) -> None:
    _yes_wins(people, "child.in_home", fields.children_there)
    _yes_wins(people, "survivor.needs_interpreter", fields.interpreter_needed)
    _yes_wins(people, "repeat.in_12_months", "yes" if fields.happened_before == "yes" else None)


def _history(people: Facts, fields: Any) -> None:
    _yes_wins(people, "repeat.in_12_months", _counted(fields.earlier_report_count) or _only_yes(fields.earlier_reports))
    _yes_wins(people, "repeat.high_risk_before", fields.high_risk_before)
    _yes_wins(people, "repeat.conference_in_12_months", fields.conference_in_12_months)
    _yes_wins(people, "suspect.firearms", fields.firearms_certificate)


def _counted(count: int | None) -> str | None:
    return None if count is None else ("yes" if count else "no")


def _only_yes(value: str) -> str | None:
    return "yes" if value == "yes" else None


def _child_seen(people: Facts, fields: Any) -> None:
    people["child.in_home"] = "yes"
    if fields.age is not None:
        _yes_wins(people, "child.school_age", "yes" if 4 <= fields.age <= 17 else "no")
    if fields.school or fields.home_educated == "yes":
        people["child.school_age"] = "yes"


def _named(people: Facts, fields: Any) -> None:
    if fields.party in ("survivor", "suspect") and fields.name:
        people[f"{fields.party}.known"] = "yes"
    if fields.party == "child":
        people["child.in_home"] = "yes"
        if fields.age is not None:
            _yes_wins(people, "child.school_age", "yes" if 4 <= fields.age <= 17 else "no")
    elif fields.party in ("survivor", "suspect") and fields.age is not None:
        people[f"{fields.party}.under_18"] = "yes" if fields.age < 18 else "no"


def _opened(people: Facts, fields: Any) -> None:
    _say(people, "case.force", fields.force)
    _say(people, "case.area", fields.area)


def _linked(people: Facts, fields: Any) -> None:
    _yes_wins(people, "repeat.in_12_months", fields.in_12_months)


def _established(people: Facts, fields: Any) -> None:
    name = _ESTABLISHED.get(fields.fact)
    if name:
        _say(people, name, fields.is_so)


_ESTABLISHED = {
    "survivor_under_18": "survivor.under_18",
    "survivor_vulnerable": "survivor.vulnerable",
    "survivor_has_care_needs": "survivor.has_care_needs",
    "suspect_under_18": "suspect.under_18",
    "child_in_home": "child.in_home",
    "child_of_school_age": "child.school_age",
    "personally_connected": "people.connected",
    "suspect_has_firearms": "suspect.firearms",
    "survivor_pregnant": "survivor.pregnant",
    "survivor_insecure_immigration": "survivor.insecure_immigration",
    "suspect_is_police": "suspect.is_police",
}

_LEARNED: dict[str, Callable[[Facts, Any], None]] = {
    "CaseOpened": _opened,
    "PersonNamed": _named,
    "NeedsAssessed": _needs,
    "CallQuestionsAnswered": _questions,
    "HistoryChecked": _history,
    "UnitArrived": lambda people, fields: _yes_wins(people, "child.in_home", fields.children_there),
    "ChildSeen": _child_seen,
    "InterpreterNeeded": lambda people, fields: people.update({"survivor.needs_interpreter": "yes"}),
    "FirearmsChecked": lambda people, fields: _yes_wins(people, "suspect.firearms", fields.certificate),
    "ReportLinked": _linked,
    "FactEstablished": _established,
}
