"""A link is proposed, explained and answered by a person, in both cases or in none; nothing is linked silently."""

import pytest
from tests.doors.desk.conftest import MARCH
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import entries
from tests.doors.desk.test_history import SURVIVOR
from tests.doors.desk.test_history import SUSPECT
from tests.doors.desk.test_history import an_earlier_case
from tests.doors.desk.test_history import somebody
from tests.doors.desk.test_history import words

from holdfast.access.looks import Look
from holdfast.access.reach import CaseApart
from holdfast.access.staff import add_staff_member
from holdfast.access.survivor_words import issue_words
from holdfast.access.walls import wall_off
from holdfast.casefile.append import Draft
from holdfast.casefile.models import DutyRow
from holdfast.casefile.reading import case_by_code
from holdfast.doors.desk.history.links import links_of


@pytest.fixture
def supervisor(database) -> Desk:
    return somebody("supervisor")


def kinds(code: str) -> list[str]:
    return [entry.kind for entry in entries(code) if entry.kind.startswith(("Link", "ReportLinked"))]


def two_reports(**more) -> tuple[str, str]:
    return an_earlier_case(**more), an_earlier_case(suspect=SUSPECT | {"name": "Bob Smith"})


def propose(desk: Desk, one: str, other: str) -> str:
    desk.sends(f"/desk/case/{one}/history/propose", {"to": other})
    return desk.follows()


def test_the_case_finds_earlier_reports_about_everybody_it_names(supervisor):
    one, other = two_reports()
    page = supervisor.sends(f"/desk/case/{one}/history", {})
    assert f'href="/desk/case/{other}"' in page
    assert "Propose a link" in page


def test_a_proposal_stands_in_both_cases_with_its_reasons_and_links_nothing(supervisor):
    one, other = two_reports()
    said = propose(supervisor, one, other)
    assert kinds(one) == kinds(other) == ["LinkProposed"]
    assert "It is no link until somebody has answered it" in said
    assert "the same people" in said.lower()
    assert "Suspect here, suspect there: name short form" in said
    owed = DutyRow.objects.filter(duty="answer-proposed-link", live=True)
    assert owed.count() == 2
    assert set(owed.values_list("owed_by", flat=True)) == {"safeguarding_officer"}


def test_it_is_not_proposed_twice(supervisor):
    one, other = two_reports()
    propose(supervisor, one, other)
    propose(supervisor, other, one)
    assert kinds(one) == kinds(other) == ["LinkProposed"]


def test_accepted_it_is_linked_in_both_and_the_duty_is_done(supervisor):
    one, other = two_reports()
    propose(supervisor, one, other)
    said = {"to": other, "answer": "accept", "why": "same_people", "double": "no"}
    supervisor.sends(f"/desk/case/{one}/history/answer", said)
    assert "The reports are linked" in supervisor.follows()
    assert kinds(one) == kinds(other) == ["LinkProposed", "LinkAccepted", "ReportLinked"]
    assert not DutyRow.objects.filter(duty="answer-proposed-link", state__in=("open", "overdue")).exists()
    assert [link.state for link in links_of(entries(other))] == ["linked"]


def test_refused_it_needs_a_reason_and_comes_back_only_with_more(supervisor):
    one, other = two_reports()
    propose(supervisor, one, other)
    address = f"/desk/case/{one}/history/answer"
    assert "Say why the link does not stand" in supervisor.sends(address, {"to": other, "answer": "refuse"})
    supervisor.sends(address, {"to": other, "answer": "refuse", "reason": "only_the_name"})
    supervisor.follows()
    assert kinds(one) == kinds(other) == ["LinkProposed", "LinkRefused"]
    propose(supervisor, one, other)
    assert kinds(one) == ["LinkProposed", "LinkRefused"]


def test_answered_twice_at_once_it_is_written_once(supervisor):
    one, other = two_reports()
    propose(supervisor, one, other)
    said = {"to": other, "answer": "accept", "why": "same_people"}
    supervisor.sends(f"/desk/case/{one}/history/answer", said)
    supervisor.sends(f"/desk/case/{other}/history/answer", {**said, "to": one})
    assert "answered meanwhile" in supervisor.follows()
    assert kinds(other).count("ReportLinked") == 1


