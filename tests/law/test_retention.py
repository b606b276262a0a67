"""How long a file is kept: by outcome and rule; whatever is not known keeps."""

from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.support.packs import pack_of

from holdfast.law.check import check_pack
from holdfast.law.inherit import join
from holdfast.law.pack import Pack
from holdfast.law.retention import OUTCOMES
from holdfast.law.retention import Retention
from holdfast.law.retention import closed_at
from holdfast.law.retention import holds_on
from holdfast.law.retention import outcome_of
from holdfast.law.retention import review_of
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

PACKS = Path(__file__).parents[2] / "packs"
DAYS = pack_of("england-and-wales").days
BY = By("supervisor", "SUP1")
CLOSED = ("CaseClosed", {"reason": "no_further_action"})
LATER = datetime(2040, 1, 1, tzinfo=UTC)


def entries(*told: tuple[str, dict[str, Any]] | tuple[str, dict[str, Any], tuple[int, ...]]) -> list[Entry]:
    """Entries a day apart, from 1 January 2026."""
    found = []
    for number, (kind, fields, *about) in enumerate(told, 1):
        when = datetime(2026, 1, number, 12, tzinfo=UTC)
        read = read_fields(KINDS[kind], fields)
        found.append(Entry(number, kind, when, when, BY, read, None, about[0] if about else ()))
    return found


def rule(**changed: Any) -> Retention:
    given = {
        "id": "keep", "outcomes": ["no_further_action"], "keep_for": "72 months", "staff": "Look.",
        "authority": "policy",
        "source": {"title": "t", "link": "https://x.example", "confidence": "verified"},
        "in_force": {"from": "not stated"}, **changed,
    }  # fmt: skip
    return msgspec.convert(given, Retention)


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ([CLOSED], "no_further_action"),
        ([("CaseClosed", {"reason": "transferred"})], "not_known"),
        ([("CaseClosed", {"reason": "not_known"})], "not_known"),
        ([], "not_known"),
        ([("SuspectCharged", {"charges": ["assault"]}), CLOSED], "not_known"),
        ([("SuspectCharged", {"charges": ["assault"]}), ("ProsecutionStopped", {"how": "discontinued"})],
         "prosecution_stopped"),
        ([("DealtWithOutOfCourt", {"how": "caution"})], "cautioned"),
        ([("VerdictGiven", {"verdict": "guilty"})], "convicted"),
        ([("VerdictGiven", {"verdict": "not_guilty"})], "found_not_guilty"),
        ([("VerdictGiven", {"verdict": "not_known"})], "not_known"),
        ([("VerdictGiven", {"verdict": "guilty"}), ("AppealLodged", {"by": "defendant"}),
          ("AppealDecided", {"outcome": "allowed"}, (2,))], "not_known"),
        ([("VerdictGiven", {"verdict": "guilty"}), ("SurvivorDied", {})], "survivor_died"),
    ],
)  # fmt: skip
def test_the_outcome_is_what_the_record_says_and_else_not_known(told, outcome):
    assert outcome_of(entries(*told)) == outcome
    assert outcome in (*OUTCOMES, "not_known")


def test_a_case_is_live_until_it_is_closed_and_whenever_something_happens_again():
    assert closed_at(entries(CLOSED)) is not None
    assert closed_at(entries()) is None
    assert closed_at(entries(CLOSED, ("CaseReopened", {}))) is None
    assert closed_at(entries(CLOSED, ("AppealLodged", {"by": "defendant"}))) is None
    assert closed_at(entries(CLOSED, ("KeepingHeld", {"for_what": "court"}))) is not None


