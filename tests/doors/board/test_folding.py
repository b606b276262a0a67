"""A call's entries folded into its row: the same in any order, and never surer than what was recorded."""

import random
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.doors.board.folding import Standing
from holdfast.doors.board.folding import fold
from holdfast.doors.board.row import LEVELS
from holdfast.doors.board.row import Row
from holdfast.doors.board.row import Spot
from holdfast.doors.board.telling import LEVEL_SIGNS
from holdfast.doors.board.telling import LEVEL_WORDS
from holdfast.doors.board.telling import context_of
from holdfast.doors.board.telling import how_sure
from holdfast.doors.board.telling import row_in_words
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

NINE = datetime(2026, 3, 2, 21, 0, tzinfo=UTC)
MACHINE, PERSON = By("feed", "sip"), By("dispatcher", "D1")
STANDING = Standing("234CFGHJ", "england-and-wales", owed=frozenset({("send-unit", 4, 1)}))


def entry(
    number: int, kind: str, minutes: float, /, *, by: By = PERSON, about: tuple[int, ...] = (), **fields
) -> Entry:
    at = NINE + timedelta(minutes=minutes)
    return Entry(number, kind, at, at, by, read_fields(KINDS[kind], fields), None, about)


OPENED = entry(1, "CaseOpened", 0, by=MACHINE, pack="england-and-wales")
SILENT = [
    OPENED,
    entry(2, "CallReceived", 0, by=MACHINE, route="silent", silent="yes"),
    entry(3, "SilentCallHandled", 0.5, by=MACHINE, answered_by="pressed_55"),
]
GRADED = [*SILENT, entry(4, "CallGraded", 2, grade="immediate", attend_within=15)]


def row(*entries: Entry, standing: Standing = STANDING) -> Row:
    found = fold(entries, standing)
    assert found is not None
    return found


def rung(number: int, minutes: float, level: str, **more) -> Entry:
    said = {"duty": "send-unit", "started_by": 4, "instance": 1, "level": level, "why": "lapsed", **more}
    return entry(number, "AlarmRung", minutes, by=MACHINE, about=(4,), **said)


def test_a_call_that_nobody_has_touched_rings_and_one_that_somebody_graded_does_not():
    assert row(*SILENT).ringing == "new"
    assert row(*GRADED).ringing == ""


def test_55_gives_no_place_and_sends_nobody():
    found = row(*SILENT)
    assert (found.silent, found.spots, found.sent, found.grade) == ("pressed_55", (), (), "")


def test_what_was_not_asked_is_not_known_and_one_no_of_two_is_not_no():
    states = {mark.name: mark.state for mark in row(*SILENT).marks}
    assert set(states.values()) == {"not_known"}
    half = row(*SILENT, entry(4, "CallQuestionsAnswered", 1, weapons_used="no"))
    assert {mark.name: mark.state for mark in half.marks}["weapons"] == "not_known"
    both = row(*SILENT, entry(4, "CallQuestionsAnswered", 1, weapons_used="no", weapons_in_home="no"))
    assert {mark.name: mark.state for mark in both.marks}["weapons"] == "no"


def test_the_clock_is_the_newest_grades():
    assert row(*GRADED).due == NINE + timedelta(minutes=17)
    assert row(*SILENT, entry(4, "CallGraded", 2, grade="priority")).due is None


@pytest.mark.parametrize("closed_at", [5, 90])
def test_a_call_leaves_only_by_its_closing_and_a_later_call_brings_it_back(closed_at):
    closed = entry(5, "CallClosed", closed_at, reason="officers_attended")
    assert fold([*GRADED, closed], STANDING) is None
    again = entry(6, "SecondCallMade", closed_at + 1, why="it_got_worse")
    assert row(*GRADED, closed, again).calls == 2


def test_no_other_end_takes_it_from_the_board():
    others = [
        entry(5, "UnitArrived", 9, unit="NT1"), entry(6, "CallTransferredOut", 10, to_whom="Elsewhere"),
        entry(7, "CaseClosed", 30, **_filled("CaseClosed")),
    ]  # fmt: skip
    assert row(*GRADED, *others).handed_to == "Elsewhere"


