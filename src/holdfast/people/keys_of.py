"""By what a person is looked up: what is kept for each who is known, and what is asked for somebody who is sought.

Few are kept, many are asked: what may have gone wrong is tried on the side of the question, so that the index stays
small. Each key joins two things (a name and a day, two names and a year), so that few people share it.

- `named`: the sound of one part of the name and the day of birth
- `begins`: how one part of the name begins, and the day of birth; for names that were misspelt beyond their sound
- `both` / `year`: the sounds of two parts of the name, in any order; alone, and with the year of birth
- `end` / `short`: the last eight figures of a number, and the last six
- `code` / `zip`: a postcode of few houses; one of many houses with the house
- `street` / `within`: a street's word with the house; and with the town's word
"""

from functools import lru_cache
from itertools import combinations
from itertools import pairwise
from typing import NamedTuple
from uuid import UUID

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
from holdfast.people.names import whole_sound
from holdfast.people.numbers import SHORT
from holdfast.people.numbers import end_of
from holdfast.people.numbers import misheard
from holdfast.people.numbers import plain_number
from holdfast.people.short_forms import also_said

VERSION = 1  # of what is kept: an index of another version is made anew
MOST_NAMES, MOST_NUMBERS, MOST_ADDRESSES = 6, 6, 6  # of one person, the last told first
_SOUNDS = "fklmnprst"


class Tried(NamedTuple):
    """The keys to ask for: what was said as it was said, what may have been meant, and what many people share."""

    exact: list[str]
    near: list[str]
    broad: list[str]


def all_kept(known: Known) -> list[str]:
    """Every key of a person's record: those of its case, and those under which they are found."""
    return [of_case(known.case), *kept(known)]


def of_case(case: UUID) -> str:
    """The key of a case's people."""
    return "C" + case.hex


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
        if apart.words[-1] != apart.street:
            found.add(f"w{sound(apart.street)}/{house}/{sound(apart.words[-1])}")
    return found


def tried(asked: Asked, born: str) -> Tried:
    """The keys by which somebody is sought; `born` is what was asked, read (dates.py)."""
    exact: set[str] = set()
    near: set[str] = set()
    broad: set[str] = set()
    said = parts(asked.name)
    if said:
        _names_tried(said, born, exact, near, broad)
    _number_tried(plain_number(asked.number), exact, near, broad)
    _address_tried(asked.address, exact, near, broad)
    return Tried(sorted(exact), sorted(near - exact), sorted(broad - exact))


def _names_tried(said: tuple[str, ...], born: str, exact: set[str], near: set[str], broad: set[str]) -> None:
    as_said = len(said)
    said = _with_joined(said)
    spoken = [sound(part) for part in said]
    forms = [{sound(each) for each in also_said(part)} - {spoken[at]} for at, part in enumerate(said)]
    if len(said) == 1:
        _one_name_tried(spoken[0], forms[0], born, exact, broad)
    if len(born) == 10:
        exact.update(f"n{one}{born}" for one in spoken)
        near.update(f"n{one}{born}" for others in forms for one in others)
        near.update(f"n{one}{day}" for one in spoken for day in other_days(born))
        broad.update(f"i{one[0]}{born}" for one in spoken)
    for at, there in combinations(range(len(said)), 2):
        _pair_tried((spoken[at], spoken[there]), (forms[at], forms[there]), born[:4], exact, near, broad)
    if 0 < len(born) < 10:  # a whole day with one part that sounds right finds them already
        near.update(
            f"y{_pair(other, spoken[there])}{born[:4]}"
            for at, part in enumerate(said[:as_said])
            for other in near_sounds(part)
            for there in range(as_said)
            if there != at
        )


def _one_name_tried(spoken: str, forms: set[str], born: str, exact: set[str], broad: set[str]) -> None:
    for one in (spoken, *forms):
        broad.add("b" + _pair(one, ""))
        if born:
            exact.add(f"y{_pair(one, '')}{born[:4]}")


def _pair_tried(
    spoken: tuple[str, str],
    forms: tuple[set[str], set[str]],
    year: str,
    exact: set[str],
    near: set[str],
    broad: set[str],
) -> None:
    """Two parts of a name, each as it was said or in another form."""
    pair = _pair(*spoken)
    others = {_pair(one, other) for one in (spoken[0], *forms[0]) for other in (spoken[1], *forms[1])} - {pair}
    broad.add("b" + pair)
    if not year:
        broad.update("b" + each for each in others)
        return
    exact.add(f"y{pair}{year}")
    near.update(f"y{each}{year}" for each in others)
    near.update(f"y{pair}{each}" for each in near_years(int(year)))


def _with_joined(said: tuple[str, ...]) -> tuple[str, ...]:
    """The parts of a name, and where there are three or more, two that follow one another as one."""
    if len(said) < 3:
        return said
    return (*said, *(one + other for one, other in pairwise(said[1:])))


@lru_cache(maxsize=4096)
def near_sounds(part: str) -> tuple[str, ...]:
    """The sounds that one slip of the pen or the ear away from a part has."""
    of = whole_sound(part)
    found = {of[:at] + of[at + 1 :] for at in range(len(of))}
    found |= {of[:at] + put + of[at + 1 :] for at in range(len(of)) for put in _SOUNDS}
    found |= {of[:at] + put + of[at:] for at in range(len(of) + 1) for put in _SOUNDS}
    found |= {of[:at] + of[at + 1] + of[at] + of[at + 2 :] for at in range(len(of) - 1)}
    found |= {"a" + of, of.removeprefix("a")}
    found |= {whole_sound(part[:at] + part[at + 1 :]) for at in range(len(part)) if len(part) > 2}
    found |= {whole_sound(part[:at] + part[at + 1] + part[at] + part[at + 2 :]) for at in range(len(part) - 1)}
    return tuple({each[:MOST_SOUND] for each in found} - {"", of[:MOST_SOUND]})


def _number_tried(plain: str, exact: set[str], near: set[str], broad: set[str]) -> None:
    if not plain:
        return
    exact.add("e" + end_of(plain))
    near.update("e" + each for each in misheard(plain))
    if plain.isdigit() and len(plain) >= SHORT:
        broad.add("s" + plain[-SHORT:])


def _address_tried(address: str, exact: set[str], near: set[str], broad: set[str]) -> None:
    apart = taken_apart(address)
    house = apart.houses[-1] if apart.houses else ""
    code = apart.postcode
    if is_fine(code):
        exact.add("c" + code)
        near.update("c" + each for each in misheard_postcodes(code))
    elif code:
        exact.add(f"z{code}/{house}")
        near.update(f"z{code}/{each}" for each in misheard_houses(house))
        near.update(f"z{each}/{house}" for each in misheard_postcodes(code))
    if not apart.street:
        return
    street, others = sound(apart.street), [sound(word) for word in apart.words if word != apart.street]
    for one in {street, *others}:
        broad.update(f"t{one}/{each}" for each in apart.houses or ("",))
    for town in others:
        exact.add(f"w{street}/{house}/{town}")
        near.update(f"w{each}/{house}/{town}" for each in near_sounds(apart.street))
        near.update(f"w{street}/{each}/{town}" for each in misheard_houses(house))
    if not others:
        near.update(f"t{each}/{house}" for each in near_sounds(apart.street))
