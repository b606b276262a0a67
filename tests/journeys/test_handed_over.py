"""A call that another control room hands over: its file becomes a case, and the desk shows what the file says."""

import json

import pytest
from tests.doors.api.handed import body
from tests.doors.api.handed import document
from tests.journeys.agreeing import assert_desk_owes_the_same
from tests.journeys.staff import CallTaker
from tests.support.served import Served

pytestmark = pytest.mark.browser


def test_a_file_from_another_control_room_becomes_a_case_that_the_desk_shows(
    call_taker: CallTaker, served: Served
) -> None:
    # Given a handover document, taken by the command that a control room would run
    code = json.loads(served.command("take", "-", "--json", given=body(document())))["case"]

    # When a call taker opens the case
    call_taker.opens(code)
    shown = call_taker.page.locator("main").inner_text()

    # Then it holds what the file says, and nothing that it does not say
    for said in ("Call transferred in", "+442079460123", "Nowhere Lane", "She whispers; a man can be heard."):
        assert said in shown, said
    assert "not known yet" in shown  # who the survivor is
    assert "Not assessed" in shown  # and nobody has looked at the risk

    # And what is owed from that moment is owed at the desk, by the record, and first by whoever answers the call
    assert_desk_owes_the_same(code, call_taker, served.pack)
    assert {"grade-call", "check-history"} <= {key.split("@")[0] for key in call_taker.owed(code)}
    assert call_taker.complaints == []
