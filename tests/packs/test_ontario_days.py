"""The days that count in Ontario and in federal law, held against the Acts' lists and the Federal Court's examples."""

import json
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest
from tests.support.packs import pack_of

from holdfast.law.clock_text import read

ROOT = Path(__file__).parents[2]
DAYS = pack_of("ontario").days
EVERY_DAY = [
    date(2012, 1, 1) + timedelta(days=number) for number in range((date(2030, 12, 31) - date(2012, 1, 1)).days + 1)
]
# Western Easter Sundays, from the published tables.
EASTERS = [
    "2012-04-08", "2013-03-31", "2014-04-20", "2015-04-05", "2016-03-27", "2017-04-16", "2018-04-01", "2019-04-21",
    "2020-04-12", "2021-04-04", "2022-04-17", "2023-04-09", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28",
    "2028-04-16", "2029-04-01", "2030-04-21",
]  # fmt: skip


def counts(calendar: str, day: date) -> bool:
    assert DAYS is not None
    return DAYS.counts(calendar, day.toordinal())


def by_interpretation_act(year: int, easter: date) -> set[date]:
    """The holidays of section 35, by its own rules. Sundays are left to the calendar's weekdays."""
    victoria = max(
        day for day in EVERY_DAY if day.year == year and (day.month, day.day) <= (5, 24) and day.weekday() == 0
    )
    labour = min(day for day in EVERY_DAY if day.year == year and day.month == 9 and day.weekday() == 0)
    thanksgiving = min(
        day for day in EVERY_DAY if day.year == year and day.month == 10 and day.day > 7 and day.weekday() == 0
    )
    canada = date(year, 7, 1) if date(year, 7, 1).weekday() != 6 else date(year, 7, 2)
    found = {date(year, 1, 1), easter - timedelta(days=2), easter + timedelta(days=1), victoria, canada, labour}
    found |= {thanksgiving, date(year, 11, 11), date(year, 12, 25)}
    return found | ({date(year, 9, 30)} if year >= 2021 else set())


def test_federal_days_leave_out_sundays_and_the_acts_holidays_and_nothing_else() -> None:
    holidays = {day for text in EASTERS for day in by_interpretation_act(int(text[:4]), date.fromisoformat(text))}
    wrong = [day for day in EVERY_DAY if counts("federal", day) != (day.weekday() != 6 and day not in holidays)]
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "federal", "business"),
    [
        (date(2026, 2, 16), True, False),  # Family Day
        (date(2026, 4, 3), False, False),  # Good Friday
        (date(2026, 4, 6), False, True),  # Easter Monday
        (date(2026, 8, 3), True, True),  # the Civic Holiday is on neither list
        (date(2026, 9, 30), False, True),  # Truth and Reconciliation
        (date(2026, 10, 12), False, False),  # Thanksgiving
        (date(2026, 11, 11), False, True),  # Remembrance Day
        (date(2026, 12, 26), True, False),  # Boxing Day, a Saturday
        (date(2026, 12, 28), True, False),  # given instead
        (date(2026, 11, 14), True, False),  # a Saturday
    ],
)
def test_the_two_lists_of_holidays_differ_where_the_acts_differ(day: date, federal: bool, business: bool) -> None:
    assert (counts("federal", day), counts("business", day)) == (federal, business)


def test_the_federal_courts_examples_end_on_the_next_federal_day() -> None:
    """A time in days that ends on a holiday runs on to the next day that is none (Interpretation Act, section 26)."""
    text = (ROOT / "tests" / "samples" / "date-math" / "court_time_vectors.json").read_text(encoding="utf-8")
    general = [
        one for one in json.loads(text) if one["name"].startswith("General Example") and "Canada" in one["source"]
    ]
    assert len(general) == 2
    for one in general:
        day = date.fromisoformat(one["from"]) + timedelta(days=one["days"])
        while not counts("federal", day):
            day += timedelta(days=1)
        assert day.isoformat() == one["expect"], one["name"]


def test_twenty_four_hours_before_a_justice_run_through_thanksgiving() -> None:
    arrested = datetime(2026, 10, 11, 14, 0, tzinfo=UTC)
    assert DAYS is not None
    assert read("24 hours").end(arrested, None, DAYS) == arrested + timedelta(hours=24)


def test_one_business_day_from_the_friday_before_family_day_is_tuesday() -> None:
    assert DAYS is not None
    friday = datetime(2027, 2, 12, 17, 0, tzinfo=UTC)
    end = read("1 business day").end(friday, None, DAYS)
    assert DAYS.local(end).date() == date(2027, 2, 16)
