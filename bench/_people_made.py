"""An invented population of any size, the same for the same seed: some in each culture, in cases of two or three.

Common names are common (a given name falls off by Zipf's law; rare family names are made of two pieces), half of a case
lives at one address, one in twenty has no day of birth or part of one. A name's other spellings are kept beside it for
those who corrupt it.
"""

import random
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple
from uuid import UUID

from _people_names import CULTURES
from _people_names import STREETS
from _people_names import TOWNS

from holdfast.people.known import Known

SHARES = {
    "english": 0.52, "southasian": 0.12, "polish": 0.07, "slavic": 0.05, "arabic": 0.08, "chinese": 0.05,
    "spanish": 0.05, "westafrican": 0.06,
}  # fmt: skip
KINDS_OF_STREET = ("Street", "Road", "Avenue", "Lane", "Close", "Drive", "Way", "Terrace")
_LETTERS = "ABDEFGHJLNPQRSTUWXYZ"


class Part(NamedTuple):
    """One part of a name: as it stands in the record, other spellings, short forms, whether it is a family's."""

    text: str
    spelt: tuple[str, ...]
    short: tuple[str, ...]
    family: bool


class Made(NamedTuple):
    """One person who was made."""

    known: Known
    culture: str
    name: tuple[Part, ...]


class _Choice:
    """Picks from a list by Zipf's law."""

    def __init__(self, among: tuple[str, ...], family: bool, power: float):
        self.parts = [_part(each, family) for each in among]
        self.weights = list(accumulate(1 / (at + 2) ** power for at in range(len(among))))

    def one(self, by: random.Random) -> Part:
        return by.choices(self.parts, cum_weights=self.weights)[0]


def _part(text: str, family: bool) -> Part:
    spelt, *short = text.split("=")
    first, *others = spelt.split("/")
    return Part(first, tuple(others), tuple(short), family)


_GIVEN = {name: _Choice(each.given, False, 0.5) for name, each in CULTURES.items()}
_FAMILY = {name: _Choice(each.family, True, 0.7) for name, each in CULTURES.items()}


def made(count: int, seed: int = 2026) -> Iterator[Made]:
    """The people, one after another. The first million of ten million are the same million."""
    by = random.Random(seed)  # noqa: S311 chance that can be had again
    names, shares = list(SHARES), list(accumulate(SHARES.values()))
    done = 0
    while done < count:
        case = UUID(int=by.getrandbits(128), version=4)
        culture = by.choices(names, cum_weights=shares)[0]
        home, family = _address(by), _family(by, culture)
        for place in range(min(by.choice((2, 2, 3)), count - done)):
            mine = family if place and by.random() < 0.5 else _family(by, culture)
            parts = _name(by, culture, mine)
            born = _born(by)
            number = (_number(by),) if by.random() < 0.85 else ()
            address = home if by.random() < 0.5 else _address(by)
            party = ("survivor", "suspect", "child")[place]
            name = " ".join(part.text for part in parts)
            known = Known(case, party, (name,), born, number, (address,) if by.random() < 0.92 else ())
            yield Made(known, culture, parts)
            done += 1


def _name(by: random.Random, culture: str, family: Part) -> tuple[Part, ...]:
    given = _GIVEN[culture].one(by)
    parts = [given, family]
    if CULTURES[culture].parts == 3 and by.random() < 0.5:
        parts = [given, _FAMILY[culture].one(by), family]
    elif culture == "english" and by.random() < 0.15:
        parts = [given, _GIVEN[culture].one(by), family]
    return tuple(reversed(parts)) if CULTURES[culture].family_first else tuple(parts)


def _family(by: random.Random, culture: str) -> Part:
    found = CULTURES[culture]
    if by.random() < found.tailed:
        return Part((by.choice(found.tail[0]) + by.choice(found.tail[1])).capitalize(), (), (), True)
    return _FAMILY[culture].one(by)


def _born(by: random.Random) -> str:
    year, month, day = 2010 - int(70 * by.random() ** 1.2), by.randint(1, 12), by.randint(1, 28)
    chance = by.random()
    return "" if chance < 0.03 else f"{year}" if chance < 0.05 else f"{year}-{month:02}-{day:02}"


def _number(by: random.Random) -> str:
    if by.random() < 0.75:
        return f"07{by.randint(400, 999)} {by.randint(0, 999_999):06}"
    return f"01{by.randint(20, 99)} {by.randint(200, 999)} {by.randint(0, 9999):04}"


def _address(by: random.Random) -> str:
    """A house in one of 1,700,000 postcodes, each a stretch of one street in one town."""
    area, district, sector, unit = by.randrange(126), by.randint(1, 25), by.randint(1, 9), by.randrange(60)
    code = f"{_LETTERS[area // 7]}{_LETTERS[area % 7]}{district} {sector}{_LETTERS[unit // 3]}{'ABD'[unit % 3]}"
    place = ((area * 31 + district) * 10 + sector) * 67 + unit
    street = STREETS[place * 7919 % len(STREETS)]
    if place % 5 < 2:
        street += " " + STREETS[place * 104_729 % len(STREETS)]
    kind = KINDS_OF_STREET[place % len(KINDS_OF_STREET)]
    house = 1 + int(120 * by.random() ** 1.5)
    return f"{house} {street} {kind}, {TOWNS[(area * 7 + district // 9) % len(TOWNS)]} {code}"
