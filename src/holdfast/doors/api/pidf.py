"""A caller's location from a PIDF-LO document (RFC 5139, 5491): civic addresses, points and circles.

- XML with a document type or an entity is refused before it is read: it could grow without end or fetch a file.
- A position is read only in WGS 84 and only where it is a position; what is half a position is a fault, never a guess.
- Every location in the document is given, in its order; which of them is meant is for a person to say.
"""

import math
import re
import xml.etree.ElementTree as ET
from typing import NamedTuple

MOST_CHARACTERS = 100_000

_GEOPRIV = "{urn:ietf:params:xml:ns:pidf:geopriv10}"
_CIVIC = "{urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr}"
_GML = "{http://www.opengis.net/gml}"
_SHAPES = "{http://www.opengis.net/pidflo/1.0}"
_WGS84 = re.compile(r"urn:ogc:def:crs:EPSG::(4326|4979)", re.IGNORECASE)
_METRES = ("urn:ogc:def:uom:EPSG::9001", "")

# The parts of a civic address in the order in which an address is said, most exact first.
_SAID = (
    "NAM", "LOC", "ROOM", "UNIT", "SEAT", "FLR", "BLD", "LMK", "HNP", "HNO", "HNS", "PRM", "PRD", "RD", "STS", "POD",
    "POM", "RDSEC", "RDBR", "RDSUBBR", "MP", "STP", "PN", "A6", "A5", "A4", "A3", "PCN", "A2", "A1", "PC", "POBOX",
    "ADDCODE", "PLC", "country",
)  # fmt: skip
_STREET = frozenset({"HNP", "HNO", "HNS", "PRM", "PRD", "RD", "STS", "POD", "POM"})  # said without commas between them


class Located(NamedTuple):
    """One location: an address, a position, or both."""

    civic: str
    latitude: float | None
    longitude: float | None
    uncertainty: float | None  # the radius in metres; None where the document gives none
    unread: bool  # it holds a shape that is not read here


class LocationRefused(ValueError):
    """The document is not a location that can be relied on."""


def read_locations(xml: str) -> list[Located]:
    """Every location in the document, or LocationRefused."""
    if len(xml) > MOST_CHARACTERS:
        raise LocationRefused("is longer than a location can be")
    if "<!" in xml.replace("<!--", "").replace("<![CDATA[", ""):
        raise LocationRefused("has a document type or an entity, which a location never needs")
    try:
        root = ET.fromstring(xml.strip())  # noqa: S314 what makes XML dangerous was refused above
    except (ET.ParseError, ValueError, RecursionError):
        raise LocationRefused("is not well-formed XML") from None
    found = [_located(info) for info in root.iter(f"{_GEOPRIV}location-info")]
    if not found:
        raise LocationRefused("has no location in it")
    return found


def _located(info: ET.Element) -> Located:
    civic = info.find(f"{_CIVIC}civicAddress")
    shapes = [child for child in info if child.tag.startswith((_GML, _SHAPES))]
    latitude = longitude = uncertainty = None
    unread = False
    for shape in shapes:
        if shape.tag in (f"{_GML}Point", f"{_SHAPES}Circle"):
            latitude, longitude = _position(shape)
            uncertainty = _radius(shape) if shape.tag == f"{_SHAPES}Circle" else None
        else:
            unread = True
    address = _address(civic) if civic is not None else ""
    if not address and latitude is None and not unread:
        raise LocationRefused("has a location with neither an address nor a position")
    return Located(address, latitude, longitude, uncertainty, unread)


def _position(shape: ET.Element) -> tuple[float, float]:
    if not _WGS84.fullmatch(shape.get("srsName", "")):
        raise LocationRefused("gives a position in a system other than WGS 84")
    texts = [pos.text or "" for pos in shape.iter(f"{_GML}pos")]
    if len(texts) != 1:
        raise LocationRefused("gives no position, or more than one, for one place")
    numbers = [_number(part) for part in texts[0].split()]
    if len(numbers) not in (2, 3):
        raise LocationRefused("gives a position that is not a latitude and a longitude")
    latitude, longitude = numbers[:2]
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise LocationRefused("gives a position that is not on the earth")
    return latitude, longitude


def _radius(shape: ET.Element) -> float:
    radii = shape.findall(f"{_SHAPES}radius")
    if len(radii) != 1 or radii[0].get("uom", "") not in _METRES:
        raise LocationRefused("gives a circle without one radius in metres")
    radius = _number((radii[0].text or "").strip())
    if not 0 <= radius <= 100_000_000:
        raise LocationRefused("gives a circle with a radius that cannot be")
    return radius


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise LocationRefused("gives a number that cannot be read") from None
    if not math.isfinite(number):
        raise LocationRefused("gives a number that cannot be read")
    return number


def _address(civic: ET.Element) -> str:
    """The address as it is said. A part that is not on the list is said too, at the end: nothing is left out."""
    parts = [(child.tag.removeprefix(_CIVIC), " ".join((child.text or "").split())) for child in civic]
    order = {name: place for place, name in enumerate(_SAID)}
    parts = sorted([part for part in parts if part[1]], key=lambda part: order.get(part[0], len(order)))
    said = ""
    before = ""
    for name, text in parts:
        joint = "" if not said else " " if name in _STREET and before in _STREET else ", "
        said += joint + text
        before = name
    return said[:480]
