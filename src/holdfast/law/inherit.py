"""Joining a pack with those it inherits from: a child may add, tighten or replace; only policy and practice may be
loosened.

- Things are joined by id. A child's duty of the same id replaces the parent's, unless the parent's rests on statute
  and the child's limit
  is not the same text: whether another limit is tighter can depend on the case, so a statute's limit may only be added
  to.
"""

from __future__ import annotations

from typing import Any

import msgspec

from holdfast.law.fault import Fault
from holdfast.law.pack import Pack

_LISTS = (
    "duties", "limits", "powers", "policies", "orders", "instruments", "guide", "ways", "emergency", "services",
    "prohibitions", "notices",
)  # fmt: skip
_MAPPINGS = ("calendars", "terms")


def join(chain: list[Pack]) -> tuple[Pack, list[Fault]]:
    """One pack from parent to child, and the faults of joining. Duties owed by those who do not sign in get their
    chase.
    """
    faults: list[Fault] = []
    joined = chain[0]
    for child in chain[1:]:
        joined = _over(joined, child, faults)
    return msgspec.structs.replace(joined, duties=_with_chases(joined.duties)), faults


def _over(parent: Pack, child: Pack, faults: list[Fault]) -> Pack:
    merged: dict[str, Any] = {}
    faults += _removed(parent, child)
    for name in _LISTS:
        replaced = {item.id for item in getattr(child, name)} | set(child.removes)
        for item in getattr(parent, name):
            if item.id in replaced and getattr(item, "authority", "") == "statute" and hasattr(item, "within"):
                mine = [one for one in getattr(child, name) if one.id == item.id]
                if any(one.within != item.within or one.authority != "statute" for one in mine):
                    faults.append(
                        Fault("law.E024", mine[0].file, "It changes what a statute in its parent pack says.",
                              "Give the tighter local rule an id of its own.")
                    )  # fmt: skip
        merged[name] = _placed(getattr(parent, name), getattr(child, name), child.removes)
    for name in _MAPPINGS:
        merged[name] = {**getattr(parent, name), **getattr(child, name)}
    merged["hosts"] = tuple(dict.fromkeys((*parent.hosts, *child.hosts)))
    merged["forces"] = (*parent.forces, *child.forces)
    for name in ("leave_to", "licence", "attribution"):
        merged[name] = getattr(child, name) or getattr(parent, name)
    return msgspec.structs.replace(child, **merged)


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
    inherited = {item.id: item for name in _LISTS for item in getattr(parent, name)}
    found = []
    for name in child.removes:
        if name not in inherited:
            found.append(Fault("law.E025", where, f"removes: '{name}' is not in what it inherits.", "Look at the id."))
        elif getattr(inherited[name], "authority", "") in ("statute", "code"):
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
