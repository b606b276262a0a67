"""What is owed because somebody holds the file: the same in every place, and little of it is read by the survivor."""

from datetime import date
from datetime import timedelta
from typing import Any

import pytest
from tests.support.packs import PACKS
from tests.support.packs import PLACES
from tests.support.packs import pack_of
from tests.support.told import entry
from tests.support.told import local

from holdfast.duties.owed import owed
from holdfast.duties.steps import steps
from holdfast.law.language_files import tags_of
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry

MONDAY = "2026-03-16 11:00"  # no public holiday of any of these places lies in the week after it

# What happens; which duty it starts; who owes it; how long after that Monday morning somebody is rung.
STARTED: list[tuple[str, dict[str, Any], str, str, timedelta | date]] = [
    ("FileOpenedInEmergency", {"reason": "x"}, "review-emergency-opening", "supervisor", timedelta(days=1)),
    ("UnusualOpeningFound", {"pattern": "same_surname", "staff": "P1"}, "look-into-unusual-opening", "supervisor",
     timedelta(days=2)),
    ("OpeningQuestioned", {}, "explain-opening", "supervisor", timedelta(days=7)),
    ("SecondWordsUsed", {}, "check-on-survivor-quietly", "safeguarding_officer", timedelta(minutes=15)),
    ("WrongWordsTried", {"tries": 9}, "act-on-wrong-words", "safeguarding_officer", timedelta(days=1)),
    ("RecordingKept", {"held_until": "2026-03-20"}, "take-in-recording", "investigator", date(2026, 3, 19)),
    ("LinkProposed", {"to_case": "x", "why": "same_suspect"}, "answer-proposed-link", "safeguarding_officer",
     timedelta(days=1)),
    ("LaterPicturesAgreed", {"on": "2026-03-18T22:00:00Z"}, "photograph-again", "investigator", timedelta(days=2)),
]  # fmt: skip
NO_SECRET = {"RecordingKept", "LaterPicturesAgreed"}  # done in the open: it may be the newest that the page tells of
SHOWN = {"explain-opening", "photograph-again"}


@pytest.fixture(scope="module", params=PLACES)
def place(request: pytest.FixtureRequest) -> Pack:
    return pack_of(str(request.param))


def happened(kind: str, fields: dict[str, Any], pack: Pack) -> list[Entry]:
    opened = entry(1, "CaseOpened", "2026-03-02 09:00", pack=pack.id)
    return [opened, entry(2, kind, MONDAY, **fields)]


@pytest.mark.parametrize(("kind", "fields", "duty", "owed_by", "after"), STARTED, ids=[row[2] for row in STARTED])
def test_every_place_owes_it_by_the_same_day(
    place: Pack, kind: str, fields: dict[str, Any], duty: str, owed_by: str, after: timedelta | date
) -> None:
    at = local(MONDAY)
    items = owed(happened(kind, fields, place), place, at + timedelta(minutes=1))
    found = [item for item in items if item.started_by == 2]
    assert [(item.id, item.owed_by, item.state) for item in found] == [(duty, owed_by, "open")]
    due = found[0].due_by
    assert due is not None
    assert place.days is not None
    if isinstance(after, date):
        assert place.days.local(due).date() == after
    elif after < timedelta(days=1):
        assert due == at + after
    else:
        assert place.days.local(due).date() == (place.days.local(at) + after).date()


@pytest.mark.parametrize(("kind", "fields", "duty", "owed_by", "after"), STARTED, ids=[row[2] for row in STARTED])
def test_the_survivor_reads_what_was_promised_to_them_and_nothing_else(
    place: Pack, kind: str, fields: dict[str, Any], duty: str, owed_by: str, after: timedelta | date
) -> None:
    """Whoever stands beside the survivor, or guessed the words, must not learn from the page that it was noticed."""
    shown = steps(happened(kind, fields, place), place, local(MONDAY) + timedelta(minutes=1))
    assert {each.owed.id for each in shown.promises if each.started_by == 2} == SHOWN & {duty}
    assert kind in NO_SECRET or shown.last is None or shown.last.kind != kind


def test_what_the_survivor_never_reads_has_no_words_for_them(place: Pack) -> None:
    wanted = {row[2] for row in STARTED} - SHOWN
    hidden = [item for item in place.duties if item.pack == "every-place" and item.id in wanted]
    assert {item.id for item in hidden} == wanted
    assert {(item.says, item.survivor_sees) for item in hidden} == {("", False)}


def test_a_call_that_reached_nobody_does_not_end_the_quiet_check(place: Pack) -> None:
    at = local(MONDAY)
    told = [
        *happened("SecondWordsUsed", {}, place),
        entry(3, "OtherRouteTried", "2026-03-16 11:05", (2,), channel="telephone", reached="no"),
    ]
    states = [each.state for each in owed(told, place, at + timedelta(minutes=20)) if each.started_by == 2]
    assert states == ["overdue"]


def test_new_words_end_the_duty_to_act_on_wrong_ones(place: Pack) -> None:
    told = [
        *happened("WrongWordsTried", {"tries": 9}, place),
        entry(3, "SurvivorWordsIssued", "2026-03-16 15:00", how="on_paper"),
    ]
    states = [each.state for each in owed(told, place, local("2026-03-16 16:00")) if each.started_by == 2]
    assert states == ["kept"]


def test_a_few_duties_in_a_language_make_no_place_speak_it(place: Pack) -> None:
    own = {file.stem for file in (PACKS / place.id / "languages").glob("*.po")}
    assert set(tags_of(PACKS / place.id)) == own


def test_no_place_has_every_place_for_its_country(place: Pack) -> None:
    assert place.country in {"england-and-wales", "canada", "new-zealand", "united-states"}
    assert place.days is not None
    assert not place.days.counts("working", local("2026-12-25").toordinal()), "its days are its own"
