"""An invented EIDO document, written for these tests from the standard's names."""

import json
from copy import deepcopy
from typing import Any

CIVIC = (
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" '
    'xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr" entity="pres:nobody@example.org"><tuple id="a"><status>'
    "<gp:geopriv><gp:location-info><ca:civicAddress><ca:country>GB</ca:country><ca:A3>Inventon</ca:A3><ca:HNO>7</ca:HNO>"
    "<ca:RD>Nowhere</ca:RD><ca:STS>Lane</ca:STS><ca:PC>ZZ1 1ZZ</ca:PC></ca:civicAddress></gp:location-info>"
    "</gp:geopriv></status></tuple></presence>"
)
CIRCLE = (
    '<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" '
    'xmlns:gs="http://www.opengis.net/pidflo/1.0" xmlns:gml="http://www.opengis.net/gml" entity="pres:a@example.org">'
    '<tuple id="a"><status><gp:geopriv><gp:location-info><gs:Circle srsName="urn:ogc:def:crs:EPSG::4326">'
    '<gml:pos>51.5 -0.12</gml:pos><gs:radius uom="urn:ogc:def:uom:EPSG::9001">35</gs:radius></gs:Circle>'
    "</gp:location-info></gp:geopriv></status></tuple></presence>"
)
COMMENT = (
    '<c:EmergencyCallData.Comment xmlns:c="urn:ietf:params:xml:ns:EmergencyCallData:Comment">'
    "<c:Comment>She whispers; a man can be heard.</c:Comment></c:EmergencyCallData.Comment>"
)
SERVICE = (
    '<s:EmergencyCallData.ServiceInfo xmlns:s="urn:ietf:params:xml:ns:EmergencyCallData:ServiceInfo">'
    "<s:ServiceType>POTS</s:ServiceType></s:EmergencyCallData.ServiceInfo>"
)
DOCUMENT: dict[str, Any] = {
    "$id": "urn:emergency:uid:incidentid:1:control.example.org",
    "lastUpdateTimeStamp": "2026-10-05T21:03:00.5+01:00",
    "eidoVersion": "1.0",
    "issuingElementIdentification": "control.example.org",
    "callComponent": [
        {
            "$id": "urn:emergency:uid:callid:1:control.example.org",
            "lastUpdateTimeStamp": "2026-10-05T21:02:00+01:00",
            "callStartTimestamp": "2026-10-05T21:00:00+01:00",
            "answerDate": "2026-10-05T21:00:09+01:00",
            "callBackReference": {"$ref": "callback-1"},
            "locationReference": [{"$ref": "location-1"}, {"$ref": "location-2"}],
            "queueIdentifier": "police",
        }
    ],
    "callbackComponent": [{"$id": "callback-1", "callBackInformationUri": ["sip:a@example.org", "tel:+442079460123"]}],
    "locationComponent": [
        {
            "$id": "location-1",
            "lastUpdateTimeStamp": "2026-10-05T21:00:30+01:00",
            "locationTypeDescriptionRegistryText": "Caller",
            "locationByValue": CIVIC,
        },
        {
            "$id": "location-2",
            "lastUpdateTimeStamp": "2026-10-05T21:01:30+01:00",
            "locationTypeDescriptionRegistryText": "Caller",
            "locationByValue": CIRCLE,
            "locationByReferenceUrl": "https://location.example.org/1",
        },
    ],
    "additionalDataComponent": [
        {"$id": "more-1", "additionalDataByValue": COMMENT},
        {"$id": "more-2", "additionalDataByValue": SERVICE},
    ],
    "notesComponent": [{"$id": "note-1", "notesActionComments": "Second call tonight."}],
    "vehicleComponent": [{"$id": "vehicle-1", "vehicleRelationshipType": ["Suspect"]}],
}


def document(**changes: Any) -> dict[str, Any]:
    """The document, with parts of it replaced."""
    return {**deepcopy(DOCUMENT), **changes}


def body(given: dict[str, Any] | None = None) -> bytes:
    """The bytes of a document."""
    return json.dumps(document() if given is None else given).encode()
