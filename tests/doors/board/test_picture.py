"""The picture and what is told of it: who sees which call, what a dropped line missed, and what no fault may hide."""

import json
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from django.test import Client
from tests.support.signing_in import signs_in

from holdfast.access.person import Person
from holdfast.access.staff import StaffMember
from holdfast.access.staff import add_staff_member
from holdfast.access.walls import wall_off
from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.packs import pack_called
from holdfast.casefile.state import REMEMBERED
from holdfast.doors.board import picture as picture_module
from holdfast.doors.board import views as views_module
from holdfast.doors.board.changes import BySqlite
from holdfast.doors.board.picture import Picture
from holdfast.doors.board.picture import picture_here
from holdfast.doors.board.stream import Told
from holdfast.record.entry import By

NORTH, ELSEWHERE = "west-yorkshire", "cleveland"
TAKER, MACHINE = By("call_taker", "CT1"), By("feed", "sip")
DISPATCHER = Person("dispatcher", "D1", organisation=NORTH)
SUPERVISOR = Person("supervisor", "S1", organisation=NORTH)


def ago(**much) -> datetime:
    return datetime.now(UTC) - timedelta(**much)


def a_call(force: str = NORTH, *, at: datetime | None = None, by: By = TAKER, **said):
    at = at or ago(minutes=5)
    drafts = [Draft("CallReceived", {"route": "voice", **said}, at)]
    return open_case("england-and-wales", by=by, happened_at=at, fields={"force": force}, drafts=drafts)


def add(case, kind: str, by: By = TAKER, **fields):
    return append(case.case_id, kind, fields, by=by, happened_at=datetime.now(UTC))


def seen(picture: Picture, person: Person = DISPATCHER) -> set[str]:
    picture.catch_up()
    return {shown.on_board.row.code for shown in picture.visible(person, datetime.now(UTC))}


def events(words: bytes) -> list[tuple[str, str, dict]]:
    """(id, name, data) of each event; '' where it has no id."""
    found = []
    for block in words.decode().split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line)
        if "event" in fields:
            found.append((fields.get("id", ""), fields["event"], json.loads(fields["data"])))
    return found


@pytest.fixture
def picture(database) -> Picture:
    made = Picture(BySqlite())
    made.catch_up()
    return made


class TestWhoSees:
    def test_a_call_of_ones_own_force_and_of_no_other(self, picture):
        mine, theirs, unknown = a_call(), a_call(ELSEWHERE), a_call("")
        assert seen(picture) == {mine.code, unknown.code}
        assert seen(picture, DISPATCHER._replace(organisation=ELSEWHERE)) == {theirs.code, unknown.code}
        assert seen(picture, DISPATCHER._replace(organisation="every-force")) == {mine.code, theirs.code, unknown.code}

    @pytest.mark.parametrize("role", ["officer", "investigator", "adviser", "auditor", "survivor", "feed"])
    def test_nobody_outside_the_control_room(self, picture, role):
        a_call()
        assert seen(picture, DISPATCHER._replace(role=role)) == set()

    def test_a_wall_takes_it_from_the_board_without_an_entry(self, picture, monkeypatch):
        case = a_call()
        told = Told(picture, DISPATCHER)
        picture.catch_up()
        told.first("")
        wall_off(case.code, "D1", "S1")
        monkeypatch.setattr(picture_module, "LOOKED_AT_AGAIN", 0.0)
        assert seen(picture) == set()
        assert [(name, data) for _, name, data in events(told.what_is_new())] == [
            ("gone", {"code": case.code, "why": ""})
        ]
        assert seen(picture, SUPERVISOR) == {case.code}

    def test_a_case_of_a_separate_unit(self, picture):
        add_staff_member("u", "a long and plain password", role="supervisor", staff="U1", unit="standards")
        case = a_call()
        add(case, "CaseGivenToSeparateUnit", By("supervisor", "S1"), unit="standards", reason="A colleague.")
        assert seen(picture) == set()
        assert seen(picture, SUPERVISOR._replace(unit="standards")) == {case.code}

    def test_what_is_older_than_a_role_is_shown_is_counted_and_stays_the_supervisors(self, picture, monkeypatch):
        monkeypatch.setattr("holdfast.access.known.LIVE_FOR", timedelta(0))
        case = a_call(by=MACHINE)
        assert seen(picture, SUPERVISOR) == {case.code}
        assert seen(picture) == set()  # nothing in it is owed by a dispatcher
        now = datetime.now(UTC)
        assert picture.too_old_for(DISPATCHER, now) == 1
        assert picture.too_old_for(DISPATCHER._replace(organisation=ELSEWHERE), now) == 0
        wall_off(case.code, "D1", "S1")
        monkeypatch.setattr(picture_module, "LOOKED_AT_AGAIN", 0.0)
        picture.catch_up()
        assert picture.too_old_for(DISPATCHER, now) == 0  # a wall is never told of


