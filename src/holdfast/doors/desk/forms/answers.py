"""Answers by code: a risk instrument's topics, each with yes, no, not asked, not known, declined.

- The topics come from the pack. Where the pack does not have the instrument, answers are typed as lines `code: answer`.
- Every topic of the instrument is kept with its answer, those not asked too: a form with gaps must show its gaps.
- The count is of yes answers only. It identifies factors; it never predicts, and it never lowers a grade.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from django import forms

from holdfast.doors.desk.forms.fields import OneOfField
from holdfast.doors.desk.in_words import value_in_words
from holdfast.law.instrument import Instrument
from holdfast.record.kind import FieldOf


class AnswerLinesField(forms.Field):
    """Answers typed as lines of `code: answer`, where no list of topics is at hand."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}), **more)

    def to_python(self, value: Any) -> dict[str, Any] | None:
        found: dict[str, Any] = {}
        for line in (value or "").splitlines():
            if not line.strip():
                continue
            code, colon, answer = line.partition(":")
            if not colon:
                raise forms.ValidationError("Give one answer a line, as code: answer.")
            found[code.strip()] = _plain(answer.strip())
        return found or None

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return value
        return "\n".join(f"{code}: {_typed(answer)}" for code, answer in value.items())


def answer_fields(field: FieldOf, instrument: Instrument | None) -> dict[str, forms.Field]:
    """The Django fields of every topic, by the name each has in the page."""
    if instrument is None:
        hint = field.hint or "One answer a line, as code: answer."
        return {field.name: AnswerLinesField(label=field.question, help_text=hint, required=False)}
    values = [(value, value_in_words(value)) for value in field.choices]
    return {
        answer_name(field.name, topic.id): OneOfField(
            values,
            radios=True,
            label=topic.topic,
            help_text=topic.asks if topic.asks != "own words" else "",
            required=False,
        )
        for topic in instrument.topics
    }


def answer_name(field_name: str, topic: str) -> str:
    """The name that a topic's answer has in the page."""
    return f"{field_name}.{topic}"


def answer_initial(field: FieldOf, instrument: Instrument | None, values: Any) -> dict[str, Any]:
    """The starting answers: what is given, else not asked."""
    given = dict(values or {})
    if instrument is None:
        return {field.name: given}
    return {answer_name(field.name, topic.id): given.get(topic.id, "not_asked") for topic in instrument.topics}


def read_answers(field: FieldOf, instrument: Instrument | None, cleaned: Mapping[str, Any]) -> dict[str, Any] | None:
    """The answers by topic; a topic left alone was not asked."""
    if instrument is None:
        return cleaned.get(field.name)
    return {topic.id: cleaned.get(answer_name(field.name, topic.id)) or "not_asked" for topic in instrument.topics}


def _plain(text: str) -> Any:
    """A typed answer as a plain value: JSON where it is JSON, else the words themselves."""
    try:
        return msgspec.json.decode(text)
    except msgspec.DecodeError:
        return text


def _typed(value: Any) -> str:
    """A plain value as it would be typed, so that reading it gives the same value back."""
    if (
        isinstance(value, str)
        and isinstance(_plain(value), str)
        and "\n" not in value
        and value == value.strip()
        and value
    ):
        return value if _plain(value) == value else msgspec.json.encode(value).decode()
    return msgspec.json.encode(value).decode()
