"""Giving a copy of a file: drafted by one person, looked over by another, and recorded in the case before it leaves.

- What the table does not give is not in it (table.py). Whoever did or wrote something is named by role only.
- Everything that the lint finds in it stands still until a person has said of it: leave it out, or it may stay.
- A lint that found nothing has not said that the copy is safe: the second person reads it, always.
"""

from collections.abc import Iterator
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from typing import NamedTuple

from holdfast.access.copies.known import known_in
from holdfast.access.copies.lint import PLATE_FORMS
from holdfast.access.copies.lint import Known
from holdfast.access.copies.lint import find
from holdfast.access.copies.table import given_of
from holdfast.casefile.append import append
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.refused import Refused
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kind import write_fields

FOR = ("survivor", "survivors_lawyer", "court", "inquiry", "other")
_REGIONS = {"england-and-wales": "GB", "ontario": "CA", "canada": "CA", "new-zealand": "NZ"}


class ToDecide(NamedTuple):
    """Something that the lint found in a copy: where it is, and what was decided."""

    id: str  # entry, field and place in it: '12.words.30.number'
    entry: int
    field: str
    what: str
    known: bool
    around: str  # the words about it: for whoever looks it over, and nowhere else
    decided: str  # 'leave', 'stay', or '' while nobody has


class Told(NamedTuple):
    """One entry as a copy tells it."""

    number: int
    kind: str
    happened_at: datetime
    role: str
    fields: dict[str, Any]


class Copy(NamedTuple):
    """A copy as it stands. It may leave only when `undecided` is empty and another person has looked it over."""

    entries: tuple[Told, ...]
    left_out: int  # entries
    found: tuple[ToDecide, ...]

    @property
    def undecided(self) -> tuple[ToDecide, ...]:
        """What nobody has decided yet."""
        return tuple(one for one in self.found if not one.decided)


class NotDecided(Refused):
    """Something in the copy could lead to somebody, and nobody has decided about it."""

    def __init__(self, number: int):
        super().__init__(
            f"The copy was not given: {number} place{'' if number == 1 else 's'} in it could lead to somebody, and "
            "nobody has decided about them. Say of each whether it is left out or may stay."
        )


def region_of(pack: str) -> str:
    """Where a telephone number without a country is of, by the pack of its case."""
    return _REGIONS.get(pack, "US" if pack.startswith("us-") else "GB")


def known_to(file: CaseFile) -> Known:
    """What the case knows of where people are and how they are reached, and how numbers are written there."""
    pack = pack_called(file.pack)
    forms = tuple(dict.fromkeys(each.form for each in pack.plates)) or PLATE_FORMS
    return known_in(effective(list(file.entries)), region_of(file.pack), forms)


def draft_copy(file: CaseFile, decisions: Mapping[str, str] | None = None) -> Copy:
    """The copy as far as the table gives it, with everything the lint finds. Decisions: an id to 'leave' or 'stay'."""
    decided = dict(decisions or {})
    standing = effective(list(file.entries))
    known = known_to(file)
    told: list[Told] = []
    found: list[ToDecide] = []
    for entry in standing:
        names = given_of(entry)
        if names is None:
            continue
        fields = {name: value for name, value in write_fields(entry.fields).items() if name in names}
        for name, text in tuple(_texts(fields)):
            hits = find(text, known)
            here = [
                ToDecide(f"{entry.number}.{name}.{hit.start}.{hit.what}", entry.number, name, hit.what, hit.known,
                         text[max(0, hit.start - 40) : hit.end + 40],
                         decided.get(f"{entry.number}.{name}.{hit.start}.{hit.what}", ""))
                for hit in hits
            ]  # fmt: skip
            found += here
            if any(one.decided == "leave" for one in here):
                fields[name.split("/")[0]] = ""  # the whole field: a gap in a sentence would still tell
        told.append(_told(entry, fields))
    return Copy(tuple(told), len(standing) - len(told), tuple(found))


def give_copy(file: CaseFile, copy: Copy, to_whom: str, *, by: By, looked_over_by: str, at: datetime) -> None:
    """Records that the copy is given, or NotDecided, EntryRefused, CaseMovedOn: then it may not leave.

    Whoever calls has asked `access` for both people, has logged it, and hands the copy over only after this.
    """
    if copy.undecided:
        raise NotDecided(len(copy.undecided))
    if still := _still_in(file, copy):
        raise NotDecided(still)
    if not looked_over_by.strip() or looked_over_by.casefold() == by.staff.casefold():
        raise Refused("The copy was not given: somebody else than whoever made it has to look it over first.")
    said = {
        "to_whom": to_whom, "entries": len(copy.entries), "left_out": copy.left_out, "looked_over_by": looked_over_by,
    }  # fmt: skip
    append(file.id, "FileCopyGiven", said, by=by, happened_at=at, expected_length=file.length)


def _told(entry: Entry, fields: dict[str, Any]) -> Told:
    return Told(entry.number, entry.kind, entry.happened_at, entry.by.role, fields)


def _texts(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text in the fields, however deep, with its name: 'words', 'charges/2', 'conditions/1/where'."""
    if isinstance(value, str):
        if value:
            yield name, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, f"{name}/{key}" if name else str(key))
    elif isinstance(value, list | tuple):
        for place, inner in enumerate(value, 1):
            yield from _texts(inner, f"{name}/{place}")


def _still_in(file: CaseFile, copy: Copy) -> int:
    """The last look: how many places of the copy as it leaves hold what the case knows and nobody let stay."""
    known = known_to(file)
    stay = {(one.entry, one.what) for one in copy.found if one.decided == "stay"}
    return sum(
        hit.known and (told.number, hit.what) not in stay
        for told in copy.entries
        for _, text in _texts(told.fields)
        for hit in find(text, known)
    )
