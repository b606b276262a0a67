"""Naming somebody with the survivor, and ending them: as on the survivor's own page, by staff who are with them.

The words of whoever is named are shown once, to the survivor, who passes them on.
"""

from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.access.ways_in.supporters import LONGEST
from holdfast.access.ways_in.supporters import TooManySupporters
from holdfast.access.ways_in.supporters import end_supporter
from holdfast.access.ways_in.supporters import name_supporter
from holdfast.access.ways_in.supporters import supporters
from holdfast.access.words import NAMES
from holdfast.access.words import spelled
from holdfast.casefile.codes import shown
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.sections import sections
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.record.kind import write_fields
from holdfast.record.kinds import KINDS


@in_case("issue_words")
def named(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Who may come in now; naming one more, or ending one."""
    member = request.member  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    if sent is not None and sent.get("end", "").isdecimal():
        if end_supporter(opened.file, int(sent["end"][:9]), by=member.by, at=opened.now):
            say(request, "Ended. They open nothing any more.")
        return HttpResponseRedirect(reverse("desk:supporters", args=[opened.file.code]))
    form = KindForm(KINDS["SupporterNamed"], FormPlace(opened.zone, opened.pack), sent)
    if form.is_valid() and form.fields_read is not None and _can_be(form, opened):
        try:
            words = name_supporter(
                opened.file, write_fields(form.fields_read), opened.zone, by=member.by, at=opened.now
            )
            return show(request, "desk/card.html", _context(opened) | _card(request, words))
        except TooManySupporters:
            form.add_error("name", "As many are named as can be at one time. End one first.")
    rows = [
        (each.entry.number, each.entry.fields, [value_in_words(may) for may in each.entry.fields.may])
        for each in supporters(opened.file, opened.now)
    ]
    context = _context(opened) | {"named": rows, "sections": sections(form), "errors": faults(form) if sent else []}
    return show(request, "desk/supporters.html", context, status=422 if sent is not None else 200)


def _can_be(form: KindForm, opened: Opened) -> bool:
    """Whether they may be let in so: for something, and until a day that is still to end and not too far."""
    said: Any = form.fields_read
    today = opened.now.astimezone(opened.zone).date()
    if not said.may:
        form.add_error("may", "Choose at least one thing.")
    if not today <= said.until < today + LONGEST:
        form.add_error("until", "Choose a day from today to a year ahead.")
    return not form.errors


def _card(request: HttpRequest, words: str) -> dict[str, Any]:
    return {
        "words": words,
        "letters": [(word, spelled(word)) for word in words.split()],
        "language_of_words": NAMES["en"],
        "where": request.build_absolute_uri("/my/"),
        "supporter": True,
    }


def _context(opened: Opened) -> dict[str, Any]:
    return {"code": shown(opened.file.code), "plain_code": opened.file.code}
