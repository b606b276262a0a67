"""A grade lapses with nobody sent: it rings, climbs, is answered by who was rung, and the caller is not forgotten."""

from collections.abc import Callable
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator
from playwright.sync_api import Page
from playwright.sync_api import expect
from tests.journeys.by_keys import opens_fold
from tests.journeys.by_keys import presses
from tests.journeys.by_keys import types
from tests.journeys.dated import Dated
from tests.journeys.held_to import faults_here
from tests.journeys.staff import Dispatcher
from tests.journeys.staff import Staff
from tests.journeys.staff import Supervisor
from tests.support.served import BESIDE
from tests.support.served import Served

from holdfast.record.kinds.alarm import LEVELS

pytestmark = pytest.mark.browser

PATIENT = 30_000  # milliseconds: other work may be going on on the same machine
SignsIn = Callable[[type[Staff]], Staff]


@pytest.fixture(scope="module")
def dated(served: Served) -> Iterator[Dated]:
    made = Dated(served)
    yield made
    made.stop()


def row(page: Page, code: str) -> Locator:
    return page.locator(f"[data-row][data-code='{code}']")


def chase(who: Staff, code: str) -> Page:
    who.page.goto(f"{who.served.at}/desk/case/{code}/chase")
    return who.page


def kinds(served: Served, code: str) -> list[str]:
    return [entry.kind for entry in served.entries(code)]


def test_a_lapsed_grade_rings_climbs_and_is_answered_by_whoever_was_rung(
    dispatcher: Dispatcher, signs_in: SignsIn, dated: Dated, served: Served
) -> None:
    board = signs_in(Dispatcher).page
    board.goto(f"{served.at}/desk/board")
    expect(board.locator("#state")).to_have_attribute("data-state", "live", timeout=PATIENT)

    # A grade lapsed and nobody was sent: the server's own clock rings the dispatcher, on the board
    code = dated.call(("CallGraded", {"grade": "immediate", "attend_within": 1}, 2))
    expect(row(board, code).locator(".b-alarm--dispatcher").first).to_contain_text(
        "Get officers to the caller", timeout=PATIENT
    )
    expect(row(board, code)).to_contain_text("Nobody is on the way")

    # Who was rung answers by keys, and sends; a hand that presses the wrong thing loses no word
    page = chase(dispatcher, code)
    assert faults_here(page) == []
    presses(page, "#rings button[value='sending_unit']")
    answered = served.said(code)[-1]
    assert (answered.kind, answered.by.role) == ("AlarmAnswered", "dispatcher")
    types(page, "#f-unit", "NT21")
    presses(page, "#unit button")
    expect(page.locator("main")).to_contain_text("Recorded: unit sent")
    expect(row(board, code)).to_contain_text("NT21", timeout=PATIENT)
    expect(row(board, code)).to_contain_text("still owed", timeout=PATIENT)
    expect(row(board, code).locator(".b-alarm")).to_have_count(0, timeout=PATIENT)

    # The caller is told of the delay, with a new time
    assert any(key.startswith("tell-caller-of-delay@") for key in dispatcher.owed(code))
    page = chase(dispatcher, code)
    types(page, "#f-in", "20")
    presses(page, "button[name='how'][value='by_voice']")
    told = served.said(code)[-1]
    assert (told.kind, told.fields.how) == ("CallerToldOfDelay", "by_voice")
    assert told.fields.new_time is not None
    assert not any(key.startswith("tell-caller-of-delay@") for key in dispatcher.owed(code))
    assert dispatcher.complaints == []


