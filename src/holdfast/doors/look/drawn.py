"""A field as a page draws it: what the templates in look/fields/ read.

- The three ways of not knowing stand apart from the answers, so that nobody ticks one for the other in haste.
- Names in a form follow the fields: NAME; NAME.day and NAME.time; NAME.0.field for the first part; NAME.topic for
  answers.
- An error is the fault's own words and never repeats what was typed.
"""

from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

from holdfast.record.field import UNKNOWN
from holdfast.record.kind import FieldOf
from holdfast.record.kind import fields_of

_DRAWN_AS = {
    "choice": "radios",
    "choices": "checkboxes",
    "words": "textarea",
    "lines": "textarea",
    "when": "when",
    "day": "when",
    "parts": "parts",
    "answers": "answers",
}
_INPUTMODE = {"count": "numeric", "minutes": "numeric", "months": "numeric", "phone": "tel", "metres": "decimal"}
_WIDTH = {"count": 5, "minutes": 5, "months": 5, "metres": 10, "latitude": 10, "longitude": 10, "staff": 20}
FEW = 4  # as many answers as stand in one line


class Option(NamedTuple):
    """One answer that can be chosen."""

    value: str
    label: str
    chosen: bool


class Drawn(NamedTuple):
    """One field, ready for look/fields/field.html."""

    name: str
    id: str
    question: str
    drawn_as: str = "text"
    hint: str = ""
    error: str = ""
    required: bool = False
    value: Any = ""
    known: tuple[Option, ...] = ()
    unknown: tuple[Option, ...] = ()
    few: bool = False
    type: str = "text"
    inputmode: str = ""
    width: int | None = None
    rows: int = 4
    day: str = ""
    time: str = ""
    has_time: bool = False
    parts: tuple[tuple["Drawn", ...], ...] = ()
    answers: tuple["Drawn", ...] = ()

    @property
    def described_by(self) -> str:
        """The ids of the hint and the error, for those who hear the page."""
        return " ".join(f"{self.id}-{part}" for part in ("hint", "error") if getattr(self, part))


def draw(
    field: FieldOf,
    value: Any = None,
    *,
    prefix: str = "",
    error: str = "",
    labels: Mapping[str, str] | None = None,
    topics: Mapping[str, str] | None = None,
) -> Drawn:
    """A declared field with the value it has now. `labels` gives better words for choices; `topics` the questions of
    an instrument, by id. A `when` value is local: 'YYYY-MM-DDTHH:MM'."""
    name = f"{prefix}{field.name}"
    has = field.default if value is None else value
    drawn = Drawn(
        name=name,
        id=f"f-{name.replace('.', '-')}",
        question=field.question,
        drawn_as=_DRAWN_AS.get(field.holds, "text"),
        hint=field.hint,
        error=error,
        required=field.required,
        value=has,
        inputmode=_INPUTMODE.get(field.holds, ""),
        width=_WIDTH.get(field.holds),
    )
    if drawn.drawn_as in ("radios", "checkboxes"):
        return _with_options(drawn, field.choices, has, labels or {})
    if drawn.drawn_as == "when":
        day, _, time = str(has or "").partition("T")
        return drawn._replace(day=day, time=time[:5], has_time=field.holds == "when")
    if field.holds == "lines":
        return drawn._replace(value="\n".join(has or ()), hint=field.hint or "One to a line.")
    if field.part is not None:
        given = list(has or ()) or [{}]
        return drawn._replace(parts=tuple(_part(field, name, number, part) for number, part in enumerate(given)))
    if drawn.drawn_as == "answers":
        return drawn._replace(answers=tuple(_answers(drawn, field.choices, has or {}, topics or {}, labels or {})))
    return drawn


def in_words(value: str) -> str:
    """A choice's value as words: 'not_asked' reads 'Not asked'."""
    words = value.replace("_", " ")
    return words[:1].upper() + words[1:]


def _with_options(drawn: Drawn, choices: tuple[str, ...], has: Any, labels: Mapping[str, str]) -> Drawn:
    chosen = {has} if isinstance(has, str) else set(has or ())
    options = [Option(each, labels.get(each) or in_words(each), each in chosen) for each in choices]
    known = tuple(option for option in options if option.value not in UNKNOWN)
    few = len(known) <= FEW and all(len(option.label) < 20 for option in known)
    return drawn._replace(known=known, unknown=tuple(option for option in options if option.value in UNKNOWN), few=few)


def _part(field: FieldOf, name: str, number: int, part: Any) -> tuple[Drawn, ...]:
    if field.part is None:
        return ()
    values = part if isinstance(part, Mapping) else {each: getattr(part, each) for each in part.__struct_fields__}
    return tuple(draw(inner, values.get(inner.name), prefix=f"{name}.{number}.") for inner in fields_of(field.part))


def _answers(
    drawn: Drawn, choices: tuple[str, ...], has: Mapping[str, str], topics: Mapping[str, str], labels: Mapping[str, str]
) -> list[Drawn]:
    return [
        _with_options(
            Drawn(name=f"{drawn.name}.{topic}", id=f"{drawn.id}-{topic}", question=question, drawn_as="radios"),
            choices,
            has.get(topic, ""),
            labels,
        )
        for topic, question in topics.items()
    ]
