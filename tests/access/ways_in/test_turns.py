"""Turns at the slow hash: one at a time, no more than so many a second, whoever was wrong least often first."""

import threading
import time

import pytest

from holdfast.access.ways_in import turns
from holdfast.access.ways_in.turns import TooMany
from holdfast.access.ways_in.turns import Turns


def test_only_one_is_looked_at_at_a_time(monkeypatch):
    monkeypatch.setattr(turns, "MOST_WAITING", 12)  # on a busy machine all of them are in the line at once
    line, at_once, most = Turns(a_second=10_000, at_once=100), [0], [0]

    def one() -> None:
        with line.turn(0):
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
            time.sleep(0.002)
            at_once[0] -= 1

    threads = [threading.Thread(target=one) for _ in range(12)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert most == [1]


def test_the_bucket_gives_no_more_than_it_holds(monkeypatch):
    line = Turns(a_second=0.001, at_once=2, longest=0.02)
    for _ in range(2):
        with line.turn(0):
            pass
    with pytest.raises(TooMany), line.turn(0):
        pytest.fail("the bucket was empty")
    assert line.waiting == []


def test_whoever_was_wrong_least_often_goes_first_whenever_they_came():
    line, order, begun = Turns(a_second=10_000, at_once=1), [], threading.Event()

    def one(wrong: int) -> None:
        with line.turn(wrong):
            order.append(wrong)

    with line.turn(0):
        threads = [threading.Thread(target=one, args=(wrong,)) for wrong in (9, 4, 0, 7)]
        for number, each in enumerate(threads, 1):
            each.start()
            while len(line.waiting) < number:
                begun.wait(0.001)
    for each in threads:
        each.join()
    assert order == [0, 4, 7, 9]


def test_when_the_line_is_full_whoever_was_wrong_most_often_gives_way(monkeypatch):
    monkeypatch.setattr(turns, "MOST_WAITING", 1)
    line, out = Turns(a_second=10_000, at_once=1), []

    def one(wrong: int) -> None:
        try:
            with line.turn(wrong):
                out.append((wrong, "in"))
        except TooMany:
            out.append((wrong, "out"))

    with line.turn(0):
        first = threading.Thread(target=one, args=(5,))
        first.start()
        while not line.waiting:
            time.sleep(0.001)
        with pytest.raises(TooMany), line.turn(6):
            pytest.fail("there was no place")
        right = threading.Thread(target=one, args=(0,))
        right.start()
        first.join()
    right.join()
    assert out == [(5, "out"), (0, "in")]


def test_a_fault_inside_gives_the_turn_back():
    line = Turns(a_second=10_000, at_once=2)
    with pytest.raises(ValueError, match="inside"), line.turn(0):
        raise ValueError("inside")
    with line.turn(0):
        pass
