"""Illinois: orders at any hour, the report that goes to a prosecutor when nobody is arrested, and its court days."""

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import time

import pytest
from tests.support.packs import pack_of

from holdfast.law.clock_text import read as read_clock

PACK = pack_of("us-illinois")
DUTIES = {duty.id: duty for duty in PACK.duties}
ORDERS = {order.id: order for order in PACK.orders}
POLICIES = {policy.id: policy for policy in PACK.policies}
PAGES = {page.id: page for page in PACK.guide}


def moment(clock: str, day: date, hour: int) -> datetime:
    """When the clock ends, in local time, if it starts on the hour of the local day."""
    assert PACK.days is not None
    start = datetime.combine(day, time(hour), PACK.days.zone).astimezone(UTC)
    return PACK.days.local(read_clock(clock).end(start, None, PACK.days))


@pytest.mark.parametrize(
    ("day", "next_court_day"),
    [
        (date(2026, 2, 11), date(2026, 2, 13)),  # Lincoln's birthday
        (date(2026, 2, 27), date(2026, 3, 2)),  # Casimir Pulaski Day closes schools, not courts
        (date(2026, 11, 25), date(2026, 11, 30)),  # Thanksgiving and the Friday after it
        (date(2026, 11, 2), date(2026, 11, 4)),  # the general election
    ],
)
def test_court_days(day: date, next_court_day: date) -> None:
    assert moment("1 court day", day, 11).date() == next_court_day


def test_where_nobody_is_arrested_the_report_goes_to_the_prosecutor_since_2026() -> None:
    duty = DUTIES["send-report-when-no-arrest"]
    assert duty.in_force.from_ == "2026-01-01"
    assert [start.kind for start in duty.starts] == ["NotArrested"]
    assert duty.ends[0].fields == {"to": "prosecutor"}
    assert duty.within[0].limit == "as soon as practicable"  # the act names no time


def test_arrest_is_where_appropriate_and_never_said_to_be_certain() -> None:
    assert POLICIES["arrest"].kind == "encouraged"
    assert POLICIES["arrest-on-order-breach"].kind == "encouraged"
    assert "must arrest" not in POLICIES["arrest"].says + POLICIES["arrest-on-order-breach"].says
    assert POLICIES["arrest-under-eighteen"].in_force.from_ == "2026-01-01"


def test_police_may_not_lie_to_a_victim_about_the_evidence() -> None:
    rule = next(rule for rule in PACK.prohibitions if rule.id == "deceive-victim")
    assert rule.authority == "statute"
    assert "StatementTaken" in rule.at


def test_an_emergency_order_can_be_had_at_any_hour_and_only_from_a_judge() -> None:
    assert "at any hour" in DUTIES["hear-emergency-petition"].says
    assert (ORDERS["emergency-order"].lasts.at_least, ORDERS["emergency-order"].lasts.at_most) == ("14 days", "21 days")
    assert ORDERS["interim-order"].lasts.at_most == "30 days"
    assert ORDERS["plenary-order"].lasts.at_most == "2 years"
    assert not [order.id for order in PACK.orders if "olice" in order.made_by or "fficer" in order.made_by]
    assert "officers cannot make the order" in PAGES["orders"].answer


def test_an_order_is_entered_the_same_day_and_a_gun_warrant_is_carried_out_in_ninety_six_hours() -> None:
    night = date(2026, 7, 4)
    for duty in ("send-order-to-sheriff", "enter-order-for-police"):
        assert moment(DUTIES[duty].within[0].limit, night, 22).date() == night
    ends = moment(DUTIES["carry-out-gun-warrant"].within[0].limit, date(2026, 3, 6), 13)
    assert ends.isoformat(" ") == "2026-03-10 14:00:00-05:00"  # the clocks went forward on the 8th


def test_officers_give_their_name_and_badge_number_by_law() -> None:
    assert DUTIES["name-officers"].authority == "statute"
    assert "name and badge number" in DUTIES["name-officers"].says


def test_what_was_not_settled_is_told_to_nobody_and_the_page_promises_no_days() -> None:
    assert not DUTIES["decide-certification"].source.may_be_shown
    assert "{{duty:decide-certification}}" not in PAGES["immigration"].body
    assert "Nobody must sign" not in PAGES["immigration"].body
