"""Addresses taken apart as far as finding needs: postcode, house, the words that tell a street or a town.

>>> taken_apart("Flat 3, 12 Acacia Avenue, Leeds LS1 4AP")
Apart(postcode='LS14AP', houses=('3', '12'), words=('acacia', 'leeds'), street='acacia')
>>> taken_apart("1200 W Elm St, Springfield, IL 62704").postcode
'62704'
"""

import re
from functools import lru_cache
from typing import NamedTuple

from anyascii import anyascii

_POSTCODE = re.compile(
    r"\b([a-z]{1,2}[0-9][a-z0-9]?\s*[0-9][a-z]{2})\b"  # the United Kingdom
    r"|\b([a-z][0-9][a-z]\s*[0-9][a-z][0-9])\b"  # Canada
    r"|\b([0-9]{5})(?:-[0-9]{4})?(?=\s*(?:,?\s*(?:usa|us|united states))?\s*$)"
    r"|\b([0-9]{4,6})(?=\s*$)"
)
_HOUSE = re.compile(r"\b[0-9]{1,6}[a-z]?\b")
_WORD = re.compile(r"[a-z]{2,}")
# They are left out, shortened and exchanged: they tell no street from another.
_COMMON = frozenset(
    ["street", "st", "road", "rd", "avenue", "ave", "av", "lane", "ln", "drive", "dr", "close", "cl", "court", "ct",
     "crescent", "cres", "place", "pl", "square", "sq", "terrace", "ter", "way", "gardens", "gdns", "grove", "gr",
     "hill", "park", "row", "walk", "mews", "rise", "view", "boulevard", "blvd", "highway", "hwy", "parkway", "pkwy",
     "circle", "cir", "trail", "trl", "flat", "apartment", "apt", "unit", "suite", "ste", "floor", "house", "the",
     "north", "south", "east", "west", "nw", "ne", "sw", "se", "upper", "lower", "of", "at", "and", "on", "no",
     "number", "room", "block", "building"]
)  # fmt: skip


class Apart(NamedTuple):
    """An address in its parts; '' or () where it has none."""

    postcode: str
    houses: tuple[str, ...]  # numbers, flats too, in their order
    words: tuple[str, ...]
    street: str  # the word after the last number that has one


@lru_cache(maxsize=8192)
def taken_apart(address: str) -> Apart:
    """The parts of an address as it was said or written."""
    text = anyascii(address).lower().replace("'", "")
    found = list(_POSTCODE.finditer(text))
    postcode = ""
    if found:
        last = found[-1]
        postcode = re.sub(r"\s", "", last.group(0)).upper()[: 5 if last.group(3) else 9]
        text = text[: last.start()] + " " + text[last.end() :]
    houses = [(each.end(), each.group()) for each in _HOUSE.finditer(text)][:4]
    words = [(each.start(), each.group()) for each in _WORD.finditer(text) if each.group() not in _COMMON][:8]
    street = next((word for end, _ in reversed(houses) for start, word in words if start >= end), "")
    told = tuple(word for _, word in words)
    return Apart(postcode, tuple(house for _, house in houses), told, street or (told[0] if told else ""))


def is_fine(postcode: str) -> bool:
    """Whether a postcode stands for some houses only, and not for a town."""
    return len(postcode) >= 5 and not postcode.isdigit()


def misheard_postcodes(postcode: str) -> tuple[str, ...]:
    """Postcodes that may be meant: one sign another of its sort, or two exchanged."""
    found = set()
    for at, sign in enumerate(postcode):
        among = "0123456789" if sign.isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        found |= {postcode[:at] + put + postcode[at + 1 :] for put in among}
    found |= {postcode[:at] + postcode[at + 1] + postcode[at] + postcode[at + 2 :] for at in range(len(postcode) - 1)}
    return tuple(found - {postcode})


def misheard_houses(house: str) -> tuple[str, ...]:
    """House numbers that may be meant: one figure another, left out or too many, two exchanged, without its letter."""
    figures = house.rstrip("abcdefghijklmnopqrstuvwxyz")
    found = {figures[:at] + put + figures[at + 1 :] for at in range(len(figures)) for put in "0123456789"}
    found |= {figures[:at] + figures[at + 1 :] for at in range(len(figures))}
    found |= {figures[:at] + figures[at + 1] + figures[at] + figures[at + 2 :] for at in range(len(figures) - 1)}
    found |= {figures + put for put in "0123456789"} | {figures, figures + "a", figures + "b"}
    return tuple(found - {house, ""})
