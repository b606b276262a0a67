"""What every page of the survivor's has in common: who is in, what stands around it, and that nothing is kept.

- A session lasts a quarter of an hour unused (site/doors.py), and knows only which case it opened by which way in. Each
  page looks whether that way in is still open.
- Nobody in, or a case that cannot be opened, meets the first page. It says nothing about why.
- Whoever came by second words meets the harmless page at every address, and the case is not even read.
- A supporter opens only what the survivor said; every other page is the survivor's own.
"""

from collections.abc import Callable
from contextlib import nullcontext
from contextlib import suppress
from datetime import datetime
from datetime import timedelta
from functools import wraps
from typing import Any
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods

from holdfast.access.may import Person
from holdfast.access.ways_in.kept import SECOND
from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.kept import still_open
from holdfast.access.ways_in.scope import ACTS
from holdfast.access.ways_in.scope import may_here
from holdfast.access.ways_in.scope import person_by
from holdfast.casefile.models import Case
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.doors.look.around import around
from holdfast.doors.look.around import shown_routes
from holdfast.doors.look.dial import dial
from holdfast.doors.look.leaving import came_back
from holdfast.doors.look.leaving import stay
from holdfast.doors.survivor.days import on_day
from holdfast.doors.survivor.held import held
from holdfast.law.pack import Pack
from holdfast.law.public import Route
from holdfast.record.entry import By

Page = Callable[..., HttpResponseBase]
_REFUSED = "refused"  # a form with what was wrong, sealed in the session until it is shown, once


class Opened(NamedTuple):
    """The case that this session opened, at this moment."""

    file: CaseFile
    pack: Pack
    now: datetime
    person: Person
    way: int = 0  # the way in by which they came

    def may(self, act: str) -> bool:
        """Whether whoever is in may do this here."""
        return may_here(self.person, act, self.file, self.now)

    @property
    def by(self) -> By:
        """In what role they record: a supporter in their own, so that nobody takes their words for the survivor's."""
        return By(self.person.role, self.person.staff)

    @property
    def is_supporter(self) -> bool:
        """Whether it is a supporter, and not the survivor."""
        return self.person.role == "supporter"

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
        if request.method != "POST" and (refused := request.session.pop(_REFUSED, "")):
            return HttpResponse(refused, status=422)
        answer = page(request, *args, **given)
        if answer.status_code == 422 and isinstance(answer, HttpResponse) and is_going(request):
            if "case" in request.session:
                request.session[_REFUSED] = answer.content.decode()
            return redirect(request.path)
        return answer

    return shown


def is_going(request: HttpRequest) -> bool:
    """Whether the browser itself goes to the answer of a form. With such an answer it keeps what was sent, on its disk,
    for as long as the tab is there: the four words too. So it is sent on, and asks for the page without them.
    """
    return request.method == "POST" and request.headers.get("Sec-Fetch-Mode") == "navigate"


def signed_in(page: Page) -> Page:
    """A page that is the survivor's own: `page(request, opened)`."""
    return signed_in_for("own_page")(page)


def signed_in_for(*acts: str) -> Callable[[Page], Page]:
    """A page for whoever may do one of these acts: the survivor, and a supporter to whom they gave it."""

    def around_page(page: Page) -> Page:
        @neutral
        @wraps(page)
        def shown(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
            # The first page after entering takes a round time too: a harmless one is made sooner than one of a case.
            with held() if request.session.pop("first", False) else nullcontext():
                return found(request, *args, **given)

        def found(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
            way = way_of(request)
            if way is not None and way.kind == SECOND:
                return harmless(request)
            opened = _opened(request, way)
            if opened is None:
                return redirect("survivor:enter")
            if not any(opened.may(act) for act in acts):
                answer = show(request, "not_here", opened)
                answer.status_code = 403
                return answer
            return page(request, opened, *args, **given)

        return shown

    return around_page


def harmless(request: HttpRequest) -> HttpResponseBase:
    """What second words open: the same frame and nothing of any case, at one address."""
    if request.path != reverse("survivor:now"):
        return redirect("survivor:now")
    return show(request, "notices")


def way_of(request: HttpRequest) -> WayIn | None:
    """The way in by which this session began, or None: what was ended meanwhile puts everybody out who came by it."""
    case = request.session.get("case")
    if not case:
        return None
    way = still_open(UUID(case), request.session.get("way"), timezone.now())
    if way is None:
        request.session.flush()
    return way


def pack_here(request: HttpRequest) -> Pack | None:
    """The place of whoever is in, by second words too, without reading the case; of nobody, where calls are taken here.

    It says where leaving ends and which emergency numbers stand above: alike whatever the words opened.
    """
    way = way_of(request)
    if way is not None:
        with suppress(Exception):  # the way out must stay open whatever is wrong with a pack
            return pack_called(Case.objects.values_list("pack", flat=True).get(pk=way.case))
    return _home_pack()


def _opened(request: HttpRequest, way: WayIn | None) -> Opened | None:
    if way is None:
        return None
    try:
        file = read_case(way.case)
        person = person_by(way, file)
        if person is not None:
            return Opened(file, pack_called(file.pack), timezone.now(), person, way.pk)
    except Refused:
        pass
    request.session.flush()
    return None


def show(request: HttpRequest, template: str, opened: Opened | None = None, **context: Any) -> HttpResponseBase:
    """A page with what stands around it."""
    pack = opened.pack if opened else pack_here(request)
    frame = {
        **around(pack, reverse("survivor:leave")),
        "signed_in": opened is not None,
        "may": _may(opened),
        "supporter": _last_day(opened) if opened is not None and opened.is_supporter else "",
        "here": template,
        "said": request.session.pop("said", "") if opened else "",
        "police": dial(_not_urgent(shown_routes(pack))),
    }
    return render(request, f"survivor/{template}.html", {**frame, **context})


def _may(opened: Opened | None) -> dict[str, bool]:
    """What whoever is in may do, for the links of a page."""
    return {act: opened.may(act) for act in ACTS} if opened else {}


def _last_day(opened: Opened) -> str:
    """The last day of a supporter, in words."""
    if opened.person.until is None:
        return ""
    last = (opened.person.until - timedelta(seconds=1)).astimezone(opened.zone).date()
    return on_day(last, opened.now.astimezone(opened.zone).year)


def _not_urgent(routes: tuple[Route, ...]) -> str:
    return next((route.number for route in routes if route.id == "non-emergency"), "")


def _home_pack() -> Pack | None:
    """Before anybody is in, the place is the one under which calls are taken here."""
    try:
        return pack_called(settings.HOLDFAST_PLACE)
    except Exception:  # noqa: BLE001 the way in must stay open whatever is wrong with a pack
        return None
