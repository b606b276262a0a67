"""May this person do this act in this case, now? One pure function over one table, and every door asks it.

1. An act that is not in ACTS is refused to everybody: a new page has to say who may open it.
2. A wall comes before all else: whoever is, or knows, somebody in the case is out, whatever their role.
3. The role has to have the act.
4. In a case there has to be a tie as well: one of its role (access/ties.py), a purpose that was stated, or an opening
   in an emergency that has not ended. A case of a separate unit is that unit's alone.
5. A partner agency's tie is a referral with a consent (access/partners.py), and only its own work is open to it.
6. A survivor has their own case, a supporter what the survivor said in it, until its day. Nothing else opens it.

What is not known is never yes. The sentence that comes with an answer names no party and no case; a door shows
somebody without a tie the same page as for a code that nobody has.

>>> from datetime import UTC
>>> now = datetime(2026, 11, 20, tzinfo=UTC)
>>> may(Person("investigator", "PC7"), "read_case", CaseKnown("HF-1"), at=now).rule
'no-tie'
>>> may(Person("investigator", "PC7"), "read_case", CaseKnown("HF-1", assigned=frozenset({"PC7"})), at=now).rule
'assigned'
"""

from datetime import datetime

from holdfast.access.partners import ROLES as _SUPPORT
from holdfast.access.partners import is_partner
from holdfast.access.partners import reads
from holdfast.access.partners import records
from holdfast.access.person import NOBODY
from holdfast.access.person import Answer
from holdfast.access.person import CaseKnown
from holdfast.access.person import Consent
from holdfast.access.person import Person
from holdfast.access.person import Referral
from holdfast.access.ties import MAY_STATE
from holdfast.access.ties import OUTSIDE
from holdfast.access.ties import tie
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.kinds import KINDS

__all__ = ["ACTS", "DANGEROUS", "NOBODY", "Answer", "CaseKnown", "Consent", "Person", "Referral", "may"]

_EVERYONE = frozenset(STAFF_ROLES)
_POLICE = _EVERYONE - _SUPPORT - {"auditor"}
_WORKERS = _EVERYONE - {"auditor"}
_LEADS = frozenset({"supervisor", "safeguarding_officer"})
_SUPERVISOR = frozenset({"supervisor"})
_OVERSIGHT = frozenset({"supervisor", "auditor"})
_CONTROL_ROOM = frozenset({"call_taker", "dispatcher"})
_DETECTS = frozenset(
    {"officer", "supervisor", "investigator", "custody_officer", "records_officer", "safeguarding_officer",
     "disclosure_coordinator"}
)  # fmt: skip
_TAKES_STATEMENTS = frozenset(
    {"officer", "supervisor", "investigator", "safeguarding_officer", "witness_care", "victim_liaison"}
)
_TAKES_CALLS = frozenset({"call_taker", "dispatcher", "officer", "supervisor", "investigator", "safeguarding_officer"})
_OPERATOR = frozenset({"operator"})
_OWN_PAGE = frozenset({"survivor"})
_SHARED_PAGE = frozenset({"survivor", "supporter"})

