"""By what somebody is tied to a case: their work in it, what was shared with them, their own page, an emergency. Pure.

- TIES says it role by role. A tie holds in a case of their own force, unless it names the person, and in no case
  of a separate unit but their own.
- Somebody whose role has no tie may say for what they need the case, where PURPOSES gives their role something to say.
- An opening in an emergency crosses forces, gives only EMERGENCY_GIVES, and ends by itself. It never opens a wall or a
  separate unit's case.
"""

from collections.abc import Callable
from datetime import datetime

from holdfast.access.partners import is_partner
from holdfast.access.partners import shared_with
from holdfast.access.person import EVERY_FORCE
from holdfast.access.person import Answer
from holdfast.access.person import CaseKnown
from holdfast.access.person import Person
from holdfast.record.entry import STAFF_ROLES

OUTSIDE = frozenset({"survivor", "supporter", "operator", "feed"})

# By what a role may be tied to a case of its force. 'live': new work. 'owed': the role owes something nobody has yet.
_OF_THE_WORK = ("assigned", "recorded", "team", "owed")
TIES: dict[str, tuple[str, ...]] = {
    "call_taker": ("live", "assigned", "recorded", "owed"),
    "dispatcher": ("live", "assigned", "recorded", "owed"),
    "officer": ("live", "unit", *_OF_THE_WORK),
    "custody_officer": _OF_THE_WORK,
    "investigator": _OF_THE_WORK,
    "records_officer": _OF_THE_WORK,
    "safeguarding_officer": _OF_THE_WORK,
    "disclosure_coordinator": _OF_THE_WORK,
    "conference_coordinator": _OF_THE_WORK,
    "witness_care": _OF_THE_WORK,
    "victim_liaison": _OF_THE_WORK,
    "supervisor": ("force",),
}
# For what a role without a tie may say that it needs a case of its force: it is typed, and the log keeps it.
PURPOSES: dict[str, tuple[frozenset[str], str]] = {
    "history": (frozenset({"call_taker", "dispatcher"}), "What happened before, for a call that is being answered"),
    "custody": (frozenset({"custody_officer"}), "The suspect is in custody"),
    "recording": (frozenset({"records_officer"}), "Whether a crime was recorded rightly"),
    "risk": (frozenset({"safeguarding_officer"}), "Risk to somebody in another case"),
    "disclosure": (frozenset({"disclosure_coordinator"}), "A request for disclosure"),
    "conference": (frozenset({"conference_coordinator"}), "A conference that is being prepared"),
    # A court's answer reaches them before anything in the case does, and the survivor is owed it at once.
    "court": (frozenset({"witness_care"}), "A court told you something that the survivor is owed"),
    "sentence": (frozenset({"victim_liaison"}), "A prison or probation told you something that the survivor is owed"),
    "audit": (frozenset({"auditor"}), "An audit"),
    "complaint": (frozenset({"auditor"}), "A complaint, or a question from the survivor"),
    "inquiry": (frozenset({"auditor"}), "An inquiry, or a review of a death"),
}
MAY_STATE = {role: frozenset(name for name, (roles, _) in PURPOSES.items() if role in roles) for role in STAFF_ROLES}
# What an opening in an emergency gives: to read, and to say what was done.
EMERGENCY_GIVES = frozenset({"read_case", "record", "call_unsafe"})
# Whoever was named in the case, or wrote in it, has it whichever force they serve: calls cross borders.
_BY_NAME = frozenset({"assigned", "recorded"})
# What needs no tie to the case, because it keeps somebody out or because the answer is a page that asks for a reason.
_UNTIED = frozenset({"say_connected", "open_in_emergency"})

