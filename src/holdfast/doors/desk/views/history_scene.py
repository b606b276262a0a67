"""Who is there? The check before officers leave a scene, on a telephone at three in the morning.

- First, without a press: what is in force against whom, as this case and the linked ones have it.
- Then everybody who is there is ticked or typed, and held against all earlier reports.
- Then what this system cannot know is asked: who looked elsewhere, and what they found. It is recorded as one entry; a
  firearms answer about the suspect is recorded as the check of firearms too, so that its duties follow.
- What is recorded is worked out again from who is there, never taken from the page that was shown.
"""

from typing import Any

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.codes import shown
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.history.said import PARTIES
from holdfast.doors.desk.history.scene import OUTSIDE
from holdfast.doors.desk.history.scene import Checked
from holdfast.doors.desk.history.scene import There
from holdfast.doors.desk.history.scene import around
from holdfast.doors.desk.history.scene import bonds_in
from holdfast.doors.desk.history.scene import check
from holdfast.doors.desk.history.scene import fields_of
from holdfast.doors.desk.history.scene import named_on_the_spot
from holdfast.doors.desk.local_time import TimeUnreadable
from holdfast.doors.desk.local_time import read_day
from holdfast.doors.desk.page import say
from holdfast.doors.desk.page import show
from holdfast.doors.desk.page import shown_again

ROWS = 3  # for people whom no report names
_ANSWERS = ("yes", "no", "not_known")
# Whoever says 'no' has to have looked where it would stand.
_NEEDED = {
    "order_in_force": (("national_computer", "courts"), "No order in force"),
    "bail": (("national_computer",), "Nobody on bail"),
    "firearms_certificate": (("firearms_register", "national_computer"), "No firearms certificate"),
}
_QUESTIONS = {
    "order_in_force": "Did they find an order or notice in force against somebody there?",
    "bail": "Did they find that somebody there is on bail?",
    "firearms_certificate": "Does somebody there hold a firearms certificate?",
}


@in_case("check_scene")
def who_is_there(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The page; what was found; and the entry."""
    near = around(request, opened)
    known = near.there()
    typed, faults = _typed(request) if request.method == "POST" else ([], [])
    ticked = set(request.POST.getlist("there"))
    there = [each for each in known if each.key in ticked] + typed
    checked: Checked | None = None
    if request.method == "POST" and not faults:
        if there:
            checked = check(request, near, there)
        else:
            faults.append({"anchor": "there", "why": "Tick or type at least one person who is there."})
    if checked and "record" in request.POST and not shown_again(request):
        answers = _answers(request)
        faults += _not_looked(answers)
        if not faults and not (faults := _record(request, opened, checked, answers)):
            say(request, _said(checked))
            return HttpResponseRedirect(reverse("desk:case", args=[opened.file.code]))
    in_force = [(other, bonds_in(other)) for other in (opened, *near.linked)]
    context = {
        "known": known,
        "ticked": ticked,
        "rows": [(n, request.POST.get(f"name-{n}", ""), request.POST.get(f"born-{n}", "")) for n in range(1, ROWS + 1)],
        "in_force": [(shown(other.file.code), other.file.code, bonds) for other, bonds in in_force if bonds],
        "checked": checked,
        "flags": checked.flags if checked else near.flags,
        "hidden": checked.hidden if checked else near.hidden,
        "outside": [(name, words, name in request.POST.getlist("looked_in")) for name, words in OUTSIDE.items()],
        "questions": [(name, words, request.POST.get(name, "not_known")) for name, words in _QUESTIONS.items()],
        "everybody": request.POST.get("everybody", ""),
        "officers_told": request.POST.get("officers_told", ""),
        "parties": PARTIES,
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "errors": faults,
    }
    return show(request, "desk/history/scene.html", context, status=422 if faults else 200)


def _typed(request: HttpRequest) -> tuple[list[There], list[dict[str, str]]]:
    """Whoever is there and stands in no report, as they said who they are; and what cannot be read of it."""
    found: list[There] = []
    faults: list[dict[str, str]] = []
    for number in range(1, ROWS + 1):
        name = " ".join(request.POST.get(f"name-{number}", "")[:200].split())
        given = request.POST.get(f"born-{number}", "").strip()[:20]
        born = ""
        if given:
            try:
                born = given if given.isdecimal() and len(given) == len("1984") else read_day(given).isoformat()
            except TimeUnreadable:
                why = "Give a birth date such as 1984-03-09 or 9/3/1984, or the year alone."
                faults.append({"anchor": f"born-{number}", "why": why})
        if name or born:
            found.append(There(f"typed-{number}", named_on_the_spot(name, born), "only_what_they_said", ""))
    return found, faults


def _answers(request: HttpRequest) -> dict[str, Any]:
    asked = {name: request.POST.get(name, "") for name in (*_QUESTIONS, "everybody", "officers_told")}
    said: dict[str, Any] = {name: value if value in _ANSWERS else "not_known" for name, value in asked.items()}
    return {**said, "looked_in": [name for name in OUTSIDE if name in request.POST.getlist("looked_in")]}


def _not_looked(answers: dict[str, Any]) -> list[dict[str, str]]:
    """'No' without having looked is 'not known'."""
    faults = []
    for name, (places, words) in _NEEDED.items():
        if answers[name] == "no" and not set(places) & set(answers["looked_in"]):
            where = " or ".join(OUTSIDE[place] for place in places)
            faults.append(
                {"anchor": name, "why": f"{words}: that can only be said by whoever looked in {where}. Tick it, or "
                 "choose ‘not known’."}
            )  # fmt: skip
    return faults


def _record(request: HttpRequest, opened: Opened, checked: Checked, answers: dict[str, Any]) -> list[dict[str, str]]:
    """Writes the entry, and the check of firearms where it was answered; the faults, where it could not be."""
    member = request.member  # type: ignore[attr-defined]
    now = timezone.now()
    drafts = [Draft("SceneChecked", fields_of(checked, answers), now)]
    certificate = answers["firearms_certificate"]
    suspect_there = any(each.who.person.party == "suspect" and each.who.known_from == "this_case"
                        for each in checked.people)  # fmt: skip
    if certificate in ("yes", "no") and suspect_there and opened.may("record", "FirearmsChecked"):
        drafts.append(Draft("FirearmsChecked", {"certificate": certificate}, now))
    try:
        append_all(opened.file.id, drafts, by=member.by)
    except EntryRefused as no:
        return [{"anchor": "", "why": f"{each.field}: {each.why}."} for each in no.faults]
    return []


def _said(checked: Checked) -> str:
    bound = sum(1 for each in checked.people if each.bonds)
    found = (
        f"{bound} of those there may be bound by an order, notice or bail" if bound else "nothing in force was found"
    )
    return f"Recorded: who is there was checked, and {found} in what this system holds."