# act: (the roles that may, why it is so in words)
ACTS: dict[str, tuple[frozenset[str], str]] = {
    "own_account": (_EVERYONE, "Everyone sees and ends their own sign-ins."),
    "start_recovery": (frozenset({"supervisor"}), "A supervisor lets a colleague back in whom they have before them."),
    "end_sign_ins": (frozenset({"supervisor"}), "A supervisor ends the sign-ins of a colleague."),
    "see_queue": (_EVERYONE, "Everyone who owes something sees what they owe."),
    "search": (_EVERYONE, "A case is found by its code alone."),
    "read_case": (_EVERYONE, "Whoever works on a case may read it; each look is written down."),
    "print_report": (_POLICE | {"auditor"}, "The report is a police document."),
    "record": (_WORKERS, "Whoever does something in a case records it."),
    "take_call": (
        _TAKES_CALLS,
        "Calls and reports are taken by the control room, at the counter, and by officers.",
    ),
    "waive_duty": (_LEADS, "A supervisor or safeguarding officer decides, with a second person and a reason."),
    "call_unsafe": (_WORKERS, "Anyone may say that doing what is owed would be dangerous."),
    "answer_dispute": (_SUPERVISOR, "A supervisor answers what the survivor disputes."),
    "close_case": (
        frozenset({"supervisor", "investigator", "safeguarding_officer", "witness_care", "victim_liaison"}),
        "A case is closed by those who answer for its last steps.",
    ),
    "take_statement": (_TAKES_STATEMENTS, "Whoever meets the survivor for the police takes their statements."),
    "look_history": (
        _TAKES_CALLS | {"custody_officer"},
        "Earlier history is looked for by whoever answers, goes there, investigates or keeps people safe.",
    ),
    "propose_link": (_TAKES_CALLS, "Whoever finds an earlier report may say that it belongs to this one."),
    "answer_link": (
        _TAKES_CALLS | {"records_officer"},
        "A proposed link is answered by a person who works on both reports.",
    ),
    "check_scene": (_TAKES_CALLS, "Whoever is at the scene, or speaks with those who are, checks who is there."),
    "answer_alarm": (_TAKES_CALLS, "Alarms are answered by the control room, by officers and by supervisors."),
    "chase_call": (_TAKES_CALLS, "Units are sent and callers told by those who take calls and send officers."),
    "grade_silent_lower": (_SUPERVISOR, "Only a supervisor decides that such a call is not graded immediate."),
    "hand_call_over": (_TAKES_CALLS, "Whoever takes a call may hand it to another control room, with its dangers."),
    "see_unread": (_TAKES_CALLS, "What no machine could read is read by those who take calls."),
    "see_board": (_CONTROL_ROOM | _SUPERVISOR, "The board is for those who answer, send and supervise."),
    "offer_live": (_TAKES_CALLS, "Whoever takes calls may have the scene shown to them, and watches it."),
    "issue_words": (_POLICE, "Police staff who are with the survivor may give them the words to their page."),
    "see_overview": (_LEADS | {"auditor"}, "Supervisors answer for what is late."),
    "see_figures": (_LEADS | {"auditor", "operator"}, "The counts name nobody."),
    "see_looks": (_OVERSIGHT, "Who looked is read by those who check it."),
    "search_log": (_OVERSIGHT, "An auditor searches the whole log, a supervisor what their team did."),
    "export_log": (frozenset({"auditor", "operator"}), "The log is taken out by those who check it."),
    # Keeping out and letting in.
    "say_connected": (_WORKERS, "Anyone may keep themselves out of a case, at once and without a reason."),
    "set_wall": (_SUPERVISOR, "A supervisor may keep a member of staff out of a case."),
    "clear_wall": (_SUPERVISOR, "A supervisor lets somebody in again, with a second person."),
    "give_to_unit": (_SUPERVISOR, "A supervisor gives a case about a member of staff to a separate unit."),
    "own_connections": (_WORKERS, "Everybody says which names, addresses and numbers are their own."),
    "open_in_emergency": (_POLICE, "Police staff may open a case in an emergency, with a reason that is looked into."),
    "state_purpose": (
        frozenset(role for role, purposes in MAY_STATE.items() if purposes),
        "Some roles need a case of their force that nothing else ties them to, and say for what.",
    ),
    "review_emergency": (_SUPERVISOR, "A supervisor reviews an opening in an emergency, never their own."),
    "review_opening": (_SUPERVISOR, "A supervisor looks into an unusual opening."),
    "explain_opening": (_SUPERVISOR, "A supervisor tells the survivor why their file was opened."),
    "hold_keeping": (_SUPERVISOR | {"records_officer"}, "A supervisor or records officer says that a file is kept."),
    "see_keeping": (_SUPERVISOR | {"records_officer", "operator"}, "Who answers for files sees which are due."),
    "erase": (_SUPERVISOR, "Two supervisors decide to erase a case."),
    "give_copy": (
        _SUPERVISOR | {"disclosure_coordinator"},
        "A supervisor or disclosure coordinator gives a copy, and another looks it over.",
    ),
    # Evidence. Who counts what there is need not see a picture of an injury.
    "see_custody": (
        _DETECTS | _CONTROL_ROOM | {"auditor"},
        "Who takes, investigates or checks evidence sees what there is and where it went, without its content.",
    ),
    "see_evidence": (_DETECTS, "Evidence is looked at by those who investigate, decide about or disclose it."),
    "take_evidence": (
        (_DETECTS | _CONTROL_ROOM) - {"disclosure_coordinator"},
        "Officers and the control room take in what they find, make or are given.",
    ),
    "make_bundle": (
        frozenset({"investigator", "supervisor", "disclosure_coordinator"}),
        "Evidence is handed out by whoever investigates, by a supervisor, or by the disclosure coordinator.",
    ),
    "lift_hold": (
        frozenset({"supervisor", "investigator", "disclosure_coordinator"}),
        "One asks that a held item is shown, and another, from their own sign-in, decides it.",
    ),
    "end_sharing": (_WORKERS, "Whoever hears that a referral has ended records it."),
    # The survivor's own page, and what they may share of it.
    "own_page": (_OWN_PAGE, "A survivor opens their own page and nobody else's."),
    "see_next_steps": (_SHARED_PAGE, "The survivor, and whom they gave this."),
    "see_what_happened": (_SHARED_PAGE, "The survivor, and whom they gave this."),
    "see_contact": (_SHARED_PAGE, "The survivor, and whom they gave this."),
    "ask_questions": (_SHARED_PAGE, "The survivor, and whom they gave this."),
    "say_what_was_not_done": (_SHARED_PAGE, "The survivor, and whom they gave this."),
    # Machines and whoever runs them. None of these shows a word of a case.
    "hand_over_call": (frozenset({"feed", "operator"}), "A control room with a key hands a call over."),
    "send_in": (frozenset({"feed"}), "A network or telephone provider sends what belongs to a call."),
    "derive": (_OPERATOR, "What is owed is derived again; nothing is shown."),
    "verify": (_OPERATOR, "The chains are checked; nothing is opened or shown."),
    "sweep_vault": (_OPERATOR, "What nobody finished giving, and what no record names, is told and taken away."),
    "back_up": (_OPERATOR, "Everything is sealed into one file; nothing is opened or shown."),
    "restore": (_OPERATOR, "A backup is put back into an empty folder; nothing is opened or shown."),
    "set_up": (_OPERATOR, "Keys and tables are made where there are none; no key is replaced."),
    "serve": (_OPERATOR, "The doors are opened; behind them everybody is asked for themselves."),
    "keep_staff": (_OPERATOR, "Sign-ins are given and stopped; none opens a case by itself."),
    "keep_feeds": (_OPERATOR, "Another control room is given its key, or loses it."),
    "link_overnight": (_OPERATOR, "Everything is compared in memory, and links are proposed; no case is shown."),
    "keep_keys": (_OPERATOR, "Keys that wrap case keys are added and taken away; no case is opened."),
}

