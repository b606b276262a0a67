"""Looking at an item's content, and taking a copy out. Both ask for what, and both are entries before a byte is shown.

- One look is one entry: a film is asked for piece by piece, and whoever goes back in it within the half hour looks no
  second time. After that, for another item or from another browser, for what is asked anew.
- A held item is never shown, nor what was not taken over from the survivor, nor a medical record without a consent.
- A picture is the preview that was made from it. Film and sound are played as they are, in pieces (RFC 9110).
  Everything else is words, escaped, or a file that no browser opens by itself.
"""

from datetime import datetime
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.doors.desk.evidence.ranges import answer
from holdfast.doors.desk.evidence.shown import PLAYED
from holdfast.doors.desk.evidence.shown import offered
from holdfast.doors.desk.evidence.shown import picture_of
from holdfast.doors.desk.evidence.shown import row
from holdfast.doors.desk.evidence.shown import shown_as
from holdfast.doors.desk.evidence.words import words_of
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.leaving import GOES_ON
from holdfast.doors.desk.leaving import asked
from holdfast.doors.desk.leaving import decisions_of
from holdfast.doors.desk.leaving import in_the_log
from holdfast.doors.desk.leaving import why_not_yet
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.views.evidence import of_case
from holdfast.doors.evidence.consents import consents
from holdfast.doors.evidence.consents import why_not_used
from holdfast.doors.evidence.leaving import look_over
from holdfast.doors.evidence.recording import copied
from holdfast.doors.evidence.recording import looked_at
from holdfast.vault.items import KnownItem
from holdfast.vault.items import item_among
from holdfast.vault.items import items_of
from holdfast.vault.media import MEDIA
from holdfast.vault.place import item_of
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import StoreFault

ONE_LOOK = timedelta(minutes=30)
_LOOKS = "evidence-looks"  # in the session: which item until when, never for what
PURPOSES = {
    "investigation": "To investigate this case",
    "taking": "To check what I took or was given",
    "safety": "To judge how much danger there is",
    "charging": "To advise on or decide about a charge",
    "disclosure": "To decide what is disclosed",
    "survivor": "The survivor asked",
    "other": "Something else",
}
GONE = (
    "This item cannot be read from the vault now. Its entry and its hash stand in the record. Tell whoever runs this "
    "system: it has to be put back from the newest copy of the vault."
)


def item_here(opened: Opened, item: UUID) -> tuple[KnownItem, tuple[KnownItem, ...]]:
    """The item, and all of its case. There is no such page where police may not have it."""
    items = items_of(opened.seen)
    found = item_among(items, item)
    if found is None:
        raise Http404
    return found, items


def why_not_shown(opened: Opened, item: KnownItem, items: tuple[KnownItem, ...]) -> str:
    """Why its content is shown to nobody now; '' where it may be."""
    first = (item_among(items, item.of) if item.of else None) or item
    if offered(first):
        return (
            "The survivor gave this. Take it over first: until then it is theirs, and they may still change their mind."
        )
    if item.held or (first.held and item.how not in ("preview", "thumbnail", "without_metadata", "text")):
        return "It is held, and shown to nobody as it is."
    if not first.looked_into and not first.held:
        return "It was not examined yet, so nothing says that it is safe to show. Look again in a minute."
    return why_not_used(item, opened.seen, consents(opened.seen, opened.now, opened.zone))


