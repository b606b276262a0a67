"""From what a field `holds` to the Django field that asks for it.

- A field here only reads: it turns what was typed into the plain value that `read_fields` takes, or says why it cannot.
  Whether the value is allowed is for `read_fields` alone, so every form and every other way in agree.
- Nothing is required by the browser: a person at 3 a.m. sends what they have and is told, in one list, what is missing.
- A field that nobody filled gives None and is left out of the entry, so that its declared default stands.
- Words are kept as they were typed: spaces and line breaks are part of what somebody said.
"""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.local_time import TimeUnreadable
from holdfast.doors.desk.local_time import read_day
from holdfast.doors.desk.local_time import read_local
from holdfast.record.kind import FieldOf

RADIOS_AT_MOST = 8  # a longer list is a select: the keyboard finds a word in it by its first letters

_NUMBERS = {
    "count": "Give a whole number, such as 2.",
    "minutes": "Give a whole number of minutes, such as 15.",
    "months": "Give a whole number of months, such as 6.",
    "metres": "Give a number of metres, such as 25.",
    "latitude": "Give a latitude in degrees, such as 51.5072.",
    "longitude": "Give a longitude in degrees, such as -0.1276.",
    "number": "Give a number.",
}
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}  # nothing that is typed here is kept by the browser
_WIDTH = {"phone": 20, "staff": 20, "reference": 20, "language": 20, "code": 20}


def _width(characters: int | None) -> dict[str, str]:
    return {"size": str(characters), "data-width": str(characters)} if characters else {}


class WordsField(forms.CharField):
    """As many words as are needed, exactly as they were typed."""

    def __init__(self, **more: Any) -> None:
        super().__init__(strip=False, widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}), **more)

    def to_python(self, value: Any) -> str | None:
        text = (value or "").replace("\r\n", "\n").replace("\r", "\n")
        return text or None


class LineField(forms.CharField):
    """One line of words, a name, a number, a place or an identifier."""

    def __init__(self, width: int | None = None, **more: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={**_PLAIN, **_width(width)}), **more)

    def to_python(self, value: Any) -> str | None:
        return super().to_python(value) or None


class LinesField(forms.Field):
    """Several short things, one a line."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 3, **_PLAIN}), **more)

    def to_python(self, value: Any) -> list[str] | None:
        return [line.strip() for line in (value or "").splitlines() if line.strip()] or None

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class NumberField(forms.Field):
    """A whole number or one with a decimal point."""

    def __init__(self, holds: str, **more: Any) -> None:
        self.whole = holds in ("count", "minutes", "months")
        self.says = _NUMBERS[holds]
        mode = "numeric" if self.whole else "decimal"
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": mode, **_PLAIN, **_width(5 if self.whole else 10)}), **more
        )

    def to_python(self, value: Any) -> int | float | None:
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        try:
            return int(text) if self.whole else float(text)
        except ValueError:
            raise forms.ValidationError(self.says) from None


class WhenField(forms.Field):
    """A moment, typed in local time; its plain value is in UTC."""

    def __init__(self, zone: ZoneInfo, **more: Any) -> None:
        self.zone = zone
        widget = forms.TextInput(attrs={"type": "datetime-local", "step": "any", **_PLAIN, **_width(20)})
        super().__init__(widget=widget, **more)

    def to_python(self, value: Any) -> str | None:
        if not (value or "").strip():
            return None
        try:
            return read_local(value, self.zone).isoformat().replace("+00:00", "Z")
        except TimeUnreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None


class DayField(forms.Field):
    """A day."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "date", **_PLAIN, **_width(10)}), **more)

    def to_python(self, value: Any) -> str | None:
        if not (value or "").strip():
            return None
        try:
            return read_day(value).isoformat()
        except TimeUnreadable as unreadable:
            raise forms.ValidationError(str(unreadable)) from None


class OneOfField(forms.Field):
    """One value of a list. A value that is not on it goes on to `read_fields`, which refuses it in its own words."""

    def __init__(self, values: list[tuple[str, str]], *, radios: bool, **more: Any) -> None:
        self.values = values
        widget = forms.RadioSelect(choices=values) if radios else forms.Select(choices=[("", "Choose"), *values])
        super().__init__(widget=widget, **more)

    def offer(self, values: list[tuple[str, str]]) -> None:
        """Offers these values instead, in one line."""
        self.values = values
        self.widget = forms.Select(choices=[("", "Choose"), *values])

    def to_python(self, value: Any) -> str | None:
        return value or None


class SomeOfField(forms.Field):
    """Any number of a list's values."""

    def __init__(self, values: list[tuple[str, str]], **more: Any) -> None:
        self.values = values
        super().__init__(widget=forms.CheckboxSelectMultiple(choices=values), **more)

    def to_python(self, value: Any) -> list[str] | None:
        return list(value) if value else None


def form_field(field: FieldOf, zone: ZoneInfo, codes: list[tuple[str, str]] = []) -> forms.Field:  # noqa: B006
    """The Django field for one declared field. 'parts' and 'answers' are several: see `rows.py` and `answers.py`."""
    common: dict[str, Any] = {"label": field.question, "help_text": field.hint, "required": False}
    if field.holds == "choice":
        values = [(value, value_in_words(value)) for value in field.choices]
        return OneOfField(values, radios=len(values) <= RADIOS_AT_MOST, **common)
    if field.holds == "choices":
        values = [(value, value_in_words(value)) for value in field.choices if value != "not_asked"]
        return SomeOfField(values, **common)
    if field.holds == "flag":
        return forms.BooleanField(**common)
    if field.holds == "words":
        return WordsField(**common)
    if field.holds == "lines":
        return LinesField(**common)
    if field.holds == "when":
        return WhenField(zone, **common)
    if field.holds == "day":
        return DayField(**common)
    if field.holds in _NUMBERS:
        return NumberField(field.holds, **common)
    if codes:
        return OneOfField(codes, radios=False, **common)
    return LineField(_WIDTH.get(field.holds), **common)