# Acts after which much cannot be put right: whoever does one shows again that it is they (access.sign_in.fresh).
DANGEROUS = frozenset({"open_in_emergency", "clear_wall", "issue_words", "erase", "give_copy", "make_bundle"})

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
    "EmergencyOpeningReviewed": "review_emergency",
    "UnusualOpeningLookedInto": "review_opening",
    "OpeningExplained": "explain_opening",
    "CaseGivenToSeparateUnit": "give_to_unit",
    "KeepingHeld": "hold_keeping",
    "KeepingReleased": "hold_keeping",
    "ReferralEnded": "end_sharing",
}
# What Holdfast writes itself, or a page of its own does that also does what the entry says. Never by the plain form.
NOT_BY_FORM = frozenset(
    {"FileOpenedInEmergency", "StaffConnectionFound", "StaffConnectionCleared", "UnusualOpeningFound",
     "OpeningQuestioned", "WrongWordsTried", "SecondWordsAgreed", "SecondWordsUsed", "PasskeyAdded", "PasskeyEnded",
     "SupporterNamed", "SupporterEnded", "FileCopyGiven", "FileErased", "ItemTaken", "ItemMetadataRead", "ItemHeld",
     "ItemHoldLifted", "ItemLookedAt", "ItemCopied", "ItemMoved", "ItemDerived", "ItemDescribed", "PoliceUseChosen",
     "ItemHandedToPolice", "ItemTimeStamped", "ReceiptGiven", "ExhibitTaken", "BundleDrafted", "BundleDropped",
     "BundleMade", "ItemDisclosed", "LiveLinkMade", "LiveStarted", "LiveWatched", "LiveEnded", "StatementStarted",
     "StatementDrafted", "LaterStatementTaken", "StatementParagraphCorrected", "StatementTextReadOver",
     "InterpreterCertified", "StatementSignatureTaken", "StatementFilmed", "WithdrawalExplained",
     "ImpactStatementRead", "StatementCopyGiven", "HandoverDocumentMade", "TransferCompared", "TransferLossFound",
     "PositionMeasured", "TextMessageReceived", "UnreadMessageKept",
     "LinkProposed", "LinkAccepted", "LinkRefused", "SceneChecked",
     "AlarmRung", "AlarmAnswered", "SilentCallNotRaised", "KeysPressed", "QuestionPlayed",
     "CallRecorded", "CallTakerConnected", "CallTakerDisconnected"}
)  # fmt: skip

