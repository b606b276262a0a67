"""A link stands in both cases; the chains stay apart; whoever may not enter the other case cannot write there."""

from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden

from holdfast.access.looks import Look
from holdfast.access.walls import wall_off


def links(code: str) -> list[str]:
    return [entry.fields.to_case for entry in entries(code) if entry.kind == "ReportLinked"]


def link(desk, one: str, typed: str) -> str:
    address = f"/desk/case/{one}/record/ReportLinked"
    form = desk.opens(address)
    desk.sends(address, {**hidden(form), "to_case": typed, "why": "same_suspect", "record": "1"})
    return desk.follows()


def test_a_link_is_an_entry_in_both_cases_however_the_code_was_typed(desk):
    one, other = a_case(), a_case()
    link(desk, one, f" {other[:4]} {other[4:].lower()} ")
    assert links(one) == [other.lower()]
    assert links(other) == [one.lower()]
    assert f'href="/desk/case/{other}"' in desk.opens(f"/desk/case/{one}")
    assert Look.objects.filter(case=other, act="link", allowed=True).exists()


def test_the_same_link_is_not_written_back_twice(desk):
    one, other = a_case(), a_case()
    link(desk, one, other)
    link(desk, other, one)
    assert links(one) == [other.lower()]


def test_a_code_that_no_case_has_is_said(desk):
    one = a_case()
    assert "no case that you may write in has that code" in link(desk, one, "22222222")


def test_a_case_linked_to_itself_is_said(desk):
    one = a_case()
    assert "this very case" in link(desk, one, one)


def test_nothing_is_written_in_a_case_from_which_the_person_is_walled_off(desk):
    one, other = a_case(), a_case()
    wall_off(other, desk.staff, set_by="S1")
    assert "stands in this case alone" in link(desk, one, other)
    assert links(other) == []
    assert Look.objects.filter(case=other, act="link", allowed=False).exists()
