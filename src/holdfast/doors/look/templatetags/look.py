"""How a form's field is drawn: what the templates in look/fields/ ask.

- The three ways of not knowing stand apart from the answers, so that nobody ticks one for the other in haste.
- A hint and an error are tied to their control, for those who hear the page.
- An error is the fault's own words and never repeats what was typed.
"""

from typing import Any

from django import forms
from django import template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString

from holdfast.record.field import UNKNOWN

register = template.Library()

_TEMPLATES = (
    (forms.CheckboxSelectMultiple, "look/fields/checkboxes.html"),
    (forms.RadioSelect, "look/fields/radios.html"),
    (forms.CheckboxInput, "look/fields/flag.html"),
)
_CLASSES = ((forms.Textarea, "govuk-textarea"), (forms.Select, "govuk-select"), (forms.Widget, "govuk-input"))
FEW = 4  # as many short answers as stand in one line


@register.filter
def drawn_by(field: BoundField) -> str:
    """The template that draws this field."""
    widget = field.field.widget
    return next((name for kind, name in _TEMPLATES if isinstance(widget, kind)), "look/fields/text.html")


@register.filter
def known(field: BoundField) -> list[Any]:
    """The answers that say something."""
    return [option for option in field if option.data["value"] not in UNKNOWN]


@register.filter
def unknown(field: BoundField) -> list[Any]:
    """The answers that say that it is not known."""
    return [option for option in field if option.data["value"] in UNKNOWN]


@register.filter
def are_few(options: list[Any]) -> bool:
    """Whether these answers stand in one line."""
    return len(options) <= FEW and all(len(str(option.choice_label)) < 20 for option in options)


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of the field's hint and errors."""
    named = [(field.help_text, "hint"), (field.errors, "error")]
    return " ".join(f"{field.id_for_label or field.auto_id}-{part}" for there, part in named if there)


@register.filter
def control(field: BoundField) -> SafeString:
    """The input itself, in our class and tied to its hint and errors."""
    name = next(name for kind, name in _CLASSES if isinstance(field.field.widget, kind))
    attrs: dict[str, str | bool] = {"class": f"{name} {name}--error" if field.errors else name}
    if said := described_by(field):
        attrs["aria-describedby"] = said
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)
