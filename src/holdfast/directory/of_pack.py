"""A pack's own services and emergency routes as listings, so that one search covers both."""

from __future__ import annotations

from holdfast.directory.languages import codes_in
from holdfast.directory.listing import NEEDS
from holdfast.directory.listing import Channel
from holdfast.directory.listing import Kind
from holdfast.directory.listing import Listing
from holdfast.directory.listing import Need
from holdfast.directory.listing import Opening
from holdfast.directory.listing import Way
from holdfast.directory.needs import needs_in
from holdfast.directory.plain import fold
from holdfast.directory.said_hours import ALWAYS
from holdfast.directory.said_hours import read_hours
from holdfast.law.pack import Pack
from holdfast.law.public import Route
from holdfast.law.public import Service

_LINES: dict[str, Channel] = {"text": "text", "textphone": "relay", "tty": "relay", "video": "video"}
_SHORT_CODE = 6
_OTHER_PERSON = "for-the-other-person"


def listings_of(pack: Pack) -> tuple[Listing, ...]:
    """The services and routes of a pack that the public may be shown. They hold no address."""
    routes = (_of_route(route, pack) for route in pack.emergency if route.source.may_be_shown)
    services = (_of_service(service, pack) for service in pack.services if service.source.may_be_shown)
    return (*routes, *services)


def _of_service(service: Service, pack: Pack) -> Listing:
    ways = [Way("voice", service.number)] if service.number else []
    if service.text:
        ways.append(Way(_texting(service.text), service.text))
    if service.chat:
        ways.append(Way("chat", service.web, says=service.chat))
    if service.web:
        ways.append(Way("web", service.web))
    return Listing(
        id=f"pack:{service.id}",
        name=service.name,
        place=pack.id,
        source=service.source.title,
        timezone=pack.timezone,
        says=service.says,
        for_whom=service.for_whom,
        needs=_needs(service),
        serves=(service.places,) if service.places else (),
        languages=tuple(dict.fromkeys((*service.speaks, *codes_in(service.languages)))),
        ways=tuple(ways),
        hours=_hours(service),
        hours_said=service.hours,
        cost=service.cost,
        last_checked=service.source.last_checked_on,
        checked_how="checked" if service.source.last_checked_on else "",
    )


def _hours(service: Service) -> tuple[Opening, ...]:
    if service.always:
        return (ALWAYS,)
    stated = tuple(
        Opening(
            opens_at=each.from_, closes_at=each.until, byday=tuple(day[:2].upper() for day in each.days), freq="WEEKLY"
        )
        for each in service.open
    )
    return stated or read_hours(service.hours)


def _needs(service: Service) -> tuple[Need, ...]:
    if service.kind == _OTHER_PERSON:
        return ("the-other-person",)
    if service.needs:
        return tuple(need for need in NEEDS if need in service.needs)
    return needs_in(fold(f"{service.name} . {service.for_whom} . {service.says} . {service.kind}"))


def _texting(text: str) -> Channel:
    """'NCDV to 60777' is a short code, '07860 077333' is a number."""
    last = fold(text).split()[-1:]
    short = bool(last) and last[0].isdigit() and len(last[0]) <= _SHORT_CODE
    return "short-code" if short and sum(sign.isdigit() for sign in text) <= _SHORT_CODE else "text"


def _of_route(route: Route, pack: Pack) -> Listing:
    kind: Kind = "police" if route.id.startswith("non-emergency") else "emergency"
    needs: tuple[Need, ...] = ("police",) if kind == "police" else ("emergency", "police")
    return Listing(
        id=f"pack:{route.id}",
        name=route.name,
        place=pack.id,
        source=route.source.title,
        timezone=pack.timezone,
        kind=kind,
        says=route.says,
        for_whom=route.when,
        needs=needs,
        ways=(Way(_LINES.get(route.line, "voice"), route.number),),
        last_checked=route.source.last_checked_on,
        checked_how="checked" if route.source.last_checked_on else "",
    )
