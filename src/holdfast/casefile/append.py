"""The only write. An entry is checked, sealed, chained, and the case's duties are derived again, in one transaction.

- Answered only after the disk has it. Writers who arrive together share one commit; one that is refused harms no other.
- Called inside `transaction.atomic()`, the entry belongs to that transaction, and the disk has it when that commits.
- Entries given together are kept together or not at all.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.kind import Kind


class Draft(NamedTuple):
    """An entry that has not been written yet. `by` may be left out where the whole write names who it is by."""

    kind: str
    fields: Mapping[str, Any] | Kind
    happened_at: datetime
    about: tuple[int, ...] = ()
    occurrence: int | None = None
    by: By | None = None


class Appended(NamedTuple):
    """What was written. `entries` holds the new entries only; `length` is the case's length now."""

    case_id: UUID
    code: str
    entries: tuple[Entry, ...]
    length: int

    @property
    def number(self) -> int:
        """The number of the last entry written."""
        return self.entries[-1].number


class Handed(NamedTuple):
    """The document of another agency that a write came from."""

    agency: str
    document: str
    stamp: datetime


def append(
    case_id: UUID,
    kind: str,
    fields: Mapping[str, Any] | Kind,
    *,
    by: By,
    happened_at: datetime,
    about: Iterable[int] = (),
    occurrence: int | None = None,
    expected_length: int | None = None,
) -> Appended:
    """Writes one entry, or raises EntryRefused, CaseMovedOn or NoSuchCase and writes nothing."""
    draft = Draft(kind, fields, happened_at, tuple(about), occurrence)
    return append_all(case_id, [draft], by=by, expected_length=expected_length)


def append_all(
    case_id: UUID, drafts: Iterable[Draft], *, by: By, expected_length: int | None = None, handed: Handed | None = None
) -> Appended:
    """Writes several entries together: all of them or none."""
    raise NotImplementedError


def open_case(
    pack: str,
    *,
    by: By,
    happened_at: datetime,
    fields: Mapping[str, Any] | None = None,
    drafts: Iterable[Draft] = (),
    handed: Handed | None = None,
) -> Appended:
    """Opens a case under a pack. `fields` are CaseOpened's others; `drafts` are written with it, numbered from 2."""
    raise NotImplementedError
