"""Evidence at the desk: the list, one item, taking over, consents, and what is shown to nobody."""

import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from html import unescape

import pytest
from tests.doors.desk.conftest import OFFICER
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.kept import FOR
from tests.doors.desk.kept import SURVIVOR
from tests.doors.desk.kept import at
from tests.doors.desk.kept import keep
from tests.doors.desk.kept import looks
from tests.doors.desk.kept import of_kind

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import append_all
from holdfast.casefile.reading import case_by_code

KEPT_WORDS = "The bruise on the stairs day"


@pytest.fixture
def code(desk):
    return a_case()


class TestList:
    def test_it_is_clear_when_nothing_is_there(self, desk, code):
        assert "Nothing is in the vault yet" in desk.opens(at(code))

    def test_each_item_stands_with_what_when_and_by_whom(self, desk, code):
        keep(code, what="injury_photograph", exhibit="AB/1", bag="B77", words="Left arm", body=["front.left_forearm"])
        page = desk.opens(at(code))
        for words in ("Injury photograph", "AB/1", "B77", "Left arm", "Left forearm, front", "Attending officer, PC1"):
            assert words in page

    def test_the_name_it_came_under_and_the_content_do_not_stand_in_it(self, desk, code):
        keep(code, b"secret words in the file", named="mum-crying.txt")
        page = desk.opens(at(code))
        assert "mum-crying" not in page
        assert "secret words" not in page

    def test_it_is_searched_by_exhibit_and_kind(self, desk, code):
        keep(code, exhibit="AB/1")
        keep(code, exhibit="AB/2", what="video")
        assert "AB/2" not in desk.opens(at(code), find="ab/1")
        assert "AB/1" not in desk.opens(at(code), what="video")

    def test_held_items_are_counted_and_found(self, desk, code):
        keep(code, exhibit="AB/1", held="active_content")
        keep(code, exhibit="AB/2")
        page = desk.opens(at(code), what="held")
        assert "1 held" in page
        assert "AB/2" not in page

    def test_a_thousand_items_stand_on_pages(self, desk, code):
        now = datetime.now(UTC)
        taken = [
            Draft("ItemTaken", {"item": f"00000000-0000-4000-8000-{number:012}", "what": "photograph", "size": 1,
                                "sha256": "0" * 64, "exhibit": f"EX/{number}"}, now)
            for number in range(1000)
        ]  # fmt: skip
        append_all(case_by_code(code), taken, by=OFFICER)
        page = desk.opens(at(code), page="20")
        assert "Page 20 of 20" in page
        assert page.count("item-row") == 50

    def test_things_and_where_they_are_now(self, desk, code):
        desk.sends(
            f"{at(code)}/exhibit", {"exhibit": "AB/9", "words": "A telephone", "bag": "B1", "kept_at": "Locker 4"}
        )
        desk.follows()
        thing = of_kind(code, "ExhibitTaken")[0].fields.item
        desk.sends(
            at(code, thing, "move"), {"from_where": "Locker 4", "to_where": "Laboratory", "purpose": "To read it"}
        )
        page = desk.follows()
        assert "now: Laboratory" in page
        assert of_kind(code, "ItemMoved")[0].fields.purpose == "To read it"

    def test_a_thing_needs_a_number(self, desk, code):
        assert "Give it an exhibit number" in desk.sends(f"{at(code)}/exhibit", {"words": "A telephone"})
        assert not of_kind(code, "ExhibitTaken")

    def test_later_pictures_stand_there_until_they_were_taken(self, desk, code):
        again = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        desk.sends(f"{at(code)}/photographed", {"which": "Left arm", "again_on": again})
        assert "are to be photographed again" in unescape(desk.follows())
        assert "Offer to photograph the injuries again" in desk.opens(f"/desk/case/{code}")
        desk.sends(f"{at(code)}/photographed", {"which": "Left arm"})
        assert "are to be photographed again" not in unescape(desk.follows())
        assert "Offer to photograph the injuries again" not in desk.opens(f"/desk/case/{code}")


