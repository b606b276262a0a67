"""What the public report asks: short, and first whether it is happening now."""

from typing import Any

from django import forms

_YES_NO = [("yes", "Yes"), ("no", "No"), ("not_known", "I do not know")]
_SAFE = [("yes", "Yes"), ("no", "No"), ("not_known", "I am not sure")]
_WHO = [
    ("survivor", "It happens to me"),
    ("friend_or_family", "I am a friend or relative"),
    ("neighbour", "I am a neighbour"),
    ("child", "I am a child or young person"),
    ("professional", "I work with them: hospital, school, support"),
    ("other", "Somebody else"),
]
_KEPT_NOWHERE = {"autocomplete": "off", "spellcheck": "false"}


class ReportForm(forms.Form):
    """The whole of it. Only what happened is needed; the rest may be left open."""

    safe_now = forms.ChoiceField(
        label="Are you safe at this moment?", choices=_SAFE, widget=forms.RadioSelect,
        error_messages={"required": "Answer this first.", "invalid_choice": "Choose one of these."},
    )  # fmt: skip
    who = forms.ChoiceField(label="Who are you?", choices=_WHO, widget=forms.RadioSelect, required=False)
    happened = forms.CharField(
        label="What happens, or what happened?", help_text="In your own words. When, and who was there, if you know.",
        max_length=6000, strip=True, widget=forms.Textarea(attrs={"rows": 6, **_KEPT_NOWHERE}),
        error_messages={"required": "Write what happened, even in a few words."},
    )  # fmt: skip
    place = forms.CharField(label="Where is it?", max_length=400, required=False)
    there = forms.ChoiceField(
        label="Is the person who does it there now?", choices=_YES_NO, widget=forms.RadioSelect, required=False
    )
    children = forms.ChoiceField(
        label="Are there children there, or do any live there?", choices=_YES_NO, widget=forms.RadioSelect,
        required=False,
    )  # fmt: skip
    other_name = forms.CharField(label="What is that person called?", max_length=200, required=False)
    name = forms.CharField(
        label="What are you called?", help_text="You need not say it.", max_length=200, required=False
    )
    number = forms.CharField(
        label="A number on which we may reach you", max_length=60, required=False,
        help_text="We do not ring it before a person has thought about whether it is safe. Leave it open if somebody "
        "else may answer.",
    )  # fmt: skip
    reach = forms.CharField(
        label="When is it safe, and what should we not do?", max_length=400, required=False,
        widget=forms.Textarea(attrs={"rows": 2, **_KEPT_NOWHERE}),
    )  # fmt: skip
    language = forms.CharField(label="Another language that you would rather speak", max_length=60, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, use_required_attribute=False)
        for field in self.fields.values():
            field.widget.attrs.update(_KEPT_NOWHERE)
