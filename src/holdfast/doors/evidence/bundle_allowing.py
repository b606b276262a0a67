"""Which items may be in a bundle at all, and why another may not. What is not known is never yes.

- What the survivor, or somebody for them, keeps here is the police's to give only where they said *now* and police took
  it over. Before that, to whoever makes a bundle it is not there, and no schedule names it, not even as held back.
- What is held goes only once the hold was lifted; what nobody has looked into does not go; a medical record goes only
  while the consent that it rests on stands.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.doors.evidence.consents import consents
from holdfast.doors.evidence.consents import why_not_used
from holdfast.doors.evidence.withheld import shown_at_desk
from holdfast.record.entry import Entry
from holdfast.vault.items import SURVIVORS_SIDE
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of

HELD = "It is held: somebody has to look at why, and another person to agree, before it goes anywhere."
NOT_EXAMINED = "It was not examined yet, so nobody knows what it is. Wait until it was."
_NOT_NOW = ("later", "no")
_FOR_THE_DESK = frozenset({"preview", "thumbnail"})  # the item itself goes, or a copy without metadata


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
    """Whether police may give it on: what they took in themselves, unless the survivor said not, or not yet."""
    if item.police_may_have in _NOT_NOW:
        return False
    return item.taken_by.role not in SURVIVORS_SIDE or (item.police_may_have == "now" and item.handed_over)


def to_be_taken_over(entries: Iterable[Entry]) -> int:
    """How many things the survivor lets police have that police did not take over."""
    return sum(
        each.police_may_have == "now" and each.of is None and not is_theirs_to_give(each) for each in items_of(entries)
    )


def to_choose_from(entries: Iterable[Entry]) -> dict[UUID, KnownItem]:
    """Every item that whoever makes a bundle is shown, in the order in which they were taken or made."""
    items = items_of(seen_for_bundles(entries))
    return {each.item: each for each in items if each.how not in _FOR_THE_DESK}


def reasons_against(file: CaseFile, items: Mapping[UUID, KnownItem], at: datetime) -> dict[UUID, str]:
    """For each item that cannot go as it is now, why."""
    given = consents(file.entries, at, ZoneInfo(pack_called(file.pack).timezone))
    found = {}
    for item in items.values():
        first = first_of(item, items)
        why = why_not_used(item, file.entries, given)
        if item.held or first.held:  # also a copy: it was made before somebody looked, or before it was known
            why = HELD
        elif not first.looked_into:
            why = NOT_EXAMINED
        if why:
            found[item.item] = why
    return found


def first_of(item: KnownItem, items: Mapping[UUID, KnownItem]) -> KnownItem:
    """What was taken in, of what was made from it."""
    seen = {item.item}
    while item.of is not None and item.of in items and item.of not in seen:
        item = items[item.of]
        seen.add(item.item)
    return item
