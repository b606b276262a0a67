"""Two people for what cannot be put right: both sign in here, both may, and the second is somebody else.

- A staff identifier that nobody signs in with has agreed to nothing.
- Whoever let a colleague back in (access/sign_in/recovery.py) read the words out, and could have used them: for thirty
  days the two are not two.
"""

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.access.known import case_known
from holdfast.access.may import may
from holdfast.access.sign_in.recovery import let_in_by
from holdfast.access.staff import StaffMember
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile


class Two(NamedTuple):
    """Who they are, and why not ('' where both may)."""

    first: StaffMember | None
    second: StaffMember | None
    why: str


def two_who_may(act: str, file: CaseFile, first: str, second: str, *, at: datetime) -> Two:
    """The two, and a sentence where one of them may not."""
    found = [StaffMember.objects.filter(staff=one, user__is_active=True).first() for one in (first, second)]
    one, other = found
    if one is None or other is None:
        return Two(one, other, "Nobody signs in with this staff identifier, so nobody has decided. Look at both.")
    if one.pk == other.pk or one.user_id == other.user_id:
        return Two(one, other, "The second person has to be somebody else: nobody agrees with themselves.")
    if let_in_by(one, other) or let_in_by(other, one):
        why = "One of the two let the other back in lately, and could sign in as both. Somebody else has to decide."
        return Two(one, other, why)
    known = case_known(file, ZoneInfo(pack_called(file.pack).timezone))
    for member in (one, other):
        answer = may(member.person, act, known, at=at)
        if not answer.allowed:
            return Two(one, other, answer.why)
    return Two(one, other, "")
