"""How near somebody who is known is to somebody who is sought: field by field, with the reason in words.

Each field that was asked gives a value from 0 (something else) to 1 (the same); what is not known of somebody counts
for neither side. The score is their weighted mean, from 0 to 100.
"""

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.distance import JaroWinkler

from holdfast.people.addresses import taken_apart
from holdfast.people.dates import near_years
from holdfast.people.dates import partly_same
from holdfast.people.known import Asked
from holdfast.people.known import Known
from holdfast.people.known import Match
from holdfast.people.known import Why
from holdfast.people.names import parts
from holdfast.people.names import sound
from holdfast.people.numbers import END
from holdfast.people.numbers import SHORT
from holdfast.people.numbers import end_of
from holdfast.people.numbers import plain_number
from holdfast.people.short_forms import also_said

_WEIGHTS = {"name": 4.0, "born": 3.0, "number": 3.5, "address": 3.5}
_IN_PART = {4: 1.5, 7: 2.2}  # what part of a date is worth, by its length
_NOT_KNOWN = 0.5
_LIKELY = 65.0
_SAME = 0.985  # the same, but perhaps in another order
_STRONG = 0.8
_TOLD = 0.6  # from what value a field is a reason

Valued = tuple[float, str]
NOTHING: Valued = (0.0, "")


class Sought(NamedTuple):
    """What was asked, read once for all candidates."""

    name: tuple[str, ...]
    born: str
    number: str
    address: str

    @classmethod
    def of(cls, asked: Asked, born: str) -> "Sought":
        return cls(parts(asked.name), born, plain_number(asked.number), asked.address)

    def weights(self) -> dict[str, float]:
        """What each field that was asked is worth."""
        found = {what: worth for what, worth in _WEIGHTS.items() if getattr(self, what)}
        if "born" in found:
            found["born"] = _IN_PART.get(len(self.born), found["born"])
        return found


def valued(sought: Sought, known: Known) -> dict[str, Valued | None]:
    """Each field that was asked with its value; None where nothing of it is known."""
    found: dict[str, Valued | None] = {}
    if sought.name:
        found["name"] = _best(names_alike(sought.name, parts(name)) for name in known.names) if known.names else None
    if sought.born:
        found["born"] = born_alike(sought.born, known.born) if known.born else None
    if sought.number:
        each = (numbers_alike(sought.number, plain_number(number)) for number in known.numbers)
        found["number"] = _best(each) if known.numbers else None
    if sought.address:
        alike = (addresses_alike(sought.address, address) for address in known.addresses)
        found["address"] = _best(alike) if known.addresses else None
    return found


def score_of(values: dict[str, Valued | None], weights: dict[str, float]) -> float:
    """0 to 100."""
    got = sum(weights[what] * (value[0] if value else _NOT_KNOWN) for what, value in values.items())
    return 100.0 * got / (sum(weights.values()) or 1.0)


def match_of(known: Known, values: dict[str, Valued | None], score: float) -> Match:
    """The match with its reasons and how sure it is."""
    why = tuple(Why(what, value[1]) for what, value in values.items() if value and value[0] >= _TOLD)
    return Match(known, round(score, 1), _sureness(values, score), why)


def _sureness(values: dict[str, Valued | None], score: float) -> str:
    """Certain: name and day of birth, or name and number, are the same and nothing that was asked is another.

    Likely: two things are the same or nearly. A name alone is never more than possible, nor is a number or an address.
    """
    told = {what: value[0] for what, value in values.items() if value}
    same = {what for what, value in told.items() if value >= _SAME}
    if len(same) == len(told) and "name" in same and same & {"born", "number"}:
        return "certain"
    strong = sum(1 for value in told.values() if value >= _STRONG)
    return "likely" if strong > 1 and score >= _LIKELY else "possible"


def _best(each: object) -> Valued:
    return max(each, default=NOTHING)  # type: ignore[call-overload, no-any-return]


def names_alike(sought: tuple[str, ...], known: tuple[str, ...]) -> Valued:
    """How near two names are, part by part, in whichever order."""
    if sought == known:
        return (1.0 if len(known) > 1 else 0.95), "same"  # one name alone is shared by many
    if not sought or not known:
        return NOTHING
    pairs = sorted(
        ((*part_alike(one, other), at, there) for at, one in enumerate(sought) for there, other in enumerate(known)),
        key=lambda pair: (-pair[0], abs(pair[2] - pair[3])),
    )
    used: list[tuple[float, str, int, int]] = []
    for pair in pairs:
        if all(pair[2] != other[2] and pair[3] != other[3] for other in used):
            used.append(pair)
    fewer, more = sorted((len(sought), len(known)))
    value = sum(pair[0] for pair in used) / fewer - 0.06 * (more - fewer)
    if fewer == 1 < more:
        value -= 0.1  # one name alone tells little
    hows = [how for _, how, _, _ in used if how != "same"]
    order = [there for _, _, _, there in sorted(used, key=lambda pair: pair[2])]
    how = hows[0] if hows else "same" if fewer == more else "part of the name"
    if order != sorted(order):
        how = "swapped" if how == "same" else f"swapped, {how}"
        value -= 0.01
    return max(0.0, value), how


