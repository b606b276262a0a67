"""One item as the desk shows it: in words, without its content and without the name it came under.

- What it is by its content and what was said of it are told apart: the first was found, the second somebody said.
- An item is *offered* while the survivor lets police have it and police did not take it over: it is no evidence yet.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from holdfast.doors.desk.evidence.body import named
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.local_time import in_short
from holdfast.record.entry import ROLES
from holdfast.vault.items import SURVIVORS_SIDE
from holdfast.vault.items import KnownItem
from holdfast.vault.items import item_among
from holdfast.vault.media import called
from holdfast.vault.media import family_of

WHY = {
    "active_content": "It holds something that runs or reaches out by itself",
    "disguised": "It is not what its name says",
    "malware_found": "A scanner found something harmful",
    "not_scanned": "It could not be examined yet",
    "archive": "It is an archive: what is inside was not examined",
    "too_large_to_open": "It is too large to be opened safely",
    "damaged": "It does not open as it was taken in",
}
HOW = {
    "preview": "Preview",
    "thumbnail": "Small preview",
    "without_metadata": "Copy without what it carried beside the picture",
    "redaction": "Copy with parts made unreadable",
    "transcode": "Copy in another format",
    "text": "Its text",
    "translation": "Translation",
    "part": "A part of it",
}
_PICTURES = ("preview", "without_metadata", "thumbnail")  # in the order in which they are shown
# What a browser plays by itself, and as what it is sent.
PLAYED = {
    "video/mp4": "video/mp4", "video/webm": "video/webm", "video/quicktime": "video/mp4", "video/3gpp": "video/3gpp",
    "audio/mpeg": "audio/mpeg", "audio/mp4": "audio/mp4", "audio/ogg": "audio/ogg", "audio/wav": "audio/wav",
    "audio/flac": "audio/flac", "audio/aac": "audio/aac",
}  # fmt: skip
_SHOWN_AS = {"picture": "picture", "text": "text", "pdf": "parts", "office": "parts", "mail": "parts"}
SEEN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


class Row(NamedTuple):
    """One item in a list or at the head of its page."""

    item: UUID
    known: KnownItem
    number: int
    what: str
    words: str
    exhibit: str
    bag: str
    when: str  # '' where nobody said
    made: str
    taken: str
    by: str
    source: str
    size: str
    media: str
    held: tuple[str, ...]
    offered: bool
    stamped: str
    areas: tuple[str, ...]


def offered(item: KnownItem) -> bool:
    """Whether the survivor lets police have it and police did not take it over yet."""
    return item.taken_by.role in SURVIVORS_SIDE and not item.handed_over


def row(item: KnownItem, zone: ZoneInfo) -> Row:
    """An item in words."""
    source = "" if item.source == "not_asked" else value_in_words(item.source)
    return Row(
        item=item.item,
        known=item,
        number=item.number,
        what=HOW.get(item.how, "") if item.of else value_in_words(item.what),
        words=item.words,
        exhibit=item.exhibit,
        bag=item.bag,
        when=_moment(item.happened, zone),
        made=_moment(item.made, zone),
        taken=in_short(item.taken_at, zone),
        by=", ".join(part for part in (ROLES.get(item.taken_by.role, item.taken_by.role), item.taken_by.staff) if part),
        source=", ".join(part for part in (source, item.source_name) if part),
        size=size_in_words(item.size),
        media=called(item.media) if item.media else "not recognised",
        held=tuple(WHY.get(each, value_in_words(each)) for each in item.held),
        offered=offered(item),
        stamped=in_short(item.stamps[0].at, zone) if item.stamps else "",
        areas=tuple(named(each) for each in item.body),
    )


def picture_of(item: KnownItem, items: Iterable[KnownItem]) -> KnownItem | None:
    """What of an item is shown as a picture: only ever what was made from it, never the file that came."""
    known = list(items)
    if item.how in _PICTURES and item.media in SEEN:
        return item
    made = [found for each in item.derived if (found := item_among(known, each)) and found.media in SEEN]
    made = [each for each in made if each.how in _PICTURES and not each.held]
    return min(made, key=lambda each: _PICTURES.index(each.how), default=None)


def shown_as(item: KnownItem) -> str:
    """How its content is shown: 'film', 'sound', 'text', 'parts', 'picture', or '' where it is only handed out."""
    family = family_of(item.media) or ""
    if family in ("film", "sound"):
        return family if item.media in PLAYED else ""
    return _SHOWN_AS.get(family, "")


def size_in_words(size: int) -> str:
    """How large it is.

    >>> size_in_words(1), size_in_words(2_400_000)
    ('1 byte', '2.4 MB')
    """
    if size < 1000:
        return f"{size} byte{'' if size == 1 else 's'}"
    for unit in ("kB", "MB", "GB"):
        size_now = size / 1000 ** (("kB", "MB", "GB").index(unit) + 1)
        if size_now < 1000 or unit == "GB":
            return f"{size_now:.1f} {unit}" if size_now < 10 else f"{size_now:.0f} {unit}"
    return ""


def _moment(moment: datetime | None, zone: ZoneInfo) -> str:
    return in_short(moment, zone) if moment else ""
