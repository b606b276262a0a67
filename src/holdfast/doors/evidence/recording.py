"""Writes down what is done with an item: taken, looked at, copied, moved, made from another. Doors have asked `access`.

- `took` may be asked again: an item is taken once, and what was left undone the last time is done then.
- Once ItemTaken is written nothing that fails is the giver's concern: the item is there, and held till it was examined.
- The giver never waits for another machine: where the authority is one, the clock stamps (vault/stamping.py).
- In the record Holdfast itself finds, holds, derives and stamps; whoever gave the item is on its ItemTaken.
"""

import io
import logging
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any
from uuid import UUID
from uuid import uuid4

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import append_all
from holdfast.casefile.keys.chosen import ring
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseMovedOn
from holdfast.doors.evidence.stamps import stamp_case
from holdfast.record.entry import By
from holdfast.record.kinds import KINDS
from holdfast.vault.authority import NoAuthority
from holdfast.vault.authority import authority
from holdfast.vault.items import KnownItem
from holdfast.vault.items import item_among
from holdfast.vault.items import items_of
from holdfast.vault.place import intake_folder
from holdfast.vault.place import item_of
from holdfast.vault.place import key_of
from holdfast.vault.place import store
from holdfast.vault.reading import Item
from holdfast.vault.receipt import Receipt
from holdfast.vault.receipt import write_receipt
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import NoSuchItem
from holdfast.vault.taking import Taken
from holdfast.vault.taking import take

HOLDFAST = By("feed", "holdfast")  # what the system itself records
ONE_LOOK = timedelta(minutes=5)  # a video is asked for piece by piece: that is one look
_TRIES = 20  # other writers of the same case may come first
_log = logging.getLogger("holdfast.evidence")


def took(case_id: UUID, taken: Taken, said: Mapping[str, Any], *, by: By, at: datetime) -> KnownItem:
    """Records that the vault has taken an item in, then looks into it, stamps it and writes the receipt.

    `said` are ItemTaken's other fields; `at` is when it was given. EntryRefused where what was said cannot be kept:
    nothing is recorded then, and it may be asked again with other words. The answer is the item as it is known now.
    """
    if _once(case_id, taken, said, by, at):
        for step in (_look_into, _give_receipt, _stamp_here):
            try:
                step(case_id, taken.item)
            except Exception as fault:  # noqa: BLE001 it is taken: nothing that comes after may undo that
                _log.error("after an item was taken, %s failed (%s)", step.__name__[1:], type(fault).__name__)
    return known_item(case_id, taken.item)


def known_item(case_id: UUID, item: UUID) -> KnownItem:
    """The item as the record knows it, or NoSuchItem where it is not of this case."""
    found = item_among(items_of(read_case(case_id).entries), item)
    if found is None:
        raise NoSuchItem("This case has no such item.")
    return found


def looked_at(case_id: UUID, item: UUID, purpose: str, by: By, at: datetime) -> None:
    """Somebody looked at it. The same person for the same purpose within five minutes is one look."""
    entries = read_case(case_id).entries
    for entry in reversed(entries):
        if at - entry.recorded_at > ONE_LOOK:
            break
        said = entry.fields
        if entry.kind == "ItemLookedAt" and (said.item, said.purpose, entry.by) == (str(item), purpose, by):
            return
    _about(case_id, item, "ItemLookedAt", {"purpose": purpose}, by, at)


def copied(case_id: UUID, item: UUID, purpose: str, by: By, at: datetime, *, to: str = "") -> None:
    """Somebody took it out as a file: recorded before the first byte leaves."""
    _about(case_id, item, "ItemCopied", {"purpose": purpose, "to": to}, by, at)


def moved(case_id: UUID, item: UUID, purpose: str, by: By, at: datetime, **where: str) -> None:
    """The thing itself, or what it is kept on, went somewhere else: `from_where`, `to_where`, `bag`."""
    said = {"purpose": purpose, **where}
    _about(case_id, item, "ItemMoved", said, by, at)


def described(case_id: UUID, item: UUID, said: Mapping[str, Any], by: By, at: datetime) -> None:
    """More was said of it: ItemDescribed's fields."""
    _about(case_id, item, "ItemDescribed", said, by, at)


def hold_lifted(case_id: UUID, item: UUID, reason: str, second_person: str, by: By, at: datetime) -> None:
    """Somebody looked at why it was held; another person agreed."""
    _about(case_id, item, "ItemHoldLifted", {"reason": reason, "second_person": second_person}, by, at)


def police_use_chosen(case_id: UUID, item: UUID, may: str, by: By, at: datetime) -> None:
    """The survivor said whether police may have it. Once it was handed over, it stays handed over."""
    _about(case_id, item, "PoliceUseChosen", {"may": may}, by, at)


def handed_to_police(case_id: UUID, item: UUID, by: By, at: datetime, *, expected_length: int | None = None) -> None:
    """Police took over what the survivor let them have.

    CaseMovedOn where the case is no longer as long as it was when that was read: what they said meanwhile comes first.
    """
    _about(case_id, item, "ItemHandedToPolice", {}, by, at, expected_length)


