"""The supervisor's overview: what survivors dispute, what is overdue role by role, and the longest overdue."""

from django.http import HttpRequest
from django.http import HttpResponse
from django.utils import timezone

from holdfast.access.log.hidden import rows_shown_to
from holdfast.access.reach import reach_of
from holdfast.casefile.packs import pack_called
from holdfast.casefile.queue import COUNTED_TO
from holdfast.casefile.queue import everybodys_queue
from holdfast.casefile.queue import queue
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.page import show
from holdfast.doors.desk.views.queue import show_waiting
from holdfast.record.entry import ROLES
from holdfast.record.entry import STAFF_ROLES

ROWS = 25
DISPUTES_LOOKED_FOR = 200


@signed_in("see_overview")
def overview(request: HttpRequest) -> HttpResponse:
    """The page."""
    now = timezone.now()
    within = reach_of(request.member.person, now)  # type: ignore[attr-defined]
    roles = []
    for role in ROLES:
        found = queue(role, at=now, limit=1, within=within)
        if role in STAFF_ROLES or found.waiting:
            roles.append((role, ROLES[role], _counted(found.overdue), _counted(found.waiting), found.overdue > 0))
    own = queue("supervisor", at=now, limit=DISPUTES_LOOKED_FOR, within=within)
    disputes = [row for row in own.rows if row.duty in _dispute_duties(row.pack)]
    late = [row for row in everybodys_queue(at=now, limit=ROWS, within=within).rows if row.state == "overdue"]
    longest = rows_shown_to(late, request.member.staff)  # type: ignore[attr-defined]
    context = {
        "roles": roles,
        "disputes": [show_waiting(row) for row in disputes],
        "longest": [show_waiting(row) for row in longest],
    }
    return show(request, "desk/overview.html", context)


def _dispute_duties(pack: str) -> frozenset[str]:
    """The duties that begin because the survivor says that something did not happen."""
    return frozenset(
        duty.id for duty in pack_called(pack).duties if any(start.kind == "PromiseDisputed" for start in duty.starts)
    )


def _counted(number: int) -> str:
    return f"{COUNTED_TO} or more" if number >= COUNTED_TO else str(number)
