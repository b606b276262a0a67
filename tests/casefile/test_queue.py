"""What somebody owes: soonest first, in pages, and as fast for a million as for ten."""

import sqlite3
import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from tests.casefile.writing import DETECTIVE
from tests.casefile.writing import TAKER
from tests.casefile.writing import ago
from tests.casefile.writing import new_case

from holdfast.casefile.append import append
from holdfast.casefile.queue import COUNTED_TO
from holdfast.casefile.queue import FEW
from holdfast.casefile.queue import everybodys_queue
from holdfast.casefile.queue import holders_of
from holdfast.casefile.queue import queue


@pytest.fixture
def busy(database, small_pack):
    """Three cases: one bailed long ago, one just now, one given to DC9."""
    cases = [new_case() for _ in range(3)]
    for case, days in zip(cases, (30, 0, 10), strict=True):
        ends = ago(days=-40).isoformat()
        append(case, "BailGranted", {"ends_at": ends}, by=DETECTIVE, happened_at=ago(days=days, minutes=5))
    append(cases[2], "OwnerNamed", {"owner": "DC9"}, by=DETECTIVE, happened_at=ago(minutes=2))
    return cases


def test_what_is_overdue_comes_first_and_says_so(busy):
    page = queue("investigator", at=datetime.now(UTC))
    assert [row.case_id for row in page.rows] == [busy[0], busy[2], busy[1]]
    assert [row.state for row in page.rows] == ["overdue", "overdue", "open"]
    assert (page.overdue, page.waiting, page.after) == (2, 3, "")


def test_time_alone_makes_a_duty_overdue(busy):
    later = datetime.now(UTC) + timedelta(days=30)
    assert {row.state for row in queue("investigator", at=later).rows} == {"overdue"}


def test_somebody_sees_what_is_theirs_and_what_is_nobodys_yet(busy):
    assert {row.case_id for row in queue("investigator", staff="DC7", at=datetime.now(UTC)).rows} == {busy[0], busy[1]}
    assert {row.case_id for row in queue("investigator", staff="DC9", at=datetime.now(UTC)).rows} == set(busy)


def test_whoever_holds_work_of_a_role_is_named_once_and_nobody_else(busy):
    assert holders_of("investigator") == {"DC9"}
    append(busy[1], "OwnerNamed", {"owner": "DC1"}, by=DETECTIVE, happened_at=ago(minutes=1))
    assert holders_of("investigator") == {"DC1", "DC9"}
    assert holders_of("dispatcher") == frozenset()


@pytest.mark.parametrize("more", [0, FEW, 700])
def test_a_queue_among_many_is_that_of_each_of_them(busy, more):
    """However many they are: SQLite joins no more than 500 queries into one."""
    append(busy[1], "OwnerNamed", {"owner": "DC1"}, by=DETECTIVE, happened_at=ago(minutes=1))
    others = tuple(f"X{number}" for number in range(more))
    at = datetime.now(UTC)
    whole = queue("investigator", staff="DC7", among=("DC1", "DC9", *others), at=at)
    assert whole == queue("investigator", at=at)
    assert {row.case_id for row in queue("investigator", staff="DC7", among=("DC9", *others), at=at).rows} == {
        busy[0], busy[2]
    }  # fmt: skip


def test_a_role_sees_nothing_of_another(busy):
    assert queue("dispatcher", at=datetime.now(UTC)).rows == ()


def test_what_is_done_leaves_the_queue(busy):
    told = {"what": ["bail"], "channel": "telephone"}
    append(busy[0], "SurvivorTold", told, by=DETECTIVE, happened_at=ago(minutes=1), about=[2])
    assert busy[0] not in {row.case_id for row in queue("investigator", at=datetime.now(UTC)).rows}


def test_pages_follow_one_another_without_gap_or_repeat(busy):
    everything = queue("investigator", staff="DC9", at=datetime.now(UTC)).rows
    found, after = [], ""
    while True:
        page = queue("investigator", staff="DC9", at=datetime.now(UTC), after=after, limit=1)
        found += page.rows
        after = page.after
        if not after:
            break
    assert tuple(found) == everything


@pytest.mark.parametrize("after", ["x", "/", "2026/x", "'; DROP TABLE entry; --/1", "9" * 500, "2026/" + "9" * 30])
def test_a_cursor_that_somebody_made_up_begins_anew(busy, after):
    assert len(queue("investigator", at=datetime.now(UTC), after=after).rows) == 3


def test_the_call_takers_clock_in_words_has_its_alarm(busy):
    append(busy[0], "CallReceived", {"route": "voice"}, by=TAKER, happened_at=ago(minutes=30))
    (row,) = queue("call_taker", at=datetime.now(UTC)).rows
    assert (row.duty, row.in_words, row.state) == ("ask-for-safety", True, "overdue")
    assert row.due_by - row.started_at == timedelta(minutes=5)


@pytest.mark.slow
def test_a_million_open_duties_cost_no_more(database, small_pack):
    case = new_case()
    with sqlite3.connect(database) as raw:
        raw.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) "
            "INSERT INTO duty_row (case_id, duty, started_by, instance, owed_by, owed_to, staff, state, live, "
            "started_at, due_by, in_words, missed, sort_at, pack, force, area) "
            "SELECT ?, 'tell-bail', i, 1, "
            "CASE i % 3 WHEN 0 THEN 'investigator' WHEN 1 THEN 'dispatcher' ELSE 'officer' END, "
            "'survivor', CASE i % 5 WHEN 0 THEN '' ELSE 'PC' || (i % 997) END, 'open', 1, '2026-01-01 00:00:00', "
            "datetime('2026-01-01', '+' || i || ' minutes'), 0, 0, datetime('2026-01-01', '+' || i || ' minutes'), "
            "'smallplace', '', '' FROM n",
            (case.hex,),
        )
    at = datetime.now(UTC)
    fastest = min(_milliseconds(lambda: queue("investigator", staff="PC7", at=at)) for _ in range(5))
    deep = queue("investigator", at=at, limit=200)
    for _ in range(20):
        deep = queue("investigator", at=at, after=deep.after, limit=200)
    further = min(_milliseconds(lambda: queue("investigator", at=at, after=deep.after)) for _ in range(5))
    everybody = min(_milliseconds(lambda: everybodys_queue(at=at)) for _ in range(5))
    assert queue("investigator", at=at).waiting == COUNTED_TO
    assert max(fastest, further, everybody) < 20, (fastest, further, everybody)


def _milliseconds(work) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
