"""The look-through: everything that would leave is held against what the case knows of where people are.

- `access` knows what to look for, `vault` reads the words of an item: here they meet.
- What the case knows is found one by one. What only looks like an address, a number, a plate or a point is gathered
  for each place, so that an export of a thousand messages asks one question and not a thousand.
- Each finding is decided by a person: 'leave' takes the words, or the whole item, out; 'stay' lets it go. That nothing
  was found never means that there is nothing, and what was not read is told.
"""

import re
from collections.abc import Iterable
from collections.abc import Mapping
from hashlib import sha256
from html import unescape
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from holdfast.access.copies.lint import Hit
from holdfast.access.copies.lint import Known
from holdfast.access.copies.lint import find
from holdfast.vault.bundle_words import COULD_NOT_OPEN
from holdfast.vault.bundle_words import Looked
from holdfast.vault.bundle_words import Text
from holdfast.vault.bundle_words import WordsInPictures
from holdfast.vault.bundle_words import words_of
from holdfast.vault.bundle_words import words_written
from holdfast.vault.items import KnownItem
from holdfast.vault.place import item_of
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import StoreFault

_WHOLE = 400_000  # letters of one text that are looked through for what only looks like something
_AROUND, _SAMPLES = 40, 12
_MOST_KEPT = 12_000  # two of the largest bundles
_KEPT: dict[tuple[UUID, UUID, str, Known], tuple[tuple["Finding", ...], tuple[str, ...]]] = {}
LONG = "It is long: after its beginning only what the case knows was looked for."
NOT_OPENED = "It could not be read from the vault, so it was not looked through."


class Finding(NamedTuple):
    """Something that could lead to somebody: where it stands, and what was decided."""

    id: str
    item: UUID | None  # whose content it stands in; None in what is told about items
    place: str  # the name of the text in Telling.said; '' in the content of an item
    where: str
    what: str  # address, postcode, number, mail, plate, point, device
    known: bool
    around: tuple[str, ...]  # for whoever looks it over, and nowhere else
    times: int
    value: str = ""  # what is known, without signs; '' where it only looks like something
    decided: str = ""  # 'leave', 'stay', '' while nobody has

    @property
    def may_be_left_out(self) -> bool:
        """Whether leaving it out does something: what a page of the bundle tells by itself can only be let stay."""
        return self.item is not None or self.place != self.where

    @property
    def leads(self) -> str:
        """What it is, in words."""
        return WHAT[self.what]


WHAT = {
    "address": "an address, a school or a refuge", "postcode": "a postcode, or a part of one",
    "number": "a telephone number", "mail": "a mail address", "plate": "a number plate",
    "point": "a point on the map", "device": "what ties it to one device or person",
}  # fmt: skip


class Through(NamedTuple):
    """What looking through came to."""

    found: tuple[Finding, ...]
    not_read: Mapping[UUID, tuple[str, ...]]

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """What nobody has decided."""
        return tuple(one for one in self.found if not one.decided)


def look_through(
    case_id: UUID, known: Known, items: Iterable[tuple[str, KnownItem]], said: Mapping[str, tuple[str, str]]
) -> Through:
    """Looks through the content of items (each with how it is called) and what is said of them."""
    found: list[Finding] = []
    not_read: dict[UUID, tuple[str, ...]] = {}
    for name, (where, words) in said.items():
        found += in_texts(known, [words_written(where, words)], place=name)
    for called, item in items:
        here, unread = _in_item(case_id, item.item, item.sha256, item.media, known)
        found += [one._replace(where=f"{called}: {one.where}") for one in here]
        if unread:
            not_read[item.item] = unread
    return Through(tuple({one.id: one for one in found}.values()), not_read)


def decide(found: Iterable[Finding], decisions: Mapping[str, str]) -> tuple[Finding, ...]:
    """The findings with what was decided of them: an id to 'leave', where that does something, or 'stay'."""
    decided = []
    for one in found:
        said = decisions.get(one.id, "")
        takes = said == "stay" or (said == "leave" and one.may_be_left_out)
        decided.append(one._replace(decided=said if takes else ""))
    return tuple(decided)


