"""What changes in a place's law between two days, from the dates of its pack."""

from datetime import date

import msgspec
import pytest

from holdfast.law.changes import changes
from holdfast.law.changes import not_in_force
from holdfast.law.data import InForce
from holdfast.law.pack import Duty
from holdfast.law.pack import Pack

MARCH, APRIL = date(2026, 3, 31), date(2026, 4, 1)


def version(pack: Pack, **in_force: str) -> Duty:
    dated = msgspec.convert({"from": "not stated", **in_force}, InForce)
    return msgspec.structs.replace(pack.duties[0], id="one", in_force=dated)


@pytest.fixture
def with_duties(testland: Pack):
    def made(*duties: Duty) -> Pack:
        return msgspec.structs.replace(
            testland, duties=duties, limits=(), powers=(), policies=(), orders=(), instruments=(), prohibitions=()
        )

    return made


def test_a_law_begins_on_its_first_day_and_ends_on_the_day_after_its_last(testland, with_duties):
    place = with_duties(version(testland, **{"from": "2026-04-01", "until": "2026-04-30"}))
    assert [(one.day, one.how) for one in changes(place, MARCH, date(2027, 1, 1))] == [
        (APRIL, "begins"),
        (date(2026, 5, 1), "ends"),
    ]
    assert changes(place, APRIL, date(2026, 4, 30)) == []


def test_a_version_that_follows_at_once_is_a_change_and_says_what_differs(testland, with_duties):
    old = version(testland, **{"from": "2021-04-01", "until": "2026-03-31"})
    new = msgspec.structs.replace(
        version(testland, **{"from": "2026-04-01"}), within=(msgspec.structs.replace(old.within[0], limit="9 hours"),)
    )
    (found,) = changes(with_duties(old, new), MARCH, APRIL)
    assert (found.day, found.how) == (APRIL, "changes")
    assert found.differences == (("within", old.within[0].limit, "9 hours"),)


def test_a_gap_between_versions_is_an_end_and_a_beginning(testland, with_duties):
    old = version(testland, **{"from": "2021-04-01", "until": "2026-03-30"})
    new = version(testland, **{"from": "2026-04-02"})
    found = changes(with_duties(old, new), date(2026, 3, 1), date(2026, 5, 1))
    assert [(one.day, one.how) for one in found] == [(MARCH, "ends"), (date(2026, 4, 2), "begins")]


def test_what_is_not_known_after_a_day_is_not_called_an_end(testland, with_duties):
    place = with_duties(version(testland, **{"from": "2021-04-01", "until": "2026-03-31", "then": "unknown"}))
    assert [one.how for one in changes(place, MARCH, APRIL)] == ["not known after"]


def test_practice_without_a_first_day_changes_nothing(testland, with_duties):
    assert changes(with_duties(version(testland)), date(2000, 1, 1), date(2100, 1, 1)) == []


@pytest.mark.parametrize("status", ["commencement-unknown", "never-commenced"])
def test_what_is_enacted_and_has_no_known_first_day_is_never_left_out(status, testland, with_duties):
    place = with_duties(version(testland, status=status))
    assert changes(place, date(2000, 1, 1), date(2100, 1, 1)) == []
    assert [(one.day, one.status) for one in not_in_force(place, MARCH)] == [(None, status)]


def test_a_law_to_come_has_its_day_and_waits(testland, with_duties):
    place = with_duties(version(testland, **{"from": "2026-04-01", "status": "prospective"}))
    assert [(one.day, one.how) for one in not_in_force(place, MARCH)] == [(APRIL, "not in force yet")]


def test_what_rests_on_an_unread_source_may_not_be_shown(testland, with_duties):
    unread = msgspec.structs.replace(testland.duties[0].source, confidence="unverified")
    duty = msgspec.structs.replace(version(testland, **{"from": "2026-04-01"}), source=unread)
    assert [one.may_be_shown for one in changes(with_duties(duty), MARCH, APRIL)] == [False]
