"""The shape of the EIDO documents that go out, written from the standard's own names (NENA-STA-021.1).

It is what we write, not all that the standard allows. docs/formats/eido.schema.json is the same as JSON Schema, drawn
from here; `valid` holds every document against it before it leaves.
"""

from typing import Annotated
from typing import Any
from typing import Literal

import msgspec
from msgspec import Meta
from msgspec import field

Id = Annotated[str, Meta(min_length=1, max_length=200)]
Time = Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$")]
Words = Annotated[str, Meta(min_length=1, max_length=20_000)]
Xml = Annotated[str, Meta(min_length=1, max_length=100_000)]


class _Part(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    id: Id = field(name="$id")
    updated_at: Time = field(name="lastUpdateTimeStamp")


class Reference(msgspec.Struct, forbid_unknown_fields=True):
    """A pointer to another part of the document."""

    ref: Id = field(name="$ref")


class AgencyComponent(_Part):
    """The control room that hands over."""

    role: tuple[Literal["CallReceiving"], ...] = field(name="agencyRoleDescriptionRegistryText")


class CallComponent(_Part):
    """One call."""

    started_at: Time = field(name="callStartTimestamp")
    direction: Literal["incoming"]
    call_type: Literal["emergency", "nonEmergency"] = field(name="standardPrimaryCallType")
    call_back: Reference | msgspec.UnsetType = field(name="callBackReference", default=msgspec.UNSET)
    locations: tuple[Reference, ...] = field(name="locationReference", default=())
    notes: tuple[Reference, ...] = field(name="notesReference", default=())


class CallbackComponent(_Part):
    """The number that a call came from. Nobody may ring it before the caution on contact was read."""

    uris: tuple[Annotated[str, Meta(pattern=r"^(tel|sip):.+$", max_length=70)], ...] = field(
        name="callBackInformationUri"
    )


class LocationComponent(_Part):
    """One place, as a PIDF-LO document or as where its position can be asked for."""

    what: Literal["Caller"] = field(name="locationTypeDescriptionRegistryText")
    by_value: Xml | msgspec.UnsetType = field(name="locationByValue", default=msgspec.UNSET)
    by_reference: Annotated[str, Meta(max_length=300)] | msgspec.UnsetType = field(
        name="locationByReferenceUrl", default=msgspec.UNSET
    )


class NotesComponent(_Part):
    """One thing that is known or not known. Its $id says which, and its first line says how it stands."""

    said: Words = field(name="notesActionComments")


class EidoDocument(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """A call, as it is handed to another control room."""

    id: Id = field(name="$id")
    updated_at: Time = field(name="lastUpdateTimeStamp")
    version: Literal["1.0"] = field(name="eidoVersion")
    issuer: Annotated[str, Meta(min_length=1, max_length=200)] = field(name="issuingElementIdentification")
    agencies: tuple[AgencyComponent, ...] = field(name="agencyComponent")
    calls: Annotated[tuple[CallComponent, ...], Meta(min_length=1)] = field(name="callComponent")
    callbacks: tuple[CallbackComponent, ...] = field(name="callbackComponent", default=())
    locations: tuple[LocationComponent, ...] = field(name="locationComponent", default=())
    notes: Annotated[tuple[NotesComponent, ...], Meta(min_length=1)] = field(name="notesComponent")


def valid(document: dict[str, Any]) -> EidoDocument:
    """The document in our own shape, or msgspec.ValidationError."""
    return msgspec.convert(document, EidoDocument)


def schema() -> dict[str, Any]:
    """The shape as JSON Schema."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(EidoDocument)}
