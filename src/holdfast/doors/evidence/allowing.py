"""Whether whoever was given a permit still may: asked each time it is used, and once more before an item is taken.

A survivor's way in may have been ended meanwhile, a member of staff walled off, moved or stopped. A supporter and
whoever came by second words never get here: no page gives them a permit, and none of theirs would hold.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from holdfast.access.known import case_known
from holdfast.access.may import may
from holdfast.access.staff import StaffMember
from holdfast.access.ways_in.kept import SECOND
from holdfast.access.ways_in.kept import still_open
from holdfast.access.ways_in.scope import may_here
from holdfast.access.ways_in.scope import person_by
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.doors.evidence.permit import Permit
from holdfast.doors.live.models import LiveLink
from holdfast.record.entry import By

SURVIVOR = "survivor"
SCENE = "live"  # a telephone that opened a link: its permit names the stream as its purpose


def allowed(permit: Permit, at: datetime) -> CaseFile | None:
    """The case that the permit is for, where whoever has it still may give something into it; None where not."""
    try:
        file = read_case(permit.case)
        may_they = {SURVIVOR: _survivor_may, SCENE: _scene_may}.get(permit.door, _staff_may)
        return file if may_they(permit, file, at) else None
    except Refused:  # erased, damaged, or not there
        return None


def by(permit: Permit) -> By:
    """In what role it is recorded."""
    return By(permit.role, permit.staff)


def _survivor_may(permit: Permit, file: CaseFile, at: datetime) -> bool:
    way = still_open(permit.case, permit.way, at)
    if way is None or way.kind == SECOND:
        return False
    person = person_by(way, file)
    return person is not None and person.role == permit.role and may_here(person, "own_page", file, at)


def _scene_may(permit: Permit, file: CaseFile, at: datetime) -> bool:
    link = LiveLink.objects.filter(stream=permit.purpose, case=file.id, ended_at=None)
    return permit.role == "feed" and link.exclude(opened_at=None).exists()


def _staff_may(permit: Permit, file: CaseFile, at: datetime) -> bool:
    member = StaffMember.objects.filter(staff=permit.staff, role=permit.role, user__is_active=True).first()
    if member is None:
        return False
    known = case_known(file, ZoneInfo(pack_called(file.pack).timezone))
    return may(member.person, "take_evidence", known, at=at, purpose=permit.purpose).allowed
