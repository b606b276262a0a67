"""What was done with items, as the entries tell it: taken, looked at, copied, moved, derived, stamped, disclosed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.record.entry import By
from holdfast.record.entry import Entry


class Act(NamedTuple):
    """One thing that was done."""

    number: int  # of its entry
    kind: str
    items: tuple[UUID, ...]
    by: By
    happened_at: datetime
    recorded_at: datetime
    purpose: str  # '' where none was said
    fields: Any  # of the entry


def acts_of(entries: Iterable[Entry], item: UUID | None = None) -> tuple[Act, ...]:
    """Everything that was done with any item, or with one, in the order in which it was recorded."""
    found = []
    for entry in sorted(entries, key=lambda each: each.number):
        named = items_named(entry)
        if named and (item is None or item in named):
            said = entry.fields
            purpose = getattr(said, "purpose", "") or getattr(said, "reason", "")
            when = entry.happened_at, entry.recorded_at
            found.append(Act(entry.number, entry.kind, named, entry.by, *when, purpose, said))
    return tuple(found)


def items_named(entry: Entry) -> tuple[UUID, ...]:
    """The items that an entry is about: by its fields, whatever its kind."""
    said = entry.fields
    alone = (getattr(said, "item", None), said.of if entry.kind == "ItemDerived" else None)
    several = getattr(said, "items", ())
    named = (*alone, *several) if isinstance(several, tuple) else alone
    return tuple(dict.fromkeys(filter(None, map(_number, named))))


def _number(value: Any) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == 36 else None
    except ValueError:
        return None