_NO_ACT = Answer(False, "Nobody has been given this, so nobody may do it. Tell whoever runs the system.", "no-act")
_WALL = Answer(False, "You are, or know, somebody in this case. Somebody else has to do this.", "wall")
_NO_KIND = Answer(False, "There is no entry of this kind, so nobody may record one.", "no-kind")
_NOT_BY_FORM = Answer(False, "This is recorded by a page of its own, or by Holdfast itself.", "not-by-form")
_NOT_THEIRS = Answer(
    False, "This is recorded by the police or the court. Tell the officer in the case, and it will be recorded.",
    "not-their-work",
)  # fmt: skip


def may(
    person: Person, act: str, case: CaseKnown | None = None, *, at: datetime, kind: str = "", purpose: str = ""
) -> Answer:
    """Whether this person may do this act in this case (or at all, without one) at that moment, and why.

    `kind` is the entry's: to be recorded (act 'record') or read (act 'read_case'). `purpose` is one of PURPOSES.
    """
    row = ACTS.get(act)
    if row is None:
        return _NO_ACT
    role = person.role
    if case is not None and person.staff in case.walled_off and role not in OUTSIDE:
        return _WALL
    roles, why = row
    if role not in roles:
        return _no_role(role, why)
    rule = "role"
    if case is not None:
        tied = tie(person, act, case, at, purpose)
        if not tied.allowed:
            return tied
        rule = tied.rule
    if kind:
        return _of_kind(person, act, case, kind, Answer(True, why, rule), at, purpose)
    return Answer(True, why, rule)


def _of_kind(
    person: Person, act: str, case: CaseKnown | None, kind: str, yes: Answer, at: datetime, purpose: str
) -> Answer:
    """The further rules for one kind of entry."""
    if kind not in KINDS:
        return _NO_KIND
    partner = is_partner(person)
    if act == "read_case":
        return yes if not partner or reads(person, kind) else _NOT_THEIRS
    if kind in NOT_BY_FORM:
        return _NOT_BY_FORM
    if kind in ACT_OF_KIND:
        further = may(person, ACT_OF_KIND[kind], case, at=at, purpose=purpose)
        if not further.allowed:
            return further
    return yes if not partner or records(person, kind) else _NOT_THEIRS


def _no_role(role: str, why: str) -> Answer:
    if role not in STAFF_ROLES:
        return Answer(False, "This sign-in has no role that opens this. Ask a supervisor.", "no-role")
    return Answer(
        False, f"{why} Your role ({STAFF_ROLES[role].lower()}) is not among them: ask a supervisor.", "no-role"
    )
