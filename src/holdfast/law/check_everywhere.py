"""Checking a pack for every place: it is no place itself, so nothing in it may be the law or the pages of one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from holdfast.law.fault import Fault
from holdfast.law.pack import Pack

# What is so in one place only, whoever says it: whom to call, what a court may order, what the public reads.
_OF_A_PLACE = ("emergency", "services", "orders", "powers", "policies", "guide", "ways", "notices", "instruments")
_RULES = ("duties", "limits", "prohibitions", "plates", "alarms", "call")


def check_everywhere(pack: Pack) -> Iterable[Fault]:
    """A fault for each thing that every place would inherit though it holds in one; none in the pack of a place."""
    if not pack.everywhere:
        return
    head = f"{pack.id}/pack.yaml"
    if not pack.abstract or pack.inherits or pack.hosts or pack.forces:
        yield Fault(
            "law.E028", head, "`everywhere` is for a pack that is no place.",
            "Write `abstract: true`, `hosts: []`, and neither `inherits` nor `forces`; or leave `everywhere` out.",
        )  # fmt: skip
    items: list[Any] = [item for sort in _OF_A_PLACE for item in getattr(pack, sort)]
    items += [item for sort in _RULES for item in getattr(pack, sort) if item.authority != "our-standard"]
    for item in items:
        yield Fault(
            "law.E028", item.file, f"{item.id}: every place would inherit it, and it is of one place.",
            "Only our own standard holds everywhere. Move it to the pack of its place.",
        )  # fmt: skip
