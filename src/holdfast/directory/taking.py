"""Makes a listing of a record: holds it against HSDS, decides what of its place may be held, and takes the rest out."""

from __future__ import annotations

import re
import uuid
from datetime import date
from typing import Any
from typing import NamedTuple

import msgspec

from holdfast.directory import hsds
from holdfast.directory.fault import RowFault
from holdfast.directory.hiding import hidden_parts
from holdfast.directory.hiding import holds
from holdfast.directory.hiding import leads_there
from holdfast.directory.hiding import reads_like_an_address
from holdfast.directory.hiding import without
from holdfast.directory.listing import Address
from holdfast.directory.listing import Kind
from holdfast.directory.listing import Listing
from holdfast.directory.listing import Standing
from holdfast.directory.listing import Way
from holdfast.directory.neighbours import Neighbours
from holdfast.directory.parts import accessible
from holdfast.directory.parts import addresses_of
from holdfast.directory.parts import cost_of
from holdfast.directory.parts import for_whom_of
from holdfast.directory.parts import hours_of
from holdfast.directory.parts import languages_of
from holdfast.directory.parts import needs_of
from holdfast.directory.parts import serves_of
from holdfast.directory.plain import plain
from holdfast.directory.reading import Record
from holdfast.directory.standing import public_by_nature
from holdfast.directory.standing import strings
from holdfast.directory.ways import ways_of

_IDS = uuid.UUID("6c2f6f0e-0d0b-5b0b-9d5e-3b6f0f6f7a11")  # of this house, for sources that use no UUID
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_OURS = ("id", "place", "source", "timezone", "last_checked", "hours")
ADDRESS_LEFT = "What is left of the record still gives away an address that may not be held."
ADDRESS_IN_NAME = "The name reads like an address, and nobody says that it is public."


class Into(NamedTuple):
    """Where records go: the place (a pack's id), the source's name, the place's time zone, and the day of import."""

    place: str
    source: str
    timezone: str
    on: date


class NotTaken(Exception):
    """A record is refused: `what` happened, and a `hint`. Neither repeats anything of the record."""

    def __init__(self, what: str, hint: str = "") -> None:
        self.what, self.hint = what, hint
        super().__init__(what)


def take(record: Record, into: Into, neighbours: Neighbours) -> tuple[Listing | None, list[RowFault]]:
    """The listing of a record, or None where it is refused or no longer active; and its faults."""
    try:
        service = _converted(record)
        if service.status != "active":
            return None, []
        listing, wrong = _listing(record, service, into, neighbours)
    except NotTaken as refused:
        return None, [RowFault(record.file, record.row, record.id, refused.what, refused.hint)]
    return listing, [RowFault(record.file, record.row, record.id, what, refused=False) for what in wrong]


def _converted(record: Record) -> hsds.Service:
    try:
        service = msgspec.convert(record.data, hsds.Service, strict=not record.table)
    except (msgspec.ValidationError, RecursionError) as fault:
        what = _QUOTED.sub("what it holds", re.sub(r"`(?!\$)([^`]*)`", r"\1", str(fault)).replace("`", ""))
        raise NotTaken(f"{what}.", "docs/formats/directory.md lists what a service needs.") from fault
    if not service.id.strip() or not service.name.strip():
        raise NotTaken("`id` or `name` is empty.", "Give both: a service without a name cannot be shown.")
    return service


def _listing(record: Record, service: hsds.Service, into: Into, near: Neighbours) -> tuple[Listing, list[str]]:
    around = service.organization.name if service.organization else ""
    standing, addresses, parts = _place(record, service, near)
    wary = standing != "open"
    name, organisation = plain(service.name), plain(around)
    if wary and (reads_like_an_address(name) or reads_like_an_address(organisation)):
        raise NotTaken(ADDRESS_IN_NAME, "Give it another name, or mark its address as public.")
    ways, wrong = ways_of(service)
    hours, hours_said = hours_of(service)
    checked, how = _checked(service, into.on)

    def clean(text: str | None) -> str:
        return without(text, parts, wary=wary)

    listing = Listing(
        id=_id_of(service.id.strip(), into.source),
        name=name,
        place=into.place,
        source=into.source,
        timezone=into.timezone,
        kind=_kind(record, service, near),
        organisation=organisation,
        says=clean(service.description),
        for_whom=clean(for_whom_of(service)),
        how=clean(service.application_process),
        notice=clean(service.alert),
        needs=needs_of(service),
        serves=tuple(filter(None, map(clean, serves_of(service)))),
        languages=languages_of(service),
        interpreting=clean(service.interpretation_services),
        ways=_ways(ways, parts, addresses, wary=wary),
        hours=hours,
        hours_said=clean(hours_said),
        cost=clean(cost_of(service)),
        accessibility=clean(accessible(service)),
        last_checked=checked,
        checked_how=how,
        standing=standing,
        addresses=addresses,
    )
    if parts and holds(" . ".join(strings(msgspec.to_builtins(listing), _OURS)), parts):
        raise NotTaken(ADDRESS_LEFT, "Take the address out of the names, areas, links and identifiers of the record.")
    return listing, wrong


def _place(
    record: Record, service: hsds.Service, near: Neighbours
) -> tuple[Standing, tuple[Address, ...], frozenset[str]]:
    """Whether there is a public address, which, and the folded parts of those that are none."""
    known = (service.name, service.alternate_name or "", service.organization.name if service.organization else "")
    if near.of_a_refuge(record.data):
        return "confidential", (), hidden_parts(record.data, known) | near.parts_beside(record.data, known)
    addresses, kept = addresses_of(record.data, service, public=bool(public_by_nature(_names(service))))
    parts = hidden_parts(kept, known) | near.parts_beside(record.data, known)
    return ("open", addresses, parts) if addresses else ("unknown", (), hidden_parts(record.data, known) | parts)


def _names(service: hsds.Service) -> str:
    """What the service itself is called: a unit of a police force may work from a place that nobody should know."""
    terms = [one.taxonomy_term.name or "" for one in service.attributes or () if one.taxonomy_term]
    return " . ".join([service.name, *terms])


def _kind(record: Record, service: hsds.Service, near: Neighbours) -> Kind:
    named = public_by_nature(_names(service)) == "police"
    return "police" if named and not near.is_refuge(record.data) else "service"


def _ways(ways: list[Way], parts: frozenset[str], addresses: tuple[Address, ...], *, wary: bool) -> tuple[Way, ...]:
    kept = [
        msgspec.structs.replace(way, says=without(way.says, parts, wary=wary))
        for way in ways
        if not (wary and way.value.startswith("http") and leads_there(way.value, parts))
    ]
    return (*kept, *((Way("in-person", ""),) if addresses else ()))


def _checked(service: hsds.Service, on: date) -> tuple[str, Any]:
    for said, how, key in (
        (service.assured_date, "checked", "assured_date"),
        (service.last_modified, "changed", "last_modified"),
    ):
        if said:
            try:
                day = date.fromisoformat(said.strip()[:10])
            except ValueError as fault:
                raise NotTaken(f"`{key}` is no day.", "Write it as YYYY-MM-DD.") from fault
            if (day - on).days > 1:
                raise NotTaken(f"`{key}` is still to come.", "Give the day on which somebody last looked.")
            return day.isoformat(), how
    return "", ""


def _id_of(said: str, source: str) -> str:
    try:
        return str(uuid.UUID(said))
    except ValueError:
        return str(uuid.uuid5(_IDS, f"{source}/{said}"))
