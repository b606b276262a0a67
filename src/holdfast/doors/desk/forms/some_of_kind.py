"""A form of some fields of a kind: for a page of its own, which itself says the rest of the entry.

Each field asks its question as the kind declares it, and is judged as `read_fields` would judge it, so that what
passes here is not refused when it is written. `needed` are those that the page cannot do without.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from holdfast.doors.desk.forms.fields import form_field
from holdfast.record.kind import Kind
from holdfast.record.kind import fields_of
from holdfast.record.value import Refused
from holdfast.record.value import read_value


class SomeOfKind(forms.Form):
    """The form. `said` are the plain values that were given, once it is valid."""

    def __init__(
        self,
        kind: type[Kind],
        names: Sequence[str],
        zone: ZoneInfo,
        data: Mapping[str, Any] | None = None,
        *,
        given: Mapping[str, Any] | None = None,
        needed: Sequence[str] = (),
        asks: Mapping[str, str] | None = None,
        hints: Mapping[str, str] | None = None,
        prefix: str | None = None,
    ):
        self.declared = {field.name: field for field in fields_of(kind) if field.name in names}
        self.needed = tuple(needed)
        self.said: dict[str, Any] = {}
        starting = {
            name: self.declared[name].default
            for name in names
            if name not in needed and self.declared[name].default not in (None, "not_asked")
        }
        super().__init__(data=data, initial={**starting, **(given or {})}, prefix=prefix, use_required_attribute=False)
        for name in names:
            made = form_field(self.declared[name], zone, [])
            made.label = (asks or {}).get(name, made.label)
            made.help_text = (hints or {}).get(name, made.help_text)
            self.fields[name] = made

    def clean(self) -> dict[str, Any]:
        """Judges each value, and puts each fault beside its field."""
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.declared.items():
            value = cleaned.get(name)
            if name in self.errors:
                continue
            if value in (None, "", []):
                if name in self.needed:
                    self.add_error(name, "Answer this: the entry means nothing without it.")
                continue
            try:
                read_value(field.annotation, value)
            except Refused as refused:
                for why in refused.whys:
                    self.add_error(name, why[:1].upper() + why[1:].rstrip(".") + ".")
                continue
            self.said[name] = value
        return cleaned
