"""Scans what came in before a malware scanner was named, or while it gave no answer: held if something is found.

What the scan came to is an entry beside the first one, with all that was read then. A scanner that still gives no
answer changes nothing, and what was held for that stays held until two people have looked at it. Nothing is shown.
"""

from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.doors.evidence.recording import HOLDFAST
from holdfast.record.entry import Entry
from holdfast.record.kind import write_fields
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of
from holdfast.vault.looking_in import held_by_scan
from holdfast.vault.place import item_of
from holdfast.vault.scanning import Scanner
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import StoreFault

_NEVER = frozenset({"no_scanner", "not_asked", "not_answered"})


class Rescanned(NamedTuple):
    """How many items were scanned, are held now for what was found, and could not be scanned."""

    scanned: int = 0
    held: int = 0
    not_scanned: int = 0

    def __add__(self, other: tuple[int, ...]) -> "Rescanned":  # type: ignore[override]
        return Rescanned(*(mine + more for mine, more in zip(self, other, strict=True)))


def rescan_case(case_id: UUID, scanner: Scanner, *, also_scanned: bool = False) -> Rescanned:
    """Scans a case's items that no scanner saw; those that one saw too where asked. Refused where it cannot be read."""
    entries = read_case(case_id).entries
    read = {entry.fields.item: entry for entry in entries if entry.kind == "ItemMetadataRead"}
    done = Rescanned()
    for item in items_of(entries):
        last = read.get(str(item.item))
        if item.of is None and last is not None and (also_scanned or last.fields.scanned in _NEVER):
            done += _one(case_id, item, last, entries, scanner)
    return done


def _one(case_id: UUID, item: KnownItem, last: Entry, entries: Sequence[Entry], scanner: Scanner) -> Rescanned:
    if not item.size:
        return Rescanned()
    try:
        found = item_of(case_id, item.item)
        scan = scanner.scan(found.pieces(), found.size)
    except (StoreFault, NotAnItem):
        return Rescanned(not_scanned=1)
    if scan.outcome == "not_answered":
        return Rescanned(not_scanned=1)
    by = f"{scan.by}: {scan.found}"[:300] if scan.found else scan.by[:300]
    at = datetime.now(UTC)
    drafts = []
    if (last.fields.scanned, last.fields.scanned_by) != (scan.outcome, by):
        said = {**write_fields(last.fields), "scanned": scan.outcome, "scanned_by": by}
        drafts.append(Draft("ItemMetadataRead", said, at))
    holds = [] if _lifted_for(item, entries, scan.found) else held_by_scan(scan, item.media)
    new = [(why, words) for why, words in holds if why not in item.held]
    drafts += [Draft("ItemHeld", {"item": str(item.item), "why": why, "found": words[:300]}, at) for why, words in new]
    if drafts:
        append_all(case_id, drafts, by=HOLDFAST)
    return Rescanned(scanned=1, held=int(bool(new)))


def _lifted_for(item: KnownItem, entries: Sequence[Entry], found: str) -> bool:
    """Whether two people looked at this very find and let the item be shown."""
    about = [each for each in entries if getattr(each.fields, "item", "") == str(item.item)]
    lifted = max((each.number for each in about if each.kind == "ItemHoldLifted"), default=0)
    return bool(found) and any(
        each.kind == "ItemHeld" and each.number < lifted and found in each.fields.found for each in about
    )


def rescan_every(cases: Sequence[UUID], scanner: Scanner, *, also_scanned: bool = False) -> tuple[Rescanned, int]:
    """The same for many cases, and how many of them could not be read."""
    done, not_read = Rescanned(), 0
    for case_id in cases:
        try:
            done += rescan_case(case_id, scanner, also_scanned=also_scanned)
        except Refused:
            not_read += 1
    return done, not_read
