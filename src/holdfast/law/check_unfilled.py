"""Checking that nothing of the kit for a new place is left to fill in: the kit marks what is with an ellipsis."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from holdfast.law.fault import Fault
from holdfast.law.pack import Pack

# In the kit (`holdfast new`) it stands wherever a place's own words have to go. No sentence of a pack trails off.
MARK = "…"

_LISTS = (
    "duties", "limits", "powers", "policies", "orders", "prohibitions", "emergency", "services", "guide", "ways",
    "notices", "instruments", "retention", "declarations", "plates", "alarms", "call",
)  # fmt: skip


def check_unfilled(pack: Pack) -> Iterable[Fault]:
    """One fault for each thing of the pack that still holds words of the kit, whether its source was read or not."""
    for sort in _LISTS:
        for item in getattr(pack, sort):
            if not getattr(item, "chases", ""):
                yield from _item(item.id, item.file, item)
    for name, term in pack.terms.items():
        yield from _item(name, f"{pack.id}/terms.yaml", term)


def _item(name: str, file: str, item: Any) -> Iterable[Fault]:
    keys = [key for key, value in msgspec.to_builtins(item).items() if _holds(value)]
    if keys:
        yield Fault(
            "law.E046", file, f"{name}: words are still to be filled in ({MARK}) in {', '.join(keys)}.",
            "Write what holds here, or delete what this place does not have.",
        )  # fmt: skip


def _holds(value: Any) -> bool:
    if isinstance(value, str):
        return MARK in value
    within = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return any(_holds(each) for each in within)
