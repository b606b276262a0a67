"""A supervisor's page of colleagues: a way back in for somebody who stands in front of them, and ending sign-ins."""

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.access.sign_in import recovery
from holdfast.access.sign_in import sessions
from holdfast.access.sign_in.fresh import ask_again
from holdfast.access.sign_in.fresh import is_fresh
from holdfast.access.staff import StaffMember
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.gate import signed_in
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show

_NOBODY = (
    "There is no colleague of this identifier for whom you may do this: only of your own organisation, never yourself."
)
_NOT_SEEN = "Say that they are in front of you and that you know them. A voice on the telephone is not enough."
MOST = 300


@signed_in("start_recovery")
def colleagues(request: HttpRequest) -> HttpResponse:
    """Who is in the same organisation, by identifier and role."""
    return _page(request)


@signed_in("start_recovery")
@require_POST
def recover(request: HttpRequest, staff: str) -> HttpResponse:
    """Words that are read out to a colleague, shown once."""
    member = request.member  # type: ignore[attr-defined]
    if not is_fresh(request):
        return ask_again(request)
    colleague = _colleague(member, staff)
    if colleague is None:
        log_look(member.person, "", "start_recovery", f"for {staff[:60]}", allowed=False)
        return refused(request, _NOBODY, status=404)
    if request.POST.get("seen") != "yes":
        return _page(request, _NOT_SEEN, status=400)
    words = recovery.start(member.person, colleague, member)
    return show(request, "desk/account/recovery_words.html", {"words": words, "colleague": colleague})


@signed_in("end_sign_ins")
@require_POST
def end(request: HttpRequest, staff: str) -> HttpResponse:
    """Ends every sign-in of a colleague."""
    member = request.member  # type: ignore[attr-defined]
    if not is_fresh(request):
        return ask_again(request)
    colleague = _colleague(member, staff)
    log_look(member.person, "", "end_sign_ins", f"of {staff[:60]}", allowed=colleague is not None)
    if colleague is None:
        return refused(request, _NOBODY, status=404)
    count = sessions.end_all(colleague)
    say(request, f"{count} sign-ins of {colleague.staff} were ended." if count != 1 else
        f"The sign-in of {colleague.staff} was ended.")  # fmt: skip
    return HttpResponseRedirect(reverse("desk:colleagues"))


def _colleague(member: StaffMember, staff: str) -> StaffMember | None:
    found = StaffMember.objects.filter(staff=staff, user__is_active=True).select_related("user").first()
    return found if found is not None and recovery.may_start(member, found) else None


def _page(request: HttpRequest, why: str = "", status: int = 200) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    asked = request.GET.get("staff", "").strip()[:60]
    found = StaffMember.objects.filter(
        agency=member.agency, organisation=member.organisation, user__is_active=True, staff__icontains=asked
    ).exclude(pk=member.pk)
    context = {
        "colleagues": [one for one in found.order_by("staff")[:MOST] if recovery.may_start(member, one)],
        "asked": asked,
        "errors": [{"anchor": "", "why": why}] if why else [],
    }
    return show(request, "desk/account/colleagues.html", context, status=status)
