"""`POST /api/calls`, over a real server: what opens a case, and what is refused with every fault, nothing written."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest
from tests.doors.api.handed import DOCUMENT
from tests.doors.api.handed import body
from tests.doors.api.handed import document

from holdfast.casefile.models import Case
from holdfast.casefile.models import DutyRow
from holdfast.casefile.models import StoredEntry
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case

HOUSE = Path(__file__).parents[3]
REAL = HOUSE.parent / "shared/samples/eido/sample_call_transfer.json"


class Server:
    """A real server on this machine, and a control room's key to it."""

    def __init__(self, port: int, key: str):
        self.port, self.key = port, key

    def post(self, given: bytes, *, method: str = "POST", **headers: str) -> tuple[int, dict[str, Any]]:
        sent = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, "/api/calls", given, {name: value for name, value in sent.items() if value})
        answer = connection.getresponse()
        told = json.loads(answer.read())
        connection.close()
        return answer.status, told


@pytest.fixture
def server(database: Path, small_pack: str) -> Iterator[Server]:
    import uvicorn

    from holdfast.doors.api.models import add_agency
    from holdfast.site.asgi import application

    key = add_agency("control.example.org", pack=small_pack, force="north")
    running = uvicorn.Server(uvicorn.Config(application, port=0, log_config=None, access_log=False, lifespan="off"))
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield Server(listening.getsockname()[1], key)
    running.should_exit = True
    thread.join(timeout=10)
    listening.close()


def test_a_call_that_is_handed_over_becomes_a_case(server):
    status, told = server.post(body())
    assert (status, told["opened"]) == (201, True)
    case = read_case(case_by_code(told["case"]))
    assert [entry.kind for entry in case.entries] == [
        "CaseOpened", "CallTransferredIn", "CallReceived", "LocationFound", "LocationFound", "LocationFound"
    ]  # fmt: skip
    _, handed, call, address, circle, link = (entry.fields for entry in case.entries)
    assert (case.force, case.entries[0].by) == ("north", ("feed", "control.example.org"))
    assert handed.from_whom == "control.example.org"
    assert handed.comments == "She whispers; a man can be heard.\n\nSecond call tonight."
    assert "vehicleComponent.vehicleRelationshipType" in handed.unread
    assert json.loads(handed.kept)["vehicleComponent"] == DOCUMENT["vehicleComponent"]
    assert (call.number, call.line, call.route) == ("+442079460123", "landline", "another_control_room")
    assert case.entries[2].happened_at.isoformat() == "2026-10-05T20:00:00+00:00"
    assert address.place == "7 Nowhere Lane, Inventon, ZZ1 1ZZ, GB"
    assert (circle.latitude, circle.longitude, circle.uncertainty) == (51.5, -0.12, 35)
    assert link.link == "https://location.example.org/1"
    assert DutyRow.objects.filter(case_id=case.id, duty="ask-for-safety").exists()


def test_the_standards_own_sample_becomes_a_case(server):
    if not REAL.is_file():
        pytest.skip("the standard's sample may not be copied and is not here (../shared/samples/eido)")
    status, told = server.post(REAL.read_bytes())
    assert status == 201
    case = read_case(case_by_code(told["case"]))
    call = next(entry for entry in case.entries if entry.kind == "CallReceived")
    places = [entry.fields for entry in case.entries if entry.kind == "LocationFound"]
    assert (call.fields.number, call.fields.line) == ("8195551212", "mobile")
    assert call.happened_at.isoformat() == "2021-04-30T18:40:00+00:00"
    assert places[0].place.startswith("42 W Cellular Street, Wilmington, DE, US (used to route the call")
    assert places[1].link.startswith("https://lrf.osp.com")
    assert case.entries[1].fields.comments == "This is an example text."


def test_what_has_no_field_is_kept_whole(server):
    _, told = server.post(body(document(somethingNew={"deep": [1, {"x": "y"}]})))
    handed = read_case(case_by_code(told["case"])).entries[1].fields
    assert json.loads(handed.kept)["somethingNew"] == {"deep": [1, {"x": "y"}]}
    assert "somethingNew.deep" in handed.unread


def test_a_long_document_is_kept_whole_too(server):
    long = {"$id": "v", "words": "long words, again and again. " * 20_000}
    _, told = server.post(body(document(vehicleComponent=[long])))
    handed = read_case(case_by_code(told["case"])).entries[1].fields
    assert json.loads(handed.kept)["vehicleComponent"] == [long]


