"""Facts: what entries add up to. Adding one entry equals folding the whole list again."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.support.told import entry
from tests.support.told import local

from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.facts import _CHANGES
from holdfast.record.facts import _LEARNED
from holdfast.record.facts import FACTS
from holdfast.record.facts import PEOPLE
from holdfast.record.facts import add
from holdfast.record.facts import facts_before
from holdfast.record.facts import facts_of
from holdfast.record.facts import learn
from holdfast.record.facts import people_before
from holdfast.record.kind import fields_of
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS


def facts(*entries: Entry) -> dict[str, Any]:
    changing, people = facts_of(entries)
    return {**changing, **people}


@pytest.mark.parametrize(
    ("entries", "fact", "value"),
    [
        ([], "suspect.charged", "no"),
        ([], "risk.grade", None),
        ([], "order.in_force", None),
        ([], "child.in_home", None),
        ([("CallReceived", {"route": "silent"})], "call.silent", "yes"),
        ([("CallReceived", {"route": "voice"})], "call.silent", None),
        ([("CallQuestionsAnswered", {"children_there": "yes"}), ("UnitArrived", {"children_there": "no"})], "child.in_home", "yes"),
        ([("CallQuestionsAnswered", {"children_there": "declined"})], "child.in_home", None),
        ([("ChildSeen", {"seen": "no", "spoken_to": "no", "age": 3})], "child.school_age", "no"),
        ([("ChildSeen", {"seen": "no", "spoken_to": "no", "age": 4})], "child.school_age", "yes"),
        ([("ChildSeen", {"seen": "yes", "spoken_to": "yes"})], "child.school_age", None),
        ([("UnitArrived", {})], "call.officers_already_there", "no"),
        ([("UnitArrived", {}), ("UnitArrived", {})], "call.officers_already_there", "yes"),
        ([("UnitArrived", {}), ("OfficersLeft", {}), ("UnitArrived", {})], "call.officers_already_there", "no"),
        ([("UnitArrived", {}), ("CallReceived", {"route": "voice"}), ("UnitArrived", {})], "call.officers_already_there", "no"),
        ([("SuspectArrested", {"for_what": "offence"})], "suspect.in_custody", "yes"),
        ([("SuspectArrested", {"for_what": "offence"}), ("SuspectReleased", {"how": "no_further_action"})], "suspect.in_custody", "no"),
        ([("SuspectCharged", {"charges": ["x"], "held": "in_custody"})], "suspect.in_custody", "yes"),
        ([("SuspectCharged", {"charges": ["x"], "held": "on_bail"})], "suspect.on_bail", "yes"),
        ([("CourtBailDecided", {"decided": "refused"})], "suspect.in_custody", "yes"),
        ([("CourtBailDecided", {"decided": "not_known"})], "suspect.in_custody", "no"),
        ([("HistoryChecked", {"order_in_force": "no"})], "order.in_force", "no"),
        ([("HistoryChecked", {"order_in_force": "no"}), ("OrderShown", {"in_force": "yes"})], "order.in_force", "yes"),
        ([("HistoryChecked", {"earlier_reports": "no"})], "repeat.in_12_months", None),
        ([("HistoryChecked", {"earlier_report_count": 0})], "repeat.in_12_months", "no"),
        ([("NeedsAssessed", {"enhanced": "yes"}), ("NeedsAssessed", {"enhanced": "not_asked"})], "survivor.enhanced", "yes"),
        ([("PersonNamed", {"party": "survivor", "age": 17, "name": "A"})], "survivor.under_18", "yes"),
        ([("FactEstablished", {"fact": "suspect_is_police", "is_so": "yes"})], "suspect.is_police", "yes"),
        ([("RiskAssessed", {"instrument": "dash", "how": "in_person", "grade": "not_known"})], "risk.grade", None),
        ([("VerdictGiven", {"verdict": "not_guilty"})], "suspect.convicted", "no"),
        ([("CaseClosed", {"reason": "court_finished"}), ("CaseReopened", {})], "case.closed", "no"),
    ],
)  # fmt: skip
def test_facts(entries: list[tuple[str, dict[str, Any]]], fact: str, value: str | None) -> None:
    told = [
        entry(number, kind, f"2026-03-06 {number:02}:00", **fields) for number, (kind, fields) in enumerate(entries, 1)
    ]
    assert facts(*told).get(fact) == value


def test_an_order_is_in_force_until_every_recorded_order_has_ended() -> None:
    first = entry(1, "OrderMade", "2026-03-01 10:00", order="dvpo")
    second = entry(2, "OrderMade", "2026-03-02 10:00", order="non-molestation")
    end_first = entry(3, "OrderEnded", "2026-03-03 10:00", (1,), how="time_ran_out")
    end_second = entry(4, "OrderEnded", "2026-03-04 10:00", (2,), how="discharged")
    assert facts(first, second, end_first)["order.in_force"] == "yes"
    assert facts(first, second, end_first, end_second)["order.in_force"] == "no"


def test_things_count_in_the_order_in_which_they_happened() -> None:
    released = entry(1, "SuspectReleased", "2026-03-07 10:00", how="no_further_action")
    arrested = entry(2, "SuspectArrested", "2026-03-06 10:00", recorded="2026-03-08 10:00", for_what="offence")
    assert facts(released, arrested)["suspect.in_custody"] == "no"


def test_every_rule_belongs_to_a_kind_and_sets_only_listed_facts() -> None:
    assert set(_CHANGES) | set(_LEARNED) <= set(KINDS)
    assert set(FACTS) >= PEOPLE
    assert {name for name in facts_before() if not name.startswith("_")} | set(people_before()) <= set(FACTS)


VALUES = {"when": "2026-03-06T10:00:00Z", "day": "2026-03-06", "count": 2, "minutes": 15, "months": 12, "lines": ["x"]}


@st.composite
def any_entry(draw: st.DrawFn, number: int) -> Entry:
    name = draw(st.sampled_from(sorted(set(_CHANGES) | set(_LEARNED))))
    fields: dict[str, Any] = {}
    for field in fields_of(KINDS[name]):
        if field.choices and field.holds == "choice" and (field.required or draw(st.booleans())):
            fields[field.name] = draw(st.sampled_from(field.choices))
        elif field.holds == "choices" and field.required:
            fields[field.name] = [draw(st.sampled_from(field.choices))]
        elif field.required:
            fields[field.name] = VALUES.get(field.holds, "x")
    happened = local("2026-03-02 09:00") + timedelta(minutes=draw(st.integers(0, 5_000)))
    about = (draw(st.integers(1, number - 1)),) if number > 1 else ()
    return Entry(number, name, happened, happened, By("officer"), read_fields(KINDS[name], fields), None, about)


@given(data=st.data(), length=st.integers(1, 12))
@settings(max_examples=200, deadline=None)
def test_adding_one_entry_equals_folding_them_all_again(data: st.DataObject, length: int) -> None:
    entries = [data.draw(any_entry(number)) for number in range(1, length + 1)]
    entries.sort(key=lambda item: (item.happened_at, item.number))
    changing, people = facts_before(), people_before()
    for place, item in enumerate(entries, 1):
        add(changing, item)
        learn(people, item)
        assert (changing, people) == facts_of(entries[:place])
    assert {name for name in (*changing, *people) if not name.startswith("_")} <= set(FACTS)


def test_a_correction_that_makes_no_entry_changes_nothing() -> None:
    graded = entry(1, "RiskRaised", "2026-03-06 10:00", grade="high", reason="r")
    wrong = entry(2, "EntryCorrected", "2026-03-06 11:00", (1,), corrected={"grade": "enormous"}, reason="r")
    assert facts(graded, wrong)["risk.grade"] == "high"


def test_the_end_of_recorded_orders_leaves_one_that_was_told_of_unknown() -> None:
    shown = entry(1, "OrderShown", "2026-03-01 10:00", in_force="yes")
    made = entry(2, "OrderMade", "2026-03-02 10:00", order="dvpo")
    ended = entry(3, "OrderEnded", "2026-03-04 10:00", (2,), how="time_ran_out")
    assert facts(shown, made, ended).get("order.in_force") is None
