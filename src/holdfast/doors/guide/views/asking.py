"""The guided ways: a question, its answers as links, and at the end what to read and whom to ring.

Nothing that is answered is kept or sent: each answer leads to a step by its number.
"""

from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from holdfast.doors.guide.spot import Spot
from holdfast.doors.guide.views.reading import entry
from holdfast.doors.guide.views.shown import placed
from holdfast.doors.guide.views.shown import show
from holdfast.doors.guide.voice import Voice
from holdfast.doors.guide.words import service_block
from holdfast.doors.look.around import route_line
from holdfast.doors.look.around import shown_routes
from holdfast.law.public import Step
from holdfast.law.public import Way


@placed
def step(request: HttpRequest, spot: Spot, way: str, number: int) -> HttpResponse:
    """One step of a guided way."""
    going = next((each for each in spot.pack.ways if each.id == way), None)
    here = next((each for each in going.steps if each.number == number), None) if going else None
    if going is None or here is None:
        raise Http404("There is no such step. Go to the guide's first page and begin again.")
    voice = Voice(spot.tongue)
    here_id = f"way.{way}.{number}"
    answers = [
        (f"{spot.base}way/{way}/{each.to}", _beside(voice, f"{here_id}.{at}.says", each.says))
        for at, each in enumerate(here.answers, start=1)
    ]
    return show(
        request, "way", spot, rest=f"way/{way}/{number}",
        title=voice.say(f"way.{way}.title", going.title),
        begins=_begins(spot, going, number, voice), first=f"{spot.base}way/{way}/{going.steps[0].number}",
        asks=_beside(voice, f"{here_id}.asks", here.asks), says=_beside(voice, f"{here_id}.says", here.says),
        answers=answers, entries=[entry(spot, spot.page(each)) for each in here.pages],
        services=_whom_to_ring(spot, here, voice),
    )  # fmt: skip


def _begins(spot: Spot, way: Way, number: int, voice: Voice) -> SafeString | str:
    """What is said above the first question only; '' on every other step."""
    if number != way.steps[0].number:
        return "again"
    return _beside(voice, f"way.{way.id}.says", way.says) if way.says else ""


def _beside(voice: Voice, context: str, english: str) -> SafeString:
    """A sentence; where nobody checked its translation, with the English, which is what counts."""
    said = voice.say(context, english)
    if voice.tongue.say(context, english).state != "draft":
        return said
    return format_html('{} <span class="small answer" lang="en" dir="ltr">{}</span>', said, english)


def _whom_to_ring(spot: Spot, here: Step, voice: Voice) -> list[SafeString]:
    routes = {each.id: each for each in shown_routes(spot.pack)}
    services = {each.id: each for each in spot.pack.services if each.source.may_be_shown}
    return [
        format_html("<p><strong>{}</strong></p>", route_line(routes[each], spot.tongue))
        if each in routes
        else service_block(services[each], voice)
        for each in here.services
        if each in routes or each in services
    ]
