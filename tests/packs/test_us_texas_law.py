"""Texas: its business days, the orders of magistrates and judges, and an arrest that officers need not make."""

from datetime import date
from datetime import datetime
from datetime import time
from pathlib import Path

import pytest
from tests.support.packs import pack_of

from holdfast.law.clock_text import read as read_clock

FOLDER = Path(__file__).parents[2] / "packs" / "us-texas"
PACK = pack_of("us-texas")
DUTIES = {duty.id: duty for duty in PACK.duties}
ORDERS = {order.id: order for order in PACK.orders}
POLICIES = {policy.id: policy for policy in PACK.policies}
PAGES = {page.id: page for page in PACK.guide}


def end(clock: str, start: date) -> date:
    assert PACK.days is not None
    found = read_clock(clock).end(datetime.combine(start, time(11), PACK.days.zone), None, PACK.days)
    return PACK.days.local(found).date()


@pytest.mark.parametrize(
    ("made", "sent_by"),
    [
        (date(2026, 12, 23), date(2026, 12, 28)),  # the 24th, 25th and 26th are holidays of the state
        (date(2026, 11, 25), date(2026, 11, 30)),
        (date(2026, 4, 20), date(2026, 4, 22)),  # over San Jacinto Day
        (date(2026, 4, 2), date(2026, 4, 3)),  # Good Friday is only a day that an employee may choose
        (date(2026, 7, 2), date(2026, 7, 3)),  # Texas does not move a holiday that falls on a Saturday
        (date(2026, 10, 9), date(2026, 10, 12)),  # nor keeps Columbus Day
        (date(2027, 3, 1), date(2027, 3, 3)),  # over Independence Day of Texas
    ],
)
def test_an_order_goes_to_the_police_on_the_next_business_day(made: date, sent_by: date) -> None:
    assert [choice.limit for choice in DUTIES["send-order-to-police"].within] == ["1 working day"]
    assert end("1 working day", made) == sent_by


def test_officers_may_arrest_for_violence_and_must_where_they_see_an_order_broken() -> None:
    assert POLICIES["arrest"].kind == "discretionary"
    assert "does not make them" in POLICIES["arrest"].says
    assert POLICIES["arrest-on-order-breach"].kind == "mandatory"
    assert POLICIES["arrest-on-order-breach"].unless == "They did not see it themselves."


def test_a_magistrate_makes_the_emergency_order_and_the_guide_says_that_it_ends_by_itself() -> None:
    order = ORDERS["magistrates-emergency-order"]
    assert order.made_by.startswith("A magistrate")
    assert order.lasts.words.startswith("31 to 61 days; 61 to 91 days")
    assert "ends by itself" in PAGES["bail"].body
    assert "{{can:apply-before-emergency-order-ends}}" in PAGES["orders"].body


def test_no_order_is_made_by_the_police() -> None:
    assert not [order.id for order in PACK.orders if "olice" in order.made_by or "fficer" in order.made_by]
    assert "officers can ask but cannot make the order" in PAGES["orders"].answer


def test_the_notice_is_in_english_and_spanish_and_the_report_is_the_law() -> None:
    assert "English and Spanish" in DUTIES["give-family-violence-notice"].says
    assert POLICIES["reporting"].kind == "mandatory"
    assert DUTIES["write-report"].authority == "statute"


def test_only_a_foster_home_is_reported_and_only_a_serving_suspect_to_the_base() -> None:
    assert DUTIES["report-foster-home"].starts[0].fields == {"foster_home": "yes"}
    assert [choice.limit for choice in DUTIES["report-foster-home"].within] == ["24 hours"]
    assert DUTIES["tell-armed-forces"].starts[0].fields == {"party": "suspect", "in_armed_forces": "yes"}


def test_the_formal_charge_is_told_by_the_tenth_day_and_ex_parte_orders_last_twenty() -> None:
    assert end(DUTIES["tell-of-charge"].within[0].limit, date(2026, 4, 20)) == date(2026, 4, 30)
    assert ORDERS["temporary-ex-parte"].lasts.at_most == "20 days"
    assert end(DUTIES["hear-protective-order"].within[0].limit, date(2026, 12, 15)) == date(2026, 12, 29)


def test_what_was_not_read_again_is_told_to_nobody() -> None:
    hidden = {
        duty.id for duty in PACK.duties if duty.pack == PACK.id and not duty.source.may_be_shown and not duty.chases
    }
    assert hidden == {"copy-of-emergency-order", "give-report-information", "notify-emergency-order"}


def test_the_pack_says_that_el_paso_keeps_another_time() -> None:
    assert PACK.timezone == "America/Chicago"
    assert "El Paso and Hudspeth counties keep Mountain time" in (FOLDER / "pack.yaml").read_text(encoding="utf-8")
