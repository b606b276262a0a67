"""What the survivor sees: where the case stands, every promise and whether it was kept, and what they can do until
when.

- A promise is a duty owed to or told to the survivor that rests on a checked source. Nothing else is shown.
- Late is said as late; not done is said as not done; 'not safe to do, and why' is an outcome.
- No claim is made that the record does not hold: `where` names the last thing that happened at each stage, from the
  record.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

import msgspec

from holdfast.duties.limits import Can
from holdfast.duties.limits import limits
from holdfast.duties.owed import Owed
from holdfast.duties.owed import owed
from holdfast.law.clock import Worded
from holdfast.law.clock_text import read as read_clock
from holdfast.law.language import ENGLISH
from holdfast.law.language import Tongue
from holdfast.law.pack import Duty
from holdfast.law.pack import Limit
from holdfast.law.pack import Pack
from holdfast.law.phrase import Phrase
from holdfast.law.wording import limit_id
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS

Standing = Literal["to come", "late", "kept", "kept late", "not safe", "not needed", "no longer owed", "no date"]
_STANDING: dict[str, Standing] = {
    "open": "to come",
    "overdue": "late",
    "kept": "kept",
    "kept-late": "kept late",
    "unsafe": "not safe",
    "waived": "not needed",
    "lapsed": "no longer owed",
    "undated": "no date",
}
_STAGES = ("call", "attendance", "report", "asking", "risk", "safeguarding", "suspect", "prosecution")


class Promise(msgspec.Struct, frozen=True):
    """A duty as the survivor reads it. `by` is None where no date can be given; `limit` says the limit in words."""

    says: str
    standing: Standing
    by: datetime | None
    limit: str
    kept_at: datetime | None
    stage: str
    started_by: int
    started_at: datetime
    owed: Owed

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.standing in ("to come", "late", "no date")


class Steps(msgspec.Struct, frozen=True):
    """Everything that a survivor's page draws from the record. Times are in UTC."""

    stage: str  # the furthest stage that the record has reached
    last: Entry | None  # the last thing that happened at any stage of the case itself
    promises: tuple[Promise, ...]  # late first, then soonest first, then what is done, latest first
    can: tuple[Can, ...]  # open limits, soonest first

    @property
    def next(self) -> Promise | None:
        """The next promise to be kept, or the one that is late."""
        return next((promise for promise in self.promises if promise.is_open), None)


def steps(entries: Sequence[Entry], pack: Pack, at: datetime) -> Steps:
    """What the survivor may read about these entries at this moment."""
    promises = [promise(item) for item in owed(entries, pack, at) if item.duty.shown_to_survivor]
    promises.sort(key=_order)
    can = [item for item in limits(entries, pack, at) if item.limit.source.may_be_shown]
    can.sort(key=lambda item: (item.state != "open", item.until is None, item.until or at))
    seen = sorted(
        (entry for entry in effective([entry for entry in entries if entry.recorded_at <= at])),
        key=lambda entry: (entry.happened_at, entry.number),
    )
    along = [entry for entry in seen if stage(KINDS[entry.kind]) in _STAGES]
    furthest = max((_STAGES.index(stage(KINDS[entry.kind])) for entry in along), default=0)
    return Steps(_STAGES[furthest], along[-1] if along else None, tuple(promises), tuple(can))


def promise(item: Owed) -> Promise:
    """One owed duty as the survivor reads it."""
    done = item.state in ("kept", "kept-late")
    return Promise(
        says=item.duty.says,
        standing=_STANDING[item.state],
        by=None if item.in_words or item.state in ("waived", "unsafe", "undated") else item.due_by,
        limit=limit_in_words(item.duty, item.rule.choices[0].clock.phrase() if len(item.rule.choices) == 1 else None),
        kept_at=item.ended_at if done else None,
        stage=item.duty.stage,
        started_by=item.started_by,
        started_at=item.entry.happened_at,
        owed=item,
    )


def limit_in_words(law: Duty | Limit, known: Phrase | None = None, tongue: Tongue = ENGLISH) -> str:
    """A duty's limit as a reader is told it: its own words, the law's words, or the clock's; the shortest where
    several hold. `known` is the clock that holds in this case, where it is known.
    """
    if law.limit_words:
        return tongue.say(limit_id(law), law.limit_words).text
    clocks = [read_clock(choice.limit) for choice in law.within]
    worded = next((clock for clock in clocks if isinstance(clock, Worded)), clocks[0])
    return tongue.phrase(known or worded.phrase()).text


def _order(promise: Promise) -> tuple[int, float]:
    if promise.standing == "late":
        return (0, promise.owed.due_by.timestamp() if promise.owed.due_by else 0.0)
    if promise.standing in ("to come", "no date"):
        return (1, promise.owed.due_by.timestamp() if promise.owed.due_by else float("inf"))
    return (2, -(promise.owed.ended_at or promise.started_at).timestamp())
