"""A call goes out to another room, which takes less than it was sent: what was lost is said until they have it."""

import json
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from tests.journeys.by_keys import presses
from tests.journeys.by_keys import tab_to
from tests.journeys.by_keys import types
from tests.journeys.dated import Dated
from tests.journeys.held_to import faults_here
from tests.journeys.staff import CallTaker
from tests.journeys.staff import Dispatcher
from tests.support.served import Served

pytestmark = pytest.mark.browser

PATIENT = 30_000  # milliseconds: other work may be going on on the same machine
ASKED = {
    "what_happened": "He said that he would kill her.", "threat_to_kill": "yes", "weapons_used": "yes",
    "weapons": "A kitchen knife", "children_there": "yes", "children": 2,
}  # fmt: skip


@pytest.fixture
def code(served: Served) -> Iterator[str]:
    dated = Dated(served)
    yield dated.call(
        ("CallQuestionsAnswered", ASKED, 4),
        ("LocationFound", {"how": "said", "place": "7 Example Rise"}, 4),
        ("CallGraded", {"grade": "immediate", "attend_within": 15}, 3),
    )
    dated.stop()


def taken_by_the_other_room(sent: dict[str, Any]) -> dict[str, Any]:
    """What they return: no threat to kill, and the weapons only as something that nobody knows."""
    notes = [dict(note) for note in sent["notesComponent"] if note["$id"] != "note-threat_to_kill"]
    assert len(notes) == len(sent["notesComponent"]) - 1
    for note in notes:
        if note["$id"] == "note-weapons":
            assert note["notesActionComments"].startswith("Weapons: yes")
            note["notesActionComments"] = "Weapons: not known"
    return {**sent, "notesComponent": notes}


@pytest.mark.parametrize("script", [True, False])
def test_what_the_other_room_lost_is_shown_and_owed_until_they_read_it_back(
    script: bool, code: str, call_taker: CallTaker, opens: Callable[..., object], served: Served, tmp_path: Path
) -> None:
    # The call taker writes the document, by keys, and takes it out
    page = call_taker.page
    page.goto(f"{served.at}/desk/case/{code}/hand-over")
    assert faults_here(page) == []
    expect(page.locator(".told")).to_contain_text("Threat to kill: yes")
    types(page, "#to_whom", "Northern control room")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with page.expect_download() as taking:
        tab_to(page, "a[href$='/document']")
        page.keyboard.press("Enter")
    taking.value.save_as(tmp_path / "call.json")
    sent = json.loads((tmp_path / "call.json").read_text())

    # Nobody has said that they have it: the board says so, and the call stays here
    dispatcher = Dispatcher(opens(script=script).new_page(), served)  # type: ignore[attr-defined]
    board = dispatcher.page
    board.goto(f"{served.at}/desk/board")
    expect(board.locator(f"[data-row][data-code='{code}']")).to_contain_text("has not said that they took it")

    # What they took comes back, and is held against what was sent
    types(page, "textarea[name='answer']", "not what they sent")
    page.check("input[value='their_document']")
    presses(page, "button:has-text('Compare')")
    expect(page.locator(".govuk-error-summary")).to_contain_text("not JSON that can be read")
    assert page.locator("textarea[name='answer']").input_value() == "not what they sent"
    assert page.is_checked("input[value='their_document']")
    page.locator("textarea[name='answer']").fill(json.dumps(taken_by_the_other_room(sent)))
    presses(page, "button:has-text('Compare')")

    # Field by field: the threat was lost, the weapons came down, the rest arrived
    expect(page.locator(".said-just-now")).to_contain_text("NOT ALL OF THE DANGER ARRIVED")
    loss = page.locator("section[role=alert]")
    expect(loss).to_contain_text("Northern control room does not have this")
    expect(loss.locator("li")).to_contain_text(["Threat to kill: yes", "A kitchen knife"])
    held = page.locator("section[aria-labelledby^='doc-'] dl")
    expect(held.locator("dt:has-text('Lost') + dd")).to_have_text("Threat to kill")
    expect(held.locator("dt:has-text('Weaker') + dd")).to_have_text("Weapons")
    assert faults_here(page) == []
    assert call_taker.complaints == []

    # A dispatcher has it to do: in the case, and in the words of the board
    key = next(key for key in dispatcher.owed(code) if key.startswith("tell-what-transfer-lost@"))
    assert dispatcher.owed(code)[key][1] in ("open", "soon", "overdue")
    board.goto(f"{served.at}/desk/board")
    expect(board.locator(f"[data-row][data-code='{code}']")).to_contain_text(
        "Northern control room does not have: Threat to kill, Weapons"
    )

    # They are told, and have not read it back yet: it stays owed
    desk = dispatcher.page
    desk.goto(f"{served.at}/desk/case/{code}/hand-over")
    desk.check("input[name='how'][value='by_telephone']")
    desk.check("input[name='they_have_it'][value='yes']")
    presses(desk, "button:has-text('Record it')")
    expect(desk.locator(".govuk-error-summary")).to_contain_text("who did")
    assert desk.is_checked("input[name='how'][value='by_telephone']")
    desk.check("input[name='they_have_it'][value='not_known']")
    presses(desk, "button:has-text('Record it')")
    expect(desk.locator("section[role=alert]")).to_contain_text("Threat to kill")
    assert key in dispatcher.owed(code)

    # They read it back, word for word: nothing is owed to them any more
    desk.goto(f"{served.at}/desk/case/{code}/hand-over")
    desk.check("input[name='how'][value='by_telephone']")
    desk.check("input[name='they_have_it'][value='yes']")
    types(desk, "input[name='accepted_by']", "Their duty officer")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    assert desk.locator("section[role=alert]").count() == 0
    assert key not in dispatcher.owed(code)
    accepted = [entry for entry in served.entries(code) if entry.kind == "TransferAccepted"]
    assert [entry.fields.accepted_by for entry in accepted] == ["Their duty officer"]
    board.goto(f"{served.at}/desk/board")
    row = board.locator(f"[data-row][data-code='{code}']")
    expect(row).not_to_contain_text("does not have")
    expect(row).not_to_contain_text("has not said that they took it")
    assert dispatcher.complaints == []
