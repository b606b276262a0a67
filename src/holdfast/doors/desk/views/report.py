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
from holdfast.doors.desk.report_chapters import ALSO
from holdfast.doors.desk.report_chapters import CHAPTERS
from holdfast.doors.desk.report_chapters import NOT_PRINTED_FIELDS
from holdfast.doors.desk.report_chapters import NOT_PRINTED_HOLDS
from holdfast.doors.desk.report_chapters import also_recorded
from holdfast.doors.desk.report_chapters import belongs
from holdfast.doors.desk.standing import standing
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
    """The document."""
    seen = sorted(effective(list(opened.file.entries)), key=lambda entry: (entry.happened_at, entry.number))
    context = {
        "code": shown(opened.file.code),
        "plain_code": opened.file.code,
        "standing": standing(opened.file.entries, opened.pack, opened.zone, opened.now),
        "chapters": _chapters(seen, opened),
        "observed": [_observed(entry, opened) for entry in seen if getattr(entry.fields, "seen_by_officers", "")],
        "printed": in_words(opened.now, opened.zone),
        "length": opened.file.length,
        "head": opened.file.head.hex()[:16],
    }
    return show(request, "desk/report.html", context)


def _chapters(seen: Sequence[Entry], opened: Opened) -> list[Chapter]:
    named = [
        Chapter(title, tuple(_item(entry, opened) for entry in seen if belongs(entry, kinds)), missing)
        for title, kinds, missing in CHAPTERS
    ]
    title, missing = ALSO
    return [*named, Chapter(title, tuple(_item(entry, opened) for entry in seen if also_recorded(entry)), missing)]


def _item(entry: Entry, opened: Opened) -> Item:
    kind = KINDS[entry.kind]
    apart = frozenset(field.question for field in fields_of(kind) if field.name in NOT_PRINTED_FIELDS)
    said = _printed(fields_in_words(entry.fields, opened.zone, opened.pack), apart)
    return Item(label(kind), in_words(entry.happened_at, opened.zone), _by(entry), entry.number, said)


def _printed(said: Sequence[Said], apart: frozenset[str]) -> tuple[Said, ...]:
    """What may be printed of an entry's fields, and of their parts: a bail condition may name the survivor's door."""
    kept = [each for each in said if each.holds not in NOT_PRINTED_HOLDS and each.question not in apart]
    return tuple(each._replace(rows=tuple(_printed(row, apart) for row in each.rows)) for each in kept)


def _observed(entry: Entry, opened: Opened) -> tuple[str, str, str]:
    of = value_in_words(entry.fields.of)
    return (
        in_words(entry.happened_at, opened.zone),
        f"{_by(entry)}, with the account of: {of.lower()}",
        entry.fields.seen_by_officers,
    )


def _by(entry: Entry) -> str:
    return ", ".join(part for part in (ROLES.get(entry.by.role, entry.by.role), entry.by.staff) if part)
