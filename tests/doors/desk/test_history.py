"""Earlier history is found however it was misspelt, shown only to whoever may see it, and each search leaves a line."""

import re
from html import unescape

import pytest
from tests.doors.desk.conftest import MARCH
from tests.doors.desk.conftest import OFFICER
from tests.doors.desk.conftest import Desk
from tests.doors.desk.sensible import LONDON

from holdfast.access.looks import Look
from holdfast.access.staff import StaffMember
from holdfast.access.staff import add_staff_member
from holdfast.access.walls import wall_off
from holdfast.casefile.append import Draft
from holdfast.casefile.append import open_case
from holdfast.doors.desk.history.markers import flags
from holdfast.doors.desk.history.markers import markers

LOOK = "/desk/history/look"
SURVIVOR = {"party": "survivor", "name": "Katarzyna Nowak", "born_on": "1984-03-09", "number": "07700 900142",
            "address": "9 Example Rise, Hartlepool TS24 8AA"}  # fmt: skip
SUSPECT = {"party": "suspect", "name": "Robert Smith", "born_on": "1980-01-02"}


def an_earlier_case(*more: Draft, force: str = "cleveland", survivor: dict = SURVIVOR, suspect: dict = SUSPECT) -> str:
    drafts = [
        Draft("CallReceived", {"route": "voice"}, MARCH),
        Draft("PersonNamed", survivor, MARCH),
        Draft("PersonNamed", suspect, MARCH),
        *more,
    ]
    return open_case("england-and-wales", by=OFFICER, happened_at=MARCH, fields={"force": force}, drafts=drafts).code


def somebody(role: str, staff: str = "", force: str = "cleveland") -> Desk:
    staff = staff or f"{role}-1"
    if not StaffMember.objects.filter(staff=staff).exists():
        add_staff_member(staff, "a long and plain password", role=role, staff=staff, organisation=force)
    return Desk(role, staff).signs_in()


def words(page: str) -> str:
    main = page[page.find('id="history"') :] if 'id="history"' in page else page
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


@pytest.fixture
def supervisor(database) -> Desk:
    return somebody("supervisor")


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Katazyna Novak"},
        {"name": "Nowak Kasia"},
        {"name": "kasia nowak", "born": "1984"},
        {"name": "Katarzyna Nowak", "born": "3/9/1984"},
        {"number": "+44 7700 900142"},
        {"address": "9 example rise ts24 8aa"},
    ],
    ids=["misspelt", "swapped nickname", "part of a date", "swapped date", "number", "address"],
)
def test_the_earlier_report_comes_up_however_it_is_asked_for(supervisor, typed):
    code = an_earlier_case()
    page = supervisor.sends(LOOK, typed)
    assert f'href="/desk/case/{code}"' in page
    assert "Katarzyna Nowak" in words(page)
    assert re.search(r"(certain|likely|possible)", words(page))


def test_what_it_says_of_a_report_is_what_somebody_at_the_door_needs(supervisor):
    asked = {"weapons_in_home": "yes", "children_there": "yes", "interpreter_needed": "yes", "strangled": "yes"}
    an_earlier_case(
        Draft("CallQuestionsAnswered", asked, MARCH),
        Draft("SafeNumberGiven", {"number": "07700 900143", "code_word": "lighthouse"}, MARCH),
        Draft("OrderMade", {"order": "non-molestation", "until_further_order": "yes"}, MARCH),
        Draft("PersonNamed", {"party": "child", "name": "Ola Nowak"}, MARCH),
    )
    said = words(supervisor.sends(LOOK, {"name": "Katarzyna Nowak"}))
    for marker in ("Weapons", "Children", "Interpreter", "Code word agreed", "Strangled before"):
        assert marker in said
    assert "until further order" in said
    assert "Robert Smith suspect" in said
    assert "Ola Nowak child" in said
    assert "lighthouse" not in said
    assert "name: same" in said


def test_somebody_who_is_survivor_here_and_suspect_there_is_shown_both_ways_round(supervisor):
    an_earlier_case()
    an_earlier_case(survivor=SUSPECT | {"party": "survivor"}, suspect=SURVIVOR | {"party": "suspect"})
    said = words(supervisor.sends(LOOK, {"name": "Robert Smith", "born": "1980-01-02"}))
    assert "Both ways round" in said


def test_whoever_may_not_open_a_report_is_told_two_bare_flags_and_nothing_else(database):
    armed = Draft("FirearmsChecked", {"certificate": "yes"}, MARCH)
    code = an_earlier_case(armed, force="cumbria")
    page = somebody("officer").sends(LOOK, {"name": "Katarzyna Nowak", "born": "1984-03-09"})
    said = words(page)
    assert "Weapons." in said
    assert "the duty officer of" in said
    for kept in (code, code.lower(), "Robert", "Smith", "07700"):
        assert kept not in said
    assert Look.objects.filter(case=code, act="see_flag", staff="officer-1").exists()


def test_a_report_without_flags_that_is_not_theirs_leaves_no_trace_on_the_page(database):
    an_earlier_case(force="cumbria")
    said = words(somebody("officer").sends(LOOK, {"name": "Katarzyna Nowak"}))
    assert "No earlier report that you may open fits" in said
    assert "may not open fits (" not in said


