"""Braille has the shape that embossers take, and what has no cells is said instead of guessed."""

import msgspec
import pytest
from tests.handbook.conftest import SAID

from holdfast.handbook.braille import braille_of
from holdfast.handbook.louis import translated
from holdfast.handbook.not_made import NotMade


@pytest.mark.parametrize("language", SAID)
def test_each_language_has_pages_of_25_lines_of_40_cells(book, language):
    pages = braille_of(book(language)).decode("ascii").split("\f")
    assert pages.pop() == ""
    for page in pages:
        lines = page.split("\r\n")
        assert lines.pop() == ""
        assert len(lines) == 25
        assert max(map(len, lines)) <= 40


def test_the_whole_guide_is_numbered_and_begins_each_page_of_it_on_a_new_one(england):
    text = braille_of(england).decode("ascii")
    pages = text.split("\f")[:-1]
    numbers = [page.split("\r\n")[24].strip() for page in pages]
    assert numbers[:3] == ["#A", "#B", "#C"]
    assert len(set(numbers)) == len(pages) > len(england.chapters)


def test_contracted_english_is_as_the_rules_of_ueb_have_it():
    # 'the', 'and', 'you' alone are one cell each; 999 is the number sign and three letters i.
    assert translated("the and you 999", "en-ueb-g2.ctb") == "⠮⠀⠯⠀⠽⠀⠼⠊⠊⠊"


def test_figures_are_there_in_each_language(book):
    for language in SAID:
        assert "I" in braille_of(book(language)).decode("ascii"), language  # of 999, in every code used here


def test_a_language_without_a_table_is_said(book):
    with pytest.raises(NotMade, match="no braille table"):
        braille_of(msgspec.structs.replace(book("en-GB"), language="so"))


def test_a_letter_without_cells_is_named(book):
    odd = book("pl")
    odd = msgspec.structs.replace(odd, title="\u0378")
    with pytest.raises(NotMade, match=r"U\+0378"):
        braille_of(odd)


def test_no_page_ends_in_a_heading(england):
    from holdfast.handbook.braille import _pages

    lines = [each for number in range(40) for each in ("", f"H{number}", "", *["x"] * (number % 7 + 1))]
    for page in _pages(lines):
        assert not page[-1].startswith("H")
        assert page[0]
        assert len(page) <= 24


def test_a_dotted_letter_of_punjabi_has_its_cells_after_the_sign_that_doubles_it():
    assert translated("ਇੱਜ਼ਤ", "pu-in-g1.utb") == translated("ਇੱ\u0a5bਤ", "pu-in-g1.utb") == "⠊⠈⠵⠞"
