"""Massachusetts: its court days, its orders by phone, and the keys that mean something else in other countries."""

from datetime import date
from datetime import datetime
from datetime import time

import pytest
from tests.support.packs import pack_of

from holdfast.law.clock_text import read as read_clock

PACK = pack_of("us-massachusetts")
DUTIES = {duty.id: duty for duty in PACK.duties}
PAGES = {page.id: page for page in PACK.guide}


def end(clock: str, start: date) -> date:
    assert PACK.days is not None
    found = read_clock(clock).end(datetime.combine(start, time(11), PACK.days.zone), None, PACK.days)
    return PACK.days.local(found).date()


@pytest.mark.parametrize(
    ("ordered", "heard_by"),
    [
        (date(2026, 4, 10), date(2026, 4, 27)),  # over Patriots' Day, Monday the 20th
        (date(2026, 4, 21), date(2026, 5, 5)),
        (date(2026, 6, 12), date(2026, 6, 29)),  # over Juneteenth, Friday the 19th
        (date(2026, 7, 2), date(2026, 7, 16)),  # Friday the 3rd counts: a Saturday's holiday is not moved here
        (date(2026, 12, 23), date(2027, 1, 8)),
    ],
)
def test_the_hearing_comes_within_ten_days_on_which_the_court_is_open(ordered: date, heard_by: date) -> None:
    assert [choice.limit for choice in DUTIES["hear-temporary-order"].within] == ["10 court days"]
    assert end("10 court days", ordered) == heard_by


def test_an_order_by_phone_before_a_long_weekend_goes_to_court_on_tuesday() -> None:
    limit = next(limit for limit in PACK.limits if limit.id == "go-to-court-after-emergency-order")
    assert end(limit.within[0].limit, date(2026, 4, 17)) == date(2026, 4, 21)


def test_four_is_yes_five_is_no_and_the_page_says_that_five_is_not_help() -> None:
    keys = {name: term.name for name, term in PACK.terms.items() if name.startswith("key-")}
    assert keys == {"key-police": "1", "key-fire": "2", "key-ambulance": "3", "key-yes": "4", "key-no": "5"}
    silent = next(route for route in PACK.emergency if route.id == "emergency-silent")
    assert "press 1 for police" in silent.short
    assert "4 is yes, 5 is no" in silent.short
    assert "key {{term:key-no}} means no" in PAGES["cannot-speak"].body
    assert "read-five-as-help" in {rule.id for rule in PACK.prohibitions}


def test_a_broken_order_means_arrest_and_other_abuse_only_prefers_it() -> None:
    kinds = {policy.id: (policy.kind, policy.authority) for policy in PACK.policies}
    assert kinds["arrest-on-order-breach"] == ("mandatory", "statute")
    assert kinds["arrest"] == ("preferred", "statute")


def test_the_state_says_its_own_words_in_place_of_what_it_inherits() -> None:
    assert [duty.pack for duty in PACK.duties if duty.id in ("tell-release", "answer-copy-request")] == [
        "us-massachusetts",
        "us-massachusetts",
    ]
    assert DUTIES["answer-copy-request"].authority == "statute"
    assert "free" in DUTIES["answer-copy-request"].says
    assert PACK.terms["prosecutor"].name == "district attorney"


def test_what_the_law_says_without_a_number_has_no_number() -> None:
    numbered = {
        duty.id for duty in PACK.duties if duty.pack == PACK.id and any(c.isdigit() for c in duty.within[0].limit)
    } - {duty.id for duty in PACK.duties if duty.chases}
    assert numbered == {"hear-temporary-order", "bring-emergency-order-to-court"}
