"""Looking at evidence at the desk: for what, in pieces, as a copy; and what is held."""

import re

import pytest
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import a_case
from tests.doors.desk.kept import FOR
from tests.doors.desk.kept import at
from tests.doors.desk.kept import body_of
from tests.doors.desk.kept import keep
from tests.doors.desk.kept import looks
from tests.doors.desk.kept import of_kind
from tests.doors.desk.kept import picture
from tests.doors.desk.leaves import confirmed

from holdfast.access.looks import looks_at


@pytest.fixture
def code(desk):
    return a_case()


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
        page = desk.sends(at(code, item, "copy"), {**FOR, "to": "Laboratory"})
        assert "Who will see this" in page
        assert not of_kind(code, "ItemCopied")
        answer = confirmed(desk, at(code, item, "copy"), page)
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
