"""Whether a case's file is due to be looked at, and what stands against erasing it.

- The law of its place says how long (law/retention.py); this adds what the record says still goes on: a live case, an
  open order, somebody held or on bail, an appeal, a duty that is still owed, and holds.
- Nothing is ever erased because time passed: a file is *due*, and two people decide.
"""

from collections.abc import Iterator
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.packs import pack_called
from holdfast.casefile.rederiving import every_case
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.refused import Refused
from holdfast.casefile.rows import LIVE
from holdfast.casefile.state import state_of
from holdfast.casefile.store import reading
from holdfast.duties.owed import owed
from holdfast.law.fault import PackRefused
from holdfast.law.pack import Pack
from holdfast.law.retention import Review
from holdfast.law.retention import closed_at
from holdfast.law.retention import holds_on
from holdfast.law.retention import review_of
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.facts import facts_of

HOLDS = {
    "court": "a court needs it",
    "appeal": "an appeal needs it",
    "inquiry": "an inquiry needs it",
    "review_of_death": "a review of a death needs it",
    "complaint": "a complaint needs it",
    "survivor_asked": "the survivor asked for it",
}


class Keeping(NamedTuple):
    """How one file stands. `against` is empty only where nothing that the record knows stands against erasing it."""

    case_id: UUID
    code: str
    pack: str
    review: Review
    against: tuple[str, ...]

    def due(self, at: datetime) -> bool:
        """Whether the time for which the file must be kept has passed and nothing else holds it."""
        return not self.against and self.review.due_on is not None and self.review.due_on <= at


def keeping_of(case_id: UUID, code: str, entries: Sequence[Entry], pack: Pack, at: datetime) -> Keeping:
    """How a file stands at a moment, by its own entries and its place's law."""
    standing = effective(list(entries))
    review = review_of(standing, pack.retention, pack.days, at)
    return Keeping(case_id, code, pack.id, review, tuple(_against(entries, standing, pack, at)))


def _against(entries: Sequence[Entry], standing: list[Entry], pack: Pack, at: datetime) -> Iterator[str]:
    if closed_at(standing) is None:
        yield "The case is live: it is not closed, or something happened after it was closed."
    for hold in holds_on(standing):
        yield f"It is held: {HOLDS.get(hold.for_what, 'somebody said that it must be kept')} (entry {hold.number})."
    facts, _ = facts_of(standing)
    known, in_force = facts.get("order.known") == "yes", facts.get("order.in_force")
    if in_force == "yes" or (known and in_force != "no"):
        yield "An order or notice is in force, or nothing says that it has ended."
    if "yes" in (facts.get("suspect.in_custody"), facts.get("suspect.on_bail")):
        yield "The suspect is held or on bail, as far as the record says."
    lodged = [entry.number for entry in standing if entry.kind == "AppealLodged"]
    decided = {number for entry in standing if entry.kind == "AppealDecided" for number in entry.about}
    if set(lodged) - decided:
        yield "An appeal was lodged, and nothing says how it was decided."
    open_now = sum(item.state in LIVE for item in owed(entries, pack, at))
    if open_now:
        yield f"{open_now} {'duty is' if open_now == 1 else 'duties are'} still owed in it."


def keeping(case_id: UUID, at: datetime | None = None) -> Keeping:
    """How one file stands; NoSuchCase, or CannotKeep where it is erased or damaged."""
    with reading() as connection:
        state = state_of(connection, case_id)
    return keeping_of(case_id, state.code, state.entries, pack_called(state.pack), at or datetime.now(UTC))


def files_due(at: datetime | None = None) -> Iterator[Keeping]:
    """The files that are due to be looked at. Cases that are erased or damaged, or whose pack has faults, are not."""
    at = at or datetime.now(UTC)
    for case_id in every_case():
        try:
            found = keeping(case_id, at)
        except (Refused, PackRefused, NoSuchCase):
            continue  # what cannot be read is kept, and `verify` tells of it
        if found.due(at):
            yield found
