"""A call that is handed over as EIDO: it fits our schema, comes back through our reader, and nothing drops unseen."""

import copy
import json
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.doors.api.sending import Machines
from tests.doors.api.transferring import grave_call

from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.doors.api.eido import read_eido
from holdfast.doors.api.eido_comparing import DANGERS
from holdfast.doors.api.eido_comparing import compare
from holdfast.doors.api.eido_comparing import compare_answer
from holdfast.doors.api.eido_comparing import compare_read_back
from holdfast.doors.api.eido_comparing import names_of
from holdfast.doors.api.eido_shape import schema
from holdfast.doors.api.eido_writing import Written
from holdfast.doors.api.eido_writing import write_eido

SCHEMA = Path(__file__).parents[3] / "docs/formats/eido.schema.json"


def _written(code: str) -> Written:
    return write_eido(read_case(case_by_code(code)).entries, "inv-1", "control.example.org", datetime.now(UTC))


@pytest.fixture
def sent(database: Path, small_pack: str) -> dict[str, Any]:
    return _written(grave_call(small_pack)).document


def test_the_schema_in_the_documents_is_the_one_that_is_held() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json.loads(json.dumps(schema()))


def test_what_goes_out_fits_the_schema_and_says_every_danger(database: Path, small_pack: str) -> None:
    import jsonschema_rs

    written = _written(grave_call(small_pack))
    jsonschema_rs.validator_for(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(json.loads(written.text))
    notes = {note["$id"]: note["notesActionComments"] for note in written.document["notesComponent"]}
    assert notes["note-threat_to_kill"].startswith("Threat to kill: yes")
    assert notes["note-strangled"].startswith("Strangled, choked or smothered: not known")
    assert notes["note-firearms"].startswith("Firearms certificate or firearm: not asked")
    assert "after nine" in notes["note-caution_on_contact"]
    assert "Do not ring or text the number that the call came from" in notes["note-caution_on_contact"]
    assert "Check the first address as well." in notes["note-second_place"]
    assert set(written.dangers) >= {"threat_to_kill", "weapons", "children", "order_in_force", "place", "code_word"}


def test_without_a_safe_number_the_caution_says_so(database: Path, small_pack: str) -> None:
    from holdfast.casefile.append import Draft
    from holdfast.casefile.append import open_case
    from holdfast.record.entry import By

    at = datetime.now(UTC)
    drafts = (Draft("CallReceived", {"route": "silent", "number": "07700 900123"}, at),)
    case = open_case(small_pack, by=By("call_taker", "c"), happened_at=at, drafts=drafts)
    (caution, *_) = _written(case.code).document["notesComponent"]
    assert "No safe number was given. Do not ring or text" in caution["notesActionComments"]


def test_it_comes_back_through_our_own_door_with_nothing_lost(machines: Machines, small_pack: str) -> None:
    written = _written(grave_call(small_pack))
    assert read_eido(written.document, datetime.now(UTC)).id == written.document["$id"]
    status, answer = machines.keyed("calls", written.document)
    assert status == 201
    assert compare_answer(written.document, answer).whole
    there = read_case(case_by_code(answer["case"]))
    places = [entry.fields for entry in there.entries if entry.kind == "LocationFound"]
    assert [(one.latitude, one.uncertainty, one.place) for one in places] == [
        (51.5, 35, ""), (None, None, "7 Nowhere Lane, Inventon & District")
    ]  # fmt: skip
    call = next(entry for entry in there.entries if entry.kind == "CallReceived")
    assert call.fields.number == "+447700900123"
    returned = _written(answer["case"])  # what they would hand on to a third control room
    found = compare(written.document, returned.document)
    assert (found.lost, found.dangers_lost) == ((), ())
    assert "threat_to_kill" in returned.dangers


@pytest.mark.parametrize("name", sorted(DANGERS - {"firearms", "strangled"}))
def test_a_danger_that_was_dropped_is_caught(sent: dict[str, Any], name: str) -> None:
    theirs = copy.deepcopy(sent)
    theirs["notesComponent"] = [part for part in theirs["notesComponent"] if part["$id"] != f"note-{name}"]
    found = compare(sent, theirs)
    assert name in found.dangers_lost
    assert name in found.lost
    answer = {"taken": [part["$id"] for part in theirs["notesComponent"]]}
    assert name in compare_answer(sent, answer).dangers_lost
    assert name in compare_read_back(sent, [each for each in names_of(sent) if each != name]).dangers_lost


@pytest.mark.parametrize(
    ("name", "weaken"),
    [
        ("threat_to_kill", lambda text: text.replace(": yes", ": not known")),
        ("threat_to_kill", lambda text: text.replace(": yes", ": no")),
        ("firearms", lambda text: text.replace(": not asked", ": no")),
        ("weapons", lambda text: text.partition("\n")[0]),
        ("caution_on_contact", lambda text: text.partition("\n")[0]),
    ],
)
def test_a_danger_that_arrives_weaker_counts_as_lost(
    sent: dict[str, Any], name: str, weaken: Callable[[str], str]
) -> None:
    theirs = copy.deepcopy(sent)
    for part in theirs["notesComponent"]:
        if part["$id"] == f"note-{name}":
            part["notesActionComments"] = weaken(part["notesActionComments"])
    found = compare(sent, theirs)
    assert name in found.weaker
    assert name in found.dangers_lost


def test_a_place_that_became_surer_than_it_is_counts_as_weaker(sent: dict[str, Any]) -> None:
    theirs = copy.deepcopy(sent)
    part = theirs["locationComponent"][0]
    part["locationByValue"] = part["locationByValue"].replace(">35.0<", ">5.0<")
    assert compare(sent, theirs).weaker == ("place 1",)
    theirs["locationComponent"] = []
    assert "place" in compare(sent, theirs).dangers_lost


def test_an_answer_that_names_nothing_has_taken_nothing(sent: dict[str, Any]) -> None:
    assert set(compare_answer(sent, {"status": "ok"}).lost) == set(names_of(sent))
    assert compare(sent, copy.deepcopy(sent)).whole


_JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=20,
)
_NAMED = st.dictionaries(
    st.sampled_from(["callComponent", "notesComponent", "locationComponent", "callbackComponent", "taken"]), _JSON
)


@settings(max_examples=60, deadline=None)
@given(theirs=_NAMED)
def test_whatever_they_answer_is_compared_and_never_called_whole(theirs: dict[str, Any]) -> None:
    sent = _SENT
    for found in (compare(sent, theirs), compare_answer(sent, theirs)):
        assert not found.whole
        assert "threat_to_kill" in found.dangers_lost


_SENT: dict[str, Any] = {
    "notesComponent": [{"$id": "note-threat_to_kill", "notesActionComments": "Threat to kill: yes\nwith a knife"}],
    "callComponent": [{"$id": "c", "callStartTimestamp": "2026-11-21T10:00:00Z"}],
    "callbackComponent": [{"$id": "b", "callBackInformationUri": ["tel:+447700900123"]}],
    "locationComponent": [],
}