class TestWhatIsTold:
    def test_only_what_changed_is_told_and_a_close_says_why(self, picture):
        case, other = a_call(), a_call()
        picture.catch_up()
        told = Told(picture, DISPATCHER)
        names = [name for _, name, _ in events(told.first(""))]
        assert names == ["row", "row", "standing", "beat"]
        add(case, "CallGraded", grade="immediate", attend_within=15)
        picture.catch_up()
        [(_, name, data)] = events(told.what_is_new())
        assert (name, data["code"], data["grade"]) == ("row", case.code, "Immediate")
        assert told.what_is_new() == b""
        add(case, "CallClosed", reason="dealt_with_by_telephone")
        picture.catch_up()
        assert events(told.what_is_new())[0][1:] == ("gone", {"code": case.code, "why": "dealt with by telephone"})
        assert events(told.beat())[0][2]["calls"] == 1
        assert other.code in told.codes.values()

    def test_a_dropped_line_is_told_all_that_it_missed_and_nothing_twice(self, picture):
        kept, closed = a_call(), a_call()
        picture.catch_up()
        told = Told(picture, DISPATCHER)
        last = events(told.first(""))[-2][2]["id"]
        add(closed, "CallClosed", reason="other")
        add(kept, "CallGraded", grade="priority")
        add(kept, "UnitSent", unit="NT21")
        new = a_call()
        picture.catch_up()
        back = events(Told(picture, DISPATCHER).first(last))
        assert [data["code"] for _, name, data in back if name == "row"] == [kept.code, new.code]
        [standing] = [data for _, name, data in back if name == "standing"]
        assert set(standing["codes"]) == {kept.code, new.code}
        assert [number for number, name, _ in back if name == "row"] == sorted(
            (number for number, name, _ in back if name == "row"), key=lambda said: int(said.partition("-")[2])
        )

    @pytest.mark.parametrize("after", ["", "x", "deadbeef-1", "-1", "deadbeef-99999999999999999999", "\x00-\n"])
    def test_whoever_comes_from_elsewhere_is_told_all_of_it(self, picture, after):
        case = a_call()
        picture.catch_up()
        found = events(Told(picture, DISPATCHER).first(after))
        assert [data["code"] for _, name, data in found if name == "row"] == [case.code]

    def test_another_picture_s_numbers_are_not_taken_for_its_own(self, picture):
        a_call()
        picture.catch_up()
        last = events(Told(picture, DISPATCHER).first(""))[-2][2]["id"]
        again = Picture(BySqlite())
        again.catch_up()
        assert next(name for _, name, _ in events(Told(again, DISPATCHER).first(last))) == "row"

    def test_a_picture_made_anew_is_told_whole(self, picture, monkeypatch):
        a_call()
        picture.catch_up()
        told = Told(picture, DISPATCHER)
        told.first("")
        monkeypatch.setattr(picture_module, "MOST_BEHIND", 0)
        new = a_call()
        picture.catch_up()
        assert new.code in {data.get("code") for _, name, data in events(told.what_is_new()) if name == "row"}

    def test_more_than_is_remembered_is_told_whole(self, picture, monkeypatch):
        monkeypatch.setattr(picture_module, "REMEMBERED", 3)
        case = a_call()
        picture.catch_up()
        last = events(Told(picture, DISPATCHER).first(""))[-2][2]["id"]
        for _ in range(5):
            add(case, "CallGraded", grade="priority")
            picture.catch_up()
        assert picture.since(int(last.partition("-")[2])) is None
        assert next(name for _, name, _ in events(Told(picture, DISPATCHER).first(last))) == "row"