def _filled(kind: str) -> dict:
    from holdfast.record.kind import fields_of

    return {
        field.name: field.choices[0][0]
        if field.choices and isinstance(field.choices[0], tuple)
        else (field.choices[0] if field.choices else "x")
        for field in fields_of(KINDS[kind])
        if field.required
    }


def test_a_struck_closing_brings_it_back():
    closed = entry(5, "CallClosed", 5, reason="other")
    struck = entry(6, "EntryCorrected", 6, about=(5,), reason="The wrong call.", struck="yes")
    assert fold([*GRADED, closed, struck], STANDING) is not None


def test_a_call_taker_is_shown_as_long_as_their_telephone_is_connected():
    connected = entry(5, "CallTakerConnected", 3, by=MACHINE, rung=1, waited=4)
    gone = entry(6, "CallTakerDisconnected", 4, by=MACHINE, why="call_taker_hung_up")
    lost = entry(7, "CallCutOff", 5, by=MACHINE, how="hung_up")
    assert "telephone is connected with them since" in row_in_words(row(*SILENT, connected))
    assert row(*SILENT, connected).ringing == "new", "a telephone that was answered is no word of a person's on record"
    alone = row_in_words(row(*SILENT, connected, gone))
    assert "is open and no call taker is connected" in alone
    assert "telephone is connected with them" not in alone
    over = row_in_words(row(*SILENT, connected, gone, lost))
    assert "The line was lost" in over
    assert "call taker" not in over
    again = entry(8, "CallTakerConnected", 4.5, by=MACHINE)
    assert row(*SILENT, connected, gone, again).no_call_taker is None


def test_a_caller_who_hung_up_at_the_same_moment_left_no_open_line():
    connected = entry(5, "CallTakerConnected", 3, by=MACHINE)
    both = entry(6, "CallTakerDisconnected", 4, by=MACHINE, why="caller_hung_up"), entry(7, "CallCutOff", 4, by=MACHINE)
    for order in (both, both[::-1]):
        found = row(*SILENT, connected, *order)
        assert (found.call_taker, found.no_call_taker) == (None, None)


class TestAlarms:
    def test_the_loudest_level_rings(self):
        found = row(*GRADED, rung(5, 7, "dispatcher"), rung(6, 9, "supervisor"))
        assert found.ringing == "supervisor"
        assert len(found.alarms) == 1

    def test_an_answer_quiets_it_until_it_rings_again(self):
        answered = entry(6, "AlarmAnswered", 8, about=(5,), doing="sending_unit")
        found = row(*GRADED, rung(5, 7, "dispatcher"), answered)
        assert (found.ringing, found.alarms[0].answered) == ("", NINE + timedelta(minutes=8))
        assert row(*GRADED, rung(5, 7, "dispatcher"), answered, rung(7, 12, "duty_officer")).ringing == "duty_officer"

    def test_an_answer_quiets_what_it_names_though_another_machines_clock_was_ahead(self):
        ahead, answered = rung(5, 8.5, "dispatcher"), entry(6, "AlarmAnswered", 8, about=(5,), doing="sending_unit")
        assert row(*GRADED, ahead, answered).ringing == ""
        assert row(*GRADED, ahead, answered, rung(7, 8.7, "supervisor")).ringing == "supervisor"

    def test_what_is_owed_no_longer_rings_no_longer(self):
        assert row(*GRADED, rung(5, 7, "dispatcher"), standing=STANDING._replace(owed=frozenset())).alarms == ()

    def test_every_level_has_its_own_words_and_its_own_sign(self):
        assert set(LEVELS) == set(LEVEL_WORDS) == set(LEVEL_SIGNS)
        assert len(set(LEVEL_SIGNS.values())) == len(LEVELS)

    def test_what_rings_stands_before_what_does_not(self):
        assert row(*GRADED, rung(5, 7, "dispatcher")).sort_key < row(*GRADED).sort_key
        assert row(*GRADED, rung(5, 7, "duty_officer")).sort_key < row(*GRADED, rung(5, 7, "dispatcher")).sort_key


