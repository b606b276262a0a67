"""PDF passes PDF/UA-1 in every script, and a letter that no font draws stops it."""

import re
from itertools import pairwise

import msgspec
import pytest
from tests.handbook.conftest import SAID
from tests.support.validators import pdf_faults

from holdfast.handbook.build import build
from holdfast.handbook.not_made import MissingLetters
from holdfast.handbook.not_made import NotMade
from holdfast.handbook.paper import document
from holdfast.handbook.pdf import easy_read
from holdfast.handbook.pdf import large_print
from holdfast.handbook.pdf import load_weasyprint
from holdfast.handbook.pdf import standard

# A letter that Unicode has not given out: no font can have it.
MADE_UP = "\u0378"


def faults(content, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    return pdf_faults(path)


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("write", [standard, large_print, easy_read])
def test_each_script_passes_the_checker(book, tmp_path, language, write):
    assert faults(write(book(language)), tmp_path) == []


def test_the_checker_finds_a_pdf_that_is_not_tagged(tmp_path):
    assert faults(load_weasyprint().HTML(string="<p>A").write_pdf(), tmp_path)


def test_a_letter_that_no_font_draws_stops_the_file_and_is_named(book, tmp_path):
    holed = book("en-GB")
    page = msgspec.structs.replace(holed.chapters[1], html=f"<p>A {MADE_UP} B</p>")
    holed = msgspec.structs.replace(holed, chapters=(holed.chapters[0], page))
    with pytest.raises(MissingLetters, match=r"U\+0378"):
        standard(holed)
    index = build(holed, ["pdf", "text"], tmp_path, processes=1)
    of_pdf = {made.page: made for made in index.files if made.format == "pdf"}
    assert (of_pdf[0].fault, of_pdf[1].fault, of_pdf[2].fault) == (True, False, True)
    assert not (tmp_path / of_pdf[0].file).exists()
    assert (tmp_path / of_pdf[1].file).exists()


def test_each_letter_of_each_language_is_in_a_font_that_is_embedded(book):
    """By another way than the one above: what fontTools finds in the fonts that Pango chose."""
    import io

    from fontTools.ttLib import TTFont

    for language in SAID:
        have: set[int] = set()
        drawn = load_weasyprint().HTML(string=document(book(language), "paper")).render()

        def fonts_before_they_are_cut(document_, pdf, have=have):
            for font in document_.fonts.values():
                found = TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True)
                have |= set(found.getBestCmap() or ())

        drawn.write_pdf(finisher=fonts_before_they_are_cut, full_fonts=True)
        wanted = {ord(letter) for letter in "".join(SAID[language]) if letter.isalpha()}
        assert wanted - have == set(), language


def test_large_print_is_18_point_and_nothing_in_it_is_smaller(book):
    sizes = set()
    for page in load_weasyprint().HTML(string=document(book("en-GB"), "paper", "large")).render().pages:
        boxes = [page._page_box]
        while boxes:
            box = boxes.pop()
            if getattr(box, "text", "").strip():
                sizes.add(round(box.style["font_size"] * 0.75, 1))  # CSS pixels to points
            boxes += getattr(box, "children", None) or []
    assert min(sizes) == 18


def test_the_title_says_nothing_where_it_is_to_be_neutral(book):
    quiet = msgspec.structs.replace(book("en-GB"), neutral=True)
    html = document(quiet, "paper")
    assert re.search("<title>(.*?)</title>", html)[1] == "Information"
    front = html[: html.index("contents")]
    assert "bail" not in front
    assert "999" not in front
    assert "<title>What is bail?</title>" in document(book("en-GB"), "paper")


def test_a_link_to_a_page_that_is_not_in_the_file_is_plain_words(book):
    html = document(book("en-GB"), "paper")
    assert 'href="#other"' in html
    assert "#gone" not in html
    alone = document(book("en-GB").alone(book("en-GB").chapters[0]), "paper")
    assert "#other" not in alone


def test_headings_are_in_order_from_one_h1(england):
    for one in (england, england.alone(england.chapters[0])):
        levels = [int(found) for found in re.findall(r"<h(\d)", document(one, "paper"))]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nobody_wrote_an_easy_edition_is_said(book):
    plain = book("en-GB")
    plain = msgspec.structs.replace(plain, chapters=plain.chapters[1:])
    with pytest.raises(NotMade, match="easy-read"):
        easy_read(plain)
