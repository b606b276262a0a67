"""Taking in: a message becomes a case, or joins the case of the same call, exactly once.

- What a message says and which case it went to are written in one transaction. Sent twice, at once or a day later, it
  is one case, and nothing is written a second time.
- A clock that runs ahead of ours is no reason to refuse a call: what lies in the future happened when it came.
- Where what came cannot be recorded it is kept, sealed, for a person (unread.py), and the sender is told why.
"""

import logging
import sqlite3
from collections.abc import Callable
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from holdfast.access.naming import after_writing
from holdfast.casefile.append import Appended
from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.append import open_case
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.casefile.refused import NoSuchCase
from holdfast.casefile.refused import Refused
from holdfast.doors.intake.calls import key_of
from holdfast.doors.intake.calls import open_call_of
from holdfast.doors.intake.calls import remember
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.coming import TakenIn
from holdfast.doors.intake.joining import join_waiting
from holdfast.doors.intake.noting import case_of_document
from holdfast.doors.intake.noting import note
from holdfast.doors.intake.noting import note_alone
from holdfast.doors.intake.noting import note_joined
from holdfast.doors.intake.noting import noted
from holdfast.doors.intake.saying import in_time
from holdfast.doors.intake.saying import new_in
from holdfast.doors.intake.saying import number_in
from holdfast.doors.intake.saying import sound
from holdfast.doors.intake.unread import keep_unread
from holdfast.doors.intake.waiting import JoinedMeanwhile
from holdfast.doors.intake.waiting import waiting_for
from holdfast.law.fault import PackRefused

TRIES = 20
_log = logging.getLogger("holdfast.intake")


def take_in(coming: Coming, now: datetime) -> TakenIn:
    """Opens a case, or adds to the one of the same document what it does not hold yet.

    EntryRefused, PackRefused or CannotKeep where nothing could be recorded; `raw` is then kept for a person.
    """
    try:
        return _take_in(coming, now)
    except (Refused, PackRefused) as fault:
        _keep_for_a_person(coming, fault, now)
        raise


def take_in_beside(coming: Coming, number: str, now: datetime) -> TakenIn:
    """As `take_in`; but a new session from a number that has an open call belongs to that call's case."""
    known = case_of_document(coming.sender, coming.document) if coming.document else None
    beside = None if known else open_call_of(number, now)
    if beside is None:
        return take_in(coming, now)
    try:
        return _add(beside, coming.drafts, coming, now, same_call=True, claims=True)
    except (Refused, PackRefused) as fault:
        _keep_for_a_person(coming, fault, now)
        raise


def add_to(case_id: UUID, drafts: Iterable[Draft], coming: Coming, now: datetime) -> TakenIn:
    """More of the same call. What the case holds already, word for word and time for time, is not written again."""
    try:
        return _add(case_id, tuple(drafts), coming, now)
    except (Refused, PackRefused) as fault:
        _keep_for_a_person(coming, fault, now)
        raise


def _take_in(coming: Coming, now: datetime) -> TakenIn:
    case_id = case_of_document(coming.sender, coming.document) if coming.document else None
    if case_id is not None:
        try:
            return _add(case_id, coming.drafts, coming, now, same_call=True)
        except (CaseErased, NoSuchCase):
            coming = coming._replace(document="")  # that case is gone: whoever rings now opens a new one
    try:
        return _open_once(coming, now)
    except sqlite3.IntegrityError:
        case_id = case_of_document(coming.sender, coming.document)  # the same came twice at once, the other was first
        if case_id is None:
            raise
        return _add(case_id, coming.drafts, coming, now, same_call=True)


def _open_once(coming: Coming, now: datetime) -> TakenIn:
    for _ in range(TRIES):
        with suppress(JoinedMeanwhile):
            return _open(coming, now)
    return _open(coming, now, join=False)


def _open(coming: Coming, now: datetime, *, join: bool = True) -> TakenIn:
    number = number_in(coming.drafts)
    waited = waiting_for(number, now) if number and join else ()
    drafts = in_time((*coming.drafts, *(draft for each in waited for draft in each.drafts)), now)
    opening = {"force": coming.force, "area": coming.area, "reference": coming.document[:120]}

    def beside(connection: sqlite3.Connection, appended: Appended) -> None:
        note(connection, coming, coming.drafts, appended.case_id, now, opened=True)
        if number:
            remember(connection, number, appended.case_id, now)
        note_joined(connection, waited, appended.case_id, now)

    def opened(fields: dict[str, str]) -> Appended:
        at = sound(coming.at, now)
        return open_case(
            coming.pack, by=coming.recorded_by, happened_at=at, fields=fields, drafts=drafts, beside=beside
        )

    try:
        appended = opened(opening)
    except EntryRefused as refused:
        if refused.kind != "CaseOpened":
            raise
        # A force or area that the pack does not know is a fault of the settings, and no reason to lose a call.
        _log.error("a call was opened without its force and area: %s", "; ".join(each.field for each in refused.faults))
        appended = opened({"reference": coming.document[:120]})
    _after(appended, now)
    length = appended.length
    if number:  # a position that began to wait in the moment in which this call was written
        length += join_waiting(appended.case_id, key_of(number), coming.recorded_by, now)
    return TakenIn(appended.case_id, appended.code, length, True, False)


def _add(
    case_id: UUID,
    drafts: tuple[Draft, ...],
    coming: Coming,
    now: datetime,
    *,
    same_call: bool = False,
    claims: bool = False,
) -> TakenIn:
    number = number_in(drafts)
    for _ in range(TRIES):
        case = read_case(case_id)
        if coming.document and noted(coming, drafts):
            return TakenIn(case.id, case.code, case.length, False, True)
        new = new_in(case, in_time(drafts, now), same_call=same_call)
        if not new:
            note_alone(coming, drafts, case_id, now)
            return TakenIn(case.id, case.code, case.length, False, True)
        try:
            appended = append_all(
                case_id, new, by=coming.recorded_by, expected_length=case.length,
                beside=_noting(coming, drafts, number, now, claims=claims),
            )  # fmt: skip
        except CaseMovedOn:
            continue  # somebody wrote meanwhile: what is new has to be looked at again
        except sqlite3.IntegrityError:
            continue  # the very same message, at once
        _after(appended, now)
        return TakenIn(appended.case_id, appended.code, appended.length, False, False)
    raise CaseMovedOn(0, read_case(case_id).length)


def _noting(
    coming: Coming, drafts: tuple[Draft, ...], number: str, now: datetime, *, claims: bool
) -> Callable[[sqlite3.Connection, Appended], None]:
    def beside(connection: sqlite3.Connection, appended: Appended) -> None:
        note(connection, coming, drafts, appended.case_id, now, opened=claims)
        if number:
            remember(connection, number, appended.case_id, now)

    return beside


def _after(appended: Appended, now: datetime) -> None:
    """Holds the staff list against who was named. The call is on the record already, whatever becomes of this."""
    try:
        after_writing(appended.case_id, [entry.kind for entry in appended.entries], now)
    except (Refused, sqlite3.Error) as fault:
        _log.error("the staff list was not held against a new call; each opening compares again: %s", fault)


def _keep_for_a_person(coming: Coming, fault: Exception, now: datetime) -> None:
    if coming.raw:
        why = "could not be recorded"
        if isinstance(fault, EntryRefused):
            why = f"could not be recorded: {fault.kind} " + ", ".join(each.field for each in fault.faults)
        keep_unread(coming.sender, coming.raw, why, now)
