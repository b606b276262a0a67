"""The public report's pages: first whether to ring, then a short form, then a reference and when somebody reads it.

- There is no session, no cookie and no script but leaving's. What was written is in the answer to nobody: the last page
  shows the reference alone.
- Where nothing can be kept the page says so, and to ring: a report is never thanked for and lost.
- A report of somebody who is not safe is taken all the same, and the page says first to ring.
"""

import logging
import secrets
import sqlite3
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from django.views.decorators.http import require_safe

from holdfast.casefile.packs import pack_called
from holdfast.casefile.refused import Refused
from holdfast.doors.look.around import around
from holdfast.doors.look.around import leave_to
from holdfast.doors.look.around import route_line
from holdfast.doors.look.around import shown_routes
from holdfast.doors.look.leaving import left
from holdfast.doors.report.arriving import arrive
from holdfast.doors.report.arriving import is_ours
from holdfast.doors.report.arriving import new_page
from holdfast.doors.report.arriving import read_within
from holdfast.doors.report.form import ReportForm
from holdfast.law.fault import PackRefused
from holdfast.law.language import ENGLISH
from holdfast.law.pack import Pack

_log = logging.getLogger("holdfast.report")
View = Callable[..., HttpResponse]


def offered(view: View) -> View:
    """There is no such page where reports online are not offered."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not settings.HOLDFAST_ONLINE_REPORTS:
            raise Http404
        return view(request)

    return guarded


@offered
@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Is it happening now? Then ring."""
    return _show(request, "report/first.html", {})


@offered
@require_safe
def ring(request: HttpRequest) -> HttpResponse:
    """Every way to reach somebody at once."""
    return _show(request, "report/ring.html", {})


@csrf_exempt  # there is no session to borrow: whoever sends this could as well write it themselves
@offered
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends."""
    if request.method != "POST":
        return _form(request, ReportForm())
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return _form(request, ReportForm(), status=403)
    form, token = ReportForm(request.POST), request.POST.get("page", "")
    if not is_ours(token):
        form.add_error(None, "This page had been open for too long. Look at what you wrote, and send it again.")
        return _form(request, form, status=422)
    if not form.is_valid():
        return _form(request, form, token, status=422)
    pack = _pack()
    try:
        reference = arrive(form.cleaned_data, token, pack, timezone.now())
    except (Refused, PackRefused, DatabaseError, sqlite3.Error, OSError) as fault:
        _log.error("a report could not be kept: %s", type(fault).__name__)
        return _form(request, form, token, status=503, not_kept=True)
    ring_now = form.cleaned_data["safe_now"] != "yes"
    return _show(request, "report/done.html", {"reference": reference, "ring_now": ring_now})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Away, at once, to a harmless page."""
    return left(request, leave_to(_pack()))


def _form(
    request: HttpRequest, form: ReportForm, token: str = "", status: int = 200, *, not_kept: bool = False
) -> HttpResponse:
    errors = [
        {"anchor": form[name].auto_id if name in form.fields else "", "why": str(message)}
        for name, messages in form.errors.items()
        for message in messages
    ]
    page = token or new_page(secrets.token_urlsafe(12))
    context = {"form": form, "errors": errors, "page": page, "not_kept": not_kept}
    return _show(request, "report/write.html", context, status=status)


def _show(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    pack = _pack()
    more = {
        "ways": [(route_line(route, ENGLISH), route.when) for route in shown_routes(pack)],
        "read_within": read_within(pack),
    }
    frame = around(pack, reverse("report:leave"))
    answer = render(request, template, {**frame, **more, **context}, status=status)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _pack() -> Pack:
    return pack_called(settings.HOLDFAST_PLACE)
