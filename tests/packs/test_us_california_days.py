"""The three sorts of days that count in California, and what is dangerous to get wrong there."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.support.packs import pack_of

from holdfast.law.clock import Either
from holdfast.law.clock_text import read

PACK = pack_of("us-california")
ZONE = ZoneInfo("America/Los_Angeles")

# As the superior courts of Calaveras and Mono counties publish them for 2026.
COURT_HOLIDAYS_2026 = {
    date.fromisoformat(f"2026-{day}")
    for day in [
        "01-01",
        "01-19",
        "02-12",
        "02-16",
        "03-31",
        "05-25",
        "06-19",
        "07-03",
        "09-07",
        "09-25",
        "11-11",
        "11-26",
        "11-27",
        "12-25",
    ]
}


def counts(calendar: str, day: date) -> bool:
    assert PACK.days is not None
    return PACK.days.counts(calendar, day.toordinal())


def last_day(limit: str, start: str) -> date:
    assert PACK.days is not None
    clock = read(limit)
    assert isinstance(clock, Either)
    return clock.end(datetime.fromisoformat(start).replace(tzinfo=ZONE), {}, PACK.days).astimezone(ZONE).date()


@pytest.mark.parametrize("calendar", ["court", "business"])
def test_courts_are_open_on_every_weekday_of_2026_that_is_not_on_the_published_lists(calendar: str) -> None:
    days = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
    wrong = [day for day in days if counts(calendar, day) != (day.weekday() < 5 and day not in COURT_HOLIDAYS_2026)]
    assert wrong == []


def test_native_american_day_took_the_place_of_columbus_day_in_2022() -> None:
    assert not counts("court", date(2021, 10, 11))
    assert counts("court", date(2022, 10, 10))
    assert not counts("court", date(2022, 9, 23))
    assert counts("court", date(2021, 9, 24))


def test_the_days_of_a_records_office_are_not_those_of_a_court() -> None:
    only_court = [date(2026, 2, 12), date(2026, 3, 31), date(2026, 9, 25), date(2026, 11, 27)]
    assert all(counts("working", day) and not counts("court", day) for day in only_court)
    assert not counts("working", date(2026, 11, 26))


@pytest.mark.parametrize(
    ("made", "ends"),
    [
        ("2026-05-02 22:20", date(2026, 5, 8)),  # a Saturday: five court days come first
        ("2026-02-11 02:00", date(2026, 2, 18)),  # two court holidays: seven days come first
        ("2026-05-23 23:00", date(2026, 5, 30)),  # ends on a Saturday, when no court is open
        ("2026-09-14 12:00", date(2026, 9, 21)),  # both on the same Monday
    ],
)
def test_an_emergency_order_ends_on_the_earlier_of_its_two_days(made: str, ends: date) -> None:
    order = next(one for one in PACK.orders if one.id == "epo")
    limit = next(one for one in PACK.limits if one.id == "ask-before-emergency-order-ends")
    at_most = order.lasts.at_most
    assert at_most
    assert [alternative.limit for alternative in limit.within] == [at_most]
    assert last_day(at_most, made) == ends


def test_only_judges_make_orders() -> None:
    assert [
        one.id for one in PACK.orders if "officer" in one.made_by.lower() and "judge" not in one.made_by.lower()
    ] == []
    assert {one.kind for one in PACK.orders} == {"order"}
    assert any(one.id == "promise-an-order" for one in PACK.prohibitions)


def test_no_key_is_a_code_for_help() -> None:
    silent = next(one for one in PACK.emergency if one.id == "emergency-silent")
    assert "55" not in silent.says
    assert "55" not in silent.short


def test_arrest_is_encouraged_for_a_crime_and_required_for_a_broken_order() -> None:
    kinds = {one.id: one.kind for one in PACK.policies}
    assert kinds["arrest"] == "encouraged"
    assert kinds["arrest-on-order-breach"] == "mandatory"
    assert kinds["report-every-call"] == "mandatory"


def test_at_least_twenty_duties_are_owed_by_an_agency_each_with_its_source() -> None:
    owed = {one.id for one in PACK.duties if not one.chases and one.owed_by != "survivor"}
    own = {one.id for one in PACK.duties if not one.chases and one.pack == "us-california"}
    assert len(owed) >= 20
    assert len(own) >= 20
    assert all(one.source.title and (one.source.link or one.authority == "our-standard") for one in PACK.duties)


def test_nobody_is_told_that_the_form_for_a_u_visa_need_not_be_signed() -> None:
    page = next(one for one in PACK.guide if one.id == "immigration")
    duty = next(one for one in PACK.duties if one.id == "answer-certification-request")
    assert "In California the law says that they must" in page.body
    assert [one.limit for one in duty.within] == ["30 days"]
    assert duty.authority == "statute"
