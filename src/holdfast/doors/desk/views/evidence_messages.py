"""An export of messages, read as a thread. A look like any other: for what is asked first, and stands in the record.

A ZIP with an export is held as an archive and stays so. Its text is read and shown as words all the same: nothing of it
is unpacked or run, and the hold is on the archive.
"""

from uuid import UUID

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.doors.desk.evidence.shown import row
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.views.evidence import of_case
from holdfast.doors.desk.views.evidence_look import GONE
from holdfast.doors.desk.views.evidence_look import PURPOSES
from holdfast.doors.desk.views.evidence_look import item_here
from holdfast.doors.desk.views.evidence_look import may_go_on
from holdfast.doors.desk.views.evidence_look import remember
from holdfast.doors.desk.views.evidence_look import said_purpose
from holdfast.doors.desk.views.evidence_look import why_not_shown
from holdfast.doors.evidence.recording import looked_at
from holdfast.doors.evidence.threads import shown
from holdfast.vault.items import KnownItem
from holdfast.vault.messages.opening import threads_of
from holdfast.vault.messages.values import NotAnExport
from holdfast.vault.place import item_of
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import StoreFault

_MAY_BE = {"text/plain", "application/xml", "application/json", "application/zip"}


def may_be_messages(item: KnownItem) -> bool:
    """Whether it could be an export of messages, by its kind and by why it is held. Nothing is opened for that."""
    return item.media in _MAY_BE and set(item.held) <= {"archive"} and not item.of


@in_case("see_evidence")
def messages(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """For what, and then the thread."""
    known, items = item_here(opened, item)
    back = HttpResponseRedirect(reverse("desk:evidence-item", args=[opened.file.code, item]))
    why = why_not_shown(opened, known._replace(held=()), items)
    if why or not may_be_messages(known):
        say(request, why or "This is no export of messages that can be read here.", "warning")
        return back
    context = {**of_case(opened), "row": row(known, opened.zone)}
    if request.method == "POST":
        purpose = said_purpose(request)
        if not purpose or shown_again(request):
            say(request, "Say for what you read them. It stands in the record.", "warning")
            return HttpResponseRedirect(request.path)
        member = request.member  # type: ignore[attr-defined]
        looked_at(opened.file.id, item, f"{purpose} (read as messages)", member.by, opened.now)
        remember(request, {item}, opened.now)
        return HttpResponseRedirect(request.path)
    if not may_go_on(request, item, opened.now):
        return show(request, "desk/evidence/messages.html", {**context, "purposes": list(PURPOSES.items())})
    try:
        found = threads_of(item_of(opened.file.id, item))
    except (StoreFault, NotAnItem):
        return refused(request, GONE, status=503)
    if isinstance(found, NotAnExport):
        return show(request, "desk/evidence/messages.html", {**context, "no": found.words})
    number, page = (_number(request.GET.get(name, "")) for name in ("thread", "page"))
    return show(request, "desk/evidence/messages.html", {**context, "shown": shown(found, number, page, opened.zone)})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1
