"""The words of a statement as they are shown: nothing in them becomes markup, and no number is turned about."""

import pytest

from holdfast.doors.desk.templatetags.said_text import in_lines

NUMBER = '<bdi dir="ltr">{}</bdi>'


@pytest.mark.parametrize("number", ["07700 900118", "+44 7700 900 118", "020 7946-0018", "٠٧٧٠٠ ٩٠٠١١٨"])
def test_a_number_with_gaps_keeps_its_order_between_arabic_letters(number):
    assert in_lines(f"رقمه {number}.", "rtl") == f"رقمه {NUMBER.format(number)}."
    assert in_lines(f"His number is {number}.", "ltr") == f"His number is {number}."


@pytest.mark.parametrize("words", ["من 9 - 10", "في 12/11/2026", "بعد 20 دقيقة", "من 09:00 - 10:00"])
def test_a_span_or_a_date_is_left_to_the_words_around_it(words):
    assert in_lines(words, "rtl") == words


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_lines_stay_and_nothing_becomes_markup(direction):
    shown = in_lines("<b>07700 900118</b>\n&#07700900118;", direction)
    assert "<b>" not in shown
    assert "&lt;b&gt;" in shown
    assert "&amp;#" in shown
    assert shown.count("<br>") == 1
