"""Powers in Ontario: each on the days on which it is law, and only where the record answers its part with yes."""

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

PACK = pack_of("ontario")
CHARGED = ("SuspectCharged", {"charges": ["assault by choking"]})


def stands(power: str, *given: tuple[str, dict[str, Any]], on: str) -> str | None:
    """How a power stands after these entries on a day; None when it is not offered at all."""
    then = datetime(2019, 1, 1, 12, tzinfo=UTC)
    listed = [("CaseOpened", {"pack": "ontario", "force": "opp"}), *given]
    entries = [
        Entry(number, kind, then, then, By("officer"), read_fields(KINDS[kind], fields))
        for number, (kind, fields) in enumerate(listed, 1)
    ]
    at = datetime.fromisoformat(f"{on}T17:00:00+00:00")  # about noon in Ontario
    return next((found.stands for found in powers(entries, PACK, at) if found.power.id == power), None)


def test_one_power_to_arrest_for_a_broken_release_gives_way_to_the_other() -> None:
    older, newer = "arrest-for-release-breach", "arrest-for-release-breach-2026"
    assert (stands(older, on="2026-07-14"), stands(newer, on="2026-07-14")) == ("if affirmed", None)
    assert (stands(older, on="2026-07-15"), stands(newer, on="2026-07-15")) == (None, "if affirmed")


def test_custody_after_strangling_needs_its_first_day_and_a_charge() -> None:
    name = "keep-in-custody-after-strangling"
    assert stands(name, CHARGED, on="2026-07-14") is None
    assert stands(name, CHARGED, on="2026-07-15") == "if affirmed"
    assert stands(name, on="2026-07-15") == "not met"


def test_custody_for_a_second_weapon_reads_the_years_of_its_own_day() -> None:
    """Five years by 2023, c. 30 from 4 January 2024; what 2026, c. 11 names from 15 July 2026."""
    older, newer = "keep-in-custody-weapon-again-2024", "keep-in-custody-weapon-again"
    assert stands(older, CHARGED, on="2024-01-03") is None
    assert stands(older, CHARGED, on="2024-01-04") == "if affirmed"
    assert (stands(older, CHARGED, on="2026-07-14"), stands(newer, CHARGED, on="2026-07-14")) == ("if affirmed", None)
    assert (stands(older, CHARGED, on="2026-07-15"), stands(newer, CHARGED, on="2026-07-15")) == (None, "if affirmed")


@pytest.mark.parametrize("on", ["2026-06-30", "2026-11-21", "2030-01-01"])
def test_what_is_enacted_and_not_known_to_be_law_is_never_offered(on: str) -> None:
    held = [power.id for power in PACK.powers if power.in_force.status != "in-force"]
    assert len(held) >= 6
    assert [name for name in held if stands(name, CHARGED, on=on)] == []


def test_no_arrest_rests_on_an_order_that_nobody_has_checked_for() -> None:
    name = "arrest-for-restraining-order-breach"
    assert stands(name, on="2026-11-21") == "not known"
    assert stands(name, ("OrderMade", {"order": "restraining-family"}), on="2026-11-21") == "if affirmed"
