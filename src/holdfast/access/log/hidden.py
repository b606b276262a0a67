"""What an unusual opening that was found hides from the person whom it names, until somebody has looked into it.

Whoever is looked into must not know it yet: they could explain themselves before they are asked, or lean on whoever
answers. So they are shown the case as if it had not been found: not the entry, not what is about it, not the duty. Once
it was looked into they may read it, except where misuse was found: that is told to them by a person.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from typing import Protocol
from typing import TypeVar
from uuid import UUID

from holdfast.access.log.tables import UnusualSeen
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.record.entry import Entry

FOUND, LOOKED_INTO = "UnusualOpeningFound", "UnusualOpeningLookedInto"


class _Row(Protocol):
    @property
    def case_id(self) -> UUID: ...
    @property
    def started_by(self) -> int: ...


Row = TypeVar("Row", bound=_Row)


def hidden_numbers(entries: Iterable[Entry], staff: str) -> frozenset[int]:
    """The numbers of the entries of a case that this member of staff is not shown."""
    hidden: set[int] = set()
    ended: dict[int, bool] = {}  # which of the found were looked into, and whether they may be read now
    known = list(entries)
    for entry in known:
        if entry.kind == LOOKED_INTO:
            ended |= dict.fromkeys(entry.about, entry.fields.found in ("part_of_the_work", "mistake"))
    for entry in known:
        named = entry.kind == FOUND and bool(staff) and entry.fields.staff == staff
        if (named and not ended.get(entry.number, False)) or hidden & set(entry.about):
            hidden.add(entry.number)
    return frozenset(hidden)


def shown_to(entries: Sequence[Entry], staff: str) -> tuple[Entry, ...]:
    """A case's entries as this member of staff may read them."""
    hidden = hidden_numbers(entries, staff)
    return tuple(entry for entry in entries if entry.number not in hidden) if hidden else tuple(entries)


def rows_shown_to(rows: Iterable[Row], staff: str) -> list[Row]:
    """Rows of a queue without those that an entry hidden from this member of staff began."""
    listed = list(rows)
    marked = set(UnusualSeen.objects.filter(staff=staff).values_list("case_id", "number")) if staff else set()
    if not marked:
        return listed
    hidden: dict[UUID, frozenset[int]] = {}
    for case_id in {row.case_id for row in listed} & {case for case, _ in marked}:
        try:
            hidden[case_id] = hidden_numbers(read_case(case_id).entries, staff)
        except Refused:
            hidden[case_id] = frozenset(number for case, number in marked if case == case_id)
    return [row for row in listed if row.started_by not in hidden.get(row.case_id, frozenset())]
