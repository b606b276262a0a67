"""What a telephone or its network says of its place: to the open call from that number, or to wait for it."""

from collections.abc import Iterable
from datetime import datetime

from holdfast.casefile.append import Draft
from holdfast.doors.intake.calls import key_of
from holdfast.doors.intake.calls import open_call_of
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.coming import TakenIn
from holdfast.doors.intake.noting import taken_before
from holdfast.doors.intake.taking import add_to
from holdfast.doors.intake.unread import keep_unread
from holdfast.doors.intake.waiting import keep_waiting


def place_call(number: str, drafts: Iterable[Draft], coming: Coming, now: datetime) -> TakenIn | None:
    """Adds to the open call from this number; None where it waits for one, or for a person."""
    drafts = tuple(drafts)
    if coming.document and (before := taken_before(coming.sender, coming.document, coming.message)):
        return before
    if not key_of(number):
        keep_unread(coming.sender, coming.raw, "names no number whose call this place could be", now)
        return None
    case_id = open_call_of(number, now) or keep_waiting(number, drafts, coming, now)
    return add_to(case_id, drafts, coming, now) if case_id else None
