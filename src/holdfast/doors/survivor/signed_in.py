"""What every page of the survivor's has in common: who is in, what stands around it, and that nothing is kept.

- A session lasts a quarter of an hour unused (site/doors.py), and knows only which case it opened with which words.
- Nobody in, or a case that cannot be opened, meets the first page. It says nothing about why.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from holdfast.access.survivor_words import still_open
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.doors.look.around import around
from holdfast.doors.look.around import shown_routes
from holdfast.doors.look.dial import dial
from holdfast.doors.look.leaving import came_back
from holdfast.doors.look.leaving import stay
from holdfast.law.pack import Pack
from holdfast.law.public import Route

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
    case, words = request.session.get("case"), request.session.get("words")
    if not case:
        return None
    if not still_open(UUID(case), words):
        request.session.flush()  # new words were issued since: whoever holds the old ones is out at once
        return None
    try:
        file = read_case(UUID(case))
        return Opened(file, pack_called(file.pack), timezone.now())
    except Refused:
        request.session.flush()
        return None


def show(request: HttpRequest, template: str, opened: Opened | None = None, **context: Any) -> HttpResponseBase:
    """A page with what stands around it."""
    pack = opened.pack if opened else _home_pack()
    frame = {
        **around(pack, reverse("survivor:leave")),
        "signed_in": opened is not None,
        "here": template,
        "said": request.session.pop("said", "") if opened else "",
        "police": dial(_not_urgent(shown_routes(pack))),
    }
    return render(request, f"survivor/{template}.html", {**frame, **context})


def _not_urgent(routes: tuple[Route, ...]) -> str:
    return next((route.number for route in routes if route.id == "non-emergency"), "")


def _home_pack() -> Pack | None:
    """Before anybody is in, the place is the one under which calls are taken here."""
    try:
        return pack_called(settings.HOLDFAST_PLACE)
    except Exception:  # noqa: BLE001 the way in must stay open whatever is wrong with a pack
        return None
