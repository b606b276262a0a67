"""Who gets to a case, and what is written down about it."""

import re
import sqlite3

import pytest
from tests.doors.desk.conftest import MARCH
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case

from holdfast.access.looks import Look
from holdfast.access.looks import looks_for_survivor
from holdfast.casefile.append import Draft
from holdfast.casefile.store import close


def without_token(page: str) -> str:
    """A page without the token that every page has anew."""
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)


@pytest.mark.usefixtures("database")
class TestGate:
    def test_every_look_at_a_case_is_written_down_with_who_and_what(self):
        code = a_case()
        Desk("officer").signs_in().opens(f"/desk/case/{code}")
        look = Look.objects.get(case=code)
        assert (look.staff, look.role, look.act, look.allowed) == ("officer-1", "officer", "read_case", True)

    def test_a_look_says_why_as_far_as_the_record_knows(self):
        code = a_case(Draft("CallReceived", {"route": "voice"}, MARCH))
        for role, reason in (
            ("call_taker", "their role owes something in this case"),
            ("supervisor", "their role owes something in this case"),
        ):
            Desk(role).signs_in().opens(f"/desk/case/{code}")
            assert Look.objects.get(case=code, role=role).reason == reason
        Desk("officer", "PC1").signs_in().opens(f"/desk/case/{code}")
        assert Look.objects.get(case=code, staff="PC1").reason == "has recorded in this case"

    def test_the_survivor_reads_role_and_kind_of_agency_and_not_who(self):
        code = a_case()
        Desk("officer").signs_in().opens(f"/desk/case/{code}")
        (seen,) = looks_for_survivor(code)
        assert (seen.role, seen.agency) == ("officer", "police")
        assert "officer-1" not in str(seen)

    def test_a_case_that_is_not_there_is_not_found(self):
        desk = Desk("officer").signs_in()
        desk.opens("/desk/case/22222222")
        assert desk.page.status_code == 404

    def test_a_support_service_cannot_tell_a_case_it_may_not_see_from_none(self):
        code = a_case()
        adviser = Desk("adviser").signs_in()
        there = adviser.opens(f"/desk/case/{code}")
        assert adviser.page.status_code == 404
        nowhere = adviser.opens("/desk/case/22222222")
        assert without_token(there.replace(code, "")) == without_token(nowhere.replace("22222222", ""))
        assert Look.objects.get(case=code).allowed is False

    def test_a_support_service_opens_a_case_once_the_survivor_was_referred_and_agreed(self):
        code = a_case(Draft("SupportReferred", {"service": "independent_adviser", "consent": "yes"}, MARCH))
        adviser = Desk("adviser").signs_in()
        adviser.opens(f"/desk/case/{code}")
        assert adviser.page.status_code == 200
        adviser.opens(f"/desk/case/{code}/record/BailGranted")
        assert adviser.page.status_code == 403
        adviser.opens(f"/desk/case/{code}/report")
        assert adviser.page.status_code == 403

    @pytest.mark.parametrize("consent", ["no", "not_asked", "not_known", "declined"])
    def test_a_referral_without_a_clear_yes_shares_nothing(self, consent):
        code = a_case(Draft("SupportReferred", {"service": "independent_adviser", "consent": consent}, MARCH))
        adviser = Desk("adviser").signs_in()
        adviser.opens(f"/desk/case/{code}")
        assert adviser.page.status_code == 404

    def test_an_auditor_reads_for_a_purpose_and_cannot_record(self):
        code = a_case()
        auditor = Desk("auditor").signs_in()
        auditor.opens(f"/desk/case/{code}")
        assert auditor.page.status_code == 404
        auditor.sends(f"/desk/case/{code}/purpose", {"purpose": "audit", "words": "The yearly look"})
        page = auditor.follows()
        assert auditor.page.status_code == 200
        assert "New entry" not in page
        auditor.sends(f"/desk/case/{code}/record/RiskRaised", {"grade": "high", "reason": "x", "entry-seen": "1"})
        assert auditor.page.status_code == 403

    @pytest.mark.parametrize("address", ["/desk/overview", "/desk/figures"])
    def test_the_overview_is_for_those_who_answer_for_it(self, address):
        officer = Desk("officer").signs_in()
        officer.opens(address)
        assert officer.page.status_code == 403
        supervisor = Desk("supervisor").signs_in()
        supervisor.opens(address)
        assert supervisor.page.status_code == 200

    def test_no_page_of_the_desk_is_kept_by_a_browser(self):
        code = a_case()
        desk = Desk("supervisor").signs_in()
        for address in ("/desk/", f"/desk/case/{code}", f"/desk/case/{code}/report", f"/desk/case/{code}/record"):
            desk.opens(address)
            assert desk.page.headers["Cache-Control"] == "no-store"
            assert "default-src 'none'" in desk.page.headers["Content-Security-Policy"]


class TestADamagedCase:
    """What is stored is not what was recorded: nobody reads on, and whoever looks is told what to do."""

    @pytest.mark.parametrize("page", ["", "/record", "/record/UnitArrived", "/report", "/correct/1"])
    def test_its_pages_say_not_to_rely_on_it_and_what_to_run(self, database, page):
        code = a_case()
        desk = Desk("supervisor").signs_in()
        close()
        with sqlite3.connect(database) as raw:
            raw.execute("DROP TRIGGER entry_never_changed")
            raw.execute("UPDATE entry SET header = replace(header, 'PC1', 'PC2')")
        said = desk.opens(f"/desk/case/{code}{page}")
        assert desk.page.status_code == 503
        assert "holdfast verify" in said
        assert "Do not rely on" in said
        assert Look.objects.get(case=code).allowed is False

    def test_sending_to_it_writes_nothing_and_says_so(self, database):
        code = a_case()
        desk = Desk("officer").signs_in()
        close()
        with sqlite3.connect(database) as raw:
            raw.execute("DROP TRIGGER entry_never_changed")
            raw.execute("UPDATE entry SET header = replace(header, 'PC1', 'PC2')")
        said = desk.sends(f"/desk/case/{code}/record/UnitArrived", {"entry-seen": "1"})
        assert desk.page.status_code == 503
        assert "holdfast verify" in said

    def test_a_support_service_cannot_tell_it_from_a_case_that_is_not_there(self, database):
        code = a_case()
        adviser = Desk("adviser").signs_in()
        close()
        with sqlite3.connect(database) as raw:
            raw.execute("DROP TRIGGER entry_never_changed")
            raw.execute("UPDATE entry SET header = replace(header, 'PC1', 'PC2')")
        adviser.opens(f"/desk/case/{code}")
        assert adviser.page.status_code == 404