def test_somebody_behind_a_wall_is_shown_nothing_not_even_a_flag(supervisor):
    code = an_earlier_case(Draft("FirearmsChecked", {"certificate": "yes"}, MARCH))
    wall_off(code, supervisor.staff, set_by="S9")
    said = words(supervisor.sends(LOOK, {"name": "Katarzyna Nowak"}))
    assert "Weapons" not in said
    assert "No earlier report that you may open fits" in said


def test_a_separate_units_report_tells_flags_in_the_same_words_as_any_other(supervisor):
    add_staff_member("unit-1", None, role="investigator", staff="unit-1", unit="professional-standards")
    given = Draft("CaseGivenToSeparateUnit", {"unit": "professional-standards"}, MARCH)
    code = an_earlier_case(given, Draft("FirearmsChecked", {"certificate": "yes"}, MARCH))
    said = words(supervisor.sends(LOOK, {"name": "Katarzyna Nowak"}))
    assert "Weapons." in said
    assert "Ask your duty officer" in said
    assert code not in said
    assert "unit" not in said.lower().replace("united", "")


def test_a_call_taker_says_for_what_and_may_then_open_it(database):
    drafts = [Draft("PersonNamed", SURVIVOR, MARCH), Draft("CaseClosed", {"reason": "no_further_action"}, MARCH)]
    code = open_case("england-and-wales", by=OFFICER, happened_at=MARCH, drafts=drafts).code
    taker = somebody("call_taker")
    assert "Say for what you look" in taker.sends(LOOK, {"name": "Katarzyna Nowak"})
    assert taker.page.status_code == 422
    assert code in taker.sends(LOOK, {"name": "Katarzyna Nowak", "why": "call EX-1"})
    assert "Case" in taker.opens(f"/desk/case/{code}")
    assert taker.page.status_code == 200
    assert Look.objects.filter(case=code, act="look_history", tie="purpose").count() == 1


def test_on_the_call_screen_the_call_is_the_reason_and_the_answer_is_a_fragment(database):
    code = an_earlier_case()
    page = somebody("call_taker").sends(LOOK, {"name": "Katarzyna Nowak", "part": "1", "call": "1"})
    assert code in page
    assert "<html" not in page


def test_the_call_in_hand_is_no_earlier_report_of_itself(database):
    code, other = an_earlier_case(), an_earlier_case()
    sent = {"name": "Katarzyna Nowak", "part": "1", "call": "1", "case": code}
    page = somebody("call_taker").sends(LOOK, sent)
    assert code not in page
    assert other in page


def test_each_search_is_logged_without_its_words_in_clear_and_each_report_once(database):
    code = an_earlier_case()
    supervisor = somebody("supervisor")
    for typed in ("Katarzyna", "Katarzyna No", "Katarzyna Nowak"):
        supervisor.sends(LOOK, {"name": typed, "part": "1"})
    assert Look.objects.filter(case="", act="look_history").count() == 3
    assert Look.objects.filter(case=code, act="look_history").count() == 1
    assert b"Katarzyna" not in database.read_bytes()


def test_roles_that_have_no_business_with_history_have_no_page(database):
    for role in ("witness_care", "auditor", "disclosure_coordinator"):
        one = somebody(role)
        one.opens(LOOK)
        assert one.page.status_code == 403


@pytest.mark.parametrize(
    "typed",
    [{}, {"name": ""}, {"name": "x"}, {"name": "\x00" * 50}, {"name": "a" * 100_000}, {"born": "99/99/9999"},
     {"number": "🙂" * 200}, {"address": "'; DROP TABLE posting; --"}, {"name": "\ud83d"}],
)  # fmt: skip
def test_whatever_is_typed_is_answered(supervisor, typed):
    try:
        supervisor.sends(LOOK, typed)
    except UnicodeEncodeError:  # half a sign cannot be sent at all
        return
    assert supervisor.page.status_code in (200, 400, 422)


def test_nothing_typed_stands_in_the_address(supervisor):
    an_earlier_case()
    page = supervisor.opens(LOOK, name="Katarzyna Nowak")
    assert "Example" not in words(page)
    assert not Look.objects.filter(act="look_history").exists()


def test_an_order_that_somebody_spoke_of_flies_the_flag_until_it_was_looked_for(pack_and_entries):
    pack, entry = pack_and_entries
    zone, now = LONDON, MARCH
    said = [entry(1, "CallQuestionsAnswered", order_in_force="yes")]
    assert flags(said, zone, pack, now).order_in_force
    said.append(entry(2, "CallQuestionsAnswered", order_in_force="no"))
    assert flags(said, zone, pack, now).order_in_force
    said.append(entry(3, "HistoryChecked", order_in_force="no"))
    assert not flags(said, zone, pack, now)
    assert markers(said) == ()


@pytest.fixture
def pack_and_entries(small_pack):
    from tests.support.told import entry

    from holdfast.casefile.packs import pack_called

    return pack_called("smallplace"), lambda number, kind, **fields: entry(number, kind, "2026-03-02 09:00", **fields)