class TestAgain:
    """The same call handed over more than once."""

    def test_the_same_document_is_one_case(self, server):
        first = server.post(body())
        assert server.post(body()) == (200, {**first[1], "opened": False, "repeated": True})
        assert Case.objects.count() == 1
        assert StoredEntry.objects.count() == first[1]["entries"]

    def test_the_same_document_from_many_at_once_is_one_case(self, server):
        answers: list[tuple[int, dict[str, Any]]] = []
        threads = [threading.Thread(target=lambda: answers.append(server.post(body()))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(status for status, _ in answers) == [200] * 5 + [201]
        assert Case.objects.count() == 1

    def test_a_newer_version_adds_what_is_new(self, server):
        _, told = server.post(body())
        moved = {**DOCUMENT["locationComponent"][0], "$id": "location-3"}
        moved["locationByValue"] = moved["locationByValue"].replace("Nowhere", "Elsewhere")
        newer = document(lastUpdateTimeStamp="2026-10-05T21:30:00+01:00")
        newer["locationComponent"].append(moved)
        status, again = server.post(body(newer))
        assert (status, again["case"], again["opened"]) == (200, told["case"], False)
        added = read_case(case_by_code(told["case"])).entries[told["entries"] :]
        assert [entry.kind for entry in added] == ["CallTransferredIn", "LocationFound"]
        assert "Elsewhere" in added[1].fields.place

    def test_an_older_version_is_refused(self, server):
        server.post(body())
        status, told = server.post(body(document(lastUpdateTimeStamp="2026-10-05T21:00:00+01:00")))
        assert (status, told["faults"][0]["at"]) == (409, "/lastUpdateTimeStamp")

    def test_two_documents_under_one_time_are_refused(self, server):
        server.post(body())
        assert server.post(body(document(somethingNew=1)))[0] == 409
        assert StoredEntry.objects.count() == 6


class TestKeys:
    """Every control room has its own key."""

    @pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic abc", "Bearer \u00e9"])
    def test_without_a_key_nothing_is_read(self, server, given):
        status, told = server.post(body(), Authorization=given)
        assert status == 401
        assert "faults" in told
        assert not Case.objects.exists()

    def test_a_key_that_was_taken_away_opens_nothing(self, server):
        from django.utils import timezone

        from holdfast.doors.api.models import stop_agency

        assert stop_agency("control.example.org", timezone.now())
        assert server.post(body())[0] == 401

    def test_a_new_key_ends_the_old_one(self, server, small_pack):
        from holdfast.doors.api.models import add_agency

        add_agency("control.example.org", pack=small_pack)
        assert server.post(body())[0] == 401


class TestRefused:
    """Each lie and each fault is told by its place, and leaves nothing behind."""

    @pytest.mark.parametrize(
        ("changes", "at", "why"),
        [
            ({"$id": None}, "/$id", "missing"),
            ({"eidoVersion": "9.9"}, "/eidoVersion", "version"),
            ({"lastUpdateTimeStamp": "yesterday"}, "/lastUpdateTimeStamp", "time"),
            ({"lastUpdateTimeStamp": "2026-02-30T10:00:00Z"}, "/lastUpdateTimeStamp", "time"),
            ({"lastUpdateTimeStamp": "2199-01-01T10:00:00Z"}, "/lastUpdateTimeStamp", "future"),
            ({"lastUpdateTimeStamp": "0001-01-01T00:00:00+14:00"}, "/lastUpdateTimeStamp", "time"),
            ({"callComponent": []}, "/callComponent", "no call"),
            ({"callComponent": {}}, "/callComponent", "list"),
            ({"callComponent": [1]}, "/callComponent/0", "object"),
            ({"callbackComponent": []}, "/callComponent/0/callBackReference/$ref", "nothing"),
            ({"notesComponent": [{"$id": "location-1"}]}, "/notesComponent/0/$id", "two parts"),
            ({"notesComponent": [{"$id": "n", "notesActionComments": 7}]},
             "/notesComponent/0/notesActionComments", "words"),
            ({"personComponent": [{"$id": "p", "callBackReference": {"$ref": "note-1"}}]},
             "/personComponent/0/callBackReference/$ref", "not in callbackComponent"),
        ],
    )  # fmt: skip
    def test_a_document_that_does_not_hold_together(self, server, changes, at, why):
        status, told = server.post(body(document(**changes)))
        assert status == 422
        assert any(fault["at"] == at and why in fault["why"] for fault in told["faults"]), told
        assert not Case.objects.exists()

    @pytest.mark.parametrize(
        ("field", "value", "why"),
        [
            ("callStartTimestamp", "2199-01-01T00:00:00Z", "future"),
            ("callStartTimestamp", None, "missing"),
            ("answerDate", "2026-10-05T20:59:59+01:00", "before the start"),
        ],
    )
    def test_a_call_that_lies_about_its_times(self, server, field, value, why):
        given = document()
        given["callComponent"][0][field] = value
        status, told = server.post(body(given))
        assert status == 422
        assert told["faults"][0]["at"] == f"/callComponent/0/{field}"
        assert why in told["faults"][0]["why"]

    @pytest.mark.parametrize("field", ["callStartTimestamp", "answerDate"])
    @pytest.mark.parametrize(
        "value",
        [
            "2026-99-99T10:00:00Z",
            "2026-01-05T99:00:00Z",
            "0001-01-01T00:00:00+14:00",
            "9999-12-31T23:59:59-14:00",
            "\u0662\u0660\u0662\u0666-01-05T10:00:00Z",
        ],
        ids=["no such day", "no such hour", "before all years", "after all years", "other digits"],
    )
    def test_a_time_that_cannot_be_read_is_a_fault_of_that_time(self, server, field, value):
        given = document()
        given["callComponent"][0][field] = value
        status, told = server.post(body(given))
        assert status == 422
        assert [fault["at"] for fault in told["faults"]] == [f"/callComponent/0/{field}"]
        assert "not a time" in told["faults"][0]["why"]
        assert not Case.objects.exists()

    def test_a_location_that_cannot_be_read_says_which(self, server):
        given = document()
        given["locationComponent"][1]["locationByValue"] = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
        status, told = server.post(body(given))
        assert (status, told["faults"][0]["at"]) == (422, "/locationComponent/1/locationByValue")
        assert not Case.objects.exists()

    def test_every_fault_is_told_at_once_and_none_repeats_a_value(self, server):
        given = document(eidoVersion="Quillfeather", lastUpdateTimeStamp="Quillfeather")
        given["callComponent"][0]["callBackReference"]["$ref"] = "Quillfeather"
        _, told = server.post(body(given))
        assert len(told["faults"]) == 3
        assert "Quillfeather" not in json.dumps(told)

    def test_too_long_a_document_is_not_read(self, server):
        status, told = server.post(b" " * 1_000_001)
        assert status == 413
        assert "not read" in told["faults"][0]["why"]

    def test_whoever_is_still_sending_too_long_a_document_hears_why_it_is_refused(self, server):
        """A line that is shut while they send would throw the answer away with it."""
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as sending:
            sending.sendall(
                f"POST /api/calls HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.key}\r\n"
                "Content-Type: application/json\r\nContent-Length: 3000000\r\n\r\n".encode()
            )
            for _ in range(30):
                sending.sendall(b" " * 100_000)
                time.sleep(0.01)
            sending.shutdown(socket.SHUT_WR)
            answer = b"".join(iter(lambda: sending.recv(65_536), b""))
        assert answer.startswith(b"HTTP/1.1 413")
        assert b"not read" in answer

    def test_a_document_that_never_ends_is_cut_off(self, server):
        """Sent in pieces, without saying how long it is: the server must stop listening, not fill a disk."""
        with socket.create_connection(("127.0.0.1", server.port), timeout=20) as sending:
            sending.sendall(
                f"POST /api/calls HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {server.key}\r\n"
                "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
            )
            piece = b"10000\r\n" + b" " * 65_536 + b"\r\n"
            sent = 0
            try:
                while sent < 20:
                    sending.sendall(piece)
                    sent += 1
                answer = sending.recv(64)
            except OSError:
                pytest.fail("the server hung up without an answer")
        assert b" 413 " in answer

    def test_another_type_or_method_is_refused(self, server):
        assert server.post(body(), Content_Type="text/xml")[0] == 415
        assert server.post(b"", method="GET")[0] == 405

    def test_a_document_that_is_not_json(self, server):
        assert server.post(b"{")[0] == 400
        assert server.post(b"[" * 500_000)[0] == 400
