"""Evidence at the desk: the list, one item, looking at it, copies, holds, taking over, and what is shown to nobody."""

import asyncio
import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from html import unescape

import pytest
from tests.doors.desk.conftest import OFFICER
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.conftest import entries
from tests.doors.desk.kept import SURVIVOR
from tests.doors.desk.kept import keep
from tests.doors.desk.kept import picture

from holdfast.access.looks import looks_at
from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import append_all
from holdfast.casefile.reading import case_by_code

FOR = {"purpose": "investigation"}
KEPT_WORDS = "The bruise on the stairs day"


def at(code, item="", act=""):
    return f"/desk/case/{code}/evidence" + (f"/{item}" if item else "") + (f"/{act}" if act else "")


def of_kind(code, kind):
    return [entry for entry in entries(code) if entry.kind == kind]


def looks(desk, code, item):
    """Says for what and opens the content's page."""
    desk.sends(at(code, item, "look"), FOR)
    return desk.follows()


def body_of(answer):
    async def gathered():
        return b"".join([piece async for piece in answer.streaming_content])

    return asyncio.run(gathered())


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

    def test_a_thousand_items_stand_on_pages_and_come_at_once(self, desk, code):
        import time

        now = datetime.now(UTC)
        taken = [
            Draft("ItemTaken", {"item": f"00000000-0000-4000-8000-{number:012}", "what": "photograph", "size": 1,
                                "sha256": "0" * 64, "exhibit": f"EX/{number}"}, now)
            for number in range(1000)
        ]  # fmt: skip
        append_all(case_by_code(code), taken, by=OFFICER)
        desk.opens(at(code))
        began = time.perf_counter()
        page = desk.opens(at(code), page="20")
        assert time.perf_counter() - began < 1.5
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

    def test_until_then_they_can(self, desk, code):
        item = keep(code, b"hello", by=SURVIVOR, police_may_have="now")
        no = {"item": str(item), "may": "no"}
        append(case_by_code(code), "PoliceUseChosen", no, by=SURVIVOR, happened_at=datetime.now(UTC))
        desk.opens(at(code, item))
        assert desk.page.status_code == 404


class TestLooking:
    def test_nothing_is_shown_before_it_is_said_for_what(self, desk, code):
        item = keep(code, b"hello there")
        desk.sends(at(code, item, "look"), {})
        assert "Say for what" in desk.follows()
        desk.sends(at(code, item, "look"), {"purpose": "other"})
        assert "Say for what" in desk.follows()
        desk.opens(at(code, item, "view"))
        assert desk.page.status_code == 302
        desk.opens(at(code, item, "content"))
        assert desk.page.status_code == 302
        assert not of_kind(code, "ItemLookedAt")

    def test_a_look_is_an_entry_with_its_purpose_and_goes_on_for_a_while(self, desk, code):
        item = keep(code, b"hello there")
        assert "hello there" in looks(desk, code, item)
        desk.opens(at(code, item, "view"))
        [look] = of_kind(code, "ItemLookedAt")
        assert (look.fields.purpose, look.by.staff) == ("To investigate this case", desk.staff)

    def test_another_browser_is_asked_anew(self, desk, code):
        item = keep(code, b"hello there")
        looks(desk, code, item)
        other = Desk(desk.role, desk.staff).signs_in()
        other.opens(at(code, item, "view"))
        assert other.page.status_code == 302

    def test_words_are_shown_as_words(self, desk, code):
        item = keep(code, b"<script>alert(1)</script>\xe2\x80\xae\x00")
        page = looks(desk, code, item)
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "\u202e" not in page
        assert "\x00" not in page

    def test_of_a_picture_only_what_was_made_from_it_is_shown(self, desk, code):
        made = picture()
        item = keep(code, b"\xff\xd8 the original", "image/jpeg", preview=made, what="injury_photograph")
        page = looks(desk, code, item)
        [source] = re.findall(r'<img class="shown" src="([^"]+)"', page)
        assert str(item) not in source
        answer = desk.client.get(source)
        assert body_of(answer) == made
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert desk.client.get(at(code, item, "content")).status_code == 404

    def test_a_picture_without_a_preview_is_not_shown(self, desk, code):
        item = keep(code, picture(), "image/jpeg")
        page = looks(desk, code, item)
        assert "<img" not in page
        assert "no safe way" in page

    def test_a_page_or_drawing_that_came_as_evidence_is_never_opened(self, desk, code):
        for media in ("text/html", "image/svg+xml", "application/x-shockwave-flash", ""):
            item = keep(code, b"<svg onload=alert(1)>", media)
            assert "onload" not in looks(desk, code, item)
            assert desk.client.get(at(code, item, "content")).status_code == 404

    def test_what_was_not_examined_is_not_shown(self, desk, code):
        item = keep(code, b"hello", examined=False)
        assert "not examined yet" in desk.opens(at(code, item))
        desk.sends(at(code, item, "look"), FOR)
        assert not of_kind(code, "ItemLookedAt")

    def test_what_is_gone_from_the_vault_is_said_and_the_page_stands(self, desk, code, settings):
        import shutil
        from pathlib import Path

        item = keep(code, b"hello")
        shutil.rmtree(Path(settings.HOLDFAST_DATA) / "vault" / "items")
        assert desk.opens(at(code, item))
        assert desk.page.status_code == 200
        assert "cannot be read from the vault" in looks(desk, code, item)
        assert desk.page.status_code == 503


