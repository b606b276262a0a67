"""A survivor's words open their page, wrong ones open nothing and lock nothing."""

import time
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from statistics import median
from uuid import uuid4

import pytest

from holdfast.access.survivor_words import FREE_TRIES
from holdfast.access.survivor_words import SLOWEST
from holdfast.access.survivor_words import SurvivorWords
from holdfast.access.survivor_words import WrongTries
from holdfast.access.survivor_words import case_for
from holdfast.access.survivor_words import end_words
from holdfast.access.survivor_words import issue_words
from holdfast.access.survivor_words import seconds_to_wait
from holdfast.access.survivor_words import typed
from holdfast.access.survivor_words import was_wrong
from holdfast.access.survivor_words import word_list

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CODE = "234CFGHJ"


@pytest.fixture
def case():
    return uuid4()


def test_the_words_that_were_issued_open_their_case(case):
    words = issue_words(case, CODE, NOW)
    assert len(words.split()) == 4
    assert case_for(CODE, words) == case


def test_capitals_spaces_and_hyphens_do_not_matter(case):
    words = issue_words(case, CODE, NOW)
    assert case_for(" 234c-fghj", f"  {words.upper().replace(' ', '  - ')} ") == case


@pytest.mark.parametrize(
    "change", [lambda w: w + "s", lambda w: " ".join(w.split()[:3]), lambda w: "", lambda w: "x" * 400]
)
def test_other_words_open_nothing(case, change):
    assert case_for(CODE, change(issue_words(case, CODE, NOW))) is None


def test_a_code_that_nobody_has_opens_nothing_even_with_words_that_somebody_has(case):
    assert case_for("999CFGHJ", issue_words(case, CODE, NOW)) is None
    assert case_for("", issue_words(case, CODE, NOW)) is None


def test_the_words_of_nobody_open_nothing_under_a_code_that_nobody_has():
    assert case_for("999CFGHJ", "nobody has these words") is None


def test_new_words_end_the_old_ones(case):
    old = issue_words(case, CODE, NOW)
    new = issue_words(case, CODE, NOW)
    assert case_for(CODE, old) is None
    assert case_for(CODE, new) == case


def test_ended_words_open_nothing(case):
    words = issue_words(case, CODE, NOW)
    assert end_words(case, NOW) == 1
    assert case_for(CODE, words) is None


def test_neither_the_words_nor_the_code_are_kept(case):
    words = issue_words(case, CODE, NOW)
    kept = " ".join(str(value) for row in SurvivorWords.objects.values_list() for value in row)
    assert CODE not in kept
    assert not any(word in kept for word in words.split())
    assert "$argon2id$" in kept


def test_a_code_that_nobody_has_takes_as_long_as_wrong_words(case):
    issue_words(case, CODE, NOW)

    def seconds(code):
        began = time.perf_counter()
        case_for(code, "some other four words")
        return time.perf_counter() - began

    known = [seconds(CODE) for _ in range(7)]
    unknown = [seconds("999CFGHJ") for _ in range(7)]
    assert 0.4 < median(known) / median(unknown) < 2.5


def test_the_first_wrong_tries_cost_nothing_and_the_next_ones_ever_more_up_to_a_bound():
    waits = []
    for _ in range(FREE_TRIES + 8):
        waits.append(seconds_to_wait("203.0.113.7", NOW))
        was_wrong("203.0.113.7", NOW)
    assert waits[:FREE_TRIES] == [0] * FREE_TRIES
    assert waits[FREE_TRIES:] == sorted(waits[FREE_TRIES:])
    assert waits[FREE_TRIES] >= 1
    assert waits[-1] == SLOWEST


def test_the_right_words_still_enter_after_any_number_of_wrong_tries(case):
    words = issue_words(case, CODE, NOW)
    for _ in range(200):
        was_wrong("203.0.113.7", NOW)
    assert case_for(CODE, words) == case


def test_wrong_tries_at_one_address_slow_no_other():
    for _ in range(50):
        was_wrong("203.0.113.7", NOW)
    assert seconds_to_wait("203.0.113.8", NOW) == 0


def test_a_telephone_that_changes_its_address_within_its_network_is_slowed_all_the_same():
    for number in range(20):
        was_wrong(f"2001:db8:1:2::{number:x}", NOW)
    assert seconds_to_wait("2001:db8:1:2::ffff", NOW) == SLOWEST
    assert seconds_to_wait("2001:db8:1:3::1", NOW) == 0


def test_wrong_tries_are_forgotten_after_an_hour():
    for _ in range(20):
        was_wrong("203.0.113.7", NOW)
    later = NOW + timedelta(hours=1, seconds=1)
    assert seconds_to_wait("203.0.113.7", later) == 0
    was_wrong("203.0.113.9", later)
    assert WrongTries.objects.count() == 1


def test_no_address_is_kept_as_it_is():
    was_wrong("203.0.113.7", NOW)
    was_wrong("not an address", NOW)
    assert "203.0.113.7" not in " ".join(WrongTries.objects.values_list("address", flat=True))


def test_no_two_words_of_the_list_are_the_same_when_typed():
    assert len(word_list()) == 7772
    assert len({typed(word) for word in word_list()}) == 7772
