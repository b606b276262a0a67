"""A bundle as it would leave now: the pages, the schedule, and everything that the look-through found in them.

What is shown here is what is made: `make_bundle` asks for the same, with the same decisions, and writes its parts.
"""

from base64 import b64decode
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from cryptography.hazmat.primitives.serialization import Encoding

from holdfast.access.copies.giving import known_to
from holdfast.access.copies.lint import Known
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.refused import Refused
from holdfast.doors.evidence.bundle_allowing import reasons_against
from holdfast.doors.evidence.bundle_allowing import seen_for_bundles
from holdfast.doors.evidence.bundle_allowing import to_choose_from
from holdfast.doors.evidence.bundle_lint import Finding
from holdfast.doors.evidence.bundle_lint import Through
from holdfast.doors.evidence.bundle_lint import decide
from holdfast.doors.evidence.bundle_lint import in_page
from holdfast.doors.evidence.bundle_lint import look_through
from holdfast.doors.evidence.bundle_telling import NAMED_TO
from holdfast.doors.evidence.bundle_telling import TOLD_TO_SOME
from holdfast.doors.evidence.bundle_telling import Chapter
from holdfast.doors.evidence.bundle_telling import Telling
from holdfast.doors.evidence.bundle_telling import chapters_of
from holdfast.doors.evidence.bundle_telling import sheet_of
from holdfast.doors.evidence.bundle_telling import stamp_files
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.vault.acts import Act
from holdfast.vault.acts import acts_of
from holdfast.vault.authority import NoAuthority
from holdfast.vault.authority import authority
from holdfast.vault.bundle import Part
from holdfast.vault.bundle import page
from holdfast.vault.bundle_chosen import KnownBundle
from holdfast.vault.bundle_chosen import bundle_among
from holdfast.vault.bundle_chosen import bundles_of
from holdfast.vault.bundle_pages import pages_of
from holdfast.vault.bundle_sheet import Sheet
from holdfast.vault.case_export import NAME as CASE_STORY
from holdfast.vault.case_export import case_uco
from holdfast.vault.items import SURVIVORS_SIDE

NOTHING_FOUND = (
    "The look-through found nothing. That does not mean that there is nothing: it knows only what this case holds and "
    "what looks like an address, a number, a plate or a point on the map, and it does not see pictures or hear sound."
)


class NotDisclosed(Refused):
    """Nothing was made or handed out, and why; where single items stand against it, why of each."""

    def __init__(self, why: str, items: Mapping[UUID, str] | None = None):
        self.items = dict(items or {})
        super().__init__(why)


class Preview(NamedTuple):
    """A bundle as it would leave now. It may be made only where `undecided` is empty and a person has read it."""

    bundle: KnownBundle
    sheet: Sheet
    chapters: tuple[Chapter, ...]
    found: tuple[Finding, ...]
    parts: tuple[Part, ...]  # pages and stamps; the items are read when it is made

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """What nobody has decided."""
        return tuple(one for one in self.found if not one.decided)

    @property
    def size(self) -> int:
        """About how many bytes it has."""
        return sum(line.size for line in self.sheet.lines)


def bundles(file: CaseFile) -> tuple[KnownBundle, ...]:
    """Every bundle of the case."""
    return bundles_of(file.entries)


def preview(file: CaseFile, bundle: UUID, decisions: Mapping[str, str] | None = None, *, at: datetime) -> Preview:
    """The bundle as it would leave, with everything found. Decisions: the id of a finding to 'leave' or 'stay'."""
    known = open_draft(file, bundle)
    entries = seen_for_bundles(file.entries)
    items = to_choose_from(file.entries)
    against = reasons_against(file, items, at)
    for one in known.chosen:
        if one.item not in items or (one.how != "held_back" and one.item in against):
            raise NotDisclosed(
                "An item that was chosen may not go any more. Take this draft back, and choose again from what is "
                "there."
            )
    zone = ZoneInfo(pack_called(file.pack).timezone)
    who, pem = _authority()
    knows, decided = known_to(file), dict(decisions or {})

    def sheet(telling: Telling, gone: frozenset[UUID], unread: tuple[str, ...]) -> Sheet:
        return sheet_of(
            known, file.code, entries, items, telling, zone=zone, at=at, gone=gone, authority=who, not_read=unread
        )

    gathered = Telling()
    sheet(gathered, frozenset(), ())
    all_chapters = chapters_of(known.chosen, items)
    through = look_through(
        file.id, knows, [(f"item {one.number}", one.item) for one in all_chapters], gathered.said
    )  # fmt: skip
    found = decide(through.found, decided)
    gone = frozenset(one.item for one in found if one.decided == "leave" and one.item is not None)
    left = frozenset(one.place for one in found if one.decided == "leave" and one.item is None)
    chapters = chapters_of(known.chosen, items, gone)
    final = sheet(Telling(left), gone, _unread(chapters, through))
    stamps, final = _stamps(chapters, pem, final)
    pages = (*pages_of(final, known.form), *_case_story(file.id, known.side, entries, chapters, left))
    found = (*found, *decide(_last_look(knows, pages, found), decided))
    return Preview(known, final, chapters, found, (*pages, *stamps))


