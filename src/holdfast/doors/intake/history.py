"""A silent or abandoned call from a number with a high-risk history is graded immediate as it comes in.

Source: the police complaints body's call of February 2023 for such a rule in every force; the grade is written by
casefile/raising.py, and only a supervisor decides otherwise. The clock looks each second at what came in since, however
it came: by telephone, typed, by text, by another agency. Nobody is shown what was opened for it.
"""

import logging
from datetime import datetime
from datetime import timedelta
from uuid import UUID

from holdfast.casefile.raising import raise_silent_call
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.casefile.rows import stored_time
from holdfast.casefile.store import reading
from holdfast.duties.raising import silent_or_abandoned
from holdfast.people.feeding import catch_up
from holdfast.people.feeding import is_behind
from holdfast.people.here import index
from holdfast.people.known import Asked
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.facts import facts_of

MOST_FOUND = 40  # people with one number: a hostel, a switchboard
LOOKED_BACK = timedelta(hours=1)  # what came in while no clock ran
TRY_AGAIN = timedelta(seconds=10)
KINDS = ("CallReceived", "SilentCallHandled", "CallCutOff", "EntryCorrected")  # the last: a number written down later
_NEW = f"SELECT rowid, case_id FROM entry WHERE rowid > ? AND kind IN ({', '.join('?' * len(KINDS))}) ORDER BY rowid"  # noqa: S608 our own kinds
_FROM = "SELECT COALESCE(MIN(rowid), 0) - 1 FROM entry WHERE recorded_at >= ?"
_NEWEST = "SELECT COALESCE(MAX(rowid), 0) FROM entry"
_log = logging.getLogger("holdfast.intake")


class Following:
    """Up to where the record was looked at. A process that starts looks an hour back: writing twice is not possible.

    `waiting` are calls of which it could not be said yet, with until when and when next it is tried.
    """

    def __init__(self) -> None:
        self.row = -1
        self.waiting: dict[UUID, tuple[datetime, datetime]] = {}

    def look(self, at: datetime) -> int:
        """Raises what has to be raised; how many calls were."""
        for case in self._new(at):
            self.waiting[case] = at + LOOKED_BACK, at
        raised = 0
        for case, (until, next_at) in list(self.waiting.items()):
            if at < next_at:
                continue
            found = _raised(case, at)
            raised += found is True
            if found is None and at < until:
                self.waiting[case] = until, at + TRY_AGAIN
            else:
                del self.waiting[case]  # the duty to grade the call rings all the same
        return raised

    def _new(self, at: datetime) -> list[UUID]:
        with reading() as connection:
            newest: int = connection.execute(_NEWEST).fetchone()[0]
            if self.row < 0 or self.row > newest:
                since = connection.execute(_FROM, (stored_time(at - LOOKED_BACK),)).fetchone()[0]
                self.row = since if since >= 0 else newest
            if newest == self.row:
                return []
            rows = connection.execute(_NEW, (self.row, *KINDS)).fetchall()
        self.row = newest
        return list(dict.fromkeys(UUID(case) for _, case in rows))


def high_risk_from(number: str, at: datetime, *, without: UUID) -> bool | None:
    """Whether an earlier report under this number was graded high risk or went to a conference; None is not known."""
    if not number:
        return None
    catch_up(at)
    unknown = is_behind()
    for case in _cases_of(number) - {without}:
        try:
            entries = read_case(case).entries
        except Refused:
            unknown = True
            continue
        if _high(entries):
            return True
    return None if unknown else False


def _cases_of(number: str) -> set[UUID]:
    """Where this very number stands: one in which a figure differs is somebody else's."""
    found = index().find(Asked(number=number), limit=MOST_FOUND)
    return {match.known.case for match in found if any((why.what, why.how) == ("number", "same") for why in match.why)}


def raise_when_due(at: datetime) -> int:
    """For the clock: what came in since the last look."""
    return _FOLLOWING.look(at)


def _raised(case: UUID, at: datetime) -> bool | None:
    """Whether the call was raised; None where that could not be said or done yet."""
    try:
        entries = effective(list(read_case(case).entries))
        told = sorted(entries, key=lambda each: (each.happened_at, each.number))
        if not silent_or_abandoned(told):
            return False
        high = {high_risk_from(number, at, without=case) for number in _numbers(entries)}
        if True in high:
            return raise_silent_call(case, at) is not None
    except Exception as fault:  # noqa: BLE001 whatever it is, it stops no other call and is tried again
        _log.error("a silent call could not be held against its number's history: %s", type(fault).__name__)
        return None
    return None if None in high else False


def _numbers(entries: list[Entry]) -> list[str]:
    said = [entry.fields.number for entry in entries if entry.kind == "CallReceived"]
    return list(dict.fromkeys(number for number in said if number))


def _high(entries: tuple[Entry, ...]) -> bool:
    facts, people = facts_of(entries)
    return bool(
        facts.get("risk.grade") == "high"
        or facts.get("conference.referred")
        or people.get("repeat.high_risk_before") == "yes"
        or people.get("repeat.conference_in_12_months") == "yes"
    )


_FOLLOWING = Following()