class TestNothingIsHidden:
    def test_a_damaged_case_stays_and_says_so(self, picture, database):
        import sqlite3

        case = a_call()
        add(case, "CallGraded", grade="immediate", attend_within=15)
        picture.catch_up()
        with sqlite3.connect(database) as raw:
            raw.execute("DROP TRIGGER entry_never_changed")
            raw.execute("UPDATE entry SET sealed = x'00' WHERE case_id = ? AND number = 2", (case.case_id.hex,))
        REMEMBERED.forget()
        with pytest.raises(Exception, match="does not add up"):
            add(case, "UnitSent", unit="NT1")
        for known in (picture, Picture(BySqlite())):
            known.catch_up()
            known._looked_at = dict.fromkeys(known._looked_at, -1e9)
            known.catch_up()
            [shown] = known.visible(DISPATCHER, datetime.now(UTC))
            assert shown.on_board.row.code == case.code
            assert "cannot be read" in shown.html

    def test_a_case_whose_pack_is_gone_stays_and_so_do_all_others(self, picture, settings, tmp_path):
        case = a_call()
        settings.HOLDFAST_PACKS = tmp_path / "none"
        pack_called.cache_clear()
        try:
            assert seen(picture, SUPERVISOR) == {case.code}
            assert "cannot be read" in picture.visible(SUPERVISOR, datetime.now(UTC))[0].html
        finally:
            pack_called.cache_clear()

    def test_an_old_call_is_on_its_own_page_and_in_nobody_elses(self, database):
        old = a_call(at=ago(days=9))
        theirs = a_call(ELSEWHERE, at=ago(days=9))
        page = desk().get("/desk/board/older").content.decode()
        assert old.code in page
        assert theirs.code not in page

    def test_a_struck_close_is_found_when_the_picture_is_made(self, database):
        case = a_call()
        closed = add(case, "CallClosed", reason="other")
        assert seen(Picture(BySqlite())) == set()
        append(
            case.case_id, "EntryCorrected", {"reason": "The wrong call.", "struck": "yes"}, by=TAKER,
            happened_at=datetime.now(UTC), about=[closed.number],
        )  # fmt: skip
        assert seen(Picture(BySqlite())) == {case.code}


def desk(role: str = "supervisor", force: str = NORTH) -> Client:
    if not StaffMember.objects.filter(staff="S1").exists():
        add_staff_member("s", "a long and plain password", role=role, staff="S1", organisation=force)
    client = Client(HTTP_HOST="127.0.0.1")
    signs_in(client, StaffMember.objects.select_related("user").get(staff="S1"))
    return client


class TestPages:
    def test_what_was_typed_is_words_and_no_markup(self, database):
        case = a_call()
        add(case, "LocationFound", how="said", place="<script>alert(1)</script> & 'x'")
        client = desk()
        for way in ("", "/map", "/handover"):
            page = client.get(f"/desk/board{way}").content.decode()
            assert "<script>alert" not in page
            assert "&lt;script&gt;alert(1)" in page

    def test_the_sheet_has_what_is_open_and_what_left_and_why(self, database):
        still, closed = a_call(), a_call()
        elsewhere = a_call(ELSEWHERE)
        add(closed, "CallClosed", reason="silent_call_resolved")
        add(elsewhere, "CallClosed", reason="other")
        page = desk().get("/desk/board/handover").content.decode()
        assert f"{still.code[:4]} {still.code[4:]}" in page
        assert "the silent call was resolved" in page
        assert elsewhere.code[:4] not in page

    def test_the_load_counts_ones_own_forces_calls(self, database):
        for case in (a_call(at=ago(minutes=1)), a_call(at=ago(minutes=1)), a_call(ELSEWHERE)):
            assert case.code
        page = desk().get("/desk/board/load").content.decode()
        assert "2 in the last 24 hours" in page

    @pytest.mark.parametrize("query", ["?look=x", "?look=%00", "map?span=9&around=%3Cx", "map?span=2&around=22222222"])
    def test_nonsense_in_the_address_is_a_page(self, database, query):
        a_call()
        address = f"/desk/board{query}" if query.startswith("?") else f"/desk/board/{query}"
        assert desk().get(address).status_code == 200

    def test_who_had_it_open_is_in_the_log(self, database):
        from holdfast.access.looks import Look

        desk().get("/desk/board")
        assert Look.objects.filter(act="see_board", staff="S1", allowed=True).exists()

    def test_beyond_the_most_streams_a_board_is_told_that_it_is_not_live(self, database, monkeypatch):
        monkeypatch.setattr(views_module, "MOST_STREAMS", 0)
        answer = desk().get("/desk/board/stream")
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")

    def test_it_is_dark_where_somebody_chose_so(self, database):
        client = desk()
        assert client.get("/desk/board?look=dark").status_code == 302
        assert 'boarding night"' in client.get("/desk/board").content.decode()

    def test_the_picture_of_this_process_is_one(self, database):
        assert picture_here() is picture_here()
