"""How much law each place holds: duties that an agency owes, in force, what is inherited counted once."""

from datetime import date

import pytest
from tests.support.packs import PLACES
from tests.support.packs import pack_of

from holdfast.law.coverage import coverage
from holdfast.law.coverage import items

LEAST = {
    "ontario": 50,
    **dict.fromkeys(("us-california", "us-new-york", "us-texas", "us-illinois", "us-washington"), 20),
}
# What no page may be without, wherever the reader is: seed pages, and what reviews of deaths say people did not know.
TOPICS = {
    "if-you-call", "cannot-speak", "what-they-ask", "what-you-can-ask-for", "when-officers-come", "the-other-person",
    "what-you-are-told", "orders", "court", "getting-safe", "evidence", "did-not-help", "if-you-are-charged",
    "police-abuser", "immigration", "access", "children", "pets", "somebody-else", "who-is-who", "sharing",
    "live-link", "help",
}  # fmt: skip


@pytest.mark.parametrize(("place", "least"), LEAST.items())
def test_a_place_holds_the_duties_that_its_law_names(place: str, least: int) -> None:
    pack = pack_of(place)
    owed = {duty.id for duty in items(pack, "duties") if duty.in_force.status == "in-force" and not duty.only_in}
    assert len(owed) >= least
    rests_on_law = {duty.id for duty in items(pack, "duties") if duty.authority in ("statute", "code", "policy")}
    assert len(owed & rests_on_law) >= least * 2 // 3, "our own standards alone are no law of a place"


@pytest.mark.parametrize("place", PLACES)
def test_every_place_answers_every_question_in_easy_words_too(place: str) -> None:
    pack = pack_of(place)
    assert TOPICS - {page.id for page in pack.guide} == set()
    assert coverage(pack, date(2026, 11, 21)).without_easy == ()
    assert {way.id for way in pack.ways} >= {"now", "which-order", "not-helped"}


@pytest.mark.parametrize("place", PLACES)
def test_every_place_keeps_arrest_and_charge_apart_from_powers(place: str) -> None:
    pack = pack_of(place)
    assert {"arrest", "order-breach"} & {policy.about for policy in pack.policies}
    assert not {policy.id for policy in pack.policies} & {power.id for power in pack.powers}
    assert all(power.tests for power in pack.powers)
