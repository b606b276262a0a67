"""Giving the survivor the words to their own page: shown once, on a paper that says nothing about what it opens.

- It is done with the person there, never sent, by somebody who knows that it is they: how, is written down. What can be
  answered from the record proves nothing, because the other person may know it, too.
- The paper names no police, no case in words, no abuse: an address, a code, four words. Its title is neutral, and so is
  the name under which it is saved.
- The entry that records it holds neither the words nor the code. New words end the old ones, and what was added behind
  them unless the survivor wants to keep it.
"""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.access.survivor_words import issue_words
from holdfast.access.ways_in.added import end_added
from holdfast.access.ways_in.second import agree_second
from holdfast.access.ways_in.second import end_second
from holdfast.access.ways_in.second import has_second
from holdfast.access.words import NAMES
from holdfast.access.words import list_for
from holdfast.access.words import spelled
from holdfast.casefile.append import append
from holdfast.casefile.codes import shown
from holdfast.doors.desk.forms.kind_form import FormPlace
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.forms.sections import faults
from holdfast.doors.desk.forms.sections import sections
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.field import UNKNOWN
from holdfast.record.kinds import KINDS

NOT_KNOWN = "Say how you know that it is they. If nobody knows them, a person who does has to be there."
FROM_THE_RECORD = (
    "What the record says, the other person may know too. Somebody who knows the survivor has to be there."
)
NOT_ON_PAPER = "It is not safe for them to keep a paper. Read the words aloud instead, or agree another time."


class GivingForm(forms.Form):
    """What is not recorded: in which language the words are, and what stays."""

    use_required_attribute = False
    language = forms.ChoiceField(label="Language of the words", choices=tuple(NAMES.items()), required=False)
    keep = forms.BooleanField(
        label="The survivor wants to keep the passkeys and the people they let in", required=False
    )


@in_case("issue_words")
def issue(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Asks how they are known and whether it is safe, then shows the words once."""
    member = request.member  # type: ignore[attr-defined]
    context = _context(opened)
    sent = request.POST if request.method == "POST" else None
    form = KindForm(KINDS["SurvivorWordsIssued"], FormPlace(opened.zone, opened.pack), sent)
    giving = GivingForm(sent, initial={"language": list_for(_spoken(opened))})
    if sent is not None and form.is_valid() and giving.is_valid():
        said: Any = form.fields_read
        if why := _not_yet(said):
            form.add_error(*why)
        else:
            language = giving.cleaned_data["language"] or list_for(_spoken(opened))
            keep = giving.cleaned_data["keep"]
            with transaction.atomic():  # words that no entry tells of would open something
                append(opened.file.id, "SurvivorWordsIssued", said, by=member.by, happened_at=opened.now)
                if not keep:
                    end_added(opened.file, by=member.by, at=opened.now)
                words = issue_words(opened.file.id, opened.file.code, opened.now, language, keep_others=keep)
            return _shown_once(request, context, words, language, on_paper=said.how == "on_paper")
    context |= {"sections": sections(form), "giving": giving, "errors": faults(form) if sent is not None else []}
    return show(request, "desk/words.html", context, status=200 if sent is None else 422)


@in_case("issue_words")
def second(request: HttpRequest, opened: Opened) -> HttpResponse:
    """Second words, with the survivor there: read aloud and learnt, never put on paper. Or ending them."""
    member = request.member  # type: ignore[attr-defined]
    context = _context(opened) | {"has_second": has_second(opened.file.id, opened.now), "giving": GivingForm()}
    if request.method != "POST":
        context["giving"] = GivingForm(initial={"language": list_for(_spoken(opened))})
        return show(request, "desk/second_words.html", context)
    if "end" in request.POST:
        end_second(opened.file.id, opened.now)
        say(request, "The second words are ended. They open nothing any more.")
        return show(request, "desk/second_words.html", context | {"has_second": False})
    if request.POST.get("with_me") != "yes":
        errors = [{"anchor": "with-me", "why": "They are agreed only with the survivor there, and nobody else."}]
        return show(request, "desk/second_words.html", context | {"errors": errors}, status=422)
    language = request.POST.get("language", "") if request.POST.get("language", "") in NAMES else "en"
    with transaction.atomic():
        agreed = {"with_whom": member.staff}
        append(opened.file.id, "SecondWordsAgreed", agreed, by=member.by, happened_at=opened.now)
        words = agree_second(opened.file.id, opened.file.code, opened.now, language)
    return _shown_once(request, context, words, language, on_paper=False, second=True)


def _shown_once(
    request: HttpRequest, context: dict[str, Any], words: str, language: str, *, on_paper: bool, second: bool = False
) -> HttpResponse:
    """The paper, or the words to be read aloud with their letters."""
    context |= {
        "words": words,
        "letters": [(word, spelled(word)) for word in words.split()],
        "language_of_words": NAMES[list_for(language)],
        "where": request.build_absolute_uri("/my/"),
        "second": second,
    }
    return show(request, "desk/paper.html" if on_paper else "desk/card.html", context)


def _not_yet(said: Any) -> tuple[str, str] | None:
    """The field and the reason why no words are made yet, or None."""
    if said.known in UNKNOWN:
        return "known", NOT_KNOWN
    if said.known == "answered_from_the_record":
        return "known", FROM_THE_RECORD
    return ("how", NOT_ON_PAPER) if said.safe == "no" and said.how == "on_paper" else None


def _spoken(opened: Opened) -> str:
    """The survivor's language as the record last says it, or ''."""
    said = [_language_in(entry) for entry in effective(list(opened.file.entries))]
    return next((language for language in reversed(said) if language), "")


def _language_in(entry: Entry) -> str:
    if entry.kind == "PersonNamed" and entry.fields.party == "survivor":
        return str(entry.fields.language)
    return str(entry.fields.language) if entry.kind == "InterpreterNeeded" else ""


def _context(opened: Opened) -> dict[str, Any]:
    return {"code": shown(opened.file.code), "plain_code": opened.file.code}
