"""Reading a statement over: paragraph by paragraph, each correction kept; then the interpreter's certificate.

What is agreed is the text that this very page showed, by its hash: a correction made meanwhile, here or elsewhere,
means that it is read over again.
"""

from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.some_of_kind import SomeOfKind
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.views.statement import found
from holdfast.doors.desk.views.statement import no_such
from holdfast.doors.desk.views.statement import of_statement
from holdfast.doors.desk.views.statement import why_refused
from holdfast.doors.desk.views.statement_draft import found_again
from holdfast.doors.desk.views.statement_draft import version_of
from holdfast.doors.evidence.statement_fold import Statement
from holdfast.doors.evidence.statement_text import language_name
from holdfast.doors.evidence.statement_text import plain
from holdfast.doors.evidence.statement_writing import Moved
from holdfast.doors.evidence.statement_writing import NotNow
from holdfast.doors.evidence.statement_writing import Seen
from holdfast.doors.evidence.statement_writing import certify
from holdfast.doors.evidence.statement_writing import correct
from holdfast.doors.evidence.statement_writing import read_over
from holdfast.record.kinds.statement import InterpreterCertified
from holdfast.record.kinds.statement import StatementTextReadOver

MOVED = (
    "Somebody else wrote to this statement meanwhile. Nothing of yours was recorded. It is shown as it stands now: "
    "read it again, and what you typed is still in its field."
)
ASKED_BY = (("maker", "The person who makes it"), ("interpreter", "The interpreter"), ("officer", "An officer"))
_CERTIFIED = ("name", "spoken", "into", "independent", "interpreted_truly", "how")


