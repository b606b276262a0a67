"""Statements of a case: offered, with what it means and that it can be refused; begun, declined; each as it stands.

The words that staff read aloud stand on the page, in this place's own terms (doors/evidence/statement_words.py).
"""

from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.casefile.append import append
from holdfast.casefile.codes import shown
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.some_of_kind import SomeOfKind
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.local_time import in_short
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.reminders import prohibitions_at
from holdfast.doors.evidence.statement_fold import SORTS
from holdfast.doors.evidence.statement_fold import Statement
from holdfast.doors.evidence.statement_fold import films
from holdfast.doors.evidence.statement_fold import has_first
from holdfast.doors.evidence.statement_fold import statement_among
from holdfast.doors.evidence.statement_fold import statements
from holdfast.doors.evidence.statement_fold import taken_without_text
from holdfast.doors.evidence.statement_signing import declaration_of
from holdfast.doors.evidence.statement_text import direction_of
from holdfast.doors.evidence.statement_text import known_tag
from holdfast.doors.evidence.statement_text import language_name
from holdfast.doors.evidence.statement_text import same_language
from holdfast.doors.evidence.statement_text import tag_of
from holdfast.doors.evidence.statement_text import visible
from holdfast.doors.evidence.statement_words import aloud
from holdfast.doors.evidence.statement_words import impact
from holdfast.doors.evidence.statement_writing import NotNow
from holdfast.doors.evidence.statement_writing import start
from holdfast.law.languages_known import KNOWN
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kinds import KINDS

STATES = {
    "started": "begun, nothing saved yet",
    "drafted": "being written down",
    "taken": "being read over",
    "read_over": "read over, not signed",
    "signed": "signed",
    "declined": "not gone on with",
}
CLOCK = (
    "This machine’s clock stands before what was already recorded, so nothing was recorded. Note the time on paper, "
    "and tell whoever runs the system: a statement with a wrong time is attacked in court."
)
_OFFERS = {
    "offer": ("StatementOffered", ("told_may_refuse", "video_offered")),
    "decline": ("StatementDeclined", ("reason", "other_evidence")),
    "offer-impact": ("ImpactStatementOffered", ("told_may_update",)),
    "decline-impact": ("ImpactStatementDeclined", ()),
}
_SAID = {
    "offer": "Recorded: the statement was offered.",
    "decline": "Recorded: they chose not to make a statement. That changes nothing about their safety plan.",
    "offer-impact": "Recorded: the impact statement was offered.",
    "decline-impact": "Recorded: they did not want to make an impact statement.",
}


