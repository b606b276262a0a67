"""What every page of the guide has in common.

- Nothing is kept by the browser: a page of this guide in a cache is a trace on a telephone that somebody else reads.
- Somebody who left without script and comes Back meets a neutral page, until they choose to go on.
- The law of another day is shown by `?on=`, and every link of such a page leads to the same day.
"""

import re
from collections.abc import Callable
from functools import lru_cache
from functools import wraps
from typing import Any
from typing import NamedTuple

from django.conf import settings
from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from holdfast.doors.guide.places import places
from holdfast.doors.guide.spot import NoSuchDay
from holdfast.doors.guide.spot import Spot
from holdfast.doors.guide.spot import base_of
from holdfast.doors.guide.spot import spot_of
from holdfast.doors.guide.spot import today_in
from holdfast.doors.guide.tongues import tongue
from holdfast.doors.guide.tongues import tongues
from holdfast.doors.look.around import around
from holdfast.doors.look.dial import numbers_in_order
from holdfast.doors.look.leaving import came_back
from holdfast.doors.look.leaving import stay
from holdfast.doors.look.say import marked
from holdfast.law.language import ENGLISH
from holdfast.law.language import Tongue
from holdfast.law.pack import Pack

View = Callable[..., HttpResponseBase]
_INSIDE = re.compile(r'(href="/(?:guide|start)/[^"?#]*)"')


class Alternate(NamedTuple):
    """The same page in another language."""

    tag: str
    name: str
    direction: str
    link: str


def quiet(view: View) -> View:
    """A page that anybody may meet: kept by no browser, and after leaving only on asking."""
    packed: View = gzip_page(_unpacked(view))
    return packed


def _unpacked(view: View) -> View:
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **given: Any) -> HttpResponseBase:
        if came_back(request):
            answer: HttpResponseBase = render(request, "look/left.html", {"on": f"{request.path}?on"})
        elif request.GET.get("on") == "":
            answer = stay(redirect(request.path))
        else:
            answer = view(request, *args, **given)
        answer["Cache-Control"] = "no-store"
        return answer

    return shown


def page(view: View) -> View:
    """A page of no place."""
    return require_safe(quiet(view))


def placed(view: View) -> View:
    """A page of one place in one language: `view(request, spot, ...)`."""
    return require_safe(asked_of(view))


def handing_out(view: View) -> View:
    """The same for a file, which is packed already: a part of it that was packed again would be no part of it."""
    return require_safe(_unpacked(_at_its_spot(view)))


def asked_of(view: View) -> View:
    """The same for a page that may be posted to."""
    return quiet(_at_its_spot(view))


def _at_its_spot(view: View) -> View:
    @wraps(view)
    def shown(request: HttpRequest, place: str, *args: Any, tag: str = ENGLISH.tag, **given: Any) -> HttpResponseBase:
        try:
            return view(request, spot_of(request, place, tag), *args, **given)
        except Http404 as fault:
            return _missing(request, place, tag, fault)

    return shown


def _missing(request: HttpRequest, place: str, tag: str, fault: Http404) -> HttpResponse:
    """No page of a place that is known: it says so with the emergency line of that place above it."""
    pack = places().get(place)
    if pack is None:
        raise fault
    spot = Spot(pack, tongue(pack, tag) or ENGLISH, today_in(pack), today_in(pack))
    answer = show(request, "missing", spot, ease_back=spot.base, is_day=isinstance(fault, NoSuchDay))
    answer.status_code = 404
    return answer


def show(request: HttpRequest, template: str, spot: Spot, **context: Any) -> HttpResponse:
    """A page of a place, with what stands around it.

    `rest` is what follows `base` in its address: with it, the page names itself in the place's other languages.
    """
    given = {**surroundings(spot.pack, spot.tongue), "spot": spot, "place_name": _name(spot), **context}
    given["alternates"] = alternates(spot, given["rest"]) if "rest" in given else []
    given.setdefault("english_link", base_of(spot.pack.id, ENGLISH.tag) + given.get("rest", ""))
    given.setdefault("drafted", has_drafts(spot.tongue))
    given["notices"] = [_notice(spot, each.id, each.says) for each in spot.notices]
    answer = render(request, f"guide/{template}.html", given)
    if spot.tongue.direction == "rtl":
        answer.content = numbers_in_order(answer.content.decode()).encode()
    if spot.is_preview:
        answer.content = _INSIDE.sub(rf'\1?on={spot.day.isoformat()}"', answer.content.decode()).encode()
    return answer


def surroundings(pack: Pack | None, tongue: Tongue = ENGLISH) -> dict[str, Any]:
    """What stands around every page. Where there is one place only, its numbers stand on the first page too."""
    link = reverse("guide:leave_place", args=[pack.id]) if pack else reverse("guide:leave")
    offered = pack is not None and pack.online_reports and pack.id == settings.HOLDFAST_PLACE
    return {
        **around(pack or only_place(), link, tongue),
        "pack": pack,
        "survivor_link": "/my/",
        "report_link": "/note/" if offered and settings.HOLDFAST_ONLINE_REPORTS else "",
    }


def alternates(spot: Spot, rest: str) -> list[Alternate]:
    """The same page in every language of the place; nothing where there is one language only."""
    offered = tongues(spot.pack)
    if len(offered) < 2:
        return []
    return [Alternate(each.tag, each.name, each.direction, base_of(spot.pack.id, each.tag) + rest) for each in offered]


@lru_cache(maxsize=256)
def has_drafts(tongue: Tongue) -> bool:
    """Whether anything on a page in this language may be a translation that nobody has checked."""
    return tongue.drafts and any(row.state == "draft" for row in tongue.rows.values())


def only_place() -> Pack | None:
    """The place, where there is one only."""
    found = list(places().values())
    return found[0] if len(found) == 1 else None


def _name(spot: Spot) -> SafeString:
    return marked(spot.tongue.say("place.name", spot.pack.name), spot.tongue)


def _notice(spot: Spot, name: str, says: str) -> SafeString:
    """A notice may be a matter of where to go today: like an emergency line it is said in checked words only."""
    said = spot.tongue.say(f"notice.{name}.says", says)
    checked = said if said.state != "draft" else ENGLISH.say("", says)._replace(state="missing")
    return format_html("{}", marked(checked, spot.tongue))
