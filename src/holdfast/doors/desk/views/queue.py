"""What I owe, soonest first. Overdue is loud; each row says what, in which case, by when, why and by what law.

- 'Mine' is what was given to me and what is nobody's yet; 'team' is all that my role owes; 'overdue' is what of that is
  late, whoever it was given to: somebody who left, or was never there, must not hide it. 'Mine' says how much that is.
- A supervisor may look at another role's queue.
- Pages follow a cursor, so that the millionth row costs no more than the first. The row names a case by its code alone.
"""

from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.http import HttpResponse
from django.utils import timezone

from holdfast.access.may import may
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
    found = queue(role, at=at, staff=member.staff if own else "", after=request.GET.get("after", "")[:80], limit=ROWS)
    elsewhere = overdue_of(role, at=at) - found.overdue if own else 0
    rows = [row for row in found.rows if whose != "overdue" or row.state == "overdue"]
    more = found.after if len(rows) == len(found.rows) else ""
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
