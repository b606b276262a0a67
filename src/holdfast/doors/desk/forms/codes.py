"""The lists that a code is chosen from. A code field holds an identifier that the pack declares; nobody should have
to know it.

>>> [code for code, _name in codes_for("role", None)][:2]
['call_taker', 'dispatcher']
"""

from collections.abc import Callable

from holdfast.law.pack import Pack
from holdfast.record.entry import STAFF_ROLES


def codes_for(field_name: str, pack: Pack | None) -> list[tuple[str, str]]:
    """(code, name) for a code field, or nothing where no list exists and the code is typed."""
    if field_name == "role":
        return list(STAFF_ROLES.items())
    if pack is None or field_name not in _LISTS:
        return []
    return _LISTS[field_name](pack)


def _powers_of_entry(pack: Pack) -> list[tuple[str, str]]:
    used = [(power.id, power.staff) for power in pack.powers if power.used_by == "EntryGained"]
    return [("consent", "With consent, no power used"), *used]


_LISTS: dict[str, Callable[[Pack], list[tuple[str, str]]]] = {
    "instrument": lambda pack: [(found.id, found.name) for found in pack.instruments],
    "order": lambda pack: [(order.id, order.name) for order in pack.orders if order.kind == "order"],
    "notice": lambda pack: [(order.id, order.name) for order in pack.orders if order.kind == "notice"],
    "power": _powers_of_entry,
    "duty": lambda pack: list({duty.id: duty.staff for duty in pack.duties}.items()),
    "pack": lambda pack: [(pack.id, pack.name)],
    "force": lambda pack: [(force.id, force.name) for force in pack.forces],
    "area": lambda pack: [(code, f"{each.name}: {name}") for each in pack.forces for code, name in each.areas.items()],
}
