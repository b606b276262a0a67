"""Taking a call: each part becomes its entry, a fault in one part loses none of the others, and it opens one case."""

import re

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden

from holdfast.casefile.models import Case

SILENT = {
    "call-route": "silent",
    "call-safe_now": "no",
    "call-can_talk": "no",
    "where-how": "said",
    "where-place": "12 Example Street",
    "asked-hurt": "yes",
    "safe-number": "07700 900123",
    "grade-grade": "immediate",
    "grade-attend_within": "15",
    "grade-reason": "A voice was heard shouting.",
}


@pytest.fixture
def taker(database) -> Desk:
    return Desk("call_taker").signs_in()


def code_of(desk: Desk) -> str:
    return desk.page.headers["Location"].rsplit("/", 1)[1]


def test_a_call_becomes_its_entries_in_order(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), **SILENT})
    found = entries(code_of(taker))
    assert [entry.kind for entry in found] == [
        "CaseOpened", "CallReceived", "CallQuestionsAnswered", "LocationFound", "SafeNumberGiven", "CallGraded",
    ]  # fmt: skip
    assert (found[1].fields.safe_now, found[1].fields.can_talk, found[1].fields.wants_to_talk_alone) == (
        "no",
        "no",
        "not_asked",
    )
    assert found[5].fields.attend_within == 15


def test_a_call_of_which_nothing_is_known_yet_is_kept_as_it_is(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), "call-route": "voice", "where-how": "said"})
    assert [entry.kind for entry in entries(code_of(taker))] == ["CaseOpened", "CallReceived"]


def test_how_a_silent_caller_answered_is_kept(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), "call-route": "silent", "silent-answered_by": "pressed_55"})
    assert entries(code_of(taker))[2].fields.answered_by == "pressed_55"


def test_a_fault_in_a_later_part_loses_nothing_and_the_page_says_what_is_kept(taker):
    page = taker.opens("/desk/call")
    page = taker.sends(
        "/desk/call", {**hidden(page), **SILENT, "asked-children": "two", "asked-witnesses": "the man next door"}
    )
    assert taker.page.status_code == 422
    assert "The call is kept as case" in page
    assert "Kept: Case opened, Call received, Location found, Safe number given, Call graded" in page
    assert "the man next door" in page
    assert 'href="#id_asked-children"' in page
    sent = {**hidden(page), **SILENT, "asked-children": "2", "asked-witnesses": "the man next door"}
    taker.sends("/desk/call", sent)
    kinds = [entry.kind for entry in entries(code_of(taker))]
    assert sorted(kinds) == sorted(set(kinds))
    assert kinds[-1] == "CallQuestionsAnswered"


def test_a_fault_in_the_call_itself_keeps_nothing_and_loses_nothing_typed(taker):
    page = taker.opens("/desk/call")
    page = taker.sends("/desk/call", {**hidden(page), **SILENT, "call-route": ""})
    assert taker.page.status_code == 422
    assert "12 Example Street" in page
    assert Case.objects.count() == 0


def test_a_call_sent_twice_opens_one_case(taker):
    page = taker.opens("/desk/call")
    sent = {**hidden(page), **SILENT}
    taker.sends("/desk/call", sent)
    first = code_of(taker)
    taker.sends("/desk/call", sent)
    assert code_of(taker) == first
    assert Case.objects.count() == 1
    assert len(entries(first)) == 6


def test_are_you_safe_now_is_the_first_question_on_the_page(taker):
    page = taker.opens("/desk/call")
    questions = re.findall(r"<legend>([^<]+)</legend>", page)
    assert questions[:3] == ["Are you safe now?", "Can you talk?", "Do you want to talk alone?"]
    assert page.index('id="id_where-place"') < page.index('id="id_asked-what_happened"')


def test_a_custody_officer_takes_no_calls(database):
    desk = Desk("custody_officer").signs_in()
    desk.opens("/desk/call")
    assert desk.page.status_code == 403


def test_the_case_that_a_call_opened_is_in_the_queue_of_whoever_owes_something(taker):
    page = taker.opens("/desk/call")
    taker.sends("/desk/call", {**hidden(page), **SILENT})
    code = code_of(taker)
    assert f"/desk/case/{code}/record/" in taker.opens("/desk/")
    assert f"/desk/case/{code}/record/UnitSent" in Desk("dispatcher").signs_in().opens("/desk/")
