"""What pages and packs must not claim: secrecy, an order's force before service, a choice about an arrest."""

from datetime import UTC
from datetime import datetime
from pathlib import Path

import pytest
from tests.support.packs import pack_of

from holdfast.law.clock_text import read
from holdfast.law.pack import Pack

PACKS = Path(__file__).parents[2] / "packs"
STATES = sorted(file.parent.name for file in PACKS.glob("us-*/pack.yaml"))


@pytest.fixture(scope="module", params=STATES)
def state(request: pytest.FixtureRequest) -> Pack:
    return pack_of(str(request.param))


@pytest.fixture(scope="module")
def ontario() -> Pack:
    return pack_of("ontario")


def page(pack: Pack, name: str) -> str:
    found = next(page for page in pack.guide if page.id == name)
    return f"{found.answer}\n{found.easy}\n{found.body}"


def test_nobody_in_any_state_asks_whether_an_arrest_is_wanted(state: Pack) -> None:
    rule = next(rule for rule in state.prohibitions if rule.id == "ask-whether-arrest-is-wanted")
    assert {"FirstAccountTaken", "NotArrested"} <= set(rule.at)
    assert rule.authority == ("statute" if state.id == "us-new-york" else "our-standard")


def test_an_order_is_never_said_to_bind_before_they_know_of_it(state: Pack) -> None:
    said = page(state, "orders")
    assert "once it was handed to them, or they were told of it" in said or "once they know of it" in said


def test_nobody_is_told_that_silence_about_papers_is_always_right(state: Pack) -> None:
    said = page(state, "immigration")
    assert "when an immigration agent asks" in said
    assert "We cannot promise" in said
    assert "officials must keep such a request secret." not in said


def test_no_helpline_is_promised_to_keep_everything_secret(state: Pack, ontario: Pack) -> None:
    for way in state.ways:
        assert all("does not call the police" not in step.says for step in way.steps)
    assert "helpline keeps it secret" not in page(ontario, "sharing")


def test_a_private_charge_has_until_the_next_federal_day(ontario: Pack) -> None:
    """Interpretation Act, sections 26, 28 and 35: six months from 11 May 2026 end on Remembrance Day."""
    limit = next(limit for limit in ontario.limits if limit.id == "begin-again-after-private-charge-refused")
    assert "or the next federal day" in str(limit.within)
    ends = read("6 months, or the next federal day").end(datetime(2026, 5, 11, 15, tzinfo=UTC), None, ontario.days)
    assert ends == datetime(2026, 11, 13, 4, 59, 59, tzinfo=UTC)  # 23:59:59 on 12 November in Toronto


def test_complaints_permits_and_officers_who_abuse_rest_on_a_source(ontario: Pack) -> None:
    limit = next(limit for limit in ontario.limits if limit.id == "complain-about-officers")
    assert "6 months" in str(limit.within)
    assert limit.source.may_be_shown
    shown = {service.id for service in ontario.services if service.source.may_be_shown}
    assert {"complaints-agency", "immigration-line"} <= shown
    assert "{{can:complain-about-officers}}" in page(ontario, "did-not-help")
    assert "You can go to another police service" not in page(ontario, "police-abuser")


def test_a_lease_is_not_ended_with_an_order_that_the_act_does_not_name(ontario: Pack) -> None:
    """Residential Tenancies Act, section 47.3(1): section 810(3), not 810.03, of the Criminal Code."""
    limit = next(limit for limit in ontario.limits if limit.id == "use-order-to-end-tenancy")
    assert "partner-peace-bond" not in str(limit.starts)
    assert "'peace-bond'" in str(limit.starts)
