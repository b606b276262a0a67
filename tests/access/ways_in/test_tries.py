"""Wrong tries are counted by device, address and code: bounded, forgotten, kept as nothing but keyed hashes."""

from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest

from holdfast.access.survivor_words import case_for
from holdfast.access.survivor_words import issue_words
from holdfast.access.ways_in import wrong_tries
from holdfast.access.ways_in.kept import looked_up
from holdfast.access.ways_in.tries import FORGOTTEN_AFTER
from holdfast.access.ways_in.tries import Tries
from holdfast.access.ways_in.tries import network_of
from holdfast.access.ways_in.wrong_tries import TOLD_AFTER
from holdfast.access.ways_in.wrong_tries import counted
from holdfast.access.ways_in.wrong_tries import settled
from holdfast.casefile.append import open_case
from holdfast.casefile.reading import read_case
from holdfast.record.entry import By


def test_tries_are_forgotten_an_hour_after_the_last_one():
    tries = Tries()
    assert [tries.wrong("x", now) for now in (0.0, 1.0, 2.0)] == [1, 2, 3]
    assert tries.count("x", 2.0 + FORGOTTEN_AFTER - 1) == 3
    assert tries.count("x", 2.0 + FORGOTTEN_AFTER) == 0
    assert tries.wrong("x", 2.0 + FORGOTTEN_AFTER) == 1


def test_however_many_try_the_memory_is_bounded_and_the_oldest_are_forgotten_first():
    tries = Tries(most=100)
    for number in range(1000):
        tries.wrong(str(number), 0.0)
        tries.wrong("always", 0.0)
    assert len(tries.known) == 100
    assert tries.count("always", 0.0) == 1000
    assert tries.count("1", 0.0) == 0


def test_an_address_is_no_address_any_more_and_a_network_is_one():
    assert network_of("2001:db8:1:2::1") == network_of("2001:db8:1:2:ffff::2") != network_of("2001:db8:1:3::1")
    assert network_of("203.0.113.7") != network_of("203.0.113.8")
    assert network_of("::ffff:203.0.113.7") == network_of("203.0.113.7")
    assert network_of("nonsense") == network_of("")


@pytest.fixture
def case(database):
    now = datetime.now(UTC)
    opened = open_case("england-and-wales", by=By("call_taker", "CT1"), happened_at=now)
    return opened.case_id, opened.code, issue_words(opened.case_id, opened.code, now)


def told(case) -> list:
    settled()
    return [entry for entry in read_case(case[0]).entries if entry.kind == "WrongWordsTried"]


def test_staff_are_told_once_after_several_tries_and_the_words_still_open(case):
    for _ in range(TOLD_AFTER - 1):
        counted(looked_up(case[1]))
    assert told(case) == []
    for _ in range(5 * TOLD_AFTER):
        counted(looked_up(case[1]))
    [entry] = told(case)
    assert entry.fields.tries == TOLD_AFTER
    assert (entry.by.role, entry.by.staff) == ("feed", "holdfast")
    assert case_for(case[1], case[2]) == case[0]


def test_they_are_told_where_the_database_is_now(case):
    """The thread that tells lives on between tests: what it told last went to a database that is no more."""
    for _ in range(TOLD_AFTER):
        counted(looked_up(case[1]))
    assert len(told(case)) == 1
    assert [each.is_alive() for each in wrong_tries._tellers] == [True]


def test_they_are_told_again_when_it_goes_on_much_later(case, monkeypatch):
    wrong_tries.tell(looked_up(case[1]), 10)
    assert wrong_tries.tell(looked_up(case[1]), 20) is False
    monkeypatch.setattr(wrong_tries, "TOLD_AGAIN", timedelta(0))
    assert wrong_tries.tell(looked_up(case[1]), 30) is True
    assert len(told(case)) == 2


def test_of_a_code_that_nobody_has_nothing_is_told(case):
    for _ in range(3 * TOLD_AFTER):
        counted(looked_up("999CFGHJ"))
    assert told(case) == []
    assert wrong_tries.tell(looked_up("999CFGHJ"), 10) is False
