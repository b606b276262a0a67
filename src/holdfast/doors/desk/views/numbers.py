"""The figures: how each duty was kept, for those who answer for it. They count duties; they name nobody and no case.

- Invented cases are counted only where somebody asks for them, and the page says so.
- 'Not safe to do' and waived stand apart: neither is a promise broken, neither is one kept.
"""

from datetime import date

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.utils import timezone

from holdfast.access.reach import reach_of
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.local_time import TimeUnreadable
from holdfast.doors.desk.local_time import read_day
from holdfast.doors.desk.owed_words import AUTHORITIES
from holdfast.doors.desk.page import show
from holdfast.figures.compliance import Kept
from holdfast.figures.compliance import compliance
from holdfast.figures.compliance import in_all
from holdfast.record.entry import ROLES

COLUMNS = ("Kept", "Kept late", "Overdue", "Owed", "No date known", "Not safe to do", "Waived", "No longer owed")


@signed_in("see_figures")
def numbers(request: HttpRequest) -> HttpResponse:
    """The table, for duties whose clock started within the days asked for."""
    since, until = _day(request, "since"), _day(request, "until")
    invented = request.GET.get("invented", "1" if settings.HOLDFAST_DEMO else "") == "1"
    within = reach_of(request.member.person, timezone.now())  # type: ignore[attr-defined]
    rows = in_all(compliance(at=timezone.now(), since=since, until=until, invented=invented, within=within))
    shown = sorted(rows, key=lambda row: (-row.overdue, -row.kept_late, row.staff))
    context = {
        "columns": COLUMNS,
        "rows": [_line(row) for row in shown],
        "total": [sum(each) for each in zip(*(_counts(row) for row in rows), strict=True)] if rows else [],
        "missed": sum(row.missed for row in rows),
        "since": since.isoformat() if since else "",
        "until": until.isoformat() if until else "",
        "invented": invented,
    }
    return show(request, "desk/figures.html", context)


def _line(row: Kept) -> tuple[str, str, list[int]]:
    authority = AUTHORITIES.get(row.authority, row.authority)
    return row.staff or row.duty, f"{ROLES.get(row.owed_by, row.owed_by)}, {authority}", _counts(row)


def _counts(row: Kept) -> list[int]:
    return [row.kept, row.kept_late, row.overdue, row.open, row.undated, row.unsafe, row.waived, row.lapsed]


def _day(request: HttpRequest, name: str) -> date | None:
    """A day that was asked for; one that cannot be read asks for none."""
    try:
        return read_day(request.GET.get(name, ""))
    except TimeUnreadable:
        return None
