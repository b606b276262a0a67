"""Which files are due to be looked at, and everything that stands against it."""

from datetime import timedelta

import pytest
from tests.casefile.writing import DETECTIVE
from tests.casefile.writing import TAKER
from tests.casefile.writing import ago

from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.keeping import files_due
from holdfast.casefile.keeping import keeping
from holdfast.record.entry import By

LEAD = By("supervisor", "SUP1")
CLOSED = {"reason": "no_further_action", "survivor_told": "yes"}


def closed_case(reason: str = "no_further_action", days: float = 9, pack: str = "smallplace"):
    """A case that was closed so many days ago and in which nothing is owed."""
    case = open_case(pack, by=TAKER, happened_at=ago(days=days + 1)).case_id
    append(case, "CaseClosed", CLOSED | {"reason": reason}, by=LEAD, happened_at=ago(days=days))
    return case


def say(case, kind: str, fields: dict | None = None, about: tuple[int, ...] = (), by: By = DETECTIVE) -> int:
    return append(case, kind, fields or {}, by=by, happened_at=ago(minutes=1), about=about).number


def test_a_closed_file_is_due_once_its_time_has_passed_and_says_by_which_rule(database, small_pack):
    case, young = closed_case(), closed_case(days=1)
    found = list(files_due())
    assert [(each.case_id, each.review.rule.id, each.against) for each in found] == [(case, "keep-nfa", ())]
    assert keeping(young).review.due_on is not None
    assert {each.case_id for each in files_due(ago(days=-3))} == {case, young}


@pytest.mark.parametrize(
    ("kind", "fields", "says"),
    [
        ("KeepingHeld", {"for_what": "review_of_death"}, "held"),
        ("KeepingHeld", {"for_what": "not_known"}, "held"),
        ("CaseReopened", {}, "live"),
        ("SuspectArrested", {"for_what": "offence"}, "live"),
        ("OrderShown", {"in_force": "yes"}, "order"),
    ],
)
def test_what_still_goes_on_stands_against_it(database, small_pack, kind, fields, says):
    case = closed_case()
    assert keeping(case).against == ()
    say(case, kind, fields)
    assert any(says in why.lower() for why in keeping(case).against)
    assert list(files_due()) == []


def test_an_order_whose_end_nobody_recorded_and_an_appeal_nobody_decided_hold_the_file(database, small_pack):
    case = open_case("smallplace", by=TAKER, happened_at=ago(days=20)).case_id
    order = say(case, "OrderMade", {"order": "non-molestation"})
    appeal = say(case, "AppealLodged", {"by": "defendant"})
    say(case, "CaseClosed", CLOSED, by=LEAD)
    told = " ".join(keeping(case).against)
    assert "order" in told
    assert "appeal" in told
    say(case, "OrderEnded", {"how": "discharged"}, about=(order,))
    say(case, "AppealDecided", {"outcome": "dismissed"}, about=(appeal,))
    say(case, "CaseClosed", CLOSED, by=LEAD)
    assert keeping(case).against == ()


def test_a_duty_that_is_still_owed_holds_the_file(database, small_pack):
    case = open_case("smallplace", by=TAKER, happened_at=ago(days=20)).case_id
    granted = say(case, "BailGranted", {"ends_at": ago(days=-2)})
    say(case, "BailEnded", {"how": "no_further_action"}, about=(granted,))
    say(case, "CaseClosed", CLOSED, by=LEAD)
    assert any("owed" in why for why in keeping(case).against)


def test_a_hold_that_was_released_holds_no_more(database, small_pack):
    case = closed_case()
    held = say(case, "KeepingHeld", {"for_what": "court"})
    say(case, "KeepingReleased", {"reason": "The court is done."}, about=(held,))
    assert keeping(case).against == ()
    assert len(list(files_due())) == 1


def test_a_rule_that_nobody_verified_makes_nothing_due(database, small_pack):
    case = open_case("smallplace", by=TAKER, happened_at=ago(days=30)).case_id
    say(case, "DealtWithOutOfCourt", {"how": "caution"})
    say(case, "CaseClosed", CLOSED, by=LEAD)
    found = keeping(case, ago(days=-4000))
    assert (found.review.outcome, found.review.rule.id, found.review.due_on) == ("cautioned", "keep-cautioned", None)
    assert list(files_due(ago(days=-4000))) == []


def test_time_alone_never_makes_a_file_due_whose_outcome_is_not_known(database, small_pack):
    closed_case(reason="transferred")
    assert list(files_due(ago(days=0) + timedelta(days=36_000))) == []
