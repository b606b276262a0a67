"""How a call stands for whoever sends and chases: grade and clock, who is on the way, what is promised, what rings."""

from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple

from holdfast.duties.owed import owed
from holdfast.duties.raising import Proposed
from holdfast.duties.raising import grade_of
from holdfast.duties.raising import proposed_grade
from holdfast.duties.raising import silent_or_abandoned
from holdfast.duties.ringing import Ring
from holdfast.duties.ringing import standing_rings
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry
from holdfast.record.facts import effective


class Unit(NamedTuple):
    """A unit that was sent and neither arrived nor was diverted."""

    number: int  # of UnitSent
    unit: str
    since: datetime


class Situation(NamedTuple):
    """Numbers are those of entries; 0 where there is none."""

    grade: str
    graded_by: int
    due_by: datetime | None  # when officers have to be there
    rings: tuple[Ring, ...]
    on_the_way: tuple[Unit, ...]
    arrived: bool
    diverted: tuple[int, ...]  # diversions about which the caller was not told yet
    promised: tuple[Entry, ...]  # call backs that were not made yet
    meetings: tuple[Entry, ...]  # appointments neither kept nor missed
    passed_on: tuple[Entry, ...]  # transfers that nobody accepted yet
    safe: Entry | None  # the safe number given last
    place: str
    quiet: int  # the silent or broken-off call a supervisor may decide about
    proposed: Proposed | None
    closed: bool


def situation(every: Sequence[Entry], pack: Pack, at: datetime) -> Situation:
    """The call as it stands at a moment; `every` are all entries of its case."""
    entries = sorted(effective(list(every)), key=lambda entry: (entry.happened_at, entry.number))
    items = owed(every, pack, at)
    grade, graded_by = grade_of(entries)
    graded = next((entry for entry in entries if entry.number == graded_by), None)
    minutes = graded.fields.attend_within if graded else None
    due = graded.happened_at + timedelta(minutes=minutes) if graded and minutes is not None else None
    arrived = next((entry for entry in reversed(entries) if entry.kind == "UnitArrived"), None)
    quiet = [entry.number for entry in entries if entry.kind in ("CallReceived", "CallCutOff")]
    decided = any(entry.kind == "SilentCallNotRaised" for entry in entries)
    places = [entry.fields.place for entry in entries if entry.kind == "LocationFound" and entry.fields.place]
    return Situation(
        grade=grade,
        graded_by=graded_by,
        due_by=due,
        rings=tuple(standing_rings(list(entries), items, pack, at)),
        on_the_way=_on_the_way(entries),
        arrived=arrived is not None,
        diverted=tuple(each.number for each in _open(entries, "UnitDiverted", ("CallerToldOfDelay",))),
        promised=_open(entries, "CallBackPromised", ("CallBackMade",)),
        meetings=_open(entries, "AppointmentMade", ("AppointmentKept", "AppointmentMissed")),
        passed_on=_open(entries, "CallTransferredOut", ("TransferAccepted",)),
        safe=next((entry for entry in reversed(entries) if entry.kind == "SafeNumberGiven"), None),
        place=places[-1] if places else "",
        quiet=quiet[-1] if quiet and silent_or_abandoned(entries) and grade != "immediate" and not decided else 0,
        proposed=proposed_grade(every, at),
        closed=_closed(entries),
    )


def _on_the_way(entries: Sequence[Entry]) -> tuple[Unit, ...]:
    gone = {number for entry in entries if entry.kind == "UnitDiverted" for number in entry.about}
    found: dict[str, Unit] = {}
    for entry in entries:
        if entry.kind == "UnitSent" and entry.number not in gone:
            found[entry.fields.unit] = Unit(entry.number, entry.fields.unit, entry.happened_at)
        elif entry.kind == "UnitArrived":
            if entry.fields.unit:
                found.pop(entry.fields.unit, None)
            else:
                found.clear()
    return tuple(found.values())


def _open(entries: Sequence[Entry], kind: str, ends: tuple[str, ...]) -> tuple[Entry, ...]:
    """The entries of a kind that none of those which end it is about."""
    ended = {number for entry in entries if entry.kind in ends for number in entry.about}
    return tuple(entry for entry in entries if entry.kind == kind and entry.number not in ended)


def _closed(entries: Sequence[Entry]) -> bool:
    last = [entry.kind for entry in entries if entry.kind in ("CallClosed", "CallReceived", "CallTransferredIn")]
    return bool(last) and last[-1] == "CallClosed"
