"""The form of a kind: drawn from its declared fields, arranged by hand where a layout exists, judged by `read_fields`.

- `plain()` is what was typed as plain values, those left alone left out; `fields_read` is the entry's fields once
  they pass.
- Faults stand beside their field and in one list at the top. Nothing that was typed is lost.
- `unjudged()` shows the form again with more rows, or a count, without finding fault with what is not finished.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django import forms
from django.forms.utils import ErrorDict

from holdfast.casefile.codes import plain as plain_code
from holdfast.doors.desk.forms.answers import answer_fields
from holdfast.doors.desk.forms.answers import answer_initial
from holdfast.doors.desk.forms.answers import read_answers
from holdfast.doors.desk.forms.codes import codes_for
from holdfast.doors.desk.forms.fields import OneOfField
from holdfast.doors.desk.forms.fields import form_field
from holdfast.doors.desk.forms.layout import Layout
from holdfast.doors.desk.forms.layouts import LAYOUTS
from holdfast.doors.desk.forms.rows import read_rows
from holdfast.doors.desk.forms.rows import row_fields
from holdfast.doors.desk.forms.rows import row_initial
from holdfast.doors.desk.forms.rows import row_name
from holdfast.doors.desk.forms.rows import rows_wanted
from holdfast.doors.desk.local_time import write_local
from holdfast.law.instrument import Instrument
from holdfast.law.pack import Pack
from holdfast.record.kind import FieldOf
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import Kind
from holdfast.record.kind import fields_of
from holdfast.record.kind import read_fields

_FAULTS = {
    "is missing and has to be given": "Answer this: the entry means nothing without it.",
    "is not a field of this kind": "This is not part of this form. Open the form again.",
}


class FormPlace(NamedTuple):
    """Where a form is filled: the pack whose lists it offers and the zone whose clock is on the wall."""

    zone: ZoneInfo
    pack: Pack | None = None
    duties: tuple[
        tuple[str, str], ...
    ] = ()  # the duties that a decision may be about; empty means every one of the pack


class KindForm(forms.Form):
    """The form of one kind."""

    def __init__(
        self,
        kind: type[Kind],
        place: FormPlace,
        data: Mapping[str, Any] | None = None,
        given: Mapping[str, Any] | None = None,
        prefix: str | None = None,
    ):
        self.kind = kind
        self.place = place
        self.layout: Layout | None = LAYOUTS.get(kind.__name__)
        self.declared = fields_of(kind)
        self.rows: dict[str, int] = {}
        self.fields_read: Kind | None = None
        starting = {**(self.layout.defaults if self.layout else {}), **(given or {})}
        self.instrument = self._instrument(data, starting, prefix)
        if self.instrument is not None:
            starting = {"instrument": self.instrument.id, **starting}
        super().__init__(data=data, initial=self._initial(starting), prefix=prefix, use_required_attribute=False)
        for field in self.declared:
            self.fields.update(self._fields_for(field, starting))

    def plain(self) -> dict[str, Any]:
        """What was typed, as plain values. A field that was left alone is not in it."""
        found: dict[str, Any] = {}
        for field in self.declared:
            value = self._plain(field)
            if value is not None:
                found[field.name] = value
        return found

    def clean(self) -> dict[str, Any]:
        """Judges what was typed by `read_fields`, and puts each fault beside its field."""
        cleaned = super().clean() or self.cleaned_data
        given = self.plain()
        try:
            self.fields_read = read_fields(self.kind, given)
        except FieldsRefused as refused:
            for fault in refused.faults:
                self._place_fault(fault.field, fault.why, given)
        return cleaned

    def unjudged(self) -> "KindForm":
        """The form as typed, with no fault found."""
        self._errors = ErrorDict()
        return self

    def yes_count(self) -> int:
        """How many topics are answered yes in what was typed so far."""
        return sum(1 for name in self.fields if name.startswith("answers.") and self[name].value() == "yes")

    def _fields_for(self, field: FieldOf, starting: Mapping[str, Any]) -> dict[str, forms.Field]:
        if field.holds == "parts":
            data = _Prefixed(self.data, self.prefix) if self.is_bound else None
            self.rows[field.name] = rows_wanted(field, data, len(starting.get(field.name) or ()))
            return row_fields(field, self.rows[field.name], self.place.zone)
        if field.holds == "answers":
            return answer_fields(field, self.instrument if field.choices else None)
        codes = codes_for(field.name, self.place.pack) if field.holds == "code" else []
        if field.name == "duty" and field.holds == "code" and self.place.duties:
            codes = list(self.place.duties)
        made = form_field(field, self.place.zone, codes)
        if isinstance(made, OneOfField) and codes:
            self._keep_unlisted(made, field.name)
            made.help_text = ""  # it says what to type; nothing has to be typed
        if self.layout:
            made.help_text = self.layout.hints.get(field.name, made.help_text)
            made.label = self.layout.questions.get(field.name, made.label)
        return {field.name: made}

    def _keep_unlisted(self, made: OneOfField, name: str) -> None:
        """Keeps a code that is already there and that the pack's list does not have: an old order, another place's."""
        value = (self.data.get(self.add_prefix(name)) if self.is_bound else None) or self.initial.get(name)
        if value and value not in dict(made.values):
            made.offer([*made.values, (value, value)])

    def _initial(self, starting: Mapping[str, Any]) -> dict[str, Any]:
        initial: dict[str, Any] = {}
        for field in self.declared:
            value = starting.get(field.name, None if field.required else field.default)
            if field.holds == "parts":
                initial |= row_initial(field, starting.get(field.name))
            elif field.holds == "answers":
                initial |= answer_initial(field, self.instrument if field.choices else None, starting.get(field.name))
            elif field.holds == "when" and isinstance(value, str) and value:
                initial[field.name] = write_local(datetime.fromisoformat(value), self.place.zone)
            elif value not in (None, "", ()):
                initial[field.name] = list(value) if isinstance(value, tuple) else value
        return initial

    def _instrument(self, data: Any, starting: Mapping[str, Any], prefix: str | None) -> Instrument | None:
        """The risk instrument whose topics are asked: the one named, else the pack's first."""
        if self.place.pack is None or not any(f.holds == "answers" and f.choices for f in self.declared):
            return None
        named = (data.get(f"{prefix}-instrument" if prefix else "instrument") if data else "") or starting.get(
            "instrument"
        )
        found = self.place.pack.instruments
        return next((each for each in found if each.id == named), found[0] if found else None)

    def _plain(self, field: FieldOf) -> Any:
        if field.holds == "parts":
            rows = read_rows(field, self.rows[field.name], self.cleaned_data)
            return [row for row in rows if row] or None
        if field.holds == "answers":
            return read_answers(field, self.instrument if field.choices else None, self.cleaned_data)
        value = self.cleaned_data.get(field.name)
        if field.name == "to_case" and value:
            return (
                plain_code(value) or value
            ).lower()  # codes stand in small letters there; people type them as they see them
        return value

    def _place_fault(self, name: str, why: str, given: Mapping[str, Any]) -> None:
        field = next((each for each in self.declared if each.name == name), None)
        if field is not None and field.holds == "parts":
            return self._place_row_faults(field)
        says = _FAULTS.get(why, why[:1].upper() + why[1:].rstrip(".") + ".")
        if name in self.errors:  # it could not even be read: that fault says more
            return None
        return self.add_error(name if name in self.fields else None, says)

    def _place_row_faults(self, field: FieldOf) -> None:
        """Judges each row by itself, so that a fault stands in the row that has it."""
        for row, part in enumerate(read_rows(field, self.rows[field.name], self.cleaned_data)):
            if part is None or field.part is None:
                continue
            try:
                read_fields(field.part, part)
            except FieldsRefused as refused:
                for fault in refused.faults:
                    says = _FAULTS.get(fault.why, fault.why[:1].upper() + fault.why[1:] + ".")
                    self.add_error(row_name(field.name, row, fault.field), says)


class _Prefixed:
    """What was sent, read by the names without the form's prefix."""

    def __init__(self, data: Any, prefix: str | None):
        self.data = data
        self.prefix = prefix

    def get(self, name: str, default: Any = None) -> Any:
        own = self.data.get(f"{self.prefix}-{name}" if self.prefix else name, default)
        if name == "more" and own == default:
            asked = str(self.data.get("more") or "")
            return asked.removeprefix(f"{self.prefix}-") if self.prefix else asked
        return own
