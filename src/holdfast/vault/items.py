"""The items of a case, as its entries add up: a pure fold. What nobody said stays unsaid.

- The order in which entries are given does not matter: they are taken by their numbers.
- What was made from an item is an item too. It has what was said of the first (what, when, whose, exhibit, whether
  police may have it), its own hash, and its own reasons to be held.
- An entry about an item that was never taken adds nothing: the custody page shows it all the same (custody.py).
"""

from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN

# In these roles somebody keeps something for the survivor; in every other they are, or work with, the police.
SURVIVORS_SIDE = frozenset({"survivor", "supporter", "adviser", "outreach_worker"})
_MADE_HERE = frozenset({"preview", "thumbnail", "without_metadata", "text"})  # by looking in, from what was examined
_SAID = ("words", "happened", "made", "exhibit", "bag", "light", "body")


class Stamp(NamedTuple):
    """One RFC 3161 time stamp that the record holds of an item. Whether it verifies is stamping.py's to say."""

    number: int  # of its entry
    authority: str
    at: datetime  # the time the authority gave
    token: str  # DER, as base64


class KnownItem(NamedTuple):
    """One item, as far as the record knows it."""

    item: UUID
    number: int  # of the entry that took it, or made it
    what: str
    size: int  # bytes
    sha256: str  # hex
    taken_at: datetime
    taken_by: By
    media: str = ""  # a media type, by its content; '' where it was not recognised
    named: str = ""  # the name it came under: never for an address, a title or a log
    source: str = "not_asked"
    source_name: str = ""
    words: str = ""
    happened: datetime | None = None
    made: datetime | None = None  # as the giver or an officer says
    police_may_have: str = "not_asked"
    exhibit: str = ""
    bag: str = ""
    light: str = ""
    body: tuple[str, ...] = ()
    held: tuple[str, ...] = ()  # why it is not shown as it is; () where nothing stands
    of: UUID | None = None
    how: str = ""
    derived: tuple[UUID, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    handed_over: bool = False
    says_made: datetime | None = None  # when it was made, as its own metadata claims
    metadata_left_out: str = "not_known"  # of what was derived
    receipt: str = ""  # the newest that was given; '' where none was
    disclosed: bool = False
    looked_into: bool = False  # its content was examined; where not, nothing says that it is safe to show

    given_by: By | None = None  # who took in what it was made from, where it was made; None: taken_by

    @property
    def police_may_look(self) -> bool:
        """Whether it is evidence: police took it in or over, or the survivor lets them have it now."""
        # A preview that Holdfast made of what the survivor keeps is kept like it.
        return (
            (self.given_by or self.taken_by).role not in SURVIVORS_SIDE
            or self.handed_over
            or self.police_may_have == "now"
        )


def items_of(entries: Iterable[Entry]) -> tuple[KnownItem, ...]:
    """Every item that was taken or made, in the order of their entries. Linear in the entries."""
    found: dict[str, KnownItem] = {}
    ordered = sorted((entry for entry in entries if entry.kind in _FOLDS), key=lambda entry: entry.number)
    for entry in ordered:
        _FOLDS[entry.kind](found, entry)
    return tuple(found.values())


def item_among(items: Iterable[KnownItem], item: UUID) -> KnownItem | None:
    """The one with this number, or None."""
    return next((each for each in items if each.item == item), None)


def _taken(found: dict[str, KnownItem], entry: Entry) -> None:
    said = entry.fields
    if said.item in found:
        return  # an item is taken once
    found[said.item] = KnownItem(
        UUID(said.item), entry.number, said.what, said.size, said.sha256, entry.happened_at, entry.by, said.media,
        said.named, said.source, said.source_name, said.words, said.happened, said.made, said.police_may_have,
        said.exhibit, said.bag, said.light, said.body,
    )  # fmt: skip


def _derived(found: dict[str, KnownItem], entry: Entry) -> None:
    said, first = entry.fields, found.get(entry.fields.of)
    if first is None or said.item in found:
        return
    found[said.item] = first._replace(
        item=UUID(said.item), number=entry.number, size=said.size, sha256=said.sha256, media=said.media, named="",
        taken_at=entry.happened_at, taken_by=entry.by, words=said.words, held=(), of=first.item, how=said.how,
        derived=(), stamps=(), metadata_left_out=said.metadata_left_out, says_made=None, receipt="", disclosed=False,
        looked_into=said.how in _MADE_HERE,
        given_by=first.given_by or first.taken_by,
    )  # fmt: skip
    found[said.of] = first._replace(derived=(*first.derived, UUID(said.item)))


def _read(found: dict[str, KnownItem], entry: Entry) -> None:
    said = entry.fields
    item = found.get(said.item)
    if item:
        media = said.media or item.media
        _change(found, entry, media=media, says_made=said.made or item.says_made, looked_into=True)


def _held(found: dict[str, KnownItem], entry: Entry) -> None:
    item = found.get(entry.fields.item)
    if item and entry.fields.why not in item.held:
        _change(found, entry, held=(*item.held, entry.fields.why))


def _described(found: dict[str, KnownItem], entry: Entry) -> None:
    said = {name: getattr(entry.fields, name) for name in _SAID}
    _spread(found, entry, {name: value for name, value in said.items() if value not in (None, "", ())})


def _moved(found: dict[str, KnownItem], entry: Entry) -> None:
    if entry.fields.bag:
        _spread(found, entry, {"bag": entry.fields.bag})


def _chosen(found: dict[str, KnownItem], entry: Entry) -> None:
    item = found.get(entry.fields.item)
    if item and not item.handed_over and entry.fields.may not in UNKNOWN:
        _spread(found, entry, {"police_may_have": entry.fields.may})


def _handed(found: dict[str, KnownItem], entry: Entry) -> None:
    _spread(found, entry, {"handed_over": True})


def _stamped(found: dict[str, KnownItem], entry: Entry) -> None:
    item, said = found.get(entry.fields.item), entry.fields
    if item:
        _change(found, entry, stamps=(*item.stamps, Stamp(entry.number, said.authority, said.at, said.token)))


def _disclosed(found: dict[str, KnownItem], entry: Entry) -> None:
    for number in entry.fields.items:
        if number in found:
            found[number] = found[number]._replace(disclosed=True)


def _change(found: dict[str, KnownItem], entry: Entry, **values: Any) -> None:
    number = entry.fields.item
    if number in found:
        found[number] = found[number]._replace(**values)


def _spread(found: dict[str, KnownItem], entry: Entry, values: Mapping[str, Any]) -> None:
    """To the item and to all that was made from it, whose own words are about how they were made."""
    waiting = [entry.fields.item]
    for number in waiting:
        if item := found.get(number):
            own = {name: value for name, value in values.items() if name != "words" or number == entry.fields.item}
            found[number] = item._replace(**own)
            waiting += [str(each) for each in item.derived]


_FOLDS = {
    "ItemTaken": _taken,
    "ItemDerived": _derived,
    "ItemMetadataRead": _read,
    "ItemHeld": _held,
    "ItemHoldLifted": lambda found, entry: _change(found, entry, held=()),
    "ItemDescribed": _described,
    "ItemMoved": _moved,
    "PoliceUseChosen": _chosen,
    "ItemHandedToPolice": _handed,
    "ItemTimeStamped": _stamped,
    "ReceiptGiven": lambda found, entry: _change(found, entry, receipt=entry.fields.receipt),
    "ItemDisclosed": _disclosed,
}
