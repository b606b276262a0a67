"""The published examples of counting time for courts (samples/date-math), each under the calendar of its own rule.

The rule itself is quoted beside each: what a place's pack writes as a limit is the third column.
"""

import json
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from pathlib import Path

import pytest

from holdfast.law.calendars import Calendar
from holdfast.law.calendars import Days
from holdfast.law.calendars import PublicHolidays
from holdfast.law.clock_text import ClockFault
from holdfast.law.clock_text import calendars_of
from holdfast.law.clock_text import read

SAMPLES = Path(__file__).parents[1] / "samples" / "date-math" / "court_time_vectors.json"
EVERY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MON_TO_FRI = EVERY[:5]
SPAN = {"from_": "2005-01-01", "until": "2027-12-31"}
# Easter Monday is a holiday by section 35 of the Interpretation Act, and in no provincial list.
EASTER_MONDAYS = ("2012-04-09", "2013-04-01", "2021-04-05", "2022-04-18")


def recess() -> tuple[str, ...]:
    """The seasonal recess of the Federal Courts Rules, rule 2: 21 December to 7 January, both days included."""
    days = []
    for year in range(2011, 2023):
        day = date(year, 12, 21)
        while day <= date(year + 1, 1, 7):
            days.append(day.isoformat())
            day += timedelta(days=1)
    return tuple(days)


RULES = {
    "CA-Federal-Courts-Rules r.6 + Interpretation Act ss.26-29 (Guideline)": (
        "America/Toronto",
        {
            "outside-recess": Calendar(weekdays=EVERY, remove=recess(), **SPAN),
            "court": Calendar(
                weekdays=MON_TO_FRI, holidays=PublicHolidays("CA"), remove=(*EASTER_MONDAYS, *recess()), **SPAN
            ),
        },
    ),
    "EW-CPR-2.8": (
        "Europe/London",
        {"court": Calendar(weekdays=MON_TO_FRI, holidays=PublicHolidays("GB", "ENG"), **SPAN)},
    ),
    "TT-CPR-2.8": ("America/Port_of_Spain", {}),
    "US-FRCP-6a1": (
        "America/New_York",
        {"court": Calendar(weekdays=MON_TO_FRI, holidays=PublicHolidays("US"), **SPAN)},
    ),
}


def limit(vector: dict) -> str:
    """How a pack writes it. Under seven days (Canada) or five and under (England) only court days count."""
    number, direction, rule = vector["days"], vector["direction"], vector["rule"]
    if direction == "after-clear-earliest-event":
        return f"{number} clear days"
    if direction == "before-event-clear":
        return f"{number} clear court days before entry.hearing_at"
    if direction == "not-more-than-before-clear":
        return f"{number} clear days before entry.hearing_at"
    if rule.startswith("CA"):
        return f"{number} court days" if number < 7 else f"{number} outside-recess days, or the next court day"
    return f"{number} days, or the next court day"


class Hearing:
    """The field of an entry that a limit before something reads."""

    def __init__(self, day: date):
        self.hearing_at = day


VECTORS = json.loads(SAMPLES.read_text())


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: f"{vector['rule'][:6]} {vector['name'][:40]}")
def test_a_published_example_comes_out_as_published(vector: dict) -> None:
    zone, calendars = RULES[vector["rule"]]
    days = Days(zone, calendars)
    clock = read(limit(vector))
    assert calendars_of(clock) <= set(calendars)
    start = datetime.fromisoformat(f"{vector.get('from', vector.get('event'))} 12:00").replace(tzinfo=UTC)
    fields = Hearing(date.fromisoformat(vector["event"])) if "event" in vector else None
    end = days.local(clock.end(start, fields, days))
    assert end.date().isoformat() == vector["expect"], clock.working(start, fields, days)


def test_a_limit_that_ends_on_a_holiday_says_that_it_moved() -> None:
    zone, calendars = RULES["US-FRCP-6a1"]
    days = Days(zone, calendars)
    start = datetime(2007, 8, 2, 12, tzinfo=UTC)
    assert read("30 days, or the next court day").working(start, None, days)[-1] == (
        "Sat 1 Sep 2007 is no court day, so it moves on: ends Tue 4 Sep 2007 23:59:59"
    )
    assert len(read("29 days, or the next court day").working(start, None, days)) == 2


def test_it_is_said_to_a_reader_in_one_sentence() -> None:
    assert (
        read("30 days, or the next court day").words() == "within 30 days, or by the next court day where that is none"
    )
    assert read("3 clear court days").words() == "within 3 clear court days"


@pytest.mark.parametrize("text", ["4 hours, or the next court day", "5 clear hours", "2 clear months", "clear days"])
def test_what_no_rule_says_is_refused(text: str) -> None:
    with pytest.raises(ClockFault):
        read(text)
