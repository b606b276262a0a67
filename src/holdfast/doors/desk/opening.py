"""A case as a page of the desk has it: read, judged, and cut down to what this person is shown of it."""

from datetime import datetime
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from holdfast.access.known import case_known
from holdfast.access.known import seen_by
from holdfast.access.log.hidden import shown_to
from holdfast.access.may import Answer
from holdfast.access.may import CaseKnown
from holdfast.access.may import Person
from holdfast.access.may import may
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.doors.evidence.withheld import shown_at_desk
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry

PURPOSE_LASTS = timedelta(hours=1)
_KEPT = "purposes"  # in the session: the code and which purpose, never the words that were typed
_NO_TASK = "no task in this case"


class Opened(NamedTuple):
    """A case with what every page of it needs. `person` is None where nobody was asked about yet."""

    file: CaseFile
    pack: Pack
    zone: ZoneInfo
    known: CaseKnown
    now: datetime
    person: Person | None = None
    purpose: str = ""

    def may(self, act: str, kind: str = "") -> Answer:
        """Whether whoever has it open may do this in it."""
        assert self.person is not None  # noqa: S101 the gate put it there
        return may(self.person, act, self.known, at=self.now, kind=kind, purpose=self.purpose)

    @property
    def seen(self) -> tuple[Entry, ...]:
        """The entries that they are shown: all of them, or a partner's own work."""
        return self.file.entries if self.person is None else seen_by(self.person, self.file.entries)


def open_case_file(code: str, person: Person | None = None, purpose: str = "") -> Opened:
    """The case of that code, read and ready, or NoSuchCase. Asks nobody: that is the gate's work."""
    return opened_file(read_case(case_by_code(code)), person, purpose)


def opened_file(file: CaseFile, person: Person | None = None, purpose: str = "") -> Opened:
    """The same for a case that was read."""
    pack = pack_called(file.pack)
    zone = ZoneInfo(pack.timezone)
    known = case_known(file, zone)
    if person is not None:  # whom something unusual was found about is shown the case as if it had not been
        file = file._replace(entries=shown_at_desk(shown_to(file.entries, person.staff)))
    return Opened(file, pack, zone, known, timezone.now(), person, purpose)


def opened_again(opened: Opened) -> Opened:
    """The case as it stands now, for the same person: after something was written."""
    return open_case_file(opened.file.code, opened.person, opened.purpose)


def why_they_look(person: Person, known: CaseKnown, rule: str) -> str:
    """Why this person looks, as far as the record itself says it. Where it says nothing, that is what is written."""
    if rule == "emergency":
        return "opened in an emergency"
    if person.staff in known.recorded:
        return "has recorded in this case"
    if person.staff in known.assigned or rule in ("team", "unit"):
        return "the case is theirs"
    if person.role in known.owed_by or rule.startswith("referral"):
        return "their role owes something in this case" if person.role in known.owed_by else "the case is theirs"
    return "oversight" if person.role in ("supervisor", "auditor") else _NO_TASK


def state_purpose(request: HttpRequest, code: str, purpose: str, at: datetime) -> None:
    """Keeps for a while for what this case is needed."""
    kept = {name: said for name, said in request.session.get(_KEPT, {}).items() if said[1] > at.isoformat()}
    request.session[_KEPT] = {**kept, code: [purpose, (at + PURPOSE_LASTS).isoformat()]}


def stated_purpose(request: HttpRequest, code: str, at: datetime) -> str:
    """For what this person said a while ago that they need the case, or ''."""
    said = request.session.get(_KEPT, {}).get(code)
    return str(said[0]) if said and said[1] > at.isoformat() else ""
