"""By what a person is looked up: what is kept for each who is known, and what is asked for somebody who is sought.

Few are kept, many are asked: what may have gone wrong is tried on the side of the question, so that the index stays
small. Each key joins two things (a name and a day, two names and a year), so that few people share it.

- `named`: the sound of one part of the name and the day of birth
- `begins`: how one part of the name begins, and the day of birth; for names that were misspelt beyond their sound
- `both` / `year`: the sounds of two parts of the name, in any order; alone, and with the year of birth
- `end` / `short`: the last eight figures of a number, and the last six
- `code` / `zip` / `street`: a postcode of few houses; one of many houses with the house; a street's word with the house
"""

from itertools import combinations
from itertools import pairwise
from typing import NamedTuple

from holdfast.people.addresses import is_fine
from holdfast.people.addresses import misheard_houses
from holdfast.people.addresses import misheard_postcodes
from holdfast.people.addresses import taken_apart
from holdfast.people.dates import near_years
from holdfast.people.dates import other_days
from holdfast.people.known import Asked
from holdfast.people.known import Known
from holdfast.people.known import Person
from holdfast.people.names import MOST_SOUND
from holdfast.people.names import parts
from holdfast.people.names import sound
from holdfast.people.numbers import SHORT
from holdfast.people.numbers import end_of
from holdfast.people.numbers import misheard
from holdfast.people.numbers import plain_number
from holdfast.people.short_forms import also_said

VERSION = 1  # of what is kept: an index of another version is made anew
MOST_NAMES, MOST_NUMBERS, MOST_ADDRESSES = 6, 6, 6  # of one person, the last told first
_SOUNDS = "fklmnprst"


class Tried(NamedTuple):
    """The keys to ask for. `broad` may be shared by many people and are read only so far."""

    narrow: list[str]
    broad: list[str]


def kept(person: Known | Person) -> set[str]:
    """The keys under which a person is kept."""
    found: set[str] = set()
    born, year = person.born, person.born[:4]
    for name in person.names[-MOST_NAMES:]:
        sounds = [sound(part) for part in parts(name)]
        if len(born) == 10:
            for one in sounds:
                found.add(f"n{one}{born}")
                found.add(f"i{one[0]}{born}")
        for one, other in combinations(sounds if len(sounds) != 1 else [*sounds, ""], 2):
            pair = _pair(one, other)
            found.add("b" + pair)
            if year:
                found.add(f"y{pair}{year}")
    for number in person.numbers[-MOST_NUMBERS:]:
        found |= _number_kept(plain_number(number))
    for address in person.addresses[-MOST_ADDRESSES:]:
        found |= _address_kept(address)
    return found


def _pair(one: str, other: str) -> str:
    return f"{one}+{other}" if one <= other else f"{other}+{one}"


def _number_kept(plain: str) -> set[str]:
    found = {"e" + end_of(plain)} if plain else set()
    if plain.isdigit() and len(plain) > SHORT:
        found.add("s" + plain[-SHORT:])
    return found


def _address_kept(address: str) -> set[str]:
    apart = taken_apart(address)
    house = apart.houses[-1] if apart.houses else ""
    found = set()
    if apart.postcode:
        found.add(f"c{apart.postcode}" if is_fine(apart.postcode) else f"z{apart.postcode}/{house}")
    if apart.street:
        found.add(f"t{sound(apart.street)}/{house}")
    return found


def tried(asked: Asked, born: str) -> Tried:
    """The keys by which somebody is sought; `born` is what was asked, read (dates.py)."""
    narrow: dict[str, None] = {}
    broad: dict[str, None] = {}
    _names_tried(asked.name, born, narrow, broad)
    _number_tried(plain_number(asked.number), narrow, broad)
    _address_tried(asked.address, narrow)
    return Tried(list(narrow), [key for key in broad if key not in narrow])


def _names_tried(name: str, born: str, narrow: dict[str, None], broad: dict[str, None]) -> None:
    whole, year = len(born) == 10, born[:4]
    said = [_sounds_of(part) for part in _with_joined(parts(name))]
    exact = [sounds[0] for sounds in said]
    if len(said) == 1:
        said.append(("",))
    if whole:
        days = (born, *other_days(born))
        narrow.update(dict.fromkeys(f"n{one}{born}" for sounds in said for one in sounds if one))
        narrow.update(dict.fromkeys(f"n{one}{day}" for one in exact for day in days))
        broad.update(dict.fromkeys(f"i{one[0]}{born}" for sounds in said for one in sounds if one))
    years = (int(year), *near_years(int(year))) if year else ()
    for one, other in combinations(said, 2):
        pairs = dict.fromkeys(_pair(a, b) for a in one for b in other)
        broad.update(dict.fromkeys("b" + pair for pair in pairs))
        if years:
            narrow.update(dict.fromkeys(f"y{pair}{years[0]}" for pair in pairs))
            narrow.update(dict.fromkeys(f"y{_pair(one[0], other[0])}{near}" for near in years))
    if year:
        for at, other_at in ((a, b) for a in range(len(exact)) for b in range(len(exact)) if a != b):
            narrow.update(dict.fromkeys(f"y{_pair(near, exact[other_at])}{year}" for near in near_sounds(exact[at])))


def _sounds_of(part: str) -> tuple[str, ...]:
    """The sound of a part as it was said first, then those of its other forms."""
    return tuple(dict.fromkeys((sound(part), *(sound(each) for each in also_said(part)))))


def _with_joined(said: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a name, and where there are three or more, two that follow one another as one."""
    if len(said) < 3:
        return said
    return (*said, *(one + other for one, other in pairwise(said[1:])))


def near_sounds(of: str) -> list[str]:
    """The sounds that one letter apart makes of another."""
    found = {of[:at] + of[at + 1 :] for at in range(len(of))}
    found |= {of[:at] + put + of[at + 1 :] for at in range(len(of)) for put in _SOUNDS}
    found |= {(of[:at] + put + of[at:])[:MOST_SOUND] for at in range(len(of) + 1) for put in _SOUNDS}
    found |= {of[:at] + of[at + 1] + of[at] + of[at + 2 :] for at in range(len(of) - 1)}
    found |= {"a" + of, of.removeprefix("a")}
    return [each for each in found if each and each != of]


def _number_tried(plain: str, narrow: dict[str, None], broad: dict[str, None]) -> None:
    if not plain:
        return
    narrow["e" + end_of(plain)] = None
    narrow.update(dict.fromkeys("e" + each for each in misheard(plain)))
    if plain.isdigit() and len(plain) >= SHORT:
        broad["s" + plain[-SHORT:]] = None


def _address_tried(address: str, narrow: dict[str, None]) -> None:
    apart = taken_apart(address)
    house = apart.houses[-1] if apart.houses else ""
    code = apart.postcode
    if is_fine(code):
        narrow.update(dict.fromkeys(f"c{each}" for each in (code, *misheard_postcodes(code))))
    elif code:
        narrow.update(dict.fromkeys(f"z{code}/{each}" for each in (house, *misheard_houses(house))))
        narrow.update(dict.fromkeys(f"z{each}/{house}" for each in misheard_postcodes(code)))
    for word in dict.fromkeys((apart.street, *apart.words)):
        if word:
            narrow.update(dict.fromkeys(f"t{sound(word)}/{each}" for each in apart.houses or ("",)))
    if apart.street:
        narrow.update(dict.fromkeys(f"t{near}/{house}" for near in near_sounds(sound(apart.street))))
        narrow.update(dict.fromkeys(f"t{sound(apart.street)}/{each}" for each in misheard_houses(house)))
