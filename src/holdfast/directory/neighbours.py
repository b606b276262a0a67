"""What the refuges of a file tell about its other records: one address is often told in two of them.

An organisation that has a refuge, or a location or street address that one record gives a refuge, keeps its address out
of every other record too, and their texts are searched for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from holdfast.directory.hiding import hidden_parts
from holdfast.directory.plain import fold
from holdfast.directory.standing import is_refuge
from holdfast.directory.standing import parts_named


class Neighbours:
    """The refuges among records as they were read, those that will be refused included."""

    def __init__(self, records: Iterable[dict[str, Any]]) -> None:
        self._parts: dict[str, set[str]] = {}
        self._refuges: set[int] = set()  # by identity: the records outlive this
        for record in records:
            if is_refuge(record):
                self._refuges.add(id(record))
                parts = hidden_parts(record)
                for mark in _marks(record):
                    self._parts.setdefault(mark, set()).update(parts)

    def is_refuge(self, record: dict[str, Any]) -> bool:
        """Whether one of these records is that of a refuge."""
        return id(record) in self._refuges

    def of_a_refuge(self, record: dict[str, Any]) -> bool:
        """Whether a record is that of a refuge, or shares its organisation, a location or an address with one."""
        return self.is_refuge(record) or any(mark in self._parts for mark in _marks(record))

    def parts_beside(self, record: dict[str, Any], public: Iterable[str]) -> frozenset[str]:
        """The folded parts of the addresses of those refuges, without the names that are public anyway."""
        known = {fold(name) for name in public}
        found: set[str] = set()
        for mark in _marks(record):
            found |= self._parts.get(mark, set())
        return frozenset(found - known)


def _marks(record: dict[str, Any]) -> Iterator[str]:
    """What two records of one house have in common."""
    organization = record.get("organization")
    named = organization if isinstance(organization, dict) else {}
    for said in (record.get("organization_id"), named.get("id")):
        if said:
            yield f"organization {said}"
    if named.get("name"):
        yield f"organization {fold(str(named['name']))}"
    for location in parts_named(record, "location"):
        if isinstance(location, dict) and location.get("id"):
            yield f"location {location['id']}"
    for addresses in parts_named(record, "addresses"):
        for address in addresses if isinstance(addresses, list) else ():
            if isinstance(address, dict) and address.get("address_1"):
                told = (address.get("address_1"), address.get("postal_code") or address.get("city"))
                yield "address " + fold(" ".join(str(each or "") for each in told))
