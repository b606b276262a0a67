"""The example cases are sound, are invented, and show what they say they show.

What is late or overdue in each is listed here by hand, from its story: a list drawn from the engine proves nothing.
"""

import json
import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tests.support.packs import pack_of

from holdfast import examples as package
from holdfast.duties.owed import Owed
from holdfast.duties.owed import owed
from holdfast.examples import Example
from holdfast.examples import ExampleRefused
from holdfast.examples import examples
from holdfast.examples import read_example
from holdfast.law.pack import Pack
from holdfast.record.kind import write_fields

FILES = Path(package.__file__).parent
NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # a Friday afternoon

# (duty, the kind that started it): what the story says came late.
LATE_ON_THE_WAY_TO_SENTENCE = {
    ("tell-hearing", "HearingListed"),  # the trial's date, told on the second working day
    ("send-conference-minutes", "ConferenceHeld"),  # on the fifth working day
}
STILL_OWED_AFTER_WHAT_REVIEWS_FIND = {
    ("replace-diverted-unit", "UnitDiverted"),
    ("tell-caller-of-delay", "CallRegraded"),
    ("call-back", "CallBackPromised"),
    ("send-risk-form", "RiskAssessed"),
    ("check-orders-in-force", "CallReceived"),  # the order in force was not seen
    ("check-shown-order", "OrderShown"),
    ("act-on-order-breach", "OrderBreached"),  # no arrest, and no reason
    ("tell-release", "SuspectReleased"),  # released, and nobody told her
    ("tell-why-no-bail", "SuspectReleased"),
    ("try-another-way", "SurvivorNotReached"),
    ("see-child-later", "ChildSeen"),
    ("check-lowered-risk-grade", "RiskLowered"),
    ("answer-dispute", "PromiseDisputed"),
}
LATE_IN_WHAT_REVIEWS_FIND = {
    ("attend-in-time", "CallRegraded"),  # the grade ran out and nobody came: they were seen at a counter a day later
    ("check-lowered-call-grade", "CallRegraded"),  # lowered at night, looked at the next morning
    ("link-earlier-reports", "RepeatFound"),  # two weeks after the search found them
    ("record-crime", "CrimeReported"),
    ("tell-arrest", "SuspectArrested"),
}


@pytest.fixture(scope="module")
def pack() -> Pack:
    return pack_of("england-and-wales")


@pytest.fixture(scope="module")
def cases() -> dict[str, Example]:
    return {example.name: example for example in examples(NOW)}


def in_state(example: Example, pack: Pack, *states: str) -> list[Owed]:
    return [item for item in owed(example.entries, pack, example.at) if item.state in states]


def named(items: list[Owed]) -> set[tuple[str, str]]:
    return {(item.id, item.entry.kind) for item in items}


def test_the_way_to_sentence_goes_from_a_silent_call_to_a_restraining_order(cases: dict[str, Example]) -> None:
    entries = cases["silent-call-to-sentence"].entries
    assert entries[1].fields.route == "silent"
    kinds = [entry.kind for entry in entries]
    stations = [
        "SilentCallHandled",
        "SuspectArrested",
        "BailGranted",
        "SuspectCharged",
        "VerdictGiven",
        "SentencePassed",
    ]
    assert [kinds.index(kind) for kind in stations] == sorted(kinds.index(kind) for kind in stations)
    assert any(entry.kind == "OrderMade" and entry.fields.order == "restraining" for entry in entries)


def test_on_the_way_to_sentence_only_what_the_story_says_came_late(cases: dict[str, Example], pack: Pack) -> None:
    example = cases["silent-call-to-sentence"]
    assert named(in_state(example, pack, "kept-late", "overdue")) == LATE_ON_THE_WAY_TO_SENTENCE
    assert len(in_state(example, pack, "kept")) > 100


def test_what_reviews_find_stays_owed_and_loud(cases: dict[str, Example], pack: Pack) -> None:
    example = cases["what-reviews-find"]
    assert named(in_state(example, pack, "overdue")) >= STILL_OWED_AFTER_WHAT_REVIEWS_FIND
    assert named(in_state(example, pack, "kept-late")) >= LATE_IN_WHAT_REVIEWS_FIND


def test_a_grade_that_was_lowered_after_its_time_had_run_out_still_counts_as_missed(
    cases: dict[str, Example], pack: Pack
) -> None:
    example = cases["what-reviews-find"]
    lapsed = {(item.id, item.entry.kind): item for item in in_state(example, pack, "lapsed")}
    assert lapsed["attend-in-time", "CallGraded"].missed


