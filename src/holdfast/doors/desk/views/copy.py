"""A copy of a file to give out: one makes it, another reads all of it, decides about everything found, and gives it.

- Nothing is written beside the case: it is made anew for each page, and leaves only as the answer to the last one.
- What the lint found stands still until somebody has decided. Nothing found is never called safe: somebody has to
  say that they read all of it, and there is no way around.
"""

from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.access.copies.giving import Copy
from holdfast.access.copies.giving import draft_copy
from holdfast.access.copies.giving import give_copy
from holdfast.access.copies.pages import NAME
from holdfast.access.copies.pages import as_html
from holdfast.access.copies.pages import as_json
from holdfast.access.copies.pages import told_to_read
from holdfast.access.looks import log_look
from holdfast.access.two_people import two_who_may
from holdfast.casefile.codes import shown
from holdfast.casefile.models import AskedOfSecond
from holdfast.casefile.refused import Refused
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.evidence.bundle_preview import NOTHING_FOUND
from holdfast.record.entry import By
from holdfast.vault.bundle_chosen import SIDES

TO_WHOM = {
    "survivor": "The survivor",
    "survivors_lawyer": "The survivor's lawyer",
    "court": "A court",
    "inquiry": "An inquiry or review",
    "other": "Somebody else",
}
# Who will see it, said before it is given.
WHO_READS = {
    "survivor": "Whoever lives with them, or finds it, may read it too.",
    "survivors_lawyer": "What a lawyer files with a court, the suspect's side reads.",
    "court": SIDES["court"][1],
    "inquiry": "Everybody who works on it reads it, and what it finds may be published.",
    "other": SIDES["other"][1],
}


@in_case("give_copy")
def copy(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Asks for a copy, shows it to be read, and gives it."""
    waiting = AskedOfSecond.objects.filter(case_id=opened.file.id, act="give_copy").first()
    if request.method != "POST" or shown_again(request):
        return _page(request, opened, waiting)
    do = request.POST.get("do", "")
    if do == "take_back" and waiting is not None:
        waiting.delete()
        say(request, "The copy was taken back. Nothing was given.")
        return HttpResponseRedirect(reverse("desk:copy", args=[opened.file.code]))
    if do == "ask" and waiting is None:
        return _ask(request, opened)
    if do == "give" and waiting is not None:
        return _give(request, opened, waiting)
    return _page(
        request, opened, waiting, why="Nobody has made this copy, or it was taken back. Look at the page again."
    )


def _ask(request: HttpRequest, opened: Opened) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    to_whom = request.POST.get("to_whom", "")
    if to_whom not in TO_WHOM:
        return _page(request, opened, None, why="Say to whom the copy is given.")
    AskedOfSecond.objects.create(
        case_id=opened.file.id, act="give_copy", said=to_whom, role=member.role, staff=member.staff,
        asked_at=opened.now, length=opened.file.length,
    )  # fmt: skip
    say(request, "Made. Somebody else has to read it and give it, from their own sign-in.")
    return HttpResponseRedirect(reverse("desk:copy", args=[opened.file.code]))


def _give(request: HttpRequest, opened: Opened, waiting: AskedOfSecond) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    decisions = {
        name.removeprefix("decide-"): value
        for name, value in request.POST.items()
        if name.startswith("decide-") and value in ("leave", "stay")
    }
    drafted = draft_copy(opened.file, decisions)
    people = two_who_may("give_copy", opened.file, waiting.staff, member.staff, at=opened.now)
    if people.why:
        log_look(member.person, opened.file.code, "give_copy", people.why, allowed=False)
        return _page(request, opened, waiting, drafted, people.why)
    if request.POST.get("read_it") != "yes":
        return _page(
            request, opened, waiting, drafted, "Say that you have read all of it: a search finds only what it knows."
        )
    try:
        give_copy(
            opened.file, drafted, waiting.said, by=By(waiting.role, waiting.staff), looked_over_by=member.staff,
            at=opened.now,
        )  # fmt: skip
    except Refused as fault:
        return _page(request, opened, waiting, drafted, str(fault))
    waiting.delete()
    log_look(member.person, opened.file.code, "give_copy", f"given to: {TO_WHOM[waiting.said].lower()}")
    return _as_file(drafted, request.POST.get("form", "page"), opened)


def _as_file(drafted: Copy, form: str, opened: Opened) -> HttpResponse:
    """The copy, to be saved under a name that says nothing."""
    if form == "json":
        answer, ending = HttpResponse(as_json(drafted), content_type="application/json; charset=utf-8"), "json"
    else:
        answer, ending = HttpResponse(as_html(drafted, opened.zone), content_type="text/html; charset=utf-8"), "html"
    answer["Content-Disposition"] = f'attachment; filename="{NAME}.{ending}"'
    return answer


def _page(
    request: HttpRequest, opened: Opened, waiting: AskedOfSecond | None, drafted: Copy | None = None, why: str = ""
) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "to_whom": list(TO_WHOM.items()),
        "waiting": waiting,
        "errors": [{"anchor": "decide", "why": why}] if why else [],
    }
    if waiting is not None:
        drafted = drafted or draft_copy(opened.file)
        context |= {
            "for_whom": TO_WHOM[waiting.said],
            "who_reads": WHO_READS[waiting.said],
            "nothing_found": NOTHING_FOUND,
            "mine": waiting.staff == member.staff,
            "copy": drafted,
            "told": told_to_read(drafted, opened.zone),
        }
    return show(request, "desk/copy.html", context, status=422 if why else 200)
