"""Days and ends of limits read as a person would say them, in the place's own time."""

from datetime import UTC
from datetime import date
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from holdfast.doors.survivor.days import at_time
from holdfast.doors.survivor.days import by_when
from holdfast.doors.survivor.days import on_day

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC), "by the end of Monday 9 March"),
        (datetime(2026, 6, 9, 22, 59, 59, tzinfo=UTC), "by the end of Tuesday 9 June"),
        (datetime(2026, 6, 9, 13, 30, tzinfo=UTC), "by 14:30 on Tuesday 9 June"),
        (datetime(2027, 1, 4, 23, 59, 59, tzinfo=UTC), "by the end of Monday 4 January 2027"),
        (datetime(2026, 6, 9, 23, 59, 59, tzinfo=UTC), "by 00:59 on Wednesday 10 June"),
    ],
    ids=["winter", "summer time", "within a day", "another year", "another zone's midnight"],
)
def test_the_end_of_a_limit(moment, said):
    assert by_when(moment, LONDON, 2026) == said


def test_a_day_names_its_year_only_when_it_is_another():
    assert on_day(date(2026, 11, 21), 2026) == "Saturday 21 November"
    assert on_day(date(2025, 11, 21), 2026) == "Friday 21 November 2025"


def test_a_moment():
    assert at_time(datetime(2026, 7, 1, 12, 5, tzinfo=UTC), LONDON, 2026) == "Wednesday 1 July at 13:05"
