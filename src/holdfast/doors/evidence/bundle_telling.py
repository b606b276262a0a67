"""What a bundle tells of its items: as far as the side that gets it may be told, and without what was left out.

- To the defence nobody is named, and who gave something is told only where that leads to nobody.
- Every text that comes from the record goes by `Telling.say`: it is gathered for the look-through, and left out where a
  person decided that. What is not gathered is ours: numbers, times, hashes, sentences of this file.
"""

import json
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from holdfast.doors.evidence.bundle_allowing import first_of
from holdfast.record.entry import OTHER_ROLES
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.entry import Entry
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS
from holdfast.vault.acts import acts_of
from holdfast.vault.bundle_chosen import GROUNDS
from holdfast.vault.bundle_chosen import SIDES
from holdfast.vault.bundle_chosen import Chosen
from holdfast.vault.bundle_chosen import KnownBundle
from holdfast.vault.bundle_sheet import HeldBack
from holdfast.vault.bundle_sheet import Line
from holdfast.vault.bundle_sheet import Sheet
from holdfast.vault.bundle_sheet import Step
from holdfast.vault.items import SURVIVORS_SIDE
from holdfast.vault.items import KnownItem
from holdfast.vault.media import MEDIA
from holdfast.vault.media import called

LEFT_OUT = "(left out)"
NAMED_TO = frozenset({"prosecution", "court"})  # who gave something, and which officer did something
_TOLD_TO_ALL = {
    "survivor": "The survivor", "officer": "An officer", "witness": "A witness",
    "telephone_company": "A telephone company", "online_service": "An online service",
    "control_room": "The control room", "holdfast": "The record system",
}  # fmt: skip
TOLD_TO_SOME = {
    "relative_or_friend": "A relative or friend", "hospital": "A hospital", "school": "A school",
    "landlord": "A landlord", "adviser": "An adviser",
}  # fmt: skip
_COPIES = {
    "redaction": "A copy in which something was made unreadable",
    "without_metadata": "A copy without what the original carries beside its content",
    "preview": "A smaller picture made from it", "thumbnail": "A small picture made from it",
    "transcode": "A copy in another format", "text": "Its words, written down", "translation": "A translation",
    "part": "A part of it",
}  # fmt: skip


class Chapter(NamedTuple):
    """One item that goes: what it is, what it was made from, and what of it is the file."""

    number: int
    item: KnownItem
    first: KnownItem  # what was taken in; the item itself where nothing was made
    how: str


class Telling:
    """Gathers what is said of items, and leaves out what a person decided to leave out."""

    def __init__(self, left: Iterable[str] = ()):
        self.left = frozenset(left)
        self.said: dict[str, tuple[str, str]] = {}  # by its name: where it stands, and the words

    def say(self, name: str, where: str, words: str) -> str:
        """The words, or that they were left out."""
        if words:
            self.said[name] = (where, words)
        return LEFT_OUT if words and name in self.left else words


def file_of(chapter: Chapter) -> str:
    """The path under data/ of an item: a number of the bundle's own, and an ending by its content."""
    kind = MEDIA.get(chapter.item.media)
    return f"items/{chapter.number:04}.{kind.endings[0].split(' ')[0] if kind else 'bin'}"


def chapters_of(
    chosen: Iterable[Chosen], items: Mapping[UUID, KnownItem], gone: Iterable[UUID] = ()
) -> tuple[Chapter, ...]:
    """What goes, in order, without what was held back, whether by choice or after the look-through."""
    out = set(gone)
    going = [one for one in chosen if one.how != "held_back" and one.item not in out]
    return tuple(
        Chapter(number, items[one.item], first_of(items[one.item], items), one.how)
        for number, one in enumerate(going, 1)
    )


def sheet_of(
    bundle: KnownBundle,
    code: str,
    entries: Iterable[Entry],
    items: Mapping[UUID, KnownItem],
    telling: Telling,
    *,
    zone: ZoneInfo,
    at: datetime,
    gone: Iterable[UUID] = (),
    authority: tuple[str, bool] = ("", False),
    not_read: tuple[str, ...] = (),
) -> Sheet:
    """The schedule, what was held back and custody, as they leave."""
    known, gone = tuple(entries), frozenset(gone)
    chapters = chapters_of(bundle.chosen, items, gone)
    carried = _carried(known)
    held = [
        HeldBack(
            _what(items[one.item]), telling.say(f"{one.item}.exhibit", "an exhibit number", items[one.item].exhibit),
            GROUNDS[one.ground if one.how == "held_back" else "would_lead_to_somebody"],
        )
        for one in bundle.chosen
        if one.how == "held_back" or one.item in gone
    ]  # fmt: skip
    return Sheet(
        code=code,
        to=telling.say("bundle.to", "for whom it is", bundle.to),
        side=SIDES[bundle.side][0].lower(),
        purpose=telling.say("bundle.purpose", "for what it is", bundle.purpose),
        made_on=_when(at, zone),
        lines=tuple(_line(each, bundle.side, telling, carried, zone) for each in chapters),
        held_back=tuple(held),
        steps=tuple(step for each in chapters for step in _steps(each, known, bundle.side, telling, zone)),
        authority=authority[0] if any(each.first.stamps or each.item.stamps for each in chapters) else "",
        own_authority=authority[1],
        not_read=not_read,
    )


