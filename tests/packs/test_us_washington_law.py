"""Washington: its judicial days, the arrest that is the law, and what must reach the survivor."""

from datetime import date
from datetime import datetime
from datetime import time

import pytest
from tests.support.packs import pack_of

from holdfast.law.clock_text import read as read_clock

PACK = pack_of("us-washington")
DUTIES = {duty.id: duty for duty in PACK.duties}
ORDERS = {order.id: order for order in PACK.orders}
POLICIES = {policy.id: policy for policy in PACK.policies}
PAGES = {page.id: page for page in PACK.guide}


def end(clock: str, start: date) -> date:
    assert PACK.days is not None
    found = read_clock(clock).end(datetime.combine(start, time(11), PACK.days.zone), None, PACK.days)
    return PACK.days.local(found).date()


@pytest.mark.parametrize(
    ("arrested", "in_court_by"),
    [
        (date(2026, 10, 9), date(2026, 10, 12)),  # Columbus Day is no holiday of the state
        (date(2026, 11, 10), date(2026, 11, 12)),  # over Veterans Day
        (date(2026, 11, 25), date(2026, 11, 30)),  # over Thanksgiving and the Friday after it
        (date(2026, 7, 2), date(2026, 7, 6)),  # the Fourth is kept on Friday the 3rd
        (date(2021, 6, 17), date(2021, 6, 18)),  # Juneteenth became a holiday of the state in 2022
        (date(2022, 6, 17), date(2022, 6, 21)),
    ],
)
def test_the_first_hearing_is_on_the_next_judicial_day(arrested: date, in_court_by: date) -> None:
    assert [choice.limit for choice in DUTIES["court-next-judicial-day"].within] == ["1 court day"]
    assert end("1 court day", arrested) == in_court_by


def test_an_arrest_is_the_law_for_an_adult_and_a_choice_for_somebody_younger() -> None:
    assert (POLICIES["arrest"].kind, POLICIES["arrest"].authority) == ("mandatory", "statute")
    assert POLICIES["arrest-under-eighteen"].kind == "discretionary"
    assert "eighteen" in POLICIES["arrest"].unless
    assert "{{term:recent-assault}}" in PAGES["the-other-person"].body
    assert PACK.terms["recent-assault"].name == "the last four hours"


def test_a_broken_order_means_arrest_and_two_who_are_hurt_do_not_mean_two_arrests() -> None:
    assert POLICIES["arrest-on-order-breach"].kind == "mandatory"
    assert "need not arrest both" in POLICIES["both-hurt"].says
    assert DUTIES["decide-primary-aggressor"].ends[0].kind == "AggressorIdentified"


def test_officers_ask_about_guns_without_asking_for_the_survivors_own() -> None:
    assert "not asking you to give up your own" in DUTIES["ask-about-guns"].says
    assert PACK.terms["gun-hold"].name == "five business days"


@pytest.mark.parametrize(
    ("duty", "limit"),
    [
        ("send-report-to-prosecutor", "10 days"),
        ("tell-charge-decision", "5 days"),
        ("tell-no-charge-and-options", "5 days"),
        ("first-attempt-to-serve", "5 days"),
        ("tell-not-served", "10 days"),
        ("hold-full-hearing", "14 days"),
    ],
)
def test_the_days_of_the_code(duty: str, limit: str) -> None:
    assert [choice.limit for choice in DUTIES[duty].within] == [limit]
    assert DUTIES[duty].authority == "statute"


def test_a_visa_form_is_owed_sooner_in_removal_proceedings_and_no_page_says_that_nobody_must_sign() -> None:
    assert [choice.limit for choice in DUTIES["answer-certification-request"].within] == ["14 days", "90 days"]
    assert "Nobody must sign" not in PAGES["immigration"].body


def test_no_order_is_made_by_the_police() -> None:
    assert not [
        order.id for order in PACK.orders if "olice" in order.made_by.split(";")[0] or "fficer" in order.made_by
    ]
    assert "officers cannot make the order" in PAGES["orders"].answer
    assert ORDERS["dvpo-temporary"].lasts.at_most == "14 days"
    assert ORDERS["no-contact-before-trial"].lasts.words.endswith("72 hours if no charge is filed")
