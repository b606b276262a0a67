"""A number to be dialled stays in order where the script runs from right to left."""

import zipfile
from io import BytesIO

import msgspec
import pytest

from holdfast.handbook.book import Line
from holdfast.handbook.bundle import bundle_of
from holdfast.handbook.card import card_page
from holdfast.handbook.direction import in_order
from holdfast.handbook.epub import epub_of
from holdfast.handbook.paper import document
from holdfast.handbook.text import text_of

HELD = "\u20660808 2000 247\u2069"


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("0808 2000 247", HELD),
        ("1-800-799-7233", "\u20661-800-799-7233\u2069"),
        ("(020) 7946 0000", "\u2066(020) 7946 0000\u2069"),
        ("+44 20", "\u2066+44 20\u2069"),
        ("999", "999"),
        ("9 - 5", "9 - 5"),
    ],
)
def test_groups_of_figures_are_held_together(words, held):
    assert in_order(f"A {words} B") == f"A {held} B"


def test_every_format_for_the_eye_holds_them(book):
    urdu = book("ur")
    assert HELD in text_of(urdu).decode()
    assert HELD in document(urdu, "paper")
    assert HELD in zipfile.ZipFile(BytesIO(epub_of(urdu))).read("book/page-1.xhtml").decode()
    assert HELD in zipfile.ZipFile(BytesIO(bundle_of(urdu))).read("pages/bail.html").decode()
    lined = msgspec.structs.replace(urdu, emergency=(Line("0808 2000 247"),))
    assert HELD in card_page(lined).decode()


def test_an_address_that_a_link_leads_to_is_left_as_it_is(book):
    assert 'href="tel:08082000247"' in document(book("ur"), "paper")


def test_what_runs_from_left_to_right_needs_no_marks(book):
    assert "\u2066" not in text_of(book("pl")).decode()
