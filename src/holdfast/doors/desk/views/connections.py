"""What is a member of staff's own: names, addresses, numbers, so that no case that concerns them is opened to them.

- Everybody gives their own; a supervisor gives a colleague's. What is given is never shown again: only a keyed hash of
  it is kept. Nobody takes one back here.
- Below, for supervisors: the questions that a shared surname raised. The answer is an entry in the case, or nothing.
"""

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from holdfast.access.connections import ConnectionQuestion
from holdfast.access.connections import add_connections
from holdfast.access.looks import log_look
from holdfast.access.may import may
from holdfast.access.naming import after_writing
from holdfast.access.reach import reach_of
from holdfast.access.staff import StaffMember
from holdfast.access.walls import wall_off
from holdfast.casefile.append import append
from holdfast.casefile.codes import shown
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show

MOST = 50  # lines of each
_NOTHING = "Give at least one name of two words, one address with a number in it, or one telephone number."
_NOT_THEIRS = "Nobody of your force who signs in here has this identifier."


@signed_in("own_connections")
def connections(request: HttpRequest) -> HttpResponse:
    """The form, and the questions of whoever may answer them."""
    if request.method != "POST":
        return _page(request)
    member = request.member  # type: ignore[attr-defined]
    staff = request.POST.get("staff", "").strip() or member.staff
    if staff != member.staff and not _may_give_for(member, staff):
        return _page(request, anchor="staff", why=_NOT_THEIRS)
    lines = {name: request.POST.get(name, "")[:5000].splitlines()[:MOST] for name in ("names", "addresses", "numbers")}
    kept = add_connections(staff, member.staff, **lines)
    if not kept:
        return _page(request, anchor="names", why=_NOTHING)
    log_look(member.person, "", "own_connections")
    say(request, "Kept, and not shown again. A case that concerns it stays closed from now on.")
    return HttpResponseRedirect(reverse("desk:connections"))


@in_case("set_wall")
def answer(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A supervisor's answer to a shared surname: connected, or not."""
    member = request.member  # type: ignore[attr-defined]
    asked = ConnectionQuestion.objects.filter(
        case=opened.file.code, staff=request.POST.get("staff", ""), answered_at=None
    ).first()
    connected = {"yes": True, "no": False}.get(request.POST.get("connected", ""))
    if asked is None or connected is None or asked.staff == member.staff:
        return _page(request, anchor="questions", why="That question is answered already, or is not yours to answer.")
    if connected:
        wall_off(opened.file.code, asked.staff, set_by=member.staff)
        said = {"staff": asked.staff, "how": "same_name"}
        append(opened.file.id, "StaffConnectionFound", said, by=member.by, happened_at=opened.now)
        after_writing(opened.file.id, ("StaffConnectionFound",), opened.now)
    asked.answered_at, asked.answered_by, asked.connected = timezone.now(), member.staff, connected
    asked.save()
    say(request, "They are kept out of the case." if connected else "Noted: the surname alone means nothing here.")
    return HttpResponseRedirect(reverse("desk:connections"))


def _may_give_for(member: StaffMember, staff: str) -> bool:
    if not may(member.person, "set_wall", at=timezone.now()):
        return False
    return StaffMember.objects.filter(staff=staff, organisation=member.organisation).exists()


def _page(request: HttpRequest, *, anchor: str = "", why: str = "") -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    answers = may(member.person, "set_wall", at=timezone.now()).allowed
    questions = []
    if answers:
        reach = reach_of(member.person, timezone.now())
        open_now = ConnectionQuestion.objects.filter(answered_at=None).exclude(staff=member.staff).order_by("raised_at")
        questions = [(row, shown(row.case)) for row in open_now[:200] if reach.holds(row.case)]
    context = {
        "answers": answers,
        "questions": questions,
        "typed": request.POST,
        "errors": [{"anchor": anchor, "why": why}] if why else [],
    }
    return show(request, "desk/connections.html", context, status=422 if why else 200)
