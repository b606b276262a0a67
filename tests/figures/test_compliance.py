"""Each duty is in exactly one column, and what was late is not lost from sight."""

from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta

import pytest
from tests.casefile.writing import DETECTIVE
from tests.casefile.writing import ago
from tests.casefile.writing import new_case

from holdfast.casefile.append import append
from holdfast.casefile.models import DutyRow
from holdfast.figures.compliance import compliance
from holdfast.figures.compliance import in_all


def bail(case, days: float) -> int:
    ends = ago(days=-90).isoformat()
    return append(case, "BailGranted", {"ends_at": ends}, by=DETECTIVE, happened_at=ago(days=days)).number


def tell(case, about: int, days: float) -> None:
    told = {"what": ["bail"], "channel": "telephone"}
    append(case, "SurvivorTold", told, by=DETECTIVE, happened_at=ago(days=days), about=[about])


@pytest.fixture
def counted(database, small_pack):
    """Bail of which one was told in time, one late, one not yet, one never, one not safe to tell, one waived."""
    case = new_case(force="north")
    tell(case, bail(case, 40), 39.9)
    tell(case, bail(case, 40), 20)
    bail(case, 40)
    bail(case, 0.01)
    said = {"duty": "tell-bail", "reason": "He reads her post.", "second_person": "DS1"}
    said["try_again_on"] = str(ago(days=-30).date())
    append(case, "DutyUnsafe", said, by=DETECTIVE, happened_at=ago(days=39.9), about=[bail(case, 40)])
    append(case, "DutyWaived", said, by=DETECTIVE, happened_at=ago(days=39.9), about=[bail(case, 40)])
    return case


def the(rows):
    (found,) = [row for row in in_all(rows) if row.duty == "tell-bail"]
    return found


def test_each_duty_is_in_one_column(counted):
    row = the(compliance(at=datetime.now(UTC)))
    assert (row.kept, row.kept_late, row.overdue, row.open, row.unsafe, row.waived) == (1, 1, 1, 1, 1, 1)
    assert row.all == DutyRow.objects.count() == 6
    assert row.missed == 4  # kept late, overdue, and two decided on only after the limit, whatever day they were dated
    assert row.staff.startswith("Tell the survivor")


def test_what_is_open_now_is_overdue_later(counted):
    row = the(compliance(at=datetime.now(UTC) + timedelta(days=10)))
    assert (row.open, row.overdue, row.missed) == (0, 2, 5)


def test_a_duty_that_was_late_and_fell_away_is_still_missed(database, small_pack):
    case = new_case()
    bail(case, 40)
    bail(case, 0.01)
    append(case, "SurvivorDied", {}, by=DETECTIVE, happened_at=ago(minutes=1))
    row = the(compliance(at=datetime.now(UTC)))
    assert (row.lapsed, row.open, row.overdue, row.missed) == (2, 0, 0, 1)


def test_rows_are_by_place_and_month(counted):
    other = new_case(force="south")
    bail(other, 40)
    rows = compliance(at=datetime.now(UTC))
    assert {row.force for row in rows} == {"north", "south"}
    assert all(len(row.period) == 7 for row in rows)
    month = ago(days=40).strftime("%Y-%m")
    assert sum(row.all for row in rows if row.period == month and row.force == "south") == 1


def test_a_period_counts_what_started_in_it(counted):
    now = datetime.now(UTC)
    lately = (now - timedelta(days=5)).date()
    assert the(compliance(at=now, since=lately)).all == 1
    assert the(compliance(at=now, until=lately)).all == 5
    assert compliance(at=now, until=date(2000, 1, 1)) == ()


def test_invented_cases_are_counted_only_when_asked_for(database, small_pack):
    bail(new_case(invented="yes"), 1)
    assert compliance(at=datetime.now(UTC)) == ()
    assert the(compliance(at=datetime.now(UTC), invented=True)).all == 1
