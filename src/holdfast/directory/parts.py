"""The parts of a listing that are read from several keys of an HSDS service."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any
from typing import cast

from holdfast.directory import hsds
from holdfast.directory.listing import NEEDS
from holdfast.directory.listing import Address
from holdfast.directory.listing import Need
from holdfast.directory.listing import Opening
from holdfast.directory.needs import needs_in
from holdfast.directory.plain import fold
from holdfast.directory.plain import plain
from holdfast.directory.said_hours import read_hours
from holdfast.directory.standing import marked_public
from holdfast.directory.ways import codes_of

OUR_NEEDS = "holdfast-needs"


def needs_of(service: hsds.Service) -> tuple[Need, ...]:
    """The needs that its terms name as ours, else those of its names and terms, else those of its description."""
    terms = [one.taxonomy_term for one in service.attributes or () if one.taxonomy_term]
    ours = {term.code for term in terms if term.taxonomy == OUR_NEEDS}
    if ours:
        return tuple(need for need in NEEDS if need in ours)
    names = [service.name, service.alternate_name or "", *(term.name or "" for term in terms)]
    if service.organization and not terms:
        names.append(service.organization.name)
    return needs_in(fold(" . ".join(names))) or needs_in(fold(plain(service.description)))


def languages_of(service: hsds.Service) -> tuple[str, ...]:
    """Those of the service; where it states none, those of its locations."""
    own = codes_of(service.languages)
    there = [each for location in _locations(service) for each in location.languages or ()]
    return own or codes_of(there)


def hours_of(service: hsds.Service) -> tuple[tuple[Opening, ...], str]:
    """Its schedules and what they say in words; where it has none, those of its visits, then of its locations."""
    visits = [each for visit in service.service_at_locations or () for each in visit.schedules or ()]
    places = [each for location in _locations(service) for each in location.schedules or ()]
    schedules = service.schedules or visits or places
    found = tuple(dict.fromkeys(_opening(each) for each in schedules if _is_structured(each)))
    said = _lines(text for each in schedules for text in (each.description, each.notes))
    return found or read_hours(said), said


def _is_structured(schedule: hsds.Schedule) -> bool:
    return bool(schedule.opens_at or schedule.closes_at or schedule.byday or schedule.freq)


def _opening(said: hsds.Schedule) -> Opening:
    return Opening(
        opens_at=said.opens_at or "",
        closes_at=said.closes_at or "",
        byday=tuple(day.strip().upper() for day in (said.byday or "").split(",") if day.strip()),
        freq=(said.freq or "").upper(),
        interval=1 if said.interval is None else int(said.interval),
        bymonthday=said.bymonthday or "",
        byweekno=said.byweekno or "",
        byyearday=said.byyearday or "",
        valid_from=said.valid_from or "",
        valid_to=said.valid_to or "",
        dtstart=said.dtstart or "",
        until=said.until or "",
        count=int(said.count or 0),
        wkst=(said.wkst or "").upper(),
        offset=said.timezone,
    )


def serves_of(service: hsds.Service) -> tuple[str, ...]:
    """The areas that it names, each once."""
    return tuple(
        dict.fromkeys(filter(None, (plain(area.name or area.description) for area in service.service_areas or ())))
    )


def cost_of(service: hsds.Service) -> str:
    """What it costs, in the words of the source."""
    if said := plain(service.fees_description or service.fees):
        return said
    return _lines(
        " ".join(filter(None, (option.option, _amount(option), option.amount_description)))
        for option in service.cost_options or ()
    )


def _amount(option: hsds.CostOption) -> str:
    return "" if option.amount is None else f"{option.amount:g} {(option.currency or '').upper()}".strip()


def for_whom_of(service: hsds.Service) -> str:
    """Who it is for; where that is not said, between which ages."""
    if said := plain(service.eligibility_description):
        return said
    least, most = service.minimum_age, service.maximum_age
    if least is not None and most is not None:
        return f"Ages {least:g} to {most:g}"
    return f"From age {least:g}" if least is not None else f"Up to age {most:g}" if most is not None else ""


def accessible(service: hsds.Service) -> str:
    """What its locations have for disabled people."""
    found = [each for location in _locations(service) for each in location.accessibility or ()]
    return _lines(text for each in found for text in (each.description, each.details))


def addresses_of(
    data: dict[str, Any], service: hsds.Service, *, public: bool
) -> tuple[tuple[Address, ...], list[dict[str, Any]]]:
    """The addresses that may be held, and the locations (as read) whose addresses may not."""
    found: list[Address] = []
    kept_out: list[dict[str, Any]] = []
    around = public or marked_public(data)
    for read, visit in zip(data.get("service_at_locations") or (), service.service_at_locations or (), strict=True):
        location = visit.location
        if location is None:
            continue
        told = read["location"]
        open_ = around or marked_public(read) or marked_public(told)
        raw = told.get("addresses") or []
        pairs = [(one, address) for one, address in zip(raw, location.addresses or (), strict=True)]
        held = [address for one, address in pairs if open_ or marked_public(one)]
        found += [_address(address, location) for address in held if address.address_type in (None, "physical")]
        if len(held) < len(pairs) or not (held or open_):
            rest = {**told, "addresses": [one for one, address in pairs if address not in held]}
            kept_out.append({"location": {**rest, "latitude": None, "longitude": None} if held else rest})
    return tuple(dict.fromkeys(found)), kept_out


def _address(address: hsds.Address, location: hsds.Location) -> Address:
    latitude, longitude = location.latitude, location.longitude
    there = latitude is not None and longitude is not None and abs(latitude) <= 90 and abs(longitude) <= 180
    return Address(
        lines=tuple(filter(None, (plain(address.address_1), plain(address.address_2)))),
        town=plain(address.city),
        region=plain(address.state_province or address.region),
        postcode=plain(address.postal_code),
        country=plain(address.country),
        name=plain(location.name),
        getting_there=plain(location.transportation),
        latitude=str(latitude) if there else "",
        longitude=str(longitude) if there else "",
    )


def _locations(service: hsds.Service) -> Iterator[hsds.Location]:
    yield from (visit.location for visit in service.service_at_locations or () if visit.location)


def _lines(texts: Iterable[str | None]) -> str:
    return "\n".join(dict.fromkeys(cast("list[str]", [bare for text in texts if (bare := plain(text))])))
