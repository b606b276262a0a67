"""A withdrawal, recorded with why, whether anybody pressed them and what they were told; and a statement on film."""

from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.some_of_kind import SomeOfKind
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.reminders import prohibitions_at
from holdfast.doors.desk.views.statement import of_case
from holdfast.doors.desk.views.statement import why_refused
from holdfast.doors.evidence.statement_fold import SORTS
from holdfast.doors.evidence.statement_fold import films
from holdfast.doors.evidence.statement_fold import has_first
from holdfast.doors.evidence.statement_fold import was_read_in_court
from holdfast.doors.evidence.statement_text import known_tag
from holdfast.doors.evidence.statement_words import withdrawing
from holdfast.record.facts import effective
from holdfast.record.kinds import KINDS
from holdfast.record.kinds.statement import StatementFilmed
from holdfast.record.kinds.statement import WithdrawalExplained

_MOVED = (
    "Somebody recorded in this case at the same moment. Nothing of yours was recorded: look at it, and send it again."
)
_EXPLAINED = ("alone", "not_theirs_to_drop", "first_stays", "support_offered")
_WITHDRAWN = ("told_may_go_on", "pressed", "reason")


@in_case("take_statement")
def withdraw(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What is read to them first, what they were told, and why they want to; then their statement of it is begun."""
    member = request.member  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    told = SomeOfKind(WithdrawalExplained, _EXPLAINED, opened.zone, sent, needed=("not_theirs_to_drop", "alone"))
    why = SomeOfKind(
        KINDS["StatementWithdrawn"], _WITHDRAWN, opened.zone, sent, needed=("reason", "pressed", "told_may_go_on"),
        hints={"reason": "As they say it. It begins the statement that follows, and can be changed there."},
    )  # fmt: skip
    errors: list[Any] = []
    if sent is not None and not shown_again(request):
        if told.is_valid() & why.is_valid():
            fault = _withdrawn(opened, member.by, told.said, why.said)
            if isinstance(fault, int):
                say(
                    request,
                    "Recorded. Safety first: somebody sees or speaks to them alone, and looks at the risk.",
                )
                begin = reverse("desk:statement-begin", args=[opened.file.code])
                return HttpResponseRedirect(f"{begin}?sort=withdrawal&about={fault}")
            errors = [{"anchor": "", "why": fault}]
        else:
            errors = [*faults(told), *faults(why)]
    earlier = [entry for entry in effective(list(opened.file.entries)) if entry.kind == "StatementWithdrawn"]
    context = {
        **of_case(opened), "told": told, "why": why, "errors": errors, "aloud": withdrawing(opened.pack),
        "has_first": has_first(opened.file.entries),
        "earlier": [(each.number, in_short(each.happened_at, opened.zone)) for each in earlier],
        "prohibitions": prohibitions_at(opened.pack, KINDS["StatementWithdrawn"], opened.now, opened.zone),
    }  # fmt: skip
    return show(request, "desk/statement/withdraw.html", context, status=422 if errors else 200)


def _withdrawn(opened: Opened, by: Any, told: dict[str, Any], why: dict[str, Any]) -> int | str:
    """Writes both together: the number of the withdrawal, or why it cannot be."""
    length = opened.file.length
    drafts = [
        Draft("StatementWithdrawn", why, opened.now),
        Draft("WithdrawalExplained", told, opened.now, (length + 1,)),
    ]
    try:
        append_all(opened.file.id, drafts, by=by, expected_length=length)
    except CaseMovedOn:
        return _MOVED
    except EntryRefused as fault:
        return why_refused(fault)
    return length + 1


@in_case("take_statement")
def film(request: HttpRequest, opened: Opened) -> HttpResponse:
    """A statement on film: in the vault, or elsewhere by its reference. It is taken, and its clocks start."""
    member = request.member  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    sort = (sent or request.GET).get("sort", "later" if has_first(opened.file.entries) else "witness")
    sort = sort if sort in ("witness", "later", "impact") else "witness"
    form = SomeOfKind(
        StatementFilmed, ("reference", "kept_where", "began", "interpreter"), opened.zone, sent,
        hints={"kept_where": "Such as the body-worn video system, or the interview suite."},
    )  # fmt: skip
    language = SomeOfKind(KINDS["StatementTaken"], ("language",), opened.zone, sent, given={"language": "English"})
    items = _filmed_items(opened)
    chosen = request.POST.get("item", "")
    errors: list[Any] = []
    if sent is not None and not shown_again(request):
        if not (form.is_valid() & language.is_valid()):
            errors = [*faults(form), *faults(language)]
        elif chosen and chosen not in {number for number, _ in items}:
            errors = [{"anchor": "item", "why": "That film is not among those of this case. Choose one of the list."}]
        elif not chosen and not form.said.get("reference"):
            errors = [
                {"anchor": "item", "why": "Choose the film in the vault, or give its reference where it is kept."}
            ]
        else:
            said = {**form.said, **({"item": chosen} if chosen else {})}
            if not (why := _filmed(opened, member.by, sort, said, language.said)):
                say(request, "Recorded: a statement on film. The times that start with it have started.")
                return HttpResponseRedirect(reverse("desk:statement", args=[opened.file.code]))
            errors = [{"anchor": "", "why": why}]
    context = {
        **of_case(opened), "form": form, "language_form": language, "items": items, "chosen": chosen, "errors": errors,
        "sort": sort, "title": SORTS[sort], "may_take": opened.may("take_evidence").allowed,
    }  # fmt: skip
    return show(request, "desk/statement/film.html", context, status=422 if errors else 200)


def _filmed(opened: Opened, by: Any, sort: str, said: dict[str, Any], language: dict[str, Any]) -> str:
    length = opened.file.length
    first = not has_first(opened.file.entries)
    if sort == "impact":
        if was_read_in_court(opened.file.entries):
            return "The court has heard the impact statement. It is changed no more."
        taken = Draft("ImpactStatementMade", {}, opened.now)
    else:
        kind, about = ("StatementTaken", ()) if first else ("LaterStatementTaken", _first(opened))
        spoken = {name: known_tag(value) for name, value in language.items()}
        taken = Draft(kind, {"of": "survivor", "form": "video", **spoken}, opened.now, about)
    drafts = [taken, Draft("StatementFilmed", said, opened.now, (length + 1,))]
    try:
        append_all(opened.file.id, drafts, by=by, expected_length=length)
    except CaseMovedOn:
        return _MOVED
    except EntryRefused as fault:
        return why_refused(fault)
    return ""


def _first(opened: Opened) -> tuple[int, ...]:
    taken = [
        entry.number
        for entry in effective(list(opened.file.entries))
        if entry.kind == "StatementTaken" and entry.fields.of == "survivor"
    ]
    return (taken[0],)


def _filmed_items(opened: Opened) -> list[tuple[str, str]]:
    """The films in the vault that no statement names yet: (number, when it was taken in)."""
    named = {film.fields.item for film, _ in films(opened.file.entries)}
    return [
        (entry.fields.item, in_short(entry.happened_at, opened.zone))
        for entry in opened.file.entries
        if entry.kind == "ItemTaken" and entry.fields.what == "statement_video" and entry.fields.item not in named
    ]
