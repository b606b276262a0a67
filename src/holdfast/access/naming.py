"""Whenever somebody in a case is named: the staff list is held against the case, and whoever matches is out at once.

- A match is written in the case by Holdfast itself (StaffConnectionFound), without saying with whom. A case about a
  member of staff is given to the separate unit in the same way.
- The same or nearly the same surname alone is a question for a supervisor, asked once.
- `may` compares again at every opening (access/known.py), so that nothing rests on this having run.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from holdfast.access.connections import EXACT
from holdfast.access.connections import HOW
from holdfast.access.connections import NAMING
from holdfast.access.connections import ConnectionQuestion
from holdfast.access.connections import matches_in
from holdfast.access.known import case_known
from holdfast.access.partners import TOLD
from holdfast.access.person import CaseKnown
from holdfast.access.reach import write_reach
from holdfast.access.walls import wall_off
from holdfast.access.walls import walled_off_by_record
from holdfast.access.walls import walls_of
from holdfast.casefile.append import append
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.record.entry import By
from holdfast.record.facts import effective

ITSELF = By("feed", "holdfast")
_SHARING = frozenset(
    {"SupportReferred", "SupportAnswered", "SupportDeclined", "ConsentGiven", "ConsentRefused", "ConsentWithdrawn",
     "InformationShared", "ReferralEnded", *TOLD}
)  # fmt: skip
_KEEPING_OUT = frozenset(
    {"StaffConnectionFound", "StaffConnectionCleared", "CaseGivenToSeparateUnit", "FactEstablished"}
)
MATTERS = NAMING | _SHARING | _KEEPING_OUT


def look_for_connections(file: CaseFile, at: datetime) -> CaseKnown:
    """Compares, shuts out, asks and copies; what is known of the case after it."""
    entries = effective(list(file.entries))
    matches = matches_in(entries)
    _out, cleared = walled_off_by_record(entries, matches)
    written = {entry.fields.staff for entry in entries if entry.kind == "StaffConnectionFound"}
    for match in matches:
        if match.what not in EXACT:
            _ask(file.code, match.staff, at, entries_say=match.staff in cleared or match.staff in written)
        elif match.staff not in cleared and match.staff not in written:
            written.add(match.staff)
            wall_off(file.code, match.staff, set_by=ITSELF.staff)
            said = {"staff": match.staff, "how": HOW[match.what]}
            append(file.id, "StaffConnectionFound", said, by=ITSELF, happened_at=at)
    zone = ZoneInfo(pack_called(file.pack).timezone)
    known = case_known(file, zone)
    if known.unit and not any(entry.kind == "CaseGivenToSeparateUnit" for entry in entries):
        append(file.id, "CaseGivenToSeparateUnit", {"unit": known.unit}, by=ITSELF, happened_at=at)
    write_reach(known, at)
    return known


def after_writing(case_id: UUID, kinds: Iterable[str], at: datetime) -> None:
    """To be called once entries were written: what they name is compared, and what they share is copied."""
    if not MATTERS.isdisjoint(kinds):
        look_for_connections(read_case(case_id), at)


def _ask(code: str, staff: str, at: datetime, *, entries_say: bool) -> None:
    if not entries_say and code not in walls_of(staff):
        ConnectionQuestion.objects.get_or_create(case=code, staff=staff, defaults={"raised_at": at})
