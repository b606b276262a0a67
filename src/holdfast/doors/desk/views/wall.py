"""Keeping somebody out of a case, and letting them in again.

- 'I am, or know, somebody in this case': the wall goes up at once, no reason is asked, and the answer is the same
  whether or not there is such a case: whoever tries codes learns nothing from it.
- A supervisor keeps somebody else out, and with a second person lets them in. Neither of the two is they.
"""

from typing import NamedTuple

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.access.naming import after_writing
from holdfast.access.staff import StaffMember
from holdfast.access.walls import let_in
from holdfast.access.walls import wall_off
from holdfast.access.walls import walls_of
from holdfast.casefile.append import append
from holdfast.casefile.codes import plain
from holdfast.casefile.codes import shown
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.record.facts import effective

_NOT_STAFF = "Nobody who signs in here has this identifier. Check it."
_NO_REASON = "Say why they are not connected with anybody in the case."


class KeptOut(NamedTuple):
    """Somebody who is kept out now, and the entry that says so."""

    number: int
    staff: str
    how: str
    when: str


@require_POST
@signed_in("say_connected")
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """Walls the person off, and says who takes the work over."""
    member = request.member  # type: ignore[attr-defined]
    log_look(member.person, plain(code), "say_connected")
    try:
        case = case_by_code(code)
        if plain(code) in walls_of(member.staff):
            raise NoSuchCase  # for them there is none: said once, it stands
        wall_off(plain(code), member.staff, set_by=member.staff)
        said = {"staff": member.staff, "how": "said_so"}
        append(case, "StaffConnectionFound", said, by=member.by, happened_at=timezone.now())
        after_writing(case, ("StaffConnectionFound",), timezone.now())
    except Refused:
        pass  # no such case, or one that cannot be written in: a code must not tell whether there is a case
    say(
        request,
        "You no longer have this case. Tell a supervisor, not whom you know: it has to be given to somebody.",
    )
    return HttpResponseRedirect(reverse("desk:queue"))


@in_case("set_wall")
def walls(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Who is kept out of this case, and the form that keeps somebody out."""
    if request.method != "POST":
        return _page(request, opened)
    member = request.member  # type: ignore[attr-defined]
    staff = request.POST.get("staff", "").strip()
    if not StaffMember.objects.filter(staff=staff).exists():
        return _page(request, opened, anchor="staff", why=_NOT_STAFF)
    wall_off(opened.file.code, staff, set_by=member.staff)
    said = {"staff": staff, "how": "told_by_other"}
    append(opened.file.id, "StaffConnectionFound", said, by=member.by, happened_at=opened.now)
    after_writing(opened.file.id, ("StaffConnectionFound",), opened.now)
    say(request, "They no longer have this case, and are not told why.")
    return HttpResponseRedirect(reverse("desk:walls", args=[opened.file.code]))


@in_case("clear_wall")
def clear(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Lets somebody in again: a reason, and a second supervisor or safeguarding officer."""
    member = request.member  # type: ignore[attr-defined]
    number, reason = request.POST.get("number", ""), request.POST.get("reason", "").strip()
    second = request.POST.get("second", "").strip()
    found = next((row for row in _kept_out(opened) if str(row.number) == number), None)
    if found is None:
        return _page(request, opened, anchor="staff", why="Choose somebody who is kept out now.")
    if not reason:
        return _page(request, opened, anchor=f"reason-{number}", why=_NO_REASON)
    agreed = StaffMember.objects.filter(
        staff=second, role__in=("supervisor", "safeguarding_officer"), user__is_active=True
    )
    if not agreed.exists() or second in opened.known.walled_off:
        why = "The second person has to be a supervisor or safeguarding officer who is not kept out of this case."
        return _page(request, opened, anchor=f"second-{number}", why=why)
    about = [row.number for row in _kept_out(opened) if row.staff == found.staff]
    said = {"reason": reason, "second_person": second}
    try:
        append(opened.file.id, "StaffConnectionCleared", said, by=member.by, happened_at=opened.now, about=about)
    except EntryRefused as no:
        return _page(request, opened, anchor=f"second-{number}", why=f"{no.faults[0].field}: {no.faults[0].why}.")
    let_in(opened.file.code, found.staff)
    after_writing(opened.file.id, ("StaffConnectionCleared",), opened.now)
    say(request, "They may be given this case again.")
    return HttpResponseRedirect(reverse("desk:walls", args=[opened.file.code]))


def _kept_out(opened: Opened) -> list[KeptOut]:
    """Who is kept out now by an entry that somebody could clear."""
    found: dict[int, KeptOut] = {}
    for entry in effective(list(opened.file.entries)):
        if entry.kind == "StaffConnectionFound":
            when = in_short(entry.happened_at, opened.zone)
            how = entry.fields.how.replace("_", " ")
            found[entry.number] = KeptOut(entry.number, entry.fields.staff, how, when)
        elif entry.kind == "StaffConnectionCleared":
            for number in entry.about:
                found.pop(number, None)
    return list(found.values())


def _page(request: HttpRequest, opened: Opened, *, anchor: str = "", why: str = "") -> HttpResponse:
    context = {
        "rows": _kept_out(opened),
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "errors": [{"anchor": anchor, "why": why}] if why else [],
        "typed": request.POST,
    }
    return show(request, "desk/walls.html", context, status=422 if why else 200)
