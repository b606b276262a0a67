"""What two people have in common, and how surely they are one. Pure: compares opened names, keeps nothing.

- A name alone is 'possible'. With the same number or the same birth date it is 'certain'; with what comes near to one,
  or the same address, 'likely'. A number alone is 'likely': telephones are shared and passed on.
- Two full birth dates that are not near each other speak against it: never more than 'possible', and without a number
  or a place in common not even that.
"""

from collections.abc import Iterable
from itertools import product

from holdfast.people.addresses import is_fine
from holdfast.people.addresses import taken_apart
from holdfast.people.known import Known
from holdfast.people.known import Person
from holdfast.people.linking.proposal import Alike
from holdfast.people.linking.proposal import Pair
from holdfast.people.names import parts
from holdfast.people.numbers import END
from holdfast.people.numbers import end_of
from holdfast.people.numbers import plain_number
from holdfast.people.scoring import addresses_alike
from holdfast.people.scoring import born_alike
from holdfast.people.scoring import names_alike
from holdfast.people.scoring import numbers_alike

SAME, NEAR, AGAINST = 1.0, 0.8, 0.4
PLACE = 0.9  # the same house, however the street is written
_FULL = 10  # letters of 1984-03-09

Valued = tuple[float, str]
NOTHING: Valued = (0.0, "")


def pair(one: Person | Known, other: Person | Known) -> Pair | None:
    """The two, with all that is alike, or None where nothing is worth a look."""
    name = _best(
        names_alike(a, b) for a, b in product(map(parts, one.names), map(parts, other.names)) if len(a) > 1 < len(b)
    )
    born = born_alike(one.born, other.born) if one.born and other.born else NOTHING
    numbers = product(map(plain_number, one.numbers), map(plain_number, other.numbers))
    number = _best(numbers_alike(a, b) for a, b in numbers)
    place = _best(addresses_alike(a, b) for a, b in product(one.addresses, other.addresses))
    against = len(one.born) == len(other.born) == _FULL and born[0] < AGAINST
    same_number, same_place = number[0] >= SAME, place[0] >= PLACE
    sureness = _sureness(name[0], born[0], number=same_number, place=same_place, against=against)
    if not sureness:
        return None
    told = (
        ("name", name[1] if name[0] >= NEAR else ""),
        ("born", born[1] if born[0] >= NEAR else ""),
        ("number", number[1] if same_number else ""),
        ("address", place[1] if same_place else ""),
    )
    alike = tuple(Alike(one.party, other.party, what, how) for what, how in told if how)
    return Pair(one.party, other.party, sureness, alike) if alike else None


def _sureness(name: float, born: float, *, number: bool, place: bool, against: bool) -> str:
    named = name >= NEAR
    if against:
        return "possible" if number or place else ""
    if named and (number or born >= SAME):
        return "certain"
    if number or (named and (born >= NEAR or place)):
        return "likely"
    return "possible" if named or place else ""


def _best(each: Iterable[Valued]) -> Valued:
    return max(each, default=NOTHING)


def ends(numbers: Iterable[str]) -> frozenset[str]:
    """The ends of telephone numbers, by which two of them are the same."""
    plain = (plain_number(number) for number in numbers)
    return frozenset(end_of(each) for each in plain if each and (not each.isdigit() or len(each) >= END))


def houses(addresses: Iterable[str]) -> frozenset[str]:
    """Each house of the addresses, by its postcode and by its street. A town or a park is nobody's house."""
    found: set[str] = set()
    for address in addresses:
        apart = taken_apart(address)
        for where in (apart.postcode if is_fine(apart.postcode) else "", apart.street):
            if apart.houses and where:
                found.add(f"{'/'.join(apart.houses)}@{where}")
    return frozenset(found)
