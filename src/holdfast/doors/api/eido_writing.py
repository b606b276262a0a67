"""A case's call written out as an EIDO document for another control room.

Every place goes with its uncertainty, every danger with how it stands, and the caution on contact first. The document
is held against our own schema, and read by our own reader, before anybody is given it.
"""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from typing import NamedTuple
from xml.sax.saxutils import escape

from holdfast.doors.api.eido import read_eido
from holdfast.doors.api.eido_dangers import Told
from holdfast.doors.api.eido_dangers import dangers_in
from holdfast.doors.api.eido_dangers import told_of
from holdfast.doors.api.eido_shape import valid
from holdfast.record.entry import Entry
from holdfast.record.facts import effective

_BEGINS = ("CallReceived", "CallTransferredIn")
_GP = "urn:ietf:params:xml:ns:pidf:geopriv10"
MOST_PLACES = 50  # the newest


class Written(NamedTuple):
    """A document, ready to go."""

    document: dict[str, Any]
    text: str
    digest: str  # SHA-256 of the text in UTF-8, in hex
    told: tuple[Told, ...]
    dangers: tuple[str, ...]


def write_eido(entries: Sequence[Entry], name: str, issuer: str, now: datetime) -> Written:
    """The call of these entries. `name` is what the document is called: letters, digits and dashes, no word of it."""
    standing = sorted(effective(list(entries)), key=lambda entry: (entry.happened_at, entry.number))
    told = told_of(entries)
    at = _time(now)
    callbacks = _callbacks(standing, at)
    places = _places(standing)
    notes = [{"$id": f"note-{one.key}", "lastUpdateTimeStamp": at, "notesActionComments": one.text} for one in told]
    calls = []
    for entry in [entry for entry in standing if entry.kind == "CallReceived"] or standing[:1]:
        call: dict[str, Any] = {
            "$id": f"urn:emergency:uid:callid:{name}-{entry.number}:{issuer}",
            "lastUpdateTimeStamp": at,
            "callStartTimestamp": _time(min(entry.happened_at, now)),
            "direction": "incoming",
            "standardPrimaryCallType": "emergency",
            "notesReference": [{"$ref": note["$id"]} for note in notes],
        }
        if places:
            call["locationReference"] = [{"$ref": place["$id"]} for place in places]
        if any(callback["$id"] == f"callback-{entry.number}" for callback in callbacks):
            call["callBackReference"] = {"$ref": f"callback-{entry.number}"}
        calls.append(call)
    document: dict[str, Any] = {
        "$id": f"urn:emergency:uid:incidentid:{name}:{issuer}",
        "lastUpdateTimeStamp": at,
        "eidoVersion": "1.0",
        "issuingElementIdentification": issuer,
        "agencyComponent": [
            {
                "$id": f"agency-{issuer}",
                "lastUpdateTimeStamp": at,
                "agencyRoleDescriptionRegistryText": ["CallReceiving"],
            }
        ],
        "callComponent": calls,
        "notesComponent": notes,
    }
    if callbacks:
        document["callbackComponent"] = callbacks
    if places:
        document["locationComponent"] = places
    valid(document)
    read_eido(document, now)
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return Written(document, text, hashlib.sha256(text.encode()).hexdigest(), told, _with_places(told, places))


def _with_places(told: tuple[Told, ...], places: list[dict[str, Any]]) -> tuple[str, ...]:
    return (*dangers_in(told), *(["place"] if places else []))


def _callbacks(entries: Sequence[Entry], at: str) -> list[dict[str, Any]]:
    found = []
    for entry in entries:
        number = entry.fields.number.strip() if entry.kind == "CallReceived" else ""
        if number:
            uri = number if number.lower().startswith(("tel:", "sip:")) else f"tel:{number}"
            uri = uri[:4].lower() + uri[4:]
            found.append(
                {"$id": f"callback-{entry.number}", "lastUpdateTimeStamp": at, "callBackInformationUri": [uri]}
            )
    return found


def _places(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    found = []
    for entry in entries:
        said = entry.fields
        if entry.kind != "LocationFound":
            continue
        place: dict[str, Any] = {
            "$id": f"location-{entry.number}",
            "lastUpdateTimeStamp": _time(entry.happened_at),
            "locationTypeDescriptionRegistryText": "Caller",
        }
        if said.place or said.latitude is not None:
            place["locationByValue"] = pidf(said.place, said.latitude, said.longitude, said.uncertainty)
        if said.link:
            place["locationByReferenceUrl"] = said.link
        if len(place) > 3:
            found.append(place)
    return found[-MOST_PLACES:]


def pidf(place: str, latitude: float | None, longitude: float | None, uncertainty: float | None) -> str:
    """A PIDF-LO document. An address that was said in one line is written as one line (LOC)."""
    inner = ""
    if latitude is not None and longitude is not None:
        position = f"<gml:pos>{latitude!r} {longitude!r}</gml:pos>"
        if uncertainty is None:
            inner += f'<gml:Point srsName="urn:ogc:def:crs:EPSG::4326">{position}</gml:Point>'
        else:
            inner += (
                f'<gs:Circle srsName="urn:ogc:def:crs:EPSG::4326">{position}'
                f'<gs:radius uom="urn:ogc:def:uom:EPSG::9001">{uncertainty!r}</gs:radius></gs:Circle>'
            )
    if place:
        inner += f"<ca:civicAddress><ca:LOC>{escape(' '.join(place.split()))}</ca:LOC></ca:civicAddress>"
    return (
        f'<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="{_GP}" xmlns:ca="{_GP}:civicAddr" '
        'xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:gml="http://www.opengis.net/gml" '
        'entity="pres:caller@invalid"><tuple id="a"><status><gp:geopriv><gp:location-info>'
        f"{inner}</gp:location-info><gp:usage-rules/></gp:geopriv></status></tuple></presence>"
    )


def _time(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
