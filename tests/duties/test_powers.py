"""Powers: a power needs true; unknown is not enough, and what only the officer can know they affirm."""

import pytest
from tests.support.told import entry
from tests.support.told import local

from holdfast.duties.powers import powers
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry

OPENED_NORTH = entry(1, "CaseOpened", "2026-03-01 10:00", pack="testland", force="north")
OPENED_SOUTH = entry(1, "CaseOpened", "2026-03-01 10:00", pack="testland", force="south")
OPENED = entry(1, "CaseOpened", "2026-03-01 10:00", pack="testland")
BAILED = entry(2, "BailGranted", "2026-03-02 10:00", ends_at="2026-06-05T22:59:59Z")


def standing(pack: Pack, power: str, at: str, *entries: Entry) -> str | None:
    return next((item.stands for item in powers(entries, pack, local(at)) if item.power.id == power), None)


def test_what_the_record_answers_and_what_the_officer_affirms(testland: Pack) -> None:
    assert standing(testland, "arrest-on-bail", "2026-03-03 10:00", OPENED) == "not met"
    assert standing(testland, "arrest-on-bail", "2026-03-03 10:00", OPENED, BAILED) == "if affirmed"


@pytest.mark.parametrize(("certificate", "stands"), [("yes", "met"), ("no", "not met"), ("not_known", "not known")])
def test_unknown_is_not_enough(testland: Pack, certificate: str, stands: str) -> None:
    checked = entry(2, "FirearmsChecked", "2026-03-02 10:00", certificate=certificate)
    assert standing(testland, "check-firearms", "2026-03-03 10:00", OPENED_NORTH, checked) == stands


def test_a_power_of_one_place_is_not_assumed_in_another_or_in_an_unknown_one(
    testland: Pack,
) -> None:
    checked = entry(2, "FirearmsChecked", "2026-03-02 10:00", certificate="yes")
    assert standing(testland, "check-firearms", "2026-03-03 10:00", OPENED_SOUTH, checked) is None
    assert standing(testland, "check-firearms", "2026-03-03 10:00", OPENED, checked) == "not known"


def test_a_power_is_offered_only_on_days_when_it_is_law(testland: Pack) -> None:
    assert standing(testland, "check-firearms", "2026-06-30 23:00", OPENED_NORTH) is not None
    assert standing(testland, "check-firearms", "2026-07-01 01:00", OPENED_NORTH) is None
    assert standing(testland, "arrest-on-bail", "2022-10-27 12:00", OPENED) is None
