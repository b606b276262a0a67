"""Whom a case concerns is told nothing of it by any list, log or answer; and no answer tells codes apart."""

from datetime import UTC
from datetime import datetime

import pytest
from tests.doors.desk.conftest import MARCH
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries

from holdfast.access.connections import add_connections
from holdfast.access.looks import Look
from holdfast.access.reach import CaseApart
from holdfast.access.staff import StaffMember
from holdfast.access.walls import wall_off
from holdfast.access.walls import walls_of
from holdfast.casefile.append import Draft
from holdfast.casefile.reading import case_by_code
from holdfast.doors.desk import not_open

NO_CASE = "22222222"
CALL = Draft("CallReceived", {"route": "voice"}, MARCH)
WIFE = Draft("PersonNamed", {"party": "survivor", "name": "Ada Example", "address": "4 Mill Road, Leeds"}, MARCH)


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(not_open, "SETTLE", 0.0)


@pytest.mark.usefixtures("database")
class TestTheLog:
    @pytest.mark.parametrize("role", ["supervisor", "auditor"])
    def test_who_checks_it_finds_no_line_of_a_case_that_concerns_them(self, role):
        code, other = a_case(CALL), a_case(CALL)
        desk, mate = Desk(role).signs_in(), Desk("officer", "PC1").signs_in()
        StaffMember.objects.update(team="night")
        for each in (code, other):
            mate.opens(f"/desk/case/{each}")
        wall_off(code, f"{role}-1", set_by="S9")
        desk.opens(f"/desk/case/{code}")
        for asked in ({"search": "1"}, {"case": code}, {"refused": "on"}, {"staff": f"{role}-1"}, {"staff": "PC1"}):
            page = desk.opens("/desk/log", **asked)
            assert desk.page.status_code == 200
            found = page.split("</form>")[-1]
            assert code not in found, asked
            assert f"{code[:4]} {code[4:]}" not in found, asked
            assert "somebody in this case" not in page
        assert f"{other[:4]} {other[4:]}" in desk.opens("/desk/log", staff="PC1")
        if role == "auditor":
            desk.page = desk.client.get("/desk/log", {"as": "csv"})
            assert code.encode() not in b"".join(desk.page.streaming_content)

    def test_a_supervisor_finds_none_of_a_separate_units_case(self):
        code, desk, mate = a_case(CALL), Desk().signs_in(), Desk("officer", "PC1").signs_in()
        StaffMember.objects.update(team="night")
        mate.opens(f"/desk/case/{code}")
        CaseApart.objects.create(case=code, unit="professional-standards")
        assert f"{code[:4]} {code[4:]}" not in desk.opens("/desk/log", search="1")


@pytest.mark.usefixtures("database")
class TestTheQueue:
    def test_once_somebody_asked_for_a_case_that_concerns_them_no_list_shows_it(self):
        """What is theirs may be given after the case was: then the first look at it shuts them out of lists, too."""
        code = a_case(CALL, WIFE)
        officer = Desk("officer", "PC7").signs_in()
        add_connections("PC7", "S9", names=["Sam Example"], addresses=["4 Mill Road, Leeds"])
        assert officer.opens(f"/desk/case/{code}")
        assert officer.page.status_code == 404
        assert code in walls_of("PC7")
        assert code not in officer.opens("/desk/", whose="team")
        assert [entry.kind for entry in entries(code)].count("StaffConnectionFound") == 1
        officer.opens(f"/desk/case/{code}")
        assert [entry.kind for entry in entries(code)].count("StaffConnectionFound") == 1


@pytest.mark.usefixtures("database")
class TestOneAnswer:
    def test_keeping_oneself_out_again_and_again_writes_once(self):
        code, desk = a_case(), Desk("adviser").signs_in()
        for _ in range(3):
            desk.sends(f"/desk/case/{code}/wall", {})
            assert desk.page.status_code == 302
        assert [entry.kind for entry in entries(code)].count("StaffConnectionFound") == 1
        assert Look.objects.filter(act="say_connected").count() == 3

    def test_a_case_that_cannot_be_read_is_answered_like_any_code(self, database):
        from django.db import connection

        code, mine = a_case(), a_case(CALL)
        with connection.cursor() as raw:
            raw.execute("DELETE FROM case_key WHERE case_id = %s", [case_by_code(code).hex])
        desk = Desk("officer", "PC1").signs_in()
        from holdfast.casefile.state import REMEMBERED

        REMEMBERED.forget(case_by_code(code))
        answers = []
        for asked in (code, NO_CASE):
            desk.sends(f"/desk/case/{asked}/wall", {})
            answers.append((desk.page.status_code, desk.page.headers["Location"]))
        assert answers[0] == answers[1]
        for asked in (code, NO_CASE):
            sent = {"to_case": asked, "why": "same_suspect", "reason": "x", "in_12_months": "yes"}
            desk.sends(f"/desk/case/{mine}/record/ReportLinked", sent)
            answers.append((desk.page.status_code, desk.page.headers.get("Location")))
        assert answers[2] == answers[3]
        assert answers[2][0] == 302


@pytest.mark.usefixtures("database")
def test_whom_one_let_back_in_is_no_second_person_for_them():
    """Whoever reads the words out could use them, and agree with themselves in a colleague's name."""
    from holdfast.access.sign_in import recovery
    from holdfast.access.two_people import two_who_may
    from holdfast.casefile.reading import read_case

    code = a_case(CALL)
    for name in ("S1", "S2", "S3"):
        Desk("supervisor", name).signs_in()
    one, two = (StaffMember.objects.get(staff=name) for name in ("S1", "S2"))
    words = recovery.start(one.person, two, one)
    file, now = read_case(case_by_code(code)), datetime.now(UTC)
    assert not two_who_may("erase", file, "S1", "S2", at=now).why  # not while nobody has used them
    assert recovery.use(recovery.opened_by(two.user.username, words), "another long and plain password")
    for first, second in (("S1", "S2"), ("S2", "S1")):
        assert "let the other back in" in two_who_may("erase", file, first, second, at=now).why
    assert not two_who_may("erase", file, "S1", "S3", at=now).why
    assert not two_who_may("erase", file, "S3", "S2", at=now).why
