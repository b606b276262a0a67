"""A survivor's words open their page, wrong ones open nothing and lock nothing."""

import re
from datetime import UTC
from datetime import datetime
from uuid import uuid4

import pytest

from holdfast.access.survivor_words import case_for
from holdfast.access.survivor_words import end_words
from holdfast.access.survivor_words import issue_words
from holdfast.access.ways_in.kept import PASSKEY
from holdfast.access.ways_in.kept import SECOND
from holdfast.access.ways_in.kept import SUPPORTER
from holdfast.access.ways_in.kept import WayIn

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
    kept = " ".join(str(value) for row in WayIn.objects.values_list() for value in row)
    assert CODE not in kept
    assert not set(words.split()) & set(re.findall(r"\w+", kept))  # whole: 'word' stands in the kind, 'words'


def test_the_same_words_are_kept_differently_in_another_installation(case, settings, monkeypatch):
    monkeypatch.setattr("holdfast.access.survivor_words.drawn", lambda language: "four plain short words")
    issue_words(case, CODE, NOW)
    here = WayIn.objects.get().tag
    assert case_for(CODE, "four plain short words") == case
    settings.SECRET_KEY = "another installation's"
    assert case_for(CODE, "four plain short words") is None
    issue_words(uuid4(), CODE, NOW)
    assert WayIn.objects.latest("pk").tag != here


def test_the_same_words_in_two_cases_are_kept_differently(monkeypatch):
    monkeypatch.setattr("holdfast.access.survivor_words.drawn", lambda language: "four plain short words")
    issue_words(uuid4(), CODE, NOW)
    issue_words(uuid4(), "777CFGHJ", NOW)
    assert WayIn.objects.values_list("tag").distinct().count() == 2


@pytest.mark.parametrize(("keep_others", "left"), [(True, {PASSKEY, SUPPORTER, SECOND}), (False, {SECOND})])
def test_new_words_end_what_was_added_behind_the_old_ones_unless_it_is_kept(case, keep_others, left):
    for kind in (PASSKEY, SUPPORTER, SECOND):
        WayIn.objects.create(case=case, kind=kind, lookup="x", issued_at=NOW)
    issue_words(case, CODE, NOW, keep_others=keep_others)
    assert set(WayIn.objects.filter(ended_at=None).values_list("kind", flat=True)) == {*left, "words"}
