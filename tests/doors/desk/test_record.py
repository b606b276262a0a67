"""From what is owed to what is recorded: the form comes filled, the duty ends, and nothing typed is lost."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from tests.doors.desk.conftest import OFFICER
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.ringing import ring_due
from holdfast.duties.owed import owed
from holdfast.record.entry import By

EARLIER = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)


def on_bail() -> str:
    arrested = Draft("SuspectArrested", {"for_what": "offence"}, EARLIER)
    ends = (EARLIER + timedelta(days=90)).isoformat()
    return a_case(arrested, Draft("BailGranted", {"ends_at": ends}, EARLIER + timedelta(minutes=5)))


def states(code: str, duty: str) -> list[str]:
    found = owed(entries(code), pack_called("england-and-wales"), datetime.now(UTC))
    return [item.state for item in found if item.duty.id == duty]


def link_for(page: str, kind: str) -> str:
    """The first 'do this now' of a page that opens this kind's form."""
    return re.search(rf'href="(/desk/case/[^"]*/record/{kind}\?owed=[^"]*)"', page)[1].replace("&amp;", "&")


class TestDoThisNow:
    def test_the_form_comes_filled_with_what_would_end_the_duty_and_recording_it_does(self, desk):
        code = on_bail()
        page = desk.opens(f"/desk/case/{code}")
        address = next(
            each
            for each in re.findall(r'href="(/desk/case/[^"]*/record/SurvivorTold\?owed=[^"]*)"', page)
            if "tell-bail%40" in each or "tell-bail@" in each
        )
        form = desk.opens(address)
        assert re.search(r'name="what" value="bail" checked', form)
        assert re.search(r'name="entry-about" value="3" checked', form)
        desk.sends(
            address, {**hidden(form), "what": ["bail"], "channel": "telephone", "entry-about": ["3"], "record": "1"}
        )
        assert "That is done" in desk.follows()
        assert set(states(code, "tell-bail")) <= {"kept", "kept-late"}

    def test_an_entry_that_does_not_end_the_duty_is_kept_and_said_so(self, desk):
        code = on_bail()
        address = f"/desk/case/{code}/record/SurvivorTold?owed=tell-bail@3.1"
        form = desk.opens(address)
        desk.sends(address, {**hidden(form), "what": ["rights"], "channel": "telephone", "record": "1"})
        assert "does not end what is owed yet" in desk.follows()
        assert entries(code)[-1].kind == "SurvivorTold"

    def test_left_alone_the_time_is_the_moment_at_which_the_form_was_opened(self, desk):
        code = on_bail()
        before = datetime.now(UTC)
        form = desk.opens(f"/desk/case/{code}/record/SafetyPlanMade")
        sent = {
            **hidden(form),
            "plan": "x",
            "entry-happened_at": re.search(r'name="entry-happened_at" value="([^"]*)"', form)[1],
        }
        desk.sends(f"/desk/case/{code}/record/SafetyPlanMade", sent)
        assert desk.page.status_code == 302
        assert before <= entries(code)[-1].happened_at <= datetime.now(UTC)


