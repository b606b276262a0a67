"""Writes listings as Open Referral: HSDS 3 JSON (a page of full services), or its tables in a zip.

What is written can be imported again, and gives the same listings under the same source name.
Needs and public addresses are written as attributes with terms of our own (docs/formats/directory.md).
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import msgspec

from holdfast.directory.listing import NEEDS
from holdfast.directory.listing import Address
from holdfast.directory.listing import Channel
from holdfast.directory.listing import Listing
from holdfast.directory.listing import Opening
from holdfast.directory.listing import Way
from holdfast.directory.parts import OUR_NEEDS
from holdfast.directory.standing import CONFIDENTIAL_TERM
from holdfast.directory.standing import PUBLIC_TERM

_TYPES: dict[Channel, str] = {
    "voice": "voice",
    "text": "text",
    "short-code": "text",
    "relay": "textphone",
    "video": "video",
    "chat": "chat",
}
_OURS = "holdfast"


def as_json(listings: Iterable[Listing]) -> bytes:
    """A page of HSDS 3 that holds every listing as a full service."""
    contents = [service_of(one) for one in listings]
    page = {
        "total_items": len(contents),
        "total_pages": 1,
        "page_number": 1,
        "size": len(contents),
        "first_page": True,
        "last_page": True,
        "empty": not contents,
        "contents": contents,
    }
    return msgspec.json.format(msgspec.json.encode(page)) + b"\n"


def service_of(listing: Listing) -> dict[str, Any]:
    """A listing as a full service of HSDS 3."""
    ids = _Ids(listing.id)
    links = [way for way in listing.ways if way.value.startswith(("http://", "https://"))]
    main = next((way.value for way in links if way.channel == "web" and not way.says), None)
    more = [way for way in links if way.channel != "web" or way.says]
    hours = [_schedule(each, ids) for each in listing.hours]
    said = [{"id": ids.next("schedule"), "description": listing.hours_said}] if listing.hours_said else []
    return _without_blanks(
        {
            "id": listing.id,
            "name": listing.name,
            "description": listing.says,
            "url": main,
            "email": next((way.value for way in listing.ways if way.channel == "e-mail"), None),
            "additional_urls": [
                {"id": ids.next("url"), "label": way.says or way.channel, "url": way.value} for way in more
            ],
            "status": "active",
            "interpretation_services": listing.interpreting,
            "application_process": listing.how,
            "fees_description": listing.cost,
            "eligibility_description": listing.for_whom,
            "alert": listing.notice,
            "assured_date": listing.last_checked if listing.checked_how == "checked" else None,
            "last_modified": f"{listing.last_checked}T00:00:00Z" if listing.checked_how == "changed" else None,
            "phones": [
                _phone(way, ids) for way in listing.ways if way.value and way not in links and way.channel in _TYPES
            ],
            "schedules": hours + said,
            "service_areas": [{"id": ids.next("area"), "name": name} for name in listing.serves],
            "languages": [{"id": ids.next("language"), "code": code} for code in listing.languages],
            "service_at_locations": _visits(listing, ids),
            "organization": _organization(listing),
            "attributes": _attributes(listing, ids),
        }
    )


class _Ids:
    """Identifiers for the parts of a service: the same each time it is written."""

    def __init__(self, of: str) -> None:
        self._of = uuid.UUID(of)
        self._count = 0

    def next(self, what: str) -> str:
        """Another one."""
        self._count += 1
        return str(uuid.uuid5(self._of, f"{what} {self._count}"))


def _without_blanks(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value not in ("", None, [])}


def _organization(listing: Listing) -> dict[str, Any] | None:
    if not listing.organisation:
        return None
    named = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{listing.place}/{listing.source}/{listing.organisation}"))
    return {"id": named, "name": listing.organisation, "description": ""}


def _phone(way: Way, ids: _Ids) -> dict[str, Any]:
    digits = way.extension.isascii() and way.extension.isdigit()
    return _without_blanks(
        {
            "id": ids.next("phone"),
            "number": way.value,
            "extension": int(way.extension) if digits else None,
            "type": _TYPES[way.channel],
            "description": way.says,
            "languages": [{"id": ids.next("language"), "code": code} for code in way.languages],
        }
    )


def _schedule(opening: Opening, ids: _Ids) -> dict[str, Any]:
    told = msgspec.to_builtins(opening)  # what is not stated is left out by the type itself
    told["byday"] = ",".join(opening.byday)
    if "offset" in told:
        told["timezone"] = told.pop("offset")
    return _without_blanks({"id": ids.next("schedule"), **told})


def _visits(listing: Listing, ids: _Ids) -> list[dict[str, Any]]:
    places = [_location(each, ids) for each in listing.addresses]
    if listing.accessibility:
        told = [{"id": ids.next("accessibility"), "description": listing.accessibility}]
        places.append({"id": ids.next("location"), "location_type": "virtual", "accessibility": told})
    return [{"id": ids.next("visit"), "location": place} for place in places]


def _location(address: Address, ids: _Ids) -> dict[str, Any]:
    lines = [*address.lines, ""]
    held = {
        "id": ids.next("address"),
        "address_1": lines[0],
        **({"address_2": lines[1]} if lines[1] else {}),
        "city": address.town,
        "state_province": address.region,
        "postal_code": address.postcode,
        "country": address.country,
        "address_type": "physical",
    }
    return _without_blanks(
        {
            "id": ids.next("location"),
            "location_type": "physical",
            "name": address.name,
            "transportation": address.getting_there,
            "latitude": float(address.latitude) if address.latitude else None,
            "longitude": float(address.longitude) if address.longitude else None,
            "addresses": [held],
            "attributes": [_attribute(ids, PUBLIC_TERM, "The address is public", _OURS)],
        }
    )


def _attributes(listing: Listing, ids: _Ids) -> list[dict[str, Any]]:
    found = [_attribute(ids, need, NEEDS[need], OUR_NEEDS) for need in listing.needs]
    if listing.kind == "police":
        found.append(_attribute(ids, "police-unit", "Police station", _OURS))
    if listing.standing == "confidential":
        found.append(_attribute(ids, CONFIDENTIAL_TERM, "The address is kept back", _OURS))
    return found


def _attribute(ids: _Ids, code: str, name: str, taxonomy: str) -> dict[str, Any]:
    term = {
        "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"{taxonomy}/{code}")),
        "code": code,
        "name": name,
        "description": name,
        "taxonomy": taxonomy,
    }
    return {"id": ids.next("attribute"), "taxonomy_term": term}
