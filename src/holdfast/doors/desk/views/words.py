"""Giving the survivor the words to their own page: shown once, on a card that says nothing about what it opens.

- It is done with the person there, never sent. First it is asked whether the card is safe for them to keep.
- The card names no police, no case in words, no abuse: a code, four words, an address. It is shown once and never
  again.
- The entry that records it holds neither the words nor the code.
"""

from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.access.survivor_words import end_words
from holdfast.access.survivor_words import issue_words
from holdfast.casefile.append import append
from holdfast.casefile.codes import shown
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.sections import sections
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.page import show
from holdfast.record.kinds import KINDS


@in_case("issue_words")
def issue(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Asks whether it is safe, then shows the words once."""
    member = request.member  # type: ignore[attr-defined]
    context: dict[str, Any] = {"code": shown(opened.file.code), "plain_code": opened.file.code}
    sent = request.POST if request.method == "POST" else None
    form = KindForm(KINDS["SurvivorWordsIssued"], FormPlace(opened.zone, opened.pack), sent)
    if sent is not None and form.is_valid():
        words = issue_words(opened.file.id, opened.file.code, opened.now)
        try:
            append(opened.file.id, "SurvivorWordsIssued", form.fields_read, by=member.by, happened_at=opened.now)  # type: ignore[arg-type]
        except Exception:
            end_words(opened.file.id, opened.now)  # words that no entry tells of must open nothing
            raise
        on_paper = form.fields_read.how == "on_paper"  # type: ignore[union-attr]
        where = request.build_absolute_uri("/my/")
        return show(request, "desk/card.html", context | {"words": words, "on_paper": on_paper, "where": where})
    context |= {"sections": sections(form), "errors": faults(form) if sent is not None else []}
    return show(request, "desk/words.html", context, status=200 if sent is None else 422)