def stamp_files(chapter: Chapter) -> tuple[tuple[str, str], ...]:
    """Each time stamp that goes along: its path under data/, and its token (base64). Its own, else the first's."""
    stamps = chapter.item.stamps or chapter.first.stamps
    return tuple((f"stamps/{chapter.number:04}-{place}.tsr", one.token) for place, one in enumerate(stamps, 1))


def _line(
    chapter: Chapter, side: str, telling: Telling, carried: Mapping[UUID, tuple[tuple[str, str], ...]], zone: ZoneInfo
) -> Line:
    item, first = chapter.item, chapter.first

    def say(name: str, where: str, words: str) -> str:
        return telling.say(f"{item.item}.{name}", f"item {chapter.number}: {where}", words)

    made = item.of is not None
    goes = _COPIES.get(item.how, "Made from another item") if made else "As it was taken in, unchanged"
    if made and item.words:
        goes += ": " + say("made", "how it was made", item.words)
    stamps = item.stamps or first.stamps
    whose = "of this file" if item.stamps else "of the original, by its hash"
    values = () if made else carried.get(item.item, ())
    return Line(
        number=chapter.number,
        file=file_of(chapter),
        item=str(item.item),
        what=_what(first),
        exhibit=say("exhibit", "its exhibit number", first.exhibit),
        kind=called(item.media),
        media=item.media,
        size=item.size,
        sha256=item.sha256,
        given_by=_giver(first, side, say),
        given_on=_when(first.taken_at, zone),
        happened=_when(first.happened, zone),
        made=_when(first.made, zone),
        words=say("words", "what it shows", first.words),
        named="" if made else say("named", "the name it came under", first.named),
        goes=goes + ".",
        of=str(first.item) if made else "",
        of_sha256=first.sha256 if made else "",
        carries=tuple(f"{name}: {say(f'carries.{name}', 'what it carries', value)}" for name, value in values),
        stamps=tuple(path for path, _ in stamp_files(chapter)),
        stamped=f"{whose}, at {_when(stamps[0].at, zone)}" if stamps else "",
    )


def _steps(chapter: Chapter, entries: tuple[Entry, ...], side: str, telling: Telling, zone: ZoneInfo) -> Iterable[Step]:
    about = {chapter.item.item, chapter.first.item}
    for act in acts_of(entries):
        if not about & set(act.items) or act.kind in ("BundleDrafted", "BundleDropped"):
            continue
        purpose = telling.say(f"act.{act.number}", f"custody of item {chapter.number}", act.purpose)
        role = act.by.role
        if side not in NAMED_TO and role in SURVIVORS_SIDE:
            who = "The survivor, or somebody for them"
        else:
            who = {**STAFF_ROLES, **OTHER_ROLES}.get(role, role)
            who = "The record system" if role == "feed" else who
        staff = f" ({act.by.staff})" if side in NAMED_TO and act.by.staff and role not in SURVIVORS_SIDE else ""
        yield Step(chapter.number, _when(act.happened_at, zone), who + staff, label(KINDS[act.kind]), purpose)


def _giver(first: KnownItem, side: str, say: Callable[[str, str, str], str]) -> str:
    told = _TOLD_TO_ALL.get(first.source)
    if side in NAMED_TO:
        told = told or TOLD_TO_SOME.get(first.source, "")
        name = say("source_name", "who gave it", first.source_name)
        return f"{told}: {name}" if told and name else told or name
    return told or ("Another person or body" if first.source in (*TOLD_TO_SOME, "other") else "")


def _carried(entries: Iterable[Entry]) -> dict[UUID, tuple[tuple[str, str], ...]]:
    """What each item carries beside its content, as the newest look into it read it."""
    found: dict[UUID, tuple[tuple[str, str], ...]] = {}
    for entry in entries:
        if entry.kind == "ItemMetadataRead":
            try:
                values = json.loads(entry.fields.found or "[]")
                found[UUID(entry.fields.item)] = tuple((str(name), str(value)) for name, value in values)[:200]
            except (ValueError, TypeError):
                found[UUID(entry.fields.item)] = (("all of it", "could not be read"),)
    return found


def _what(item: KnownItem) -> str:
    return item.what.replace("_", " ").capitalize()


def _when(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%-d %B %Y, %H:%M:%S %z}" if moment else ""
