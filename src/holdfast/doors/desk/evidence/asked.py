"""What is asked of an item before it is taken in, by what it is: no question that does not belong to it."""

from collections.abc import Mapping
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django import forms

from holdfast.doors.desk.evidence.body import AREAS
from holdfast.doors.desk.evidence.consents import Consent
from holdfast.doors.desk.forms.fields import OneOfField
from holdfast.doors.desk.forms.fields import SomeOfField
from holdfast.doors.desk.forms.fields import form_field
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import fields_of
from holdfast.record.kind import read_fields
from holdfast.record.kinds.evidence import ItemTaken

_ALWAYS = ("exhibit", "bag")
_NOTHING = {"item": "00000000-0000-0000-0000-000000000000", "size": 0, "sha256": "0" * 64}  # known only afterwards


class Way(NamedTuple):
    """One thing to take in: what it is called, what is asked of it, and which files a device offers for it."""

    what: str
    name: str
    hint: str
    asks: tuple[str, ...]
    files: str = ""
    names: Mapping[str, str] = {}  # the questions, where they need other words here

    @property
    def camera(self) -> bool:
        """Whether an officer may make it with the device in their hand."""
        return self.what in ("injury_photograph", "scene_photograph")


WAYS = (
    Way("injury_photograph", "Photograph of an injury",
        "Of each: one from further away, one nearer, one close with a scale in it.",
        ("body", "words", "made", "light", "scale", "present"), "image/*",
        {"words": "Which injury, as it looks", "made": "Taken at"}),
    Way("scene_photograph", "Picture of the scene", "Rooms, doors, what was broken, before anything is moved.",
        ("words", "made", "light", "scale", "present"), "image/*,video/*",
        {"words": "What it shows, and where it was taken from", "made": "Taken at"}),
    Way("body_worn_video", "Body-worn video", "As a file. Kept in another system? Record its reference instead.",
        ("words", "made", "present"), "video/*", {"words": "Which part matters, and from which minute",
                                                  "made": "Recording began at"}),
    Way("call_recording", "Recording of the call", "Take it in before the control room deletes it.",
        ("words", "made", "source"), "audio/*", {"words": "What can be heard", "made": "Call began at"}),
    Way("medical_record", "Medical record", "Only with the survivor's consent, and only what the consent names.",
        ("consent", "words", "made", "source", "source_name"), "", {"words": "Which record"}),
    Way("screenshot", "Screenshots, messages, voicemail", "As they are on the device: nothing cut off.",
        ("words", "happened", "source", "source_name"), "",
        {"words": "From which number or account, to whom", "happened": "Sent at"}),
    Way("document", "Document", "A letter, an order, a note, a statement from elsewhere.",
        ("words", "made", "source", "source_name"), ""),
    Way("video", "Film or recording from somebody else", "A doorbell, a shop, a neighbour's telephone.",
        ("words", "happened", "made", "source", "source_name"), "video/*,audio/*"),
    Way("other", "Something else, as a file", "", ("words", "happened", "made", "source", "source_name"), ""),
)  # fmt: skip
BY_WHAT = {way.what: way for way in WAYS}


class TakeForm(forms.Form):
    """What is said of one item. `said` is ItemTaken's fields as plain values once it is valid."""

    def __init__(
        self, way: Way, zone: ZoneInfo, consents: tuple[Consent, ...], data: Any = None, given: Any = None
    ) -> None:
        super().__init__(data=data, initial=given, use_required_attribute=False)
        self.way = way
        self.said: dict[str, Any] = {}
        declared = {field.name: field for field in fields_of(ItemTaken)}
        for name in (*way.asks, *_ALWAYS):
            field = form_field(declared[name], zone)
            if name == "body":
                areas = [(area.code, area.name) for area in AREAS]
                field = SomeOfField(areas, label="Where on the body", required=False)
            if name == "consent":
                field = _Consent(consents)
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
        try:
            read_fields(ItemTaken, {**_NOTHING, "what": self.way.what, **said})
        except FieldsRefused as refused:
            for fault in refused.faults:
                says = fault.why[:1].upper() + fault.why[1:].rstrip(".") + "."
                self.add_error(fault.field if fault.field in self.fields else None, says)
        self.said = {"what": self.way.what, **said}
        return cleaned


class _Consent(OneOfField):
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
