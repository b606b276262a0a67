"""The report as a document to print: its number, each side's account, what officers saw, what was done.

- Everything in it is taken from the entries as corrected; what nobody recorded is said to be missing, never passed
  over.
- Addresses that are confidential, and safe numbers, are left out: a report is copied, disclosed and left on tables.
- What is left is looked through. It does not print until a person has read it, decided about what was found, and
  confirmed: whoever gets it may be the suspect.
"""

from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from django.http import HttpRequest
from django.http import HttpResponse
from django.template.loader import render_to_string

from holdfast.access.looks import log_look
from holdfast.casefile.codes import shown
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.gate import in_case
from holdfast.doors.desk.in_words import Said
from holdfast.doors.desk.in_words import fields_in_words
from holdfast.doors.desk.in_words import value_in_words
from holdfast.doors.desk.leaving import GOES_ON
from holdfast.doors.desk.leaving import asked
from holdfast.doors.desk.leaving import decisions_of
from holdfast.doors.desk.leaving import in_the_log
from holdfast.doors.desk.leaving import told
from holdfast.doors.desk.leaving import why_not_yet
from holdfast.doors.desk.local_time import in_words
from holdfast.doors.desk.page import show
from holdfast.doors.desk.report_chapters import ALSO
from holdfast.doors.desk.report_chapters import CHAPTERS
from holdfast.doors.desk.report_chapters import NOT_PRINTED_FIELDS
from holdfast.doors.desk.report_chapters import NOT_PRINTED_HOLDS
from holdfast.doors.desk.report_chapters import also_recorded
from holdfast.doors.desk.report_chapters import belongs
from holdfast.doors.desk.standing import standing
from holdfast.doors.evidence.bundle_lint import decide
from holdfast.doors.evidence.bundle_telling import Telling
from holdfast.doors.evidence.leaving import last_look
from holdfast.doors.evidence.leaving import look_over
from holdfast.record.entry import ROLES
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kind import fields_of
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


@in_case("print_report")
def report(request: HttpRequest, opened: Opened) -> HttpResponse:
    """The document: to be read at once, to be printed once somebody confirmed it."""
    decisions = decisions_of(request)
    gathered = Telling()
    _document(opened, gathered)
    leaving = look_over(opened.file, gathered.said, (), decisions)
    context = _document(opened, Telling(leaving.left))
    last = last_look(opened.file, render_to_string("desk/report_document.html", context), "the report itself", leaving)
    leaving = leaving._replace(found=(*leaving.found, *decide(last, decisions)))
    why = why_not_yet(request, leaving)
    context |= {"to_print": why is None}
    if why is None:
        member = request.member  # type: ignore[attr-defined]
        log_look(member.person, opened.file.code, "print_report", f"to be printed; {in_the_log(leaving)}")
    else:
        context |= {**asked(leaving, why), "doing": "Let it be printed", "goes_on": GOES_ON}
    return show(request, "desk/report.html", context, status=422 if why else 200)


def _document(opened: Opened, telling: Telling) -> dict[str, Any]:
    """The document's words, each by `telling`: gathered for the look-through, or left out as a person decided."""
    seen = sorted(effective(list(opened.file.entries)), key=lambda entry: (entry.happened_at, entry.number))
    here = standing(opened.file.entries, opened.pack, opened.zone, opened.now)
    return {
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "reference": telling.say("head.reference", "the head: number", here.reference or ""),
        "survivor": telling.say("head.survivor", "the head: survivor", here.survivor or ""),
        "suspect": telling.say("head.suspect", "the head: suspect", here.suspect or ""),
        "invented": here.invented,
        "chapters": _chapters(seen, opened, telling),
        "observed": [
            _observed(entry, opened, telling) for entry in seen if getattr(entry.fields, "seen_by_officers", "")
        ],
        "printed": in_words(opened.now, opened.zone),
        "length": opened.file.length,
        "head": opened.file.head.hex()[:16],
    }


def _chapters(seen: Sequence[Entry], opened: Opened, telling: Telling) -> list[Chapter]:
    named = [
        Chapter(title, tuple(_item(entry, opened, telling) for entry in seen if belongs(entry, kinds)), missing)
        for title, kinds, missing in CHAPTERS
    ]
    title, missing = ALSO
    also = tuple(_item(entry, opened, telling) for entry in seen if also_recorded(entry))
    return [*named, Chapter(title, also, missing)]


def _item(entry: Entry, opened: Opened, telling: Telling) -> Item:
    kind = KINDS[entry.kind]
    apart = frozenset(field.question for field in fields_of(kind) if field.name in NOT_PRINTED_FIELDS)
    said = _printed(fields_in_words(entry.fields, opened.zone, opened.pack), apart)
    words = told(said, telling, f"entry.{entry.number}", f"entry {entry.number}, {label(kind).lower()}")
    return Item(label(kind), in_words(entry.happened_at, opened.zone), _by(entry), entry.number, words)


def _printed(said: Sequence[Said], apart: frozenset[str]) -> tuple[Said, ...]:
    """What may be printed of an entry's fields, and of their parts: a bail condition may name the survivor's door."""
    kept = [each for each in said if each.holds not in NOT_PRINTED_HOLDS and each.question not in apart]
    return tuple(each._replace(rows=tuple(_printed(row, apart) for row in each.rows)) for each in kept)


def _observed(entry: Entry, opened: Opened, telling: Telling) -> tuple[str, str, str]:
    of = value_in_words(entry.fields.of)
    where = f"entry {entry.number}, what the officers saw"
    return (
        in_words(entry.happened_at, opened.zone),
        f"{_by(entry)}, with the account of: {of.lower()}",
        telling.say(f"seen.{entry.number}", where, entry.fields.seen_by_officers),
    )


def _by(entry: Entry) -> str:
    return ", ".join(part for part in (ROLES.get(entry.by.role, entry.by.role), entry.by.staff) if part)
