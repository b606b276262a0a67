"""How answers add up: unknown is never 'no', and no single sum is made of what was not asked."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.law.instrument import Instrument
from holdfast.law.risk import score

SOURCE = {"title": "a published table", "confidence": "verified"}


def instrument(topics: int, **scoring: Any) -> Instrument:
    given_as = {
        "id": "one", "name": "One", "publisher": "Nobody", "licence": "none", "says": "It tells no future.",
        "topics": [{"id": f"q{number}", "topic": "x"} for number in range(1, topics + 1)],
        "scoring": scoring, "source": SOURCE, "in_force": {"from": "not stated"},
    }  # fmt: skip
    return msgspec.convert(given_as, Instrument)


def said(yes: str = "", no: str = "", unknown: str = "") -> dict[str, str]:
    answers = {f"q{number}": "yes" for number in yes.split()} | {f"q{number}": "no" for number in no.split()}
    return answers | {f"q{number}": "not_known" for number in unknown.split()}


COUNT = instrument(4, method="count-yes", bands=[{"from": 0, "to": 1, "flag": "few"}, {"from": 2, "flag": "many"}])
WEIGHTED = instrument(
    5, method="weighted", weights={"q1": 4, "q2": 3, "q3": -3}, left_out=["q5"],
    bands=[{"from": -3, "to": 3, "flag": "less"}, {"from": 4, "flag": "more"}],
)  # fmt: skip
SCREEN = instrument(
    11, method="ways-in",
    ways_in=[
        {"id": "first-three", "says": "x", "any_of": ["q1", "q2", "q3"]},
        {"id": "four-of-the-rest", "says": "x", "at_least": 4, "of": [f"q{number}" for number in range(4, 12)]},
        {"id": "belief", "says": "x", "belief": True},
    ],
)  # fmt: skip


def test_what_was_not_asked_leaves_the_sum_open_and_is_never_no() -> None:
    found = score(COUNT, said(yes="1", no="2", unknown="3"))
    assert (found.low, found.high, found.unanswered) == (1, 3, ("q3", "q4"))
    assert found.reached == ()
    assert found.possible == ("few", "many")


def test_a_full_answer_reaches_one_band() -> None:
    found = score(COUNT, said(yes="1 2", no="3 4"))
    assert (found.low, found.high, found.reached, found.possible) == (2, 2, ("many",), ())


def test_weights_count_and_what_is_left_out_does_not() -> None:
    found = score(WEIGHTED, said(yes="1 3 5", no="2 4"))
    assert (found.low, found.high, found.reached) == (1, 1, ("less",))


def test_an_unanswered_topic_that_lowers_the_sum_leaves_it_open_downwards() -> None:
    found = score(WEIGHTED, said(yes="1", no="2 4 5", unknown="3"))
    assert (found.low, found.high, found.possible) == (1, 4, ("less", "more"))


@pytest.mark.parametrize(
    ("answers", "believes", "ways"),
    [
        (said(yes="2", no="1 3 4 5 6 7 8 9 10 11"), False, ["first-three"]),
        (said(yes="4 5 6 7", no="1 2 3 8 9 10 11"), False, ["four-of-the-rest"]),
        (said(yes="4 5 6", no="1 2 3 7 8 9 10 11"), False, []),
        (said(no="1 2 3 4 5 6 7 8 9 10 11"), True, ["belief"]),
        (said(yes="1 4 5 6 7"), None, ["first-three", "four-of-the-rest"]),
    ],
)
def test_each_way_in_is_enough(answers: dict[str, str], believes: bool | None, ways: list[str]) -> None:
    assert [way.id for way in score(SCREEN, answers, believes=believes).ways_in] == ways


def test_a_screen_with_gaps_says_which_ways_are_still_open() -> None:
    found = score(SCREEN, said(yes="4 5 6", no="1 2 3 8 9 10 11", unknown="7"))
    assert [way.id for way in found.ways_open] == ["four-of-the-rest", "belief"]


def test_with_too_much_unanswered_no_sum_is_given() -> None:
    found = score(instrument(4, method="count-yes", most_unanswered=1), said(yes="1", no="2"))
    assert (found.low, found.high, found.too_few) == (None, None, True)


NORMS = {"id": "n", "says": "589 men", "rows": [{"from": 0, "to": 1, "again": 5}, {"from": 2, "to": 4, "again": 41}]}


def test_norms_are_told_for_a_sum_without_gaps_and_from_a_checked_table_only() -> None:
    checked = instrument(4, method="count-yes", norms=[{**NORMS, "source": SOURCE}])
    assert [row.again for _, row in score(checked, said(yes="1 2", no="3 4")).norms] == [41]
    assert score(checked, said(yes="1 2", no="3")).norms == ()
    unread = instrument(4, method="count-yes", norms=[{**NORMS, "source": {"title": "t", "confidence": "unverified"}}])
    assert score(unread, said(yes="1 2", no="3 4")).norms == ()


@given(st.lists(st.sampled_from(["yes", "no", "not_asked", "declined"]), min_size=5, max_size=5))
def test_whatever_the_unanswered_would_be_the_sum_lies_between(words: list[str]) -> None:
    answers = {f"q{number}": word for number, word in enumerate(words, 1)}
    found = score(WEIGHTED, answers)
    for instead in ("yes", "no"):
        full = {name: word if word in ("yes", "no") else instead for name, word in answers.items()}
        total = score(WEIGHTED, full)
        assert total.low == total.high
        assert found.low is not None
        assert found.high is not None
        assert total.low is not None
        assert found.low <= total.low <= found.high
        assert set(total.reached) <= set(found.reached) | set(found.possible)
