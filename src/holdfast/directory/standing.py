"""Whether the address of a service may be held, and what of its record gives an address away.

- An address is held only where its record says that it is public, or where it is that of a police unit or a court.
- A word for a refuge anywhere in a record outweighs whatever else it says; so does any mark of confidence.
- A mark that is there and blank is a mark of confidence. What says nothing counts as a refuge's.
- Open Referral has no such mark of its own: the ones that are read are below, and in docs/formats/directory.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from holdfast.directory.plain import fold
from holdfast.directory.plain import plain

PUBLIC_TERM = "address-public"
CONFIDENTIAL_TERM = "address-confidential"
FLAGS = ("confidential", "is_confidential", "address_confidential")
_NO = ("false", "no", "n", "0")
# On folded text. Wider than the need 'refuge' on purpose: too many cost addresses, too few a hiding place.
_REFUGE = re.compile(
    r"\b(?:refuges?|refugio|shelters?|sheltered|safe ?houses?|safe (?:accommodation|home|haven|place|shelter|stay)|"
    r"(?:crisis|emergency|temporary|transition(?:al)?|second stage|supported) (?:accommodation|hous\w+|lodging)|"
    r"(?:transition|halfway|crisis|interval|women s|battered women s) (?:house|home|centre|center|residence)s?|"
    r"second stage|hostels?|sanctuary|women s aid|undisclosed|secret location|confidential (?:location|address|site)|"
    r"location (?:is )?confidential|address (?:is )?(?:confidential|withheld|not published)|albergues?|"
    r"hebergement|maisons? d (?:hebergement|accueil|transition)|foyers?|abris?|lloches\w*|casas? de acogida|"
    r"frauenhaus|schronisk\w+|safe at home|dwelling|residential program\w*)\b"
)
# Only what can be nothing else: 'court' alone is also how streets and houses are called.
_STATION = re.compile(
    r"\b(?:police (?:station|counter|front counter|enquiry office|headquarters|department|service|division|detachment)|"
    r"(?:sheriff s?|sheriffs) (?:office|department)|gorsaf heddlu|poste de police|comisaria(?: de policia)?)\b"
)
_COURT = re.compile(
    r"\b(?:courthouse|(?:crown|magistrates|family|county|superior|supreme|provincial|district|circuit|municipal|"
    r"criminal|domestic violence) court(?: of [a-z ]+| house)?|court house|palais de justice|combined court centre)\b"
)
_NO_PROSE = ("id", "url", "uri", "email", "website", "logo", "schedule_link", "term_uri", "openapi_url")


def strings(record: Any, skip: tuple[str, ...] = _NO_PROSE) -> Iterator[str]:
    """Every text in a record as it was read, however deep."""
    if isinstance(record, str):
        yield record
    elif isinstance(record, dict):
        for key, value in record.items():
            if key not in skip and not key.endswith("_id"):
                yield from strings(value, skip)
    elif isinstance(record, list):
        for value in record:
            yield from strings(value, skip)


def parts_named(record: Any, key: str) -> Iterator[Any]:
    """What stands under a key, however deep in a record."""
    if isinstance(record, dict):
        for name, value in record.items():
            if name == key:
                yield value
            yield from parts_named(value, key)
    elif isinstance(record, list):
        for value in record:
            yield from parts_named(value, key)


def is_refuge(record: dict[str, Any]) -> bool:
    """Whether a record speaks of a refuge, or marks any part of itself as confidential."""
    return marked_confidential(record) or bool(_REFUGE.search(fold(plain(" . ".join(strings(record))))))


def marked_confidential(record: Any) -> bool:
    """Whether any part of a record carries a mark of confidence, a blank one included."""
    flags = (value for flag in FLAGS for value in parts_named(record, flag))
    return any(not _says_no(value) for value in flags) or CONFIDENTIAL_TERM in _terms(record)


def marked_public(part: dict[str, Any]) -> bool:
    """Whether a part of a record (not what lies in its other parts) says that its address is public."""
    said = [_says_no(part[flag]) for flag in FLAGS if flag in part]
    return (bool(said) and all(said)) or PUBLIC_TERM in _terms({"attributes": part.get("attributes")})


def public_by_nature(names: str) -> str:
    """'police' or 'court' where names (of a service, its organisation and its terms) can mean nothing else, else ''."""
    folded = fold(names)
    return "police" if _STATION.search(folded) else "court" if _COURT.search(folded) else ""


def _says_no(value: Any) -> bool:
    return value is False or str(value).strip().casefold() in _NO


def _terms(record: Any) -> set[str]:
    """The codes and values of every attribute in a record."""
    found: set[str] = set()
    for attributes in parts_named(record, "attributes"):
        for attribute in attributes if isinstance(attributes, list) else ():
            if isinstance(attribute, dict):
                term = attribute.get("taxonomy_term")
                told = [
                    attribute.get("value"),
                    *((term.get("code"), term.get("name")) if isinstance(term, dict) else ()),
                ]
                found |= {fold(str(each)).replace(" ", "-") for each in told if each}
    return found