class TestInPieces:
    FILM = bytes(range(256)) * 9000  # three chunks

    @pytest.fixture
    def film(self, desk, code):
        item = keep(code, self.FILM, "video/mp4", what="body_worn_video")
        looks(desk, code, item)
        return at(code, item, "content")

    def test_the_whole_says_that_it_can_be_asked_for_in_pieces(self, desk, film):
        answer = desk.client.get(film)
        assert (answer.status_code, answer.headers["Accept-Ranges"]) == (200, "bytes")
        assert answer.headers["Content-Length"] == str(len(self.FILM))
        assert body_of(answer) == self.FILM

    @pytest.mark.parametrize(
        ("asked", "start", "until"),
        [("bytes=0-0", 0, 1), ("bytes=1048570-1048590", 1048570, 1048591), ("bytes=-5", 2303995, 2304000),
         ("bytes=2303990-", 2303990, 2304000), ("bytes=5-99999999", 5, 2304000)],
    )  # fmt: skip
    def test_a_piece_is_that_piece(self, desk, film, asked, start, until):
        answer = desk.client.get(film, headers={"Range": asked})
        assert answer.status_code == 206
        assert answer.headers["Content-Range"] == f"bytes {start}-{until - 1}/{len(self.FILM)}"
        assert body_of(answer) == self.FILM[start:until]

    @pytest.mark.parametrize("asked", ["bytes=2304000-", "bytes=9999999-10000000", "bytes=-0"])
    def test_a_piece_that_is_not_there_is_416(self, desk, film, asked):
        answer = desk.client.get(film, headers={"Range": asked})
        assert (answer.status_code, answer.headers["Content-Range"]) == (416, f"bytes */{len(self.FILM)}")

    @pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,5-6", "chapters=1-2", "bytes=a-b", "bytes=-"])
    def test_what_is_no_range_is_answered_with_the_whole(self, desk, film, asked):
        assert desk.client.get(film, headers={"Range": asked}).status_code == 200

    def test_a_range_of_another_version_is_answered_with_the_whole(self, desk, film):
        headers = {"Range": "bytes=0-9", "If-Range": '"another"'}
        assert desk.client.get(film, headers=headers).status_code == 200

    def test_the_head_has_no_body(self, desk, film):
        answer = desk.client.head(film, headers={"Range": "bytes=10-19"})
        assert (answer.status_code, answer.headers["Content-Length"], answer.content) == (206, "10", b"")

    def test_many_pieces_are_one_look_and_one_line_of_the_log(self, desk, code, film):
        before = len(looks_at(code, 500))
        for start in range(0, 2_000_000, 100_000):
            body_of(desk.client.get(film, headers={"Range": f"bytes={start}-{start + 99}"}))
        assert len(of_kind(code, "ItemLookedAt")) == 1
        assert len(looks_at(code, 500)) == before

    def test_whoever_may_no_longer_is_shut_out_in_the_middle_of_it(self, desk, code, film):
        from holdfast.access.walls import wall_off

        wall_off(code, desk.staff, set_by="S9")
        assert desk.client.get(film, headers={"Range": "bytes=0-9"}).status_code == 404
        assert not looks_at(code, 1)[0].allowed

    def test_nothing_keeps_it_or_runs_in_it_or_tells_where_it_came_from(self, desk, film):
        answer = desk.client.get(film)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Referrer-Policy"] in ("no-referrer", "same-origin")


