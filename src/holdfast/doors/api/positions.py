"""`POST /api/aml` and `POST /api/locations`: where a caller is, from their telephone or from the network.

It goes to the open call from that number, or waits, sealed, until such a call comes. Described in
docs/how-to/ways-in.md.
"""

import hashlib
from datetime import datetime
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from holdfast.casefile.append import Draft
from holdfast.doors.api.aml import Aml
from holdfast.doors.api.aml import AmlRefused
from holdfast.doors.api.aml import bytes_of
from holdfast.doors.api.aml import read_data
from holdfast.doors.api.aml import read_form
from holdfast.doors.api.aml import read_text
from holdfast.doors.api.aml import signed_by
from holdfast.doors.api.document import DocumentRefused
from holdfast.doors.api.document import Fault
from holdfast.doors.api.document import read_document
from holdfast.doors.api.pidf import Located
from holdfast.doors.api.pidf import LocationRefused
from holdfast.doors.api.pidf import read_locations
from holdfast.doors.api.receiving import FORM
from holdfast.doors.api.receiving import JSON
from holdfast.doors.api.receiving import NO_KEY
from holdfast.doors.api.receiving import NO_SIGNATURE
from holdfast.doors.api.receiving import Way
from holdfast.doors.api.receiving import body_of
from holdfast.doors.api.receiving import nobody
from holdfast.doors.api.receiving import receive
from holdfast.doors.api.receiving import too_long
from holdfast.doors.api.said import Said
from holdfast.doors.api.senders import Sender
from holdfast.doors.api.senders import by_key
from holdfast.doors.api.senders import by_signature
from holdfast.doors.api.senders import secret_of
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.coming import TakenIn
from holdfast.doors.intake.positions import place_call

AHEAD = timedelta(minutes=2)
BEHIND = timedelta(minutes=10)


@csrf_exempt  # a machine has no session that another page could borrow
def aml(request: HttpRequest) -> HttpResponse:
    """A telephone's own position: a signed form from the telephone, or a text that a network with a key hands on."""
    sender = by_key(request)
    if sender is not None:
        return receive(request, sender, Way(JSON, _from_network))
    body = body_of(request)
    if body is None:
        return too_long()
    if signed_by(body, secret_of("HOLDFAST_AML").encode()):
        # The standard wants 2xx for what was received, readable or not: a telephone can mend nothing.
        return receive(request, by_signature("aml"), Way(FORM, _from_telephone, refused_with=202))
    return nobody(request, "aml", NO_SIGNATURE, keep=bool(settings.HOLDFAST_AML))


@csrf_exempt
def locations(request: HttpRequest) -> HttpResponse:
    """A PIDF-LO document with the number whose call it belongs to, from a network with a key."""
    sender = by_key(request)
    if sender is None:
        return nobody(request, "locations", NO_KEY, keep=False)
    return receive(request, sender, Way(JSON, _pidf))


def drafts_of(read: Aml, came_by: str, now: datetime) -> list[Draft]:
    """The entries that a position becomes: the place, and beside it how surely."""
    at, clocks = now, "not_known"
    if read.measured_at is not None:
        behind, ahead = read.measured_at < now - BEHIND, read.measured_at > now + AHEAD
        clocks = "telephone_behind" if behind else "telephone_ahead" if ahead else "agree"
        at = min(read.measured_at, now) if clocks == "agree" else now
    how_sure: dict[str, Any] = {"came_by": came_by, "method": read.method, "clocks": clocks, "kept": read.text}
    how_sure |= {"confidence": read.confidence, "uncertainty": read.radius, "altitude": read.altitude[:300]}
    how_sure["measured_at"] = read.measured_at.isoformat() if read.measured_at else None
    measured = Draft("PositionMeasured", how_sure, at)
    if read.latitude is None:
        return [measured]
    place = {"how": "device", "latitude": read.latitude, "longitude": read.longitude, "uncertainty": read.radius}
    return [Draft("LocationFound", place, at), measured]


def _from_telephone(body: bytes, sender: Sender, now: datetime) -> TakenIn | None:
    try:
        read = read_form(body)
    except (AmlRefused, ValueError) as refused:
        raise _refused(refused) from None
    if not read.number:
        raise DocumentRefused(422, [Fault("/device_number", "is missing: nobody can say whose call this is")])
    return _place(read, "aml_https", read.number, body, sender, now)


def _from_network(body: bytes, sender: Sender, now: datetime) -> TakenIn | None:
    said = Said(read_document(body))
    number = said.words("number", 60, needed=True)
    text, data = said.words("text", 2_000), said.words("data", 4_000)
    said.done()
    if bool(text) == bool(data):
        raise DocumentRefused(422, [Fault("/text", "either text or data has to be given, and not both")])
    try:
        read = read_text(text) if text else read_data(bytes_of(data))
    except AmlRefused as refused:
        raise _refused(refused) from None
    return _place(read, "aml_text" if text else "aml_data", number, body, sender, now)


def _place(read: Aml, came_by: str, number: str, body: bytes, sender: Sender, now: datetime) -> TakenIn | None:
    return place_call(number, drafts_of(read, came_by, now), _coming(f"{number} {read.text}", body, sender, now), now)


def _pidf(body: bytes, sender: Sender, now: datetime) -> TakenIn | None:
    said = Said(read_document(body))
    number, xml = said.words("number", 60, needed=True), said.words("document", 100_000, needed=True)
    at = said.moment("at", now)
    said.done()
    try:
        found = read_locations(xml)
    except LocationRefused as refused:
        raise DocumentRefused(422, [Fault("/document", str(refused))]) from None
    drafts = [draft for one in found for draft in _located(one, at)]
    if not drafts:
        raise DocumentRefused(422, [Fault("/document", "holds a shape that is not read here, and no other place")])
    drafts.append(Draft("PositionMeasured", {"came_by": "pidf_lo", "kept": xml}, at))
    return place_call(number, drafts, _coming(f"{number} {xml}", body, sender, now), now)


def _located(one: Located, at: datetime) -> list[Draft]:
    if not one.civic and one.latitude is None:
        return []  # it stays in what is kept of the document
    fields = {"how": "subscriber_record" if one.latitude is None else "device", "place": one.civic}
    more = {"latitude": one.latitude, "longitude": one.longitude, "uncertainty": one.uncertainty}
    return [Draft("LocationFound", fields | more, at)]


def _coming(said: str, body: bytes, sender: Sender, now: datetime) -> Coming:
    named = hashlib.sha256(said.encode("utf-8", "surrogateescape")).hexdigest()
    return Coming("text", sender.name, named, now, sender.pack, sender.force, sender.area, raw=body, message="once")


def _refused(refused: ValueError) -> DocumentRefused:
    why = str(refused) if isinstance(refused, AmlRefused) else "the form cannot be read"
    return DocumentRefused(422, [Fault("", why)])