class TestRecordingOfTheCall:
    def test_do_this_now_leads_to_the_page_that_takes_it_in(self, desk, code):
        held = {"reference": "R1", "held_until": "2099-03-01"}
        append(case_by_code(code), "RecordingKept", held, by=OFFICER, happened_at=datetime.now(UTC))
        page = unescape(desk.opens(f"/desk/case/{code}"))
        assert "before the control room deletes it" in page
        [link] = re.findall(r'href="(/desk/case/[^"]+/record/ItemTaken\?owed=[^"]+)"[^>]*>Do this now', page)
        desk.opens(link)
        assert desk.page.headers["Location"] == f"{at(code)}/take?what=call_recording"
        keep(code, b"RIFF", "audio/wav", what="call_recording")
        assert "before the control room deletes it" not in unescape(desk.opens(f"/desk/case/{code}"))


class TestWhatTheSurvivorKeeps:
    @pytest.mark.parametrize("may", ["later", "no", "not_asked", "not_known"])
    def test_nobody_at_the_desk_learns_that_it_is_there(self, desk, code, may):
        item = keep(code, b"x", by=SURVIVOR, police_may_have=may, words=KEPT_WORDS, exhibit="S/1")
        for address in (at(code), f"/desk/case/{code}?all=1", f"/desk/case/{code}/report"):
            page = desk.opens(address)
            assert KEPT_WORDS not in page
            assert "S/1" not in page
            assert "Item taken" not in page
            assert "shared with your agency" not in page
        for act in ("", "view", "content"):
            desk.opens(at(code, item, act))
            assert desk.page.status_code == 404
        for act in ("look", "copy", "take-over", "describe", "move", "lift"):
            desk.sends(at(code, item, act), {**FOR, "to": "x", "understood": "yes", "to_where": "x"})
            assert desk.page.status_code == 404
        assert not of_kind(code, "ItemLookedAt")
        assert not of_kind(code, "ItemHandedToPolice")

    def test_what_they_let_police_have_is_taken_over_first(self, desk, code):
        item = keep(code, b"hello", by=SURVIVOR, police_may_have="now", words=KEPT_WORDS)
        page = desk.opens(at(code, item))
        assert "Take it over" in page
        assert "Look at it" not in page
        desk.sends(at(code, item, "look"), FOR)
        assert not of_kind(code, "ItemLookedAt")
        desk.sends(at(code, item, "take-over"), {})
        assert not of_kind(code, "ItemHandedToPolice")
        desk.sends(at(code, item, "take-over"), {"understood": "yes"})
        assert "Look at it" in desk.follows()
        assert of_kind(code, "ItemHandedToPolice")[0].by.staff == desk.staff
        assert "hello" in looks(desk, code, item)

    def test_after_that_they_cannot_take_it_back(self, desk, code):
        item = keep(code, b"hello", by=SURVIVOR, police_may_have="now")
        desk.sends(at(code, item, "take-over"), {"understood": "yes"})
        no = {"item": str(item), "may": "no"}
        append(case_by_code(code), "PoliceUseChosen", no, by=SURVIVOR, happened_at=datetime.now(UTC))
        assert desk.opens(at(code, item))
        assert desk.page.status_code == 200

    def test_who_changes_their_mind_at_the_very_moment_keeps_it(self, desk, code, monkeypatch):
        from holdfast.doors.desk.views import evidence_item

        item = keep(code, b"hello", by=SURVIVOR, police_may_have="now")
        no = {"item": str(item), "may": "no"}

        def meanwhile(_item):
            append(case_by_code(code), "PoliceUseChosen", no, by=SURVIVOR, happened_at=datetime.now(UTC))
            return True

        monkeypatch.setattr(evidence_item, "offered", meanwhile)
        desk.sends(at(code, item, "take-over"), {"understood": "yes"})
        assert not of_kind(code, "ItemHandedToPolice")
        desk.opens(at(code, item))
        assert desk.page.status_code == 404

    def test_until_then_they_can(self, desk, code):
        item = keep(code, b"hello", by=SURVIVOR, police_may_have="now")
        no = {"item": str(item), "may": "no"}
        append(case_by_code(code), "PoliceUseChosen", no, by=SURVIVOR, happened_at=datetime.now(UTC))
        desk.opens(at(code, item))
        assert desk.page.status_code == 404


