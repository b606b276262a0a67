"""Positions that waited, joined to a call that is there: at once where the call is taken in, and by the clock besides.

The clock finds what a stopped process left, and calls that a person typed after the telephone had sent its place.
"""

import logging
import sqlite3
from datetime import datetime
from uuid import UUID

from holdfast.casefile.append import append_all
from holdfast.casefile.refused import Refused
from holdfast.casefile.store import reading
from holdfast.doors.intake.calls import key_of
from holdfast.doors.intake.calls import open_call_by_key
from holdfast.doors.intake.noting import note_joined
from holdfast.doors.intake.saying import in_time
from holdfast.doors.intake.waiting import JoinedMeanwhile
from holdfast.doors.intake.waiting import keys_waiting
from holdfast.doors.intake.waiting import waiting_by_key
from holdfast.law.fault import PackRefused
from holdfast.record.entry import By

ITSELF = By("feed", "holdfast")
_log = logging.getLogger("holdfast.intake")


def join_waiting(case_id: UUID, key: str, by: By, now: datetime) -> int:
    """Joins what waits for a number, by its keyed hash, to this case; how many entries that was."""
    waited = waiting_by_key(key, now) if key else ()
    drafts = in_time((draft for each in waited for draft in each.drafts), now)
    if not drafts:
        return 0
    try:
        append_all(case_id, drafts, by=by, beside=lambda raw, _: note_joined(raw, waited, case_id, now))
    except JoinedMeanwhile:
        return 0
    except (Refused, PackRefused, sqlite3.Error) as fault:  # the call is on the record; the position waits on
        _log.error("a position could not be joined to its call: %s", type(fault).__name__)
        return 0
    return len(drafts)


def join_for(case_id: UUID, number: str, now: datetime) -> int:
    """The same for a number that a person wrote down."""
    return join_waiting(case_id, key_of(number), ITSELF, now)


def join_when_due(at: datetime) -> int:
    """Joins whatever has its call by now. Costs one look at an index where nothing waits."""
    joined = 0
    for key in keys_waiting(at):
        with reading() as connection:
            case_id = open_call_by_key(connection, key, at)
        if case_id is not None:
            joined += join_waiting(case_id, key, ITSELF, at)
    return joined
