"""Where a reader is: the place, the language and the day; and the addresses of whatever lies around.

English keeps the short addresses, `/guide/PLACE/...`; another language stands after the place: `/guide/PLACE/TAG/...`.
"""

from __future__ import annotations

from datetime import date
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.http import Http404
from django.http import HttpRequest

from holdfast.doors.guide.places import places
from holdfast.doors.guide.tongues import tongue as tongue_of
from holdfast.law.language import Tongue
from holdfast.law.pack import Pack
from holdfast.law.public import GuidePage
from holdfast.law.public import Notice

FIRST, LAST = date(1900, 1, 1), date(2099, 12, 31)  # of the days that may be asked for


class NoSuchDay(Http404):
    """What was asked for after `?on=` is no day."""


class Spot(NamedTuple):
    """One place in one language as on one day. Each address that begins here ends without a slash, except `base`."""

    pack: Pack
    tongue: Tongue
    day: date
    today: date

    @property
    def is_preview(self) -> bool:
        """Whether this is the law of another day than today."""
        return self.day != self.today

    @property
    def base(self) -> str:
        """The contents of the guide."""
        return base_of(self.pack.id, self.tongue.tag)

    @property
    def easy(self) -> str:
        """The easy-read edition's contents."""
        return f"{self.base}easy/"

    @property
    def formats(self) -> str:
        """The files of the whole guide."""
        return f"{self.base}formats"

    @property
    def services(self) -> str:
        """The directory."""
        return f"{self.base}services"

    @property
    def changed(self) -> str:
        """What changed in the law."""
        return f"{self.base}changed"

    @property
    def languages(self) -> str:
        """How far each language is."""
        return f"{self.base}languages"

    @property
    def about(self) -> str:
        """Licence, sources, the bundle for other agencies."""
        return f"{self.base}about"

    @property
    def card(self) -> str:
        """The card with blanks."""
        return f"{self.base}card"

    @property
    def place_name(self) -> str:
        """What the place is called in the language."""
        return self.tongue.say("place.name", self.pack.name).text

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What is so for a while, and holds on this day."""
        day = self.day.isoformat()
        return tuple(each for each in self.pack.notices if each.source.may_be_shown and each.from_ <= day <= each.until)

    def page(self, page: str) -> GuidePage:
        """A guide page by its id, or Http404."""
        found = next((each for each in self.pack.guide if each.id == page), None)
        if found is None:
            raise Http404("There is no such page in this guide. Go to its first page and choose from there.")
        return found


def base_of(place: str, tag: str) -> str:
    """The address of a place's guide in a language."""
    return f"/guide/{place}/" if tag == "en" else f"/guide/{place}/{tag}/"


def spot_of(request: HttpRequest, place: str, tag: str = "en") -> Spot:
    """Where an address leads, or Http404. `?on=2026-03-31` shows another day's law, to check a change."""
    pack = places().get(place)
    if pack is None:
        raise Http404("There is no guide for this place. Go to the first page and choose from there.")
    tongue = tongue_of(pack, tag)
    if tongue is None:
        raise Http404("This guide cannot be read in that language yet. Go to its first page and choose from there.")
    today = today_in(pack)
    return Spot(pack, tongue, _day(request.GET.get("on", ""), today), today)


def today_in(pack: Pack) -> date:
    """The day that it is in a place."""
    return datetime.now(ZoneInfo(pack.timezone)).date()


def _day(asked: str, today: date) -> date:
    try:
        day = date.fromisoformat(asked) if asked else today
    except ValueError:
        day = date.min
    if not FIRST <= day <= LAST:
        raise NoSuchDay("This is not a day that can be shown. Write it as year, month and day: 2026-03-31.")
    return day
