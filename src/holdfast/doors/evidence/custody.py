"""The story of an item, or of all items of a case: every act in order, what proves it, and what nobody knows.

Values alone, from entries that the caller has cut down to what this person may be shown. A person stands in it by role
and staff identifier, as in the record; no name, no file name and no word of a party is part of it.
"""

from collections.abc import Collection
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.witnessing import Witness
from holdfast.casefile.witnessing import first_witnesses
from holdfast.doors.evidence.stamps import trouble
from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN
from holdfast.vault.acts import Act
from holdfast.vault.acts import acts_of
from holdfast.vault.authority import Authority
from holdfast.vault.authority import NoAuthority
from holdfast.vault.authority import authority
from holdfast.vault.items import KnownItem
from holdfast.vault.items import items_of
from holdfast.vault.stamping import REFUSALS
from holdfast.vault.stamping import StampRefused

# What is told of an act beside its purpose: where to, why, how. Never what an item shows, or whose it is.
TOLD = (
    "what", "source", "police_may_have", "may", "how", "media", "metadata_left_out", "credentials", "scanned", "why",
    "second_person", "from_where", "to_where", "kept_at", "to", "to_whose_side", "bag", "exhibit", "authority", "at",
    "confirmed_by", "manifest_sha256",
)  # fmt: skip


class StampNow(NamedTuple):
    """A time stamp of the record, as it verifies now."""

    authority: str
    at: datetime
    verifies: bool
    why_not: str  # '' where it does
    signer: str
    valid_until: datetime | None
    own: bool  # the demonstration's: it proves nothing


class Story(NamedTuple):
    """All that can be told of one item."""

    item: KnownItem
    acts: tuple[Act, ...]
    stamps: tuple[StampNow, ...]
    not_stamped: str  # why there is none, and who must act; '' where there is one
    witness: Witness | None
    not_known: tuple[str, ...]


def stories(case_id: UUID, entries: Sequence[Entry], only: Collection[UUID] | None = None) -> tuple[Story, ...]:
    """Each item's story; of some items alone where they are named."""
    by_item: dict[UUID, list[Act]] = {}
    for act in acts_of(entries):
        for item in act.items:
            by_item.setdefault(item, []).append(act)
    by_number = {entry.number: entry for entry in entries}
    chosen, why_none = chosen_authority()
    known_items = [known for known in items_of(entries) if only is None or known.item in only]
    witnesses = first_witnesses(case_id, [by_number[known.number] for known in known_items])
    found = []
    for known in known_items:
        stamps = tuple(_stamp_now(known, stamp.token, stamp.authority, stamp.at, chosen) for stamp in known.stamps)
        missing = "" if stamps or known.of else why_none or _waits()
        witness = witnesses[known.number]
        acts = tuple(by_item.get(known.item, ()))
        found.append(Story(known, acts, stamps, missing, witness, _not_known(known, stamps, witness)))
    return tuple(found)


def chosen_authority() -> tuple[Authority | None, str]:
    """The authority that is set; or why there is none, and who must act."""
    try:
        return authority(), ""
    except NoAuthority as fault:
        return None, str(fault)


def _stamp_now(known: KnownItem, token: str, name: str, at: datetime, chosen: Authority | None) -> StampNow:
    if chosen is None:
        why = "No authority is set now, so it cannot be verified here. Whoever runs the system sets HOLDFAST_STAMPS."
        return StampNow(name, at, False, why, "", None, False)
    try:
        verified = chosen.verify(token, bytes.fromhex(known.sha256))
    except StampRefused as fault:
        why = f"It does not verify with the certificates set now: {REFUSALS[fault.why]}."
        return StampNow(name, at, False, why, "", None, chosen.own)
    return StampNow(name, verified.at, True, "", verified.signer, verified.valid_until, chosen.own)


def _waits() -> str:
    """Why an item has no stamp though an authority is set."""
    if found := trouble():
        return f"{found.why} It is tried again by itself; if that lasts, whoever runs the system must act."
    return "It waits to be stamped, which happens within minutes."


def _not_known(known: KnownItem, stamps: tuple[StampNow, ...], witness: Witness | None) -> tuple[str, ...]:
    """What nobody said or nothing proves: unknown is told, never passed over."""
    first = known.of is None  # what was made from it has all that was said of it
    unsaid = (
        (first and known.source in UNKNOWN, "From whom it came was not recorded."),
        (first and known.happened is None, "When what it shows happened was not recorded."),
        (first and known.made is None, "When it was made was not said by anybody."),
        (known.says_made is not None, "It says itself when it was made. That proves nothing: anybody can change it."),
        (first and known.police_may_have in UNKNOWN and known.taken_by.role == "survivor",
         "Whether police may have it was not asked."),
        (first and not known.looked_into, "Its content was not examined."),
        (not first and known.metadata_left_out != "yes",
         "Whether what the first carried beside its content was left out is not known."),
        (first and not stamps, "No time stamp proves when it was there."),
        (any(stamp.own for stamp in stamps), "The time stamp is the demonstration's own, and proves nothing."),
        (witness is None, "No signed checkpoint has seen it yet."),
        (witness is not None and not witness.fits,
         "The record no longer fits the checkpoint that saw it. Do not rely on it: run `holdfast verify`."),
    )  # fmt: skip
    return tuple(words for holds, words in unsaid if holds)
