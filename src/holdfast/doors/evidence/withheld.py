"""What the survivor keeps of what they gave: until police may have it, nobody at the desk learns that it is there.

An entry about such an item is left out of all that a page of the desk is made from: the time line, the list, custody,
a bundle. What was never said is no yes. Once police took it over it stays shown, whatever is said later.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from uuid import UUID

from holdfast.record.entry import Entry
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS
from holdfast.vault.items import items_of


def withheld(entries: Iterable[Entry]) -> frozenset[UUID]:
    """The items of a case that police may not have now, with all that was made from them."""
    return frozenset(each.item for each in items_of(entries) if not each.police_may_look)


def shown_at_desk(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """A case's entries without those about an item that is withheld, and without what is about these."""
    kept = {str(item) for item in withheld(entries)}
    if not kept:
        return tuple(entries)
    hidden: set[int] = set()
    for entry in entries:
        if (_is_evidence(entry) and kept & _items(entry)) or hidden & set(entry.about):
            hidden.add(entry.number)
    return tuple(entry for entry in entries if entry.number not in hidden)


def _is_evidence(entry: Entry) -> bool:
    return entry.kind in KINDS and stage(KINDS[entry.kind]) == "evidence"


def _items(entry: Entry) -> set[str]:
    named = {getattr(entry.fields, "item", ""), getattr(entry.fields, "of", "")}
    return named | set(getattr(entry.fields, "items", ()))
