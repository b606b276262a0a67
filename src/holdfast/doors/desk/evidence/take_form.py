"""The form of what is said of an item before its file: judged as the record will judge it, before a byte is sent."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from holdfast.doors.desk.evidence.asked import Way
from holdfast.doors.desk.evidence.body import AREAS
from holdfast.doors.desk.forms.fields import OneOfField
from holdfast.doors.desk.forms.fields import SomeOfField
from holdfast.doors.desk.forms.fields import form_field
from holdfast.doors.evidence.consents import Consent
from holdfast.record.kind import FieldFault
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import fields_of
from holdfast.record.kind import read_fields
from holdfast.record.kinds.evidence import ItemTaken

_ALWAYS = ("exhibit", "bag")
_NOTHING = {"item": "00000000-0000-0000-0000-000000000000", "size": 0, "sha256": "0" * 64}  # known only afterwards


class ConsentField(OneOfField):
    """One of the consents that stand."""

    def __init__(self, consents: tuple[Consent, ...]) -> None:
        standing = [(str(each.number), f"{each.what} ({each.purpose})") for each in consents if not each.ended]
        super().__init__(standing, radios=True, label="On which consent does it rest?", required=False)
        self.standing = {value for value, _ in standing}

    def to_python(self, value: Any) -> Any:
        if not value:
            return None
        if value not in self.standing:
            raise forms.ValidationError("This consent does not stand. Choose one that does.")
        return int(value)


def _faults(given: Mapping[str, Any]) -> tuple[FieldFault, ...]:
    """What the record would refuse."""
    try:
        read_fields(ItemTaken, given)
    except FieldsRefused as refused:
        return refused.faults
    return ()


class TakeForm(forms.Form):
    """What is said of one item. `said` is ItemTaken's fields as plain values once it is valid."""

    def __init__(
        self, way: Way, zone: ZoneInfo, given: tuple[Consent, ...], data: Any = None, beforehand: Any = None
    ) -> None:
        super().__init__(data=data, initial=beforehand, use_required_attribute=False)
        self.way = way
        self.said: dict[str, Any] = {}
        declared = {field.name: field for field in fields_of(ItemTaken)}
        for name in (*way.asks, *_ALWAYS):
            field: forms.Field = form_field(declared[name], zone)
            if name == "body":
                areas = [(area.code, area.name) for area in AREAS]
                field = SomeOfField(areas, label="Where on the body", required=False)
            if name == "consent":
                field = ConsentField(given)
            field.label = way.names.get(name, field.label)
            self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Judges it as the record will, before a single byte is sent."""
        cleaned = super().clean() or self.cleaned_data
        said = {name: value for name, value in cleaned.items() if value not in (None, "", [])}
        if self.way.what == "medical_record" and not said.get("consent") and "consent" not in self.errors:
            self.add_error("consent", "Record the survivor's consent first. Without one it must not be taken in.")
        if not {area.code for area in AREAS}.issuperset(said.get("body", ())):
            self.add_error("body", "Choose areas of the body map.")
        for fault in _faults({**_NOTHING, "what": self.way.what, **said}):
            says = fault.why[:1].upper() + fault.why[1:].rstrip(".") + "."
            self.add_error(fault.field if fault.field in self.fields else None, says)
        self.said = {"what": self.way.what, **said}
        return cleaned
