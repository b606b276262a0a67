"""Lifting a hold: one asks, and another decides from their own sign-in, with a reason. Only then is the item shown.

What waits meanwhile is the item's number and who asked: no word of the case.
"""

from uuid import UUID

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.access.two_people import two_who_may
from holdfast.casefile.models import AskedOfSecond
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.views.evidence_look import item_here
from holdfast.doors.evidence.recording import hold_lifted
from holdfast.vault.items import KnownItem

ACT = "lift_hold"


@require_POST
@in_case(ACT)
def lift(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """Asks for it, decides it, or takes the asking back."""
    known, _ = item_here(opened, item)
    waiting = AskedOfSecond.objects.filter(case_id=opened.file.id, act=ACT, said=str(item)).first()
    do = request.POST.get("do", "") if not shown_again(request) else ""
    if not known.held:
        said = "It is not held."
    elif do == "ask" and waiting is None:
        said = _ask(request, opened, item)
    elif do == "take_back" and waiting is not None:
        waiting.delete()
        said = "The asking was taken back. It stays held."
    elif do == "lift" and waiting is not None:
        said = _lift(request, opened, known, waiting)
    else:
        said = "Nobody has asked for that, or it was asked already. Look at the page again."
    say(request, said)
    return HttpResponseRedirect(reverse("desk:evidence-item", args=[opened.file.code, item]))


def _ask(request: HttpRequest, opened: Opened, item: UUID) -> str:
    member = request.member  # type: ignore[attr-defined]
    AskedOfSecond.objects.create(
        case_id=opened.file.id, act=ACT, said=str(item), role=member.role, staff=member.staff, asked_at=opened.now,
        length=opened.file.length,
    )  # fmt: skip
    return "Asked. Somebody else has to decide it from their own sign-in. It stays held until then."


def _lift(request: HttpRequest, opened: Opened, known: KnownItem, waiting: AskedOfSecond) -> str:
    member = request.member  # type: ignore[attr-defined]
    people = two_who_may(ACT, opened.file, waiting.staff, member.staff, at=opened.now)
    if people.why:
        log_look(member.person, opened.file.code, ACT, people.why, allowed=False)
        return people.why
    reason = request.POST.get("reason", "").strip()
    if len(reason) < 10:
        return "Say why it may be shown, in ten letters or more. It stays held."
    hold_lifted(opened.file.id, known.item, reason[:20_000], waiting.staff, member.by, opened.now)
    waiting.delete()
    return "No longer held. Whoever looks at it says for what, as ever."