class TestFaults:
    def test_faults_are_listed_at_the_top_and_nothing_typed_is_lost(self, desk):
        code = on_bail()
        address = f"/desk/case/{code}/record/BailGranted"
        form = desk.opens(address)
        page = desk.sends(
            address, {**hidden(form), "conditions.rows": "2", "conditions.0.words": "Keep from the school gate"}
        )
        assert desk.page.status_code == 422
        assert "There is a problem" in page
        assert 'href="#id_ends_at"' in page
        assert 'href="#id_conditions.0.type"' in page
        assert "Keep from the school gate" in page
        assert len(entries(code)) == 3

    def test_a_time_in_the_future_is_refused_beside_the_time(self, desk):
        code = on_bail()
        address = f"/desk/case/{code}/record/SafetyPlanMade"
        form = desk.opens(address)
        page = desk.sends(address, {**hidden(form), "plan": "words that stay", "entry-happened_at": "2099-01-01T10:00"})
        assert desk.page.status_code == 422
        assert 'href="#id_entry-happened_at"' in page
        assert "words that stay" in page

    def test_an_entry_that_must_be_about_another_says_so(self, desk):
        code = on_bail()
        address = f"/desk/case/{code}/record/BailEnded"
        form = desk.opens(address)
        page = desk.sends(address, {**hidden(form), "how": "charged"})
        assert desk.page.status_code == 422
        assert "Choose the entry that this is about" in page

    def test_an_entry_about_one_that_is_not_there_is_refused(self, desk):
        code = on_bail()
        address = f"/desk/case/{code}/record/BailEnded"
        form = desk.opens(address)
        desk.sends(address, {**hidden(form), "how": "charged", "entry-about": ["99"]})
        assert desk.page.status_code == 422
        assert len(entries(code)) == 3

    @pytest.mark.parametrize("kind", ["Invented", "../../etc", "Kind", "CaseOpened "])
    def test_a_kind_that_is_not_there_is_not_found(self, desk, kind):
        desk.opens(f"/desk/case/{on_bail()}/record/{kind}")
        assert desk.page.status_code == 404

    def test_nobody_agrees_with_themselves(self, desk):
        code = a_case(Draft("RiskAssessed", {"instrument": "dash", "how": "in_person", "grade": "high"}, EARLIER))
        address = f"/desk/case/{code}/record/RiskLowered"
        form = desk.opens(address)
        sent = {
            **hidden(form),
            "grade": "medium",
            "reason": "x",
            "second_person": desk.staff.upper(),
            "entry-about": ["2"],
        }
        page = desk.sends(address, sent)
        assert desk.page.status_code == 422
        assert "somebody else" in page

    def test_a_duty_owed_by_statute_is_not_waived_by_staff_alone(self, desk):
        code = on_bail()
        pack = pack_called("england-and-wales")
        found = owed(entries(code), pack, datetime.now(UTC))
        item = next(
            (each for each in found if each.duty.authority == "statute" and each.state in ("open", "overdue")), None
        )
        if item is None:
            pytest.fail("No duty owed by statute starts with bail in this pack: choose another start for this test.")
        address = f"/desk/case/{code}/record/DutyWaived?owed={item.duty.id}@{item.started_by}.{item.instance}"
        form = desk.opens(address)
        soon = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
        sent = {**hidden(form), "duty": item.duty.id, "reason": "x", "second_person": "S9", "try_again_on": soon,
                "entry-about": [str(item.started_by)]}  # fmt: skip
        page = desk.sends(address, sent)
        assert desk.page.status_code == 422
        assert "statute" in page


class TestDecisions:
    def test_a_waiver_finds_the_entry_that_started_the_duty(self, desk):
        code = on_bail()
        pack = pack_called("england-and-wales")
        live = [each for each in owed(entries(code), pack, datetime.now(UTC)) if each.state in ("open", "overdue")]
        item = next(each for each in live if each.duty.authority != "statute" and each.started_by == 3)
        address = f"/desk/case/{code}/record/DutyUnsafe"
        form = desk.opens(address)
        soon = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
        sent = {**hidden(form), "duty": item.duty.id, "reason": "He reads the post.", "second_person": "S9"}
        desk.sends(address, {**sent, "try_again_on": soon})
        assert desk.page.status_code == 302
        assert entries(code)[-1].about == (3,)
        assert "unsafe" in states(code, item.duty.id)


class TestTwoWriters:
    def test_who_comes_second_sees_what_was_added_and_keeps_what_they_typed(self, desk):
        code = on_bail()
        address = f"/desk/case/{code}/record/SafetyPlanMade"
        form = desk.opens(address)
        append(
            case_by_code(code),
            "SafetyAsked",
            {"safe_when_we_go": "no"},
            by=OFFICER,
            happened_at=EARLIER + timedelta(hours=1),
        )
        page = desk.sends(address, {**hidden(form), "plan": "my own words"})
        assert desk.page.status_code == 409
        assert "Safety asked" in page
        assert "my own words" in page
        assert entries(code)[-1].kind == "SafetyAsked"
        desk.sends(address, {**hidden(page), "plan": "my own words"})
        assert desk.page.status_code == 302
        assert entries(code)[-1].fields.plan == "my own words"


