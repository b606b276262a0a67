"""Custody on paper, by those who hand evidence out: read on the screen first, looked through, and confirmed by them.

What was typed stands in it: for what each act was, to whom a copy went, an exhibit number. Any of it can be left out.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404
from django.http import HttpRequest
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from holdfast.access.looks import log_look
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.leaving import GOES_ON
from holdfast.doors.desk.leaving import asked
from holdfast.doors.desk.leaving import decisions_of
from holdfast.doors.desk.leaving import in_the_log
from holdfast.doors.desk.leaving import why_not_yet
from holdfast.doors.desk.page import show
from holdfast.doors.desk.views.custody import of_all
from holdfast.doors.desk.views.custody import of_one
from holdfast.doors.evidence.bundle_lint import decide
from holdfast.doors.evidence.bundle_telling import Telling
from holdfast.doors.evidence.custody import stories
from holdfast.doors.evidence.leaving import last_look
from holdfast.doors.evidence.leaving import look_over
from holdfast.vault.acts import acts_of
from holdfast.vault.items import items_of

Words = Callable[[Telling], dict[str, Any]]


@in_case("make_bundle")
def of_case(request: HttpRequest, opened: Opened) -> HttpResponse:
    """All items of a case and every act, on one paper."""
    known, acts = items_of(opened.seen), acts_of(opened.seen)
    told = stories(opened.file.id, opened.seen)
    back = reverse("desk:custody", args=[opened.file.code])
    return _paper(request, opened, lambda telling: of_all(opened, told, acts, known, telling), back)


@in_case("make_bundle")
def of_item(request: HttpRequest, opened: Opened, item: UUID) -> HttpResponse:
    """One item, with what it was made from or into."""
    found = next(iter(stories(opened.file.id, opened.seen, {item})), None)
    if found is None:
        raise Http404
    known = items_of(opened.seen)
    back = reverse("desk:custody-item", args=[opened.file.code, item])
    return _paper(request, opened, lambda telling: of_one(opened, found, known, telling), back)


def _paper(request: HttpRequest, opened: Opened, words: Words, back: str) -> HttpResponse:
    """What is read on the screen, and prints once confirmed. Where the record grew meanwhile, it is read anew."""
    decisions = decisions_of(request)
    gathered = Telling()
    words(gathered)
    leaving = look_over(opened.file, gathered.said, (), decisions, whole=opened.file.head.hex())
    context = words(Telling(leaving.left)) | {"on_paper": True, "back": back}
    page = render_to_string("desk/evidence/custody_document.html", context)
    last = last_look(opened.file, page, "the paper itself", leaving)
    leaving = leaving._replace(found=(*leaving.found, *decide(last, decisions)))
    why = why_not_yet(request, leaving)
    context |= {"to_print": why is None}
    if why is None:
        member = request.member  # type: ignore[attr-defined]
        log_look(
            member.person, opened.file.code, "make_bundle", f"custody on paper: to be printed; {in_the_log(leaving)}"
        )
    else:
        context |= {**asked(leaving, why), "doing": "Let it be printed", "goes_on": GOES_ON}
    return show(request, "desk/evidence/custody_paper.html", context, status=422 if why else 200)
