"""What binds the suspect now: bail, court bail, notices and orders.

- Those that were made or granted and have not ended, by an entry or by their date. One of which the end is not known
  stays in force: an officer at a door must not be told that it has gone.
- An order that somebody showed, or whose breach was reported, stands here with its doubt until it was checked and is
  not in force: that an order was there and nobody saw it is what reviews of deaths keep finding.
- A later decision of a court on bail takes the place of the bail before it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.doors.desk.in_words import name_of
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.local_time import in_short
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry

_FURTHER, _NO_END = "until further order", "end not recorded"


class InForce(NamedTuple):
    """One order, notice or bail that binds the suspect now."""

    name: str
    until: str
    number: int
    terms: tuple[str, ...]
    served: str  # '' where service does not matter
    doubt: str = ""  # how it is known, where no court or police entry made it

    @property
    def lasts(self) -> str:
        """How long, or how it is known: 'until Fri 5 Jun 2026, 12:00', 'until further order', 'end not recorded'."""
        if self.doubt or self.until in (_FURTHER, _NO_END):
            return self.doubt or self.until
        return f"until {self.until}"


_BEGINS = {"BailGranted": "Bail before charge", "CourtBailDecided": "Court bail", "NoticeIssued": "", "OrderMade": ""}
_ENDS = {
    "BailEnded": ("BailGranted",),
    "SuspectCharged": ("BailGranted",),
    "SuspectRemanded": ("CourtBailDecided", "BailGranted"),
    "SentencePassed": ("CourtBailDecided",),
    "ProsecutionStopped": ("CourtBailDecided", "BailGranted"),
    "OrderEnded": ("OrderMade", "NoticeIssued"),
}
_BAIL = ("BailGranted", "CourtBailDecided")
_CHANGES = ("BailExtended", "BailVaried", "OrderVaried")


class _Bond(NamedTuple):
    """One of those in force, as the entries go by."""

    entry: Entry
    until: datetime | None
    terms: tuple[Any, ...]
    served: bool = False


def in_force(seen: Sequence[Entry], zone: ZoneInfo, pack: Pack, now: datetime) -> tuple[InForce, ...]:
    """What is in force, from the entries as corrected, in the order in which things happened."""
    bonds: dict[int, _Bond] = {}
    for entry in seen:
        if entry.kind in _BEGINS:
            _begin(entry, bonds)
        elif entry.kind in _CHANGES:
            _change(entry, bonds)
        elif entry.kind in ("OrderServed", "NoticeServed"):
            for number in set(entry.about) & set(bonds):
                bonds[number] = bonds[number]._replace(served=True)
        elif entry.kind in _ENDS:
            for number in _meant(entry, bonds):
                if bonds[number].entry.kind in _ENDS[entry.kind]:
                    del bonds[number]
    made = tuple(_shown(bond, zone, pack) for bond in bonds.values() if bond.until is None or bond.until > now)
    return made + _told_of(
        seen, {getattr(entry.fields, "order", "") for entry in seen if entry.kind == "OrderMade"}, pack
    )


def _told_of(seen: Sequence[Entry], recorded: set[str], pack: Pack) -> tuple[InForce, ...]:
    """Orders that nobody here recorded as made, but that somebody showed or reported as broken."""
    found: dict[str, InForce] = {}
    for entry in seen:
        if entry.kind not in ("OrderShown", "OrderBreached") or entry.fields.order in recorded:
            continue
        fields: Any = entry.fields
        name = name_of(fields.order, "order", pack) if fields.order else "An order"
        if getattr(fields, "in_force", "") == "no":
            found.pop(fields.order, None)
        elif getattr(fields, "in_force", "") == "yes":
            found[fields.order] = InForce(name, "", entry.number, _words(fields), "", "shown, and checked: in force")
        elif fields.order not in found:
            said = "shown" if entry.kind == "OrderShown" else "its breach was reported"
            found[fields.order] = InForce(
                name, "", entry.number, _words(fields), "", f"{said}; nobody has checked it yet"
            )
    return tuple(found.values())


def _words(fields: Any) -> tuple[str, ...]:
    return (fields.words,) if fields.words else ()


def _begin(entry: Entry, bonds: dict[int, _Bond]) -> None:
    fields: Any = entry.fields
    if entry.kind == "CourtBailDecided":
        for number in [number for number, bond in bonds.items() if bond.entry.kind in _BAIL]:
            del bonds[number]
        if fields.decided not in ("granted", "changed", "unconditional"):
            return
    bonds[entry.number] = _Bond(entry, getattr(fields, "ends_at", None), fields.conditions)


def _change(entry: Entry, bonds: dict[int, _Bond]) -> None:
    fields: Any = entry.fields
    for number in _meant(entry, bonds):
        bond = bonds[number]
        until = getattr(fields, "ends_at", None) or bond.until
        bonds[number] = bond._replace(until=until, terms=getattr(fields, "conditions", ()) or bond.terms)


def _shown(bond: _Bond, zone: ZoneInfo, pack: Pack) -> InForce:
    served = "" if bond.entry.kind in _BAIL else ("served" if bond.served else "service not recorded")
    until = in_short(bond.until, zone) if bond.until else _open_end(bond.entry)
    return InForce(_name(bond.entry, pack), until, bond.entry.number, tuple(_term(part) for part in bond.terms), served)


def _meant(entry: Entry, bonds: dict[int, _Bond]) -> list[int]:
    """Which of those in force an entry speaks of: those it names, else every one of its sort."""
    named = [number for number in entry.about if number in bonds]
    if named:
        return named
    sort = _ENDS.get(entry.kind) or (
        ("BailGranted",) if entry.kind.startswith("Bail") else ("OrderMade", "NoticeIssued")
    )
    matching = [number for number, bond in bonds.items() if bond.entry.kind in sort]
    return matching if entry.kind in _ENDS and entry.kind != "OrderEnded" else matching[-1:]


def _name(entry: Entry, pack: Pack) -> str:
    fields: Any = entry.fields
    if entry.kind == "OrderMade":
        return name_of(fields.order, "order", pack) + (" (interim)" if fields.interim == "yes" else "")
    if entry.kind == "NoticeIssued":
        return name_of(fields.notice, "notice", pack)
    return _BEGINS[entry.kind]


def _open_end(entry: Entry) -> str:
    return _FURTHER if getattr(entry.fields, "until_further_order", "") == "yes" else _NO_END


def _term(part: Any) -> str:
    words = value_in_words(part.type)
    return ": ".join(each for each in (words, part.place, part.words) if each)
