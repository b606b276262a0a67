"""What the survivor reads: where things stand, every promise, whom to ask, what they can do and until when.

Everything here is drawn from the record and the pack at this moment. Nothing is written.
"""

from django.http import HttpRequest
from django.http import HttpResponseBase
from django.utils.safestring import SafeString

from holdfast.access.ways_in.scope import SHARED
from holdfast.casefile.codes import shown as code_shown
from holdfast.doors.look.dial import dial
from holdfast.doors.survivor.days import on_day
from holdfast.doors.survivor.happened import happened
from holdfast.doors.survivor.promised import can_until
from holdfast.doors.survivor.promised import disputes
from holdfast.doors.survivor.promised import grouped
from holdfast.doors.survivor.promised import line
from holdfast.doors.survivor.reached import agreed
from holdfast.doors.survivor.reached import people as people_in
from holdfast.doors.survivor.reached import report_number
from holdfast.doors.survivor.signed_in import Opened
from holdfast.doors.survivor.signed_in import show
from holdfast.doors.survivor.signed_in import signed_in
from holdfast.doors.survivor.signed_in import signed_in_for
from holdfast.duties.steps import steps
from holdfast.law.public import Service
from holdfast.record.entry import Entry
from holdfast.record.facts import effective

SHOWN_FIRST = 5
NEXT = 3
FOR_THE_OTHER = "for-the-other-person"


@signed_in_for("own_page", *SHARED)
def now(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """What happens now: what is late, what comes next and by when, what has happened."""
    shows_steps, shows_past = opened.may("see_next_steps"), opened.may("see_what_happened")
    found = steps(opened.file.entries, opened.pack, opened.now)
    disputed = disputes(_seen(opened))
    lines = [line(each, opened.zone, opened.now, disputed) for each in found.promises if shows_steps]
    past = happened(opened.file.entries, opened.pack, opened.now) if shows_past else []
    late = [each for each in lines if each.group == "late"]
    return show(
        request,
        "now",
        opened,
        late=late[:NEXT],
        more_late=max(0, len(late) - NEXT),
        coming=[each for each in lines if each.group == "coming"][:NEXT],
        more=max(0, sum(each.group == "coming" for each in lines) - NEXT),
        done=sum(each.group == "done" for each in lines),
        latest=past[0] if past else None,
        past=past[1 : SHOWN_FIRST + 1],
        older=past[SHOWN_FIRST + 1 :],
        can=[can_until(each, opened.zone, opened.now) for each in found.can if shows_steps and each.state == "open"],
        people=people_in(_seen(opened)) if opened.may("own_page") else [],
        today=on_day(opened.now.astimezone(opened.zone).date(), 0),
    )


@signed_in_for("see_next_steps", "say_what_was_not_done")
def every_promise(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Every promise, and whether it was kept. Whoever may only say what was not done sees what is called done."""
    found = steps(opened.file.entries, opened.pack, opened.now)
    disputed = disputes(_seen(opened))
    lines = [line(each, opened.zone, opened.now, disputed) for each in found.promises]
    if not opened.may("see_next_steps"):
        lines = [each for each in lines if each.group == "done"]
    return show(request, "list", opened, groups=grouped(lines))


@signed_in
def people(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Whom to ask."""
    seen = _seen(opened)
    services = _services(opened)
    return show(
        request,
        "people",
        opened,
        people=[(each, dial(each.number)) for each in people_in(seen)],
        number=report_number(seen),
        code=code_shown(opened.file.code),
        services=services[:SHOWN_FIRST],
        more_services=services[SHOWN_FIRST:],
    )


@signed_in_for("see_next_steps")
def until(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """What the survivor can do, and until when."""
    found = steps(opened.file.entries, opened.pack, opened.now)
    return show(request, "until", opened, can=[can_until(each, opened.zone, opened.now) for each in found.can])


@signed_in_for("see_contact")
def reach(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """How the survivor said that they may be reached. A supporter sees no part of a number."""
    return show(request, "reach", opened, agreed=agreed(_seen(opened), numbers=not opened.is_supporter))


@signed_in
def plan(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Leaving: what to think of, and who helps."""
    return show(request, "plan", opened, services=_services(opened)[:NEXT])


def _services(opened: Opened) -> list[tuple[Service, SafeString]]:
    """Who is there for a survivor, each with a number that can be tapped. Never a line for the other person."""
    return [
        (each, dial(each.number))
        for each in opened.pack.services
        if each.source.may_be_shown and each.number and each.kind != FOR_THE_OTHER
    ]


def _seen(opened: Opened) -> list[Entry]:
    """The entries as they stand: corrected ones corrected, struck ones left out."""
    return list(effective(list(opened.file.entries)))
