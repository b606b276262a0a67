"""Reading the log at the desk: who may, what is found, what an export holds, and that every search is written down."""

import json
import sqlite3

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case

from holdfast.access.looks import Look
from holdfast.access.looks import log_look
from holdfast.access.may import Person
from holdfast.access.staff import StaffMember

pytestmark = pytest.mark.usefixtures("database")
TYPED = "Marigold Lane is where she stays"


def looked(code: str, staff: str = "PC1", *, act: str = "read_case", reason: str = "", team: str = "", allowed=True):
    return log_look(Person("officer", staff, team=team), code, act, reason, allowed=allowed).number


@pytest.fixture
def auditor() -> Desk:
    return Desk("auditor").signs_in()


def test_an_auditor_finds_by_who_which_case_what_and_refusal(auditor):
    one, two = a_case(), a_case()
    looked(one, "PC1", reason="no task in this case")
    looked(two, "PC2", act="print_report", reason=TYPED, allowed=False)
    shown = {code: f"{code[:4]} {code[4:]}" for code in (one, two)}
    page = auditor.opens("/desk/log", staff="PC1")
    assert shown[one] in page
    assert shown[two] not in page
    assert "no task in this case" in page
    page = auditor.opens("/desk/log", case=shown[two].lower())
    assert "PC2" in page
    assert TYPED in page
    assert shown[one] not in auditor.opens("/desk/log", refused="1")
    assert shown[two] in auditor.opens("/desk/log", act="print_report")


def test_days_are_those_of_the_place(auditor):
    looked(a_case())
    assert "PC1" in auditor.opens("/desk/log", staff="PC1", **{"from": "2020-01-01"})
    assert "No line of the log" in auditor.opens("/desk/log", staff="PC1", to="2020-01-01")


@pytest.mark.parametrize(
    ("given", "said"),
    [({"staff": "A name <b>"}, "staff identifier has"), ({"case": "Marigold"}, "no code of a case"),
     ({"from": "tomorrow"}, "is no date"), ({"from": "2026-02-30"}, "is no date"), ({"act": "é"}, "no act of this"),
     ({"from": "2026-03-02", "to": "2026-03-01"}, "lies before the first")],
)  # fmt: skip
def test_what_cannot_be_searched_is_said_and_nothing_is_shown(auditor, given, said):
    looked(a_case())
    page = auditor.opens("/desk/log", **given)
    assert auditor.page.status_code == 422
    assert said in page
    assert "What was found" not in page


@pytest.mark.parametrize("given", [{"before": "x"}, {"before": "9" * 40}, {"before": "-1"}, {"to": "9999-12-31"},
                                   {"from": "0001-01-01"}, {"as": "pdf"}, {"staff": "\x00"}])  # fmt: skip
def test_odd_questions_get_an_answer(auditor, given):
    auditor.opens("/desk/log", search="1", **given)
    assert auditor.page.status_code in (200, 422)


def test_each_search_is_itself_a_line(auditor):
    code = a_case()
    auditor.opens("/desk/log")
    assert not Look.objects.filter(act="search_log").exists()
    auditor.opens("/desk/log", staff="PC1", case=code)
    line = Look.objects.get(act="search_log")
    assert (line.staff, line.case, line.said.route) == ("auditor-1", code, "desk:log")
    assert line.reason == f"staff PC1; case {code}"


def test_a_search_that_cannot_be_written_down_shows_nothing(auditor, database):
    looked(a_case())
    with sqlite3.connect(database) as direct:
        direct.execute("CREATE TRIGGER full BEFORE INSERT ON log_line BEGIN SELECT RAISE(ABORT, 'disk'); END")
    page = auditor.opens("/desk/log", staff="PC1")
    assert auditor.page.status_code == 503
    assert "What was found" not in page
    assert "Nothing was written" in page


def test_a_case_is_not_shown_where_the_look_cannot_be_written_down(database):
    code = a_case()
    officer = Desk("supervisor").signs_in()
    with sqlite3.connect(database) as direct:
        direct.execute("CREATE TRIGGER full BEFORE INSERT ON log_line BEGIN SELECT RAISE(ABORT, 'disk'); END")
    page = officer.opens(f"/desk/case/{code}")
    assert officer.page.status_code == 503
    assert "Nothing was written" in page
    assert code[:4] not in page.replace(f"/desk/case/{code}", "")


def test_it_is_read_a_page_at_a_time(auditor):
    code = a_case()
    for _ in range(120):
        looked(code)
    seen, address = 0, f"/desk/log?case={code}&staff=PC1"
    for rows in (50, 50, 20):
        page = auditor.opens(address)
        assert page.count("<tr><td>") == rows
        seen += rows
        more = page.split('class="button button--plain" href="')
        address = "/desk/log" + more[1].split('"')[0].replace("&amp;", "&") if len(more) > 1 else ""
    assert (seen, address) == (120, "")


@pytest.mark.parametrize("role", ["officer", "call_taker", "investigator", "adviser", "safeguarding_officer"])
def test_nobody_else_reads_it(role):
    somebody = Desk(role).signs_in()
    somebody.opens("/desk/log", search="1")
    assert somebody.page.status_code == 403
    assert Look.objects.filter(act="search_log", staff=f"{role}-1", allowed=False).exists()


def test_a_supervisor_searches_what_their_own_team_did():
    supervisor = Desk("supervisor").signs_in()
    StaffMember.objects.filter(staff="supervisor-1").update(team="North")
    one, two = a_case(), a_case()
    looked(one, "PC1", team="North")
    looked(two, "PC2", team="South")
    looked(two, "PC3")
    page = supervisor.opens("/desk/log", search="1")
    assert "PC1" in page
    assert "PC2" not in page
    assert "PC3" not in page


def test_who_belongs_to_no_team_searches_nobody(auditor):
    supervisor = Desk("supervisor").signs_in()
    looked(a_case(), "PC3")
    page = supervisor.opens("/desk/log", search="1")
    assert "PC3" not in page
    assert "no team" in page


def test_an_export_is_written_down_and_holds_no_typed_word(auditor):
    code = a_case()
    looked(code, reason=TYPED, allowed=False)
    sent = auditor.client.get("/desk/log", {"case": code, "as": "json"})
    rows = json.loads(b"".join(sent.streaming_content))
    assert [row["case"] for row in rows if row["act"] == "read_case"] == [code]
    assert rows[-1]["words_given"] is True
    assert TYPED not in json.dumps(rows)
    written = b"".join(auditor.client.get("/desk/log", {"case": code, "as": "csv"}).streaming_content).decode()
    assert written.splitlines()[0].startswith("number,at,role,staff")
    assert Look.objects.filter(act="export_log", allowed=True).count() == 2


def test_a_supervisor_takes_nothing_out():
    supervisor = Desk("supervisor").signs_in()
    assert supervisor.client.get("/desk/log", {"as": "csv"}).status_code == 403
    assert Look.objects.get(act="export_log").allowed is False


def test_a_team_that_begins_like_a_formula_is_text_in_a_spreadsheet(auditor):
    looked(a_case(), team="=1+1")
    written = b"".join(auditor.client.get("/desk/log", {"as": "csv"}).streaming_content).decode()
    assert "'=1+1" in written


def test_who_opened_one_case_is_read_by_those_who_check():
    code = a_case()
    looked(code, "PC7", reason="no task in this case")
    page = Desk("supervisor").signs_in().opens(f"/desk/case/{code}/looks")
    assert "PC7" in page
    officer = Desk("officer", "PC1").signs_in()
    officer.opens(f"/desk/case/{code}/looks")
    assert officer.page.status_code in (403, 404)