def derived(case_id: UUID, made: Taken, of: UUID, how: str, said: Mapping[str, Any], by: By, at: datetime) -> KnownItem:
    """Something was made from an item and is in the vault: ItemDerived, with its other fields in `said`."""
    known_item(case_id, of)
    append(case_id, "ItemDerived", _made(made, of, how, said), by=by, happened_at=at)
    return known_item(case_id, made.item)


def keep_content(case_id: UUID, content: bytes) -> Taken:
    """Puts what was made in memory into the vault, sealed, under a number of its own. StoreFault, OSError."""
    key = key_of(case_id)
    return take(io.BytesIO(content), store(), intake_folder(), case=case_id, item=uuid4(), case_key=key)


def _about(
    case_id: UUID,
    item: UUID,
    kind: str,
    said: Mapping[str, Any],
    by: By,
    at: datetime,
    expected_length: int | None = None,
) -> None:
    entries = read_case(case_id).entries
    things = {entry.fields.item for entry in entries if entry.kind == "ExhibitTaken"}  # no bytes, but moves
    if str(item) not in things and item_among(items_of(entries), item) is None:
        raise NoSuchItem("This case has no such item.")
    append(
        case_id, kind, {"item": str(item), **said}, by=by, happened_at=at, expected_length=expected_length
    )  # fmt: skip


def _once(case_id: UUID, taken: Taken, said: Mapping[str, Any], by: By, at: datetime) -> bool:
    """Writes ItemTaken where it is not there; whether something may be left to do. Two who ask at once write one."""
    fields = {**said, "item": str(taken.item), "size": taken.size, "sha256": taken.sha256.hex()}
    for _ in range(_TRIES):
        file = read_case(case_id)
        there = item_among(items_of(file.entries), taken.item)
        if there:
            return not (there.receipt and (there.looked_into or there.held))
        try:
            append(case_id, "ItemTaken", fields, by=by, happened_at=at, expected_length=file.length)
        except CaseMovedOn:
            continue
        return True
    append(case_id, "ItemTaken", fields, by=by, happened_at=at)
    return True


def _look_into(case_id: UUID, item: UUID) -> None:
    known, at = known_item(case_id, item), datetime.now(UTC)  # when it was given may be long ago
    if known.looked_into or known.held:
        return
    try:
        drafts = _found(case_id, item_of(case_id, item), known, at)
    except NotAnItem:
        drafts = [_hold(item, "damaged", "It does not open as it was taken in.", at)]
    except Exception as fault:  # noqa: BLE001 whatever it is, it is held: nobody has seen what it holds
        _log.error("looking into an item failed (%s)", type(fault).__name__)
        drafts = [_hold(item, "not_scanned", "It could not be examined.", at)]
    append_all(case_id, drafts, by=HOLDFAST)


def _found(case_id: UUID, item: Item, known: KnownItem, at: datetime) -> list[Draft]:
    """What looking into it found, as entries: what it is, why it is held, and what was made from it."""
    from holdfast.vault.looking_in import look_in  # the one place that opens what a stranger sent

    found = look_in(item, known.named)
    read = {"item": str(item.id), "media": found.media, **_named(found.metadata, "ItemMetadataRead")}
    drafts = [Draft("ItemMetadataRead", read, at)]
    drafts += [_hold(item.id, why, what, at) for why, what in found.held]
    for preview in found.previews:
        said = _named(preview, "ItemDerived")
        made = keep_content(case_id, preview.content)
        drafts.append(Draft("ItemDerived", _made(made, item.id, said.pop("how", "preview"), said), at))
    return drafts


def _named(found: Any, kind: str) -> dict[str, Any]:
    """Those of a value's fields that a kind has too."""
    return {name: getattr(found, name) for name in KINDS[kind].__struct_fields__ if hasattr(found, name)}


def _hold(item: UUID, why: str, found: str, at: datetime) -> Draft:
    return Draft("ItemHeld", {"item": str(item), "why": why, "found": found[:300]}, at)


def _made(made: Taken, of: UUID, how: str, said: Mapping[str, Any]) -> dict[str, Any]:
    own = {"item": str(made.item), "of": str(of), "how": how, "size": made.size, "sha256": made.sha256.hex()}
    return {**said, **own}


def _give_receipt(case_id: UUID, item: UUID) -> None:
    """Beside what was taken: a door hands it to the giver, now or whenever they ask."""
    entries = read_case(case_id).entries
    known = item_among(items_of(entries), item)
    if known is None or known.receipt or known.of:
        return
    given = entries[known.number - 1].recorded_at  # by our own clock, whatever anybody said
    receipt = write_receipt(Receipt(item, given, known.size, known.sha256), ring().checkpoint_seed)
    append(case_id, "ReceiptGiven", {"item": str(item), "receipt": receipt}, by=HOLDFAST, happened_at=given)


def _stamp_here(case_id: UUID, item: UUID) -> None:
    """Only where the authority is this installation's own."""
    try:
        chosen = authority()
    except NoAuthority:
        return  # the custody page says so
    if chosen.own:
        stamp_case(case_id, chosen)
