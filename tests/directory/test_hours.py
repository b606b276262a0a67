"""Open, closed or not known: midnight, the change of the clocks, public holidays, and what nobody can work out."""

from datetime import date

import pytest
from tests.directory.making import daily
from tests.directory.making import listing
from tests.directory.making import utc
from tests.support.packs import pack_of

from holdfast.directory.hours import holidays_of
from holdfast.directory.hours import open_state
from holdfast.directory.listing import Opening
from holdfast.directory.said_hours import ALWAYS
from holdfast.directory.said_hours import read_hours
from holdfast.law.pack import Pack

NO_HOLIDAYS: frozenset[date] = frozenset()
# Toronto is 5 hours behind UTC in winter and 4 in summer; 2026-11-20 is a Friday.
OFFICE = daily()
NIGHT = daily("20:00", "02:00", ("FR",))


def state(opening: Opening | tuple[Opening, ...], at: str, holidays: frozenset[date] | None = NO_HOLIDAYS) -> str:
    hours = opening if isinstance(opening, tuple) else (opening,)
    return open_state(listing(hours=hours), utc(at), holidays)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-20 13:59", "closed"),  # 08:59 in Toronto
        ("2026-11-20 14:00", "open"),
        ("2026-11-20 21:59", "open"),
        ("2026-11-20 22:00", "closed"),
        ("2026-11-21 15:00", "closed"),  # Saturday
        ("2026-07-03 13:00", "open"),  # summer: 09:00 already
    ],
)
def test_office_hours_are_on_the_clock_of_the_place(at: str, expected: str) -> None:
    assert state(OFFICE, at) == expected


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-11-21 00:59", "closed"),  # Friday 19:59
        ("2026-11-21 01:00", "open"),
        ("2026-11-21 04:59", "open"),  # 23:59
        ("2026-11-21 05:00", "open"),  # midnight: Saturday, still Friday's night
        ("2026-11-21 06:59", "open"),
        ("2026-11-21 07:00", "closed"),
        ("2026-11-22 06:00", "closed"),  # Saturday's night is none of its own
    ],
)
def test_a_night_belongs_to_the_day_on_which_it_began(at: str, expected: str) -> None:
    assert state(NIGHT, at) == expected


def test_a_closing_time_of_midnight_is_the_end_of_the_day() -> None:
    for closes in ("00:00", "24:00", "23:59", "23:59:59"):
        late = daily("18:00", closes, ("FR",))
        assert [state(late, at) for at in ("2026-11-21 04:58", "2026-11-21 05:01")] == ["open", "closed"]


def test_both_hours_of_the_night_on_which_clocks_go_back_are_open() -> None:
    """1 November 2026: 01:30 comes twice in Toronto."""
    night = daily("22:00", "02:00", ("SA",))
    assert [state(night, at) for at in ("2026-11-01 05:30", "2026-11-01 06:30", "2026-11-01 07:00")] == [
        "open", "open", "closed",
    ]  # fmt: skip


def test_the_day_on_which_clocks_go_forward_opens_by_the_new_time() -> None:
    """8 March 2026: 09:00 is 13:00 UTC, where the day before it was 14:00."""
    every = daily(days=("SA", "SU"))
    assert [state(every, at) for at in ("2026-03-07 13:30", "2026-03-08 13:30")] == ["closed", "open"]


def test_on_a_public_holiday_only_what_never_closes_is_known() -> None:
    christmas = frozenset({date(2026, 12, 25)})
    assert state(OFFICE, "2026-12-25 15:00", christmas) == "unknown"
    assert state(OFFICE, "2026-12-25 23:30", christmas) == "unknown"
    assert state(ALWAYS, "2026-12-25 15:00", christmas) == "open"
    assert state(daily("20:00", "02:00", ("TH",)), "2026-12-25 06:00", christmas) == "open"  # began before it
    assert state(daily("20:00", "02:00", ("FR",)), "2026-12-26 06:00", christmas) == "unknown"  # began on it


def test_where_nobody_knows_the_holidays_only_what_never_closes_is_open() -> None:
    assert state(OFFICE, "2026-11-20 15:00", None) == "unknown"
    assert state(ALWAYS, "2026-11-20 15:00", None) == "open"


def test_no_hours_are_not_known() -> None:
    assert open_state(listing(), utc("2026-11-20 15:00"), NO_HOLIDAYS) == "unknown"


