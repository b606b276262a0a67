"""A statement on paper: looked through, read and confirmed before it prints; what is signed is never changed for it.

A find can only stay: words that should not stand in a statement are taken out in its draft, with whoever makes it.
"""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.http import HttpResponse
from django.template.loader import render_to_string

from holdfast.access.looks import log_look
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.leaving import GOES_ON
from holdfast.doors.desk.leaving import asked
from holdfast.doors.desk.leaving import decisions_of
from holdfast.doors.desk.leaving import in_the_log
from holdfast.doors.desk.leaving import why_not_yet
from holdfast.doors.desk.local_time import in_words
from holdfast.doors.desk.page import show
from holdfast.doors.desk.views.statement import found
from holdfast.doors.desk.views.statement import no_such
from holdfast.doors.desk.views.statement import of_statement
from holdfast.doors.evidence.bundle_lint import decide
from holdfast.doors.evidence.leaving import last_look
from holdfast.doors.evidence.leaving import look_over
from holdfast.doors.evidence.recording import copied
from holdfast.doors.evidence.recording import looked_at
from holdfast.doors.evidence.statement_fold import Statement
from holdfast.doors.evidence.statement_text import visible


@in_case("take_statement")
def paper(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """The text in both languages, with the declaration and room to sign, or with how it was signed."""
    member = request.member  # type: ignore[attr-defined]
    now = found(opened, number)
    if now is None:
        return no_such(request)
    item = UUID(now.signed.fields.item) if now.signed and now.signed.fields.item else None
    if item and request.method != "POST":
        looked_at(opened.file.id, item, "to print", member.by, opened.now)
    context = _told(opened, now)
    decisions = decisions_of(request)
    page = render_to_string("desk/statement/paper_document.html", context)
    leaving = look_over(opened.file, _words(now), (), decisions, whole=page)
    last = last_look(opened.file, page, "the paper itself", leaving)
    leaving = leaving._replace(found=(*leaving.found, *decide(last, decisions)))
    why = why_not_yet(request, leaving)
    context |= {"to_print": why is None}
    if why is None:
        if item:
            copied(opened.file.id, item, "statement", member.by, opened.now, to="paper")
        log_look(member.person, opened.file.code, "take_statement", f"to be printed; {in_the_log(leaving)}")
    else:
        context |= {**asked(leaving, why), "doing": "Let it be printed", "goes_on": GOES_ON}
    return show(request, "desk/statement/paper.html", context, status=422 if why else 200)


def _told(opened: Opened, now: Statement) -> dict[str, Any]:
    return {
        **of_statement(opened, now),
        "made_by": visible(now.said.name),
        "signed": now.signed.fields if now.signed else None,
        "signed_when": in_words(now.signed.happened_at, opened.zone) if now.signed else "",
        "certified": now.certified.fields if now.certified else None,
    }


def _words(now: Statement) -> dict[str, tuple[str, str]]:
    """Every word that anybody wrote, by where it stands. Name and place are one: it can be let stay, and no more."""
    said = {"who made it": now.said.name}
    for number, each in enumerate(now.paragraphs, 1):
        said |= {f"paragraph {number}": each.words, f"paragraph {number}, translated": each.translation}
    if now.signed:
        signed = now.signed.fields
        said |= {"the name, as typed": signed.typed or "", "the form it was signed on": signed.reference or ""}
    if now.certified:
        said["the interpreter"] = now.certified.fields.name
    return {where: (where, words) for where, words in said.items() if words}