def test_nothing_is_late_where_nothing_is_late_at_any_moment_of_the_case(cases: dict[str, Example], pack: Pack) -> None:
    example = cases["nothing-late"]
    moments = sorted({entry.recorded_at for entry in example.entries} | {example.at})
    late = {(item.id, at) for at in moments for item in owed(example.entries, pack, at) if item.missed}
    assert late == set()
    assert in_state(example, pack, "open", "undated") == []


def test_where_nothing_is_late_the_reasons_and_the_review_are_explained(cases: dict[str, Example]) -> None:
    told = [entry.fields for entry in cases["nothing-late"].entries if entry.kind == "SurvivorTold"]
    [no_charge] = [fields for fields in told if "no_charge" in fields.what]
    assert (no_charge.reasons_given, no_charge.review_explained) == ("yes", "yes")


@pytest.mark.parametrize("hour", [0, 3, 9, 23])
def test_the_running_case_has_things_due_soon_and_late_by_minutes_whenever_it_is_loaded(hour: int, pack: Pack) -> None:
    now = datetime(2026, 11, 22, hour, 17, tzinfo=UTC)
    [running] = [example for example in examples(now) if example.name == "running-now"]
    assert running.at == now
    items = [item for item in owed(running.entries, pack, now) if item.due_by]
    late = {item.id: now - item.due_by for item in items if item.state == "overdue"}
    assert late == {"call-back": timedelta(minutes=12), "try-another-way": timedelta(minutes=7)}
    soon = [item.id for item in items if item.state == "open" and item.due_by - now < timedelta(hours=1)]
    assert {"warn-of-release-at-high-risk", "name-specialist", "refer-to-adviser"} <= set(soon)


def test_every_example_says_that_it_is_invented_and_its_entries_stand_in_order(cases: dict[str, Example]) -> None:
    assert len(cases) == 4
    for example in cases.values():
        assert "nvented" in example.says
        assert example.entries[0].kind == "CaseOpened"
        assert example.entries[0].fields.invented == "yes"
        assert example.entries[0].fields.force == ""  # no real force is said to have done this
        for earlier, later in pairwise(example.entries):
            assert earlier.recorded_at <= later.recorded_at
        assert example.entries[-1].recorded_at <= example.at


def test_every_number_is_one_that_reaches_nobody(cases: dict[str, Example]) -> None:
    """Ofcom keeps these ranges for drama."""
    numbers = [
        write_fields(entry.fields)["number"]
        for example in cases.values()
        for entry in example.entries
        if write_fields(entry.fields).get("number")
    ]
    assert len(numbers) > 10
    assert [number for number in numbers if not re.fullmatch(r"07700 900\d{3}|01632 960\d{3}", number)] == []


def test_no_title_names_a_party(cases: dict[str, Example]) -> None:
    for example in cases.values():
        names = {word for entry in example.entries if entry.kind == "PersonNamed" for word in entry.fields.name.split()}
        assert not any(name in example.title + example.says for name in names)


def _with(change: dict[str, object], entry: int | None = None) -> bytes:
    document = json.loads((FILES / "nothing-late.json").read_text(encoding="utf-8"))
    (document if entry is None else document["entries"][entry]).update(change)
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("document", "says"),
    [
        (b"{", "not JSON"),
        (_with({"invented": False}), "invented"),
        (_with({"at": "yesterday"}), "at is not a moment"),
        (_with({"kind": "CallTaken"}, 1), "entry 2 has a kind"),
        (_with({"happened_at": "2026-04-28T10:05"}, 1), "entry 2 happened"),
        (_with({"happened_at": "2027-04-28T10:05+01:00"}, 1), "entry 3 was recorded before"),
        (_with({"about": [9]}, 1), "entry 2 has to be about an entry above"),
        (_with({"fields": {"route": "shouting"}}, 1), "entry 2 CallReceived was not recorded"),
    ],
)
def test_a_fault_in_an_example_names_its_place(document: bytes, says: str) -> None:
    with pytest.raises(ExampleRefused, match=says):
        read_example("changed", document, NOW)


def test_a_relative_time_in_a_day_field_is_a_day() -> None:
    [running] = [example for example in examples(NOW) if example.name == "running-now"]
    [plan] = [entry for entry in running.entries if entry.kind == "SafetyPlanMade"]
    assert plan.fields.review_on == (NOW + timedelta(minutes=8640)).date()
