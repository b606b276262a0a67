"""Taking in at the desk: what it is, what is said of it, then the file; and exhibits that are things.

- Two steps, so that a file that takes an hour to come in has its words in the record's hands before it starts.
- The file never passes through these pages: it goes by a permit to a way in that seals it as it arrives.
- Injuries are photographed again as bruises come out: the day is said once the pictures are in, and stands in the list.
"""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append
from holdfast.casefile.append import append_all
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.evidence.asked import BY_WHAT
from holdfast.doors.desk.evidence.asked import WAYS
from holdfast.doors.desk.evidence.asked import Way
from holdfast.doors.desk.evidence.body import BACK
from holdfast.doors.desk.evidence.body import FRONT
from holdfast.doors.desk.evidence.take_form import TakeForm
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.local_time import TimeUnreadable
from holdfast.doors.desk.local_time import read_local
from holdfast.doors.desk.local_time import write_local
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.views.evidence import of_case
from holdfast.doors.evidence.consents import consents
from holdfast.doors.evidence.permit import TooMuchSaid
from holdfast.doors.evidence.permit import make_permit

_OFFICERS = ("injury_photograph", "scene_photograph", "body_worn_video")  # made by whoever takes them in


@in_case("take_evidence")
def take(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Chooses what it is, asks of it what belongs to it, and then asks for the file."""
    way = BY_WHAT.get((request.POST if request.method == "POST" else request.GET).get("what", ""))
    if way is None:
        return show(request, "desk/evidence/choose.html", {**of_case(opened), "ways": WAYS})
    given = consents(opened.seen, opened.now, opened.zone)
    if request.method != "POST":
        form = TakeForm(way, opened.zone, given, beforehand=_beforehand(request, opened, way))
        return _form_page(request, opened, form)
    form = TakeForm(way, opened.zone, given, request.POST)
    if shown_again(request) or not form.is_valid():
        return _form_page(request, opened, form, judged=not shown_again(request))
    try:
        return _file_page(request, opened, form)
    except TooMuchSaid as fault:
        form.add_error("words" if "words" in form.fields else None, str(fault))
        return _form_page(request, opened, form)


@in_case("take_evidence")
def exhibit(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A thing with a number and a bag: no file."""
    member = request.member  # type: ignore[attr-defined]
    named = ("exhibit", "bag", "words", "found", "present", "kept_at")
    said = {name: request.POST.get(name, "").strip() for name in named}
    errors: list[dict[str, str]] = []
    if request.method == "POST" and not shown_again(request):
        errors += [{"anchor": "id_exhibit", "why": "Give it an exhibit number."}] if not said["exhibit"] else []
        errors += [{"anchor": "id_words", "why": "Say what it is."}] if not said["words"] else []
        if not errors:
            try:
                append(
                    opened.file.id, "ExhibitTaken", {"item": str(uuid4()), **said}, by=member.by,
                    happened_at=opened.now,
                )  # fmt: skip
            except EntryRefused as no:
                errors = [{"anchor": f"id_{each.field}", "why": f"{each.field}: {each.why}"} for each in no.faults]
            else:
                say(request, "Recorded: exhibit taken. Each time it goes somewhere else, say so here.")
                return HttpResponseRedirect(reverse("desk:evidence", args=[opened.file.code]) + "#things")
    context = {**of_case(opened), "typed": said, "errors": errors}
    return show(request, "desk/evidence/exhibit.html", context, status=422 if errors else 200)


@require_POST
@in_case("take_evidence")
def photographed(request: HttpRequest, opened: Opened) -> HttpResponse:
    """All pictures of the injuries are in: says so in the record, and when they are taken again."""
    member = request.member  # type: ignore[attr-defined]
    said: dict[str, Any] = {"done": "yes", "which": request.POST.get("which", "").strip()}
    back = reverse("desk:evidence", args=[opened.file.code])
    try:
        if typed := request.POST.get("again_on", "").strip():
            said["again_on"] = read_local(typed, opened.zone).isoformat()
        if shown_again(request):
            raise TimeUnreadable("You are signed in again. Nothing is recorded yet: look at it, and record.")
        drafts = [Draft("InjuriesPhotographed", said, opened.now, _agreed(opened))]
        if again_on := said.get("again_on"):
            drafts.append(Draft("LaterPicturesAgreed", {"on": again_on, "which": said["which"]}, opened.now))
        append_all(opened.file.id, drafts, by=member.by)
    except TimeUnreadable as fault:
        say(request, str(fault), "warning")
    except EntryRefused as no:
        say(request, f"Not recorded. {no.faults[0].field.capitalize()} {no.faults[0].why}.", "warning")
    else:
        say(request, "Recorded: the injuries were photographed.")
    return HttpResponseRedirect(back)


def _agreed(opened: Opened) -> tuple[int, ...]:
    """The appointments for later pictures that nobody has answered yet: these pictures are what they were made for."""
    answered = {number for entry in opened.seen if entry.kind == "InjuriesPhotographed" for number in entry.about}
    made = [entry.number for entry in opened.seen if entry.kind == "LaterPicturesAgreed"]
    return tuple(number for number in made if number not in answered)


def _beforehand(request: HttpRequest, opened: Opened, way: Way) -> dict[str, Any]:
    """The time now for what officers make; for a further picture, what was said of the last one."""
    found: dict[str, Any] = {}
    if "made" in way.asks and way.what in _OFFICERS:
        found["made"] = write_local(opened.now.replace(second=0, microsecond=0), opened.zone)
    if way.what == "call_recording":
        found["source"] = "control_room"
    last = next(
        (each for each in reversed(opened.seen) if each.kind == "ItemTaken" and each.fields.what == way.what), None
    )
    if "further" in request.GET and last is not None:
        found |= {
            name: getattr(last.fields, name) for name in ("light", "present", "exhibit", "body") if name in way.asks
        }
        found["body"] = list(last.fields.body)
    return found


def _form_page(request: HttpRequest, opened: Opened, form: TakeForm, *, judged: bool = True) -> HttpResponse:
    errors = [
        {"anchor": f"id_{name}" if name in form.fields else "", "why": why}
        for name, whys in (form.errors.items() if form.is_bound and judged else ())
        for why in whys
    ]
    chosen = set(form["body"].value() or ()) if "body" in form.fields else set()
    context = {
        **of_case(opened),
        "way": form.way,
        "fields": [form[name] for name in form.fields if name != "body"],
        "with_body": "body" in form.fields,
        "front": [(area, area.code in chosen) for area in FRONT],
        "back": [(area, area.code in chosen) for area in BACK],
        "errors": errors,
    }
    return show(request, "desk/evidence/take.html", context, status=422 if errors else 200)


def _file_page(request: HttpRequest, opened: Opened, form: TakeForm) -> HttpResponse:
    """The last step: the file. Its permit stands in this answer alone, in no history."""
    member = request.member  # type: ignore[attr-defined]
    item = uuid4()
    source = {"source": "officer"} if form.way.what in _OFFICERS else {}
    back = f"{reverse('desk:evidence', args=[opened.file.code])}?taken={form.way.what}"
    permit = make_permit(
        door="desk", case=opened.file.id, item=item, role=member.role, staff=member.staff, said={**source, **form.said},
        at=opened.now, purpose=opened.purpose, back=back,
    )  # fmt: skip
    context = {**of_case(opened), "way": form.way, "permit": permit, "back": back}
    return show(request, "desk/evidence/file.html", context)
