"""The timeline: every entry with its fields in words, who recorded it, when it happened and when it was recorded.

- An entry stands as it was written. Where a later one corrects it, both are shown, and the right values first.
- Recorded more than a quarter of an hour after it happened is said: late writing is remembered writing.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.doors.desk.in_words import Said
from holdfast.doors.desk.in_words import fields_in_words
from holdfast.doors.desk.in_words import unasked
from holdfast.doors.desk.local_time import in_short
from holdfast.law.pack import Pack
from holdfast.record.entry import ROLES
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kind import fields_of
from holdfast.record.kind import label
from holdfast.record.kind import meaning
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS

LATE = timedelta(minutes=15)
# Long texts that have a page of their own: the timeline says that they are there, and not all that they say.
_NOT_IN_FULL = frozenset({"StatementDrafted", "StatementParagraphCorrected", "StatementSignatureTaken"})
# What machines go by in an entry of evidence: it stands on the item's own page, and would bury the words here.
_FOR_MACHINES = frozenset({"item", "of", "items", "bundle", "sha256", "size", "token", "receipt", "found"})
# Each look and what Holdfast does by itself with an item: custody tells it, and the time line only when asked for all.
OF_CUSTODY = frozenset({"ItemLookedAt", "ItemMetadataRead", "ItemDerived", "ItemTimeStamped", "ReceiptGiven"})


class Line(NamedTuple):
    """One entry on the timeline."""

    number: int
    kind: str
    name: str
    meaning: str
    stage: str
    when: str
    at: str
    recorded: str  # '' unless it was recorded late
    by: str
    said: tuple[Said, ...]
    original: tuple[Said, ...]  # what stood before it was corrected, '' where it was not
    struck: bool
    corrected_by: tuple[int, ...]
    about: tuple[int, ...]
    answered_by: tuple[int, ...]
    occurrence: int | None
    open_questions: tuple[str, ...]


def timeline(entries: Sequence[Entry], pack: Pack, zone: ZoneInfo, newest: int | None = None) -> list[Line]:
    """The entries, the newest first; with `newest`, only so many of them."""
    right = {entry.number: entry for entry in effective(list(entries))}
    corrections: dict[int, tuple[int, ...]] = {}
    answered: dict[int, tuple[int, ...]] = {}
    for entry in entries:
        for number in entry.about:
            found = corrections if entry.kind == "EntryCorrected" else answered
            found[number] = (*found.get(number, ()), entry.number)
    ordered = sorted(entries, key=lambda entry: (entry.happened_at, entry.number), reverse=True)
    return [
        _line(each, right.get(each.number), corrections.get(each.number, ()), answered.get(each.number, ()), pack, zone)
        for each in ordered[:newest]
    ]


def _line(
    entry: Entry,
    right: Entry | None,
    corrected_by: tuple[int, ...],
    answered: tuple[int, ...],
    pack: Pack,
    zone: ZoneInfo,
) -> Line:
    kind = KINDS[entry.kind]
    shown = right or entry
    return Line(
        number=entry.number,
        kind=entry.kind,
        name=label(kind),
        meaning=meaning(kind),
        stage=stage(kind),
        when=in_short(entry.happened_at, zone),
        at=entry.happened_at.isoformat(),
        recorded=in_short(entry.recorded_at, zone) if entry.recorded_at - entry.happened_at > LATE else "",
        by=", ".join(part for part in (ROLES.get(entry.by.role, entry.by.role), entry.by.staff) if part),
        said=() if entry.kind in _NOT_IN_FULL else _said(shown, zone, pack),
        original=fields_in_words(entry.fields, zone, pack)
        if right is not None and right.fields != entry.fields
        else (),
        struck=right is None,
        corrected_by=corrected_by,
        about=entry.about,
        answered_by=answered,
        occurrence=entry.occurrence,
        open_questions=unasked(shown.fields),
    )


def _said(entry: Entry, zone: ZoneInfo, pack: Pack) -> tuple[Said, ...]:
    said = fields_in_words(entry.fields, zone, pack)
    if stage(KINDS[entry.kind]) != "evidence":
        return said
    hidden = {field.question for field in fields_of(KINDS[entry.kind]) if field.name in _FOR_MACHINES}
    return tuple(each for each in said if each.question not in hidden)
