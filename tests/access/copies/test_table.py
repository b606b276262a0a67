"""The table of what a copy may hold: closed, and with a row for every kind and field there is."""

from datetime import UTC
from datetime import datetime

import pytest

from holdfast.access.copies.table import given_of
from holdfast.access.copies.table import rows
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS
from holdfast.record.value import declared
from holdfast.record.value import holds

NOW = datetime(2026, 11, 21, tzinfo=UTC)


def entry(kind: str, **fields: object) -> Entry:
    return Entry(1, kind, NOW, NOW, By("officer", "PC1"), read_fields(KINDS[kind], fields), None, ())


def test_every_kind_and_every_field_has_a_row_and_nothing_else_has():
    assert rows().keys() == KINDS.keys()
    for kind, row in rows().items():
        assert row.fields | row.left_out == declared(KINDS[kind]).keys(), kind
        assert not row.fields & row.left_out, kind


def test_no_address_number_place_or_staff_name_is_given_by_any_row():
    given = {
        f"{kind}.{name}": holds(declared(KINDS[kind])[name].type) for kind, row in rows().items() for name in row.fields
    }
    assert {name: what for name, what in given.items() if what in ("place", "phone", "staff")} == {}
    assert {name for name, what in given.items() if what == "name"} == {"PersonNamed.name"}
    assert {name for name, what in given.items() if what in ("latitude", "longitude", "metres")} == set()


@pytest.mark.parametrize(
    "kind",
    ["WitnessFound", "ChildSeen", "ShelterFound", "SupportReferred", "HistoryChecked", "SuspectInterviewed",
     "SecondWordsAgreed", "SecondWordsUsed", "ContactAgreed", "SafetyPlanMade", "ConferenceListed", "MarkerPlaced",
     "StaffConnectionFound", "UnusualOpeningFound", "SupporterNamed", "DutyUnsafe"],
)  # fmt: skip
def test_what_would_endanger_somebody_is_not_even_told_of(kind):
    assert not rows()[kind].given


@pytest.mark.parametrize("party", ["suspect", "child", "witness", "caller", "other", *UNKNOWN])
def test_nobody_but_the_survivor_is_named(party):
    assert given_of(entry("PersonNamed", party=party, name="Ada")) is None
    assert "name" in (given_of(entry("PersonNamed", party="survivor", name="Ada")) or ())
