"""What was chosen for a bundle, and how far each bundle of a case has come: a pure fold over its entries.

`chosen` in BundleDrafted is JSON: a list of [item, how, ground], in the order in which they stand in the schedule.
`how` is one of HOW; `ground` is one of GROUNDS where something is held back, '' otherwise.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Literal
from typing import NamedTuple
from typing import cast
from uuid import UUID

from holdfast.record.entry import By
from holdfast.record.entry import Entry

How = Literal["as_it_is", "without_metadata", "held_back"]
HOW = {
    "as_it_is": "As it is, with all that it carries beside its content",
    "without_metadata": "As a copy without what it carries beside its content",
    "held_back": "Held back",
}
GROUNDS = {
    "would_lead_to_somebody": "It could lead to where somebody is, or to how they are reached",
    "no_consent": "Whoever it is about has not agreed",
    "privileged": "It is between somebody and their lawyer",
    "of_another": "It is about somebody else",
    "ordered": "A court ordered it",
    "other": "Another ground, which the sender can be asked for",
}
SIDES = {
    "prosecution": ("The prosecution", "What the prosecution has, it may have to give to the defence."),
    "defence": (
        "The defence",
        "The suspect will read all of it, may keep it, and may show it to others. Nobody can take it back.",
    ),
    "court": ("A court", "What a court has, both sides can come to read, the suspect too."),
    "survivor": ("The survivor", "Whoever lives with them, or finds it, may read it too."),
    "partner": ("A partner agency", "Everybody there who works on it can read it, and may have to pass it on."),
    "other": ("Somebody else", "Nobody here can say who else will read it."),
}
NEEDS_TWO = frozenset({"defence", "court", "other"})
MOST = 5_000  # items in one bundle


class Chosen(NamedTuple):
    """One item of a case, and what is to become of it."""

    item: UUID
    how: How
    ground: str = ""


class Out(NamedTuple):
    """One time that a bundle was handed out."""

    at: datetime
    by: By
    to: str
    purpose: str


class KnownBundle(NamedTuple):
    """One bundle, as far as the record knows it."""

    bundle: UUID
    number: int  # of the entry that drafted it
    at: datetime
    by: By
    to: str
    side: str
    purpose: str
    form: Literal["zip", "tar"]
    sealed_to: tuple[str, ...]
    chosen: tuple[Chosen, ...]
    dropped: bool = False
    made: int = 0  # the number of the entry that says it was made; 0 where it was not
    made_at: datetime | None = None
    made_by: By | None = None
    confirmed_by: str = ""
    items: tuple[UUID, ...] = ()  # that are in it, once it is made
    kept_as: UUID | None = None  # its number in the vault
    size: int = 0
    sha256: str = ""  # as it leaves
    manifest_sha256: str = ""
    found: str = ""  # what the look-through found and what was decided
    outs: tuple[Out, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it still waits to be made."""
        return not self.dropped and not self.made


def write_chosen(chosen: Iterable[Chosen]) -> str:
    """As the record holds it."""
    return json.dumps([[str(one.item), one.how, one.ground] for one in chosen], separators=(",", ":"))


def read_chosen(said: str) -> tuple[Chosen, ...]:
    """As it was written; ValueError where it is nothing that `write_chosen` writes."""
    found = []
    for item, how, ground in json.loads(said or "[]"):
        if how not in HOW or (how == "held_back") != (ground in GROUNDS):
            raise ValueError("a bundle's list holds something that is not known")
        found.append(Chosen(UUID(item), cast("How", how), ground))
    return tuple(found)


def bundles_of(entries: Iterable[Entry]) -> tuple[KnownBundle, ...]:
    """Every bundle of a case, in the order in which they were drafted."""
    found: dict[str, KnownBundle] = {}
    for entry in sorted(entries, key=lambda each: each.number):
        said = entry.fields
        if entry.kind == "BundleDrafted" and said.bundle not in found:
            found[said.bundle] = KnownBundle(
                UUID(said.bundle), entry.number, entry.happened_at, entry.by, said.to, said.to_whose_side,
                said.purpose, "tar" if said.form == "tar" else "zip", tuple(said.sealed_to.splitlines()),
                read_chosen(said.chosen),
            )  # fmt: skip
        elif entry.kind in ("BundleDropped", "BundleMade", "ItemDisclosed") and said.bundle in found:
            found[said.bundle] = _further(found[said.bundle], entry)
    return tuple(found.values())


def bundle_among(bundles: Iterable[KnownBundle], bundle: UUID) -> KnownBundle | None:
    """The one with this number, or None."""
    return next((each for each in bundles if each.bundle == bundle), None)


def _further(known: KnownBundle, entry: Entry) -> KnownBundle:
    said = entry.fields
    if entry.kind == "BundleDropped":
        return known if known.made else known._replace(dropped=True)
    items = tuple(map(UUID, said.items))
    if entry.kind == "ItemDisclosed":
        out = Out(entry.happened_at, entry.by, said.to, said.purpose)
        return known if out in known.outs else known._replace(outs=(*known.outs, out))
    if known.made:  # one bundle is told by several entries where it holds many items
        return known._replace(items=(*known.items, *items))
    return known._replace(
        made=entry.number, made_at=entry.happened_at, made_by=entry.by, confirmed_by=said.confirmed_by, items=items,
        kept_as=UUID(said.kept_as) if said.kept_as else None, size=said.size or 0, sha256=said.sha256 or "",
        manifest_sha256=said.manifest_sha256 or "",
        found=said.lint_found,
    )  # fmt: skip
