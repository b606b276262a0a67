"""Who the entries of a case name: each person with their names, day of birth, numbers, addresses; corrections applied.

- The survivor, the suspect and the caller are one person each; children, witnesses and others are told apart by name.
- A caller who is the survivor is no second person.
- A confidential address is taken in like any other: whoever answers for a door has asked `access`, and shows what it
  shows from the case, never from here. A refuge's address is never recorded at all.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any
from typing import NamedTuple

from holdfast.people.known import Person
from holdfast.people.names import parts
from holdfast.record.entry import Entry
from holdfast.record.facts import effective

_ONE_OF = frozenset({"survivor", "suspect", "caller"})
_PARTIES = frozenset({"survivor", "suspect", "child", "witness", "caller", "other"})


class Told(NamedTuple):
    """What one entry tells of one person."""

    party: str
    name: str = ""
    born: str = ""
    number: str = ""
    address: str = ""


def people_of(entries: Iterable[Entry]) -> tuple[Person, ...]:
    """Everybody whom the entries of one case name, or tell a number or an address of."""
    found: dict[tuple[str, ...], list[Told]] = {}
    caller = "caller"
    for entry in effective(list(entries)):
        if entry.kind == "CallReceived":
            caller = _caller(entry.fields.caller)
        rule = _TELL.get(entry.kind)
        for told in rule(entry.fields) if rule else ():
            party = caller if told.party == "caller" else told.party if told.party in _PARTIES else "other"
            if any(told[1:]):
                found.setdefault(_who(party, told), []).append(told._replace(party=party))
    return tuple(_together(each) for each in found.values())


def _who(party: str, told: Told) -> tuple[str, ...]:
    """Whom it is about. Two witnesses of one name are one here: their case is what is looked for."""
    return (party,) if party in _ONE_OF else (party, *sorted(parts(told.name)), told.number if not told.name else "")


def _together(each: list[Told]) -> Person:
    born = [told.born for told in each if told.born]
    return Person(
        each[0].party,
        _once(told.name for told in each),
        born[-1] if born else "",
        _once(told.number for told in each),
        _once(told.address for told in each),
    )


def _once(told: Iterable[str]) -> tuple[str, ...]:
    """Each that is not empty, where it was told last."""
    return tuple(reversed(dict.fromkeys(reversed([one.strip() for one in told if one.strip()]))))


def _caller(who: str) -> str:
    return who if who in ("survivor", "suspect") else "caller"


def _person(fields: Any) -> Iterator[Told]:
    born = fields.born_on.isoformat() if fields.born_on else ""
    yield Told(fields.party, fields.name, born, fields.number, fields.address)


def _conditions(fields: Any) -> Iterator[Told]:
    """Where the suspect has to live."""
    for one in fields.conditions:
        if one.type == "live_at":
            yield Told("suspect", address=one.place)


def _at_the_scene(fields: Any) -> Iterator[Told]:
    for one in fields.there:
        yield Told(one.party, one.name, one.born_on.isoformat() if one.born_on else "")


# Kind by kind, what it tells of whom. `caller` is whoever rang.
_TELL: dict[str, Callable[[Any], Iterable[Told]]] = {
    "PersonNamed": _person,
    "CallReceived": lambda f: (Told("caller", number=f.number),),
    "LocationFound": lambda f: (Told("caller", address=f.place),),
    "SecondCallMade": lambda f: (Told("survivor", address=f.new_place),),
    "SafeNumberGiven": lambda f: (Told("survivor", number=f.number),),
    "ContactAgreed": lambda f: (Told("survivor", number=f.number),),
    "ContactChanged": lambda f: (Told("survivor", number=f.number),),
    "ChildSeen": lambda f: (Told("child", name=f.name),),
    "WitnessFound": lambda f: (Told("witness", name=f.name, number=f.number),),
    "MessagesKept": lambda f: (Told("other", number=f.from_number),),
    "StatementStarted": lambda f: (Told(f.of, name=f.name),),
    "SceneChecked": _at_the_scene,
    "SupporterNamed": lambda f: (Told("other", name=f.name),),
}
_WITH_CONDITIONS = (
    "BailGranted", "BailVaried", "CourtBailDecided", "NoticeIssued", "OrderMade", "OrderVaried", "PrisonerReleased",
    "SuspectCharged",
)  # fmt: skip
_TELL.update(dict.fromkeys(_WITH_CONDITIONS, _conditions))

# Kinds after which a case may name somebody else than before.
TELLING = frozenset({*_TELL, "EntryCorrected", "FileErased"})
# Kinds with a name, number or place that is no party's: a place to meet, an officer's number, an interpreter.
NOT_OF_A_PARTY = frozenset(
    {"AmbulanceCalled", "AppointmentMade", "BelongingsStoodBy", "ExhibitTaken", "InterpreterCertified", "ItemTaken",
     "OwnerChanged", "OwnerNamed", "SpecialistNamed", "StatementSignatureTaken", "StatementTextReadOver"}
)  # fmt: skip
