"""Ringing in the store: one entry for each who is rung, read from an index, and no case stops another."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from tests.casefile.ringing_place import ringing_pack  # noqa: F401 a fixture
from tests.casefile.writing import DETECTIVE
from tests.casefile.writing import TAKER
from tests.casefile.writing import ago
from tests.casefile.writing import new_case

from holdfast.casefile.append import append
from holdfast.casefile.clock import tick
from holdfast.casefile.models import Case
from holdfast.casefile.raising import raise_silent_call
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.ringing import ring_due
from holdfast.casefile.store import close
from holdfast.casefile.verifying import verify_all
from holdfast.record.entry import By

pytestmark = pytest.mark.usefixtures("database", "ringing_pack")
SUPERVISOR, DISPATCHER = By("supervisor", "S1"), By("dispatcher", "D1")


def late_case(minutes: int = 1):
    case = new_case()
    append(case, "CallGraded", {"grade": "immediate", "attend_within": minutes}, by=TAKER, happened_at=ago(minutes=5))
    return case


def rings(case) -> list:
    return [entry for entry in read_case(case).entries if entry.kind == "AlarmRung"]


def test_each_level_is_rung_once_and_then_it_waits_for_an_answer():
    case, now = late_case(), datetime.now(UTC)
    assert [ring_due(now), ring_due(now)] == [1, 0]
    first = rings(case)[0]
    assert (first.by, first.about, first.fields.duty) == (By("feed", "holdfast"), (2,), "attend")
    assert (first.fields.level, first.fields.why, first.fields.caller_waits) == ("dispatcher", "lapsed", "yes")
    for minutes in (1, 2, 4, 5, 50):
        ring_due(now + timedelta(minutes=minutes, seconds=1))
    assert [ring.fields.level for ring in rings(case)] == ["dispatcher", "supervisor", "duty_officer"]
    assert Case.objects.get(id=case).ring_at is None


def test_the_clock_rings_and_what_it_wrote_verifies():
    case = late_case()
    tick(datetime.now(UTC))
    assert len(rings(case)) == 1
    assert list(verify_all(words=True).findings) == []


def test_ten_clocks_at_once_ring_once():
    cases, now = [late_case() for _ in range(5)], datetime.now(UTC)
    with ThreadPoolExecutor(10) as clocks:
        counted = sum(clocks.map(lambda _: ring_due(now), range(10)))
    assert counted == 5
    assert [len(rings(case)) for case in cases] == [1] * 5


def test_with_nothing_due_no_case_is_opened(database):
    quiet = [late_case(minutes=600) for _ in range(3)]
    close()
    with sqlite3.connect(database) as raw:
        asked = 'EXPLAIN QUERY PLAN SELECT id FROM "case" WHERE ring_at < ? ORDER BY ring_at DESC LIMIT ?'
        plan = " ".join(row[3] for row in raw.execute(asked, ("2026-01-01", 5)))
    assert "case_ring" in plan
    assert ring_due(datetime.now(UTC)) == 0
    assert [rings(case) for case in quiet] == [[], [], []]


def test_a_damaged_case_stops_no_other(database):
    damaged, sound = late_case(), late_case()
    close()
    with sqlite3.connect(database) as raw:
        raw.execute("DROP TRIGGER entry_never_changed")
        raw.execute("UPDATE entry SET sealed = x'00' WHERE case_id = ?", (damaged.hex,))
    now = datetime.now(UTC)
    assert ring_due(now) == 1
    assert len(rings(sound)) == 1
    assert Case.objects.get(id=damaged).ring_at > now  # tried again, and not each second


def test_what_was_done_before_the_clock_came_does_not_ring():
    case = late_case()
    append(case, "UnitArrived", {}, by=DISPATCHER, happened_at=ago(minutes=1))
    assert ring_due(datetime.now(UTC)) == 0
    assert rings(case) == []


def test_an_alarm_is_answered_by_a_person_who_was_rung_and_who_says_what_they_do():
    case, now = late_case(), datetime.now(UTC)
    ring_due(now)
    number = rings(case)[0].number
    said = {"doing": "sending_unit"}
    for by, about, fields in (
        (By("feed", "holdfast"), [number], said),
        (DISPATCHER, [number], {"doing": "not_known"}),
        (DISPATCHER, [2], said),
    ):
        with pytest.raises(EntryRefused):
            append(case, "AlarmAnswered", fields, by=by, happened_at=now, about=about)
    ring_due(now + timedelta(minutes=1, seconds=1))
    soon = datetime.now(UTC) + timedelta(seconds=90)  # after the ring, which this test wrote ahead of its time
    for about in (number, number + 1):
        with pytest.raises(EntryRefused, match="climbed"):
            append(case, "AlarmAnswered", said, by=DISPATCHER, happened_at=soon, about=[about])
    append(case, "AlarmAnswered", said, by=SUPERVISOR, happened_at=soon, about=[number + 1])


def test_nobody_writes_an_alarm_by_hand_nor_takes_one_away():
    case = late_case()
    said = {"duty": "attend", "started_by": 2, "level": "duty_officer", "why": "lapsed"}
    for by in (DETECTIVE, SUPERVISOR, By("feed", "another-room")):
        with pytest.raises(EntryRefused):
            append(case, "AlarmRung", said, by=by, happened_at=ago(minutes=1), about=[2])
    ring_due(datetime.now(UTC))
    struck = {"struck": "yes", "reason": "x", "second_person": "S2"}
    with pytest.raises(EntryRefused):
        append(case, "EntryCorrected", struck, by=SUPERVISOR, happened_at=datetime.now(UTC), about=[3])


def test_a_silent_call_from_a_number_with_a_history_is_immediate_without_waiting():
    case = new_case()
    append(case, "CallReceived", {"route": "silent"}, by=TAKER, happened_at=ago(minutes=5))
    now = datetime.now(UTC)
    number = raise_silent_call(case, now)
    entry = read_case(case).entries[-1]
    assert (entry.number, entry.kind, entry.fields.grade) == (number, "CallGraded", "immediate")
    assert raise_silent_call(case, now) is None


def test_a_call_that_broke_off_is_raised_and_one_that_was_spoken_is_left_to_a_person():
    case = late_case()
    assert raise_silent_call(case, datetime.now(UTC)) is None
    lower = new_case()
    append(lower, "CallReceived", {"route": "voice"}, by=TAKER, happened_at=ago(minutes=5))
    append(lower, "CallGraded", {"grade": "scheduled"}, by=TAKER, happened_at=ago(minutes=4))
    assert raise_silent_call(lower, datetime.now(UTC)) is None
    append(lower, "CallCutOff", {}, by=TAKER, happened_at=ago(minutes=3))
    raise_silent_call(lower, datetime.now(UTC))
    entry = read_case(lower).entries[-1]
    assert (entry.kind, entry.fields.direction, entry.about) == ("CallRegraded", "up", (3,))
