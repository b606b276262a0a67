"""The lists that a code is chosen from. A code field holds an identifier that the pack declares; nobody should have to know it.

>>> [code for code, _name in codes_for("role", None)][:2]
['call_taker', 'dispatcher']
"""

from holdfast.law.pack import Pack
from holdfast.record.entry import STAFF_ROLES


def codes_for(field_name: str, pack: Pack | None) -> list[tuple[str, str]]:
    """(code, name) for a code field, or nothing where no list exists and the code is typed."""
    if field_name == "role":
        return list(STAFF_ROLES.items())
    if pack is None:
        return []
    if field_name == "instrument":
        return [(found.id, found.name) for found in pack.instruments]
    if field_name == "order":
        return [(order.id, order.name) for order in pack.orders if order.kind == "order"]
    if field_name == "notice":
        return [(order.id, order.name) for order in pack.orders if order.kind == "notice"]
    if field_name == "power":
        used = [(power.id, power.staff) for power in pack.powers if power.used_by == "EntryGained"]
        return [("consent", "With consent, no power used"), *used]
    if field_name == "duty":
        return [(duty.id, duty.staff) for duty in pack.duties]
    if field_name == "pack":
        return [(pack.id, pack.name)]
    if field_name == "force":
        return [(force.id, force.name) for force in pack.forces]
    if field_name == "area":
        return [(code, f"{force.name}: {name}") for force in pack.forces for code, name in force.areas.items()]
    return []
