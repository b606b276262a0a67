"""What two cases have in common, as a proposal that a person answers. Pure.

- Two people are the same as far as what is known of both agrees. A name alone is 'possible', never more: many people
  share one. Two different birth dates speak against it.
- Whose they are in each case decides why: the same survivor, suspect or both, only the place, or the other way round
  (a counter-allegation: the suspect of one is the survivor of the other).
"""

from collections.abc import Iterable
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple

SURENESS = {"possible": 1, "likely": 2, "certain": 3}
ONE_NIGHT = timedelta(hours=24)  # two cases of the same people opened closer than this may be one report, taken twice


class Alike(NamedTuple):
    """One thing that somebody here and somebody there have in common."""

    here: str
    there: str
    what: str  # name | born | number | address
    how: str


class Pair(NamedTuple):
    """Somebody of one case and somebody of another who may be one person, or who share a place."""

    here: str  # party
    there: str
    sureness: str
    alike: tuple[Alike, ...]


class Proposal(NamedTuple):
    """That two cases belong together, and why."""

    why: str
    sureness: str
    double: str  # yes: may be one report, taken twice
    matched: tuple[Alike, ...]

    def turned(self) -> "Proposal":
        """The same, as the other case has it."""
        return self._replace(matched=tuple(Alike(each.there, each.here, each.what, each.how) for each in self.matched))


def propose_from(pairs: Iterable[Pair], opened: datetime, other_opened: datetime) -> Proposal | None:
    """What the pairs of two cases come to, or None where they come to nothing."""
    found = list(pairs)
    if not found:
        return None
    people = [pair for pair in found if {each.what for each in pair.alike} - {"address"}]
    surest = max((pair.sureness for pair in people or found), key=lambda word: SURENESS[word])
    why = _why({(_side(pair.here), _side(pair.there)) for pair in people})
    near = abs(opened - other_opened) <= ONE_NIGHT
    double = "yes" if near and surest != "possible" and why in ("same_people", "same_survivor") else "no"
    matched = dict.fromkeys(each for pair in people or found for each in pair.alike)
    return Proposal(why, surest, double, tuple(matched))


def _side(party: str) -> str:
    """A caller may be the survivor: nobody may have said who rang."""
    return "survivor" if party == "caller" else party


def _why(roles: set[tuple[str, str]]) -> str:
    if ("suspect", "survivor") in roles or ("survivor", "suspect") in roles:
        return "counter_allegation"
    survivor, suspect = ("survivor", "survivor") in roles, ("suspect", "suspect") in roles
    if survivor and suspect:
        return "same_people"
    if survivor or suspect:
        return "same_survivor" if survivor else "same_suspect"
    return "same_people" if roles else "same_address"
