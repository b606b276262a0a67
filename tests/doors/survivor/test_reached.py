"""Who to ask and how to be reached come from the last that was recorded, and no number of the survivor's in full."""

from tests.support.told import entry

from holdfast.doors.survivor.reached import agreed
from holdfast.doors.survivor.reached import people
from holdfast.doors.survivor.reached import report_number


def test_the_officer_who_took_over_is_the_one_to_ask():
    found = people([
        entry(1, "OwnerNamed", "2026-03-06 20:00", owner="PC1", number="01632 960001"),
        entry(2, "OwnerChanged", "2026-03-09 20:00", owner="DC2", number="01632 960002"),
    ])  # fmt: skip
    assert [(each.who, each.number) for each in found] == [("Officer DC2", "01632 960002")]


def test_nobody_named_is_nobody():
    assert people([]) == []
    assert report_number([]) == ""
    assert agreed([]) is None


def test_a_number_is_shown_by_its_last_two_figures_and_a_code_word_never():
    entries = [
        entry(1, "ContactAgreed", "2026-03-06 20:00", channel="text", number="07700 900123", code_word="marmalade")
    ]
    words = str(agreed(entries).rows)
    assert "ends in 23" in words
    assert "900123" not in words
    assert "marmalade" not in words


def test_the_last_change_is_what_counts():
    rows = dict(agreed([
        entry(1, "ContactAgreed", "2026-03-06 20:00", channel="text", number="07700 900123"),
        entry(2, "ContactChanged", "2026-03-08 20:00", channel="through_adviser"),
    ]).rows)  # fmt: skip
    assert rows["Safest way"] == "through your adviser"
    assert "Number or address" not in rows


def test_what_was_not_asked_counts_as_no():
    rows = dict(agreed([entry(1, "ContactAgreed", "2026-03-06 20:00", channel="telephone")]).rows)
    assert rows["May a message be left?"] == "Not known, so no"
    assert rows["Never"] == "Not said"