class TestWithoutScript:
    def test_another_row_comes_with_everything_typed_and_no_fault(self, desk):
        code = on_bail()
        address = f"/desk/case/{code}/record/BailGranted"
        form = desk.opens(address)
        page = desk.sends(address, {**hidden(form), "conditions.0.words": "No contact", "more": "conditions"})
        assert desk.page.status_code == 200
        assert "There is a problem" not in page
        assert 'name="conditions.3.words"' in page
        assert "No contact" in page
        assert len(entries(code)) == 3

    def test_the_count_of_a_risk_form_is_shown_and_nothing_is_recorded(self, desk):
        code = on_bail()
        address = f"/desk/case/{code}/record/RiskAssessed?instrument=dash"
        form = desk.opens(address)
        topics = re.findall(r'name="(answers\.[^"]+)" value="yes"', form)
        sent = {**hidden(form), "instrument": "dash", "count": "1", **dict.fromkeys(topics[:14], "yes")}
        page = desk.sends(address, sent)
        assert '<strong class="tally" data-tally>14</strong>' in page
        assert "visible high risk" in page
        assert len(entries(code)) == 3

    def test_the_answers_to_one_instrument_are_never_kept_as_another_ones(self, desk):
        code = on_bail()
        address = f"/desk/case/{code}/record/RiskAssessed?instrument=dash"
        form = desk.opens(address)
        topics = re.findall(r'name="(answers\.[^"]+)" value="yes"', form)
        sent = {
            **hidden(form),
            "instrument": "dara",
            "how": "in_person",
            "grade": "high",
            **dict.fromkeys(topics, "yes"),
        }
        page = desk.sends(address, sent)
        assert "Nothing is recorded yet" in page
        assert len(entries(code)) == 3

    def test_a_kind_is_found_by_its_name(self, desk):
        code = on_bail()
        desk.opens(f"/desk/case/{code}/record", kind="bail granted")
        assert desk.page.headers["Location"] == f"/desk/case/{code}/record/BailGranted"
        assert "no entry of that name" in desk.opens(f"/desk/case/{code}/record", kind="bailed")


class TestCorrecting:
    def test_only_what_was_changed_becomes_the_correction_and_both_can_be_read(self, desk):
        code = a_case(Draft("WordsHeard", {"speaker": "suspect", "words": "  get out\n\nnow "}, EARLIER))
        address = f"/desk/case/{code}/correct/2"
        form = desk.opens(address)
        sent = {
            **hidden(form),
            "speaker": "child",
            "words": "  get out\r\n\r\nnow ",
            "noises": "",
            "threat_to_kill": "not_known",
        }
        desk.sends(address, {**sent, "why-reason": "The recording was played again."})
        page = desk.follows()
        last = entries(code)[-1]
        assert last.kind == "EntryCorrected"
        assert last.fields.corrected == {"speaker": "child"}
        assert last.about == (2,)
        assert "As it was first written" in page

    def test_an_entry_that_never_happened_is_struck_and_can_still_be_read(self, desk):
        code = a_case(Draft("SuspectWarned", {}, EARLIER))
        address = f"/desk/case/{code}/correct/2"
        form = desk.opens(address)
        desk.sends(address, {**hidden(form), "why-reason": "It was another case.", "why-struck": "on"})
        assert "takes away something that is owed" in desk.page.content.decode()
        form = desk.opens(address)
        desk.sends(
            address,
            {**hidden(form), "why-reason": "It was another case.", "why-struck": "on", "why-second": "S9"},
        )
        page = desk.follows()
        assert "said not to have happened" in page
        assert entries(code)[-1].fields.struck == "yes"

    def test_a_correction_without_a_reason_is_refused(self, desk):
        code = a_case(Draft("SuspectWarned", {}, EARLIER))
        address = f"/desk/case/{code}/correct/2"
        form = desk.opens(address)
        desk.sends(address, {**hidden(form), "how": "by_letter"})
        assert desk.page.status_code == 422
        assert len(entries(code)) == 2

    def test_a_correction_that_changes_nothing_is_refused(self, desk):
        code = a_case(Draft("SuspectWarned", {"how": "by_letter"}, EARLIER))
        address = f"/desk/case/{code}/correct/2"
        form = desk.opens(address)
        desk.sends(address, {**hidden(form), "how": "by_letter", "why-reason": "x"})
        assert desk.page.status_code == 422
        assert len(entries(code)) == 2

    @pytest.mark.parametrize(
        "seen", ["9" * 5000, "-1", "\u00b2", "one"], ids=["far too long", "less", "raised", "word"]
    )
    def test_a_count_of_entries_that_no_page_sent_never_breaks_a_correction(self, desk, seen):
        code = a_case(Draft("SuspectWarned", {}, EARLIER))
        address = f"/desk/case/{code}/correct/2"
        sent = {**hidden(desk.opens(address)), "how": "by_letter", "why-reason": "It was by letter."}
        desk.sends(address, sent | {"entry-seen": seen})
        assert desk.page.status_code == 302
        assert len(entries(code)) == 3

    def test_an_alarm_that_rings_meanwhile_does_not_cost_a_correction(self, desk):
        graded = Draft("CallGraded", {"grade": "immediate", "attend_within": 15}, EARLIER)
        code = a_case(Draft("SuspectWarned", {}, EARLIER), graded)
        address = f"/desk/case/{code}/correct/2"
        sent = {**hidden(desk.opens(address)), "how": "by_letter", "why-reason": "It was by letter."}
        assert ring_due(datetime.now(UTC)) > 0
        assert entries(code)[-1].kind == "AlarmRung"
        desk.sends(address, sent)
        assert desk.page.status_code == 302
        assert entries(code)[-1].fields.corrected == {"how": "by_letter"}

    def test_an_unusual_opening_that_is_told_meanwhile_does_not_cost_a_correction_either(self, desk):
        code = a_case(Draft("SuspectWarned", {}, EARLIER))
        address = f"/desk/case/{code}/correct/2"
        sent = {**hidden(desk.opens(address)), "how": "by_letter", "why-reason": "It was by letter."}
        told = {"pattern": "same_surname", "staff": "P1"}
        append(case_by_code(code), "UnusualOpeningFound", told, by=By("feed", "holdfast"), happened_at=EARLIER)
        desk.sends(address, sent)
        assert desk.page.status_code == 302

    def test_a_correction_by_somebody_who_had_not_seen_the_last_entry_is_not_written(self, desk):
        code = a_case(Draft("SuspectWarned", {}, EARLIER))
        address = f"/desk/case/{code}/correct/2"
        sent = {**hidden(desk.opens(address)), "how": "by_letter", "why-reason": "It was by letter."}
        desk.sends(address, sent | {"entry-seen": "1"})
        assert desk.page.status_code == 409
        assert len(entries(code)) == 2


