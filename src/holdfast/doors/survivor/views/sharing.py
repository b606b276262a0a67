"""The ways into this page, and letting somebody in for a while: the survivor's own, and nobody else's.

- Somebody is named behind the words again: a telephone with an open page must not be enough to let anybody in.
- Their words are shown once, to be passed on by the survivor.
- Ending takes no words: it must be quick, and it can only make the page safer.
"""

from datetime import timedelta
from typing import Any
from typing import NamedTuple

from django import forms
from django.http import HttpRequest
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from holdfast.access.ways_in.again import confirmed_again
from holdfast.access.ways_in.kept import PASSKEY
from holdfast.access.ways_in.kept import ways_of
from holdfast.access.ways_in.passkeys import end_passkey
from holdfast.access.ways_in.supporters import LONGEST
from holdfast.access.ways_in.supporters import TooManySupporters
from holdfast.access.ways_in.supporters import end_supporter
from holdfast.access.ways_in.supporters import name_supporter
from holdfast.access.ways_in.supporters import supporters
from holdfast.access.ways_in.turns import TooMany
from holdfast.access.words import spelled
from holdfast.casefile.codes import shown as code_shown
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.survivor.days import on_day
from holdfast.doors.survivor.own_words import showable
from holdfast.doors.survivor.signed_in import Opened
from holdfast.doors.survivor.signed_in import show
from holdfast.doors.survivor.signed_in import signed_in
from holdfast.doors.survivor.views.entering import WAIT
from holdfast.doors.survivor.views.keys import NOT_THE_WORDS

WHO = (
    ("friend", "A friend"),
    ("family", "Somebody of my family"),
    ("adviser", "An adviser or support worker"),
    ("interpreter", "An interpreter"),
    ("lawyer", "A lawyer"),
    ("other", "Somebody else"),
)
MAY = (
    ("see_next_steps", "See what comes next, and every promise"),
    ("see_what_happened", "See what has happened"),
    ("see_contact", "See how I may be reached, without any number"),
    ("ask_questions", "Ask questions for me"),
    ("say_what_was_not_done", "Say what was not done"),
)
_SAYS = dict(MAY)


class SupporterForm(forms.Form):
    """Who it is, what they may do, until when; and the words again."""

    use_required_attribute = False
    name = forms.CharField(
        label="Their name, or what you call them",
        max_length=100,
        error_messages={"required": "Write a name, so that you know later whom to end."},
    )
    who = forms.ChoiceField(label="Who are they?", choices=WHO, widget=forms.RadioSelect,
                            error_messages={"required": "Choose who they are."})  # fmt: skip
    may = forms.MultipleChoiceField(
        label="What may they do?",
        choices=MAY,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one thing."},
    )
    until = forms.DateField(
        label="Until the end of which day?",
        widget=forms.DateInput({"type": "date"}),
        error_messages={"required": "Choose a day.", "invalid": "Write the day as year-month-day, like 2026-12-31."},
    )
    words = forms.CharField(
        label="Your own four words, again",
        max_length=400,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={"required": "Give your own four words again."},
    )

    def __init__(self, opened: Opened, *given: Any):
        super().__init__(*given)
        self.today = opened.now.astimezone(opened.zone).date()

    def clean_name(self) -> str:
        """The name without what no page could show."""
        return showable(self.cleaned_data["name"]).strip()

    def clean_until(self) -> Any:
        """A day that is still to end, and not further than a year."""
        day = self.cleaned_data["until"]
        if day < self.today:
            raise forms.ValidationError("Choose today or a later day.")
        if day > self.today + LONGEST - timedelta(days=1):
            raise forms.ValidationError("Choose a day within a year. You can name them again then.")
        return day


class Row(NamedTuple):
    """One way in, as the page lists it."""

    key: str
    what: str
    says: tuple[str, ...]
    until: str


@signed_in
def ways(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Every way in that can be ended here, and ending one."""
    if request.method == "POST":
        kind, _, number = request.POST.get("end", "").partition("-")
        if number.isdecimal() and len(number) < 10 and _ended(opened, kind, int(number)):
            request.session["said"] = "It is ended. It opens nothing any more."
        return redirect("survivor:ways")
    year = opened.now.astimezone(opened.zone).year

    def day(moment: Any) -> str:
        return on_day(moment.astimezone(opened.zone).date(), year)

    keys = [
        Row(f"key-{way.pk}", "A device that opens it without words", (f"Added on {day(way.issued_at)}",), "")
        for way in ways_of(opened.file.id, PASSKEY, opened.now)
    ]
    people = [
        Row(
            f"person-{each.entry.number}",
            each.entry.fields.name,
            tuple(_SAYS[may] for may in each.entry.fields.may if may in _SAYS),
            on_day(each.entry.fields.until, year),
        )
        for each in supporters(opened.file, opened.now)
    ]
    return show(request, "ways", opened, keys=keys, named=people)


@signed_in
def share(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Naming somebody."""
    form = SupporterForm(opened, request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                if confirmed_again(request, opened.file, form.cleaned_data["words"]):
                    return _named(request, opened, form)
                form.add_error("words", NOT_THE_WORDS)
            except TooMany:
                form.add_error("words", WAIT)
                status = 503
            except TooManySupporters:
                form.add_error("name", "You have named as many as can be at one time. End one first.")
            except EntryRefused:
                form.add_error("name", "It was not written down. Try again with another name.")
    errors = [{"anchor": form[name].auto_id, "why": why} for name, faults in form.errors.items() for why in faults]
    answer = show(request, "share", opened, form=form, errors=errors)
    answer.status_code = status
    return answer


def _named(request: HttpRequest, opened: Opened, form: SupporterForm) -> HttpResponseBase:
    """Records who was named, and shows their words once."""
    said = {name: form.cleaned_data[name] for name in ("name", "who", "may")}
    fields = {**said, "until": form.cleaned_data["until"].isoformat()}
    words = name_supporter(opened.file, fields, opened.zone, by=opened.by, at=opened.now)
    return show(
        request,
        "shared",
        opened,
        words=[(word, spelled(word)) for word in words.split()],
        code=code_shown(opened.file.code),
        where=request.build_absolute_uri(reverse("survivor:now")),
        until=on_day(form.cleaned_data["until"], form.today.year),
    )


def _ended(opened: Opened, kind: str, number: int) -> bool:
    if kind == "key":
        return end_passkey(opened.file, number, by=opened.by, at=opened.now)
    return kind == "person" and end_supporter(opened.file, number, by=opened.by, at=opened.now)
