"""'I am, or know, somebody in this case': the wall goes up at once, and no reason is asked."""

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.access.walls import wall_off
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.page import say


@require_POST
@in_case("read_case")
def wall(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Walls the person off, and says who takes the work over."""
    member = request.member  # type: ignore[attr-defined]
    wall_off(opened.file.code, member.staff, set_by=member.staff)
    log_look(member.person, opened.file.code, "wall_off")
    say(
        request,
        "You no longer have this case. Tell a supervisor, not whom you know: it has to be given to somebody.",
    )
    return HttpResponseRedirect(reverse("desk:queue"))
