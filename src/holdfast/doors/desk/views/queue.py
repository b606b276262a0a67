"""What I owe, soonest first. Overdue is loud; each row says what, in which case, by when, why and by what law.

- 'Mine' is what was given to me and what is nobody's: not given yet, or given to somebody who signs in no longer and
  must not hide what is late. 'Team' is also what was given to my team. A supervisor's is all that the role owes.
- A supervisor may look at another role's queue.
- Pages follow a cursor, so that the millionth row costs no more than the first. The row names a case by its code alone.
"""

from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.http import HttpResponse
from django.utils import timezone

from holdfast.access.log.hidden import rows_shown_to
from holdfast.access.may import may
from holdfast.access.reach import left_behind
from holdfast.access.reach import reach_of
from holdfast.access.reach import work_beside
from holdfast.casefile.codes import shown
from holdfast.casefile.packs import pack_called
from holdfast.casefile.queue import COUNTED_TO
from holdfast.casefile.queue import Waiting
from holdfast.casefile.queue import overdue_of
from holdfast.casefile.queue import queue
from holdfast.doors.desk.acts import ways_of
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.owed_words import DutyShown
from holdfast.doors.desk.owed_words import duty_of
from holdfast.doors.desk.owed_words import show_duty
from holdfast.doors.desk.page import show
from holdfast.record.entry import ROLES

ROWS = 40
WHOSE = {"mine": "Mine and nobody’s yet", "team": "All of my role’s", "overdue": "Overdue"}


@signed_in("search")
def my_queue(request: HttpRequest) -> HttpResponse:
    """The queue of whoever is signed in."""
    member = request.member  # type: ignore[attr-defined]
    whose = request.GET.get("whose", "mine")
    whose = whose if whose in WHOSE else "mine"
    asked = request.GET.get("role", "")
    role = asked if asked in ROLES and may(member.person, "see_overview", at=timezone.now()) else member.role
    own = role == member.role and whose == "mine"
    at = timezone.now()
    within = reach_of(member.person, at)
    # Only who answers for others' work sees what was given to others; everybody else, their own, their team's and what
    # somebody held who signs in no longer.
    among = left_behind(role) if own else work_beside(member, role)
    leads = may(member.person, "see_overview", at=at).allowed
    everyone = not own and leads
    staff, after = "" if everyone else member.staff, request.GET.get("after", "")[:80]
    found = queue(role, at=at, staff=staff, among=among, after=after, limit=ROWS, within=within)
    elsewhere = overdue_of(role, at=at, within=within) - found.overdue if own else 0
    rows = [row for row in found.rows if whose != "overdue" or row.state == "overdue"]
    more = found.after if len(rows) == len(found.rows) else ""
    rows = rows_shown_to(rows, member.staff)
    context = {
        "rows": [show_waiting(row) for row in rows],
        "whose": whose,
        "filters": list(WHOSE.items()),
        "role": role,
        "role_asked": ROLES[role] if role != member.role else "",
        "after": more,
        "first": not request.GET.get("after"),
        "overdue": _counted(found.overdue),
        "waiting": _counted(found.waiting),
        "elsewhere": max(0, elsewhere),
        "leads": leads,
        "any_overdue": found.overdue > 0,
    }
    return show(request, "desk/queue.html", context)


def show_waiting(row: Waiting) -> tuple[DutyShown, str, str]:
    """A row of the queue with its case's code, as written for people and as it stands in addresses."""
    pack = pack_called(row.pack)
    duty = duty_of(pack, row.duty, row.started_at)
    if duty is None:
        raise LookupError(f"The pack {row.pack} no longer has the duty {row.duty}: derive the duties again.")
    drawn = show_duty(
        duty,
        state=row.state,
        started_by=row.started_by,
        instance=row.instance,
        due_by=row.due_by,
        in_words=row.in_words,
        now=timezone.now(),
        zone=ZoneInfo(pack.timezone),
        case=row.code,
        ways=ways_of(duty, row.started_by),
    )
    return drawn, shown(row.code), row.code


def _counted(number: int) -> str:
    return f"{COUNTED_TO} or more" if number >= COUNTED_TO else str(number)