@pytest.mark.parametrize(
    "opened_at",
    [
        "0001-01-01T00:00:00+14:00",
        "0001-01-01T00:00:00+00:00",
        "1850-01-01T00:00:00+00:00",
        "9999-12-31T23:59:59-14:00",
    ],
)
class TestAFormOpenedAtNoTime:
    """A moment that no clock could show was carried by no page of ours: now is taken in its place."""

    def test_an_entry_is_recorded_now(self, desk, opened_at):
        code = a_case()
        address = f"/desk/case/{code}/record/UnitArrived"
        desk.sends(address, {**hidden(desk.opens(address)), "opened_at": opened_at})
        assert desk.page.status_code == 302
        assert entries(code)[-1].happened_at.year == datetime.now(UTC).year

    def test_a_call_is_taken_now(self, desk, opened_at):
        sent = {**hidden(desk.opens("/desk/call")), "opened_at": opened_at, "call-route": "voice"}
        page = desk.sends("/desk/call", sent)
        assert desk.page.status_code in (302, 422), page
        desk.sends("/desk/call", sent | {"case-force": "met"})
        assert desk.page.status_code in (302, 422)


def test_an_address_never_holds_a_word_of_the_case(desk):
    code = a_case(Draft("PersonNamed", {"party": "survivor", "name": "Zebedee Quill"}, EARLIER))
    page = desk.opens(f"/desk/case/{code}")
    assert "Zebedee Quill" in page
    assert not any(
        "Zebedee" in address or "Quill" in address for address in re.findall(r'(?:href|action)="([^"]*)"', page)
    )
    assert "Zebedee" not in re.search(r"<title>(.*?)</title>", page)[1]


def test_somebody_signed_in_elsewhere_changes_nothing_for_this_desk(desk):
    code = on_bail()
    other = Desk("officer").signs_in()
    other.opens(f"/desk/case/{code}")
    assert other.page.status_code == 200
    assert "Supervisor" in desk.opens(f"/desk/case/{code}")
