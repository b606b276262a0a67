"""What every page of the survivor's has in common: who is in, what stands around it, and that nothing is kept.

- A session lasts a quarter of an hour unused, and knows nothing but which case it opened.
- Nobody in, or a case that cannot be opened, meets the first page. It says nothing about why.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from holdfast.casefile.packs import pack_called
from holdfast.casefile.packs import pack_names
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.doors.look.dial import dial
from holdfast.doors.look.dial import with_numbers
from holdfast.doors.look.leaving import came_back
from holdfast.doors.look.leaving import stay
from holdfast.law.pack import Pack
from holdfast.law.pack import Route

MINUTES = 15
SOMEWHERE_ELSE = "https://www.wikipedia.org/"
AT_THE_TOP = 2

Page = Callable[..., HttpResponseBase]


class Opened(NamedTuple):
    """The case that this session opened, at this moment."""

    file: CaseFile
    pack: Pack
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the survivor reads times."""
        return ZoneInfo(self.pack.timezone)


def neutral(page: Page) -> Page:
    """A page that anybody may meet: kept by no browser, and after leaving only on asking."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @gzip_page
    @wraps(page)
    def shown(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        if came_back(request):
            return render(request, "look/left.html", {"on": f"{request.path}?on"})
        if request.method != "POST" and request.GET.get("on") == "":
            return stay(redirect(request.path))
        return page(request, *args, **given)

    return shown


def signed_in(page: Page) -> Page:
    """A page of one case: `page(request, opened)`."""

    @neutral
    @wraps(page)
    def shown(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        opened = open_case_of(request)
        if opened is None:
            return redirect("survivor:enter")
        return page(request, opened, *args, **given)

    return shown


def open_case_of(request: HttpRequest) -> Opened | None:
    """The case of this session, or None."""
    named = request.session.get("case")
    if not named:
        return None
    try:
        file = read_case(UUID(named))
        return Opened(file, pack_called(file.pack), timezone.now())
    except Refused:
        request.session.flush()
        return None


def show(request: HttpRequest, template: str, opened: Opened | None = None, **context: Any) -> HttpResponseBase:
    """A page with what stands around it."""
    pack = opened.pack if opened else _only_pack()
    routes = [route for route in pack.emergency if route.source.may_be_shown] if pack else []
    around = {
        "page_language": pack.language if pack else "en",
        "leave_to": (pack.leave_to if pack else "") or SOMEWHERE_ELSE,
        "leave_link": reverse("survivor:leave"),
        "routes": [with_numbers(route.short, route.number) for route in routes[:AT_THE_TOP]],
        "signed_in": opened is not None,
        "here": template,
        "said": request.session.pop("said", "") if opened else "",
        "police": dial(_not_urgent(routes)),
    }
    return render(request, f"survivor/{template}.html", {**around, **context})


def _not_urgent(routes: list[Route]) -> str:
    return next((route.number for route in routes if route.id == "non-emergency"), "")


def _only_pack() -> Pack | None:
    """Before anybody is in, the place is known only where there is one."""
    names = pack_names()
    try:
        return pack_called(names[0]) if len(names) == 1 else None
    except Exception:  # noqa: BLE001 the way in must stay open whatever is wrong with a pack
        return None
