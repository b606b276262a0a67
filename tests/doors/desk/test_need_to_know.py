"""The pages of the need to know: the one answer, an emergency, a purpose, walls, lists, what is one's own."""

import re

import pytest
from tests.doors.desk.conftest import MARCH
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries

from holdfast.access.connections import ConnectionQuestion
from holdfast.access.connections import StaffConnection
from holdfast.access.looks import Look
from holdfast.access.sign_in import fresh
from holdfast.access.walls import wall_off
from holdfast.casefile.append import Draft
from holdfast.doors.desk import not_open

LIFE = "Neighbour reports screams: does he have a weapon there?"
CALL = Draft("CallReceived", {"route": "voice"}, MARCH)
NO_CASE = "22222222"


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(not_open, "SETTLE", 0.0)


def shown(page: str, code: str) -> str:
    """A page without its token and the code that was asked for."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    return page.replace(code, "CODE").replace(f"{code[:4]} {code[4:]}", "CODE")


def untied(role: str = "custody_officer") -> Desk:
    """Somebody whom nothing ties to a new case."""
    return Desk(role).signs_in()


@pytest.mark.usefixtures("database")
class TestTheOneAnswer:
    @pytest.mark.parametrize("address", ["", "/record", "/report", "/looks", "/words", "/walls", "/correct/1"])
    def test_a_case_that_is_not_theirs_is_a_case_that_is_not_there(self, address):
        code, desk = a_case(), Desk("victim_liaison").signs_in()
        there = shown(desk.opens(f"/desk/case/{code}{address}"), code)
        status = desk.page.status_code
        nowhere = shown(desk.opens(f"/desk/case/{NO_CASE}{address}"), NO_CASE)
        if not status == desk.page.status_code == 403:  # their role has no such page for any case
            assert (status, desk.page.status_code) == (404, 404)
        assert there == nowhere

    @pytest.mark.parametrize("role", ["supervisor", "officer", "investigator", "adviser", "auditor"])
    def test_behind_the_wall_every_page_answers_as_if_there_were_no_case(self, role):
        code = a_case(CALL)
        wall_off(code, f"{role}-1", set_by="S9")
        desk = Desk(role).signs_in()
        for address in ("", "/record", "/report", "/emergency", "/purpose"):
            sent = {"reason": LIFE, "purpose": "audit", "words": "The yearly look"}
            ask = desk.sends if address in ("/emergency", "/purpose") else lambda at, _sent, desk=desk: desk.opens(at)
            there = shown(ask(f"/desk/case/{code}{address}", sent), code)
            status = desk.page.status_code
            nowhere = shown(ask(f"/desk/case/{NO_CASE}{address}", sent), NO_CASE)
            assert (there, status) == (nowhere, desk.page.status_code)
            assert status in (403, 404)
        assert all(entry.kind != "FileOpenedInEmergency" for entry in entries(code))

    def test_it_waits_as_long_for_one_as_for_the_other(self, monkeypatch):
        waited = []
        monkeypatch.setattr(not_open, "SETTLE", 5.0)
        monkeypatch.setattr(not_open.time, "sleep", waited.append)
        code, desk = a_case(), untied()
        for asked in (code, NO_CASE):
            desk.opens(f"/desk/case/{asked}")
        assert len(waited) == 2
        assert all(wait > 0 for wait in waited)

    def test_it_offers_by_role_alone(self):
        code = a_case()
        adviser = Desk("adviser").signs_in().opens(f"/desk/case/{code}")
        assert "Open in an emergency" not in adviser
        custody = untied().opens(f"/desk/case/{code}")
        assert "Open in an emergency" in custody
        assert "The suspect is in custody" in custody

    def test_finding_a_code_says_nothing_of_whether_there_is_one(self):
        code, desk = a_case(), untied()
        for asked in (code, NO_CASE):
            desk.sends("/desk/find", {"code": asked})
            assert desk.page.headers["Location"] == f"/desk/case/{asked}"


@pytest.mark.usefixtures("database")
class TestAnEmergency:
    def test_it_opens_loudly_and_says_so_in_the_case_and_the_log(self):
        code, desk = a_case(), untied()
        desk.sends(f"/desk/case/{code}/emergency", {"reason": LIFE})
        page = desk.follows()
        assert desk.page.status_code == 200
        assert "Opened in an emergency" in page
        last = entries(code)[-1]
        assert (last.kind, last.by.staff, last.fields.reason) == ("FileOpenedInEmergency", "custody_officer-1", LIFE)
        look = Look.objects.filter(case=code, act="open_in_emergency").get()
        assert look.allowed
        assert look.reason == LIFE
        desk.opens(f"/desk/case/{code}/report")
        assert desk.page.status_code == 403
        desk.opens(f"/desk/case/{code}/record/UnitArrived")
        assert desk.page.status_code == 200

    def test_a_supervisor_reviews_it_and_not_the_one_who_opened_it(self):
        code, desk = a_case(), untied()
        desk.sends(f"/desk/case/{code}/emergency", {"reason": LIFE})
        supervisor = Desk("supervisor").signs_in()
        assert "emergency" in supervisor.opens("/desk/").casefold()
        page = supervisor.opens(f"/desk/case/{code}/record/EmergencyOpeningReviewed", about="2")
        assert supervisor.page.status_code == 200
        assert "Was it right to open it?" in page
        desk.opens(f"/desk/case/{code}/record/EmergencyOpeningReviewed")
        assert desk.page.status_code == 403

    @pytest.mark.parametrize("reason", ["", "now", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"])
    def test_without_a_reason_that_says_something_it_stays_shut(self, reason):
        code, desk = a_case(), untied()
        page = desk.sends(f"/desk/case/{code}/emergency", {"reason": reason})
        assert desk.page.status_code == 404
        assert "Say why, in at least" in page
        assert len(entries(code)) == 1

    def test_whoever_has_the_case_anyway_needs_no_emergency(self):
        code, desk = a_case(CALL), Desk("officer", "PC1").signs_in()
        desk.sends(f"/desk/case/{code}/emergency", {"reason": LIFE})
        assert desk.page.status_code == 302
        assert all(entry.kind != "FileOpenedInEmergency" for entry in entries(code))

    @pytest.mark.parametrize("role", ["adviser", "outreach_worker", "auditor"])
    def test_it_is_not_for_partners_or_auditors(self, role):
        code, desk = a_case(), Desk(role).signs_in()
        desk.sends(f"/desk/case/{code}/emergency", {"reason": LIFE})
        assert desk.page.status_code == 403
        assert len(entries(code)) == 1

    def test_it_asks_again_who_it_is_before_it_looks_for_the_case(self, monkeypatch):
        code, desk = a_case(), untied()
        monkeypatch.setattr(fresh, "FRESH_FOR", -1)
        pages = []
        for asked in (code, NO_CASE):
            pages.append(shown(desk.sends(f"/desk/case/{asked}/emergency", {"reason": LIFE}), asked))
            assert desk.page.status_code == 403
        assert pages[0] == pages[1]
        assert len(entries(code)) == 1


@pytest.mark.usefixtures("database")
class TestAPurpose:
    def test_it_opens_for_the_work_of_the_role_and_the_log_keeps_the_words(self):
        code, desk = a_case(), untied()
        desk.sends(f"/desk/case/{code}/purpose", {"purpose": "custody", "words": "He is in cell 4 now"})
        desk.follows()
        assert desk.page.status_code == 200
        look = Look.objects.filter(case=code, act="state_purpose").get()
        assert look.reason == "The suspect is in custody: He is in cell 4 now"
        assert "cell 4" not in str(dict(desk.client.session))

    @pytest.mark.parametrize(("purpose", "words"), [("custody", ""), ("audit", "The yearly look"), ("", "x" * 20)])
    def test_anothers_purpose_or_none_opens_nothing(self, purpose, words):
        code, desk = a_case(), untied()
        desk.sends(f"/desk/case/{code}/purpose", {"purpose": purpose, "words": words})
        assert desk.page.status_code == 404
        desk.opens(f"/desk/case/{code}")
        assert desk.page.status_code == 404


@pytest.mark.usefixtures("database")
class TestWalls:
    def test_whoever_knows_somebody_is_out_at_once_and_reads_the_same_for_any_code(self):
        code, desk = a_case(CALL), Desk("officer", "PC1").signs_in()
        said = []
        for asked in (code, NO_CASE):
            desk.sends(f"/desk/case/{asked}/wall", {})
            said.append("You no longer have this case" in desk.follows())
        assert said == [True, True]
        desk.opens(f"/desk/case/{code}")
        assert desk.page.status_code == 404
        assert entries(code)[-1].kind == "StaffConnectionFound"

    def test_a_supervisor_keeps_out_and_two_let_in_again(self):
        code = a_case(CALL)
        officer, supervisor = Desk("officer", "PC1").signs_in(), Desk("supervisor").signs_in()
        Desk("safeguarding_officer").signs_in()
        supervisor.sends(f"/desk/case/{code}/walls", {"staff": "PC1"})
        page = supervisor.follows()
        assert "PC1" in page
        officer.opens(f"/desk/case/{code}")
        assert officer.page.status_code == 404
        sent = {"number": str(len(entries(code))), "reason": "They never met"}
        for second in ("", "supervisor-1", "PC1", "nobody-9"):
            supervisor.sends(f"/desk/case/{code}/walls/clear", {**sent, "second": second})
            assert supervisor.page.status_code == 422, second
        supervisor.sends(f"/desk/case/{code}/walls/clear", {**sent, "second": "safeguarding_officer-1"})
        supervisor.follows()
        assert entries(code)[-1].kind == "StaffConnectionCleared"
        officer.opens(f"/desk/case/{code}")
        assert officer.page.status_code == 200

    def test_nothing_of_a_walled_case_shows_in_queue_overview_or_figures(self):
        code = a_case(CALL)
        desk = Desk("supervisor").signs_in()
        shown_code = f"{code[:4]} {code[4:]}"
        pages = ("/desk/?whose=team&role=call_taker", "/desk/overview", "/desk/figures")
        before = [desk.opens(page) for page in pages]
        assert shown_code in before[0]
        assert shown_code in before[1]
        wall_off(code, "supervisor-1", set_by="S9")
        after = [desk.opens(page) for page in pages]
        assert not any(code in page or shown_code in page for page in after)
        assert "No duty" in after[2] or before[2].count("<tr") > after[2].count("<tr")

    def test_a_case_of_another_force_shows_in_no_list(self):
        from holdfast.access.staff import StaffMember
        from holdfast.casefile.append import open_case
        from holdfast.record.entry import By

        opened = open_case(
            "england-and-wales", by=By("officer", "PC9"), happened_at=MARCH, fields={"force": "cumbria"}, drafts=[CALL]
        )
        desk = Desk("supervisor").signs_in()
        StaffMember.objects.filter(staff="supervisor-1").update(organisation="cheshire")
        assert opened.code not in desk.opens("/desk/overview").replace(" ", "")
        StaffMember.objects.filter(staff="supervisor-1").update(organisation="cumbria")
        assert opened.code in desk.opens("/desk/overview").replace(" ", "")

    def test_a_link_to_a_case_that_is_not_theirs_reads_as_one_to_no_case(self):
        from holdfast.doors.desk.linking import ALONE

        mine, other = a_case(CALL), a_case(CALL)
        wall_off(other, "PC1", set_by="S9")
        desk = Desk("officer", "PC1").signs_in()
        for to in (other, NO_CASE):
            desk.sends(
                f"/desk/case/{mine}/record/ReportLinked",
                {"entry-seen": str(len(entries(mine))), "to_case": to.lower(), "why": "same_people", "record": "1"},
            )
            assert ALONE.split(":")[0] in desk.follows()


@pytest.mark.usefixtures("database")
class TestOnesOwn:
    def test_what_is_given_is_kept_unreadably_and_never_shown(self):
        desk = Desk("officer", "PC7").signs_in()
        sent = {
            "names": "Ruth Okafor\nBen Okafor",
            "addresses": "7 Mill Lane, Wells BA5 2PN",
            "numbers": "07700 900123",
        }
        desk.sends("/desk/connections", sent)
        page = desk.follows()
        assert "Okafor" not in page
        assert StaffConnection.objects.filter(staff="PC7").count() >= 6

    def test_a_case_that_names_them_shuts_them_out_by_the_next_page(self):
        desk = Desk("officer", "PC1").signs_in()
        desk.sends("/desk/connections", {"names": "Ruth Okafor"})
        code = a_case(CALL)
        desk.opens(f"/desk/case/{code}")
        assert desk.page.status_code == 200
        supervisor = Desk("supervisor").signs_in()
        page = supervisor.opens(f"/desk/case/{code}/record/PersonNamed")
        token = re.search(r'name="entry-seen" value="(\d+)"', page)
        supervisor.sends(
            f"/desk/case/{code}/record/PersonNamed",
            {"entry-seen": token[1] if token else "2", "party": "suspect", "name": "Ruth Okafor", "record": "1"},
        )
        assert supervisor.page.status_code == 302
        assert entries(code)[-1].kind == "StaffConnectionFound"
        desk.opens(f"/desk/case/{code}")
        assert desk.page.status_code == 404

    def test_a_shared_surname_is_put_to_a_supervisor_and_not_to_them(self):
        desk = Desk("officer", "PC1").signs_in()
        desk.sends("/desk/connections", {"names": "Ruth Okafor"})
        code = a_case(CALL)
        supervisor = Desk("supervisor").signs_in()
        supervisor.sends(
            f"/desk/case/{code}/record/PersonNamed",
            {"entry-seen": "2", "party": "suspect", "name": "Ben Okafor", "record": "1"},
        )
        assert ConnectionQuestion.objects.get().staff == "PC1"
        assert "PC1" in supervisor.opens("/desk/connections")
        assert code not in desk.opens("/desk/connections")
        supervisor.sends(f"/desk/case/{code}/connection", {"staff": "PC1", "connected": "yes"})
        supervisor.follows()
        desk.opens(f"/desk/case/{code}")
        assert desk.page.status_code == 404

    def test_nothing_given_is_said(self):
        desk = Desk("officer", "PC7").signs_in()
        desk.sends("/desk/connections", {"names": "Ruth", "addresses": "Wells", "numbers": "1"})
        assert desk.page.status_code == 422


@pytest.mark.usefixtures("database")
def test_a_partner_is_shown_what_was_shared_and_told_that_it_is_a_part():
    said = {"service": "independent_adviser", "consent": "yes"}
    code = a_case(CALL, Draft("SupportReferred", said, MARCH), Draft("StatementTaken", {"form": "written"}, MARCH))
    page = Desk("adviser").signs_in().opens(f"/desk/case/{code}")
    assert "what was shared with your agency" in page
    assert "Statement taken" not in page
    assert "what was shared with your agency" not in Desk("officer", "PC1").signs_in().opens(f"/desk/case/{code}")