def test_what_nobody_answers_climbs_to_the_supervisor_and_the_duty_officer(
    dispatcher: Dispatcher, supervisor: Supervisor, signs_in: SignsIn, dated: Dated, served: Served
) -> None:
    board = signs_in(Dispatcher).page
    board.goto(f"{served.at}/desk/board")
    expect(board.locator("#state")).to_have_attribute("data-state", "live", timeout=PATIENT)
    # The dispatcher was rung ten minutes ago, the supervisor four; the duty officer is rung in a little less than one
    code = dated.call(("CallGraded", {"grade": "priority", "attend_within": 1}, 20), rung=(-10, -4.1))
    expect(row(board, code).locator(".b-alarm--supervisor").first).to_be_visible(timeout=PATIENT)
    page = chase(dispatcher, code)
    expect(page.locator("#rings")).to_contain_text("It has climbed to the supervisor")
    assert page.locator("#rings button").count() == 0, page.locator("#rings").inner_text()

    # The clock a minute later; the server's own may have been there already, and then this rings nothing twice
    dated.rings(code, 0.95)
    expect(row(board, code).locator(".b-alarm--duty_officer").first).to_be_visible(timeout=PATIENT)
    rung = [fields["level"] for kind, _, fields in dated.entries(code) if kind == "AlarmRung"]
    assert rung
    assert {level: rung.count(level) for level in rung} == dict.fromkeys(LEVELS, len(rung) // 3)

    # The dispatcher cannot answer for them; whoever leads the shift answers each, by keys
    page = chase(supervisor, code)
    assert faults_here(page) == []
    while page.locator("#rings button[value='looking_into_it']").count():
        expect(page.locator("#rings")).to_contain_text("Rings for: Duty officer")
        presses(page, "#rings button[value='looking_into_it']")
    assert {role for kind, role, _ in dated.entries(code) if kind == "AlarmAnswered"} == {"supervisor"}
    expect(page.locator("#rings")).to_contain_text("Answered, not done yet")
    expect(row(board, code).locator(".b-alarm")).to_have_count(0, timeout=PATIENT)

    # It is not safe to tell the caller: that is said, and counts as neither told nor forgotten
    presses(page, "button[name='how'][value='not_safe_to_tell']")
    kind, _, said = [each for each in dated.entries(code) if each[0] not in BESIDE][-1]
    assert (kind, said["how"]) == ("CallerToldOfDelay", "not_safe_to_tell")
    assert not said.get("new_time")
    assert supervisor.complaints == []


@pytest.mark.parametrize("script", [True, False])
def test_a_grade_is_lowered_only_when_asked_once_more_and_with_a_second_person(
    script: bool, opens: Callable[..., object], supervisor: Supervisor, dated: Dated, served: Served
) -> None:
    who = Dispatcher(opens(script=script).new_page(), served)  # type: ignore[attr-defined]
    code = dated.call(("CallGraded", {"grade": "immediate", "attend_within": 60}, 2))
    second = supervisor.page.locator(".who .soft").inner_text()
    page = chase(who, code)
    opens_fold(page, "#lower summary")
    types(page, "#f-low-why", "She is at her sister’s and asks for tomorrow.")
    types(page, "#f-second", "nobody-there")
    presses(page, "#lower button[value='scheduled']")

    # Nobody signs in by that name: nothing is recorded, and what was typed stands there still
    expect(page.locator("[role=alert]")).to_contain_text("Nobody signs in with this staff identifier")
    assert page.locator("#f-low-why").input_value() == "She is at her sister’s and asks for tomorrow."
    page.locator("#f-second").fill(second)
    presses(page, "#lower button[value='scheduled']")

    # Asked once more. A second Enter in a hurry goes back and records nothing
    expect(page.locator("main")).to_contain_text("Nothing is recorded yet")
    if script:
        assert faults_here(page) == []
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "CallRegraded" not in kinds(served, code)
    assert page.locator("#f-second").input_value() == second
    presses(page, "#lower button[value='scheduled']")
    presses(page, "button[name='sure']")
    lowered = served.said(code)[-1]
    assert (lowered.kind, lowered.fields.direction, lowered.fields.second_person) == ("CallRegraded", "down", second)

    # A supervisor is to look at it, and the caller to be told
    owed = {key.split("@")[0] for key in supervisor.owed(code)}
    assert {"check-lowered-call-grade", "tell-caller-graded-down"} <= owed
    assert who.complaints == []
