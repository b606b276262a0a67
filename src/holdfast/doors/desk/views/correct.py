"""Correcting an entry: its own form, filled with what it says now; what is changed becomes the correction.

- The entry itself is never touched. The correction stands beside it, with the reason and who made it.
- 'It did not happen at all' strikes the entry: it no longer counts, and both can still be read.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms
from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse

from holdfast.access.naming import after_writing
from holdfast.casefile.append import append
from holdfast.casefile.codes import shown
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.forms.fields import WordsField
from holdfast.doors.desk.forms.heading import entry_in_words
from holdfast.doors.desk.forms.heading import seen_by
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.sections import sections
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.gate import refused
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again
from holdfast.doors.desk.writing import past_alarms
from holdfast.record.facts import effective
from holdfast.record.kind import FieldFault
from holdfast.record.kind import Kind
from holdfast.record.kind import fields_of
from holdfast.record.kind import label
from holdfast.record.kind import write_fields
from holdfast.record.kinds import KINDS


class WhyCorrected(forms.Form):
    """The reason, and whether it happened at all."""

    struck = forms.BooleanField(label="It did not happen at all", required=False)
    reason = WordsField(label="Why is it corrected?", help_text="What was wrong, and how you know.", required=False)

    second = forms.CharField(
        label="Second person who agreed",
        help_text="Their staff identifier. Needed where the correction takes away something that is owed.",
        required=False,
        max_length=60,
    )

    def clean_reason(self) -> Any:
        reason = self.cleaned_data.get("reason")
        if not reason or not reason.strip():
            raise forms.ValidationError("Give the reason: whoever reads both has to know which to trust.")
        return reason


@in_case("record")
def correct(request: HttpRequest, opened: Opened, number: int) -> HttpResponse:
    """The form, and the correction that it makes."""
    member = request.member  # type: ignore[attr-defined]
    entry = next((each for each in effective(list(opened.seen)) if each.number == number), None)
    if entry is None or entry.kind in ("EntryCorrected", "CaseOpened"):
        return refused(
            request, "There is no entry of that number that can be corrected. Look at the timeline.", status=404
        )
    # Whoever may not record such an entry may not change what it says either.
    for kind_named in ("EntryCorrected", entry.kind):
        answer = opened.may("record", kind_named)
        if not answer.allowed:
            return refused(request, answer.why)
    sent = request.POST if request.method == "POST" else None
    place = FormPlace(opened.zone, opened.pack)
    kind = KINDS[entry.kind]
    form = KindForm(kind, place, sent, given=write_fields(entry.fields))
    reason = WhyCorrected(sent, prefix="why", use_required_attribute=False)
    if sent is None:
        return _page(request, opened, form, reason, number)
    if "more" in sent or shown_again(request):
        return _page(request, opened, form.unjudged(), reason, number)
    struck = bool(sent.get("why-struck"))
    valid = [reason.is_valid(), struck or form.is_valid()]
    if not all(valid):
        return _page(request, opened, form.unjudged() if struck else form, reason, number, status=422)
    corrected = {} if struck else changed(kind, entry.fields, form.plain())
    fields = {"corrected": corrected, "struck": "yes" if struck else "no", "reason": reason.cleaned_data["reason"]}
    fields["second_person"] = reason.cleaned_data.get("second") or ""
    seen = seen_by(sent)
    try:
        past_alarms(
            opened,
            seen,
            lambda length: append(
                opened.file.id, "EntryCorrected", fields, by=member.by, happened_at=opened.now, about=(number,),
                expected_length=length,
            ),
        )  # fmt: skip
    except EntryRefused as no:
        for fault in no.faults:
            _place_fault(fault, form, reason)
        return _page(request, opened, form, reason, number, status=422)
    except CaseMovedOn:
        added = [entry_in_words(each, place) for each in opened.seen if each.number > (seen or 0)]
        return _page(request, opened, form, reason, number, status=409, added=added)
    after_writing(opened.file.id, ("EntryCorrected",), opened.now)
    say(request, f"Corrected: entry {number}, {label(kind).lower()}. The entry as it was written can still be read.")
    return HttpResponseRedirect(reverse("desk:case", args=[opened.file.code]))


def _place_fault(fault: FieldFault, form: KindForm, reason: WhyCorrected) -> None:
    """Beside the field that it is about, on whichever of the two forms that is."""
    name, says = fault.field.removeprefix("corrected."), fault.why[:1].upper() + fault.why[1:] + "."
    if name == "second_person":
        reason.add_error("second", says)
    else:
        form.add_error(name if name in form.fields else None, says)


def changed(kind: type[Kind], before: Kind, plain: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that differ from what the entry says, with their right values; an emptied one gets its default."""
    found: dict[str, Any] = {}
    for field in fields_of(kind):
        was = msgspec.to_builtins(getattr(before, field.name))
        default = None if field.required else msgspec.to_builtins(field.default)
        now = plain.get(field.name, default)
        if field.holds == "parts":
            now = msgspec.to_builtins(msgspec.convert(now or [], field.annotation))
        if field.holds == "when" and was and now and str(was)[:19] == str(now)[:19]:
            continue
        if now != was:
            found[field.name] = now
    return found


def _page(
    request: HttpRequest, opened: Opened, form: KindForm, reason: WhyCorrected, number: int, *, status: int = 200,
    added: list[str] | None = None,
) -> HttpResponse:  # fmt: skip
    quiet = not form.is_bound or "more" in request.POST or shown_again(request)
    context = {
        "form": form,
        "reason": reason,
        "sections": sections(form),
        "errors": [] if quiet else [*faults(reason), *faults(form)],
        "added": added or [],
        "number": number,
        "name": label(form.kind),
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "seen": opened.file.length,
    }
    return show(request, "desk/correct.html", context, status=status)
