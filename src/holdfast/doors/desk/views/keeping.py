"""How long a file is kept, what holds it, and erasing it: one supervisor asks, another agrees, each signed in.

- What is asked for waits as codes and staff identifiers. If anything is recorded meanwhile, it has to be asked again.
- Erasing cannot be undone. The page says so, and shows what was done with where the certificate lies.
"""

from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from holdfast.access.looks import log_look
from holdfast.access.two_people import two_who_may
from holdfast.casefile.codes import shown
from holdfast.casefile.keeping import Keeping
from holdfast.casefile.keeping import keeping_of
from holdfast.casefile.models import AskedOfSecond
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.record.entry import By
from holdfast.vault.erasing import erase_with_items

REASONS = {
    "retention_ended": "The time for which it must be kept has passed",
    "survivor_asked": "The survivor asked for it",
    "court_ordered": "A court ordered it",
}


@in_case("see_keeping")
def keeping(request: HttpRequest, opened: Opened) -> HttpResponse:
    """How the file stands, and what somebody has asked for."""
    return _page(request, opened)


@require_POST
@in_case("erase")
def erase(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Asks for erasing, agrees to it, or takes the asking back."""
    do = request.POST.get("do", "")
    if shown_again(request):
        return _page(request, opened)
    waiting = AskedOfSecond.objects.filter(case_id=opened.file.id, act="erase").first()
    if do == "ask":
        return _ask(request, opened, waiting)
    if do == "take_back" and waiting is not None:
        waiting.delete()
        say(request, "The asking was taken back. Nothing was erased.")
        return HttpResponseRedirect(reverse("desk:keeping", args=[opened.file.code]))
    if do == "agree" and waiting is not None:
        return _agree(request, opened, waiting)
    return _page(request, opened, why="Nobody has asked for that, or it was taken back. Look at the page again.")


def _ask(request: HttpRequest, opened: Opened, waiting: AskedOfSecond | None) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    reason = request.POST.get("reason", "")
    found = _standing(opened)
    if reason not in REASONS:
        return _page(request, opened, why="Say why the file is to be erased.")
    if waiting is not None:
        return _page(request, opened, why="Somebody has asked already. One agrees to that, or takes it back.")
    if found.against or (reason == "retention_ended" and not found.due(opened.now)):
        return _page(request, opened, why="The file has to be kept: see why below. Nothing was asked for.")
    rule = found.review.rule.id if reason == "retention_ended" and found.review.rule else ""
    AskedOfSecond.objects.create(
        case_id=opened.file.id, act="erase", said=f"{reason} {rule}".strip(), role=member.role, staff=member.staff,
        asked_at=opened.now, length=opened.file.length,
    )  # fmt: skip
    say(request, "Asked. Another supervisor has to agree from their own sign-in. Nothing is erased yet.")
    return HttpResponseRedirect(reverse("desk:keeping", args=[opened.file.code]))


def _agree(request: HttpRequest, opened: Opened, waiting: AskedOfSecond) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    people = two_who_may("erase", opened.file, waiting.staff, member.staff, at=opened.now)
    if people.why:
        log_look(member.person, opened.file.code, "erase", people.why, allowed=False)
        return _page(request, opened, why=people.why)
    if request.POST.get("understood") != "yes":
        return _page(request, opened, why="Say that you know that it cannot be undone.")
    reason, _, rule = waiting.said.partition(" ")
    try:
        done = erase_with_items(
            opened.file.id, by=By(waiting.role, waiting.staff), second=member.staff, reason=reason, rule=rule,
            seen=waiting.length,
        ).case  # fmt: skip
    except Refused as fault:
        return _page(request, opened, why=str(fault))
    number = int(done.certificate.stem)
    told = f"Erased. The certificate is number {number} in the list of erasures, beside the checkpoints."
    say(request, told if done.gone else f"{told} Have the server restarted: its last bytes are still being read.")
    return HttpResponseRedirect(reverse("desk:queue"))


def _standing(opened: Opened) -> Keeping:
    return keeping_of(opened.file.id, opened.file.code, opened.file.entries, opened.pack, opened.now)


def _page(request: HttpRequest, opened: Opened, why: str = "") -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    found = _standing(opened)
    waiting = AskedOfSecond.objects.filter(case_id=opened.file.id, act="erase").first()
    reason = waiting.said.partition(" ")[0] if waiting else ""
    context: dict[str, Any] = {
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "review": found.review,
        "outcome": found.review.outcome.replace("_", " "),
        "due_on": found.review.due_on.astimezone(opened.zone) if found.review.due_on else None,
        "against": found.against,
        "is_due": found.due(opened.now),
        "may_erase": opened.may("erase").allowed,
        "reasons": [
            (value, says) for value, says in REASONS.items() if value != "retention_ended" or found.due(opened.now)
        ],
        "waiting": waiting,
        "waiting_why": REASONS.get(reason, ""),
        "mine": waiting is not None and waiting.staff == member.staff,
        "errors": [{"anchor": "decide", "why": why}] if why else [],
    }
    return show(request, "desk/keeping.html", context, status=422 if why else 200)
