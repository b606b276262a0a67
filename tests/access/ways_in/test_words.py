"""Every list is what it has to be: 7,776 published words that any telephone can type, and a licence that is told."""

from pathlib import Path

import pytest

from holdfast.access import words
from holdfast.access.ways_in.stretched import typed

README = (Path(words.__file__).parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", words.LISTS)
def test_a_list_has_7776_words_that_can_be_typed_and_hardly_one_is_typed_like_another(language):
    listed = sorted([*words.word_list(language), *words.left_out_of(language)])
    assert len(listed) == len(set(listed)) == 7776
    assert len(words.word_list(language)) >= 7200
    assert all(typed(word).isascii() and len(typed(word)) >= 2 for word in listed)
    # In English 'yo-yo' and 'yoyo', in French 'Internet' and 'internet': one pair each.
    assert len({typed(word) for word in listed}) >= 7775


@pytest.mark.parametrize(
    ("language", "tells"),
    [
        ("en", "police survivor case shelter safehouse helpline evidence husband battered strangle helpless secret"),
        ("fr", "police victime crime refuge preuve mari harceler frapper menace peur meurtre"),
    ],
)
def test_no_word_that_is_drawn_tells_why_a_card_is_kept_or_hurts_whoever_hears_it(language, tells):
    assert not set(tells.split()) & set(words.word_list(language))


@pytest.mark.parametrize("language", words.LISTS)
def test_a_list_is_told_with_its_source_and_licence(language):
    [line] = [line for line in README.splitlines() if f"`{words.LISTS[language]}`" in line]
    assert "https://" in line
    assert "CC" in line
    assert words.NAMES[language] in line


def test_words_are_made_slower_than_owasp_asks(quick_words):
    """What they cost in a running Holdfast: its tests lower it, and hold what it was before they did."""
    memory, times = quick_words
    assert memory >= 19_456
    assert times >= 2


def test_whoever_reads_another_language_has_english_words():
    assert words.list_for("fr-CA") == "fr"
    assert [words.list_for(tag) for tag in ("cy", "ar", "zh-Hans", "", "en-GB")] == ["en"] * 5


@pytest.mark.parametrize(
    ("as_issued", "as_typed"),
    [
        ("yo-yo felt-tip", "Yoyo FELT TIP"),
        ("École", "ecole"),
        ("cœur", "COEUR"),
        ("żółw", "zolw"),
        ("Straße", "strasse"),
        ("أمل", "امل"),
    ],
)
def test_accents_capitals_and_hyphens_need_not_be_typed(as_issued, as_typed):
    assert typed(as_issued) == typed(as_typed) != ""
