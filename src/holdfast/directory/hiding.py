"""Takes an address that is not held out of everything else that a record says.

- Its own parts are known: a sentence that holds one is dropped, and a listing that still holds one is refused.
- What reads like an address or the way to one is dropped too, in the text of every service whose address is not public.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from holdfast.directory.plain import fold
from holdfast.directory.plain import plain
from holdfast.directory.standing import parts_named

_NAMED = r"(?:[A-Z][\w'.-]*\s+)"
_READS_LIKE_ONE = re.compile(
    rf"\b\d{{1,5}}[A-Za-z]?,?\s+{_NAMED}{{1,3}}"
    r"(?:St|Rd|Ave|Ln|Drive|Dr|Blvd|Cres|Close|Place|Pl|Square|Sq|Court|Way|Row|"
    r"Grove|Walk|Parade|Quay|Highway|Hwy|Parkway|Gardens|Mews|Park|Hill)\b"
    r"|\b\d{1,5}[A-Za-z]?,?\s+(?:[\w'.-]+\s+){1,3}(?i:street|road|avenue|lane|boulevard|crescent|terrace)\b"
    r"|\b\d{1,3}(?:st|nd|rd|th)\s+(?:Street|St|Avenue|Ave|Road|Rd|Line)\b"
    r"|\b\d{1,5},?\s+(?:bis\s+)?(?:[Rr]ue|[Aa]venue|[Cc]hemin|[Cc]alle|[Bb]oulevard|[Ss]tryd|[Hh]eol)\s"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[ABD-HJLNP-UW-Z]{2}\b"  # a UK postcode
    r"|\b[A-Z]\d[A-Z][ -]?\d[A-Z]\d\b"  # a Canadian one
    r"|\b[A-Z]{2},?\s+\d{5}(?:-\d{4})?\b"  # a US one, after its state
    r"|-?\d{1,3}\.\d{4,}\s*,\s*-?\d{1,3}\.\d{4,}"  # a position
    r"|///\w+\.\w+\.\w+"  # a place in three words
    r"|\b(?:[Cc]orner of|[Oo]pposite the|[Nn]ext door to|[Nn]ext to the|[Aa]cross from|[Bb]ehind the|[Ww]alk from)\b"
    r"|https?://\S*(?:maps?[./]|/maps|what3words|streetview)\S*",
)
_MAP = re.compile(r"(?:maps?[./]|/maps?\b|goo\.gl|what3words|streetview|openstreetmap)", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_NUMBER_AND_WORD = re.compile(r"\b\d+\w? [a-z]{3,}\b")
_SAYS_NOTHING = {
    "confidential", "undisclosed", "withheld", "private", "not published", "none", "unknown", "virtual", "online",
    "remote", "various", "telephone", "by telephone", "phone", "by phone",
}  # fmt: skip
_LEAST = 4


def hidden_parts(record: Any, public: Iterable[str] = ()) -> frozenset[str]:
    """The folded parts of every address, position and building identifier in a record, except what `public` names.

    A town, region or country is no part: it is what a service says of where it works.
    """
    found: set[str] = set()
    for address in _addresses(record):
        found |= _of_address(address)
    for key in ("latitude", "longitude", "external_identifier"):
        found |= {fold(str(value)) for value in parts_named(record, key) if value and len(str(value)) > _LEAST}
    for name in _names_of_locations(record):
        if reads_like_an_address(name) or any(sign.isdigit() for sign in name):
            found.add(fold(name))
    known = {fold(name) for name in public}
    return frozenset(part for part in found if len(part) >= _LEAST and part not in known | _SAYS_NOTHING)


def _addresses(record: Any) -> Iterator[dict[str, Any]]:
    """Every part of a record with the keys of an address, wherever it stands: some put them in the location itself."""
    if isinstance(record, dict):
        if "address_1" in record or "postal_code" in record:
            yield record
        for value in record.values():
            yield from _addresses(value)
    elif isinstance(record, list):
        for value in record:
            yield from _addresses(value)


def _of_address(address: dict[str, Any]) -> set[str]:
    lines = [str(address[key]) for key in ("address_1", "address_2", "attention") if address.get(key)]
    towns = {fold(str(address[key])) for key in ("city", "region", "state_province", "country") if address.get(key)}
    pieces = {fold(piece) for line in lines for piece in (line, *re.split(r"[,;\n]", line))}
    pieces |= {near for line in lines for near in _NUMBER_AND_WORD.findall(fold(line))}
    if address.get("postal_code"):
        pieces |= {fold(str(address["postal_code"])), fold(str(address["postal_code"])).replace(" ", "")}
    return pieces - towns


def holds(text: str, parts: frozenset[str]) -> bool:
    """Whether a text holds one of the parts, however it is spelled or spaced."""
    if not parts or not text:
        return False
    folded = f" {fold(text)} "
    return any(f" {part} " in folded for part in parts)


def without(text: str | None, parts: frozenset[str], *, wary: bool) -> str:
    """A text without the sentences that give an address away. `wary` drops also what only reads like one."""
    bare = plain(text)
    if not bare or not (parts or wary):
        return bare
    if not holds(bare, parts) and not (wary and _READS_LIKE_ONE.search(bare)):
        return bare
    lines = []
    for line in bare.split("\n"):
        kept = [
            each
            for each in _SENTENCES.split(line)
            if not holds(each, parts) and not (wary and _READS_LIKE_ONE.search(each))
        ]
        lines.append(" ".join(kept))
    left = "\n".join(line for line in lines if line)
    return "" if holds(left, parts) or (wary and _READS_LIKE_ONE.search(left)) else left


def leads_there(link: str, parts: frozenset[str]) -> bool:
    """Whether a web address is of a map, or holds a part of the address."""
    return bool(_MAP.search(link)) or holds(link, parts)


def reads_like_an_address(name: str) -> bool:
    """Whether a name alone gives an address away."""
    return bool(_READS_LIKE_ONE.search(name))


def _names_of_locations(record: Any) -> list[str]:
    """A building is often called by its address."""
    found = [*parts_named(record, "location"), *parts_named(record, "locations")]
    flat = [one for each in found for one in (each if isinstance(each, list) else [each])]
    names = [one.get(key) for one in flat if isinstance(one, dict) for key in ("name", "alternate_name")]
    return [str(name) for name in names if name]