@require_POST
@in_case("see_evidence")
def look(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """Says for what, and goes on to the content."""
    known, items = item_here(opened, item)
    purpose = said_purpose(request)
    why = why_not_shown(opened, known, items)
    if why or not purpose or shown_again(request):
        say(request, why or "Say for what you look at it. It stands in the record.", "warning")
        return HttpResponseRedirect(reverse("desk:evidence-item", args=[opened.file.code, item]))
    member = request.member  # type: ignore[attr-defined]
    looked_at(opened.file.id, item, purpose, member.by, opened.now)
    picture = picture_of(known, items)
    remember(request, {item, picture.item} if picture else {item}, opened.now)
    return HttpResponseRedirect(reverse("desk:evidence-view", args=[opened.file.code, item]))


@in_case("see_evidence")
def view(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """The content on a page of its own."""
    known, items = item_here(opened, item)
    why = why_not_shown(opened, known, items)
    if why or not may_go_on(request, item, opened.now):
        return HttpResponseRedirect(reverse("desk:evidence-item", args=[opened.file.code, item]))
    how, picture = shown_as(known), picture_of(known, items)
    context: dict[str, Any] = {**of_case(opened), "row": row(known, opened.zone), "how": how}
    try:
        context |= words_of(item_of(opened.file.id, item), known) if how in ("text", "parts") else {}
    except (StoreFault, NotAnItem):
        return refused(request, GONE, status=503)
    context["picture"] = picture.item if picture else None
    context["from_until"] = ONE_LOOK.seconds // 60
    return show(request, "desk/evidence/view.html", context)


def _of_a_look(request: HttpRequest, item: UUID) -> bool:
    """Whether this piece belongs to a look that stands in the log already."""
    return may_go_on(request, item, timezone.now())


@in_case("see_evidence", of_one_look=_of_a_look)
def content(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponseBase:
    """The bytes of a preview, a film or a recording, or of a part of it."""
    known, items = item_here(opened, item)
    if why_not_shown(opened, known, items) or not may_go_on(request, item, opened.now):
        return HttpResponseRedirect(reverse("desk:evidence-item", args=[opened.file.code, item]))
    shown = picture_of(known, items)
    media = known.media if shown is not None and shown.item == item else PLAYED.get(known.media, "")
    if not media:
        raise Http404
    try:
        return answer(request, item_of(opened.file.id, item), media)
    except (StoreFault, NotAnItem):
        return refused(request, GONE, status=503)


@require_POST
@in_case("see_evidence")
def copy_out(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponseBase:
    """A copy of it as it was taken in, looked through and confirmed, saved under a name that says nothing."""
    known, items = item_here(opened, item)
    purpose, to = said_purpose(request), request.POST.get("to", "").strip()[:300]
    why = why_not_shown(opened, known, items)
    if why or not purpose or not to or shown_again(request):
        missing = "Say for what you take a copy, and where it goes. Both stand in the record."
        say(request, why or missing, "warning")
        return HttpResponseRedirect(reverse("desk:evidence-item", args=[opened.file.code, item]))
    member = request.member  # type: ignore[attr-defined]
    try:
        opened_item = item_of(opened.file.id, item)
    except (StoreFault, NotAnItem):
        return refused(request, GONE, status=503)
    leaving = look_over(
        opened.file, {"copy.to": ("where the copy goes", to)}, [("the file", known)], decisions_of(request)
    )
    not_yet = why_not_yet(request, leaving)
    if not_yet is not None:
        again = {name: request.POST.get(name, "") for name in ("purpose", "words", "to")}
        context = {
            **of_case(opened), **asked(leaving, not_yet, again),
            "who": (f"{to}: whoever has the file reads all of it, and what it carries beside its content.", GOES_ON),
            "look_at": reverse("desk:evidence-view", args=[opened.file.code, item]),
            "back": reverse("desk:evidence-item", args=[opened.file.code, item]),
            "doing": "Record it, and take the copy",
        }  # fmt: skip
        return show(request, "desk/leaving.html", context, status=422 if not_yet else 200)
    copied(opened.file.id, item, purpose, member.by, opened.now, to=to)
    log_look(member.person, opened.file.code, "see_evidence", f"a copy was taken out; {in_the_log(leaving)}")
    return answer(request, opened_item, "application/octet-stream", attached=neutral_name(known))


def neutral_name(item: KnownItem) -> str:
    """What a copy is saved under: a part of its number, and what it is by its content."""
    kind = MEDIA.get(item.media)
    return f"item-{item.item.hex[:8]}.{kind.endings[0] if kind else 'bin'}"


def said_purpose(request: HttpRequest) -> str:
    """For what, in words; '' where nobody said. Something else needs words of its own."""
    chosen, own = request.POST.get("purpose", ""), request.POST.get("words", "").strip()[:2000]
    if chosen not in PURPOSES or (chosen == "other" and len(own) < 3):
        return ""
    return own if chosen == "other" else f"{PURPOSES[chosen]}{f': {own}' if own else ''}"


def may_go_on(request: HttpRequest, item: UUID, at: datetime) -> bool:
    """Whether this browser said for what it looks at this item, within the half hour."""
    until: str = request.session.get(_LOOKS, {}).get(str(item), "")
    return until > at.isoformat()


def remember(request: HttpRequest, items: set[UUID], at: datetime) -> None:
    """For the next half hour this browser may look at these again."""
    kept = {each: until for each, until in request.session.get(_LOOKS, {}).items() if until > at.isoformat()}
    request.session[_LOOKS] = kept | {str(each): (at + ONE_LOOK).isoformat() for each in items}
