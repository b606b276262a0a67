"""The days that count in England and Wales, held against the government's own list of bank holidays."""

import json
from datetime import date
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.packs import pack_of

ROOT = Path(__file__).parents[2]
LIST = json.loads((ROOT / "tests" / "samples" / "date-math" / "bank-holidays.json").read_text(encoding="utf-8"))
BANK_HOLIDAYS = {date.fromisoformat(event["date"]) for event in LIST["england-and-wales"]["events"]}
DAYS = pack_of("england-and-wales").days
EVERY_DAY = [
    date(2012, 1, 1) + timedelta(days=number) for number in range((date(2028, 12, 31) - date(2012, 1, 1)).days + 1)
]


def counts(calendar: str, day: date) -> bool:
    assert DAYS is not None
    return DAYS.counts(calendar, day.toordinal())


@pytest.mark.parametrize("calendar", ["working", "court", "school"])
def test_a_day_counts_unless_it_is_a_weekend_or_on_the_published_list(calendar: str) -> None:
    wrong = [day for day in EVERY_DAY if counts(calendar, day) != (day.weekday() < 5 and day not in BANK_HOLIDAYS)]
    assert wrong == []


def test_hearing_days_leave_out_sundays_and_bank_holidays_and_count_saturdays() -> None:
    # 26 December is a bank holiday by statute even on a Saturday; the published list shows only the day in its place.
    by_statute = {day for day in EVERY_DAY if (day.month, day.day) in ((12, 25), (12, 26))}
    wrong = [
        day
        for day in EVERY_DAY
        if counts("hearing", day) != (day.weekday() < 6 and day not in BANK_HOLIDAYS and day not in by_statute)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "is_counted"),
    [
        (date(2026, 12, 24), True),
        (date(2026, 12, 25), False),
        (date(2026, 12, 26), False),
        (date(2026, 12, 28), False),
        (date(2026, 12, 29), True),
        (date(2022, 1, 1), True),
        (date(2022, 1, 3), False),
    ],
)
def test_hearing_days_around_christmas_and_new_year(day: date, is_counted: bool) -> None:
    assert counts("hearing", day) is is_counted
