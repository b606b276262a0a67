"""What is unusual in a log, judged over invented openings: each threshold from both sides, and in any order."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.access.log.unusual import PATTERNS
from holdfast.access.log.unusual import Opening
from holdfast.access.log.unusual import ThresholdsRefused
from holdfast.access.log.unusual import thresholds
from holdfast.access.log.unusual import unusual_on
from holdfast.record.kinds.holding import UnusualOpeningFound

LONDON = ZoneInfo("Europe/London")
DAY = date(2026, 11, 20)  # a Friday
STATED = thresholds()


def opening(number: int, case: object, *, day: date = DAY, hour: int = 10, tie: str = "has_recorded") -> Opening:
    return Opening(number, datetime(day.year, day.month, day.day, hour, 5, tzinfo=LONDON), f"CASE{case}", tie)


def past(cases: int, *, days: int = 20, hour: int = 10) -> list[Opening]:
    return [
        opening(back * 1000 + case, f"P{back}-{case}", day=DAY - timedelta(days=back), hour=hour)
        for back in range(1, days + 1)
        for case in range(cases)
    ]


def today(cases: int, **said: object) -> list[Opening]:
    return [opening(100_000 + case, case, **said) for case in range(cases)]  # type: ignore[arg-type]


def patterns(openings: list[Opening], **known: object) -> set[str]:
    return {found.pattern for found in unusual_on(DAY, openings, STATED, **known)}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("own", "role", "count", "unusual"),
    [
        (0, None, 11, False),  # nothing is known to compare with: the bare number counts
        (0, None, 12, True),
        (4, None, 12, False),  # three times their own is not more than three times
        (4, None, 13, True),
        (5, 2.0, 12, True),  # usual for them, and not for their role
        (2, 20.0, 12, True),  # usual for their role, and not for them
        (5, 5.0, 15, False),
        (3, 3.0, 11, False),  # more than three times both, and too few to say anything
    ],
)
def test_many_cases_are_judged_against_their_own_past_and_their_role(own, role, count, unusual):
    assert ("many_cases" in patterns(past(own) + today(count), role_middle=role)) is unusual


def test_a_short_past_is_not_compared_with():
    assert "many_cases" in patterns(past(30, days=4) + today(12))
    assert "many_cases" not in patterns(past(30, days=5) + today(12))


def test_one_case_opened_many_times_is_one_case():
    assert "many_cases" not in patterns([opening(number, "one") for number in range(50)])


def test_cases_without_a_task_are_counted_over_the_week():
    monday = DAY - timedelta(days=4)
    loose = [opening(number, number, day=monday, tie="no_task") for number in range(2)]
    assert patterns([*loose, opening(9, 9)]) == set()
    assert patterns([*loose, opening(9, 9, tie="no_task")]) == {"no_assignment"}
    earlier = [each._replace(at=each.at - timedelta(days=7)) for each in loose]
    assert patterns([*earlier, opening(9, 9, tie="no_task")]) == set()


@pytest.mark.parametrize(("hour", "unusual"), [(10, False), (11, False), (9, False), (12, True), (3, True)])
def test_hours_are_those_of_their_own_past(hour, unusual):
    assert (patterns(past(1) + today(3, hour=hour)) == {"out_of_hours"}) is unusual


def test_two_openings_at_night_or_little_past_are_not_enough():
    assert patterns(past(1) + today(2, hour=3)) == set()
    assert patterns(past(1, days=9) + today(3, hour=3)) == set()


def test_night_and_morning_are_neighbours():
    assert patterns(past(1, hour=0) + today(3, hour=23)) == set()


@pytest.mark.parametrize("pattern", ["same_surname", "same_address_or_number"])
def test_each_case_with_the_same_surname_or_address_is_told_by_itself(pattern):
    found = unusual_on(DAY, today(4), STATED, same=lambda case: pattern if case in ("CASE1", "CASE3") else "")
    assert {(each.pattern, each.about, each.cases) for each in found} == {
        (pattern, "CASE1", ("CASE1",)), (pattern, "CASE3", ("CASE3",))
    }  # fmt: skip


def test_the_entry_belongs_in_the_case_last_opened():
    (found,) = unusual_on(DAY, today(12), STATED)
    assert found.cases[0] == "CASE11"
    assert (found.openings, found.window) == (12, "2026-11-20")


_lines = st.lists(
    st.builds(
        opening,
        st.integers(1, 10_000),
        st.integers(0, 20),
        day=st.integers(0, 30).map(lambda back: DAY - timedelta(days=back)),
        hour=st.integers(0, 23),
        tie=st.sampled_from(["no_task", "has_recorded", "oversight"]),
    ),
    max_size=80,
    unique_by=lambda each: each.number,
)


@given(_lines, st.randoms())
def test_order_and_repetition_change_nothing(lines, chance):
    shuffled = [*lines, *lines[:5]]
    chance.shuffle(shuffled)
    assert unusual_on(DAY, shuffled, STATED) == unusual_on(DAY, lines, STATED)


@given(_lines, _lines)
def test_more_openings_on_the_day_take_back_nothing(lines, more):
    later = [
        each._replace(number=each.number + 20_000, at=each.at.replace(day=DAY.day, month=DAY.month)) for each in more
    ]
    keys = {(each.pattern, each.window, each.about) for each in unusual_on(DAY, lines, STATED)}
    now = {(each.pattern, each.window, each.about) for each in unusual_on(DAY, [*lines, *later], STATED)}
    assert keys <= now


def test_every_pattern_has_a_threshold_and_is_a_value_of_the_entry():
    from typing import get_args
    from typing import get_type_hints

    assert set(PATTERNS) == set(STATED)
    listed = get_args(get_type_hints(UnusualOpeningFound, include_extras=False)["pattern"])
    assert set(PATTERNS) <= set(listed)


def test_a_place_sets_its_own_figures(tmp_path):
    own = tmp_path / "unusual.toml"
    own.write_text("[many_cases]\ncases = 3\n")
    stated = thresholds(own)
    assert (stated["many_cases"]["cases"], stated["many_cases"]["times_own"]) == (3, 3.0)
    assert thresholds(tmp_path / "none.toml") == STATED


@pytest.mark.parametrize(
    "text", ["[many_cases]\nCases = 3", "[elsewhere]\nx = 1", "[many_cases]\ncases = 'x'", "[many_cases]\ncases = 0",
             "many_cases = 3", "not toml", "[many_cases]\ncases = true", "[out_of_hours]\nopenings = nan"]
)  # fmt: skip
def test_figures_that_cannot_be_used_are_refused(tmp_path, text):
    own = tmp_path / "unusual.toml"
    own.write_text(text)
    with pytest.raises(ThresholdsRefused):
        thresholds(own)
