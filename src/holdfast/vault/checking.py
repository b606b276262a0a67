"""Whether the vault still has what the record says it took in, as it was.

Every item that a record names is opened: is it there, does it open as this item of this case, is it whole, are its
length and the hash that its end says those that were recorded. Only with `whole` is every byte read and hashed: without
it a byte altered in the middle is not seen here. It is seen when it is read.
"""

import re
import sqlite3
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.state import state_of
from holdfast.casefile.store import reading
from holdfast.record.entry import Entry
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of
from holdfast.vault.reading import Item
from holdfast.vault.sealed import DEFECTS
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import NoSuchItem
from holdfast.vault.store import Store
from holdfast.vault.store import StoreFault

MISSING, DIFFERS, NOT_REACHED = "item_missing", "item_differs", "vault_not_reached"
_SAYS = {
    MISSING: "The record says that this was taken in, and the vault has it no more: put it back from a copy.",
    DIFFERS: "The vault's item is whole, and not the one that the record says: another was put in its place.",
    NOT_REACHED: "The vault does not answer, so no item was looked at: look at what HOLDFAST_VAULT names.",
    **{f"item_{defect}": f"The vault's item does not open: {says}." for defect, says in DEFECTS.items()},
}
_STAGES = ("evidence", "statement", "live")  # whose kinds name items
_HEX = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class ItemFinding(NamedTuple):
    """One item that is not as the record says."""

    where: str  # 'case <id>, item <id>'
    outcome: str
    at_number: int | None  # of the entry that took it in

    @property
    def says(self) -> str:
        """In a sentence."""
        return _SAYS[self.outcome]


class Checked(NamedTuple):
    """What was looked at."""

    items: int
    size: int  # bytes, as the record says
    findings: tuple[ItemFinding, ...]
    erased: int  # cases that name items and whose key is gone: nothing of them can be looked at
    not_read: int  # cases that could not be opened, for another reason


UNREACHED = Checked(0, 0, (ItemFinding("vault", NOT_REACHED, None),), 0, 0)


def check_items(
    store: Store, *, whole: bool = False, only: UUID | None = None,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> Checked:  # fmt: skip
    """Looks at every item of every case, or of one. `told` hears how many bytes of how many were looked at."""
    known, erased, not_read = [], 0, 0
    for case_id, found in _cases(only):
        if isinstance(found, CaseErased):
            erased += 1
        elif isinstance(found, Exception):
            not_read += 1
        else:
            known += [(case_id, found.key, item) for item in items_of(found.entries)]
    total, done, findings = sum(item.size for _, _, item in known), 0, []
    for case_id, key, item in known:
        outcome = _outcome(store, case_id, key, item, whole=whole)
        if outcome == NOT_REACHED:
            findings.append(ItemFinding("vault", NOT_REACHED, None))
            break
        if outcome:
            findings.append(ItemFinding(f"case {case_id}, item {item.item}", outcome, item.number))
        done += item.size
        told(done, total)
    return Checked(len(known), total, tuple(findings), erased, not_read)


def items_named(case_id: UUID) -> frozenset[UUID]:
    """Every item that a case's record names in any way; NoSuchCase, CannotKeep."""
    with reading() as connection:
        return _numbers(state_of(connection, case_id).entries)


def every_item_named() -> frozenset[UUID] | None:
    """Every item that any record names; None where some record cannot be read, so that nobody can say."""
    found: set[UUID] = set()
    for _, case in _cases(None):
        if isinstance(case, CaseErased):
            continue
        if isinstance(case, Exception):
            return None
        found |= _numbers(case.entries)
    return frozenset(found)


def _outcome(store: Store, case_id: UUID, key: bytes, known: KnownItem, *, whole: bool) -> str:
    try:
        item = Item(store, case_id, known.item, key)
        if (item.size, item.sha256.hex()) != (known.size, known.sha256):
            return DIFFERS
        for _ in item.whole() if whole else ():
            pass
    except NoSuchItem:
        return MISSING
    except NotAnItem as fault:
        return f"item_{fault.defect}"
    except StoreFault:
        return NOT_REACHED
    return ""


class _Read(NamedTuple):
    key: bytes
    entries: tuple[Entry, ...]


def _cases(only: UUID | None) -> Iterator[tuple[UUID, _Read | CannotKeep | NoSuchCase]]:
    """Each case whose record may name an item, opened, or why it is not."""
    with reading() as connection:
        for case_id in [only] if only else _with_items(connection):
            try:
                state = state_of(connection, case_id)
                yield case_id, _Read(state.key, state.entries)
            except (CannotKeep, NoSuchCase) as fault:
                yield case_id, fault


def _with_items(connection: sqlite3.Connection) -> list[UUID]:
    kinds = [name for name, kind in KINDS.items() if stage(kind) in _STAGES]
    asked = f"SELECT DISTINCT case_id FROM entry WHERE kind IN ({', '.join('?' * len(kinds))}) ORDER BY case_id"  # noqa: S608 marks alone
    rows = [row[0] for row in connection.execute(asked, kinds)]
    return [UUID(row) for row in rows if isinstance(row, str) and _HEX.fullmatch(row)]  # `verify` tells of the others


def _numbers(entries: Iterable[Entry]) -> frozenset[UUID]:
    """Whatever looks like the number of an item in an entry that may name one: rather too many than one too few."""
    found: set[UUID] = set()
    for entry in entries:
        if stage(KINDS[entry.kind]) in _STAGES:
            for name in entry.fields.__struct_fields__:
                value = getattr(entry.fields, name)
                for each in value if isinstance(value, tuple) else (value,):
                    if isinstance(each, str):
                        found |= {UUID(match.group()) for match in _NUMBER.finditer(each)}
    return frozenset(found)
