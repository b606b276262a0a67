"""Who is there: held against what binds them here, in linked and earlier reports; what was not looked in is said."""

import pytest
from tests.doors.desk.conftest import MARCH
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import entries
from tests.doors.desk.test_history import SURVIVOR
from tests.doors.desk.test_history import SUSPECT
from tests.doors.desk.test_history import an_earlier_case
from tests.doors.desk.test_history import somebody
from tests.doors.desk.test_history import words

from holdfast.casefile.append import Draft

ORDER = Draft("OrderMade", {"order": "non-molestation", "until_further_order": "yes"}, MARCH)
BAIL = Draft("BailGranted", {"ends_at": "2099-01-01T00:00:00Z", "conditions": [{"type": "no_direct_contact"}]}, MARCH)


@pytest.fixture
def officer(database) -> Desk:
    return somebody("officer")


def new_case(**more) -> str:
    return an_earlier_case(Draft("UnitSent", {"unit": "officer-1"}, MARCH), **more)


def scene(desk: Desk, code: str, **typed) -> str:
    return words(desk.sends(f"/desk/case/{code}/who-is-there", typed))


def test_what_is_in_force_stands_there_before_a_key_is_pressed(officer):
    code = an_earlier_case(Draft("UnitSent", {"unit": "officer-1"}, MARCH), ORDER)
    said = words(officer.opens(f"/desk/case/{code}/who-is-there"))
    assert "until further order" in said
    assert "Against the suspect of" in said


def test_nothing_recorded_is_not_said_as_nothing(officer):
    said = words(officer.opens(f"/desk/case/{new_case()}/who-is-there"))
    assert "That does not mean that there is nothing" in said


def test_an_order_of_an_earlier_report_is_found_against_whoever_is_there_however_they_are_called(officer):
    an_earlier_case(ORDER, BAIL)
    code = new_case(suspect={"party": "suspect", "name": "Bob Smith", "born_on": "1980-01-02"})
    said = scene(officer, code, there=[f"{code}-1"], check="1")
    assert "until further order" in said
    assert "Bail before charge" in said
    assert "certain" in said
    assert "Not checked by this system" in said
    assert "The firearms register" in said


def test_somebody_whom_no_report_names_is_found_by_what_they_say(officer):
    an_earlier_case(BAIL)
    code = new_case(suspect={"party": "suspect", "name": "Somebody Else"})
    said = scene(officer, code, **{"name-1": "Smith Robert", "born-1": "2/1/1980", "check": "1"})
    assert "Bail before charge" in said


def test_the_survivor_of_this_report_may_be_the_one_who_is_bound(officer):
    an_earlier_case(ORDER, survivor=SUSPECT | {"party": "survivor"}, suspect=SURVIVOR | {"party": "suspect"})
    code = new_case()
    said = scene(officer, code, there=[f"{code}-0"], check="1")
    assert "until further order" in said


def test_the_check_is_an_entry_with_what_was_found_and_what_was_not_looked_in(officer):
    earlier = an_earlier_case(ORDER)
    code = new_case()
    officer.sends(
        f"/desk/case/{code}/who-is-there",
        {"there": [f"{code}-0", f"{code}-1"], "record": "1", "looked_in": ["firearms_register"],
         "firearms_certificate": "no", "everybody": "yes", "officers_told": "yes"},
    )  # fmt: skip
    assert "Recorded" in officer.follows()
    said, firearms = entries(code)[-2:]
    assert (said.kind, firearms.kind, firearms.fields.certificate) == ("SceneChecked", "FirearmsChecked", "no")
    fields = said.fields
    assert (fields.order_in_force, fields.bail, fields.firearms_certificate) == ("yes", "not_known", "no")
    assert [(bond.what, bond.order, bond.in_case) for bond in fields.bonds] == [
        ("order", "non-molestation", earlier.lower())
    ]
    assert [each.order_in_force for each in fields.there] == ["not_known", "yes"]
    assert {"this_case", "linked_cases", "earlier_reports", "firearms_register"} == set(fields.looked_in)
    assert set(fields.not_looked_in) == {"national_computer", "courts", "other_forces"}
    assert fields.everybody == "yes"


def test_no_is_taken_only_from_whoever_looked(officer):
    code = new_case()
    said = scene(officer, code, there=[f"{code}-1"], record="1", order_in_force="no", bail="no")
    assert officer.page.status_code == 422
    assert "No order in force: that can only be said by whoever looked in" in officer.page.content.decode()
    assert entries(code)[-1].kind != "SceneChecked"
    assert said


def test_what_may_not_be_opened_is_a_flag_and_is_counted(officer):
    an_earlier_case(ORDER, force="cumbria")
    code = new_case(suspect=SUSPECT)
    said = scene(officer, code, there=[f"{code}-1"], check="1")
    assert "An order or bail may be in force" in said
    assert "until further order" not in said
    officer.sends(f"/desk/case/{code}/who-is-there", {"there": [f"{code}-1"], "record": "1"})
    fields = entries(code)[-1].fields
    assert (fields.not_shown, fields.order_in_force) == (1, "not_known")


@pytest.mark.parametrize(
    "typed",
    [{}, {"there": "nobody"}, {"name-1": "A B", "born-1": "31/02/1980"}, {"born-1": "\x00"},
     {"name-1": "x" * 10_000, "record": "1"}, {"name-1": "🙂", "everybody": "perhaps", "record": "1"}],
)  # fmt: skip
def test_whatever_is_sent_is_answered(officer, typed):
    code = new_case()
    officer.sends(f"/desk/case/{code}/who-is-there", {"check": "1", **typed})
    assert officer.page.status_code in (200, 302, 400, 422)
