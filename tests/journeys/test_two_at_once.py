"""Two members of staff record in one case at the same time: the second is told what is new, and loses nothing."""

import pytest
from tests.journeys.filling import fill
from tests.journeys.staff import Investigator
from tests.journeys.staff import SafeguardingOfficer
from tests.support.browser import follow
from tests.support.served import Served

pytestmark = pytest.mark.browser

WORDS = "Told her by telephone at noon; she had heard from nobody.\nShe asked about Thursday."


def test_the_second_writer_sees_what_is_new_and_keeps_what_they_typed(
    investigator: Investigator, safeguarding_officer: SafeguardingOfficer, served: Served
) -> None:
    code = served.cases["What reviews find"]["code"]
    before = len(served.said(code))

    # Given a form that the investigator has opened and half filled
    investigator.page.goto(f"{served.at}/desk/case/{code}/record/SurvivorTold")
    fill(investigator.page, {"what": ["release", "what_happens_next"], "channel": "telephone", "words": WORDS})

    # When the safeguarding officer records first
    safeguarding_officer.records(code, "RiskRaised", grade="high", reason="Forty-one messages.", why_now="breach")
    follow(investigator.page.locator("form.form .buttons button:has-text('Record')"))

    # Then nothing of the investigator's is written, they see what is new, and what they typed is there
    page = investigator.page
    assert len(served.said(code)) == before + 1
    assert "Somebody recorded in this case meanwhile" in page.locator("main").inner_text()
    assert "Risk raised" in page.locator("main [role=alert]").inner_text()
    assert page.locator("[name='words']").input_value() == WORDS
    assert page.locator("[name='what'][value='release']").is_checked()
    assert page.locator("[name='channel']").input_value() == "telephone"

    # And sending it again keeps it
    follow(page.locator("form.form .buttons button:has-text('Record')"))
    entries = served.said(code)
    assert [entry.kind for entry in entries[before:]] == ["RiskRaised", "SurvivorTold"]
    assert entries[-1].fields.words == WORDS
    assert investigator.complaints == []


def test_a_child_who_was_seen_does_not_switch_the_check_off(
    investigator: Investigator, safeguarding_officer: SafeguardingOfficer, served: Served
) -> None:
    """The answer to 'was the child seen?' was once taken for how many entries the writer had seen."""
    code = served.cases["What reviews find"]["code"]
    safeguarding_officer.page.goto(f"{served.at}/desk/case/{code}/record/ChildSeen")
    fill(safeguarding_officer.page, {"seen": "yes", "spoken_to": "yes", "age": "6"})
    investigator.records(code, "OwnerChanged", owner="demo.investigator", handed_over="yes")
    follow(safeguarding_officer.page.locator("form.form .buttons button:has-text('Record')"))
    assert "Somebody recorded in this case meanwhile" in safeguarding_officer.page.locator("main").inner_text()