class TestCopies:
    def test_a_copy_is_the_bytes_under_a_neutral_name_and_an_entry(self, desk, code):
        item = keep(code, b"%PDF-1.4 words", "application/pdf", named="her-letter.pdf", exhibit="AB/1")
        answer = desk.client.post(at(code, item, "copy"), {**FOR, "to": "Laboratory"})
        assert body_of(answer) == b"%PDF-1.4 words"
        assert answer.headers["Content-Disposition"] == f'attachment; filename="item-{item.hex[:8]}.pdf"'
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        [copy] = of_kind(code, "ItemCopied")
        assert (copy.fields.purpose, copy.fields.to) == ("To investigate this case", "Laboratory")

    @pytest.mark.parametrize("said", [{}, FOR, {"to": "Laboratory"}])
    def test_without_purpose_and_place_there_is_none(self, desk, code, said):
        item = keep(code)
        desk.sends(at(code, item, "copy"), said)
        assert desk.page.status_code == 302
        assert not of_kind(code, "ItemCopied")


class TestHolds:
    @pytest.fixture
    def held(self, code):
        return keep(code, b"<script>", held="active_content")

    def test_what_was_found_is_said_and_it_is_shown_to_nobody(self, desk, code, held):
        page = desk.opens(at(code, held))
        assert "It holds something that runs" in page
        assert "A script in it" in page
        for act in ("look", "copy"):
            desk.sends(at(code, held, act), {**FOR, "to": "x"})
            assert desk.page.status_code == 302
        assert not of_kind(code, "ItemLookedAt")
        assert not of_kind(code, "ItemCopied")

    def test_one_asks_and_another_decides_from_their_own_sign_in(self, desk, code, held):
        other = Desk("supervisor", "supervisor-2").signs_in()
        desk.sends(at(code, held, "lift"), {"do": "ask"})
        desk.sends(at(code, held, "lift"), {"do": "lift", "reason": "I looked at it myself"})
        assert "somebody else" in desk.follows()
        assert not of_kind(code, "ItemHoldLifted")
        other.sends(at(code, held, "lift"), {"do": "lift", "reason": "short"})
        assert not of_kind(code, "ItemHoldLifted")
        other.sends(at(code, held, "lift"), {"do": "lift", "reason": "Opened on a machine apart: it is text"})
        [lifted] = of_kind(code, "ItemHoldLifted")
        assert (lifted.by.staff, lifted.fields.second_person) == ("supervisor-2", desk.staff)
        assert "&lt;script&gt;" in looks(desk, code, held)

    def test_nobody_lifts_what_nobody_asked_for(self, desk, code, held):
        desk.sends(at(code, held, "lift"), {"do": "lift", "reason": "I looked at it myself"})
        assert not of_kind(code, "ItemHoldLifted")


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
