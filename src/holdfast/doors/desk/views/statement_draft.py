"""Writing a statement down: numbered paragraphs, both texts side by side, each save an entry.

- A blank line begins a new paragraph; a paragraph that is emptied is left out of the next save and stays in the last.
- Where somebody else saved meanwhile, nothing of theirs is overwritten unseen: their text is shown beside what was
  typed here, and what was typed stays in the fields.
"""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.reminders import prohibitions_at
from holdfast.doors.desk.views.statement import found
from holdfast.doors.desk.views.statement import no_such
from holdfast.doors.desk.views.statement import of_statement
from holdfast.doors.desk.views.statement import why_refused
from holdfast.doors.evidence.statement_fold import Statement
from holdfast.doors.evidence.statement_fold import statement_among
from holdfast.doors.evidence.statement_fold import statements
from holdfast.doors.evidence.statement_text import plain
from holdfast.doors.evidence.statement_text import split
from holdfast.doors.evidence.statement_writing import Moved
from holdfast.doors.evidence.statement_writing import NotNow
from holdfast.doors.evidence.statement_writing import Seen
from holdfast.doors.evidence.statement_writing import save
from holdfast.doors.evidence.statement_writing import take
from holdfast.record.kinds import KINDS
from holdfast.record.kinds.statement import StatementParagraph

SPARE = 3  # empty fields below the last paragraph


@in_case("take_statement")
def draft(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """The paragraphs, to be written and saved."""
    now = found(opened, number)
    if now is None:
        return no_such(request)
    if now.done or now.only_corrected:
        return HttpResponseRedirect(_where(opened, now))
    if request.method != "POST":
        return _page(request, opened, now, _start_from(opened, now))
    typed = _typed(request)
    if shown_again(request):
        return _page(request, opened, now, typed)
    return _save(request, opened, now, typed)


def _save(request: HttpRequest, opened: Opened, now: Statement, typed: list[tuple[str, str]]) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    seen = Seen(now.number, version_of(request))
    try:
        written = save(opened.file.id, seen, paragraphs_of(typed, two=now.translated), by=member.by, at=opened.now)
        version = written.number if written else seen.version
        if request.POST.get("do") == "read":
            take(opened.file.id, Seen(now.number, version), by=member.by, at=opened.now)
            return HttpResponseRedirect(reverse("desk:statement-read", args=[opened.file.code, now.number]))
    except Moved as moved:
        return _page(request, opened, moved.now, typed, other=moved.now, status=409)
    except NotNow as fault:
        return _page(request, opened, found_again(opened, now), typed, why=fault.why, status=422)
    except EntryRefused as fault:
        return _page(request, opened, found_again(opened, now), typed, why=why_refused(fault), status=422)
    say(request, "Saved. It is a draft: nothing is signed." if written else "Nothing had changed since the last save.")
    return HttpResponseRedirect(reverse("desk:statement-draft", args=[opened.file.code, now.number]))


def found_again(opened: Opened, now: Statement) -> Statement:
    """The statement after something was written, or as it was where nothing was."""
    return statement_among(read_case(opened.file.id).entries, now.number) or now


def paragraphs_of(typed: Sequence[tuple[str, str]], *, two: bool) -> list[StatementParagraph]:
    """What was typed as paragraphs: blank lines divide, unless the two texts would no longer stand side by side."""
    made = []
    for words, translation in typed:
        first, second = split(words), split(translation) if two else []
        if first and second and len(first) != len(second):
            made.append(StatementParagraph(words=plain(words), translation=plain(translation)))
            continue
        for one, other in zip_longest(first, second, fillvalue=""):
            made.append(StatementParagraph(words=one, translation=other))
    return made


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    words, translations = request.POST.getlist("words"), request.POST.getlist("translation")
    return list(zip_longest(words, translations, fillvalue=""))


def _start_from(opened: Opened, now: Statement) -> list[tuple[str, str]]:
    """What stands in the fields: the newest draft, or where there is none what it carries on from."""
    if now.saved:
        return [(each.words, each.translation) for each in now.paragraphs]
    if now.said.sort == "impact":
        earlier = [
            each for each in statements(opened.file.entries) if each.said.sort == "impact" and each.number < now.number
        ]
        if earlier and earlier[-1].signed and earlier[-1].said.language == now.said.language:
            return [(each.words, each.translation) for each in earlier[-1].paragraphs]
    if now.said.sort == "withdrawal" and now.taken:
        return [(now.taken.fields.reason, "")]
    return []


def _page(
    request: HttpRequest, opened: Opened, now: Statement, typed: Sequence[tuple[str, str]], *, why: str = "",
    other: Statement | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    kept = [each for each in typed if each[0].strip() or each[1].strip()]
    context: dict[str, Any] = {
        **of_statement(opened, now),
        "fields": [
            {"number": place, "words": words, "translation": translation}
            for place, (words, translation) in enumerate([*kept, *[("", "")] * SPARE], 1)
        ],
        "count": len(kept),
        "errors": [{"anchor": "words-1", "why": why}] if why else [],
        "other": other,
        "prohibitions": prohibitions_at(opened.pack, KINDS["StatementTaken"], opened.now, opened.zone),
    }
    return show(request, "desk/statement/draft.html", context, status=status)


def version_of(request: HttpRequest) -> int:
    """Which version of the statement the page had shown; 0 where it does not say."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 8 else 0


def _where(opened: Opened, now: Statement) -> str:
    name = "desk:statement-one" if now.done else "desk:statement-read"
    return reverse(name, args=[opened.file.code, now.number])
