"""May this person do this act in this case? One pure function over one small table.

- The answer is yes or no, and why in a sentence that names no party and no case.
- Whoever is, or knows, somebody in a case is walled off from it, whatever their role.
- A support service sees a case only when the survivor was referred to it, and records only what is its own to record.
- An auditor reads everything and writes nothing.
- An act that is not in the table is refused: a new page has to say who may open it.

>>> may(Person("auditor", "A1"), "record", CaseKnown("HF-1"))[0]
False
>>> may(Person("officer", "PC1"), "read_case", CaseKnown("HF-1", walled_off=frozenset({"PC1"})))[0]
False
"""

from typing import NamedTuple

from holdfast.record.entry import STAFF_ROLES
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS


class Person(NamedTuple):
    """Somebody who signed in, as `may` needs to know them."""

    role: str
    staff: str
    agency: str = "police"
    team: str = ""


class CaseKnown(NamedTuple):
    """What `may` needs to know about a case, which is little."""

    code: str
    referred: bool = False  # the survivor was referred to an adviser or outreach service, or has one allocated
    walled_off: frozenset[str] = frozenset()  # staff who are, or know, somebody in the case


_SUPPORT = frozenset({"adviser", "outreach_worker"})
_POLICE = frozenset(STAFF_ROLES) - _SUPPORT - {"auditor"}
_LEADS = frozenset({"supervisor", "safeguarding_officer"})

# act: (the roles that may, why it is so in words)
ACTS: dict[str, tuple[frozenset[str], str]] = {
    "see_queue": (frozenset(STAFF_ROLES) - {"auditor"}, "Everyone who owes something sees what they owe."),
    "search": (frozenset(STAFF_ROLES), "A case is found by its code alone."),
    "read_case": (frozenset(STAFF_ROLES), "Whoever works on a case may read it; each look is written down."),
    "print_report": (_POLICE | {"auditor"}, "The report is a police document."),
    "record": (_POLICE | _SUPPORT, "Whoever does something in a case records it."),
    "take_call": (
        frozenset({"call_taker", "dispatcher", "officer", "supervisor", "investigator", "safeguarding_officer"}),
        "Calls and reports are taken by the control room, at the counter, and by officers.",
    ),
    "waive_duty": (_LEADS, "A supervisor or safeguarding officer decides, with a second person and a reason."),
    "call_unsafe": (_POLICE | _SUPPORT, "Anyone may say that doing what is owed would be dangerous."),
    "answer_dispute": (frozenset({"supervisor"}), "A supervisor answers what the survivor disputes."),
    "close_case": (
        frozenset({"supervisor", "investigator", "safeguarding_officer", "witness_care", "victim_liaison"}),
        "A case is closed by those who answer for its last steps.",
    ),
    "issue_words": (_POLICE, "Police staff who are with the survivor may give them the words to their page."),
    "see_overview": (
        frozenset({"supervisor", "safeguarding_officer", "auditor"}),
        "Supervisors answer for what is late.",
    ),
    "see_figures": (frozenset({"supervisor", "safeguarding_officer", "auditor"}), "The counts name nobody."),
    "see_looks": (frozenset({"supervisor", "auditor"}), "Who looked is read by those who check it."),
}

# What recording a kind asks for beyond 'record'.
ACT_OF_KIND = {
    "DutyWaived": "waive_duty",
    "DutyUnsafe": "call_unsafe",
    "DisputeAnswered": "answer_dispute",
    "CaseClosed": "close_case",
    "CaseReopened": "close_case",
    "SurvivorWordsIssued": "issue_words",
    "CaseOpened": "take_call",
    "CallReceived": "take_call",
}

_SUPPORT_STAGES = frozenset({"asking", "risk", "safeguarding", "contact"})


def may(person: Person, act: str, case: CaseKnown | None = None, kind: str = "") -> tuple[bool, str]:
    """Whether this person may do this act in this case (or at all, without one), and why."""
    if person.role not in STAFF_ROLES:
        return False, "This sign-in has no role, so it may open nothing. Ask a supervisor to give it one."
    if act not in ACTS:
        return False, "Nobody has been given this, so nobody may do it. Tell whoever runs the system."
    if case is not None and person.staff in case.walled_off:
        return False, "You are, or know, somebody in this case. Ask a supervisor to give the work to somebody else."
    roles, why = ACTS[act]
    if person.role not in roles:
        return False, f"{why} Your role ({STAFF_ROLES[person.role].lower()}) is not among them: ask a supervisor."
    if case is not None and person.role in _SUPPORT and not case.referred:
        return False, "A support service opens a case only when the survivor was referred to it. Ask who referred them."
    if kind:
        return _may_record(person, case, kind, why)
    return True, why


def _may_record(person: Person, case: CaseKnown | None, kind: str, why: str) -> tuple[bool, str]:
    """The further rules for one kind of entry."""
    if kind not in KINDS:
        return False, "There is no entry of this kind, so nobody may record one."
    if kind in ACT_OF_KIND:
        return may(person, ACT_OF_KIND[kind], case)
    if person.role in _SUPPORT and stage(KINDS[kind]) not in _SUPPORT_STAGES:
        return (
            False,
            "This is recorded by the police or the court. Tell the officer in the case, and it will be recorded.",
        )
    return True, why