_NO_TIE = Answer(
    False, "Nothing in the record ties you to this case: it was not given to you, and your role owes nothing in it.",
    "no-tie",
)  # fmt: skip
_NO_SHARING = Answer(
    False, "A partner agency opens a case only while a referral to it and the survivor's consent stand.", "not-shared"
)
_UNIT = Answer(False, "This case belongs to a separate unit.", "unit")
_NOT_AGAIN = Answer(False, "You opened this case without need, as a review found. Somebody else opens it.", "not-again")
_NOT_OWN = Answer(False, "This page is somebody else's, or was not given to you, or has ended.", "not-own")
_PURPOSE = Answer(False, "Say for what you need this case: your role has no other tie to it.", "purpose-missing")


def tie(person: Person, act: str, case: CaseKnown, at: datetime, purpose: str) -> Answer:
    """By what this person is tied to this case, or the answer that nothing does."""
    role = person.role
    if role in OUTSIDE:
        return _tie_outside(person, act, case, at)
    if act == "open_in_emergency" and person.staff in case.not_again:
        return _NOT_AGAIN
    if act in _UNTIED:
        return _UNIT if act == "open_in_emergency" and _is_apart(person, case) else Answer(True, "", "role")
    if is_partner(person):
        shared = "" if case.unit else shared_with(person, case, at)
        return Answer(True, "", shared) if shared else _NO_SHARING
    if _is_apart(person, case):
        return Answer(True, "", "responding") if _responds(person, case, at) else _UNIT
    if role == "auditor":
        return Answer(True, "", "purpose") if purpose in MAY_STATE[role] else _PURPOSE
    if case.unit and person.unit == case.unit:
        return Answer(True, "", "unit")
    return _tie_of_force(person, act, case, at, purpose)


def _tie_of_force(person: Person, act: str, case: CaseKnown, at: datetime, purpose: str) -> Answer:
    """Police staff, witness care and victim liaison: their force's work, a stated purpose, an emergency."""
    until = case.opened_in_emergency.get(person.staff)
    case = case.without_own.get(person.staff, case)  # what they wrote while they had broken in ties others, not them
    theirs = not case.force or person.organisation in (case.force, EVERY_FORCE)
    for name in TIES[person.role]:
        if (theirs or name in _BY_NAME) and _HOLDS[name](person, case, at):
            return Answer(True, "", name)
    if theirs and purpose and purpose in MAY_STATE[person.role]:
        return Answer(True, "", "purpose")
    if until is not None and at < until and act in EMERGENCY_GIVES:
        return Answer(True, "", "emergency")
    return _NO_TIE


def _tie_outside(person: Person, act: str, case: CaseKnown, at: datetime) -> Answer:
    """Whoever is no member of staff: their own case, or no word of any."""
    if person.role in ("operator", "feed"):
        return Answer(True, "", "role")
    if not person.case or person.case != case.code:
        return _NOT_OWN
    if person.role == "survivor":
        return Answer(True, "", "own-case")
    given = act in person.scope and person.until is not None and at < person.until
    return Answer(True, "", "supporter") if given else _NOT_OWN


def _is_apart(person: Person, case: CaseKnown) -> bool:
    """Whether the case belongs to a separate unit that is not theirs."""
    if not case.unit or person.unit == case.unit:
        return False
    # A unit that nobody signs in to would leave the survivor to nobody: the force's supervisors answer meanwhile.
    return case.unit_has_staff or person.role != "supervisor"


def _responds(person: Person, case: CaseKnown, at: datetime) -> bool:
    """Whether they answered the call of a case that went to the unit by itself, and it is still new."""
    until = case.responding_until
    return until is not None and at < until and person.staff in case.recorded


_HOLDS: dict[str, Callable[[Person, CaseKnown, datetime], bool]] = {
    "live": lambda person, case, at: not case.closed and case.live_until is not None and at < case.live_until,
    "assigned": lambda person, case, at: person.staff in case.assigned,
    "recorded": lambda person, case, at: not case.closed and person.staff in case.recorded,
    "team": lambda person, case, at: person.team != "" and person.team in case.teams,
    "unit": lambda person, case, at: person.staff in case.units or (person.team != "" and person.team in case.units),
    "owed": lambda person, case, at: person.role in case.owed_by,
    "force": lambda person, case, at: True,  # reached only where the force is theirs
}