class TestMedicalRecords:
    def consent(self, code, **said):
        given = {"what": "The visit of 3 March", "purpose": "To prove the injury", **said}
        return append(
            case_by_code(code), "MedicalConsentGiven", given, by=OFFICER, happened_at=datetime.now(UTC)
        ).number  # fmt: skip

    def test_without_a_consent_it_is_shown_to_nobody(self, desk, code):
        item = keep(code, b"hello", what="medical_record")
        assert "No consent of the survivor" in desk.opens(at(code, item))
        desk.sends(at(code, item, "look"), FOR)
        assert not of_kind(code, "ItemLookedAt")

    def test_one_that_stands_lets_it_be_used_and_one_withdrawn_does_not(self, desk, code):
        number = self.consent(code)
        item = keep(code, b"hello", what="medical_record", consent=number)
        assert "hello" in looks(desk, code, item)
        append(
            case_by_code(code), "MedicalConsentWithdrawn", {}, by=OFFICER, happened_at=datetime.now(UTC),
            about=[number],
        )  # fmt: skip
        assert "was withdrawn" in desk.opens(at(code, item))
        desk.opens(at(code, item, "view"))
        assert desk.page.status_code == 302
        desk.sends(at(code, item, "copy"), {**FOR, "to": "x"})
        assert not of_kind(code, "ItemCopied")

    def test_one_that_ran_out_does_not(self, desk, code):
        item = keep(code, b"hello", what="medical_record", consent=self.consent(code, until="2026-03-05"))
        assert "has run out" in desk.opens(at(code, item))

    def test_the_list_says_which_what_for_and_until_when(self, desk, code):
        self.consent(code, until="2099-12-31")
        page = desk.opens(at(code))
        assert "The visit of 3 March" in page
        assert "To prove the injury" in page
        assert "31 December 2099" in page


class TestWho:
    def test_an_auditor_counts_and_sees_no_content(self, desk, code):
        item = keep(code, b"hello there")
        auditor = Desk("auditor").signs_in()
        auditor.client.post(f"/desk/case/{code}/purpose", {"purpose": "audit", "words": "The yearly look at all"})
        assert "Document" in auditor.opens(at(code))
        assert "Look at it" not in auditor.opens(at(code, item))
        auditor.sends(at(code, item, "look"), FOR)
        assert auditor.page.status_code == 403

    def test_more_is_said_of_an_item_and_the_first_stays(self, desk, code):
        item = keep(code, words="Left arm", what="injury_photograph")
        desk.sends(at(code, item, "describe"), {"words": "Left arm, inside", "body": ["front.left_forearm", "nowhere"]})
        page = desk.follows()
        assert "Left arm, inside" in page
        assert "Left forearm, front" in page
        [said] = of_kind(code, "ItemDescribed")
        assert said.fields.body == ("front.left_forearm",)
        assert of_kind(code, "ItemTaken")[0].fields.words == "Left arm"


class TestOnTheTimeLine:
    def test_looks_do_not_bury_what_happened_and_stand_among_all_of_it(self, desk, code):
        item = keep(code, b"hello", words="Left arm, seen from inside")
        looks(desk, code, item)
        page = desk.opens(f"/desk/case/{code}")
        assert "Left arm, seen from inside" in page
        assert "Item looked at" not in page
        assert "Item looked at" in desk.opens(f"/desk/case/{code}?all=1")

    def test_what_machines_go_by_does_not_stand_there(self, desk, code):
        keep(code, b"hello")
        page = desk.opens(f"/desk/case/{code}?all=1")
        assert of_kind(code, "ItemTaken")[0].fields.sha256 not in page
