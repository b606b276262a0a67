"""What somebody who goes to a house has to know of an earlier report, at a glance: only what was said to be so.

- A marker that is not here was not recorded. That is not 'no', and no page says so.
- The code word itself is not shown among many people's: the page of the case has it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.doors.desk.in_force import InForce
from holdfast.doors.desk.in_force import in_force
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.facts import facts_of

WEAPONS = "Weapons"
_SAID = {
    "CallQuestionsAnswered": {
        "weapons_used": WEAPONS, "weapons_in_home": WEAPONS, "threat_to_kill": "Threat to kill",
        "strangled": "Strangled before", "children_there": "Children", "interpreter_needed": "Interpreter",
    },
    "WordsHeard": {"threat_to_kill": "Threat to kill"},
    "HistoryChecked": {"firearms_certificate": WEAPONS, "warning_markers": "Warning marker"},
    "FirearmsChecked": {"certificate": WEAPONS, "seized": WEAPONS},
    "SceneChecked": {"firearms_certificate": WEAPONS},
}  # fmt: skip
_THERE = {"FirearmsSeized": WEAPONS, "ChildSeen": "Children", "InterpreterNeeded": "Interpreter"}
_FACTS = {
    "suspect.firearms": WEAPONS, "child.in_home": "Children", "survivor.needs_interpreter": "Interpreter",
    "survivor.pregnant": "Pregnant",
}  # fmt: skip
ORDER = (WEAPONS, "Threat to kill", "Strangled before", "Warning marker", "Children", "Pregnant", "Interpreter",
         "Code word agreed")  # fmt: skip


class Flags(NamedTuple):
    """All that somebody who may not open a case is told of it: two things that could kill whoever does not know."""

    weapons: bool
    order_in_force: bool

    def __bool__(self) -> bool:
        return self.weapons or self.order_in_force


def markers(entries: Sequence[Entry]) -> tuple[str, ...]:
    """The markers of a case, from its entries as corrected, the most dangerous first."""
    found: set[str] = set()
    for entry in effective(list(entries)):
        said = _SAID.get(entry.kind, {})
        found |= {marker for name, marker in said.items() if getattr(entry.fields, name) == "yes"}
        if entry.kind in _THERE:
            found.add(_THERE[entry.kind])
        if getattr(entry.fields, "code_word", "") not in ("", None):
            found.add("Code word agreed")
        if entry.kind == "PersonNamed" and entry.fields.party == "child":
            found.add("Children")
    changing, people = facts_of(entries)
    known = people | changing
    found |= {marker for fact, marker in _FACTS.items() if known.get(fact) == "yes"}
    return tuple(marker for marker in ORDER if marker in found)


def bonds_of(entries: Sequence[Entry], zone: ZoneInfo, pack: Pack, now: datetime) -> tuple[InForce, ...]:
    """The orders, notices and bail that bind the suspect of a case now."""
    seen = sorted(effective(list(entries)), key=lambda entry: (entry.happened_at, entry.number))
    return in_force(seen, zone, pack, now)


def flags(entries: Sequence[Entry], zone: ZoneInfo, pack: Pack, now: datetime) -> Flags:
    """The bare safety flags of a case."""
    order = bool(bonds_of(entries, zone, pack, now))
    return Flags(WEAPONS in markers(entries), order or _order_told_of(entries))


def _order_told_of(entries: Sequence[Entry]) -> bool:
    """Whether somebody said that there is an order, and nothing since says that it ended or was looked for in vain.

    That a caller knows of none takes nothing back: an order in force that nobody saw is what reviews of deaths find.
    """
    told = False
    for entry in effective(list(entries)):
        if entry.kind in ("CallQuestionsAnswered", "HistoryChecked", "SceneChecked"):
            told = told or entry.fields.order_in_force == "yes"
        if entry.kind in ("OrderEnded", "BailEnded") or (
            entry.kind == "HistoryChecked" and entry.fields.order_in_force == "no"
        ):
            told = False
    return told
