"""When a limit ends. Every expectation is worked by hand from a calendar, or comes from a published example."""

import json
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from holdfast.law.calendars import CalendarRunOut
from holdfast.law.calendars import Days
from holdfast.law.clock import InWords
from holdfast.law.clock import Undated
from holdfast.law.clock_text import ClockFault
from holdfast.law.clock_text import read
from holdfast.law.pack import Pack

LONDON = ZoneInfo("Europe/London")
SAMPLES = Path(__file__).parents[1] / "samples" / "date-math"


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("limit", "start", "end"),
    [
        # hours and minutes run through the night
        ("24 hours", "2026-03-06 21:00", "2026-03-07 21:00"),
        ("15 minutes", "2026-03-06 23:50", "2026-03-07 00:05"),
        # elapsed hours when the clocks go forward (29 March 2026, 01:00) and back (25 October 2026, 02:00)
        ("24 hours", "2026-03-28 12:00", "2026-03-29 13:00"),
        ("24 hours", "2026-10-24 12:00", "2026-10-25 11:00"),
        # days end at 23:59:59 on the last one; the starting day is not counted
        ("1 day", "2026-03-06 00:01", "2026-03-07 23:59:59"),
        ("28 days", "2026-02-01 09:00", "2026-03-01 23:59:59"),
        ("0 days", "2026-02-01 09:00", "2026-02-01 23:59:59"),
        ("midnight on day 3", "2026-02-01 09:00", "2026-02-04 23:59:59"),
        ("2 weeks", "2026-03-02 09:00", "2026-03-16 23:59:59"),
        # clear days leave out the first and the last
        ("2 clear days", "2026-03-02 09:00", "2026-03-05 23:59:59"),
        # working days: over a weekend, over Easter, over Christmas with its substitute day
        ("1 working day", "2026-03-06 21:00", "2026-03-09 23:59:59"),
        ("1 working day", "2026-04-02 10:00", "2026-04-07 23:59:59"),
        ("1 working day", "2026-12-24 10:00", "2026-12-29 23:59:59"),
        ("5 working days", "2026-04-02 10:00", "2026-04-13 23:59:59"),
        ("1 working day", "2026-03-07 10:00", "2026-03-09 23:59:59"),
        ("end of the next working day", "2026-03-07 10:00", "2026-03-09 23:59:59"),
        ("end of the day", "2026-03-07 10:00", "2026-03-07 23:59:59"),
        ("end of the next day", "2026-03-07 10:00", "2026-03-08 23:59:59"),
        # months end on the same day number, or on the last day of a shorter month
        ("1 month", "2026-01-31 10:00", "2026-02-28 23:59:59"),
        ("3 months", "2026-03-02 10:00", "2026-06-02 23:59:59"),
        ("1 month", "2028-01-31 10:00", "2028-02-29 23:59:59"),
        ("2 years", "2024-02-29 10:00", "2026-02-28 23:59:59"),
        ("12 months", "2025-12-31 10:00", "2026-12-31 23:59:59"),
        # 48 hours that leave out Sunday and the bank holiday: from Friday night over Saturday to Tuesday
        ("48 hours on hearing days", "2027-04-30 22:00", "2027-05-04 22:00"),
        # served on a Sunday, the hours begin at midnight
        ("24 hours on hearing days", "2026-03-08 15:00", "2026-03-10 00:00"),
        ("the earlier of 5 working days and 6 days", "2026-03-06 10:00", "2026-03-12 23:59:59"),
        ("the later of 5 working days and 6 days", "2026-03-06 10:00", "2026-03-13 23:59:59"),
        ("the earlier of 2 years and the later of 1 day and 3 days", "2026-03-06 10:00", "2026-03-09 23:59:59"),
    ],
)
def test_a_limit_ends(testland: Pack, limit: str, start: str, end: str) -> None:
    assert read(limit).end(local(start).astimezone(UTC), None, testland.days) == local(end)


def test_a_recorded_moment_ends_the_limit(testland: Pack) -> None:
    fields = SimpleNamespace(ends_at=local("2026-06-05 12:00"), on=date(2026, 6, 8), attend_within=15, missing=None)
    start = local("2026-06-01 09:00").astimezone(UTC)
    assert read("before entry.ends_at").end(start, fields, testland.days) == local("2026-06-05 12:00")
    assert read("2 days before entry.ends_at").end(start, fields, testland.days) == local("2026-06-03 23:59:59")
    assert read("1 working day before entry.on").end(start, fields, testland.days) == local("2026-06-05 23:59:59")
    assert read("by entry.on").end(start, fields, testland.days) == local("2026-06-08 23:59:59")
    assert read("before entry.on").end(start, fields, testland.days) == local("2026-06-07 23:59:59")
    assert read("24 hours before entry.on").end(start, fields, testland.days) == local("2026-06-07 00:00:00")
    assert read("2 hours before entry.ends_at").end(start, fields, testland.days) == local("2026-06-05 10:00")
    assert read("entry.attend_within minutes").end(start, fields, testland.days) == local("2026-06-01 09:15")
    with pytest.raises(Undated, match="'missing' is not recorded"):
        read("by entry.missing").end(start, fields, testland.days)


