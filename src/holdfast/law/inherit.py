"""Joining a pack with those it inherits from: a child may add, tighten or replace; only policy and practice may be
loosened.

- Things are joined by id. What a child says of the same id takes the parent's place.
- Statute and code a child may only say in other words: whether another limit, test or date is tighter can depend on
  the case, so what is law may only be added to.
"""

from __future__ import annotations

from typing import Any

import msgspec

from holdfast.law.fault import Fault
from holdfast.law.pack import Pack

_LISTS = (
    "duties", "limits", "powers", "policies", "orders", "instruments", "guide", "ways", "emergency", "services",
    "prohibitions", "notices", "retention", "declarations", "plates", "alarms", "call",
)  # fmt: skip
_MAPPINGS = ("calendars", "terms")
_WORDS = ("name", "says", "staff", "why", "how", "source", "alarm", "chase", "pack", "file")


def join(chain: list[Pack]) -> tuple[Pack, list[Fault]]:
    """One pack from parent to child, and the faults of joining. Duties owed by those who do not sign in get their
    chase.
    """
    faults: list[Fault] = []
    joined = chain[0]
    for child in chain[1:]:
        joined = _over(joined, child, faults)
    country = next((pack.id for pack in chain if not pack.everywhere), joined.id)
    return msgspec.structs.replace(joined, duties=_with_chases(joined.duties), country=country), faults


def _over(parent: Pack, child: Pack, faults: list[Fault]) -> Pack:
    merged: dict[str, Any] = {}
    faults += _removed(parent, child)
    for name in _LISTS:
        faults += _loosened(getattr(parent, name), getattr(child, name))
        merged[name] = _placed(getattr(parent, name), getattr(child, name), child.removes)
    for name in _MAPPINGS:
        merged[name] = {**getattr(parent, name), **getattr(child, name)}
    if parent.everywhere:  # its days know no holidays: a place that forgot its own would count through them
        merged["calendars"] = child.calendars
    merged["hosts"] = tuple(dict.fromkeys((*parent.hosts, *child.hosts)))
    merged["forces"] = (*parent.forces, *child.forces)
    for name in ("leave_to", "licence", "attribution"):
        merged[name] = getattr(child, name) or getattr(parent, name)
    return msgspec.structs.replace(child, **merged)


def _loosened(parents: tuple[Any, ...], mine: tuple[Any, ...]) -> list[Fault]:
    """A fault for each id under which a child says something else than the law of its parents."""
    found = []
    for name in {item.id: None for item in mine}:
        inherited = [item for item in parents if item.id == name]
        if any(_is_law(item) for item in inherited):
            own = [item for item in mine if item.id == name]
            if {_as_law(item) for item in inherited} != {_as_law(item) for item in own}:
                found.append(
                    Fault("law.E024", own[0].file, "It changes what the law in its parent pack says.",
                          "Give the tighter local rule an id of its own.")
                )  # fmt: skip
    return found


def _is_law(item: Any) -> bool:
    return getattr(item, "authority", "") in ("statute", "code")


def _as_law(item: Any) -> str:
    """All of a thing but the words that it is said in, its place in the files and who is rung about it."""
    fields = (name for name in item.__struct_fields__ if name not in _WORDS)
    return repr([item.source.may_be_shown, *((name, getattr(item, name)) for name in fields)])


def _placed(parents: tuple[Any, ...], mine: tuple[Any, ...], removed: tuple[str, ...]) -> tuple[Any, ...]:
    """Both in order: what takes a parent's place stands where that stood, because the order is what a reader meets.
    Things that say their own order (pages, ways) keep to it.
    """
    versions: dict[str, list[Any]] = {}
    for item in mine:
        versions.setdefault(item.id, []).append(item)
    found: list[Any] = []
    for item in parents:
        if item.id in versions:
            found += versions.pop(item.id)
        elif item.id not in removed and not any(each.id == item.id for each in mine):
            found.append(item)
    found += (item for items in versions.values() for item in items)
    if found and hasattr(found[0], "order"):
        found.sort(key=lambda item: (item.order, item.id))
    return tuple(found)


def _removed(parent: Pack, child: Pack) -> list[Fault]:
    """A child may take out policy, practice and words of its parents; what is not there, or is law, it may not."""
    where = f"{child.id}/pack.yaml"
    inherited: dict[str, list[Any]] = {}
    for item in (item for name in _LISTS for item in getattr(parent, name)):
        inherited.setdefault(item.id, []).append(item)
    found = []
    for name in child.removes:
        if name not in inherited:
            found.append(Fault("law.E025", where, f"removes: '{name}' is not in what it inherits.", "Look at the id."))
        elif any(_is_law(item) for item in inherited[name]):
            found.append(
                Fault("law.E024", where, f"removes: '{name}' is law in its parent pack.", "Only policy and practice.")
            )
    return found


def _with_chases(duties: tuple[Any, ...]) -> tuple[Any, ...]:
    """Each duty of somebody who does not sign in, followed by the chase owed by someone who does."""
    found = []
    for duty in duties:
        found.append(duty)
        if duty.chase:
            found.append(
                msgspec.structs.replace(
                    duty,
                    id=f"{duty.id}.chase",
                    staff=duty.chase.staff,
                    owed_by=duty.chase.by,
                    within=(msgspec.convert({"limit": duty.chase.within}, type(duty.within[0])),),
                    limit_words="",
                    alarm=None,
                    chase=None,
                    chases=duty.id,
                    authority="our-standard",
                    source=msgspec.convert(
                        {"title": "Holdfast's own standard", "confidence": "verified"}, type(duty.source)
                    ),
                    survivor_sees=False,
                    repeats="",
                    overdue_when="",
                )
            )
    return tuple(found)
