"""What somebody owes: soonest first, in pages, and no dearer for many than for a few."""

import itertools
import sqlite3
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from django.db import connection
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


def test_many_open_duties_cost_no_more_than_a_few(database, small_pack):
    """Counted in steps of SQLite, which are the same on every machine. How long they take is in bench/queue_page.py."""
    case = new_case()
    few = _steps(_fill(database, case, 1, 12_000))
    many = _steps(_fill(database, case, 12_001, 120_000))
    assert queue("investigator", at=datetime.now(UTC)).waiting == COUNTED_TO
    assert max(many[asked] / few[asked] for asked in few) < 1.5, (few, many)


def _fill(database, case, first: int, last: int) -> datetime:
    with sqlite3.connect(database) as raw:
        raw.execute(
            "WITH RECURSIVE n(i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?) "
            "INSERT INTO duty_row (case_id, duty, started_by, instance, owed_by, owed_to, staff, state, live, "
            "started_at, due_by, in_words, missed, sort_at, pack, force, area) "
            "SELECT ?, 'tell-bail', i, 1, "
            "CASE i % 3 WHEN 0 THEN 'investigator' WHEN 1 THEN 'dispatcher' ELSE 'officer' END, "
            "'survivor', CASE i % 5 WHEN 0 THEN '' ELSE 'PC' || (i % 2) END, 'open', 1, '2026-01-01 00:00:00', "
            "datetime('2026-01-01', '+' || i || ' minutes'), 0, 0, datetime('2026-01-01', '+' || i || ' minutes'), "
            "'smallplace', '', '' FROM n",
            (first, last, case.hex),
        )
    return datetime.now(UTC)


def _steps(at: datetime) -> dict[str, int]:
    """How many steps of SQLite's machine each way of asking takes."""
    deep = queue("investigator", at=at, limit=200).after
    asked = {
        "somebody's": lambda: queue("investigator", staff="PC1", at=at),
        "the next page": lambda: queue("investigator", at=at, after=deep),
        "everybody's": lambda: everybodys_queue(at=at),
    }
    found = {}
    for name, work in asked.items():
        steps = itertools.count()
        connection.connection.set_progress_handler(lambda steps=steps: next(steps) and None, 10)
        work()
        connection.connection.set_progress_handler(None, 0)
        found[name] = next(steps)
    return found
