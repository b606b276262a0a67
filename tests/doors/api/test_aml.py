"""Where a telephone says it is: each form of it read, never as certain, and put to the call from that number."""

import json
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from tests.doors.api.handed import CIRCLE
from tests.doors.api.sending import NUMBER
from tests.doors.api.sending import Machines

from holdfast.casefile.append import Draft
from holdfast.casefile.reading import read_case
from holdfast.doors.api.aml import AmlRefused
from holdfast.doors.api.aml import bytes_of
from holdfast.doors.api.aml import read_data
from holdfast.doors.api.aml import read_form
from holdfast.doors.api.aml import read_text
from holdfast.doors.api.aml import signed_by
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.coming import TakenIn
from holdfast.doors.intake.taking import take_in
from holdfast.doors.intake.unread import open_ones

SAMPLES = Path(__file__).parents[4] / "shared/samples/aml/aml_vectors.json"
TEXT = 'A"ML=1;lt=51.5;lg=-0.12;rd=35;top=20261105210000;lc=68;pm=W;si=234150000000000;ei=123456789012345;ml=99'


def _call(pack: str, document: str = "call-1") -> TakenIn:
    now = datetime.now(UTC)
    drafts = (Draft("CallReceived", {"route": "silent", "number": "07700 900123"}, now),)
    return take_in(Coming("silent", "sip", document, now, pack, drafts=drafts), now)


@pytest.mark.skipif(not SAMPLES.is_file(), reason="the samples are not beside the repository")
@pytest.mark.parametrize("place", range(5))
def test_the_samples_are_read(place: int) -> None:
    sample = json.loads(SAMPLES.read_text())[place]
    given, meant = sample["input"], sample["expect"]
    read = read_text(given) if sample["kind"] == "sms-text" else read_data(bytes_of(given))
    assert (read.latitude, read.longitude) == (meant["lat"], meant["lon"])
    assert read.radius == meant.get("radius_m", read.radius)
    assert read.confidence == meant.get("confidence", read.confidence)
    if "time" in meant:
        assert read.measured_at == datetime.fromisoformat(meant["time"])


def test_a_published_signature_fits_and_a_changed_form_does_not() -> None:
    # The example that github.com/cpilatre/aml-lib publishes, with its key.
    form = (
        b"v=1&device_number=%2B33611223344&location_latitude=0.85732&location_longitude=-4.26325"
        b"&location_time=1604912121000&location_accuracy=10.4&location_source=GPS&location_certainty=83"
        b"&hmac=f64c70eb238bb239e00e8ac8c023bf2b5d3c41dd"
    )
    assert signed_by(form, b"AML")
    assert not signed_by(form.replace(b"10.4", b"10.5"), b"AML")
    assert not signed_by(form, b"other")
    assert not signed_by(form, b"")
    assert not signed_by(form.replace(b"&hmac=", b"&x="), b"AML")
    read = read_form(form)
    assert (read.latitude, read.radius, read.confidence, read.method) == (0.85732, 10.4, 83, "satellites")
    assert (read.number, read.measured_at) == ("+33611223344", datetime(2020, 11, 9, 8, 55, 21, tzinfo=UTC))


def test_a_telephone_that_found_nothing_is_nowhere() -> None:
    found_nothing = 'A"ML=1;lt=+00.00000;lg=+000.00000;rd=N;top=20220131173734;lc=0;pm=N;mcc=234;mnc=15;ml=127'
    read = read_text(found_nothing)
    assert (read.latitude, read.longitude, read.radius, read.method) == (None, None, None, "none")
    assert read_text('A"ML=1;lt=0.0;lg=0.0;lc=10').latitude is None
    assert read_text('A"ML=2;lo=51.5,-0.12,0;lc=68').radius is None  # 0 says in this version that it is not known


