"""Passkeys on the survivor's page: adding one, ending one, and coming in by one.

- Before anything the survivor is told what a shared account means, and asked whether theirs is theirs alone. 'No' is
  what stands there until they say otherwise, and nothing is made on a 'no'.
- It is added only behind the words again: a telephone with an open page must not be enough to leave a way in behind.
- What the device answered is sent by an ordinary form. Without script the words are the way in, as ever.
"""

import json
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from holdfast.access.ways_in.again import confirmed_again
from holdfast.access.ways_in.passkeys import NotAPasskey
from holdfast.access.ways_in.passkeys import add_passkey
from holdfast.access.ways_in.passkeys import begin_adding
from holdfast.access.ways_in.passkeys import opened_by_passkey
from holdfast.access.ways_in.turns import TooMany
from holdfast.doors.survivor.signed_in import Opened
from holdfast.doors.survivor.signed_in import neutral
from holdfast.doors.survivor.signed_in import show
from holdfast.doors.survivor.signed_in import signed_in
from holdfast.doors.survivor.views.entering import WAIT
from holdfast.doors.survivor.views.entering import enter_page
from holdfast.doors.survivor.views.entering import entered

ASKED = "asked"  # at the way in: what the browser was asked, until it answers
ADDING = "adding"  # on the page: the same, for a key that is being added
MOST = 20_000  # letters of what a browser sends
NOT_OPENED = "This did not open a page. Use your code and your words. Your page is not locked."
NOT_MADE = "It was not added. Your words still open the page. You can try again."
NOT_THE_WORDS = "These are not the words of this page. Check each, and try again."


class KeyForm(forms.Form):
    """Whose account it is, and the words again."""

    use_required_attribute = False
    alone = forms.ChoiceField(
        label="Is the account of this device yours alone?",
        choices=(
            ("no", "No, or I am not sure"),
            ("yes", "Yes. Nobody else can open this device, or the account that it copies things to"),
        ),
        initial="no",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one. If you are not sure, choose ‘No’."},
    )
    words = forms.CharField(
        label="Your four words, again",
        max_length=400,
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


@signed_in
def add(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """First the question, then the words again, then the device is asked."""
    form = KeyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["alone"] != "yes":
            return show(request, "key", opened, form=None, not_alone=True)
        try:
            confirmed = confirmed_again(request, opened.file, form.cleaned_data["words"])
        except TooMany:
            return _again(request, opened, form, WAIT, 503)
        if not confirmed:
            return _again(request, opened, form, NOT_THE_WORDS, 422)
        try:
            asked, state = begin_adding(request, opened.file, opened.now)
        except NotAPasskey:
            return _again(request, opened, form, "There are as many as there may be. End one first.", 422)
        request.session[ADDING] = state
        return show(request, "key", opened, form=None, asked=json.dumps(asked))
    return show(request, "key", opened, form=form)


@signed_in
def made(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """What the device made."""
    if request.method != "POST":
        return redirect("survivor:ways")
    state = request.session.pop(ADDING, None)
    try:
        add_passkey(request, opened.file, state or {}, _sent(request), by=opened.by, at=opened.now)
    except NotAPasskey:
        request.session["said"] = NOT_MADE
    else:
        request.session["said"] = "This device now opens your page without words. You can end that here at any time."
    return redirect("survivor:ways")


@neutral
def enter(request: HttpRequest) -> HttpResponseBase:
    """Coming in by a passkey: whatever does not open a page gets one answer."""
    if request.method != "POST":
        return redirect("survivor:enter")
    asked = request.session.pop(ASKED, None)
    way = opened_by_passkey(request, asked, _sent(request), timezone.now()) if asked else None
    return enter_page(request, NOT_OPENED, 422) if way is None else entered(request, way)


def _sent(request: HttpRequest) -> dict[str, Any]:
    """What the browser sent, or nothing where it is not what a browser sends."""
    try:
        found = json.loads(request.POST.get("made", "")[:MOST])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _again(request: HttpRequest, opened: Opened, form: KeyForm, why: str, status: int) -> HttpResponseBase:
    """The question again; the words are never sent back."""
    again = KeyForm(initial={"alone": form.cleaned_data["alone"]})
    answer = show(request, "key", opened, form=again, errors=[{"anchor": again["words"].auto_id, "why": why}])
    answer.status_code = status
    return answer
