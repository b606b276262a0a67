"""An order that somebody showed is never 'none': it stands at the head of the case with its doubt."""

from datetime import UTC
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from tests.support.packs import pack_of
from tests.support.told import entry

from holdfast.doors.desk.in_force import in_force
from holdfast.record.entry import Entry

ZONE = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def pack():
    return pack_of("england-and-wales")


def shown(number: int, in_force: str = "not_known") -> Entry:
    return entry(number, "OrderShown", f"2026-11-0{number} 10:00", order="non-molestation", in_force=in_force)


def test_an_order_that_was_shown_stands_with_its_doubt(pack):
    [order] = in_force([shown(1)], ZONE, pack, NOW)
    assert "olestation" in order.name
    assert order.doubt == "shown; nobody has checked it yet"


def test_a_reported_breach_shows_the_order_that_nobody_recorded(pack):
    [order] = in_force([entry(1, "OrderBreached", "2026-11-01 10:00", order="non-molestation")], ZONE, pack, NOW)
    assert "nobody has checked" in order.doubt


def test_checked_and_in_force_takes_the_doubt_away_and_a_later_breach_does_not_bring_it_back(pack):
    breach = entry(3, "OrderBreached", "2026-11-03 10:00", order="non-molestation")
    [order] = in_force([shown(1), shown(2, "yes"), breach], ZONE, pack, NOW)
    assert order.doubt == "shown, and checked: in force"


def test_checked_and_not_in_force_it_is_gone(pack):
    assert in_force([shown(1), shown(2, "no")], ZONE, pack, NOW) == ()


def test_an_order_that_a_court_made_here_is_not_shown_twice(pack):
    made = entry(1, "OrderMade", "2026-11-01 09:00", order="non-molestation", until_further_order="yes")
    [order] = in_force([made, shown(2)], ZONE, pack, NOW)
    assert order.doubt == ""
