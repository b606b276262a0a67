"""Erasing a case with what the vault holds of it.

Its key is what is destroyed: without it nobody opens an item again. The sealed items are taken away afterwards as well,
where the store lets us; a kill in between leaves them to `holdfast vault sweep`, which knows them by the list of
erasures.
"""

from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.erasing import ErasedCase
from holdfast.casefile.erasing import erase
from holdfast.vault.checking import items_named
from holdfast.vault.place import store
from holdfast.vault.sweeping import case_of
from holdfast.vault.sweeping import remove_intakes_of
from holdfast.vault.sweeping import remove_items


class ErasedWithItems(NamedTuple):
    """What was done, and how many sealed items were taken away, and could not be."""

    case: ErasedCase
    removed: int
    left: int  # a lock holds them, or the store does not answer: nobody can open them


def erase_with_items(case_id: UUID, **asked: Any) -> ErasedWithItems:
    """As casefile.erasing.erase, whose arguments and refusals these are; then the items."""
    named = items_named(case_id)
    done = erase(case_id, **asked)
    items = list(named)
    try:
        remove_intakes_of(case_id)
        there = store()
        items = [item for item in named if case_of(there, item) == case_id]  # words may name another case's
        left = len(remove_items(there, items))
    except OSError:
        return ErasedWithItems(done, 0, len(items))
    return ErasedWithItems(done, len(items) - left, left)
