"""One item: what it is, its hash, when and by whom it was taken, where it went; and what is said or done about it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import NoReverseMatch
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.casefile.models import AskedOfSecond
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.evidence.body import AREAS
from holdfast.doors.desk.evidence.body import BACK
from holdfast.doors.desk.evidence.body import FRONT
from holdfast.doors.desk.evidence.shown import offered
from holdfast.doors.desk.evidence.shown import row
from holdfast.doors.desk.evidence.shown import shown_as
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.in_words import Said
from holdfast.doors.desk.in_words import fields_in_words
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.views.evidence import of_case
from holdfast.doors.desk.views.evidence import things
from holdfast.doors.desk.views.evidence_look import PURPOSES
from holdfast.doors.desk.views.evidence_look import item_here
from holdfast.doors.desk.views.evidence_look import why_not_shown
from holdfast.doors.desk.views.evidence_messages import may_be_messages
from holdfast.doors.evidence.recording import described
from holdfast.doors.evidence.recording import handed_to_police
from holdfast.doors.evidence.recording import moved
from holdfast.record.kind import FieldOf
from holdfast.record.kind import Kind
from holdfast.record.kind import fields_of
from holdfast.vault.items import KnownItem

_SAID_OF_IT = ("scale", "present", "light", "purpose", "consent")
_FOUND_IN_IT = ("made", "made_with", "place", "credentials", "scanned", "scanned_by", "told")


@in_case("see_custody")
def item_page(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """The item."""
    known, items = item_here(opened, item)
    return show(request, "desk/evidence/item.html", _context(request, opened, known, items))


@require_POST
@in_case("take_evidence")
def take_over(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """Takes over what the survivor lets police have: from then on it is evidence, and stays it."""
    known, _ = item_here(opened, item)
    member = request.member  # type: ignore[attr-defined]
    if request.POST.get("understood") != "yes" or shown_again(request):
        say(request, "Say that you take it over: after that the survivor cannot take it back.", "warning")
    elif not offered(known):
        say(request, "It was taken over already.")
    else:
        whole, length = known.of or item, opened.file.length
        try:
            handed_to_police(opened.file.id, whole, member.by, opened.now, expected_length=length)
        except CaseMovedOn:
            say(request, "Something was recorded meanwhile, so it is not taken over. Look at it again.", "warning")
            return HttpResponseRedirect(reverse("desk:evidence", args=[opened.file.code]))
        say(request, "Taken over. It is evidence now.")
    return _back(opened, item)


@require_POST
@in_case("take_evidence")
def describe(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """Says more of it: what it shows, its exhibit number and bag, the light, where on the body."""
    known, _ = item_here(opened, item)
    member = request.member  # type: ignore[attr-defined]
    said: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in ("words", "exhibit", "bag", "light")}
    said["body"] = [each for each in request.POST.getlist("body") if each in {area.code for area in AREAS}]
    said = {name: value for name, value in said.items() if value and value != getattr(known, name)}
    if "body" in said and tuple(said["body"]) == known.body:
        del said["body"]
    if not said or shown_again(request):
        say(request, "Nothing else was said, so nothing was recorded.")
        return _back(opened, item)
    try:
        described(opened.file.id, item, said, member.by, opened.now)
    except EntryRefused as no:
        say(request, f"Not recorded. {no.faults[0].field.capitalize()} {no.faults[0].why}.", "warning")
        return _back(opened, item)
    say(request, "Recorded. What was said before stays in the record.")
    return _back(opened, item)


@require_POST
@in_case("take_evidence")
def move(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """The thing itself, or what a file is kept on, went somewhere else."""
    known = {each.item for each in things(opened.seen, opened.zone)}
    if str(item) not in known:
        item_here(opened, item)
    member = request.member  # type: ignore[attr-defined]
    said = {name: request.POST.get(name, "").strip() for name in ("from_where", "to_where", "bag", "purpose")}
    back = reverse("desk:evidence", args=[opened.file.code]) + "#things" if str(item) in known else ""
    if not said["to_where"] or not said["purpose"] or shown_again(request):
        say(request, "Say where it goes, and for what.", "warning")
        return HttpResponseRedirect(back) if back else _back(opened, item)
    try:
        moved(opened.file.id, item, said.pop("purpose"), member.by, opened.now, **said)
    except EntryRefused as no:
        say(request, f"Not recorded. {no.faults[0].field.capitalize()} {no.faults[0].why}.", "warning")
    else:
        say(request, "Recorded: where it is now.")
    return HttpResponseRedirect(back) if back else _back(opened, item)


def _back(opened: Opened, item: UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:evidence-item", args=[opened.file.code, item]))


def _context(request: HttpRequest, opened: Opened, known: KnownItem, items: tuple[KnownItem, ...]) -> dict[str, Any]:
    member = request.member  # type: ignore[attr-defined]
    waiting = AskedOfSecond.objects.filter(case_id=opened.file.id, act="lift_hold", said=str(known.item)).first()
    return {
        **of_case(opened),
        "row": row(known, opened.zone),
        "more": _said(opened, known),
        "read": _read(opened, known),
        "found": _found(opened, known),
        "first": row(next(each for each in items if each.item == known.of), opened.zone) if known.of else None,
        "made_from_it": [row(each, opened.zone) for each in items if each.of == known.item],
        "moves": [
            (in_short(each.happened_at, opened.zone), each.fields, each.by.staff)
            for each in opened.seen
            if each.kind == "ItemMoved" and each.fields.item == str(known.item)
        ],
        "why_not": why_not_shown(opened, known, items),
        "how": shown_as(known),
        "may_be_messages": may_be_messages(known) and not why_not_shown(opened, known._replace(held=()), items),
        "purposes": list(PURPOSES.items()),
        "may_look": opened.may("see_evidence").allowed,
        "may_take": opened.may("take_evidence").allowed,
        "may_lift": opened.may("lift_hold").allowed,
        "waiting": waiting,
        "mine": waiting is not None and waiting.staff == member.staff,
        "front": [(area, area.code in known.body) for area in FRONT],
        "back": [(area, area.code in known.body) for area in BACK],
        "receipt": known.receipt,
        "custody": _custody(opened, known),
    }


def _said(opened: Opened, known: KnownItem) -> list[Said]:
    """What was said of it when it was taken, beside what its row has."""
    taken = next(
        (each for each in opened.seen if each.kind == "ItemTaken" and each.fields.item == str(known.of or known.item)),
        None,
    )
    if taken is None:
        return []
    asked = {field.question for field in _fields(taken.fields, _SAID_OF_IT)}
    return [each for each in fields_in_words(taken.fields, opened.zone, opened.pack) if each.question in asked]


def _read(opened: Opened, known: KnownItem) -> list[Said]:
    """What the file itself claims: nobody checked it."""
    read = [each for each in opened.seen if each.kind == "ItemMetadataRead" and each.fields.item == str(known.item)]
    if not read:
        return []
    asked = {field.question for field in _fields(read[-1].fields, _FOUND_IN_IT)}
    return [each for each in fields_in_words(read[-1].fields, opened.zone, opened.pack) if each.question in asked]


def _found(opened: Opened, known: KnownItem) -> list[str]:
    """What was found that it is held for, in the words of whatever looked into it."""
    held = [each for each in opened.seen if each.kind == "ItemHeld" and each.fields.item == str(known.item)]
    return [each.fields.found for each in held if each.fields.why in known.held and each.fields.found]


def _fields(fields: Kind, names: tuple[str, ...]) -> list[FieldOf]:
    return [field for field in fields_of(type(fields)) if field.name in names]


def _custody(opened: Opened, known: KnownItem) -> str:
    """The page of its custody, '' while there is none."""
    try:
        return reverse("desk:custody-item", args=[opened.file.code, known.item])
    except NoReverseMatch:
        return ""
