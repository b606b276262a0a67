"""A form as headings with questions under them, in the order a person asks: what the page's templates walk through.

- With a layout, its order; without one, the groups that the kind declares; a kind without groups is one section.
- A question is one bound field, or several: the rows of a field that may stand several times, an instrument's topics.
"""

from typing import Any
from typing import NamedTuple

from django import forms
from django.forms.boundfield import BoundField

from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.forms.rows import row_name
from holdfast.record.kind import FieldOf
from holdfast.record.kind import fields_of

_NOTHING: tuple[Any, ...] = (None, "", "not_asked", "not_known", "no", [])


class Question(NamedTuple):
    """One question on the page."""

    name: str
    asks: str
    hint: str
    needed: bool
    field: BoundField | None = None
    rows: tuple[tuple[BoundField, ...], ...] = ()
    answers: tuple[BoundField, ...] = ()

    @property
    def bound(self) -> tuple[BoundField, ...]:
        """Every bound field of the question."""
        own = (self.field,) if self.field is not None else ()
        return (*own, *(field for row in self.rows for field in row), *self.answers)


class Section(NamedTuple):
    """A heading and its questions. A heading may be empty; what is seldom asked is folded away until it is begun."""

    legend: str
    hint: str
    questions: tuple[Question, ...]
    folded: bool = False

    @property
    def begun(self) -> bool:
        """Something in it is filled, or wrong."""
        return any(field.errors or field.value() not in _NOTHING for asked in self.questions for field in asked.bound)


class Fault(NamedTuple):
    """One line of the list at the top of the page: where it leads, and what is wrong."""

    anchor: str
    why: str


def sections(form: KindForm) -> tuple[Section, ...]:
    """The form, arranged."""
    declared = {field.name: field for field in form.declared}
    if form.layout is None:
        groups: dict[str, list[FieldOf]] = {}
        for field in form.declared:
            groups.setdefault(field.group, []).append(field)
        return tuple(Section(legend, "", _questions(form, fields)) for legend, fields in groups.items())
    found = []
    placed: set[str] = set()
    for part in form.layout.parts:
        fields = [declared[name] for name in part.fields if name in declared]
        placed |= {field.name for field in fields}
        found.append(Section(part.legend, part.hint, _questions(form, fields), part.folded))
    left = [field for field in form.declared if field.name not in placed]
    if left:
        found.append(Section(form.layout.rest, "", _questions(form, left)))
    return tuple(found)


def faults(form: forms.Form) -> list[Fault]:
    """Every fault of a form, for the list at the top."""
    found = []
    for name, messages in form.errors.items():
        bound = form[name] if name in form.fields else None
        for message in messages:
            found.append(Fault(_anchor(bound), f"{bound.label} {message}") if bound else Fault("", str(message)))
    return found


def _questions(form: KindForm, fields: list[FieldOf]) -> tuple[Question, ...]:
    return tuple(_question(form, field) for field in fields)


def _question(form: KindForm, field: FieldOf) -> Question:
    whole = Question(form.add_prefix(field.name), field.question, field.hint, field.required)
    if field.holds == "parts":
        inner = fields_of(field.part) if field.part else ()
        rows = tuple(
            tuple(form[row_name(field.name, row, each.name)] for each in inner) for row in range(form.rows[field.name])
        )
        return whole._replace(rows=rows)
    if field.holds == "answers" and field.choices and form.instrument is not None:
        topics = (name for name in form.fields if name.startswith(f"{field.name}."))
        return whole._replace(answers=tuple(form[name] for name in topics))
    return whole._replace(field=form[field.name])


def _anchor(bound: BoundField) -> str:
    """Where the list at the top leads: the control itself, or the first of several."""
    several = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if several else str(bound.auto_id)
