"""The case on one page, the report, the queue, the overview, and the survivor's words."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from tests.doors.desk.conftest import OFFICER
from tests.doors.desk.conftest import PASSWORD
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.conftest import hidden

from holdfast.access.staff import add_staff_member
from holdfast.access.survivor_words import case_for
from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.reading import case_by_code
from holdfast.doors.desk.report_chapters import CHAPTERS
from holdfast.doors.desk.report_chapters import NOT_PRINTED
from holdfast.doors.desk.report_chapters import NOT_PRINTED_STAGES
from holdfast.doors.desk.report_chapters import also_recorded
from holdfast.record.entry import Entry
from holdfast.record.kind import label
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS

NOW = datetime.now(UTC).replace(microsecond=0)
HOURS_AGO = NOW - timedelta(hours=3)
DAYS_AHEAD = (NOW + timedelta(days=30)).isoformat()


def words_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


class TestHead:
    def test_an_unknown_contact_agreement_means_no_contact(self, desk):
        assert "No safe way of contact is known" in desk.opens(f"/desk/case/{a_case()}")

    def test_what_was_agreed_as_safe_stands_at_the_head(self, desk):
        agreed = Draft(
            "ContactAgreed", {"channel": "text", "number": "07700 900456", "times": "before noon"}, HOURS_AGO
        )
        page = words_of(desk.opens(f"/desk/case/{a_case(agreed)}"))
        assert "Safe contact: text" in page
        assert "before noon" in page

    def test_an_agreed_way_is_no_longer_safe_when_somebody_else_answered(self, desk):
        agreed = Draft("ContactAgreed", {"channel": "telephone", "number": "07700 900456"}, HOURS_AGO)
        answered = Draft(
            "SurvivorNotReached", {"channel": "telephone", "why": "answered_by_other"}, NOW - timedelta(hours=1)
        )
        page = words_of(desk.opens(f"/desk/case/{a_case(agreed, answered)}"))
        assert "no longer safe" in page
        assert "Safe contact: telephone" not in page

    def test_risk_that_nobody_assessed_is_never_shown_as_low(self, desk):
        page = words_of(desk.opens(f"/desk/case/{a_case()}"))
        assert "not assessed" in page
        assert "standard" not in page.split("Timeline")[0].split("Owed")[0]

    @pytest.mark.parametrize(
        ("after", "shown"),
        [
            ((), True),
            ((Draft("BailEnded", {"how": "charged"}, NOW - timedelta(hours=1), (2,)),), False),
            (
                (Draft("SuspectCharged", {"charges": ["assault"], "held": "in_custody"}, NOW - timedelta(hours=1)),),
                False,
            ),
        ],
    )
    def test_bail_stands_at_the_head_until_it_ends(self, desk, after, shown):
        bail = Draft("BailGranted", {"ends_at": DAYS_AHEAD, "conditions": [{"type": "no_direct_contact"}]}, HOURS_AGO)
        page = words_of(desk.opens(f"/desk/case/{a_case(bail, *after)}"))
        assert ("Bail before charge" in page) is shown

    def test_an_order_without_a_known_end_stays_in_force(self, desk):
        order = Draft("OrderMade", {"order": "non-molestation-order"}, HOURS_AGO)
        page = words_of(desk.opens(f"/desk/case/{a_case(order)}"))
        assert "end not recorded" in page
        assert "service not recorded" in page


class TestTimeline:
    def test_what_was_recorded_late_is_said(self, desk):
        code = a_case(Draft("SuspectWarned", {}, HOURS_AGO))
        assert "recorded late" in desk.opens(f"/desk/case/{code}")

    def test_every_entry_names_role_and_identifier_and_never_a_name(self, desk):
        code = a_case(Draft("SuspectWarned", {}, HOURS_AGO))
        assert "Attending officer, PC1" in desk.opens(f"/desk/case/{code}")

    def test_questions_that_were_not_asked_are_shown_as_open(self, desk):
        code = a_case(Draft("CallQuestionsAnswered", {"hurt": "no"}, HOURS_AGO))
        page = words_of(desk.opens(f"/desk/case/{code}"))
        assert "not asked" in page
        assert "Was a weapon used or shown?" in page


class TestOwed:
    def test_each_duty_says_what_by_when_why_and_by_what_law(self, desk):
        code = a_case(Draft("BailGranted", {"ends_at": DAYS_AHEAD}, HOURS_AGO))
        page = words_of(desk.opens(f"/desk/case/{code}"))
        assert "Code of Practice for Victims" in page
        assert "source:" in page

    def test_overdue_comes_first_and_is_loud(self, desk):
        code = a_case()
        append(case_by_code(code), "CallReceived", {"route": "voice"}, by=OFFICER, happened_at=NOW - timedelta(days=40))
        page = desk.opens(f"/desk/case/{code}")
        rows = re.findall(r'<li class="duty duty--([a-z-]+)"', page)
        live = rows[: rows.index("kept")] if "kept" in rows else rows
        assert "overdue" in live
        assert live[0] == "overdue"


class TestReport:
    def test_each_side_is_a_chapter_and_what_is_missing_is_said(self, desk):
        code = a_case(
            Draft(
                "FirstAccountTaken",
                {"of": "survivor", "account": "He held the door.", "seen_by_officers": "A broken lock."},
                HOURS_AGO,
            ),
            Draft("CrimeRecorded", {"reference": "42AB/77/26"}, HOURS_AGO),
        )
        page = words_of(desk.opens(f"/desk/case/{code}/report"))
        assert (
            page.index("The survivor’s account") < page.index("He held the door.") < page.index("The suspect’s account")
        )
        assert "No account of the suspect is recorded." in page
        assert "A broken lock." in page
        assert "42AB/77/26" in page

    def test_addresses_and_numbers_are_left_out(self, desk):
        code = a_case(
            Draft("CallReceived", {"route": "voice", "number": "07700 900999"}, HOURS_AGO),
            Draft("SecondCallMade", {"new_place": "9 Hidden Row", "place_confidential": "yes"}, HOURS_AGO),
        )
        page = desk.opens(f"/desk/case/{code}/report")
        assert "07700 900999" not in page
        assert "9 Hidden Row" not in page

    def test_what_no_chapter_names_is_printed_last(self, desk):
        place = {"type": "keep_from_place", "place": "9 Hidden Row", "words": "By day or night"}
        code = a_case(
            Draft("StatementTaken", {"of": "witness", "form": "written", "reference": "EX-ST-7"}, HOURS_AGO),
            Draft("BailGranted", {"ends_at": DAYS_AHEAD, "conditions": [place]}, HOURS_AGO),
            Draft(
                "NoticeIssued",
                {"notice": "dapn", "authorised_by": "superintendent", "survivor_view": "She begged for it."},
                HOURS_AGO,
            ),
        )
        last = words_of(desk.opens(f"/desk/case/{code}/report")).partition("Also recorded")[2]
        assert all(said in last for said in ("EX-ST-7", "By day or night", label(KINDS["NoticeIssued"])))
        assert "9 Hidden Row" not in last
        assert "She begged" not in last

    @pytest.mark.parametrize("name", sorted(KINDS))
    def test_each_kind_is_printed_or_kept_out_for_a_reason(self, name):
        named = any(name == each.partition(":")[0] for _, kinds, _ in CHAPTERS for each in kinds)
        out = NOT_PRINTED.get(name) or (not named and NOT_PRINTED_STAGES.get(stage(KINDS[name])))
        fields = SimpleNamespace(of="nobody")
        entry = Entry(1, name, NOW, NOW, OFFICER, fields)
        assert bool(out) != (named or also_recorded(entry))
        assert not (out and also_recorded(entry))

    def test_a_handed_over_document_is_not_printed_whole(self, desk):
        said = {"from_whom": "North control", "kept": '{"civic": "9 Hidden Row"}', "comments": "She whispers."}
        page = desk.opens(f"/desk/case/{a_case(Draft('CallTransferredIn', said, HOURS_AGO))}/report")
        assert "She whispers." in page
        assert "Hidden Row" not in page

    def test_what_leads_to_the_survivor_is_kept_out(self, desk):
        code = a_case(
            Draft("ShelterAsked", {"needs": "A cot"}, HOURS_AGO),
            Draft("ShelterFound", {"through": "Haven line"}, HOURS_AGO, (2,)),
            Draft("BailViewsSought", {"asked": "yes", "views": "She is afraid."}, HOURS_AGO),
            Draft("RiskAssessed", {"instrument": "dash", "how": "in_person", "grade": "high"}, HOURS_AGO),
        )
        page = desk.opens(f"/desk/case/{code}/report")
        assert not any(said in page for said in ("A cot", "Haven line", "She is afraid.", label(KINDS["RiskAssessed"])))


class TestQueue:
    def test_a_row_leads_straight_to_the_form_that_ends_the_duty(self, database):
        code = a_case(Draft("SuspectArrested", {"for_what": "offence"}, NOW - timedelta(minutes=30)))
        roles = ("investigator", "custody_officer", "officer", "safeguarding_officer", "supervisor")
        pages = [Desk(role).signs_in().opens("/desk/") for role in roles]
        assert any(f"/desk/case/{code}/record/" in page and "?owed=" in page for page in pages)

    def test_a_queue_shows_codes_and_never_names(self, desk):
        a_case(Draft("PersonNamed", {"party": "survivor", "name": "Zebedee Quill"}, HOURS_AGO))
        assert "Quill" not in desk.opens("/desk/?whose=team")

    def test_only_what_is_late_is_shown_when_asked_for(self, desk):
        a_case(Draft("CallReceived", {"route": "voice"}, NOW - timedelta(days=40)))
        states = re.findall(r'<li class="duty duty--([a-z-]+)"', desk.opens("/desk/?whose=overdue"))
        assert set(states) <= {"overdue"}

    @pytest.mark.parametrize("left", [False, True], ids=["still here", "left"])
    def test_what_was_given_to_a_colleague_stands_under_overdue_and_with_everybody_once_they_left(self, database, left):
        code = a_case(
            Draft("BailGranted", {"ends_at": (NOW + timedelta(days=40)).isoformat()}, NOW - timedelta(days=40))
        )
        given = {"role": "investigator", "staff": "colleague"}
        append(case_by_code(code), "CaseAllocated", given, by=OFFICER, happened_at=HOURS_AGO)
        for name in ("colleague", "asks"):
            add_staff_member(name, PASSWORD, role="investigator", staff=name, team="Team 3")
        if left:
            get_user_model().objects.filter(username="colleague").update(is_active=False)
        desk = Desk("investigator", "asks").signs_in()
        page = desk.opens("/desk/")
        assert (f"/desk/case/{code}" in page) is left, "nobody is to wait for who signs in no longer"
        assert ("overdue in somebody else’s name" in page) is not left
        late = desk.opens("/desk/?whose=overdue")
        assert f"/desk/case/{code}" in late
        assert "in somebody else’s name" not in late

    def test_an_officer_cannot_look_into_another_roles_queue(self, database):
        officer = Desk("officer").signs_in()
        assert "Dispatcher: what is owed" not in officer.opens("/desk/?role=dispatcher")
        assert "Dispatcher: what is owed" in Desk("supervisor").signs_in().opens("/desk/?role=dispatcher")

    @pytest.mark.parametrize("after", ["rubbish", "2026", "9" * 60, "a:b:c", "%00"])
    def test_a_cursor_that_nobody_gave_out_breaks_nothing(self, desk, after):
        desk.opens("/desk/", after=after)
        assert desk.page.status_code in (200, 400)

    def test_pages_follow_one_another_and_miss_nothing(self, desk):
        for _ in range(4):
            a_case(Draft("CallReceived", {"route": "voice"}, HOURS_AGO))
        address, seen = "/desk/?role=call_taker&whose=team", []
        while address:
            page = desk.opens(address)
            seen += re.findall(r'data-do href="([^"]+)"', page)
            found = re.search(r'rel="next" href="([^"]+)"', page)
            address = "/desk/" + found[1].replace("&amp;", "&") if found else ""
        assert len(seen) == len(set(seen)) > 0


class TestOverview:
    def test_a_dispute_stands_first_with_its_clock(self, desk):
        code = a_case(Draft("SurvivorTold", {"what": ["rights"], "channel": "telephone"}, HOURS_AGO))
        disputed = Draft("PromiseDisputed", {"words": "Nobody rang."}, HOURS_AGO + timedelta(minutes=5), (2,))
        append(
            case_by_code(code), disputed.kind, disputed.fields, by=OFFICER, happened_at=disputed.happened_at, about=(2,)
        )
        page = desk.opens("/desk/overview")
        top = page[: page.index('id="roles"')]
        assert f"/desk/case/{code}" in top
        assert "Nobody rang." not in page

    def test_each_role_has_its_line(self, desk):
        page = desk.opens("/desk/overview")
        for name in ("Call taker", "Dispatcher", "Investigating officer", "Witness care officer"):
            assert name in page


class TestWords:
    def test_words_are_shown_once_and_open_the_survivors_page(self, desk):
        code = a_case()
        form = desk.opens(f"/desk/case/{code}/words")
        answers = {"how": "on_paper", "safe": "yes", "known": "met_in_person"}
        page = desk.sends(f"/desk/case/{code}/words", {**hidden(form), **answers})
        words = re.search(r'class="four">([^<]+)<', page)[1]
        assert case_for(code, words) == case_by_code(code)
        assert entries(code)[-1].kind == "SurvivorWordsIssued"
        assert words not in desk.opens(f"/desk/case/{code}")
        assert words not in desk.opens(f"/desk/case/{code}/words")

    def test_the_card_says_nothing_of_police_or_abuse(self, desk):
        code = a_case()
        form = desk.opens(f"/desk/case/{code}/words")
        page = desk.sends(f"/desk/case/{code}/words", {**hidden(form), "how": "on_paper", "known": "met_in_person"})
        card = page[page.index("card-to-keep") : page.index("</main")].lower()
        said = set(re.findall(r"\w+", card))  # whole words: 'suitcase' may be one of the four
        assert len(said) > 20
        assert not said & {"police", "abuse", "holdfast", "victim", "survivor", "case", "crime"}

    def test_without_saying_how_no_words_are_made(self, desk):
        code = a_case()
        form = desk.opens(f"/desk/case/{code}/words")
        desk.sends(f"/desk/case/{code}/words", hidden(form))
        assert desk.page.status_code == 422
        assert len(entries(code)) == 1