@lru_cache(maxsize=131_072)
def part_alike(one: str, other: str) -> Valued:
    """How near two parts of names are."""
    if one == other:
        return 1.0, "same"
    if other in also_said(one) or one in also_said(other):
        return 0.95, "short form"
    edits = OSA.distance(one, other, score_cutoff=2)
    if edits == 1 and min(len(one), len(other)) > 2:
        return 0.93, "a letter differs"
    near: float = JaroWinkler.similarity(one, other)
    if sound(one) == sound(other):
        return max(0.88, near), "sounds alike"
    if edits == 2 and min(len(one), len(other)) > 4:
        return max(0.82, near - 0.05), "letters differ"
    if len(one) == 1 or len(other) == 1:
        return (0.7, "initial") if one[0] == other[0] else NOTHING
    return (near - 0.05 if near > 0.75 else near * 0.6), "partly alike"


def born_alike(sought: str, known: str) -> Valued:
    """How near two days of birth are, either of which may be partial."""
    if sought == known and len(known) == 10:
        return 1.0, "same"
    if partly_same(sought, known):
        return 0.9, "same month" if min(len(sought), len(known)) > 4 else "same year"
    if len(sought) == len(known) == 10:
        if sought[:4] == known[:4] and sought[5:7] == known[8:] and sought[8:] == known[5:7]:
            return 0.93, "day and month swapped"
        same = (sought[:4] == known[:4], sought[5:7] == known[5:7], sought[8:] == known[8:])
        if sum(same) == 2:
            if not same[0]:
                return (0.85 if int(known[:4]) in near_years(int(sought[:4])) else 0.6), "same day, another year"
            return (0.85 if OSA.distance(sought, known) == 1 else 0.8), "another day" if same[1] else "another month"
        if OSA.distance(sought, known) <= 2:
            return 0.55, "figures differ"
    if sought[:4] == known[:4]:
        return 0.45, "same year"
    near = abs(int(sought[:4]) - int(known[:4]))
    if min(len(sought), len(known)) < 10 and near <= 2:
        return 0.6, "near year"
    return (0.25, "near year") if near <= 2 else NOTHING


@lru_cache(maxsize=8192)
def numbers_alike(sought: str, known: str) -> Valued:
    """How near two numbers are, by their ends."""
    if not sought or not known:
        return NOTHING
    if sought == known or (sought.isdigit() and len(sought) >= END and end_of(sought) == end_of(known)):
        return 1.0, "same"
    if not (sought.isdigit() and known.isdigit()):
        return NOTHING
    least = min(len(sought), len(known))
    if least >= SHORT and sought[-least:] == known[-least:]:
        return 0.9, "same end"
    if OSA.distance(sought[-END - 1 :], known[-END - 1 :]) <= 1 or OSA.distance(end_of(sought), end_of(known)) <= 1:
        return 0.88, "a figure differs"
    if sought[-SHORT:] == known[-SHORT:]:
        return 0.7, "same last six"
    return (0.6, "figures differ") if OSA.distance(end_of(sought), end_of(known)) == 2 else NOTHING


@lru_cache(maxsize=8192)
def addresses_alike(sought: str, known: str) -> Valued:
    """How near two addresses are, by postcode, house and words."""
    one, other = taken_apart(sought), taken_apart(known)
    house = bool(one.houses) and bool(other.houses) and bool(set(one.houses) & set(other.houses))
    words = _words_alike(one.words, other.words)
    if one.postcode and one.postcode == other.postcode:
        if house or not (one.houses and other.houses):
            return (1.0, "same") if words > 0.8 or not one.words else (0.92, "same postcode and house")
        return 0.8, "same postcode"
    near = bool(one.postcode and other.postcode) and OSA.distance(one.postcode, other.postcode) == 1
    if house and words > 0.8:
        return (0.95, "a sign of the postcode differs") if near else (0.9, "same street and house")
    if near and words > 0.8:
        return 0.8, "same street"
    if words > 0.8:
        return 0.65, "same street" if one.street == other.street else "same words"
    return (0.5 * words + 0.2 * house + 0.2 * near), "partly alike"


def _words_alike(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if not one or not other:
        return 0.0
    fewer, more = sorted((one, other), key=len)
    best = [max(part_alike(word, each)[0] for each in more) for word in fewer]
    return sum(best) / len(best)
