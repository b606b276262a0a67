"""Promises as lines of a page: what, whether it was done, and by when, in plain words.

- Late is said as late, undone as undone. 'Not safe to do' is said, but not why: what staff wrote about a danger is not
  for a page that somebody else may read. Who to ask is said instead.
- What the record does not hold is not claimed: 'not recorded as done' is not the same as 'not done'.
- What the survivor disputed is not called done while nobody has answered, nor after it was found not to have happened.
- `key` names a promise within this page, so that it can be disputed without an entry's number in any address.
"""

import hashlib
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.doors.look.phases import PHASES
from holdfast.doors.look.phases import phase_of
from holdfast.doors.survivor.days import by_when
from holdfast.doors.survivor.days import on_day
from holdfast.duties.limits import Can
from holdfast.duties.steps import Promise
from holdfast.record.entry import Entry


class Line(NamedTuple):
    """One promise."""

    key: str
    says: str
    state: str  # in words
    look: str  # late, wait, kept or '' for its colour, which never says it alone
    when: str
    group: str
    stage: str
    duty: str
    ended_by: int | None
    again: tuple["Line", ...] = ()  # the same promise, kept before: it repeats, or started more than once

    @property
    def can_dispute(self) -> bool:
        """Only what the record calls done can be said not to have happened."""
        return self.ended_by is not None and self.group == "done"


class Until(NamedTuple):
    """Something that the survivor can do, and until when."""

    says: str
    how: str
    when: str
    state: str
    look: str


_STATES = {
    "late": ("Late", "late", "late"),
    "to come": ("Not done yet", "wait", "coming"),
    "no date": ("No date", "wait", "coming"),
    "kept": ("Done", "kept", "done"),
    "kept late": ("Done, but late", "late", "done"),
    "not safe": ("Not safe to do", "wait", "unsafe"),
    "not needed": ("Not needed", "", "over"),
    "no longer owed": ("No longer needed", "", "over"),
}
GROUPS = (
    ("late", "Late"),
    ("coming", "Still to come"),
    ("unsafe", "Not safe to do"),
    ("disputed", "Said not to have happened"),
    ("done", "Done"),
    ("over", "No longer needed"),
)
# What was answered to a dispute; '' while nobody has answered. 'It happened' leaves the promise as it stands.
_DISPUTED = {
    "": ("It was said that this did not happen. A supervisor has to answer.", "wait", "disputed"),
    "it_did_not_happen": ("Found not to have been done", "late", "disputed"),
    "cannot_be_known": ("It cannot be known whether this was done", "wait", "disputed"),
}


def disputes(entries: Iterable[Entry]) -> dict[tuple[int, str], str]:
    """What was answered to the last dispute, '' for nothing yet, by the entry it is about and the duty it names.

    The entries are those in effect: a struck dispute was never made. Without a duty it is about all that the entry did.
    """
    found: dict[tuple[int, str], str] = {}
    about: dict[int, list[tuple[int, str]]] = {}
    for each in entries:
        if each.kind == "PromiseDisputed":
            about[each.number] = [(number, each.fields.duty) for number in each.about]
            found |= dict.fromkeys(about[each.number], "")
        elif each.kind == "DisputeAnswered":
            for dispute in each.about:
                found |= dict.fromkeys(about.get(dispute, ()), each.fields.outcome)
    return found


def line(
    promise: Promise, zone: ZoneInfo, now: datetime, disputed: Mapping[tuple[int, str], str] | None = None
) -> Line:
    """A promise as a line; with `disputed`, as `disputes` gives it, also what the survivor said about it."""
    state, look, group = _STATES[promise.standing]
    ended = promise.owed.ended_by
    if disputed and ended is not None and group == "done":
        answer = disputed.get((ended, promise.owed.id), disputed.get((ended, "")))
        state, look, group = _DISPUTED.get("it_happened" if answer is None else answer, (state, look, group))
    when = _when(promise, zone, now.astimezone(zone).year)
    return Line(
        key=_key(promise),
        says=promise.says,
        state=state,
        look=look,
        when=f"The record said: {when}" if group == "disputed" else when,
        group=group,
        stage=promise.stage,
        duty=promise.owed.id,
        ended_by=promise.owed.ended_by,
    )


class Group(NamedTuple):
    """The lines of one group, under the parts of the story where there are many."""

    name: str
    title: str
    many: int
    parts: tuple[tuple[str, tuple[Line, ...]], ...]


def grouped(lines: list[Line]) -> list[Group]:
    """The lines by group, in the order of GROUPS, empty groups left out. What is done stands by part of the story."""
    found = []
    for name, title in GROUPS:
        these = [each for each in lines if each.group == name]
        if these:
            parts = _by_phase(_together(these)) if name == "done" else (("", tuple(_together(these))),)
            found.append(Group(name, title, len(these), parts))
    return found


def _by_phase(lines: list[Line]) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    found = [
        (title, tuple(each for each in lines if phase_of(each.stage) == at)) for at, (title, _) in enumerate(PHASES)
    ]
    return tuple(part for part in found if part[1])


def _together(lines: list[Line]) -> list[Line]:
    """The same promise once, its other times under it: the first of each is the one to be read."""
    found: dict[tuple[str, str], Line] = {}
    for each in lines:
        first = found.get((each.says, each.group))
        found[each.says, each.group] = first._replace(again=(*first.again, each)) if first else each
    return list(found.values())


def can_until(can: Can, zone: ZoneInfo, now: datetime) -> Until:
    """A limit as a line."""
    year = now.astimezone(zone).year
    when = _capital(by_when(can.until, zone, year).replace("by ", "until ", 1)) if can.until else ""
    if can.state == "open":
        return Until(can.limit.says, can.limit.how, f"{when}.", "You can", "wait")
    if can.state == "used":
        return Until(can.limit.says, "", "The record says that you did this.", "Done", "kept")
    if can.state == "passed":
        ended = f"The time for this ended with {on_day(can.until.astimezone(zone).date(), year)}." if can.until else ""
        return Until(can.limit.says, can.limit.how, f"{ended} Ask whether it can still be done.", "Time has passed", "")
    return Until(can.limit.says, can.limit.how, "The record does not say until when. Ask.", "No date", "wait")


def _when(promise: Promise, zone: ZoneInfo, year: int) -> str:
    by = by_when(promise.by, zone, year) if promise.by else ""
    done = on_day(promise.kept_at.astimezone(zone).date(), year) if promise.kept_at else ""
    match promise.standing:
        case "to come":
            return f"{_capital(by or promise.limit)}."
        case "late" if not by:
            return f"When it should have been done: {promise.limit}. It is not recorded as done."
        case "late":
            return f"It should have been done {by}. It is not recorded as done."
        case "kept":
            return f"{_capital(done)}."
        case "kept late" if not by:
            return f"{_capital(done)}. When it should have been done: {promise.limit}."
        case "kept late":
            return f"{_capital(done)}. It should have been done {by}."
        case "not safe":
            return "It was judged that doing this could put you in danger. Ask why, when it is safe for you to talk."
        case "not needed":
            return "It was decided that this does not have to be done. You can ask why."
        case "no date":
            return "The record does not say by when. Ask."
        case _:
            return ""


def _key(promise: Promise) -> str:
    owed = promise.owed
    named = f"{owed.id}/{owed.started_by}/{owed.instance}/{owed.ended_by}"
    return hashlib.sha256(named.encode()).hexdigest()[:16]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