@in_case("take_statement")
def read(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """The whole text, with a correction for each paragraph and the agreement below."""
    now = found(opened, number)
    if now is None:
        return no_such(request)
    if now.done:
        return HttpResponseRedirect(reverse("desk:statement-one", args=[opened.file.code, number]))
    if not now.paragraphs:
        return HttpResponseRedirect(reverse("desk:statement-draft", args=[opened.file.code, number]))
    if request.method != "POST" or shown_again(request):
        return _page(request, opened, now)
    if request.POST.get("do") == "correct":
        return _correct(request, opened, now)
    return _agree(request, opened, now)


def _correct(request: HttpRequest, opened: Opened, now: Statement) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    typed = request.POST.get("place", "")
    place = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
    asked_by = request.POST.get("asked_by", "")
    if asked_by not in dict(ASKED_BY):
        return _page(request, opened, now, why="Say who asked for the correction.", status=422)
    seen = Seen(now.number, version_of(request))
    words, translation = plain(request.POST.get("words", "")), plain(request.POST.get("translation", ""))
    try:
        written = correct(
            opened.file.id, seen, place, words, translation, asked_by, by=member.by, at=opened.now
        )  # fmt: skip
    except Moved as moved:
        return _page(request, opened, moved.now, why=MOVED, status=409)
    except NotNow as fault:
        return _page(request, opened, found_again(opened, now), why=fault.why, status=422)
    except EntryRefused as fault:
        return _page(request, opened, found_again(opened, now), why=why_refused(fault), status=422)
    kept = f"Paragraph {place} is corrected. What stood there is kept." if written else "Nothing was changed."
    say(request, kept)
    return HttpResponseRedirect(f"{reverse('desk:statement-read', args=[opened.file.code, now.number])}#p{place}")


def _agree(request: HttpRequest, opened: Opened, now: Statement) -> HttpResponse:
    member = request.member  # type: ignore[attr-defined]
    form = _reading(opened, request.POST)
    if not form.is_valid():
        return _page(request, opened, now, form=form, status=422)
    if request.POST.get("agreed") != "yes":
        why = "They have to say that it is right. If it is not, correct the paragraph that is wrong."
        return _page(request, opened, now, form=form, why=why, status=422)
    seen, text = Seen(now.number, version_of(request)), request.POST.get("text", "")
    try:
        read_over(opened.file.id, seen, text, form.said, by=member.by, at=opened.now)
    except Moved as moved:
        return _page(request, opened, moved.now, form=form, why=MOVED, status=409)
    except NotNow as fault:
        return _page(request, opened, found_again(opened, now), form=form, why=fault.why, status=422)
    except EntryRefused as fault:
        return _page(request, opened, found_again(opened, now), form=form, why=why_refused(fault), status=422)
    say(request, "Recorded: it was read over, and they say that it is right.")
    where = "desk:statement-certificate" if now.translated else "desk:statement-sign"
    return HttpResponseRedirect(reverse(where, args=[opened.file.code, now.number]))


def _reading(opened: Opened, sent: Any = None) -> SomeOfKind:
    return SomeOfKind(
        StatementTextReadOver, ("read_by", "reader"), opened.zone, sent, needed=("read_by",),
        hints={"read_by": "The maker is whoever the statement is of: they may read it themselves."},
    )  # fmt: skip


def _page(
    request: HttpRequest, opened: Opened, now: Statement, *, form: SomeOfKind | None = None, why: str = "",
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    sent = request.POST if request.method == "POST" and request.POST.get("do") == "correct" else {}
    context: dict[str, Any] = {
        **of_statement(opened, now),
        "form": form or _reading(opened),
        "asked_by": ASKED_BY,
        "opened_place": sent.get("place", ""),
        "typed": {name: sent.get(name, "") for name in ("words", "translation", "asked_by")},
        "next_number": len(now.paragraphs) + 1,
        "errors": [{"anchor": "", "why": why}] if why else list(faults(form)) if form and status != 200 else [],
    }
    return show(request, "desk/statement/read.html", context, status=status)


@in_case("take_statement")
def certificate(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """Who interpreted, whether they are independent, and that they certify it."""
    now = found(opened, number)
    if now is None:
        return no_such(request)
    if now.done or not now.read_over:
        name = "desk:statement-one" if now.done else "desk:statement-read"
        return HttpResponseRedirect(reverse(name, args=[opened.file.code, number]))
    sent = request.POST if request.method == "POST" else None
    form = SomeOfKind(
        InterpreterCertified, _CERTIFIED, opened.zone, sent,
        given={"spoken": language_name(now.said.language), "into": language_name(now.said.translated_into)},
        needed=("name", "spoken", "into", "independent", "interpreted_truly"),
        hints={"independent": "Never family, a friend, or a child. Somebody of the other person’s family is not safe."},
    )  # fmt: skip
    if sent is None or shown_again(request):
        return show(request, "desk/statement/certificate.html", {**of_statement(opened, now), "form": form})
    why = "" if not form.is_valid() else _not_certified(form.said) or _certify(request, opened, now, form.said)
    if form.is_valid() and not why:
        say(request, "Recorded: the interpreter’s certificate.")
        return HttpResponseRedirect(reverse("desk:statement-sign", args=[opened.file.code, number]))
    errors = [*faults(form), *([{"anchor": "", "why": why}] if why else [])]
    return show(
        request, "desk/statement/certificate.html",
        {**of_statement(opened, found_again(opened, now)), "form": form, "errors": errors}, status=422,
    )  # fmt: skip


def _not_certified(said: dict[str, Any]) -> str:
    if said.get("interpreted_truly") != "yes":
        return "Without their certificate it cannot be signed here. Have it read back, or find another interpreter."
    return ""


def _certify(request: HttpRequest, opened: Opened, now: Statement, said: dict[str, Any]) -> str:
    member = request.member  # type: ignore[attr-defined]
    try:
        certify(opened.file.id, Seen(now.number, version_of(request)), said, by=member.by, at=opened.now)
    except Moved:
        return MOVED
    except NotNow as fault:
        return fault.why
    except EntryRefused as fault:
        return why_refused(fault)
    return ""