def test_a_counter_allegation_is_called_one_and_neither_is_the_truth(supervisor):
    one = an_earlier_case()
    other = an_earlier_case(survivor=SUSPECT | {"party": "survivor"}, suspect=SURVIVOR | {"party": "suspect"})
    said = propose(supervisor, one, other)
    assert "A counter-allegation" in said
    assert entries(one)[-1].fields.why == "counter_allegation"


def test_whoever_may_not_open_the_other_report_neither_proposes_nor_answers_nor_reads(database):
    one = an_earlier_case(Draft("UnitSent", {"unit": "officer-1"}, MARCH))
    other = an_earlier_case(force="cumbria")
    officer = somebody("officer")
    said = officer.sends(f"/desk/case/{one}/history/propose", {"to": other})
    assert "You may not open the other report" in said
    assert kinds(one) == kinds(other) == []
    propose(somebody("supervisor", "super-2", force="every-force"), one, other)
    page = officer.opens(f"/desk/case/{one}/history")
    assert "A safeguarding officer or supervisor who may open both answers this" in page
    assert f'href="/desk/case/{other}"' not in page
    officer.sends(f"/desk/case/{one}/history/answer", {"to": other, "answer": "accept", "why": "same_people"})
    assert kinds(one) == ["LinkProposed"]
    assert Look.objects.filter(case=other, act="answer_link", allowed=False).exists()


def test_a_wall_in_the_other_report_holds(supervisor):
    one, other = two_reports()
    wall_off(other, supervisor.staff, set_by="S9")
    said = supervisor.sends(f"/desk/case/{one}/history/propose", {"to": other})
    assert "You may not open the other report" in said
    assert kinds(other) == []


def test_a_separate_units_report_is_named_in_no_other(database):
    add_staff_member("unit-1", None, role="investigator", staff="unit-1", unit="professional-standards",
                     organisation="cleveland")  # fmt: skip
    one = an_earlier_case(Draft("CaseAllocated", {"role": "investigator", "staff": "unit-1"}, MARCH))
    given = Draft("CaseGivenToSeparateUnit", {"unit": "professional-standards"}, MARCH)
    apart = an_earlier_case(given)
    unit = Desk("investigator", "unit-1").signs_in()
    unit.opens(f"/desk/case/{apart}")
    CaseApart.objects.get_or_create(case=apart, defaults={"unit": "professional-standards"})
    propose(unit, apart, one)
    assert kinds(apart) == ["LinkProposed"]
    assert kinds(one) == []
    unit.sends(f"/desk/case/{apart}/history/answer", {"to": one, "answer": "accept", "why": "same_people"})
    assert kinds(apart) == ["LinkProposed", "LinkAccepted", "ReportLinked"]
    assert kinds(one) == []


def test_a_suspect_who_is_a_survivor_elsewhere_sees_nothing_of_the_other_report(supervisor, client):
    one = an_earlier_case()
    other = an_earlier_case(survivor=SUSPECT | {"party": "survivor"}, suspect=SURVIVOR | {"party": "suspect"})
    propose(supervisor, one, other)
    supervisor.sends(f"/desk/case/{one}/history/answer", {"to": other, "answer": "accept", "why": "counter_allegation"})
    spoken = issue_words(case_by_code(other), other, MARCH)
    assert client.post("/my/in", {"code": other, "words": spoken}, HTTP_HOST="127.0.0.1").status_code == 302
    for page in ("/my/", "/my/what-happened", "/my/contact", "/my/who-looked"):
        answer = client.get(page, HTTP_HOST="127.0.0.1", follow=True)
        said = answer.content.decode()
        for secret in (one, one.lower(), f"{one[:4]} {one[4:]}", "Nowak", "counter", "inked"):
            assert secret not in said, (page, secret)


def test_a_code_that_is_none_is_answered_like_one_that_is_not_theirs(supervisor):
    one = an_earlier_case()
    for typed in ("22222222", "", one, "\x00", "../.."):
        said = supervisor.sends(f"/desk/case/{one}/history/propose", {"to": typed})
        assert "You may not open the other report" in said
    assert words(said)