@pytest.mark.parametrize(
    "text",
    [
        "", "ML=1", 'A"ML=3;lt=1;lg=1', 'A"ML=1;lt=91;lg=0;rd=5', 'A"ML=1;lt=1;lg=181;rd=5', 'A"ML=1;lt=1;rd=5',
        'A"ML=1;lt=1e3;lg=1;rd=5', 'A"ML=1;lt=nan;lg=1;rd=5', 'A"ML=1;lt=1;lg=1;rd=-5', 'A"ML=1;lt=1;lg=1;lc=101',
        'A"ML=1;lt=1;lt=2;lg=1', 'A"ML=1;lt=1;lg=1;top=20261399000000', 'A"ML=1;lt=١;lg=1', 'A"ML=2;lo=1,2',
        'A"ML=2;lo=1,2,3;et=99999999999999999', 'A"ML=1;' + "x=1;" * 1000,
    ],
)  # fmt: skip
def test_what_is_no_position_is_refused(text: str) -> None:
    with pytest.raises(AmlRefused):
        read_text(text)


def test_a_form_joins_the_call_of_its_number_with_how_sure_it_is(machines: Machines, small_pack: str) -> None:
    taken = _call(small_pack)
    status, told = machines.aml_form(location_latitude="51.5", location_longitude="-0.12")
    assert (status, told["repeated"]) == (200, False)
    case = read_case(taken.case_id)
    place, sure = (entry.fields for entry in case.entries[2:])
    assert (place.how, place.latitude, place.uncertainty, place.confirmed) == ("device", 51.5, 20.4, "not_asked")
    assert (sure.confidence, sure.method, sure.came_by, sure.clocks) == (83, "wireless_network", "aml_https", "agree")


@pytest.mark.parametrize("way", ["text", "data", "base64"])
def test_a_text_that_a_network_hands_on_joins_its_call(machines: Machines, small_pack: str, way: str) -> None:
    taken = _call(small_pack)
    packed = sum(ord(sign) << (7 * place) for place, sign in enumerate(TEXT)).to_bytes(-(-len(TEXT) * 7 // 8), "little")
    import base64

    sent: dict[str, Any] = {"number": NUMBER}
    sent |= (
        {"text": TEXT}
        if way == "text"
        else {"data": packed.hex() if way == "data" else base64.b64encode(packed).decode()}
    )
    first, again = machines.keyed("aml", sent), machines.keyed("aml", sent)
    assert (first[0], first[1]["repeated"], again[0], again[1]["repeated"]) == (200, False, 200, True)
    entries = read_case(taken.case_id).entries
    assert [entry.kind for entry in entries[2:]] == ["LocationFound", "PositionMeasured"]
    assert (entries[3].fields.clocks, entries[3].fields.measured_at) == (
        "telephone_behind", datetime(2026, 11, 5, 21, tzinfo=UTC)
    )  # fmt: skip
    assert entries[2].happened_at >= taken_at(entries)  # its clock is wrong: it happened when it came


def taken_at(entries: Any) -> datetime:
    return entries[1].recorded_at.replace(microsecond=0)


def test_a_position_that_comes_first_waits_and_is_joined_once(machines: Machines, small_pack: str) -> None:
    sent = {"number": NUMBER, "text": TEXT}
    assert machines.keyed("aml", sent) == (202, {"waits": True})
    assert machines.keyed("aml", sent) == (202, {"waits": True})
    taken = _call(small_pack)
    assert [entry.kind for entry in read_case(taken.case_id).entries[1:]] == [
        "CallReceived", "LocationFound", "PositionMeasured"
    ]  # fmt: skip
    status, told = machines.keyed("aml", sent)  # a third time, late
    assert (status, told["repeated"], told["entries"]) == (200, True, 4)


def test_a_network_sends_a_location_document_for_an_open_call(machines: Machines, small_pack: str) -> None:
    taken = _call(small_pack)
    status, _ = machines.keyed("locations", {"number": NUMBER, "document": CIRCLE, "at": "2026-11-21T10:00:00Z"})
    assert status == 200
    place = read_case(taken.case_id).entries[2]
    assert (place.fields.latitude, place.fields.uncertainty, place.happened_at.hour) == (51.5, 35, 10)


def test_a_form_that_cannot_be_read_is_kept_for_a_person(machines: Machines) -> None:
    status, told = machines.aml_form(location_latitude="north")
    assert (status, told["kept"]) == (202, True)
    assert "lt is no number" in told["faults"][0]["why"]
    assert [(each.sender, each.proved) for each in open_ones()] == [("aml", True)]
    status, _ = machines.aml_bytes(b"v=1&device_number=1", key="wrong")
    assert status == 401
    assert {each.proved for each in open_ones()} == {True, False}
