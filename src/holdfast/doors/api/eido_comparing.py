"""What was sent, held field by field against what the other control room took: what arrived, weaker, changed, or lost.

- Held against their document (the EIDO that they return), their answer, or what they read back by telephone.
- Unknown is not 'arrived': what their answer does not speak of has not been taken.
- A danger that arrived weaker than it was told counts as lost: 'yes' that became 'not known', 'not asked' that became
  'no', a place that became surer than it is.
"""

import json
import math
import re
from collections.abc import Iterable
from typing import Any
from typing import NamedTuple

from holdfast.doors.api.additional import comments_in
from holdfast.doors.api.eido_dangers import STATES
from holdfast.doors.api.pidf import Located
from holdfast.doors.api.pidf import LocationRefused
from holdfast.doors.api.pidf import read_locations

NEAR = 50.0  # metres: nearer is the same place
_RANK = {"yes": 3, "not known": 2, "not asked": 2, "would not say": 2, "no": 0}
_STATE = "|".join(sorted(map(re.escape, STATES.values()), key=len, reverse=True))
DANGERS = frozenset(
    {"threat_to_kill", "weapons", "order_in_force", "children", "strangled", "hurt", "suspect_there", "firearms",
     "code_word", "interpreter", "caution_on_contact", "second_place"}
)  # fmt: skip


class Compared(NamedTuple):
    """How a transfer went. The names are those of the parts, with no word of what they say."""

    same: int
    lost: tuple[str, ...]
    weaker: tuple[str, ...]
    changed: tuple[str, ...]
    dangers_lost: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether all of it arrived."""
        return not (self.lost or self.weaker or self.changed)


def compare(sent: dict[str, Any], theirs: dict[str, Any]) -> Compared:
    """Two EIDO documents. `theirs` may be anything that JSON can hold."""
    how: dict[str, str] = {}
    said = _folded("\n".join(_texts(theirs)))
    for note in sent.get("notesComponent", []):
        how[note["$id"].removeprefix("note-")] = _note(note["notesActionComments"], said)
    how |= _calls(sent, theirs)
    how |= _numbers(sent, theirs)
    how |= _places(sent, theirs)
    return _compared(how, sent)


def compare_answer(sent: dict[str, Any], answer: dict[str, Any]) -> Compared:
    """What the other side's machine answered: it names by `$id` what it took, else nothing is known to have arrived."""
    given = answer.get("taken")
    taken = {one for one in given if isinstance(one, str)} if isinstance(given, list) else set()
    how = {name: "same" if part in taken else "lost" for name, part in _parts(sent)}
    return _compared(how, sent)


def compare_read_back(sent: dict[str, Any], read_back: Iterable[str]) -> Compared:
    """What somebody read back by telephone, by the names of the parts."""
    heard = set(read_back)
    return _compared({name: "same" if name in heard else "lost" for name, _ in _parts(sent)}, sent)


def names_of(sent: dict[str, Any]) -> tuple[str, ...]:
    """The parts that are compared, by name."""
    return tuple(name for name, _ in _parts(sent))


def _parts(sent: dict[str, Any]) -> list[tuple[str, str]]:
    found = [(note["$id"].removeprefix("note-"), note["$id"]) for note in sent.get("notesComponent", [])]
    for kind, name in (("callComponent", "call"), ("callbackComponent", "number"), ("locationComponent", "place")):
        found += [(f"{name} {count}", part["$id"]) for count, part in enumerate(sent.get(kind, []), 1)]
    return found


def _compared(how: dict[str, str], sent: dict[str, Any]) -> Compared:
    def those(what: str) -> tuple[str, ...]:
        return tuple(name for name, found in how.items() if found == what)

    unsafe = {name for name, found in how.items() if found in ("lost", "weaker")}
    dangers = [name for name in how if name in DANGERS and name in unsafe and _matters(name, sent)]
    places = [name for name in how if name.startswith("place ")]
    if places and all(how[name] != "same" for name in places):
        dangers.append("place")
    same = sum(found == "same" for found in how.values())
    return Compared(same, those("lost"), those("weaker"), those("changed"), tuple(dangers))


def _matters(name: str, sent: dict[str, Any]) -> bool:
    """A danger that was told as 'no' may be lost without harm; everything else may not, the unknown least of all."""
    texts = [part["notesActionComments"] for part in sent["notesComponent"] if part["$id"] == f"note-{name}"]
    return not texts or not texts[0].partition("\n")[0].endswith(": no")


