"""Erasing and giving a copy at the desk: two people, each from their own sign-in, and never by one alone."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries

from holdfast.casefile.append import Draft
from holdfast.casefile.erasures import erasures_known
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CannotKeep
from holdfast.record.entry import By

LEAD = By("supervisor", "SUP9")
LONG_AGO = datetime.now(UTC) - timedelta(days=20)


def closed(*more: Draft) -> str:
    return a_case(
        Draft("CaseClosed", {"reason": "no_further_action", "survivor_told": "yes"}, LONG_AGO, by=LEAD),
        *more,
        pack="smallplace",
    )


@pytest.fixture
def two(database, small_pack) -> tuple[Desk, Desk]:
    return Desk(staff="SUP1").signs_in(), Desk(staff="SUP2").signs_in()


def test_one_asks_another_agrees_and_only_then_it_is_erased(two):
    first, second = two
    code = closed()
    case = case_by_code(code)
    assert "keep-nfa" in first.opens(f"/desk/case/{code}/keeping")
    first.sends(f"/desk/case/{code}/erase", {"do": "ask", "reason": "retention_ended"})
    assert "Nothing is erased yet" in first.follows()
    assert "has to agree from their own sign-in" in first.page.content.decode()
    first.sends(f"/desk/case/{code}/erase", {"do": "agree", "understood": "yes"})
    assert (first.page.status_code, "nobody agrees with themselves" in first.page.content.decode()) == (422, True)
    assert read_case(case).entries
    second.sends(f"/desk/case/{code}/erase", {"do": "agree"})
    assert second.page.status_code == 422
    assert read_case(case).entries
    second.sends(f"/desk/case/{code}/erase", {"do": "agree", "understood": "yes"})
    assert "certificate is number 1" in second.follows()
    with pytest.raises(CannotKeep, match="erased"):
        read_case(case)
    assert "This case was erased" in first.opens(f"/desk/case/{code}")
    assert first.page.status_code == 410
    said = erasures_known()[0].said
    assert (said.by, said.second, said.rule) == ("supervisor SUP1", "SUP2", "keep-nfa")


def test_what_stands_against_it_is_said_and_nothing_can_be_asked(two):
    first, _ = two
    code = closed(Draft("KeepingHeld", {"for_what": "inquiry"}, LONG_AGO, by=LEAD))
    assert "an inquiry needs it" in first.opens(f"/desk/case/{code}/keeping")
    first.sends(f"/desk/case/{code}/erase", {"do": "ask", "reason": "survivor_asked"})
    assert first.page.status_code == 422


def test_what_was_recorded_after_the_asking_stops_it(two):
    first, second = two
    code = closed()
    first.sends(f"/desk/case/{code}/erase", {"do": "ask", "reason": "survivor_asked"})
    from holdfast.casefile.append import append

    append(case_by_code(code), "MessageSent", {"channel": "text", "words": "x"}, by=LEAD, happened_at=LONG_AGO)
    second.sends(f"/desk/case/{code}/erase", {"do": "agree", "understood": "yes"})
    assert second.page.status_code == 422
    assert read_case(case_by_code(code)).length == 3
    second.sends(f"/desk/case/{code}/erase", {"do": "take_back"})
    assert "taken back" in second.follows()


@pytest.mark.parametrize("role", ["officer", "investigator", "adviser", "auditor", "records_officer"])
def test_nobody_else_may_erase_or_give_a_copy(two, role):
    code = closed()
    other = Desk(role=role).signs_in()
    for place, sent in (
        ("erase", {"do": "ask", "reason": "survivor_asked"}),
        ("copy", {"do": "ask", "to_whom": "survivor"}),
    ):
        other.sends(f"/desk/case/{code}/{place}", sent)
        assert other.page.status_code in (403, 404)
    assert len(entries(code)) == 2


def asked_question() -> Draft:
    words = {"question": "Does he know that I am at 14 Mill Road?"}
    return Draft("QuestionAsked", words, LONG_AGO, by=By("survivor"))


def named() -> Draft:
    said = {"party": "survivor", "name": "Ada Lovelace", "address": "14 Mill Road, Leeds"}
    return Draft("PersonNamed", said, LONG_AGO, by=LEAD)


def test_one_makes_a_copy_another_reads_it_decides_and_gives_it(two):
    first, second = two
    code = closed(named(), asked_question())
    first.opens(f"/desk/case/{code}/copy")
    first.sends(f"/desk/case/{code}/copy", {"do": "ask", "to_whom": "survivor"})
    first.follows()
    first.sends(f"/desk/case/{code}/copy", {"do": "give", "read_it": "yes"})
    assert first.page.status_code == 422
    page = second.opens(f"/desk/case/{code}/copy")
    places = re.findall(r'name="(decide-[^"]+)" value="leave"', page)
    assert len(places) == 1
    for sent in ({"read_it": "yes"}, {places[0]: "leave"}):
        second.sends(f"/desk/case/{code}/copy", {"do": "give", **sent})
        assert second.page.status_code == 422
        assert entries(code)[-1].kind == "QuestionAsked"
    given = second.sends(f"/desk/case/{code}/copy", {"do": "give", "read_it": "yes", places[0]: "leave"})
    assert second.page.headers["Content-Disposition"] == 'attachment; filename="record.html"'
    assert ("Mill Road" in given, "Ada Lovelace" in given) == (False, True)
    last = entries(code)[-1]
    assert (last.kind, last.by.staff, last.fields.looked_over_by) == ("FileCopyGiven", "SUP1", "SUP2")


def test_nothing_found_is_never_said_to_be_safe(two):
    first, second = two
    code = closed()
    first.sends(f"/desk/case/{code}/copy", {"do": "ask", "to_whom": "court"})
    page = second.opens(f"/desk/case/{code}/copy")
    assert "does not mean that there is nothing" in page
    second.sends(f"/desk/case/{code}/copy", {"do": "give", "form": "json"})
    assert second.page.status_code == 422
    second.sends(f"/desk/case/{code}/copy", {"do": "give", "form": "json", "read_it": "yes"})
    assert second.page.headers["Content-Type"].startswith("application/json")


@pytest.mark.parametrize(
    "sent", [{}, {"do": "ask"}, {"do": "ask", "reason": "x", "to_whom": "x"}, {"do": "agree"}, {"do": "\x00"}]
)
def test_bad_input_is_an_answer_and_never_a_fault(two, sent):
    first, _ = two
    code = closed()
    for place in ("erase", "copy"):
        first.sends(f"/desk/case/{code}/{place}", sent)
        assert first.page.status_code == 422
    assert len(entries(code)) == 2