@pytest.mark.parametrize(
    "broken",
    [
        daily("9 o'clock"),
        daily("09:00", ""),
        daily("25:00"),
        daily("09:75"),
        daily("09:00", "09:00"),
        daily(days=("XX",)),
        daily(days=()),
        daily(interval=2),
        daily(interval=0),
        daily(byweekno="last"),
        daily(valid_from="soon"),
        daily(offset=99.0),
        Opening(opens_at="09:00", closes_at="17:00"),
        Opening(opens_at="09:00", closes_at="17:00", byday=("MO",), freq="HOURLY"),
        Opening(opens_at="09:00", closes_at="17:00", byday=("99MO",), freq="MONTHLY"),
        Opening(opens_at="09:00", closes_at="17:00", freq="MONTHLY"),
        daily(dtstart="0001-01-01", interval=2),
    ],
)
def test_what_cannot_be_worked_out_is_not_known(broken: Opening) -> None:
    assert state(broken, "2026-11-20 15:00") == "unknown"


def test_one_schedule_that_cannot_be_read_keeps_the_service_from_being_called_closed() -> None:
    broken = daily("9 o'clock")
    assert state((OFFICE, broken), "2026-11-21 15:00") == "unknown"
    assert state((OFFICE, broken), "2026-11-20 15:00") == "open"


def test_a_schedule_is_silent_outside_its_dates() -> None:
    summer = daily(valid_from="2026-06-01", valid_to="2026-08-31")
    assert state(summer, "2026-07-03 15:00") == "open"
    assert state(summer, "2026-11-20 15:00") == "unknown"
    assert state((summer, daily("10:00", "12:00")), "2026-11-20 18:00") == "closed"


def test_offsets_that_are_stated_are_used() -> None:
    assert state(daily("09:00Z", "17:00Z"), "2026-11-20 09:30") == "open"
    assert state(daily("09:00+01:00", "17:00+01:00"), "2026-11-20 08:30") == "open"
    assert state(daily(offset=-5.0), "2026-07-03 13:30") == "closed"  # said without regard to summer


def test_rules_of_icalendar() -> None:
    first_friday = Opening(opens_at="09:00", closes_at="17:00", byday=("1FR",), freq="MONTHLY")
    assert [state(first_friday, at) for at in ("2026-11-06 15:00", "2026-11-13 15:00")] == ["open", "closed"]
    fortnightly = daily(days=("FR",), interval=2, dtstart="2026-11-06")
    assert [state(fortnightly, at) for at in ("2026-11-13 15:00", "2026-11-20 15:00")] == ["closed", "open"]
    ended = daily(until="2026-11-19")
    assert state(ended, "2026-11-20 15:00") == "closed"
    twice = daily(days=("FR",), count=2, dtstart="2026-11-06")
    assert [state(twice, at) for at in ("2026-11-13 15:00", "2026-11-20 15:00")] == ["open", "closed"]
    mid_month = Opening(opens_at="09:00", closes_at="17:00", bymonthday="20", freq="MONTHLY")
    assert [state(mid_month, at) for at in ("2026-11-20 15:00", "2026-11-21 15:00")] == ["open", "closed"]


@pytest.mark.parametrize(
    ("text", "days", "opens", "closes"),
    [
        ("Monday to Friday, 9am to 5pm", 5, "09:00", "17:00"),
        ("Every day, 12pm to 12am", 7, "12:00", "00:00"),
        ("Saturday to Monday 10.30am-4pm", 3, "10:30", "16:00"),
        ("Day and night, every day, by telephone and by text", 7, "00:00", "24:00"),
        ("24/7", 7, "00:00", "24:00"),
    ],
)
def test_plain_words_for_hours_are_read(text: str, days: int, opens: str, closes: str) -> None:
    (read,) = read_hours(text)
    assert (len(read.byday), read.opens_at, read.closes_at) == (days, opens, closes)


@pytest.mark.parametrize(
    "text",
    [
        "", "Weekdays; not the same every day", "Day and night when last described", "Monday to Friday, 13pm to 5pm",
        "Every day, but not through the night", "Monday to Friday, 9am to 5pm, Wednesdays later", "24/7 except Sundays",
    ],
)  # fmt: skip
def test_words_that_leave_a_doubt_are_not(text: str) -> None:
    assert read_hours(text) == ()


def test_holidays_come_from_the_calendars_of_a_pack() -> None:
    pack = pack_of("england-and-wales")
    days = holidays_of(pack, utc("2026-11-20 15:00"))
    assert days is not None
    assert date(2026, 12, 25) in days
    assert date(2026, 11, 20) not in days
    bare = Pack(id="x", name="x", language="en", timezone="UTC", hosts=())
    assert holidays_of(bare, utc("2026-11-20 15:00")) is None