def test_a_limit_in_words_has_no_moment(testland: Pack) -> None:
    with pytest.raises(InWords, match="at once"):
        read("at once").end(datetime(2026, 1, 1, tzinfo=UTC), None, testland.days)


def test_a_limit_beyond_its_calendar_is_undated_and_says_what_to_do(testland: Pack) -> None:
    with pytest.raises(Undated, match="Extend it in the pack"):
        read("1 working day").end(local("2028-12-30 10:00").astimezone(UTC), None, testland.days)
    with pytest.raises(Undated, match="begins after that day"):
        read("1 working day").end(local("2019-01-01 10:00").astimezone(UTC), None, testland.days)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "1 working",
        "-1 days",
        "one day",
        "1 working hour",
        "5 fortnights",
        "before entry.",
        "1 day and 2 days",
    ],
)
def test_words_outside_the_grammar_are_refused(text: str) -> None:
    with pytest.raises(ClockFault):
        read(text)


def test_the_working_names_the_days_left_out(testland: Pack) -> None:
    lines = read("1 working day").working(local("2026-04-02 10:00").astimezone(UTC), None, testland.days)
    assert lines[1] == "not working days: Fri 3 Apr 2026, Sat 4 Apr 2026, Sun 5 Apr 2026, Mon 6 Apr 2026"
    assert lines[-1] == "ends Tue 7 Apr 2026 23:59:59"


def test_bank_holidays_of_england_and_wales_are_no_working_days(testland: Pack) -> None:
    """Against the government's published list, for every year that both cover."""
    published = json.loads((SAMPLES / "bank-holidays.json").read_text())["england-and-wales"]["events"]
    days = testland.days
    for event in published:
        day = date.fromisoformat(event["date"])
        if 2020 <= day.year <= 2028:
            assert not days.counts("working", day.toordinal()), event["date"]
    listed = {event["date"] for event in published}
    last = max(listed)
    weekdays_off = [
        date.fromordinal(day)
        for day in range(date(2020, 1, 1).toordinal(), date.fromisoformat(last).toordinal() + 1)
        if date.fromordinal(day).weekday() < 5 and not days.counts("working", day)
    ]
    assert {day.isoformat() for day in weekdays_off} <= listed


# Counted forwards under the rules of England and Wales; the other examples belong to other places' packs.
CLEAR_DAYS = [
    vector
    for vector in json.loads((SAMPLES / "court_time_vectors.json").read_text())
    if vector["rule"] == "EW-CPR-2.8" and vector["direction"] == "after-clear-earliest-event"
]


@pytest.mark.parametrize("vector", CLEAR_DAYS, ids=lambda vector: vector["name"])
def test_published_examples_of_clear_days(vector: dict[str, str], testland: Pack) -> None:
    start = local(f"{vector['from']} 12:00").astimezone(UTC)
    end = read(f"{vector['days']} clear days").end(start, None, testland.days)
    assert end.astimezone(LONDON).date().isoformat() == vector["expect"]


@given(start=st.datetimes(datetime(2021, 1, 1), datetime(2027, 6, 1)), number=st.integers(1, 60))  # noqa: DTZ001
def test_a_working_day_limit_is_the_nth_counted_day(testland: Pack, start: datetime, number: int) -> None:
    days = testland.days
    moment = start.replace(tzinfo=UTC)
    end = read(f"{number} working days").end(moment, None, days)
    first, last = days.ordinal(moment), days.ordinal(end)
    assert days.counts("working", last)
    assert sum(days.counts("working", day) for day in range(first + 1, last + 1)) == number
    assert days.local(end).strftime("%H:%M:%S") == "23:59:59"


@given(
    start=st.datetimes(datetime(2021, 1, 1), datetime(2027, 6, 1)),  # noqa: DTZ001
    later=st.integers(0, 100_000),
    limit=st.sampled_from(
        ["3 working days", "24 hours", "28 days", "2 months", "48 hours on hearing days", "2 clear days"]
    ),
)
def test_a_later_start_never_ends_sooner(testland: Pack, start: datetime, later: int, limit: str) -> None:
    moment = start.replace(tzinfo=UTC)
    clock = read(limit)
    assert clock.end(moment, None, testland.days) <= clock.end(moment + timedelta(minutes=later), None, testland.days)


def test_running_time_refuses_to_run_off_its_calendar(testland: Pack) -> None:
    days: Days | None = testland.days
    assert days is not None
    with pytest.raises(CalendarRunOut):
        days.running("hearing", local("2028-12-31 10:00").astimezone(UTC), timedelta(hours=48))
