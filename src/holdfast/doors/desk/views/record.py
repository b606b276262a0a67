"""Recording an entry of any kind: choose it by stage or by name, then fill the form that its fields ask for.

- `?owed=` names the duty that brought the person here: its form comes filled with what would end it.
- After writing, the person is told whether that duty is now done, and what is missing where it is not.
- A form sent back for more rows, or for a count, is judged only when it is recorded.
"""

from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.casefile.codes import shown
from holdfast.doors.desk.acts import Way
from holdfast.doors.desk.acts import find_owed
from holdfast.doors.desk.acts import ways_to_end
from holdfast.doors.desk.forms.heading import Heading
from holdfast.doors.desk.forms.heading import entry_in_words
from holdfast.doors.desk.forms.heading import seen_by
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.sections import sections
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.linking import link_back
from holdfast.doors.desk.opening import opened_again
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.reminders import prohibitions_at
from holdfast.doors.desk.reminders import risk_count
from holdfast.doors.desk.standing import Contact
from holdfast.doors.desk.standing import standing
from holdfast.doors.desk.writing import write_entry
from holdfast.duties.owed import Owed
from holdfast.duties.owed import owed
from holdfast.duties.owed import still_owed
from holdfast.record.entry import Entry
from holdfast.record.kind import label
from holdfast.record.kind import meaning
from holdfast.record.kinds import KINDS
from holdfast.record.kinds import STAGES

_DECISIONS = ("DutyWaived", "DutyUnsafe")
_ANSWERS_A_LINK = ("LinkAccepted", "LinkRefused")  # on a page of its own, with the other report beside it


