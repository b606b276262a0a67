"""Which items may be in a bundle at all, and why another may not. What is not known is never yes.

- What the survivor, or somebody for them, keeps here is the police's to give only where they said *now*. To whoever
  makes a bundle anything else is not there: nobody learns of it, and nobody can lean on them about it.
- What is held goes only once the hold was lifted; what nobody has looked into does not go.
"""

from collections.abc import Iterable
from uuid import UUID

from holdfast.doors.evidence.withheld import shown_at_desk
from holdfast.record.entry import Entry
from holdfast.vault.items import SURVIVORS_SIDE
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of

_NOT_NOW = ("later", "no")
HELD = "It is held: somebody has to look at why, and another person to agree, before it goes anywhere."
NOT_EXAMINED = "It was not examined yet, so nobody knows what it is. Wait until it was."
OF_US = frozenset({"preview", "thumbnail"})  # made for the desk: the item itself goes, or a copy without metadata


def seen_for_bundles(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """A case's entries without those about an item that is not the police's to give."""
    known = tuple(entries)
    hidden = {str(each.item) for each in items_of(known) if not is_theirs_to_give(each)}
    return tuple(
        entry
        for entry in shown_at_desk(known)
        if not hidden & {getattr(entry.fields, "item", ""), getattr(entry.fields, "of", "")}
    )


def is_theirs_to_give(item: KnownItem) -> bool:
    """Whether police may give it on: always what they took in themselves, unless the survivor said not, or not yet."""
    if item.police_may_have in _NOT_NOW:
        return False
    return item.taken_by.role not in SURVIVORS_SIDE or item.police_may_have == "now"


def why_not(item: KnownItem) -> str:
    """Why it cannot go as it is now; '' where it can."""
    if item.held:
        return HELD
    return "" if item.looked_into or item.of is not None else NOT_EXAMINED


def to_choose_from(entries: Iterable[Entry]) -> dict[UUID, KnownItem]:
    """Every item that whoever makes a bundle is shown, in the order in which they were taken or made."""
    items = items_of(seen_for_bundles(entries))
    bundles = {entry.fields.bundle for entry in entries if entry.kind == "BundleDrafted"}
    return {each.item: each for each in items if each.how not in OF_US and str(each.item) not in bundles}
