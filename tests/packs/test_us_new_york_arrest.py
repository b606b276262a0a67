"""What is dangerous to get wrong in New York: asking about an arrest, the copy on the spot, courts and their days."""

from datetime import date
from datetime import timedelta

import pytest
from tests.support.packs import pack_of

PACK = pack_of("us-new-york")
DUTIES = {one.id: one for one in PACK.duties}

# As the state's courts publish them for 2024 (New York City Housing Court, terms and holidays).
COURT_HOLIDAYS_2024 = {
    date.fromisoformat(f"2024-{day}")
    for day in (
        *("01-01", "01-15", "02-12", "02-19", "05-27", "06-19", "07-04"),
        *("09-02", "10-14", "11-05", "11-11", "11-28", "12-25"),
    )
}


def counts(calendar: str, day: date) -> bool:
    assert PACK.days is not None
    return PACK.days.counts(calendar, day.toordinal())


def test_officers_must_not_ask_whether_an_arrest_is_wanted() -> None:
    policy = next(one for one in PACK.policies if one.about == "asking")
    assert policy.kind == "forbidden"
    rule = next(one for one in PACK.prohibitions if one.id == "ask-whether-arrest-is-wanted")
    assert rule.authority == "statute"
    assert {"FirstAccountTaken", "CrimeReported", "SuspectArrested", "NotArrested"} <= set(rule.at)


def test_the_public_is_told_so_wherever_an_arrest_is_spoken_of() -> None:
    pages = [page.id for page in PACK.guide if "{{policy:arrest}}" in page.body]
    silent = [page.id for page in PACK.guide if page.id in pages and "{{policy:asking}}" not in page.body]
    assert "the-other-person" in pages
    assert silent == []


def test_no_duty_tells_staff_to_ask_about_an_arrest() -> None:
    asked = [one.id for one in PACK.duties if "ask" in one.staff.lower() and "want an arrest" in one.staff.lower()]
    assert asked == []
    assert "Never ask" in DUTIES["decide-on-arrest"].staff


def test_arrest_is_mandatory_for_a_crime_in_the_family_and_for_a_broken_order() -> None:
    kinds = {one.id: one.kind for one in PACK.policies}
    assert kinds["arrest"] == "mandatory"
    assert kinds["arrest-on-order-breach"] == "mandatory"
    assert kinds["both-hurt"] == "preferred"
    assert "unasked" in next(one for one in PACK.policies if one.id == "arrest").unless


def test_the_copy_of_the_report_is_given_on_the_spot() -> None:
    copy = DUTIES["give-incident-report-copy"]
    assert [one.limit for one in copy.within] == ["at once"]
    assert copy.owed_by == "officer"


def test_only_courts_make_orders_and_family_court_needs_no_charge() -> None:
    own = [one for one in PACK.orders if one.pack == "us-new-york"]
    assert all("court" in one.made_by.lower() for one in own)
    assert {one.id for one in own if "survivor" in one.asked_for_by} >= {"family-temporary", "family-final"}


def test_an_order_of_a_local_court_reaches_the_family_court_within_four_days() -> None:
    assert [one.limit for one in DUTIES["bring-emergency-order-to-family-court"].within] == ["4 days"]
    assert next(one for one in PACK.orders if one.id == "local-emergency").lasts.at_most == "4 days"


def test_courts_are_open_on_every_weekday_of_2024_that_is_not_on_the_published_list() -> None:
    days = [date(2024, 1, 1) + timedelta(days=number) for number in range(366)]
    wrong = [day for day in days if counts("court", day) != (day.weekday() < 5 and day not in COURT_HOLIDAYS_2024)]
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "is_counted"),
    [
        (date(2026, 2, 12), False),  # Lincoln's Birthday
        (date(2026, 11, 3), False),  # general election
        (date(2026, 7, 3), True),  # the Friday before Independence Day on a Saturday
        (date(2028, 2, 11), True),  # the Friday before Lincoln's Birthday on a Saturday
    ],
)
def test_the_courts_own_holidays(day: date, is_counted: bool) -> None:
    assert counts("court", day) is is_counted


def test_no_key_is_a_code_for_help() -> None:
    silent = next(one for one in PACK.emergency if one.id == "emergency-silent")
    assert "55" not in silent.says + silent.short


def test_at_least_twenty_duties_are_owed_by_an_agency_counted_once() -> None:
    owed = {one.id for one in PACK.duties if not one.chases and one.owed_by != "survivor"}
    assert len(owed) >= 20
    assert len({one.id for one in PACK.duties if not one.chases and one.pack == "us-new-york"}) >= 15
