"""Who may do what: the table, the ties, walls, units, partners, emergencies, and acts that nobody was given."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.access.may import ACT_OF_KIND
from holdfast.access.may import ACTS
from holdfast.access.may import DANGEROUS
from holdfast.access.may import NOT_BY_FORM
from holdfast.access.may import CaseKnown
from holdfast.access.may import Consent
from holdfast.access.may import Person
from holdfast.access.may import Referral
from holdfast.access.may import may
from holdfast.access.partners import ROLES as SUPPORT
from holdfast.access.person import EVERY_FORCE
from holdfast.access.person import same_name
from holdfast.access.ties import EMERGENCY_GIVES
from holdfast.access.ties import MAY_STATE
from holdfast.access.ties import OUTSIDE
from holdfast.access.ties import PURPOSES
from holdfast.access.ties import TIES
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.kinds import KINDS

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LATER, EARLIER = AT + timedelta(hours=1), AT - timedelta(hours=1)
CASE = CaseKnown("HF-1", force="northshire")
REFERRED = CASE._replace(
    referrals=(Referral("support_service", "", EARLIER),), consents=(Consent("support_service", EARLIER),)
)
# A case that every member of staff of the force is tied to, as far as their role can be.
TIED = REFERRED._replace(live_until=LATER, recorded=frozenset({"S1"}), owed_by=frozenset(STAFF_ROLES))


def person(role, staff="S1", **more):
    return Person(role, staff, **{"organisation": "" if role in SUPPORT else "northshire", **more})


def purpose_of(role):
    return next(iter(MAY_STATE.get(role, ())), "")


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_every_staff_role_may_do_something_and_none_may_do_everything(role):
    answers = [may(person(role), act, TIED, at=AT, purpose=purpose_of(role)).allowed for act in ACTS]
    assert any(answers)
    assert not all(answers)


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_whoever_is_in_the_case_is_walled_off_whatever_their_role_tie_or_emergency(role):
    case = TIED._replace(walled_off=frozenset({"S1"}), assigned=frozenset({"S1"}), opened_in_emergency={"S1": LATER})
    answers = {act: may(person(role), act, case, at=AT, purpose=purpose_of(role)) for act in ACTS}
    assert {act: answer for act, answer in answers.items() if answer.allowed or answer.rule != "wall"} == {}


def test_an_auditor_records_nothing():
    recorded = [kind for kind in KINDS if may(person("auditor"), "record", TIED, at=AT, kind=kind, purpose="audit")]
    assert recorded == []


def test_an_auditor_reads_with_a_purpose_and_not_without():
    assert may(person("auditor"), "read_case", CASE, at=AT, purpose="audit").allowed
    for purpose in ("", "history", "anything"):
        assert may(person("auditor"), "read_case", CASE, at=AT, purpose=purpose).rule == "purpose-missing"


@pytest.mark.parametrize("act", ["invented", "", "Read_Case"])
def test_an_act_that_is_not_in_the_table_is_refused(act):
    assert not may(person("supervisor"), act, TIED, at=AT)


@pytest.mark.parametrize("role", ["court", "", "chief", "prosecutor"])
def test_somebody_without_a_role_may_do_nothing(role):
    assert not any(may(person(role), act, TIED, at=AT) for act in ACTS)


@pytest.mark.parametrize("role", [role for role in STAFF_ROLES if role not in SUPPORT])
def test_without_a_tie_nobody_reads_a_case_of_their_own_force_but_who_answers_for_it(role):
    assert may(person(role), "read_case", CASE, at=AT).allowed is (role == "supervisor")


@pytest.mark.parametrize("role", [role for role in STAFF_ROLES if role not in SUPPORT and role != "auditor"])
def test_another_force_has_no_part_in_it_unless_it_names_the_person(role):
    there = person(role, organisation="southshire")
    assert not may(there, "read_case", TIED._replace(recorded=frozenset()), at=AT, purpose=purpose_of(role))
    if role != "supervisor":
        assert may(there, "read_case", CASE._replace(assigned=frozenset({"S1"})), at=AT)
    assert may(person(role, organisation=EVERY_FORCE), "read_case", TIED, at=AT)


def test_a_force_that_is_not_known_is_not_every_force():
    assert not may(person("supervisor", organisation=""), "read_case", CASE, at=AT)
    assert may(person("supervisor", organisation=""), "read_case", CASE._replace(force=""), at=AT)


@pytest.mark.parametrize("role", ["call_taker", "dispatcher", "officer"])
def test_new_work_is_open_to_those_on_duty_until_it_is_no_longer_new(role):
    assert may(person(role), "read_case", CASE._replace(live_until=LATER), at=AT).rule == "live"
    assert not may(person(role), "read_case", CASE._replace(live_until=AT), at=AT)
    assert not may(person(role), "read_case", CASE._replace(live_until=LATER, closed=True), at=AT)
    assert not may(person("investigator"), "read_case", CASE._replace(live_until=LATER), at=AT)


@pytest.mark.parametrize(
    ("tie", "case", "more"),
    [
        ("assigned", {"assigned": frozenset({"S1"})}, {}),
        ("recorded", {"recorded": frozenset({"S1"})}, {}),
        ("team", {"teams": frozenset({"blue"})}, {"team": "blue"}),
        ("owed", {"owed_by": frozenset({"investigator"})}, {}),
    ],
)
def test_each_tie_of_the_work_opens_the_case_and_nothing_like_it_does(tie, case, more):
    assert may(person("investigator", **more), "read_case", CASE._replace(**case), at=AT).rule == tie
    assert (
        not may(person("investigator", "S2", team="green"), "read_case", CASE._replace(**case), at=AT) or tie == "owed"
    )
    assert not may(person("witness_care", "S2", team=""), "read_case", CASE._replace(**case), at=AT)


def test_a_blank_team_is_no_team():
    assert not may(person("investigator", team=""), "read_case", CASE._replace(teams=frozenset({""})), at=AT)
    assert not may(person("officer", team=""), "read_case", CASE._replace(units=frozenset({""})), at=AT)


def test_the_unit_that_was_sent_has_it_by_its_name():
    case = CASE._replace(units=frozenset({"X12"}))
    assert may(person("officer", team="X12"), "read_case", case, at=AT).rule == "unit"
    assert not may(person("officer", team="X13"), "read_case", case, at=AT)


def test_who_recorded_in_a_case_has_it_until_it_is_closed():
    case = CASE._replace(recorded=frozenset({"S1"}), closed=True)
    assert not may(person("officer"), "read_case", case, at=AT)


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("role", STAFF_ROLES)
def test_a_purpose_opens_a_case_only_to_the_roles_that_it_is_for(role, purpose):
    case = CASE._replace(force="") if role == "auditor" else CASE
    answer = may(person(role), "read_case", case, at=AT, purpose=purpose)
    assert answer.allowed is (role in PURPOSES[purpose][0] or role == "supervisor")


class TestAPartner:
    @pytest.mark.parametrize("role", sorted(SUPPORT))
    def test_needs_a_referral_and_a_consent_and_both_to_stand(self, role):
        assert may(person(role), "read_case", REFERRED, at=AT).rule == "referral-and-consent"
        for without in (
            CASE,
            REFERRED._replace(consents=()),
            REFERRED._replace(referrals=()),
            REFERRED._replace(consents=(Consent("health", EARLIER),)),
            REFERRED._replace(consents=(Consent("support_service", EARLIER, AT),)),
            REFERRED._replace(referrals=(Referral("support_service", "", EARLIER, AT),)),
            REFERRED._replace(consents=(Consent("support_service", LATER),)),
            REFERRED._replace(unit="professional-standards"),
        ):
            assert not may(person(role), "read_case", without, at=AT)

    def test_no_other_tie_lets_it_in(self):
        case = TIED._replace(referrals=(), assigned=frozenset({"S1"}), opened_in_emergency={"S1": LATER})
        for role in SUPPORT:
            assert not may(person(role), "read_case", case, at=AT)
        assert not may(person("officer", agency="housing"), "read_case", case, at=AT)

    def test_only_the_organisation_that_was_named_is_let_in(self):
        case = REFERRED._replace(referrals=(Referral("support_service", same_name("Harbour Women's Aid"), EARLIER),))
        assert may(person("adviser", organisation="harbour womens aid"), "read_case", case, at=AT)
        assert not may(person("adviser", organisation="Other Aid"), "read_case", case, at=AT)
        assert not may(person("adviser", organisation=""), "read_case", case, at=AT)
        assert not may(person("adviser", organisation="Other Aid"), "read_case", REFERRED, at=AT)

    def test_a_legal_ground_stands_in_for_the_consent_and_not_for_the_referral(self):
        by_law = Consent("support_service", EARLIER, LATER, by_law=True)
        assert may(person("adviser"), "read_case", REFERRED._replace(consents=(by_law,)), at=AT)
        assert not may(person("adviser"), "read_case", CASE._replace(consents=(by_law,)), at=AT)

    def test_records_its_own_acts_and_not_the_police_ones(self):
        assert may(person("adviser"), "record", REFERRED, at=AT, kind="SafetyPlanMade")
        assert not may(person("adviser"), "record", REFERRED, at=AT, kind="BailGranted")
        assert not may(person("adviser"), "record", REFERRED, at=AT, kind="InformationShared")

    def test_reads_only_what_is_its_own_work(self):
        assert may(person("adviser"), "read_case", REFERRED, at=AT, kind="BailGranted")
        assert not may(person("adviser"), "read_case", REFERRED, at=AT, kind="StatementTaken")
        housing = REFERRED._replace(
            referrals=(Referral("housing", "", EARLIER),), consents=(Consent("housing", EARLIER),)
        )
        officer = person("outreach_worker", agency="housing")
        assert may(officer, "read_case", housing, at=AT, kind="HomeSafetyAsked")
        assert not may(officer, "read_case", housing, at=AT, kind="RiskAssessed")


class TestASeparateUnit:
    CASE = TIED._replace(unit="professional-standards", assigned=frozenset({"S1"}))

    @pytest.mark.parametrize("role", STAFF_ROLES)
    def test_has_its_case_alone(self, role):
        case = self.CASE._replace(opened_in_emergency={"S1": LATER})
        for act in ("read_case", "record", "open_in_emergency"):
            assert not may(person(role), act, case, at=AT, purpose=purpose_of(role))

    @pytest.mark.parametrize("role", ["investigator", "supervisor", "officer"])
    def test_its_own_staff_open_it(self, role):
        assert may(person(role, unit="professional-standards"), "read_case", self.CASE, at=AT).rule == "unit"

    def test_its_auditors_need_a_purpose_too(self):
        auditor = person("auditor", unit="professional-standards")
        assert not may(auditor, "read_case", self.CASE, at=AT)
        assert may(auditor, "read_case", self.CASE, at=AT, purpose="audit")

    def test_whoever_answered_the_call_keeps_a_case_that_went_there_by_itself_while_it_is_new(self):
        case = self.CASE._replace(responding_until=LATER)
        assert may(person("officer"), "record", case, at=AT).rule == "responding"
        assert not may(person("officer", "S2"), "record", case, at=AT)
        assert not may(person("officer"), "record", case, at=LATER)

    def test_while_nobody_signs_in_there_the_supervisors_answer_for_it(self):
        case = self.CASE._replace(unit_has_staff=False)
        assert may(person("supervisor"), "read_case", case, at=AT)
        assert not may(person("officer"), "read_case", case, at=AT)


class TestAnEmergency:
    CASE = CASE._replace(opened_in_emergency={"S1": LATER})

    @pytest.mark.parametrize("role", [role for role in STAFF_ROLES if role not in SUPPORT and role != "auditor"])
    def test_gives_reading_and_recording_until_it_ends_across_forces(self, role):
        there = person(role, organisation="southshire")
        for act in ACTS:
            allowed = may(there, act, self.CASE, at=AT).allowed
            untied = act in ("say_connected", "open_in_emergency") and role in ACTS[act][0]
            assert allowed is (act in EMERGENCY_GIVES or untied)
        assert not may(there, "read_case", self.CASE, at=LATER)
        assert not may(person(role, "S2", organisation="southshire"), "read_case", self.CASE, at=AT)

    @pytest.mark.parametrize("role", sorted([*SUPPORT, "auditor", *OUTSIDE]))
    def test_is_never_for_partners_auditors_or_anybody_outside(self, role):
        assert not may(person(role), "open_in_emergency", CASE, at=AT)
        assert not may(person(role), "read_case", self.CASE, at=AT)


class TestOnesOwnPage:
    def test_a_survivor_opens_their_own_case_and_no_other(self):
        own = Person("survivor", "", agency="", case="HF-1")
        assert may(own, "own_page", CASE, at=AT)
        # Whoever is the suspect here and a survivor elsewhere has the other case's code: nothing of this one.
        assert not may(own._replace(case="HF-2"), "own_page", CASE, at=AT)
        assert not may(own._replace(case=""), "own_page", CASE._replace(code=""), at=AT)
        assert not any(may(own, act, TIED, at=AT) for act in ("read_case", "record", "print_report", "see_looks"))

    def test_a_supporter_has_what_was_given_until_its_end(self):
        supporter = Person(
            "supporter", "supporter-4", agency="", case="HF-1", scope=frozenset({"see_next_steps"}), until=LATER
        )
        assert may(supporter, "see_next_steps", CASE, at=AT)
        assert not may(supporter, "see_contact", CASE, at=AT)
        assert not may(supporter, "own_page", CASE, at=AT)
        assert not may(supporter, "see_next_steps", CASE, at=LATER)
        assert not may(supporter._replace(until=None), "see_next_steps", CASE, at=AT)
        assert not may(supporter._replace(case="HF-2"), "see_next_steps", CASE, at=AT)
        assert not may(supporter._replace(scope=frozenset({"own_page"})), "own_page", CASE, at=AT)


@pytest.mark.parametrize("role", ["operator", "feed"])
def test_whoever_runs_the_machine_or_sends_calls_never_reads_or_records_in_a_case(role):
    for act in ("read_case", "record", "print_report", "see_looks", "issue_words", "search", "own_page"):
        assert not may(Person(role, "root"), act, TIED, at=AT)


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
        ("EmergencyOpeningReviewed", "officer", False),
        ("CaseGivenToSeparateUnit", "supervisor", True),
    ],
)
def test_some_kinds_ask_for_more_than_the_right_to_record(kind, role, allowed):
    assert may(person(role), "record", TIED, at=AT, kind=kind).allowed is allowed


@pytest.mark.parametrize("kind", sorted(NOT_BY_FORM))
@pytest.mark.parametrize("role", STAFF_ROLES)
def test_what_holdfast_or_a_page_of_its_own_writes_is_recorded_by_no_form(role, kind):
    assert not may(person(role), "record", TIED, at=AT, kind=kind)


def test_a_kind_that_does_not_exist_is_refused():
    assert not may(person("supervisor"), "record", TIED, at=AT, kind="Invented")


def test_the_table_names_only_roles_acts_and_kinds_that_exist():
    assert all(roles <= set(STAFF_ROLES) | OUTSIDE for roles, _why in ACTS.values())
    assert set(ACT_OF_KIND) | NOT_BY_FORM <= set(KINDS)
    assert set(ACT_OF_KIND.values()) <= set(ACTS)
    assert set(TIES) == set(STAFF_ROLES) - SUPPORT - {"auditor"}


def test_every_answer_says_why_by_a_rule_and_names_no_case():
    for act in ACTS:
        for role in STAFF_ROLES:
            for case in (CASE, TIED, None):
                answer = may(person(role), act, case, at=AT)
                assert answer.why.endswith(".") or answer.allowed
                assert answer.rule
                assert "HF-1" not in answer.why


def test_an_answer_is_as_true_as_what_it_allows():
    assert not may(person("officer"), "invented", at=AT)
    assert may(person("officer"), "search", at=AT)


@given(
    st.sampled_from(sorted(STAFF_ROLES)),
    st.sampled_from(sorted(ACTS)),
    st.sampled_from(["", "northshire", "southshire", EVERY_FORCE]),
    st.sampled_from(["", *PURPOSES]),
    st.booleans(),
)
def test_more_is_never_allowed_for_what_is_not_known(role, act, force, purpose, live):
    """A case of which nothing is known opens to nobody whom it would not open to if all were known to be absent."""
    blank = CaseKnown("HF-1", force="northshire", live_until=LATER if live else None)
    who = Person(role, "S1", organisation=force)
    bare = may(who._replace(organisation=""), act, blank, at=AT)
    if bare.allowed and act not in ("say_connected", "open_in_emergency"):
        assert role == "auditor" or "role" in bare.rule


def test_every_dangerous_act_is_an_act():
    assert set(ACTS) >= DANGEROUS