class TestUnits:
    sent = entry(5, "UnitSent", 3, unit="NT21")

    def test_a_diverted_unit_is_not_on_the_way(self):
        diverted = entry(6, "UnitDiverted", 4, about=(5,), reason="A fire.")
        assert row(*GRADED, self.sent).on_the_way != ()
        assert row(*GRADED, self.sent, diverted).on_the_way == ()

    def test_a_second_call_says_that_nobody_is_there_any_more(self):
        there = entry(6, "UnitArrived", 9, unit="NT21")
        assert row(*GRADED, self.sent, there).there == NINE + timedelta(minutes=9)
        assert row(*GRADED, self.sent, there, entry(7, "SecondCallMade", 40)).there is None


@pytest.mark.parametrize(
    ("spot", "says"),
    [
        (Spot("device", NINE, latitude=1.0, longitude=1.0), "nobody said how near, not confirmed with the caller"),
        (Spot("device", NINE, latitude=1.0, longitude=1.0, uncertainty=23.0),
         "claimed to be within 23 m, not confirmed with the caller"),
        (Spot("said", NINE, place="x", confirmed="not_known"), "not confirmed with the caller"),
        (Spot("said", NINE, place="x", confirmed="no"), "NOT confirmed: the caller was asked"),
    ],
)  # fmt: skip
def test_a_place_is_never_surer_than_somebody_said(spot, says):
    assert how_sure(spot) == says


NIGHT = [
    *GRADED,
    entry(5, "LocationFound", 2.5, by=MACHINE, how="device", latitude=51.5, longitude=-0.1, uncertainty=30.0),
    entry(6, "UnitSent", 3, unit="NT21"),
    entry(7, "UnitDiverted", 6, about=(6,), reason="A fire."),
    rung(8, 11, "dispatcher"),
    entry(9, "AlarmAnswered", 12, about=(8,), doing="sending_unit"),
    entry(10, "UnitSent", 12.5, unit="NT04"),
    entry(11, "CallCutOff", 13, how="line_failed"),
    entry(12, "SecondCallMade", 14, new_place="Bus shelter", place_confidential="yes", why="moved_to_a_safer_place"),
    entry(13, "CallRegraded", 15, about=(4,), grade="immediate", direction="same", attend_within=10, reason="Moved."),
    entry(14, "UnitArrived", 19, unit="NT04"),
]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, len(NIGHT)), st.booleans())
def test_entries_in_any_order_and_twice_over_give_the_same_row(seed, length, closes):
    entries = NIGHT[:length] + ([entry(15, "CallClosed", 60, reason="officers_attended")] if closes else [])
    chance = random.Random(seed)  # noqa: S311 chance that can be had again
    again = [each._replace(number=each.number + 100) for each in chance.sample(entries, len(entries) // 2)]
    shuffled = chance.sample(entries + again, len(entries + again))
    assert fold(shuffled, STANDING) == fold(entries, STANDING)


def test_the_row_says_no_word_of_a_safe_number():
    safe = entry(5, "SafeNumberGiven", 3, number="+447700900144", code_word="bluebell")
    assert "bluebell" not in str(row(*GRADED, safe))
    assert "900144" not in str(row(*GRADED, safe))


def test_a_grade_that_was_met_is_not_late_after_the_officers_left() -> None:
    there = [
        *SILENT,
        entry(10, "CallGraded", 5, grade="immediate", attend_within=15),
        entry(11, "UnitArrived", 12, unit="K1"),
        entry(12, "OfficersLeft", 60),
    ]
    row = fold(there, STANDING)
    assert row is not None
    assert (row.there, row.left) == (None, NINE + timedelta(minutes=60))
    told = context_of(row)
    assert told["nobody_sent"] is False
    assert "data-due" not in row_in_words(row).split("b-what")[0]
    for again in (
        entry(13, "CallReceived", 90, route="voice"),
        entry(13, "CallRegraded", 90, about=(10,), grade="immediate", direction="same", reason="He is back."),
    ):
        asked = fold([*there, again], STANDING)
        assert asked is not None
        assert (asked.left, context_of(asked)["nobody_sent"]) == (None, True)
