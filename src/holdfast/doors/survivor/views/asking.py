"""What the survivor says: asks for something, asks a question, says no, says that something did not happen.

- Each becomes an entry in the case, by the survivor, and with it the duty to answer. The page says by when.
- 'No' is passed on and answered by a person: whoever holds the telephone could have typed it, so nothing that protects
  is stopped on the word of a page alone.
"""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from holdfast.casefile.append import append
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.survivor.own_words import OwnWordsField
from holdfast.doors.survivor.promised import Line
from holdfast.doors.survivor.promised import line
from holdfast.doors.survivor.signed_in import Opened
from holdfast.doors.survivor.signed_in import show
from holdfast.doors.survivor.signed_in import signed_in
from holdfast.doors.survivor.signed_in import signed_in_for
from holdfast.duties.steps import steps

MOST = 5000  # letters
NOT_WRITTEN = (
    "It was not written down. Your words are still here. Try again in a few minutes; if it fails again, tell the "
    "officer in your case."
)
OWN_WORDS = "In your own words, if you like"

ASKED_FOR = (
    ("report_number", "The number of my report"),
    ("names_and_numbers", "The officers’ names and numbers"),
    ("copy_of_report", "A copy of my report"),
    ("copy_of_order", "A copy of an order or of the rules they must follow"),
    ("photographs", "Pictures of my injuries to be taken, or taken again"),
    ("messages_looked_at", "Somebody to look at messages that I was sent"),
    ("witnesses_spoken_to", "Somebody to speak to a person who saw or heard"),
    ("talk_alone", "To talk alone, where nobody hears"),
    ("interpreter", "An interpreter"),
    ("officer_of_a_gender", "An officer who is a woman, or a man"),
    ("companion", "Somebody to be with me"),
    ("home_visit", "A visit"),
    ("medical_help", "Medical help"),
    ("shelter", "Somewhere safe to stay"),
    ("help_to_leave", "Help to leave"),
    ("referral", "A support worker of my own"),
    ("order", "An order that keeps them away"),
    ("order_served", "Officers to hand them an order that I have"),
    ("change_of_officer", "Another officer"),
    ("other", "Something else"),
)
SAID_NO = (
    ("statement", "I do not want to make a statement, or I want to take mine back"),
    ("sharing", "I do not want my information to be shared"),
    ("support", "I do not want to be contacted by a support service"),
    ("medical", "I do not want a medical examination"),
    ("updates", "I do not want to be told about everything"),
    ("contact", "I do not want to be reached in the way that was agreed"),
    ("other", "Something else"),
)


class AskForm(forms.Form):
    """Asking for something."""

    use_required_attribute = False  # what is missing is said on the page, to everybody alike
    asked_for = forms.ChoiceField(
        label="What do you ask for?",
        choices=ASKED_FOR,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you ask for. If it is not on the list, choose ‘Something else’."},
    )
    words = OwnWordsField(label=OWN_WORDS, required=False, max_length=MOST, widget=forms.Textarea({"rows": 4}))


class QuestionForm(forms.Form):
    """Asking a question."""

    use_required_attribute = False  # what is missing is said on the page, to everybody alike
    question = OwnWordsField(
        label="Your question",
        max_length=MOST,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Write your question."},
    )


class NoForm(forms.Form):
    """Saying no to something."""

    use_required_attribute = False  # what is missing is said on the page, to everybody alike
    no_to = forms.ChoiceField(
        label="What do you say no to?",
        choices=SAID_NO,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what you say no to."},
    )
    words = OwnWordsField(label=OWN_WORDS, required=False, max_length=MOST, widget=forms.Textarea({"rows": 4}))


class DisputeForm(forms.Form):
    """Saying that something did not happen."""

    use_required_attribute = False  # what is missing is said on the page, to everybody alike
    words = OwnWordsField(
        label="What happened instead, if you like", required=False, max_length=MOST, widget=forms.Textarea({"rows": 4})
    )


