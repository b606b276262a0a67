"""Who may do what: the table, the wall, the support services, and acts that nobody was given."""

from datetime import UTC
from datetime import datetime

import pytest

from holdfast.access.may import ACT_OF_KIND
from holdfast.access.may import ACTS
from holdfast.access.may import CaseKnown
from holdfast.access.may import Person
from holdfast.access.may import may as asked
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.kinds import KINDS

CASE = CaseKnown("HF-1")
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def may(person, act, case=None, kind=""):
    answer = asked(person, act, case, at=AT, kind=kind)
    return answer.allowed, answer.why


def person(role, staff="S1"):
    return Person(role, staff)


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_every_staff_role_may_do_something_and_none_may_do_everything(role):
    answers = [may(person(role), act, CASE._replace(referred=True))[0] for act in ACTS]
    assert any(answers)
    assert role == "supervisor" or not all(answers)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", STAFF_ROLES)
def test_whoever_is_in_the_case_is_walled_off_whatever_their_role(role, act):
    allowed, why = may(person(role, "S9"), act, CaseKnown("HF-1", referred=True, walled_off=frozenset({"S9"})))
    assert not allowed
    assert "in this case" in why


@pytest.mark.parametrize("kind", KINDS)
def test_an_auditor_records_nothing(kind):
    assert not may(person("auditor"), "record", CASE, kind)[0]


@pytest.mark.parametrize("act", ["invented", "", "Read_Case"])
def test_an_act_that_is_not_in_the_table_is_refused(act):
    assert not may(person("supervisor"), act, CASE)[0]


@pytest.mark.parametrize("role", ["survivor", "court", "feed", "", "chief"])
def test_somebody_without_a_staff_role_may_do_nothing(role):
    assert not any(may(person(role), act, CASE)[0] for act in ACTS)


@pytest.mark.parametrize("role", ["adviser", "outreach_worker"])
def test_a_support_service_reads_a_case_only_once_the_survivor_was_referred(role):
    assert not may(person(role), "read_case", CASE)[0]
    assert may(person(role), "read_case", CASE._replace(referred=True))[0]


def test_a_support_service_records_its_own_acts_and_not_the_police_ones():
    referred = CASE._replace(referred=True)
    assert may(person("adviser"), "record", referred, "SafetyPlanMade")[0]
    assert not may(person("adviser"), "record", referred, "BailGranted")[0]


@pytest.mark.parametrize(
    ("kind", "role", "allowed"),
    [
        ("DutyWaived", "officer", False),
        ("DutyWaived", "supervisor", True),
        ("DisputeAnswered", "investigator", False),
        ("DisputeAnswered", "supervisor", True),
        ("CaseClosed", "call_taker", False),
        ("CaseClosed", "investigator", True),
        ("DutyUnsafe", "officer", True),
        ("CallReceived", "custody_officer", False),
    ],
)
def test_some_kinds_ask_for_more_than_the_right_to_record(kind, role, allowed):
    assert may(person(role), "record", CASE, kind)[0] is allowed


def test_a_kind_that_does_not_exist_is_refused():
    assert not may(person("supervisor"), "record", CASE, "Invented")[0]


def test_the_table_names_only_roles_acts_and_kinds_that_exist():
    assert all(roles <= set(STAFF_ROLES) for roles, _why in ACTS.values())
    assert set(ACT_OF_KIND) <= set(KINDS)
    assert set(ACT_OF_KIND.values()) <= set(ACTS)


def test_every_answer_says_why_and_names_no_case():
    for act in ACTS:
        for role in STAFF_ROLES:
            _allowed, why = may(person(role), act, CASE)
            assert why.endswith(".")
            assert "HF-1" not in why
