"""What the overnight pass found, proposed in both cases: by Holdfast itself, and answered by a person."""

from datetime import datetime
from typing import NamedTuple

from holdfast.access.naming import ITSELF
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.history.links import propose
from holdfast.people.linking.everybody import everybody
from holdfast.people.linking.overnight import MEMORY
from holdfast.people.linking.overnight import Between
from holdfast.people.linking.overnight import propose_all


class Passed(NamedTuple):
    """What one pass came to."""

    cases: int
    people: int
    unread: int  # cases that could not be read, and so were not compared
    found: int  # two cases each
    proposed: int  # of those, the ones that said something new
    doubles: int  # of those, the ones that may be one report, taken twice


def link_all(at: datetime, memory: str = MEMORY) -> Passed:
    """Reads every case, compares, proposes. CannotLink where Splink is absent or the memory does not suffice."""
    known = everybody()
    found = propose_all(known.people, {case: file.opened_at for case, file in known.files.items()}, memory)
    written = [between for between in found if _propose(between, at)]
    doubles = sum(1 for between in written if between.proposal.double == "yes")
    return Passed(len(known.files), len(known.people), known.unread, len(found), len(written), doubles)


def _propose(between: Between, at: datetime) -> bool:
    """Writes it, by the cases as they stand now: somebody may have answered while the pass ran."""
    try:
        one, other = read_case(between.one), read_case(between.other)
        if one.invented != other.invented:
            return False  # an example belongs to nobody
        return propose(one, other, between.proposal, found_by="overnight_pass", by=ITSELF, at=at) > 0
    except Refused:
        return False