@signed_in_for("ask_questions")
def ask(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Asking for something, or a question. A supporter asks questions, and asks for nothing."""
    about = request.POST.get("about", "")
    if about == "ask" and opened.is_supporter:
        about = ""
    asking = AskForm(request.POST if about == "ask" else None, prefix="a")
    question = QuestionForm(request.POST if about == "question" else None, prefix="q")
    if about == "ask" and asking.is_valid():
        written = write_down(request, opened, "RequestMade", asking.cleaned_data, asking)
        if written is not None:
            return written
    if about == "question" and question.is_valid():
        written = write_down(request, opened, "QuestionAsked", question.cleaned_data, question)
        if written is not None:
            return written
    return shown_with(request, "ask", opened, [asking, question], asking=asking, question=question)


@signed_in
def choices(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """What the survivor may say no to, and saying it."""
    form = NoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = dict(SAID_NO)[form.cleaned_data["no_to"]]
        words = f"{said}.\n{form.cleaned_data['words']}".strip()
        fields = {"channel": "portal", "words": words, "asks_for_answer": "yes"}
        written = write_down(request, opened, "MessageReceived", fields, form)
        if written is not None:
            return written
    return shown_with(request, "choices", opened, [form], form=form)


@signed_in_for("say_what_was_not_done")
def dispute(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """'This did not happen': first what it is about, then what is said."""
    found = _promise(opened, request.POST.get("key", "")) if request.method == "POST" else None
    if found is None or found.ended_by is None:
        return redirect("survivor:list" if opened.may("see_next_steps") else "survivor:now")
    if "sure" not in request.POST:
        return show(request, "note", opened, promise=found, form=DisputeForm())
    form = DisputeForm(request.POST)
    if form.is_valid():
        fields = {"duty": found.duty, "words": form.cleaned_data["words"]}
        written = write_down(request, opened, "PromiseDisputed", fields, form, about=(found.ended_by,))
        if written is not None:
            return written
    return shown_with(request, "note", opened, [form], promise=found, form=form)


def _promise(opened: Opened, key: str) -> Line | None:
    """The promise that this page showed and calls done, or None: no other entry can be named from here."""
    found = steps(opened.file.entries, opened.pack, opened.now)
    lines = [line(each, opened.zone, opened.now) for each in found.promises]
    return next((each for each in lines if each.key == key and each.can_dispute), None)


def write_down(
    request: HttpRequest,
    opened: Opened,
    kind: str,
    fields: dict[str, Any],
    form: forms.Form,
    about: tuple[int, ...] = (),
) -> HttpResponseBase | None:
    """Writes the entry and says by when it is to be answered, as the duty that it started says.

    None where the record refuses it: the form then says so, and keeps the words.
    """
    given = {name: value for name, value in fields.items() if value != ""}
    try:
        number = append(opened.file.id, kind, given, by=opened.by, happened_at=opened.now, about=about).number
    except EntryRefused:
        form.add_error("question" if "question" in form.fields else "words", NOT_WRITTEN)
        return None
    if not opened.may("see_next_steps"):
        request.session["said"] = "It is written down, as yours."
        return redirect("survivor:now")
    after, now = read_case(opened.file.id), timezone.now()
    promises = [each for each in steps(after.entries, opened.pack, now).promises if each.started_by == number]
    lines = [line(each, opened.zone, now) for each in promises if each.is_open]
    answer = f"{lines[0].says} {lines[0].when}" if lines else "The record does not say by when you will be answered."
    request.session["said"] = f"It is written down. {answer}"
    return redirect("survivor:now")


def shown_with(
    request: HttpRequest, template: str, opened: Opened, given: list[forms.Form], **context: Any
) -> HttpResponseBase:
    """The page with its forms, and above them what has to be put right."""
    errors = [
        {"anchor": form[name].auto_id, "why": why}
        for form in given
        if form.is_bound
        for name, faults in form.errors.items()
        for why in faults
    ]
    answer = show(request, template, opened, errors=errors, **context)
    answer.status_code = 422 if errors else 200
    return answer
