"""Who is to be rung now, and about what: a pure function of the record, the law and a moment.

- A duty rings once it is overdue, if the pack says so; one whose limit cannot be worked out, some time after its start.
- Levels climb one by one. The one above is rung when the one below did not answer within the pack's minutes, counted
  from when they were rung: a clock that stood still for an hour does not rob anybody of their minutes to answer.
- An answer stops the climbing for a while. What is still not done then rings one level higher, or at the highest again.
- Below the highest, each level is rung once for each duty; at the highest, once more for each answer given there.
- What is done, waived, not safe to do or lapsed does not ring, whatever rang before.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from typing import NamedTuple

from holdfast.duties.owed import Owed
from holdfast.duties.owed import still_owed
from holdfast.law.alarm import AlarmRule
from holdfast.law.alarm import rule_for
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry

Key = tuple[str, int, int]  # duty, started_by, instance


class Ring(NamedTuple):
    """One who is rung about one duty, and from when on. `number` is that of the AlarmRung, 0 while it is to come."""

    duty: str
    started_by: int
    instance: int
    level: str
    why: str  # lapsed, not_answered, still_not_done, no_clock
    at: datetime
    rule: AlarmRule
    number: int = 0
    answered_by: int = 0  # number of the AlarmAnswered, 0 while nobody answered

    @property
    def key(self) -> Key:
        """What names the duty within its case."""
        return self.duty, self.started_by, self.instance


def next_rings(entries: Sequence[Entry], items: Iterable[Owed], pack: Pack) -> list[Ring]:
    """For each duty that is still owed and rings: the next who will be rung, and when. Soonest first.

    `items` are what `owed` gives for these entries at the moment of asking; none may be left out.
    """
    if not pack.alarms:
        return []
    rung, answered = _rung(entries), _answered(entries)
    found = []
    for item, rule in _ringing(entries, items, pack):
        key = (item.duty.id, item.started_by, item.instance)
        following = _next(item, rule, rung.get(key, ()), answered)
        if following is not None:
            found.append(following)
    return sorted(found, key=lambda ring: (ring.at, ring.key))


def due_rings(entries: Sequence[Entry], items: Iterable[Owed], pack: Pack, at: datetime) -> list[Ring]:
    """Those who are to be rung by a moment, at most one for each duty. What is due at the very moment is not late."""
    return [ring for ring in next_rings(entries, items, pack) if ring.at < at]


def standing_rings(entries: Sequence[Entry], items: Iterable[Owed], pack: Pack, at: datetime) -> list[Ring]:
    """What rings now, or was answered and is still not done: the last ring of each duty that is late and still owed."""
    rung, answered = _rung(entries), _answered(entries)
    found = []
    for item, rule in _ringing(entries, items, pack):
        last = next(reversed(rung.get((item.duty.id, item.started_by, item.instance), ())), None)
        if last is not None and _late_from(item, rule) <= at:
            answer = answered.get(last.number)
            said = last.fields
            found.append(
                Ring(said.duty, said.started_by, said.instance, said.level, said.why, last.happened_at, rule,
                     last.number, answer.number if answer else 0)
            )  # fmt: skip
    return found


def _ringing(entries: Sequence[Entry], items: Iterable[Owed], pack: Pack) -> list[tuple[Owed, AlarmRule]]:
    named = {duty for rule in pack.alarms for duty in rule.duties}
    live = [item for item in still_owed(items) if item.duty.id in named]
    if not live:
        return []
    opening = entries[0].fields
    places = [place for place in (getattr(opening, "force", ""), getattr(opening, "area", "")) if place]
    found = []
    for item in live:
        day = (item.started_at or item.entry.happened_at).date().isoformat()
        rule = rule_for(pack.alarms, item.duty.id, places, day)
        if rule is not None:
            found.append((item, rule))
    return found


def _next(item: Owed, rule: AlarmRule, rings: Sequence[Entry], answered: dict[int, Entry]) -> Ring | None:
    duty, started_by, instance = item.duty.id, item.started_by, item.instance
    names = [level.level for level in rule.levels]
    late = _late_from(item, rule)  # a correction may have moved it since the last ring
    if not rings:
        why = "lapsed" if item.due_by is not None else "no_clock"
        return Ring(duty, started_by, instance, names[0], why, late, rule)
    last = rings[-1]
    # A pack that took the level away since: whoever is highest now stands for it.
    place = names.index(last.fields.level) if last.fields.level in names else len(names) - 1
    answer = answered.get(last.number)
    if answer is not None:
        following = min(place + 1, len(names) - 1)
        # An answer counts from when it was written down: one dated back or ahead would shift the next ring.
        again = max(answer.recorded_at, last.happened_at) + timedelta(minutes=rule.again_after)
        return Ring(duty, started_by, instance, names[following], "still_not_done", max(again, late), rule)
    if place == len(names) - 1:
        return None  # it rings at the highest until somebody answers
    after = last.happened_at + timedelta(minutes=rule.levels[place + 1].after)
    return Ring(duty, started_by, instance, names[place + 1], "not_answered", max(after, late), rule)


def _late_from(item: Owed, rule: AlarmRule) -> datetime:
    """When the duty is late; where no limit could be worked out, when it is taken to be."""
    if item.due_by is not None:
        return item.due_by
    return (item.started_at or item.entry.happened_at) + timedelta(minutes=rule.undated_after)


def _rung(entries: Sequence[Entry]) -> dict[Key, list[Entry]]:
    """The rings of each duty in the order in which they were written."""
    found: dict[Key, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "AlarmRung":
            said = entry.fields
            found.setdefault((said.duty, said.started_by, said.instance), []).append(entry)
    return found


def _answered(entries: Sequence[Entry]) -> dict[int, Entry]:
    """The first answer to each ring."""
    found: dict[int, Entry] = {}
    for entry in entries:
        if entry.kind == "AlarmAnswered":
            for number in entry.about:
                found.setdefault(number, entry)
    return found
