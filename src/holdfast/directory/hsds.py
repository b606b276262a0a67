"""The parts of Open Referral HSDS 3 that the directory reads, as types that hold a record against the standard.

- A key that the standard requires has no default. Keys that are not read are passed over; `null` is as not there.
- Numbers are read from digits where the record comes from a table (`strict=False` at conversion).
- Source: the HSDS 3.0 schema, service with definitions; tests/samples/hsds/schema.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Status = Literal["active", "inactive", "defunct", "temporarily closed"]


class Language(msgspec.Struct, frozen=True):
    """A language of a service, of a location or of a number."""

    name: str | None = None
    code: str | None = None
    note: str | None = None


class Phone(msgspec.Struct, frozen=True):
    """A number. `type` is of RFC 6350 (text, voice, fax, cell, video, pager, textphone), or what publishers add."""

    number: str
    extension: float | str | None = None
    type: str | None = None
    description: str | None = None
    languages: list[Language] | None = None


class Schedule(msgspec.Struct, frozen=True):
    """When a service can be reached or visited."""

    valid_from: str | None = None
    valid_to: str | None = None
    dtstart: str | None = None
    timezone: float | None = None
    until: str | None = None
    count: float | None = None
    wkst: str | None = None
    freq: str | None = None
    interval: float | None = None
    byday: str | None = None
    byweekno: str | None = None
    bymonthday: str | None = None
    byyearday: str | None = None
    description: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    notes: str | None = None


class ServiceArea(msgspec.Struct, frozen=True):
    """Where a service is for. Its polygon is not read."""

    name: str | None = None
    description: str | None = None


class Term(msgspec.Struct, frozen=True):
    """A term of a taxonomy."""

    name: str | None = None
    code: str | None = None
    description: str | None = None
    taxonomy: str | None = None


class Attribute(msgspec.Struct, frozen=True):
    """A term that somebody put to a part of a record."""

    value: str | None = None
    taxonomy_term: Term | None = None


class Address(msgspec.Struct, frozen=True):
    """An address; held only where it is public."""

    address_1: str
    city: str
    state_province: str | None = None
    postal_code: str | None = None
    country: str | None = None
    address_type: str | None = None
    address_2: str | None = None
    region: str | None = None


class Accessibility(msgspec.Struct, frozen=True):
    """What a location has for disabled people."""

    description: str | None = None
    details: str | None = None


class Contact(msgspec.Struct, frozen=True):
    """A person of the service: only their numbers are read, never their name."""

    department: str | None = None
    phones: list[Phone] | None = None


class Location(msgspec.Struct, frozen=True):
    """A place. Everything in it that is an address or a position is held only where it is public."""

    name: str | None = None
    transportation: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    addresses: list[Address] | None = None
    accessibility: list[Accessibility] | None = None
    languages: list[Language] | None = None
    phones: list[Phone] | None = None
    contacts: list[Contact] | None = None
    schedules: list[Schedule] | None = None


class ServiceAtLocation(msgspec.Struct, frozen=True):
    """A service at one of its locations."""

    location: Location | None = None
    phones: list[Phone] | None = None
    contacts: list[Contact] | None = None
    schedules: list[Schedule] | None = None


class CostOption(msgspec.Struct, frozen=True):
    """A price."""

    option: str | None = None
    currency: str | None = None
    amount: float | None = None
    amount_description: str | None = None


class Link(msgspec.Struct, frozen=True):
    """A web address beside the main one, with what it is for: how a chat is given."""

    url: str
    label: str | None = None


class Organization(msgspec.Struct, frozen=True):
    """Whoever runs the service."""

    name: str
    email: str | None = None
    website: str | None = None
    url: str | None = None
    phones: list[Phone] | None = None


class Service(msgspec.Struct, frozen=True):
    """One service with everything that belongs to it."""

    id: str
    name: str
    status: Status
    alternate_name: str | None = None
    description: str | None = None
    url: str | None = None
    email: str | None = None
    additional_urls: list[Link] | None = None
    interpretation_services: str | None = None
    application_process: str | None = None
    fees_description: str | None = None
    fees: str | None = None
    eligibility_description: str | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: str | None = None
    last_modified: str | None = None
    alert: str | None = None
    phones: list[Phone] | None = None
    contacts: list[Contact] | None = None
    schedules: list[Schedule] | None = None
    service_areas: list[ServiceArea] | None = None
    service_at_locations: list[ServiceAtLocation] | None = None
    languages: list[Language] | None = None
    organization: Organization | None = None
    cost_options: list[CostOption] | None = None
    attributes: list[Attribute] | None = None
