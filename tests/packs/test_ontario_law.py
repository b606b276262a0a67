"""What is most dangerous to get wrong in Ontario: keys, texts, who makes an order, and what is law on which day."""

import re

import pytest
from tests.support.packs import pack_of

from holdfast.law.data import InForce
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Order
from holdfast.law.pack import Power

PACK = pack_of("ontario")
PAGES = {page.id: f"{page.answer} {page.easy} {page.body}" for page in PACK.guide}
ROUTES = {route.id: route for route in PACK.emergency}


def in_force(name: str) -> InForce:
    items: tuple[Duty | Limit | Power | Order, ...]
    items = (*PACK.duties, *PACK.limits, *PACK.powers, *PACK.orders)
    return next(item.in_force for item in items if item.id == name)


def test_no_two_keys_are_ever_offered_as_help() -> None:
    said = [*PAGES.values(), *(f"{route.says} {route.short}" for route in PACK.emergency)]
    said += [term.says + term.name for term in PACK.terms.values()]
    assert not [text for text in said if re.search(r"\b55\b|press (?:five|fifty)", text)]
    assert "no keys" in ROUTES["emergency-silent"].says
    assert "no keys to press in Canada" in PAGES["cannot-speak"]


def test_the_silent_route_leaves_the_line_open() -> None:
    assert ROUTES["emergency-silent"].number == "911"
    assert "leave the line open" in ROUTES["emergency-silent"].short


def test_a_text_is_only_for_those_who_signed_up_and_begins_with_a_call() -> None:
    says = ROUTES["emergency-text"].says
    assert "signed up" in says
    assert "voice call" in says
    assert "a text to 911 reaches nobody" in says
    assert "reaches nobody" in PAGES["cannot-speak"]


def test_no_order_of_any_kind_is_made_by_the_police() -> None:
    by_police = [order.id for order in PACK.orders if re.search("police", order.made_by, re.IGNORECASE)]
    assert by_police == ["undertaking"]  # a condition of a release, and no order that stands alone
    assert [order.id for order in PACK.orders if order.kind == "notice"] == []
    assert "cannot make an order" in PAGES["orders"]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("arrest-for-release-breach-2026", "2026-07-15"),
        ("keep-in-custody-after-strangling", "2026-07-15"),
        ("no-contact-while-held-2026", "2026-07-15"),
        ("ask-whether-told-of-copy", "2025-04-08"),
        ("partner-peace-bond", "2025-04-08"),
        ("judge-asks-before-bond-change", "2025-04-08"),
        ("revoke-gun-licence", "2025-04-04"),
        ("consider-electronic-monitoring", "2023-05-27"),
    ],
)
def test_new_law_begins_on_its_day(name: str, first: str) -> None:
    assert (in_force(name).from_, in_force(name).status) == (first, "in-force")


def test_the_older_power_to_arrest_ends_the_day_before_the_new_one() -> None:
    assert in_force("arrest-for-release-breach").until == "2026-07-14"
    assert in_force("no-contact-while-held").until == "2026-07-14"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("charge-coercive-control", "commencement-unknown"),
        ("charge-violence-against-partner", "commencement-unknown"),
        ("keep-in-custody-under-partner-bond", "commencement-unknown"),
        ("give-information-unasked", "commencement-unknown"),
        ("hand-over-guns-after-protection-order", "commencement-unknown"),
        ("tell-firearms-office-of-order", "prospective"),
    ],
)
def test_what_is_enacted_and_not_known_to_be_law_makes_no_duty(name: str, status: str) -> None:
    assert in_force(name).status == status


def test_the_duty_to_charge_is_policy_and_never_said_to_be_law() -> None:
    policies = {policy.id: policy for policy in PACK.policies}
    assert policies["charge-where-grounds"].authority == "policy"
    assert policies["charge-where-grounds"].kind == "mandatory"
    assert "policy says" in policies["charge-where-grounds"].says
    assert policies["both-charged-needs-supervisor"].kind == "forbidden"


def test_coming_in_to_check_on_a_caller_gives_no_search() -> None:
    power = next(power for power in PACK.powers if power.id == "entry-to-check-on-caller")
    assert "not search" in power.says
    arrest = next(power for power in PACK.powers if power.id == "entry-to-arrest-in-emergency")
    assert len(arrest.tests) == 4


def test_what_only_some_services_promise_is_theirs_alone() -> None:
    only = {duty.id: duty.only_in for duty in PACK.duties if duty.only_in}
    assert only == {"send-police-to-call": ("toronto", "sault-ste-marie"), "supervisor-attends": ("toronto",)}
    assert all("Toronto" in duty.says for duty in PACK.duties if duty.only_in)


def test_the_first_danger_list_has_thirteen_topics_and_a_full_table() -> None:
    odara = next(one for one in PACK.instruments if one.id == "odara")
    assert len(odara.topics) == 13
    norms = {one.id: one for one in odara.scoring.norms}
    assert sum(row.in_range or 0 for row in norms["published"].rows) == 100
    assert [row.again for row in norms["published"].rows] == [5, 10, 20, 27, 41, 59, 70]
    assert norms["manual-2010"].source.confidence == "unverified"
    assert "a woman" in odara.for_whom


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("if-you-call", ["let them in", "entry-to-check-on-caller", "recording", "call again"]),
        ("when-officers-come", ["private", "happened before", "weapons", "children", "saw or heard", "unsafe"]),
        ("your-statement", ["film", "even if it was you who called"]),
        ("what-you-can-ask-for", ["report-number", "pictures", "shelter", "badge numbers", "crisis-help"]),
        ("the-other-person", ["charge-where-grounds", "not a section of the criminal law"]),
        ("not-charged", ["report", "private-charge"]),
        ("bail", ["Ask for a copy", "tell-release", "You cannot"]),
    ],
)
def test_everything_that_the_handbook_tells_the_public_is_told(page: str, told: list[str]) -> None:
    assert [words for words in told if words not in PAGES[page]] == []


def test_every_page_has_its_easy_edition() -> None:
    assert [page.id for page in PACK.guide if not 4 <= len(page.easy.strip().splitlines()) <= 8] == []


def test_at_least_fifty_duties_hold_today() -> None:
    held = {duty.id for duty in PACK.duties if not duty.chases and duty.in_force.status == "in-force"}
    own = {duty.id for duty in PACK.duties if duty.authority == "our-standard" and not duty.chases}
    assert len(held) >= 60
    assert len(held - own) >= 50
