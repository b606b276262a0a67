"""The page on which a call is handed over: the document, what came back, and a danger that was dropped, told aloud."""

import json
from datetime import UTC
from datetime import datetime
from datetime import timedelta

import pytest
from django.test import Client
from tests.doors.api.transferring import grave_call
from tests.doors.desk.conftest import Desk
from tests.doors.desk.conftest import entries

from holdfast.casefile.ringing import ring_due

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def code() -> str:
    return grave_call("england-and-wales")


@pytest.fixture
def desk() -> Desk:
    return Desk("call_taker", "call_taker-1").signs_in()


def _of(code: str, kind: str) -> list:
    return [entry for entry in entries(code) if entry.kind == kind]


def _writes(desk: Desk, code: str) -> int:
    desk.sends(f"/desk/case/{code}/hand-over", {"to_whom": "North control room"})
    return _of(code, "HandoverDocumentMade")[-1].number


def _loses_the_threat(desk: Desk, code: str) -> str:
    """Hands it over to a control room that takes all of it but the threat to kill; where that page is."""
    number, where = _writes(desk, code), f"/desk/case/{code}/hand-over"
    theirs = json.loads(_of(code, "HandoverDocumentMade")[0].fields.kept)
    theirs["notesComponent"] = [one for one in theirs["notesComponent"] if "threat" not in one["$id"]]
    desk.sends(f"{where}/{number}/compare", {"by_what": "their_document", "answer": json.dumps(theirs)})
    return where


def test_a_call_is_written_out_and_taken_out_as_a_document(desk: Desk, code: str) -> None:
    page = desk.opens(f"/desk/case/{code}/hand-over")
    assert "Threat to kill: yes" in page
    assert "Told as not asked or not known" in page
    assert "Say which control room" in desk.sends(f"/desk/case/{code}/hand-over", {"to_whom": " "})
    number = _writes(desk, code)
    taken = desk.client.get(f"/desk/case/{code}/hand-over/{number}/document")
    assert taken.headers["Content-Disposition"] == 'attachment; filename="call.json"'
    document = json.loads(taken.content)
    assert code not in taken.content.decode()
    assert document["notesComponent"][0]["$id"] == "note-caution_on_contact"
    assert _of(code, "CallTransferredOut")[0].fields.danger_passed_on == "not_known"


def test_a_transfer_that_drops_a_threat_to_kill_is_loud_until_they_have_it(desk: Desk, code: str) -> None:
    where = _loses_the_threat(desk, code)
    page = desk.follows()
    assert "NOT ALL OF THE DANGER ARRIVED" in page
    assert 'role="alert"' in page
    (loss,) = _of(code, "TransferLossFound")
    assert loss.fields.dangers == ("threat_to_kill",)
    assert _of(code, "TransferAccepted") == []
    desk.sends(f"{where}/{loss.number}/answered", {"how": "by_telephone", "they_have_it": "not_known"})
    assert 'role="alert"' in desk.follows()
    refused = desk.sends(f"{where}/{loss.number}/answered", {"how": "by_telephone", "they_have_it": "yes"})
    assert "who did" in refused
    said = {"how": "by_telephone", "they_have_it": "yes", "accepted_by": "duty officer"}
    desk.sends(f"{where}/{loss.number}/answered", said)
    assert 'role="alert"' not in desk.follows()
    assert _of(code, "CallTransferredOut")[-1].fields.danger_passed_on == "yes"
    assert _of(code, "TransferAccepted")[0].fields.accepted_by == "duty officer"


def test_a_danger_that_was_lost_rings_until_they_have_it(desk: Desk, code: str) -> None:
    where = _loses_the_threat(desk, code)
    (loss,) = _of(code, "TransferLossFound")

    def rung(minutes: int) -> dict[str, str]:
        ring_due(datetime.now(UTC) + timedelta(minutes=minutes))
        return {one.fields.duty: one.fields.level for one in _of(code, "AlarmRung")}

    assert "tell-what-transfer-lost" not in rung(0)
    assert rung(6)["tell-what-transfer-lost"] == "dispatcher"
    assert rung(11)["tell-what-transfer-lost"] == "supervisor"
    assert rung(18)["pass-on-danger"] == "supervisor"
    desk.sends(
        f"{where}/{loss.number}/answered", {"how": "by_telephone", "they_have_it": "yes", "accepted_by": "duty officer"}
    )
    before = len(_of(code, "AlarmRung"))
    assert _of(code, "TransferLossAnswered")
    rung(60)
    assert "tell-what-transfer-lost" not in {one.fields.duty for one in _of(code, "AlarmRung")[before:]}


def test_what_is_read_back_by_telephone_is_held_against_it(desk: Desk, code: str) -> None:
    number = _writes(desk, code)
    desk.sends(
        f"/desk/case/{code}/hand-over/{number}/compare", {"by_what": "read_back_by_telephone", "heard": ["weapons"]}
    )
    page = desk.follows()
    assert "does not have this" in page
    told = page[page.index("does not have this") : page.index("What they are told")]
    # What is said to be so first, in the words that were sent; what nobody knows is no danger that is known
    assert told.index("Threat to kill: yes") < told.index("Strangled, choked or smothered: not known")
    assert "Non-molestation order" in told
    assert "weapons" not in _of(code, "TransferLossFound")[0].fields.dangers
    assert "children" in _of(code, "TransferLossFound")[0].fields.dangers


@pytest.mark.parametrize("answer", ["", "[", "[]", "null", "[" * 5000, '{"a":' * 5000])
def test_an_answer_that_cannot_be_read_is_said_to_be_so(desk: Desk, code: str, answer: str) -> None:
    number = _writes(desk, code)
    said = {"by_what": "their_answer", "answer": answer}
    page = desk.sends(f"/desk/case/{code}/hand-over/{number}/compare", said)
    assert desk.page.status_code == 422
    assert "not JSON that can be read" in page
    assert _of(code, "TransferCompared") == []


def test_numbers_of_other_entries_are_no_documents(desk: Desk, code: str) -> None:
    for way, method in (("1/document", Client.get), ("1/compare", Client.post), ("99/answered", Client.post)):
        assert method(desk.client, f"/desk/case/{code}/hand-over/{way}").status_code == 404


def test_somebody_else_hands_nothing_over(code: str) -> None:
    auditor = Desk("auditor").signs_in()
    auditor.opens(f"/desk/case/{code}/hand-over")
    assert auditor.page.status_code in (403, 404)
