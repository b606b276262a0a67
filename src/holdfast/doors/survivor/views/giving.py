"""Giving something: a picture, messages, a recording, a paper, a note. By telephone, in a minute, on a bad line.

- A page carries a permit (doors/evidence/permit.py) in its form's address. The files go past Django, sealed as they
  come (site/taking_in.py); with script in parts that go on after a lost line, without it in one form.
- A note is written here, and sealed as an item like any other.
- Supporters and whoever came by second words get neither page nor permit.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID
from uuid import uuid4
from zoneinfo import ZoneInfo

from django import forms
from django.http import HttpRequest
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from holdfast.casefile.refused import Refused
from holdfast.doors.evidence.coming import NoRoom
from holdfast.doors.evidence.coming import most_of_one
from holdfast.doors.evidence.coming import room_left
from holdfast.doors.evidence.permit import LASTS
from holdfast.doors.evidence.permit import SURVIVOR_SAYS
from holdfast.doors.evidence.permit import WHERE
from holdfast.doors.evidence.permit import Permit
from holdfast.doors.evidence.permit import sealed
from holdfast.doors.evidence.recording import keep_content
from holdfast.doors.evidence.recording import took
from holdfast.doors.evidence.said import said_with
from holdfast.doors.survivor.own_words import OwnWordsField
from holdfast.doors.survivor.signed_in import Opened
from holdfast.doors.survivor.signed_in import show
from holdfast.doors.survivor.signed_in import signed_in
from holdfast.doors.survivor.views.asking import NOT_WRITTEN
from holdfast.doors.survivor.views.asking import shown_with
from holdfast.doors.survivor.views.giving_later import later_pictures
from holdfast.doors.survivor.views.giving_words import GIFT_AT
from holdfast.doors.survivor.views.giving_words import GIFTS
from holdfast.doors.survivor.views.giving_words import POLICE
from holdfast.doors.survivor.views.giving_words import size_in_words
from holdfast.vault.items import items_of
from holdfast.vault.store import StoreFault

MOST = 20_000  # letters of a note


class NoteForm(forms.Form):
    """A note of what happened."""

    use_required_attribute = False  # what is missing is said on the page, to everybody alike
    happened = forms.CharField(
        label="When did it happen?",
        required=False,
        max_length=200,
        help_text="A day and a time, or as well as you know.",
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    words = OwnWordsField(
        label="What happened",
        max_length=MOST,
        widget=forms.Textarea({"rows": 8}),
        error_messages={"required": "Write what happened, or go back."},
    )
    police_may_have = forms.ChoiceField(
        label="May the police have it?", choices=POLICE, required=False, widget=forms.RadioSelect
    )


@signed_in
def give(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """What can be given."""
    return show(request, "give", opened, gifts=GIFTS, later=later_pictures(opened))


@signed_in
def gift(request: HttpRequest, opened: Opened, word: str) -> HttpResponseBase:
    """The form for one kind of thing."""
    if request.method == "POST":  # without script somebody may come back here with a form: it goes to its permit
        return redirect(f"survivor:{word}")
    chosen = GIFT_AT[word]
    permit = permit_for(opened, {"what": chosen.what, "source": "survivor"})
    return show(
        request,
        "gift",
        opened,
        gift=chosen,
        permit=WHERE + sealed(permit),
        police=POLICE,
        most=size_in_words(most_of_one("survivor")),
        later=later_pictures(opened) if word == "picture" else "",
    )


@signed_in
def diary(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """A note, written here: when it happened, and when it was written."""
    form = NoteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        permit = permit_for(opened, {"what": "diary_note", "source": "survivor", "made": opened.now.isoformat()})
        said = said_with(permit.said, {**form.cleaned_data, "words": ""}, ("happened", "police_may_have"), opened.zone)
        content = _note(form.cleaned_data["happened"], form.cleaned_data["words"], opened.now, opened.zone)
        try:
            room_left(permit, items_of(opened.file.entries))
            taken = keep_content(opened.file.id, content)
            took(opened.file.id, taken, {**said, "named": "note.txt"}, by=opened.by, at=opened.now)
        except NoRoom:
            form.add_error("words", "As much was given as can be kept. Ask the officer in your case how to give more.")
        except (OSError, StoreFault, Refused):
            form.add_error("words", NOT_WRITTEN)
        else:
            request.session["said"] = "Your note is kept, as you wrote it. It is never changed."
            return redirect("survivor:given")
    return shown_with(request, "diary", opened, [form], form=form)


def permit_for(
    opened: Opened, said: Mapping[str, Any], item: UUID | None = None, says: tuple[str, ...] = SURVIVOR_SAYS
) -> Permit:
    """A permit for whoever is in, for one item: a new one where `item` is None."""
    return Permit(
        door="survivor",
        case=opened.file.id,
        item=item or uuid4(),
        role=opened.by.role,
        staff=opened.by.staff,
        until=timezone.now() + LASTS,
        said=dict(said),
        says=says,
        way=opened.way,
        back=reverse("survivor:given"),
    )


def _note(happened: str, words: str, now: datetime, zone: ZoneInfo) -> bytes:
    """The note as it is kept: plain text, with both times on it."""
    written = now.astimezone(zone)
    head = [f"Happened: {happened.strip() or 'not said'}", f"Written: {written:%Y-%m-%d %H:%M} ({zone.key})"]
    return "\n".join([*head, "", words.replace("\r\n", "\n"), ""]).encode()