def in_page(known: Known, page: str, where: str, decided: Iterable[Finding]) -> tuple[Finding, ...]:
    """What a finished page tells of what the case knows and nobody is asked about elsewhere: the last look at it."""
    stay = [one.value for one in decided if one.decided != "leave" and one.item is None and one.value]
    words = unescape(re.sub(r"<[^<>]*>", " ", page))
    found = in_texts(known, [words_written(where, words)._replace(runs=True)], place=where)
    return tuple(one for one in found if not any(one.value in other for other in stay))


def in_texts(known: Known, texts: Iterable[Text], *, item: UUID | None = None, place: str = "") -> list[Finding]:
    """Everything in some texts: what is known by its own words, what looks like something gathered."""
    gathered: dict[tuple[str, str, str], Finding] = {}
    seen: set[tuple[str, str]] = set()
    for text in texts:
        for hit in _hits(text, known):
            value = text.words[hit.start : hit.end]
            if text.runs and (hit.what, _plain(value)) in seen:
                continue  # found already where it is a text
            seen.add((hit.what, _plain(value)))
            around = " ".join(text.words[max(0, hit.start - _AROUND) : hit.end + _AROUND].split())
            of = _plain(value) if hit.known else ""
            one = gathered.get((text.where, hit.what, of))
            if one is None:
                number = _id(str(item), place, text.where, hit.what, of)
                one = Finding(number, item, place, text.where, hit.what, hit.known, (), 0, of)
            more = (*one.around, around) if len(one.around) < _SAMPLES else one.around
            gathered[text.where, hit.what, of] = one._replace(around=more, times=one.times + 1)
    return list(gathered.values())


def _hits(text: Text, known: Known) -> Iterable[Hit]:
    first = find(text.words[:_WHOLE], known, only_known=text.runs)
    if len(text.words) <= _WHOLE:
        return first
    rest = find(text.words[_WHOLE - 200 :], known, only_known=True)
    moved = [hit._replace(start=hit.start + _WHOLE - 200, end=hit.end + _WHOLE - 200) for hit in rest]
    return [*first, *(hit for hit in moved if hit.start >= _WHOLE - 200)]


def _in_item(
    case_id: UUID, item: UUID, digest: str, media: str, known: Known
) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
    """One item's findings. Its bytes never change: what was read once is kept for what is known now."""
    key = (case_id, item, digest, known)
    if key in _KEPT:
        return _KEPT[key]
    try:
        looked: Looked = words_of(item_of(case_id, item), media, words_in_pictures())
    except (StoreFault, NotAnItem):
        return (), (NOT_OPENED,)
    found = in_texts(known, looked.texts, item=item)
    for name, value in looked.ties:
        number = _id(str(item), "", name, "device", value)
        where = f"what it carries ({name})"
        found.append(Finding(number, item, "", where, "device", False, (f"{name}: {value}",), 1))
    long = any(len(text.words) > _WHOLE for text in looked.texts if not text.runs)
    answer = tuple(found), (*looked.not_read, LONG) if long else looked.not_read
    if COULD_NOT_OPEN not in looked.not_read:  # it may open the next time: too much else may have been opened
        while len(_KEPT) >= _MOST_KEPT:
            _KEPT.pop(next(iter(_KEPT)), None)
        _KEPT[key] = answer
    return answer


def was_read(case_id: UUID, item: KnownItem, known: Known) -> bool:
    """Whether an item was looked through already, for what is known now."""
    return (case_id, item.item, item.sha256, known) in _KEPT


def read_ahead(case_id: UUID, item: KnownItem, known: Known) -> None:
    """Looks through an item before somebody asks."""
    _in_item(case_id, item.item, item.sha256, item.media, known)


def words_in_pictures() -> WordsInPictures | None:
    """Whoever reads words in pictures here: HOLDFAST_WORDS_IN_PICTURES names it, and by itself there is nobody."""
    named = getattr(settings, "HOLDFAST_WORDS_IN_PICTURES", "")
    return import_string(named)() if named else None


def _id(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:16]


def _plain(words: str) -> str:
    return "".join(sign for sign in words.casefold() if sign.isalnum())
