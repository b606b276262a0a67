"""Who opened the file, behind the words again, and asking why.

- The words are asked for each time. What they open may be asked about for a quarter of an hour, by a mark that the page
  carries and that opens nothing else: whoever reloads or comes back to the page meets the question for the words.
- What was asked and answered stands under it.
"""

from typing import NamedTuple

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.http import HttpResponseBase
from django.shortcuts import redirect

from holdfast.access.log.told import MOST
from holdfast.access.log.told import OpeningSeen
from holdfast.access.log.told import openings_for_survivor
from holdfast.access.looks import log_look
from holdfast.access.staff import AGENCIES
from holdfast.access.ways_in.again import confirmed_again
from holdfast.access.ways_in.turns import TooMany
from holdfast.doors.survivor.days import on_day
from holdfast.doors.survivor.own_words import OwnWordsField
from holdfast.doors.survivor.signed_in import Opened
from holdfast.doors.survivor.signed_in import show
from holdfast.doors.survivor.signed_in import signed_in
from holdfast.doors.survivor.views.asking import MOST as MOST_LETTERS
from holdfast.doors.survivor.views.asking import shown_with
from holdfast.doors.survivor.views.asking import write_down
from holdfast.doors.survivor.views.entering import WAIT
from holdfast.law.wording import role_phrase
from holdfast.record.entry import ROLES
from holdfast.record.facts import effective

LASTS = 900  # seconds in which what was opened may be asked about
WRONG = "These are not the words of this page. Check each, and try again."
_SALT = "holdfast.survivor.looks"
PARTS = {"night": "at night", "morning": "in the morning", "afternoon": "in the afternoon", "evening": "in the evening"}
WHAT = {
    "opened": "Opened",
    "printed": "Report printed",
    "copied": "Copy given out",
    "emergency": "Opened in an emergency",
    "handed_over": "Call handed over",
    "begun": "Call written down",
}
NOBODY_S_STAFF = {
    "survivor": "You, on this page",
    "supporter": "Somebody you let in",
    "operator": "The system",
    "feed": "Another control room",
}
FOUND = {
    "part_of_the_work": "It was part of the work.",
    "should_not_have_been_opened": "Your file should not have been opened.",
    "cannot_be_known": "It can’t be known any more.",
}


class Row(NamedTuple):
    """One row as it is read."""

    when: str
    who: str
    agency: str
    what: str
    times: int
    ref: str
    can_ask: bool


class Asked(NamedTuple):
    """One question about an opening, and its answer where there is one."""

    about: str
    words: str
    answered: str  # '' where nobody has answered yet
    found: str
    answer: str


class WhyForm(forms.Form):
    """Asking why."""

    use_required_attribute = False
    words = OwnWordsField(
        label="What you ask, in your own words, if you like",
        required=False,
        max_length=MOST_LETTERS,
        widget=forms.Textarea({"rows": 4}),
    )


@signed_in
def looks(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """The rows, once the words were given again."""
    if request.method != "POST":
        return show(request, "looks", opened)
    try:
        confirmed = confirmed_again(request, opened.file, request.POST.get("words", "")[:400])
    except TooMany:
        return show(request, "looks", opened, wrong=WAIT)
    log_look(opened.person, opened.file.code, "read_own_log", allowed=confirmed)
    if not confirmed:
        return show(request, "looks", opened, wrong=WRONG)
    found = openings_for_survivor(opened.file.code, opened.zone)
    return show(
        request,
        "looks",
        opened,
        looks=[_row(opened, each) for each in found],
        most=MOST if len(found) == MOST else 0,
        asked=_asked(opened),
        mark=signing.dumps([str(opened.file.id), request.session.get("way")], salt=_SALT),
    )


@signed_in
def why(request: HttpRequest, opened: Opened) -> HttpResponseBase:
    """Asking why: first what it is about, then what is asked."""
    row = _asked_about(request, opened) if request.method == "POST" else None
    if row is None:
        return redirect("survivor:looks")  # the mark has ended, or names nothing: the words are asked for again
    carried = {"row": row, "mark": request.POST.get("mark", "")}
    if "sure" not in request.POST:
        return show(request, "why", opened, form=WhyForm(), **carried)
    form = WhyForm(request.POST)
    if form.is_valid():
        said = f"{row.who}{', ' + row.agency if row.agency else ''}: {row.what.lower()}, {row.when}"
        fields = {"opened_on": _day(opened, row), "in_role": said[:300], "words": form.cleaned_data["words"]}
        written = write_down(request, opened, "OpeningQuestioned", fields, form)
        if written is not None:
            return written
    return shown_with(request, "why", opened, [form], form=form, **carried)


def _asked_about(request: HttpRequest, opened: Opened) -> Row | None:
    """The row that was asked about, where the words were given for this case in this visit not long ago."""
    try:
        mark = signing.loads(request.POST.get("mark", "")[:400], salt=_SALT, max_age=LASTS)
    except signing.BadSignature:
        return None
    if mark != [str(opened.file.id), request.session.get("way")]:
        return None
    rows = [_row(opened, each) for each in openings_for_survivor(opened.file.code, opened.zone)]
    return next((row for row in rows if row.can_ask and row.ref == request.POST.get("ref")), None)


def _day(opened: Opened, row: Row) -> str:
    seen = openings_for_survivor(opened.file.code, opened.zone)
    return next((each.day.isoformat() for each in seen if each.ref == row.ref), "")


def _row(opened: Opened, seen: OpeningSeen) -> Row:
    year = opened.now.astimezone(opened.zone).year
    who = NOBODY_S_STAFF.get(seen.role) or _called(opened, seen.role)
    agency = AGENCIES.get(seen.agency, "")
    when = f"{on_day(seen.day, year)}, {PARTS[seen.part]}"
    return Row(when, who, agency, WHAT[seen.what], seen.times, seen.ref, seen.role not in ("survivor", "supporter"))


def _called(opened: Opened, role: str) -> str:
    """A role by the name that it has in this place."""
    words = role_phrase(opened.pack, role).english() if role in ROLES else "a member of staff"
    return words[:1].upper() + words[1:]


def _asked(opened: Opened) -> list[Asked]:
    """What the survivor asked before, the newest first, with the answer that stands."""
    entries = list(effective(list(opened.file.entries)))
    year = opened.now.astimezone(opened.zone).year
    answers = {number: entry for entry in entries if entry.kind == "OpeningExplained" for number in entry.about}
    listed = []
    for entry in entries:
        if entry.kind != "OpeningQuestioned":
            continue
        answer = answers.get(entry.number)
        on = on_day(answer.happened_at.astimezone(opened.zone).date(), year) if answer else ""
        found = FOUND.get(answer.fields.outcome, "") if answer else ""
        listed.append(
            Asked(entry.fields.in_role, entry.fields.words, on, found, answer.fields.answer if answer else "")
        )
    return listed[::-1]