@in_case("record")
def choose(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Every kind of entry that this person may record here, by stage; or straight to the one that was named."""
    typed = request.GET.get("kind", "").strip()
    named = next(
        (name for name, kind in KINDS.items() if typed and typed.lower() in (label(kind).lower(), name.lower())), None
    )
    if named:
        return HttpResponseRedirect(reverse("desk:record", args=[opened.file.code, named]))
    stages = []
    for module in STAGES:
        kinds = [
            (name, label(kind), meaning(kind))
            for name, kind in KINDS.items()
            if kind.__module__ == module.__name__ and name != "CaseOpened" and opened.may("record", name)
        ]
        if kinds:
            stages.append((module.__name__.rsplit(".", 1)[-1], sorted(kinds, key=lambda each: each[1])))
    context = {"stages": stages, "typed": typed[:60], "code": shown(opened.file.code), "plain_code": opened.file.code}
    return show(request, "desk/choose.html", context)


@in_case("record")
def record(request: HttpRequest, opened: Opened, kind: str) -> HttpResponse:
    """The form of one kind, and what it sends."""
    member = request.member  # type: ignore[attr-defined]
    if (elsewhere := _done_elsewhere(request, opened, kind)) is not None:
        return elsewhere
    answer = opened.may("record", kind)
    if not answer.allowed:
        return refused(request, answer.why, status=404 if kind not in KINDS else 403)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and kind == "EntryCorrected":  # whoever may not record an entry may not strike it either
        about = {entry.kind for entry in opened.seen if str(entry.number) in sent.getlist("entry-about")}
        answer = next((no for each in about if not (no := opened.may("record", each)).allowed), answer)
        if not answer.allowed:
            return refused(request, answer.why)
    item = find_owed(owed(opened.file.entries, opened.pack, opened.now), (sent or request.GET).get("owed", ""))
    way = _way(item, kind)
    if sent is not None and kind in _DECISIONS and not sent.getlist("entry-about"):
        sent = _with_start(sent, opened)
    place = FormPlace(opened.zone, opened.pack, _owed_duties(opened) if kind in _DECISIONS else ())
    asked = {"instrument": request.GET["instrument"][:80]} if "instrument" in request.GET else {}
    form = KindForm(KINDS[kind], place, sent, given=way.fields | asked)
    heading = Heading(KINDS[kind], place, opened.seen, opened.now, sent, about=way.about or _about(request))
    if sent is None:
        return _form_page(request, opened, form, heading, item)
    other = form.instrument is not None and sent.get("topics_of", "") != form.instrument.id
    if other or shown_again(request) or "more" in sent or "count" in sent:
        return _form_page(
            request, opened, form.unjudged(), heading, item, seen=seen_by(sent), judged=False, other=other
        )
    written = write_entry(opened, member, form, heading, seen_by(sent))
    if written.number is None:
        added = [entry_in_words(entry, place) for entry in written.added]
        seen = opened.file.length if not written.added else seen_by(sent, 0) + len(written.added)
        status = 409 if written.added else 422
        return _form_page(request, opened, form, heading, item, seen=seen, added=added, status=status)
    said, tags = _what_came_of_it(opened, KINDS[kind], item)
    if kind == "ReportLinked" and (unlinked := link_back(opened, member, _entry(opened, written.number))):
        said, tags = f"{said} {unlinked}", "warning"
    say(request, said, tags)
    return HttpResponseRedirect(reverse("desk:case", args=[opened.file.code]))


def _done_elsewhere(request: HttpRequest, opened: Opened, kind: str) -> HttpResponse | None:
    """To the page of its own on which this kind is recorded."""
    if kind == "ItemTaken" and opened.may("take_evidence").allowed:
        item = find_owed(owed(opened.file.entries, opened.pack, opened.now), request.GET.get("owed", ""))
        what = _way(item, kind).fields.get("what", "")
        return HttpResponseRedirect(f"{reverse('desk:evidence-take', args=[opened.file.code])}?what={what}")
    if kind in _ANSWERS_A_LINK and opened.may("answer_link").allowed:
        return HttpResponseRedirect(reverse("desk:history", args=[opened.file.code]))
    return None


def _form_page(
    request: HttpRequest, opened: Opened, form: KindForm, heading: Heading, item: Owed | None, *,
    seen: int | None = None, added: list[str] | None = None, judged: bool = True, other: bool = False,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    found = [*faults(heading), *faults(form)] if form.is_bound and judged else []
    context: dict[str, Any] = {
        "form": form,
        "heading": heading,
        "sections": sections(form),
        "errors": found,
        "added": added or [],
        "item": item,
        "ways": ways_to_end(item) if item else (),
        "may_waive": opened.may("waive_duty").allowed,
        "owed_key": (request.POST or request.GET).get("owed", "") if item else "",
        "kind": form.kind.__name__,
        "name": label(form.kind),
        "meaning": meaning(form.kind),
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "seen": seen if seen is not None else opened.file.length,
        "prohibitions": prohibitions_at(opened.pack, form.kind, opened.now, opened.zone),
        "risk": risk_count(form) if form.instrument is not None else None,
        "instrument": form.instrument,
        "contact": _contact(form, opened),
        "other_instrument": other,
        "instruments": opened.pack.instruments if form.instrument is not None else (),
    }
    return show(request, "desk/record.html", context, status=status)


def _contact(form: KindForm, opened: Opened) -> Contact | None:
    """How the survivor may safely be reached, beside every form that says how they were."""
    if "channel" not in form.fields or form.kind.__name__ in ("ContactAgreed", "ContactChanged", "MessageReceived"):
        return None
    return standing(opened.file.entries, opened.pack, opened.zone, opened.now).contact


def _with_start(sent: Any, opened: Opened) -> Any:
    """A decision on a duty is about the entry that started it: found here where only one did."""
    starts = {
        each.started_by
        for each in still_owed(owed(opened.file.entries, opened.pack, opened.now))
        if each.duty.id == sent.get("duty")
    }
    if len(starts) == 1:
        sent = sent.copy()
        sent.setlist("entry-about", [str(starts.pop())])
    return sent


def _way(item: Owed | None, kind: str) -> Way:
    """What the duty that brought the person here would have filled in."""
    if item is None:
        return Way(kind, "", {}, ())
    if kind in _DECISIONS:
        return Way(kind, "", {"duty": item.duty.id}, (item.started_by,))
    return next((way for way in ways_to_end(item) if way.kind == kind), Way(kind, "", {}, (item.started_by,)))


def _about(request: HttpRequest) -> tuple[int, ...]:
    asked = request.GET.get("about", "")
    return (int(asked),) if asked.isdecimal() and len(asked) < 7 else ()


def _entry(opened: Opened, number: int) -> Entry:
    """The entry that was just written."""
    return next(each for each in opened_again(opened).file.entries if each.number == number)


def _owed_duties(opened: Opened) -> tuple[tuple[str, str], ...]:
    """The duties that are owed in this case and can be waived or called unsafe, each once."""
    found: dict[str, str] = {}
    for item in owed(opened.file.entries, opened.pack, opened.now):
        if item.state in ("open", "overdue", "undated"):
            found[item.duty.id] = item.duty.staff
    return tuple(found.items())


def _what_came_of_it(opened: Opened, kind: Any, item: Owed | None) -> tuple[str, str]:
    """One sentence for the next page: recorded, and whether the duty is done."""
    done = f"Recorded: {label(kind).lower()}."
    if item is None:
        return done, ""
    again = opened_again(opened)
    now = next(
        (
            each
            for each in owed(again.file.entries, again.pack, again.now)
            if (each.duty.id, each.started_by, each.instance) == (item.duty.id, item.started_by, item.instance)
        ),
        None,
    )
    if now is None or now.state not in ("open", "overdue", "undated"):
        return f"{done} That is done: {item.duty.staff}", ""
    return (
        f"{done} It does not end what is owed yet: {item.duty.staff} Look at what the entry is about and what it says.",
        "warning",
    )
