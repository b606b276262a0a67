"""The report as a document to print: its number, each side's account, what officers saw, what was done.

- Everything in it is taken from the entries as corrected; what nobody recorded is said to be missing, never passed
  over.
- Addresses that are confidential, and safe numbers, are left out: a report is copied, disclosed and left on tables.
"""

from collections.abc import Sequence
from typing import NamedTuple

from django.http import HttpRequest
from django.http import HttpResponse

from holdfast.casefile.codes import shown
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.in_words import Said
from holdfast.doors.desk.in_words import fields_in_words
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.local_time import in_words
from holdfast.doors.desk.page import show
from holdfast.doors.desk.standing import standing
from holdfast.record.entry import ROLES
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kind import label
from holdfast.record.kinds import KINDS


class Item(NamedTuple):
    """One entry in the document."""

    name: str
    when: str
    by: str
    number: int
    said: tuple[Said, ...]


class Chapter(NamedTuple):
    """One part of the document, with what to say where nothing is recorded."""

    title: str
    items: tuple[Item, ...]
    missing: str


_CHAPTERS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    (
        "How it was reported",
        ("CallReceived", "SilentCallHandled", "CallQuestionsAnswered", "WordsHeard", "SecondCallMade", "CallGraded",
         "CallRegraded", "CallTransferredIn"),
        "No call is recorded.",
    ),
    (
        "The survivor’s account",
        ("FirstAccountTaken:survivor", "StatementTaken:survivor", "StatementDeclined", "StatementWithdrawn"),
        "No account of the survivor is recorded.",
    ),
    (
        "The suspect’s account",
        ("FirstAccountTaken:suspect", "SuspectInterviewed"),
        "No account of the suspect is recorded.",
    ),
    ("Children", ("ChildSeen", "ChildProtected", "FirstAccountTaken:child"), "No child is recorded as seen."),
    (
        "Witnesses",
        ("WitnessFound", "WitnessSpokenTo", "FirstAccountTaken:witness", "FirstAccountTaken:other"),
        "No witness is recorded.",
    ),
    (
        "Injuries and medical help",
        ("InjuriesPhotographed", "FirstAidGiven", "AmbulanceCalled", "MedicalAdviceGiven", "MedicalExaminationOffered",
         "MedicalRecordsReceived"),
        "No injury is recorded.",
    ),
    (
        "Evidence",
        ("SceneRecorded", "BodyWornVideoRecorded", "MessagesKept", "RecordingKept", "DevicesSeized", "FirearmsSeized",
         "FirearmsChecked", "OfficerStatementMade"),
        "No evidence is recorded.",
    ),
    (
        "What police did",
        ("UnitArrived", "EntryGained", "EntryRefused", "PartiesSpokenToApart", "SuspectArrested", "NotArrested",
         "SuspectOutstanding", "NoticeConsidered", "SafetyAsked", "OfficersLeft"),
        "Nothing is recorded.",
    ),
    (
        "Recorded as",
        ("IncidentRecorded", "CrimeReported", "CrimeRecorded", "CrimeNotRecorded", "CrimeCancelled"),
        "No crime or incident number is recorded yet.",
    ),
)  # fmt: skip
# A report is copied and read out: what would lead somebody to the survivor's door is left out of it.
_LEFT_OUT = ("place", "phone")


@in_case("print_report")
def report(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The document."""
    seen = sorted(effective(list(opened.file.entries)), key=lambda entry: (entry.happened_at, entry.number))
    context = {
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "standing": standing(opened.file.entries, opened.pack, opened.zone, opened.now),
        "chapters": [_chapter(title, kinds, missing, seen, opened) for title, kinds, missing in _CHAPTERS],
        "observed": [_observed(entry, opened) for entry in seen if getattr(entry.fields, "seen_by_officers", "")],
        "printed": in_words(opened.now, opened.zone),
        "length": opened.file.length,
        "head": opened.file.head.hex()[:16],
    }
    return show(request, "desk/report.html", context)


def _chapter(title: str, kinds: tuple[str, ...], missing: str, seen: Sequence[Entry], opened: Opened) -> Chapter:
    items = tuple(_item(entry, opened) for entry in seen if _belongs(entry, kinds))
    return Chapter(title, items, missing)


def _belongs(entry: Entry, kinds: tuple[str, ...]) -> bool:
    """A kind may be narrowed to whose account it is: 'FirstAccountTaken:suspect'."""
    return entry.kind in kinds or f"{entry.kind}:{getattr(entry.fields, 'of', '')}" in kinds


def _item(entry: Entry, opened: Opened) -> Item:
    said = fields_in_words(entry.fields, opened.zone, opened.pack)
    kept = tuple(
        each
        for each in said
        if each.holds not in _LEFT_OUT and each.question != "What the officers saw and heard themselves"
    )
    return Item(label(KINDS[entry.kind]), in_words(entry.happened_at, opened.zone), _by(entry), entry.number, kept)


def _observed(entry: Entry, opened: Opened) -> tuple[str, str, str]:
    of = value_in_words(entry.fields.of)
    return (
        in_words(entry.happened_at, opened.zone),
        f"{_by(entry)}, with the account of: {of.lower()}",
        entry.fields.seen_by_officers,
    )


def _by(entry: Entry) -> str:
    return ", ".join(part for part in (ROLES.get(entry.by.role, entry.by.role), entry.by.staff) if part)
