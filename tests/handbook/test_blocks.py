"""What a page says survives being taken apart: order, lists, rows, languages and numbers that are dialled."""

from holdfast.handbook.blocks import Piece
from holdfast.handbook.blocks import blocks
from holdfast.handbook.markup import deeper
from holdfast.handbook.markup import read
from holdfast.handbook.markup import relinked
from holdfast.handbook.markup import written


def said(html):
    return [(block.kind, block.depth, block.mark, block.text) for block in blocks(html)]


def test_blocks_come_in_reading_order_with_their_marks():
    assert said("<h2>A</h2><p>B</p><ol start='3'><li>C</li><li><p>D</p><p>E</p></li></ol>") == [
        ("heading", 2, "", "A"),
        ("paragraph", 0, "", "B"),
        ("item", 1, "3.", "C"),
        ("item", 1, "4.", "D"),
        ("item", 1, "", "E"),
    ]


def test_a_list_in_a_list_is_deeper_and_the_outer_one_goes_on():
    assert said("<ul><li>A<ul><li>B</li></ul></li><li>C</li></ul><p>D</p>") == [
        ("item", 1, "-", "A"),
        ("item", 2, "-", "B"),
        ("item", 1, "-", "C"),
        ("paragraph", 0, "", "D"),
    ]


def test_a_row_keeps_its_cells_apart():
    assert said("<table><tr><td>A</td><td><p>B</p></td></tr></table>") == [("row", 0, "", "A | B")]


def test_what_was_folded_stands_open_without_the_words_that_opened_it():
    assert said("<details><summary>Show all 9</summary><p>A</p></details>") == [("paragraph", 0, "", "A")]


def test_pieces_keep_their_language_and_what_is_dialled():
    [block] = blocks('<p>Ring <a href="tel:999">999</a>,  <span lang="en">or  come</span>.</p>')
    assert block.pieces == (
        Piece("Ring ", ""), Piece("999", "", dials=True), Piece(", ", ""), Piece("or come", "en"), Piece(".", ""),
    )  # fmt: skip


def test_html_that_is_never_closed_is_read_to_its_end():
    assert [text for *_, text in said("<ul><li>A<li>B<p>C")] == ["A", "B", "C"]


def test_markup_is_written_as_xhtml_with_both_ways_of_saying_a_language():
    tree = read('<p lang="pl">A &amp; B<br>C</p>')
    assert written(tree, xml=True) == '<p lang="pl" xml:lang="pl">A &amp; B<br/>C</p>'


def test_what_could_act_is_not_carried_over():
    assert written(read('<p onclick="x()" style="a" id="b">A</p>')) == "<p>A</p>"


def test_headings_move_down_and_links_lead_where_the_file_says():
    assert written(deeper(read("<h2>A</h2><h6>B</h6>"), 1)) == "<h3>A</h3><h6>B</h6>"
    tree = relinked(read('<a href="#x">A</a><a href="#y">B</a>'), lambda href: "x.html" if href == "#x" else "")
    assert written(tree) == '<a href="x.html">A</a><span>B</span>'


def test_a_space_that_must_not_break_stays_what_it_is():
    assert said("<p>Appelez\u00a0: \n  le 911</p>") == [("paragraph", 0, "", "Appelez\u00a0: le 911")]
