"""Which message became which case: noted in the transaction that records it, by keyed hashes."""

import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from holdfast.casefile.append import Draft
from holdfast.casefile.models import Case
from holdfast.casefile.rows import stored_time
from holdfast.casefile.store import write
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.coming import TakenIn
from holdfast.doors.intake.models import Taken
from holdfast.doors.intake.saying import told
from holdfast.doors.intake.sealing import hashed
from holdfast.doors.intake.waiting import Waited
from holdfast.doors.intake.waiting import drop

_ROW = 'INTO intake_taken (sender, document, digest, "case", opened, at) VALUES (?, ?, ?, ?, ?, ?)'


def taken_before(sender: str, document: str, message: str) -> TakenIn | None:
    """What became of this very message, None where it never came."""
    digest = hashed("message", message.encode("utf-8", "surrogateescape"))
    found = Taken.objects.filter(sender=sender[:60], document=_document(document), digest=digest).first()
    if found is None:
        return None
    case = Case.objects.get(pk=found.case)
    return TakenIn(case.id, case.code, case.length, False, True)


def case_of_document(sender: str, document: str) -> UUID | None:
    """The case that a sender's document opened, None where it opened none."""
    found = Taken.objects.filter(sender=sender[:60], document=_document(document), opened=True).first()
    return found.case if found else None


def note_joined(connection: sqlite3.Connection, waited: Iterable[Waited], case_id: UUID, now: datetime) -> None:
    """Lets go of positions that were joined, and notes their messages as taken in."""
    waited = tuple(waited)
    drop(connection, waited)
    for each in waited:
        if each.document:
            named = each.sender[:60], _document(each.document), hashed("message", each.message.encode())
            connection.execute("INSERT OR IGNORE " + _ROW, (*named, case_id.hex, False, stored_time(now)))


def note(
    connection: sqlite3.Connection, coming: Coming, drafts: Iterable[Draft], case_id: UUID, now: datetime, *,
    opened: bool,
) -> None:  # fmt: skip
    if coming.document:
        named = coming.sender[:60], _document(coming.document), _digest(coming, drafts)
        connection.execute("INSERT " + _ROW, (*named, case_id.hex, opened, stored_time(now)))


def note_alone(coming: Coming, drafts: Iterable[Draft], case_id: UUID, now: datetime) -> None:
    """Notes a message that told nothing new, so that it is known when it comes again."""
    if coming.document and not noted(coming, drafts):
        with suppress(sqlite3.IntegrityError):
            write(lambda connection, _: note(connection, coming, drafts, case_id, now, opened=False))


def noted(coming: Coming, drafts: Iterable[Draft]) -> bool:
    named = {"sender": coming.sender[:60], "document": _document(coming.document), "digest": _digest(coming, drafts)}
    return Taken.objects.filter(**named).exists()


def _document(document: str) -> str:
    return hashed("document", document.encode("utf-8", "surrogateescape"))


def _digest(coming: Coming, drafts: Iterable[Draft]) -> str:
    if coming.message:
        return hashed("message", coming.message.encode("utf-8", "surrogateescape"))
    said = [[each.kind, told(each.kind, each.fields), str(each.happened_at), list(each.about)] for each in drafts]
    plain = json.dumps([coming.raw.hex(), said], sort_keys=True, default=str).encode()
    return hashed("message", plain)
