"""What a place's guide says about itself: what changed in its law, its languages, its files, its terms for others."""

from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.doors.guide import changed as law_changed
from holdfast.doors.guide.files import OFFERED
from holdfast.doors.guide.files import choices
from holdfast.doors.guide.files import handed_out
from holdfast.doors.guide.spot import Spot
from holdfast.doors.guide.spot import base_of
from holdfast.doors.guide.tongues import completeness
from holdfast.doors.guide.tongues import tongues
from holdfast.doors.guide.views.reading import entry
from holdfast.doors.guide.views.shown import handing_out
from holdfast.doors.guide.views.shown import placed
from holdfast.doors.guide.views.shown import show
from holdfast.handbook.formats import FORMATS
from holdfast.law.language import Tongue


@placed
def changed(request: HttpRequest, spot: Spot) -> HttpResponse:
    """What changed in the law within a year, what will, and what is enacted without a day."""
    return show(
        request, "changed", spot, rest="changed",
        past=law_changed.grouped(law_changed.past(spot)), coming=law_changed.grouped(law_changed.coming(spot)),
        waiting=law_changed.grouped(law_changed.waiting(spot)),
    )  # fmt: skip


@placed
def languages(request: HttpRequest, spot: Spot) -> HttpResponse:
    """How far each language is: every one that has a catalogue, also those that cannot be read yet."""
    # Also those that cannot be read yet: who looks for a language is told how far it is.
    found = [_how_far(spot, each) for each in tongues(spot.pack, drafts=True) if not each.is_english]
    return show(request, "languages", spot, rest="languages", found=found)


@placed
def formats(request: HttpRequest, spot: Spot, page: str = "") -> HttpResponse:
    """In which forms a page, or the whole guide, can be had here."""
    shown = entry(spot, spot.page(page)) if page else None
    easy = (f"{spot.easy}{page}" if spot.page(page).easy else "") if page else spot.easy
    if not page and not any(each.easy for each in spot.pack.guide):
        easy = ""
    neutral = {each.made.format: each for each in choices(spot, page, "neutral")}
    return show(
        request, "formats", spot, rest=f"{page}/formats" if page else "formats", shown=shown, easy_link=easy,
        files=[(each, neutral.get(each.made.format)) for each in choices(spot, page)],
        unmade=[name for name in OFFERED if FORMATS[name].each_page or not page], whole=spot.formats if page else "",
    )  # fmt: skip


@handing_out
def file(request: HttpRequest, spot: Spot, look: str, name: str) -> HttpResponse:
    """One file."""
    return handed_out(request, spot, look, name)


@placed
def about(request: HttpRequest, spot: Spot) -> HttpResponse:
    """Under which terms the words may be published again, the bundle for that, and where the law was read."""
    bundle = [*choices(spot, "", "usual", ("bundle",))]
    return show(request, "about", spot, rest="about", bundle=bundle, hosts=sorted(spot.pack.hosts))


def _how_far(spot: Spot, tongue: Tongue) -> dict[str, object]:
    """The counts of a language, and where the guide can be read in it; no link where it cannot be yet."""
    offered = any(each.tag == tongue.tag for each in tongues(spot.pack))
    link = base_of(spot.pack.id, tongue.tag) if offered else ""
    return {
        **completeness(spot.pack, tongue)._asdict(),
        "name": tongue.name,
        "direction": tongue.direction,
        "link": link,
    }
