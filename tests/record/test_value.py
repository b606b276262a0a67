"""A value is read as what was declared, or refused with every fault and without repeating it."""

from datetime import UTC
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from holdfast.record.field import Code
from holdfast.record.field import Count
from holdfast.record.field import Day
from holdfast.record.field import Latitude
from holdfast.record.field import Line
from holdfast.record.field import Metres
from holdfast.record.field import Staff
from holdfast.record.field import When
from holdfast.record.field import Words
from holdfast.record.field import YesNo
from holdfast.record.value import MOST_ITEMS
from holdfast.record.value import Refused
from holdfast.record.value import read_value

TOLD = "Meadow Lane 12"  # what must never come back in a fault


def refused(annotation: Any, given: Any) -> tuple[str, ...]:
    with pytest.raises(Refused) as caught:
        read_value(annotation, given)
    return caught.value.whys


@pytest.mark.parametrize(
    ("annotation", "given", "why"),
    [
        (Line, 5, "has to be words"),
        (Line, None, "has to be words"),
        (Line, "x" * 301, "may be at most 300 characters long"),
        (Words, "half a \ud83d character", "holds a character that cannot be shown"),
        (Words, "nul\x00", "holds a character that cannot be shown"),
        (Staff, "PC 1234", "has to be a staff identifier: letters, digits and . _ / - only"),
        (Staff, "PC1234\n", "has to be a staff identifier: letters, digits and . _ / - only"),
        (Code, "Dash", "has to be an identifier: small letters, digits and . _ - only"),
        (Count, -1, "has to be a whole number from 0 to 1,000,000"),
        (Count, 10**400, "has to be a whole number from 0 to 1,000,000"),
        (Count, True, "has to be a whole number"),
        (Count, 1.5, "has to be a whole number"),
        (Count, "3", "has to be a whole number"),
        (Metres, float("nan"), "has to be a number from 0 to 100,000,000"),
        (Metres, float("inf"), "has to be a number from 0 to 100,000,000"),
        (float, float("nan"), "has to be a number"),
        (Latitude, 91, "has to be a number from -90 to 90"),
        (Day, "2026-02-30", "has to be a date, as in 2026-11-20"),
        (Day, datetime(2026, 1, 1, tzinfo=UTC), "has to be a date, as in 2026-11-20"),
        (Day, "9999-12-31", "has to lie in the years 1900 to 2199"),
        (When, "0001-01-01T00:00:00+14:00", "has to lie in the years 1900 to 2199"),
        (When, 1_700_000_000, "has to be a date and time with its offset from UTC, as in 2026-11-20T22:30:00Z"),
        (YesNo, "maybe", "has to be one of: yes, no, not_asked, not_known, declined"),
        (YesNo, ["yes"], "has to be one of: yes, no, not_asked, not_known, declined"),
        (tuple[YesNo, ...], "yes", "has to be a list"),
        (tuple[YesNo, ...], ["yes"] * (MOST_ITEMS + 1), "may hold at most 500 items"),
        (dict[Code, YesNo], ["a"], "has to be a set of names, each with its value"),
    ],
)
def test_a_value_of_another_kind_is_refused_with_what_is_expected(annotation: Any, given: Any, why: str) -> None:
    assert refused(annotation, given) == (why,)


@pytest.mark.parametrize("naive", ["2026-11-20T22:30:00", datetime(2026, 11, 20, 22, 30)])  # noqa: DTZ001 the fault itself
def test_a_time_without_its_offset_is_refused(naive: Any) -> None:
    assert refused(When, naive) == ("has to be a date and time with its offset from UTC, as in 2026-11-20T22:30:00Z",)


def test_every_item_of_a_list_is_read_and_faults_name_its_place() -> None:
    assert refused(tuple[Count, ...], [1, -1, 2, TOLD]) == (
        "item 2 has to be a whole number from 0 to 1,000,000",
        "item 4 has to be a whole number",
    )


def test_names_and_values_of_answers_are_both_read() -> None:
    why = refused(dict[Code, YesNo], {TOLD: "yes", "hurt": TOLD})
    assert [one.split(" has ")[0] for one in why] == ["name 1", "value 2"]


@pytest.mark.parametrize(
    "annotation", [Line, Staff, Code, Count, Metres, Day, When, YesNo, tuple[YesNo, ...], dict[Code, YesNo]]
)
@pytest.mark.parametrize("given", [TOLD * 40, [TOLD], {TOLD: TOLD}, (TOLD,)])
def test_no_fault_repeats_the_value(annotation: Any, given: Any) -> None:
    assert not any("Meadow" in why or "12" in why for why in refused(annotation, given))


@pytest.mark.parametrize("given", [object(), {1: 2}, {3}, 2**63, float("nan"), b"x", datetime(2026, 1, 1, tzinfo=UTC)])
def test_where_any_value_may_stand_it_is_still_one_that_can_be_kept(given: Any) -> None:
    assert len(refused(Any, given)) == 1


def test_nesting_has_an_end() -> None:
    deep: Any = []
    for _ in range(2000):
        deep = [deep]
    assert refused(Any, deep) == ("holds too much",)


def test_a_time_becomes_utc() -> None:
    assert read_value(When, "2026-11-20T22:30:00+02:00") == datetime(2026, 11, 20, 20, 30, tzinfo=UTC)
    assert read_value(When, datetime(2026, 7, 1, 12, tzinfo=ZoneInfo("Europe/London"))).tzinfo is UTC


def test_what_may_be_empty_may_be_none() -> None:
    assert read_value(Count | None, None) is None
    assert read_value(When | None, None) is None


def test_words_are_kept_as_they_were_said() -> None:
    said = "  He said:\n\t'don\u2019t' \U0001f62d "
    assert read_value(Words, said) == said