def _note(text: str, said: str) -> str:
    """How one note arrived in all the words that the other side returned."""
    first, _, rest = text.partition("\n")
    label, colon, state = first.rpartition(": ")
    stands = colon and state in STATES.values()
    if stands:
        found = set(re.findall(rf"{re.escape(_folded(label))}\W{{1,5}}({_STATE})\b", said))
        if not found:
            return "lost"
        if min(_RANK[one] for one in found) < _RANK[state]:
            return "weaker"
        if state not in found:
            return "changed"
        return "same" if _folded(rest) in said else "weaker"
    if _folded(text) in said:
        return "same"
    return "weaker" if _folded(first) in said else "lost"


def _texts(value: Any) -> Iterable[str]:
    """Every word of a document, comments inside its XML unescaped."""
    todo = [value]
    while todo:
        one = todo.pop()
        if isinstance(one, dict):
            todo += one.values()
        elif isinstance(one, list):
            todo += one
        elif isinstance(one, str):
            yield one
            if "EmergencyCallData" in one:
                yield from comments_in(one)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _list(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = document.get(name)
    return [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []


def _calls(sent: dict[str, Any], theirs: dict[str, Any]) -> dict[str, str]:
    """Each call by when it began: the clock of a grade runs from there."""
    began = {str(part.get("callStartTimestamp"))[:19] for part in _list(theirs, "callComponent")}
    how = {}
    for count, part in enumerate(sent.get("callComponent", []), 1):
        same = part["callStartTimestamp"][:19] in began
        how[f"call {count}"] = "same" if same else "changed" if began else "lost"
    return how


def _numbers(sent: dict[str, Any], theirs: dict[str, Any]) -> dict[str, str]:
    figures = {re.sub(r"\D", "", uri) for part in _list(theirs, "callbackComponent") for uri in _uris(part)}
    how = {}
    for count, part in enumerate(sent.get("callbackComponent", []), 1):
        mine = re.sub(r"\D", "", part["callBackInformationUri"][0])
        how[f"number {count}"] = "same" if mine in figures else "lost"
    return how


def _uris(part: dict[str, Any]) -> list[str]:
    given = part.get("callBackInformationUri")
    return [uri for uri in given if isinstance(uri, str)] if isinstance(given, list) else []


def _places(sent: dict[str, Any], theirs: dict[str, Any]) -> dict[str, str]:
    there = [one for part in _list(theirs, "locationComponent") for one in _located(part)]
    links = {part.get("locationByReferenceUrl") for part in _list(theirs, "locationComponent")}
    how = {}
    for count, part in enumerate(sent.get("locationComponent", []), 1):
        mine = _located(part)
        link = part.get("locationByReferenceUrl")
        arrived = [_place(one, there) for one in mine] + (["same" if link in links else "lost"] if link else [])
        how[f"place {count}"] = next((bad for bad in ("lost", "weaker", "changed") if bad in arrived), "same")
    return how


def _place(mine: Located, there: list[Located]) -> str:
    best = "lost"
    for one in there:
        if mine.latitude is not None and mine.longitude is not None:
            if one.latitude is None or one.longitude is None:
                continue
            if _metres(mine.latitude, mine.longitude, one.latitude, one.longitude) > NEAR:
                continue
            if mine.civic and _folded(mine.civic) not in _folded(one.civic):
                best = "changed"
            elif (mine.uncertainty or 0) > (one.uncertainty or 0):
                best = "weaker"  # surer than it is: they would look in the wrong house
            elif mine.uncertainty != one.uncertainty:
                best = "changed"
            else:
                return "same"
        elif _folded(mine.civic) in _folded(one.civic):
            return "same"
    return best


def _located(part: dict[str, Any]) -> list[Located]:
    given = part.get("locationByValue")
    if not isinstance(given, str):
        return []
    try:
        return read_locations(given)
    except LocationRefused:
        return []


def _metres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Near enough for some hundred metres."""
    north = math.radians(other_lat - lat) * 6_371_000
    east = math.radians(other_lon - lon) * 6_371_000 * math.cos(math.radians(lat))
    return math.hypot(north, east)


def as_json(text: str) -> dict[str, Any] | None:
    """An object from JSON text that somebody put into a page, None where it is none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