def test_a_file_is_due_when_its_time_has_passed_and_not_a_day_before():
    told = entries(CLOSED)
    review = review_of(told, [rule()], DAYS, LATER)
    assert review.due_on == datetime(2032, 1, 1, 23, 59, 59, tzinfo=UTC)
    assert (review.outcome, review.rule) == ("no_further_action", rule())


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [rule(outcomes=["convicted"])],
        [rule(source={"title": "t", "confidence": "unverified"})],
        [rule(source={"title": "t", "confidence": "stale"})],
        [rule(), rule(id="other")],
        [rule(in_force={"from": "2041-01-01"})],
        [rule(in_force={"from": "2020-01-01", "until": "2030-01-01"})],
        [rule(in_force={"from": "not stated", "status": "prospective"})],
    ],
    ids=["none", "another outcome", "unverified", "stale", "two", "not yet", "no longer", "prospective"],
)
def test_what_is_not_known_keeps(rules):
    assert review_of(entries(CLOSED), rules, DAYS, LATER).due_on is None


def test_a_live_case_is_never_due():
    assert review_of(entries(CLOSED, ("CaseReopened", {})), [rule()], DAYS, LATER).due_on is None


def test_a_hold_stands_until_it_is_released():
    told = entries(("KeepingHeld", {"for_what": "inquiry"}), ("KeepingHeld", {"for_what": "court"}))
    assert [hold.for_what for hold in holds_on(told)] == ["inquiry", "court"]
    told = entries(
        ("KeepingHeld", {"for_what": "inquiry"}), ("KeepingHeld", {"for_what": "court"}), ("KeepingReleased", {}, (1,))
    )
    assert [hold.number for hold in holds_on(told)] == [2]


RULE = """  - id: keep
    outcomes: [{outcomes}]
    keep_for: {keep_for}
    staff: Look at it.
    authority: our-standard
    source: {{title: Our own standard, confidence: verified}}
    in_force: {{from: "not stated"}}
"""


@pytest.mark.parametrize(
    ("rules", "fault"),
    [
        (RULE.format(outcomes="", keep_for="72 months"), "law.E070"),
        (RULE.format(outcomes="convicted", keep_for="48 hours"), "law.E070"),
        (RULE.format(outcomes="convicted", keep_for="5 working days"), "law.E070"),
        (RULE.format(outcomes="convicted", keep_for="a while"), "law.E015"),
        (RULE.format(outcomes="acquitted", keep_for="72 months"), "law.E002"),
        (RULE.format(outcomes="convicted", keep_for="72 months")
         + RULE.format(outcomes="convicted", keep_for="6 years").replace("id: keep", "id: other"), "law.E071"),
    ],
)  # fmt: skip
def test_check_finds_a_rule_that_could_not_be_used(tmp_path, rules, fault):
    folder = tmp_path / "far"
    folder.mkdir()
    (folder / "pack.yaml").write_text("id: far\nname: Far\nlanguage: en\ntimezone: Europe/London\nhosts: []\n")
    (folder / "retention.yaml").write_text("retention:\n" + RULE.format(outcomes="cautioned", keep_for="5 years"))
    before = {found.id for found in check_pack(folder)[1]}
    assert fault not in before
    (folder / "retention.yaml").write_text("retention:\n" + rules)
    assert fault in {found.id for found in check_pack(folder)[1]}


def test_a_child_adds_and_replaces_its_parents_rules_but_not_law():
    head = {"name": "n", "language": "en", "timezone": "UTC", "hosts": ()}
    parent = Pack(id="a", retention=(rule(), rule(id="law", authority="statute")), **head)
    child = Pack(id="b", inherits="a", retention=(rule(keep_for="9 years"), rule(id="new")), **head)
    joined, faults = join([parent, child])
    assert ([each.id for each in joined.retention], faults) == (["keep", "law", "new"], [])
    assert joined.retention[0].keep_for == "9 years"
    child = Pack(id="b", inherits="a", retention=(rule(id="law", authority="statute", keep_for="1 year"),), **head)
    assert [fault.id for fault in join([parent, child])[1]] == ["law.E024"]


@pytest.mark.parametrize("place", sorted(each.name for each in PACKS.iterdir() if (each / "pack.yaml").is_file()))
def test_no_figure_of_a_pack_that_nobody_verified_makes_a_file_due(place):
    for each in pack_of(place).retention:
        if each.source.confidence in ("unverified", "stale"):
            told = entries(CLOSED)
            assert (
                review_of(told, [msgspec.structs.replace(each, outcomes=("no_further_action",))], DAYS, LATER).due_on
                is None
            )
