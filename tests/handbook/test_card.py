"""The card fits its two sides, has blanks and no words to fill them, and in its neutral look could be any card."""

import re
import zlib

import msgspec
import pytest
from tests.handbook.conftest import SAID
from tests.support.validators import html_can_be_checked
from tests.support.validators import html_faults
from tests.support.validators import pdf_faults

from holdfast.handbook.card import card_page
from holdfast.handbook.card import card_pdf
from holdfast.handbook.card import first_side

TELLING = re.compile(r"police|officer|abuse|violen|report|victim|survivor|advis|999|danger|crime", re.IGNORECASE)


def words(html):
    return re.sub(r"<[^>]+>", " ", html)


def test_it_is_two_sides_of_85_by_54_millimetres_and_a_sheet(england, tmp_path):
    packed = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", card_pdf(england), re.DOTALL)
    content = b"".join(zlib.decompress(each) for each in packed if each[:1] == b"x")
    boxes = re.findall(rb"/MediaBox \[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", content)
    sizes = [tuple(round(float(each) / 72 * 25.4) for each in box) for box in boxes]
    assert sizes == [(85, 54), (85, 54), (210, 297)]


@pytest.mark.parametrize("language", ["en-GB", "ur", "zh-Hans"])
def test_it_passes_the_checker(book, tmp_path, language):
    path = tmp_path / "a.pdf"
    path.write_bytes(card_pdf(book(language)))
    assert pdf_faults(path) == []


def test_blanks_are_for_the_report_the_officer_and_the_adviser(england):
    side = first_side(england)
    assert side.count('class="line"') == 5
    for asked in ("Report number", "Officer", "Adviser"):
        assert asked in side


def test_the_neutral_one_gives_nothing_away(england):
    quiet = msgspec.structs.replace(england, neutral=True)
    assert TELLING.search(words(first_side(england)))
    assert not TELLING.search(words(first_side(quiet)))
    page = card_page(quiet).decode()
    assert re.search("<title>(.*?)</title>", page)[1] == "Information"
    assert quiet.emergency[0].text in page


def test_an_unchecked_card_says_so_and_has_the_english_beside(book, tmp_path):
    urdu = book("ur")
    said = msgspec.structs.replace(urdu.words, officer="افسر", draft="Nobody checked this.")
    draft = msgspec.structs.replace(urdu, words=said)
    assert 'افسر <span lang="en" dir="ltr">(Officer)</span>' in first_side(draft)
    assert "Nobody checked this." in card_page(draft).decode()
    path = tmp_path / "a.pdf"
    path.write_bytes(card_pdf(draft))
    assert pdf_faults(path) == []
    checked = msgspec.structs.replace(urdu, words=msgspec.structs.replace(said, draft=""))
    assert "(Officer)" not in first_side(checked)


@pytest.mark.skipif(not html_can_be_checked(), reason="neither the Nu checker nor npm to fetch it is here: install npm")
def test_the_pages_to_print_pass_the_checker_of_html_and_it_finds_a_broken_one(book, tmp_path):
    for language in SAID:
        (tmp_path / f"{language}.html").write_bytes(card_page(book(language)))
    broken = tmp_path / "broken.html"
    broken.write_text("<!doctype html><html lang=en><title>A</title><p><div></p>", encoding="utf-8")
    found = html_faults(sorted(tmp_path.glob("*.html")))
    assert found
    assert [fault for fault in found if not fault.startswith("broken.html")] == []
