"""May this person do this act in this case? One pure function over one small table.

- The answer is yes or no, and why in a sentence that names no party and no case.
- Whoever is, or knows, somebody in a case is walled off from it, whatever their role.
- A support service sees a case only when the survivor was referred to it, and records only what is its own to record.
- An auditor reads everything and writes nothing.
- An act that is not in the table is refused: a new page has to say who may open it.

>>> from datetime import UTC
>>> now = datetime(2026, 11, 20, tzinfo=UTC)
>>> may(Person("auditor", "A1"), "record", CaseKnown("HF-1"), at=now).allowed
False
>>> may(Person("officer", "PC1"), "read_case", CaseKnown("HF-1", walled_off=frozenset({"PC1"})), at=now).allowed
False
"""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from holdfast.record.entry import STAFF_ROLES
from holdfast.record.kind import stage
from holdfast.record.kinds import KINDS


class Person(NamedTuple):
    """Somebody who wants to do something, as `may` needs to know them. For police, the organisation is the force."""

    role: str  # one of STAFF_ROLES, or 'survivor', 'supporter', 'operator' (runs commands), 'feed' (another system)
    staff: str  # staff identifier; '' for a survivor; a supporter's id
    agency: str = "police"  # kind of agency (AGENCIES in access/staff.py)
    team: str = ""  # team within it
    organisation: str = ""  # which agency of that kind: which force, which refuge, which hospital
    unit: str = ""  # the separate unit that they belong to (professional standards), or ''
    case: str = ""  # for a survivor or supporter: the code of the one case that they may open
    scope: frozenset[str] = frozenset()  # for a supporter: what the survivor said they may do (SupporterMay)
    until: datetime | None = None  # for a supporter: when it ends


class Referral(NamedTuple):
    """What was shared with one partner agency: by a referral that the survivor agreed to, or on a legal ground."""

    agency: str  # the kind of agency
    organisation: str  # which one, where the referral named it; '' where it did not
    since: datetime
    until: datetime | None = None  # when it ended or will end
    ground: str = "referral"  # 'referral' needs a consent beside it; a legal ground stands alone


class Consent(NamedTuple):
    """What the survivor agreed to: that their file is shared with a kind of agency."""

    agency: str
    since: datetime
    until: datetime | None = None


_NOBODY: Mapping[str, datetime] = MappingProxyType({})


class CaseKnown(NamedTuple):
    """What `may` needs to know about a case. Made by access/known.py; a default is 'not known' and opens nothing."""

    code: str
    force: str = ""
    area: str = ""
    unit: str = ""  # the separate unit that it was given to, or ''
    live_until: datetime | None = None  # until when it is new work, which those on duty may open
    closed: bool = False
    teams: frozenset[str] = frozenset()  # teams of those whom it is assigned to
    assigned: frozenset[str] = frozenset()  # staff who were given it, answer for it, or recorded in it
    owed_by: frozenset[str] = frozenset()  # roles that owe something in it now
    units: frozenset[str] = frozenset()  # police units that were sent to it
    referrals: tuple[Referral, ...] = ()
    consents: tuple[Consent, ...] = ()
    walled_off: frozenset[str] = frozenset()  # staff who are, or know, somebody in the case
    opened_in_emergency: Mapping[str, datetime] = _NOBODY  # staff: until when
    referred: bool = False  # goes away: the survivor was referred to an adviser or outreach service


class Answer(NamedTuple):
    """What `may` answers. Take its parts by name; its truth is `allowed`."""

    allowed: bool
    why: str  # a sentence that names no party and no case
    rule: str  # the id of the rule that decided

    def __bool__(self) -> bool:
        return self.allowed


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

# Acts after which much cannot be put right: whoever does one shows again that it is they (access.sign_in.fresh).
DANGEROUS = frozenset(
    {"open_in_emergency", "clear_wall", "issue_words", "recover_words", "erase", "give_copy", "end_sessions", "keys"}
)

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


def may(
    person: Person, act: str, case: CaseKnown | None = None, *, at: datetime, kind: str = "", purpose: str = ""
) -> Answer:
    """Whether this person may do this act in this case (or at all, without one) at that moment, and why."""
    if person.role not in STAFF_ROLES:
        return Answer(
            False, "This sign-in has no role, so it may open nothing. Ask a supervisor to give it one.", "role"
        )
    if act not in ACTS:
        return Answer(False, "Nobody has been given this, so nobody may do it. Tell whoever runs the system.", "act")
    if case is not None and person.staff in case.walled_off:
        return Answer(
            False,
            "You are, or know, somebody in this case. Ask a supervisor to give the work to somebody else.",
            "wall",
        )
    roles, why = ACTS[act]
    if person.role not in roles:
        return Answer(
            False, f"{why} Your role ({STAFF_ROLES[person.role].lower()}) is not among them: ask a supervisor.", "role"
        )
    if case is not None and person.role in _SUPPORT and not case.referred:
        return Answer(
            False,
            "A support service opens a case only when the survivor was referred to it. Ask who referred them.",
            "referral",
        )
    if kind:
        return _may_record(person, case, kind, why, at)
    return Answer(True, why, "role")


def _may_record(person: Person, case: CaseKnown | None, kind: str, why: str, at: datetime) -> Answer:
    """The further rules for one kind of entry."""
    if kind not in KINDS:
        return Answer(False, "There is no entry of this kind, so nobody may record one.", "kind")
    if kind in ACT_OF_KIND:
        return may(person, ACT_OF_KIND[kind], case, at=at)
    if person.role in _SUPPORT and stage(KINDS[kind]) not in _SUPPORT_STAGES:
        return Answer(
            False,
            "This is recorded by the police or the court. Tell the officer in the case, and it will be recorded.",
            "kind",
        )
    return Answer(True, why, "role")