def open_draft(file: CaseFile, bundle: UUID) -> KnownBundle:
    """The draft, or NotDisclosed where there is none that waits to be made."""
    known = bundle_among(bundles(file), bundle)
    if known is None or not known.open:
        raise NotDisclosed("There is no such draft: it was made or taken back meanwhile. Look at the page again.")
    return known


def _unread(chapters: tuple[Chapter, ...], through: Through) -> tuple[str, ...]:
    """What was not looked through, gathered by sentence."""
    gathered: dict[str, list[int]] = {}
    for chapter in chapters:
        for each in through.not_read.get(chapter.item.item, ()):
            gathered.setdefault(each, []).append(chapter.number)
    return tuple(f"{words} (item {_numbers(numbers)})" for words, numbers in gathered.items())


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers[:20])) + (f" and {len(numbers) - 20} more" if len(numbers) > 20 else "")


def _authority() -> tuple[tuple[str, bool], bytes]:
    try:
        chosen = authority()
    except NoAuthority:
        return ("", False), b""
    return (chosen.name, chosen.own), b"".join(each.public_bytes(Encoding.PEM) for each in chosen.known)


def _stamps(chapters: tuple[Chapter, ...], pem: bytes, sheet: Sheet) -> tuple[tuple[Part, ...], Sheet]:
    parts = tuple(page(path, b64decode(token)) for chapter in chapters for path, token in stamp_files(chapter))
    if parts and pem:
        parts = (*parts, page("stamps/authority.pem", pem))
    more = (CASE_STORY, *(part.path for part in parts if part.path.endswith(".pem")))
    return parts, sheet._replace(more=more)


def _case_story(
    case_id: UUID, side: str, entries: Iterable[Entry], chapters: tuple[Chapter, ...], left: frozenset[str]
) -> tuple[Part, ...]:
    """Custody as CASE/UCO, for what goes and what that was made from, as far as this side may be told."""
    items = {one.item: one for each in chapters for one in (each.first, each.item)}
    told = [one._replace(exhibit="") if f"{one.item}.exhibit" in left else one for one in items.values()]
    acts = []
    for act in acts_of(entries):
        about = tuple(each for each in act.items if each in items)
        if about and act.kind not in ("BundleDrafted", "BundleDropped", "BundleMade", "ItemDisclosed"):
            acts.append(_as_told(act, side)._replace(items=about))
    return (page(CASE_STORY, case_uco(case_id, told, acts).encode()),)


def _as_told(act: Act, side: str) -> Act:
    """An act as far as a side may be told who did it: nobody is, of those who help the survivor."""
    by = act.by if act.by.role not in SURVIVORS_SIDE else By(act.by.role)
    if side in NAMED_TO:
        return act._replace(by=by)
    hidden = {name: "" for name in ("second_person", "confirmed_by") if hasattr(act.fields, name)}
    if getattr(act.fields, "source", "") in TOLD_TO_SOME:
        hidden["source"] = "other"
    role = "survivor" if by.role in SURVIVORS_SIDE else by.role
    return act._replace(by=By(role), fields=msgspec.structs.replace(act.fields, **hidden))


def _last_look(knows: Known, pages: tuple[Part, ...], found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(
        one
        for part in pages
        for one in in_page(knows, b"".join(part.pieces()).decode(), f"the page {part.path}", found)
    )
