"""The answer to a form whose session has ended, or that another site sent: each door says it in its own way.

At the desk nothing that was typed is lost. Elsewhere the page says, without naming what it is, to open it again.
"""

from django.http import HttpRequest
from django.http import HttpResponse
from django.shortcuts import render

from holdfast.site.doors import door_at


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django calls this where a form's token is not that of its session."""
    if door_at(request.path_info).app == "holdfast.doors.desk":
        from holdfast.doors.desk.again import signed_out_meanwhile

        return signed_out_meanwhile(request)
    return render(request, "403_csrf.html", status=403)
