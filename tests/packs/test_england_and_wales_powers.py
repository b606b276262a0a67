"""Powers and orders of England and Wales: a power is offered only where the record answers its part with yes."""

from datetime import UTC
from datetime import datetime
from typing import Any

import pytest
from tests.support.packs import pack_of

from holdfast.duties.powers import powers
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

PACK = pack_of("england-and-wales")
BAILED = ("BailGranted", {"ends_at": "2026-06-06T23:59:59+01:00"})
CHARGED = ("SuspectCharged", {"charges": ["Assault by beating"], "held": "on_bail"})


def stands(power: str, *given: tuple[str, dict[str, Any]], on: str = "2026-03-20", force: str = "kent") -> str | None:
    """How a power stands after these entries on a day; None when it is not offered at all."""
    then = datetime(2026, 3, 1, 12, tzinfo=UTC)
    listed = [("CaseOpened", {"pack": "england-and-wales", "force": force}), *given]
    entries = [
        Entry(number, kind, then, then, By("officer"), read_fields(KINDS[kind], fields))
        for number, (kind, fields) in enumerate(listed, 1)
    ]
    at = datetime.fromisoformat(f"{on}T12:00:00+00:00")
    return next((found.stands for found in powers(entries, PACK, at) if found.power.id == power), None)


def test_arrest_for_breaking_police_bail_needs_bail_and_no_charge() -> None:
    assert stands("arrest-for-police-bail-breach", BAILED) == "if affirmed"
    assert stands("arrest-for-police-bail-breach") == "not met"
    assert stands("arrest-for-police-bail-breach", BAILED, CHARGED) == "not met"


def test_arrest_for_breaking_court_bail_needs_a_charge() -> None:
    assert stands("arrest-for-court-bail-breach", CHARGED) == "if affirmed"
    assert stands("arrest-for-court-bail-breach", BAILED) == "not met"


def test_an_order_that_nobody_has_checked_for_is_not_known_and_no_arrest_rests_on_it() -> None:
    assert stands("arrest-for-non-molestation-breach") == "not known"
    assert stands("arrest-for-non-molestation-breach", ("OrderMade", {"order": "non-molestation"})) == "if affirmed"


def test_saving_life_needs_only_what_the_officer_affirms() -> None:
    assert stands("entry-life-and-limb") == "if affirmed"


def test_the_newer_notice_is_not_offered_after_the_last_known_day_of_its_pilot() -> None:
    connected = ("FactEstablished", {"fact": "personally_connected", "is_so": "yes"})
    assert stands("give-dapn", connected, on="2026-03-31", force="greater-manchester") == "if affirmed"
    assert stands("give-dapn", connected, on="2026-04-01", force="greater-manchester") is None


def test_the_newer_notice_is_offered_only_where_the_pilot_ran_and_is_not_known_while_the_force_is() -> None:
    connected = ("FactEstablished", {"fact": "personally_connected", "is_so": "yes"})
    assert stands("give-dapn", connected, force="kent") is None
    assert stands("give-dapn", connected, force="") == "not known"


@pytest.mark.parametrize("order", [order for order in PACK.orders if order.breach.offence], ids=lambda order: order.id)
def test_an_order_whose_breach_is_an_offence_says_its_maximum(order: Any) -> None:
    assert order.breach.maximum
    assert order.breach.arrest


def test_a_warning_letter_is_held_as_having_no_force() -> None:
    warning = next(order for order in PACK.orders if order.kind == "warning")
    assert warning.breach.arrest is False
    assert warning.breach.offence is False
