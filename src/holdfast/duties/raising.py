"""When the record speaks for a higher grade: calls again in one night, and silence where there is a history.

A proposal, never more: a person takes it with one press. Nothing here lowers a grade. The one exception that is written
without a person is a silent or abandoned call from a number with a high-risk history (casefile/raising.py).
"""

from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple

from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.facts import facts_of

# From lowest to highest.
GRADES = ("no_attendance", "referred", "by_telephone", "scheduled", "priority", "immediate")
ONE_NIGHT = timedelta(hours=12)
_CALLS = frozenset({"CallReceived", "SecondCallMade", "CallTransferredIn"})
_SAME_CALL = timedelta(minutes=2)  # a call and the note that it is a second one are written as two entries


class Proposed(NamedTuple):
    """A higher grade, why, and the entry whose grade it raises; 0 where there is none yet."""

    grade: str
    why: str  # calls_again, silent_with_history
    about: int


def grade_of(entries: Sequence[Entry]) -> tuple[str, int]:
    """The grade given last and its entry; ('', 0) where there is none. `entries` are effective ones."""
    for entry in sorted(entries, key=lambda each: (each.happened_at, each.number), reverse=True):
        if entry.kind in ("CallGraded", "CallRegraded") and entry.fields.grade in GRADES:
            return entry.fields.grade, entry.number
    return "", 0


def proposed_grade(entries: Sequence[Entry], at: datetime) -> Proposed | None:
    """The higher grade that the record speaks for; None where none is above the one that stands."""
    seen = sorted(
        (entry for entry in effective(list(entries)) if entry.recorded_at <= at),
        key=lambda each: (each.happened_at, each.number),
    )
    grade, about = grade_of(seen)
    if any(entry.kind == "UnitArrived" for entry in seen[-1:]):
        return None
    if silent_or_abandoned(seen) and has_history(seen) and grade != "immediate" and not _decided_otherwise(seen):
        return Proposed("immediate", "silent_with_history", about)
    calls = _calls(seen)
    graded_at = next((entry.happened_at for entry in reversed(seen) if entry.number == about), None)
    if len(calls) < 2 or not grade or grade == "immediate" or (graded_at is not None and calls[-1] <= graded_at):
        return None
    # A second call raises by a step and to priority at least; a third speaks for coming at once.
    second = GRADES[max(GRADES.index("priority"), GRADES.index(grade) + 1)]
    return Proposed("immediate" if len(calls) > 2 else second, "calls_again", about)


def silent_or_abandoned(entries: Sequence[Entry]) -> bool:
    """Whether the latest call was one on which nobody spoke, or that broke off."""
    for entry in reversed(entries):
        if entry.kind == "CallCutOff":
            return True
        if entry.kind == "CallReceived":
            return bool(entry.fields.route == "silent" or entry.fields.silent == "yes")
    return False


def has_history(entries: Sequence[Entry]) -> bool:
    """Whether a high risk was found before. Unknown is not yes here: the duty to grade it stands all the same."""
    return facts_of(entries)[1].get("repeat.high_risk_before") == "yes"


def _decided_otherwise(entries: Sequence[Entry]) -> bool:
    return any(entry.kind == "SilentCallNotRaised" for entry in entries)


def _calls(entries: Sequence[Entry]) -> list[datetime]:
    """When they called within one night of the latest call, oldest first."""
    found: list[datetime] = []
    for entry in entries:
        if entry.kind in _CALLS and not (found and entry.happened_at - found[-1] < _SAME_CALL):
            found.append(entry.happened_at)
    return [moment for moment in found if found[-1] - moment <= ONE_NIGHT]
