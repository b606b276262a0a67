"""The directory of services. What is looked for is posted, so that it stands in no address and no history, and is
forgotten as soon as the page is made.
"""

from datetime import UTC
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import Any
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from holdfast.directory.checked import checked
from holdfast.directory.fault import DirectoryUnread
from holdfast.directory.finding import open_directory
from holdfast.directory.hours import holidays_of
from holdfast.directory.hours import open_state
from holdfast.directory.listing import CHANNELS
from holdfast.directory.listing import NEEDS
from holdfast.directory.listing import Listing
from holdfast.directory.listing import Way
from holdfast.directory.of_pack import listings_of
from holdfast.doors.guide.spot import Spot
from holdfast.doors.guide.views.shown import asked_of
from holdfast.doors.guide.views.shown import show
from holdfast.doors.guide.voice import Voice
from holdfast.doors.guide.words import service_block
from holdfast.doors.look.dial import dial
from holdfast.doors.look.say import spoken
from holdfast.law.language import Tongue
from holdfast.law.languages_known import KNOWN

AT_ONCE = 20  # services on one page: more would be too heavy for a slow line
CALLED = ("voice", "relay")
CHANNEL = "frame.channel"
AUTO = SafeString(' dir="auto"')
ENGLISH_WORDS = SafeString(' lang="en" dir="ltr"')


class Asked(NamedTuple):
    """What somebody looks for. Whatever is not in a list is not asked for."""

    need: str = ""
    language: str = ""
    channel: str = ""
    words: str = ""
    open_now: bool = False
    after: int = 0  # how many were shown already

    @classmethod
    def read(cls, given: Any) -> "Asked":
        """From a posted form."""
        need, language, channel = (given.get(name, "") for name in ("need", "language", "channel"))
        after = given.get("after", "")
        return cls(
            need if need in NEEDS else "",
            language if language in _LANGUAGES else "",
            channel if channel in CHANNELS else "",
            given.get("words", "")[:60],
            given.get("open") == "1",
            int(after) if after.isdecimal() and len(after) < 6 else 0,
        )


class Found(NamedTuple):
    """A service as the page shows it."""

    listing: Listing
    ways: SafeString
    state: str  # open, closed or unknown
    checked: str  # recent, stale or never
    day: date | None  # of the last check
    auto: SafeString | str  # how its words run on a page in another language


# Languages that people ask for a service in, by their own names.
_LANGUAGES = {tag: known.name for tag, known in KNOWN.items() if "-" not in tag or tag.startswith("zh")}


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@asked_of
def services(request: HttpRequest, spot: Spot) -> HttpResponse:
    """The form, and below it what fits; before anybody asked, what there is."""
    asked = Asked.read(request.POST)
    now = datetime.now(UTC)
    free = holidays_of(spot.pack, now)
    found, unread = _find(spot, asked, now, free)
    page = found[asked.after : asked.after + AT_ONCE]
    return show(
        request, "services", spot, rest="services", asked=asked, unread=unread,
        found=[_found(spot, each, now, free) for each in page],
        number=len(found), first=asked.after + 1, last=asked.after + len(page),
        next_after=asked.after + AT_ONCE if len(found) > asked.after + AT_ONCE else 0,
        needs=_said(spot, "need", NEEDS), channels=_said(spot, "channel", CHANNELS), languages=_LANGUAGES,
        **({} if found else _instead(spot, now, free)),
    )  # fmt: skip


def _said(spot: Spot, sort: str, names: Any) -> list[tuple[str, str]]:
    """The names in a list, in the reader's language where its catalogue has them."""
    return [(each, spot.tongue.say(f"frame.{sort}", name).text) for each, name in names.items()]


def _find(spot: Spot, asked: Asked, now: datetime, free: Any) -> tuple[list[Listing], bool]:
    """What fits; and whether the directory could not be read, so that only the pack's own services stand here."""
    wanted = asked._replace(language=asked.language.partition("-")[0])
    given: dict[str, Any] = {
        "need": wanted.need, "language": wanted.language, "channel": wanted.channel, "text": wanted.words,
        "open_at": now if wanted.open_now else None, "holidays": free, "also": listings_of(spot.pack),
    }  # fmt: skip
    directory = open_directory(Path(settings.HOLDFAST_DATA) / "directory.sqlite3")
    places = tuple(dict.fromkeys((spot.pack.id, spot.pack.country)))
    try:
        return directory.find(places, **given), False
    except DirectoryUnread:
        return open_directory(Path("/nonexistent")).find(places, **given), True


def _found(spot: Spot, listing: Listing, now: datetime, free: Any) -> Found:
    return Found(
        listing,
        format_html_join("", "<li>{}</li>", ((_way(each, spot.tongue),) for each in listing.ways)),
        open_state(listing, now, free),
        checked(listing, spot.today),
        date.fromisoformat(listing.last_checked) if listing.last_checked else None,
        _runs(listing, spot.tongue),
    )


def _runs(listing: Listing, tongue: Tongue) -> SafeString | str:
    """A pack is in English; a list is in whatever language its keeper wrote: each text runs as its own letters do."""
    if tongue.is_english:
        return ""
    if listing.id.startswith("pack:"):
        return ENGLISH_WORDS
    return AUTO if tongue.direction == "rtl" else ""


def _instead(spot: Spot, now: datetime, free: Any) -> dict[str, Any]:
    """For whoever found nothing: how many services there are in all, and the place's first helpline."""
    shown = (each for each in spot.pack.services if each.source.may_be_shown and each.kind == "helpline")
    first = next(shown, None)
    helpline = service_block(first, Voice(spot.tongue)) if first else None
    return {"all_of_them": len(_find(spot, Asked(), now, free)[0]), "helpline": helpline}


def _way(way: Way, tongue: Tongue) -> SafeString:
    """One way to reach a service: a number that can be tapped, an address that can be followed."""
    if way.channel in CALLED and way.value:
        said = dial(way.value)
    elif way.value.startswith(("https://", "http://")):
        shown = way.value.split("//", 1)[1].split("/", 1)[0].removeprefix("www.")
        said = format_html('<a href="{}" rel="noreferrer">{}</a>', way.value, shown)
    else:
        said = format_html("<bdi>{}</bdi>", way.value)
    extension = format_html(" / <bdi>{}</bdi>", way.extension) if way.extension else ""
    name = spoken(tongue, CHANNEL, CHANNELS[way.channel])
    if not way.value:
        return format_html("<bdi>{}</bdi>", way.says) if way.says else name
    if way.says:  # the number first: what its source says of it may be long
        return format_html('{}{} <span class="soft"><bdi>{}</bdi></span>', said, extension, way.says)
    return format_html("{}: {}{}", name, said, extension)
