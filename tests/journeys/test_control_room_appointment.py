"""A call ends in an appointment with an officer of the gender that was asked for; a no-show is chased, whoever's."""

from collections.abc import Callable
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from playwright.sync_api import expect
from tests.journeys.by_keys import opens_fold
from tests.journeys.by_keys import presses
from tests.journeys.by_keys import tab_to
from tests.journeys.by_keys import types
from tests.journeys.dated import Dated
from tests.journeys.held_to import faults_here
from tests.journeys.staff import CallTaker
from tests.journeys.staff import Dispatcher
from tests.journeys.staff import Supervisor
from tests.journeys.staff import from_now
from tests.support.served import Served

pytestmark = pytest.mark.browser

PATIENT = 30_000  # milliseconds: other work may be going on on the same machine
Opens = Callable[..., object]


@pytest.fixture(scope="module")
def dated(served: Served) -> Iterator[Dated]:
    made = Dated(served)
    yield made
    made.stop()


def ids(owed: dict[str, tuple[str, str]]) -> set[str]:
    return {key.split("@")[0] for key in owed}


def test_a_call_ends_in_an_appointment_with_an_officer_who_is_a_woman(
    call_taker: CallTaker, dispatcher: Dispatcher, served: Served
) -> None:
    # By keys: the call, and how it goes on
    page = call_taker.page
    page.keyboard.press("c")
    page.wait_for_url("**/desk/call")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/desk/call/*")
    code = page.url.rsplit("/", 1)[1]
    presses(page, "button[name='do'][value='appointment']")
    expect(page.locator("main")).to_contain_text("nothing was recorded")
    # Each part of a date is typed by figures; which comes first is the browser's own, so it is filled as a whole.
    tab_to(page, "[name='appointment-at']")
    page.fill("[name='appointment-at']", from_now(hours=20))
    types(page, "[name='appointment-where']", "The library")
    tab_to(page, "[name='appointment-officer_gender']")
    page.locator("[name='appointment-officer_gender'][value='woman']").press("Space")
    presses(page, "button[name='do'][value='appointment']")
    expect(page.locator("main")).to_contain_text("An appointment with an officer: recorded")
    entries = {entry.kind: entry.fields for entry in served.entries(code)}
    assert (entries["AppointmentMade"].where, entries["AppointmentMade"].officer_gender) == ("The library", "woman")
    assert entries["RequestMade"].asked_for == "officer_of_a_gender"
    assert entries["CallGraded"].grade == "scheduled"
    assert {"keep-appointment", "officer-of-chosen-gender"} <= ids(call_taker.owed(code))

    # Whoever sends units reads it on the board, and who is asked for where it is answered
    dispatcher.page.goto(f"{served.at}/desk/board")
    expect(dispatcher.page.locator(f"[data-row][data-code='{code}']")).to_contain_text("an officer who is a woman")
    chase = dispatcher.page
    chase.goto(f"{served.at}/desk/case/{code}/chase")
    expect(chase.locator("#meeting .card")).to_contain_text("an officer who is a woman")

    # Nobody ends it by mistake before its time
    presses(chase, "#meeting button[value='kept']")
    expect(chase.locator("main")).to_contain_text("The time agreed has not come yet")
    assert faults_here(chase) == []
    presses(chase, "button[name='back']")
    assert "AppointmentKept" not in [entry.kind for entry in served.entries(code)]
    assert [*call_taker.complaints, *dispatcher.complaints] == []


@pytest.mark.parametrize(("who", "script"), [("survivor", True), ("police", False)])
def test_whoever_was_not_there_a_no_show_is_chased(
    who: str, script: bool, dated: Dated, opens: Opens, supervisor: Supervisor, served: Served
) -> None:
    # The appointment should have begun, and nobody has said that it did: it rings
    at = (datetime.now(UTC) - timedelta(minutes=50)).isoformat()
    made = {"at": at, "where": "The library", "officer_gender": "woman"}
    code = dated.call(("CallGraded", {"grade": "scheduled", "attend_within": 600}, 300), ("AppointmentMade", made, 300))
    supervisor.page.goto(f"{served.at}/desk/board")
    row = supervisor.page.locator(f"[data-row][data-code='{code}']")
    expect(row.locator(".b-alarm--dispatcher")).to_contain_text("Be at the appointment", timeout=PATIENT)

    dispatcher = Dispatcher(opens(script=script).new_page(), served)  # type: ignore[attr-defined]
    page = dispatcher.page
    page.goto(f"{served.at}/desk/case/{code}/chase")
    expect(page.locator("#meeting .card")).to_contain_text("has begun")
    types(page, "#meeting input[id^='f-missed-']", "The door stayed shut.")
    presses(page, f"#meeting button[name='by_whom'][value='{who}']")
    missed = served.said(code)[-1]
    assert (missed.kind, missed.fields.by_whom) == ("AppointmentMissed", who)

    # What police did not keep stays theirs to answer for; what the survivor could not come to is no fault of theirs
    owed = ids(supervisor.owed(code))
    assert "act-on-missed-appointment" in owed
    assert ("keep-appointment" in owed) == (who == "police")

    # A supervisor makes sure of them and offers a new time, with a woman again
    page = supervisor.page
    page.goto(f"{served.at}/desk/case/{code}/chase")
    opens_fold(page, "#meeting summary")
    page.fill("#f-at", from_now(hours=20))
    types(page, "#f-where", "The library")
    page.locator("#meeting [value='woman']").press("Space")
    presses(page, "#meeting details button")
    assert [entry.kind for entry in served.said(code)][-2:] == ["AppointmentMade", "RequestMade"]
    owed = ids(supervisor.owed(code))
    assert "act-on-missed-appointment" not in owed
    assert {"keep-appointment", "officer-of-chosen-gender"} <= owed
    assert [*supervisor.complaints, *dispatcher.complaints] == []