@in_case("take_statement")
def overview(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What there is, what to read aloud, and what can be done next."""
    sent = request.POST if request.method == "POST" else None
    do = request.POST.get("do", "")
    forms = {
        name: SomeOfKind(
            KINDS[kind],
            names,
            opened.zone,
            sent if name == do else None,
            prefix=name,
            needed=[each for each in names if each.startswith("told_")],
        )
        for name, (kind, names) in _OFFERS.items()
    }
    errors: list[Any] = []
    if sent is not None and do in forms and not shown_again(request):
        form = forms[do]
        if form.is_valid() and not (why := _record(request, opened, do, form.said)):
            say(request, _SAID[do])
            return HttpResponseRedirect(reverse("desk:statement", args=[opened.file.code]))
        errors = faults(form) or [{"anchor": "", "why": why}]
    return show(request, "desk/statement/overview.html", _overview(opened, forms, errors), 422 if errors else 200)


def _record(request: HttpRequest, opened: Opened, do: str, said: dict[str, Any]) -> str:
    """Writes an offer or an answer to it; '' or why it cannot be."""
    member = request.member  # type: ignore[attr-defined]
    about = [each.number for each in effective(list(opened.file.entries)) if each.kind == "ImpactStatementOffered"][-1:]
    if do == "decline-impact" and not about:
        return "Record first that it was offered: what they declined has to be in the record."
    try:
        append(
            opened.file.id, _OFFERS[do][0], said, by=member.by, happened_at=opened.now,
            about=about if do == "decline-impact" else (),
        )  # fmt: skip
    except EntryRefused as fault:
        return why_refused(fault)
    return ""


def _overview(opened: Opened, forms: dict[str, SomeOfKind], errors: list[Any]) -> dict[str, Any]:
    entries = effective(list(opened.file.entries))
    kinds = [(entry, entry.kind) for entry in entries]
    return {
        **of_case(opened),
        "aloud": aloud(opened.pack),
        "impact_aloud": impact(opened.pack),
        "rows": [row(each, opened) for each in reversed(statements(opened.file.entries))],
        "films": [(film, in_short(film.happened_at, opened.zone)) for film, _ in films(opened.file.entries)],
        "unwritten": [
            (entry.number, in_short(entry.happened_at, opened.zone))
            for entry in taken_without_text(opened.file.entries)
        ],
        "offered": [in_short(entry.happened_at, opened.zone) for entry, kind in kinds if kind == "StatementOffered"],
        "declined": [in_short(entry.happened_at, opened.zone) for entry, kind in kinds if kind == "StatementDeclined"],
        "impact_offered": any(kind == "ImpactStatementOffered" for _, kind in kinds),
        "has_first": has_first(entries),
        "forms": forms,
        "impact_form": forms["offer-impact"],
        "errors": errors,
        "prohibitions": prohibitions_at(opened.pack, KINDS["StatementOffered"], opened.now, opened.zone),
    }


@in_case("take_statement")
def begin(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Begins a statement: whose, of which sort, in which language."""
    member = request.member  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    sort = (sent or request.GET).get("sort", "witness")
    if sort not in SORTS:
        return refused(request, "There is no such kind of statement. Go back and choose one.", status=404)
    about = _about((sent or request.GET).get("about", ""), opened)
    named = _maker(opened)
    form = SomeOfKind(
        KINDS["StatementStarted"], ("name", "language", "written_by", "reads", "age"), opened.zone, sent,
        given={"name": named[0], "age": named[1], "language": named[2], "written_by": "officer"},
        needed=("name", "language"), hints=_hints(opened, sort),
    )  # fmt: skip
    errors: list[Any] = []
    if sent is not None and not shown_again(request):
        if form.is_valid():
            home = opened.pack.language
            said = {**form.said, "sort": sort, "of": "survivor", "language": known_tag(form.said["language"])}
            if not same_language(said["language"], home):
                said["translated_into"] = home
            try:
                number = start(opened.file.id, said, about, by=member.by, at=opened.now)
                return HttpResponseRedirect(reverse("desk:statement-draft", args=[opened.file.code, number]))
            except NotNow as fault:
                errors = [{"anchor": "", "why": fault.why}]
            except EntryRefused as fault:
                errors = [{"anchor": "", "why": why_refused(fault)}]
        else:
            errors = list(faults(form))
    context = {
        **of_case(opened), "form": form, "errors": errors, "sort": sort, "about_number": about[0] if about else "",
        "title": SORTS[sort], "languages": [(tag, known.english) for tag, known in KNOWN.items()],
        "home": language_name(opened.pack.language), "has_first": has_first(opened.file.entries),
    }  # fmt: skip
    return show(request, "desk/statement/begin.html", context, status=422 if errors else 200)


def _hints(opened: Opened, sort: str) -> dict[str, str]:
    under = next((each.age_under for each in opened.pack.declarations if sort in each.for_ and each.age_under), None)
    return {
        "language": "The one that they speak best, by its name: Urdu, Polish, English.",
        "age": f"Needed where they are under {under}." if under else "Where the law or your force asks for it.",
        "written_by": "In their words, whoever writes.",
    }


def _about(typed: str, opened: Opened) -> tuple[int, ...]:
    there = {entry.number for entry in opened.file.entries}
    return (int(typed),) if typed.isdecimal() and len(typed) < 7 and int(typed) in there else ()


def _maker(opened: Opened) -> tuple[str, int | None, str]:
    """The survivor's name, age and language, as far as the record has them."""
    name, age, language = "", None, ""
    for entry in effective(list(opened.file.entries)):
        if entry.kind == "PersonNamed" and entry.fields.party == "survivor":
            name, age = entry.fields.name or name, entry.fields.age if entry.fields.age is not None else age
            language = entry.fields.language or language
        if entry.kind == "InterpreterNeeded":
            language = entry.fields.language or language
    return name, age, language_name(known_tag(language or opened.pack.language.partition("-")[0]))


def found(opened: Opened, number: int) -> Statement | None:
    """The statement of that number."""
    return statement_among(opened.file.entries, number)


def of_case(opened: Opened) -> dict[str, Any]:
    """What every page of statements carries."""
    return {"code": shown(opened.file.code), "plain_code": opened.file.code}


def of_statement(opened: Opened, now: Statement) -> dict[str, Any]:
    """What every page of one statement carries."""
    return {
        **of_case(opened),
        "statement": now,
        "state": STATES[now.state],
        "title": now.title,
        "language": language_name(now.said.language),
        "lang": tag_of(now.said.language),
        "dir": direction_of(now.said.language),
        "into": language_name(now.said.translated_into) if now.translated else "",
        "into_lang": tag_of(now.said.translated_into),
        "into_dir": direction_of(now.said.translated_into),
        "paragraphs": [
            {"number": place, "words": visible(each.words), "translation": visible(each.translation), "raw": each}
            for place, each in enumerate(now.paragraphs, 1)
        ],
        "corrections": [(correction_of(each), in_short(each.happened_at, opened.zone)) for each in now.corrections],
        "declaration": declaration_of(now, opened.pack, opened.now),
        "saved_when": in_short(now.saved_at, opened.zone) if now.saved_at else "",
        "saved_by": " ".join(filter(None, now.saved_by or ())),
    }


def correction_of(entry: Entry) -> dict[str, Any]:
    """A correction with everything in it made visible."""
    said = entry.fields
    return {
        "paragraph": said.paragraph, "before": visible(said.before), "after": visible(said.after),
        "translation_before": visible(said.translation_before), "translation_after": visible(said.translation_after),
        "asked_by": {"maker": "the person who made it", "not_asked": "not recorded"}.get(said.asked_by, said.asked_by),
    }  # fmt: skip


def row(now: Statement, opened: Opened) -> dict[str, Any]:
    """One statement in the list, without a word of it."""
    where = {"started": "draft", "drafted": "draft", "taken": "read", "read_over": "sign"}.get(now.state, "one")
    return {
        "number": now.number, "title": now.title, "state": STATES[now.state], "name": visible(now.said.name),
        "when": in_short(now.started_at, opened.zone), "language": language_name(now.said.language),
        "where": reverse(f"desk:statement-{where}", args=[opened.file.code, now.number]),
        "open": not now.done, "count": len(now.paragraphs),
    }  # fmt: skip


def why_refused(fault: EntryRefused) -> str:
    """Why an entry was refused, in words for whoever typed it."""
    if any(each.field == "happened_at" for each in fault.faults):
        return CLOCK
    told = []
    for each in fault.faults:
        where = each.why.split(" (", 1)[0] if each.why.startswith("item ") else ""
        if "cannot be shown" in each.why:
            place = f"Paragraph {where.removeprefix('item ')}" if where else "What was typed"
            told.append(
                f"{place} holds a sign that cannot be shown or printed. Take it out; the rest is as you typed it."
            )
        elif "characters long" in each.why and where:
            told.append(f"Paragraph {where.removeprefix('item ')} is too long for one. Divide it by a blank line.")
        else:
            told.append(f"{each.field.replace('_', ' ')}: {each.why}.")
    return " ".join(told)


def no_such(request: HttpRequest) -> HttpResponse:
    """There is no statement of that number in this case."""
    return refused(request, "There is no such statement in this case. Go back to the list of statements.", status=404)
