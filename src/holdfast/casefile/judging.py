"""The rules of an entry that can only be judged with its case in hand.

- The first entry opens the case, and no other does.
- It opens in a force and an area that the pack knows, or says neither; so does what corrects them.
- It is about entries that are there, and did not happen before what it is about.
- A grade goes down only as a decision of two people, whatever the entry that says so is called.
- A waiver names a duty that is owed because of the entry it is about; staff alone never waive statute.
- Nobody looks into their own opening of a file, and nobody lets themselves in again.
- Only the clock rings; an alarm is answered by a person, and one that climbed by a supervisor.
- What keeps watch over the file itself (who broke in, who is kept out, who came in) is neither corrected nor struck,
  nor is what was done with an item of evidence.
- A correction leaves an entry that can still be read. It re-aims no decision, leaves the survivor's own words alone and
  lowers a grade or takes away what is owed only with a second person.
"""

from collections.abc import Callable
from collections.abc import Sequence
from datetime import timedelta

from holdfast.casefile.drafts import Ready
from holdfast.casefile.judging_alarms import ALARM_RULES
from holdfast.casefile.rows import LIVE
from holdfast.casefile.where import faults_of_place
from holdfast.duties.owed import owed
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry
from holdfast.record.facts import effective
from holdfast.record.kind import FieldFault
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import read_fields
from holdfast.record.kind import stage
from holdfast.record.kind import write_fields
from holdfast.record.kinds import KINDS

GRADES = ("no_attendance", "referred", "by_telephone", "scheduled", "priority", "immediate")
RISKS = ("standard", "medium", "high")
# Times are often typed to the minute.
SAME_MINUTE = timedelta(minutes=1)
# A decision not to do what is owed is looked at again within this, so that no duty is put away for good.
LONGEST = timedelta(days=92)

# Written by Holdfast itself, or by a page that also does what the entry says: struck, it would hide what happened.
KEEPS_WATCH = frozenset(
    {"FileOpenedInEmergency", "EmergencyOpeningReviewed", "UnusualOpeningFound", "UnusualOpeningLookedInto",
     "OpeningQuestioned", "WrongWordsTried", "SecondWordsAgreed", "SecondWordsUsed", "PasskeyAdded", "PasskeyEnded",
     "SupporterNamed", "SupporterEnded", "StaffConnectionFound", "StaffConnectionCleared", "CaseGivenToSeparateUnit",
     "SurvivorWordsIssued", "FileCopyGiven", "FileErased"}
)  # fmt: skip

_STAYS = {
    **dict.fromkeys(KEEPS_WATCH, "names an entry that keeps watch over the file, and stays as it is"),
    "EntryCorrected": "a correction is not corrected: correct the first entry again",
    **dict.fromkeys(
        (name for name, kind in KINDS.items() if stage(kind) == "evidence"),
        "is part of what was done with an item, and stays as it is: say more of the item instead",
    ),
    **dict.fromkeys(
        (name for name, kind in KINDS.items() if stage(kind) == "alarm"),
        "is what the control room was rung about, and stays as it is: answer the alarm, or record what was done",
    ),
}


def faults_in(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> tuple[FieldFault, ...]:
    """Everything that speaks against writing this entry next in this case."""
    faults = _place_faults(ready, entries)
    if not faults and (rule := _RULES.get(ready.kind)):
        faults += rule(ready, entries, pack)
    return tuple(faults)


def _place_faults(ready: Ready, entries: Sequence[Entry]) -> list[FieldFault]:
    faults = []
    if (ready.kind == "CaseOpened") != (not entries):
        faults.append(FieldFault("kind", "a case is opened once, by its first entry"))
    if any(number > len(entries) or _is_about_them(entries[number - 1], ready.by.staff) for number in ready.about):
        faults.append(FieldFault("about", "names an entry that is not in this case"))
    elif any(ready.happened_at < entries[number - 1].happened_at - SAME_MINUTE for number in ready.about):
        faults.append(FieldFault("happened_at", "lies before what this entry is about"))
    reports = max((entry.occurrence or 1 for entry in entries), default=1)
    if ready.occurrence is not None and ready.occurrence > reports + 1:
        faults.append(FieldFault("occurrence", "leaves out a report: number them in order"))
    return faults


def _is_about_them(entry: Entry, staff: str) -> bool:
    """Whether this is what was found about the very person who writes. They are not to answer it, nor to learn of it by
    an answer other than that of a number that is not there."""
    return entry.kind == "UnusualOpeningFound" and staff != "" and entry.fields.staff == staff


def _opened(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    return faults_of_place(ready.fields.force, ready.fields.area, pack) if pack else []


def _regraded(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    before = [
        entries[number - 1] for number in ready.about if entries[number - 1].kind in ("CallGraded", "CallRegraded")
    ]
    if not before:
        return [FieldFault("about", "has to name the grade that is changed")]
    old, new = before[-1].fields.grade, ready.fields.grade
    if old not in GRADES or new not in GRADES:
        return []
    went = (
        "up" if GRADES.index(new) > GRADES.index(old) else "down" if GRADES.index(new) < GRADES.index(old) else "same"
    )
    faults = []
    if ready.fields.direction != went:
        faults.append(FieldFault("direction", f"has to be '{went}': that is how the grade moved"))
    if went == "down" and not ready.fields.second_person:
        faults.append(FieldFault("second_person", "has to agree before a grade is lowered"))
    if went == "down" and not ready.fields.reason.strip():
        faults.append(FieldFault("reason", "has to be given when a grade is lowered"))
    return faults


def _risk_now(entries: Sequence[Entry]) -> str:
    """The grade of risk that stands, '' while there is none."""
    graded = [
        entry.fields.grade
        for entry in effective(list(entries))
        if entry.kind.startswith("Risk") and hasattr(entry.fields, "grade")
    ]
    return next((grade for grade in reversed(graded) if grade in RISKS), "")


def _risk_lowered(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    now, new = _risk_now(entries), ready.fields.grade
    if now and new in RISKS and RISKS.index(new) >= RISKS.index(now):
        return [FieldFault("grade", f"is not lower than the grade that stands, which is '{now}'")]
    return []


def _risk_raised(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    now, new = _risk_now(entries), ready.fields.grade
    if now and new in RISKS and RISKS.index(new) <= RISKS.index(now):
        return [FieldFault("grade", f"is not higher than the grade that stands, which is '{now}'")]
    return []


def _risk_kept(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    now, new = _risk_now(entries), ready.fields.grade
    if now and new in RISKS and RISKS.index(new) < RISKS.index(now):
        return [
            FieldFault("grade", "is lower than the one that stands; lowering is its own entry, with a second person")
        ]
    return []


def _graded_again(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    """One call is graded once; what is graded anew after it, and lower, is a regrading with a second person."""
    now, new = _call_now(entries), ready.fields.grade
    if now and new in GRADES and GRADES.index(new) < GRADES.index(now):
        return [FieldFault("grade", "is lower than the one that stands; lowering is a regrading, with a second person")]
    return []


def _call_now(entries: Sequence[Entry]) -> str:
    """The grade of the latest call, '' while it has none."""
    grade = ""
    for entry in effective(list(entries)):
        if entry.kind in ("CallReceived", "SecondCallMade"):
            grade = ""
        elif entry.kind in ("CallGraded", "CallRegraded") and entry.fields.grade in GRADES:
            grade = entry.fields.grade
    return grade


def _decided_on(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    """A waiver or a 'not safe to do'."""
    duties = [duty for duty in pack.duties if duty.id == ready.fields.duty] if pack else []
    if not duties:
        return [FieldFault("duty", "is not a duty of this case's pack")]
    kinds = {entries[number - 1].kind for number in ready.about}
    if not any(trigger.kind in kinds for duty in duties for trigger in duty.starts):
        return [FieldFault("about", "has to name the entry because of which the duty is owed")]
    if ready.fields.try_again_on < ready.happened_at.date():
        return [FieldFault("try_again_on", "lies before the decision")]
    if ready.fields.try_again_on > ready.happened_at.date() + LONGEST:
        return [FieldFault("try_again_on", f"lies more than {LONGEST.days} days ahead: decide again by then")]
    by_statute = any(duty.authority == "statute" for duty in duties)
    if ready.kind == "DutyWaived" and by_statute and ready.fields.survivor_asked != "yes":
        return [FieldFault("duty", "is owed by statute, which staff alone never waive; the survivor has to want it")]
    return []


def _corrected(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    faults = []
    for number in ready.about:
        entry = entries[number - 1]
        if entry.by.role == "survivor" and ready.by.role != "survivor":
            faults.append(FieldFault("about", "names the survivor's own words, which nobody else corrects or strikes"))
        elif entry.kind in ("DutyWaived", "DutyUnsafe") and ready.fields.corrected:
            faults.append(FieldFault("corrected", "would re-aim a decision: strike it, and decide anew"))
        elif entry.kind in _STAYS:
            faults.append(FieldFault("about", _STAYS[entry.kind]))
        elif ready.fields.struck == "yes":
            if entry.kind == "CaseOpened":
                faults.append(FieldFault("struck", "the entry that opened the case stays"))
        elif not ready.fields.corrected:
            faults.append(FieldFault("corrected", "has to say what is corrected, unless it did not happen at all"))
        elif {"second_person", "pack"} & set(ready.fields.corrected):
            faults.append(
                FieldFault("corrected", "who agreed, and whose law runs the case, are not corrected: decide anew")
            )
        else:
            faults += _unreadable(entry, entries, ready.fields.corrected)
            if entry.kind == "CaseOpened" and pack and not faults:
                faults += _moved(entries, ready.fields.corrected, pack)
    return faults or _taken_away(ready, entries, pack)


def _taken_away(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    """Why one person alone may not make this correction: it lowers a grade, or takes away what is or was owed."""
    if ready.fields.second_person:
        return []
    at = max([ready.happened_at, *(entry.recorded_at for entry in entries)])
    made = Entry(len(entries) + 1, ready.kind, ready.happened_at, at, ready.by, ready.fields, None, ready.about)
    after = [*entries, made]
    lower = (
        (RISKS, _risk_now(entries), _risk_now(after)),
        (GRADES, _call_now(entries), _call_now(after)),
    )
    for scale, was, now in lower:
        if was and (not now or scale.index(now) < scale.index(was)):
            return [FieldFault("second_person", "has to agree: this correction lowers a grade")]
    if pack is None:
        return []
    left = {(item.id, item.started_by, item.instance) for item in owed(after, pack, at)}
    lost = [item for item in owed(entries, pack, at) if item.state in LIVE or item.missed]
    if any((item.id, item.started_by, item.instance) not in left for item in lost):
        return [FieldFault("second_person", "has to agree: this correction takes away something that is owed")]
    return []


def _moved(entries: Sequence[Entry], corrected: dict[str, object], pack: Pack) -> list[FieldFault]:
    """Why the case cannot be where this correction puts it."""
    said = {**write_fields(effective(list(entries))[0].fields), **corrected}
    found = faults_of_place(str(said.get("force") or ""), str(said.get("area") or ""), pack)
    return [FieldFault(f"corrected.{fault.field}", fault.why) for fault in found]


def _unreadable(entry: Entry, entries: Sequence[Entry], corrected: dict[str, object]) -> list[FieldFault]:
    """Why the entry could not be read any more with these values in it, after the corrections before."""
    earlier = next((found for found in effective(list(entries)) if found.number == entry.number), None)
    if earlier is None:
        return [FieldFault("about", "names an entry that was already said not to have happened")]
    try:
        read_fields(KINDS[entry.kind], {**write_fields(earlier.fields), **corrected})
    except FieldsRefused as refused:
        return [FieldFault(f"corrected.{fault.field}", fault.why) for fault in refused.faults]
    return []


def _reviewed(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    """Nobody looks into their own opening of a file, whatever form or command they use."""
    about = [entries[number - 1] for number in ready.about]
    wanted = "FileOpenedInEmergency" if ready.kind == "EmergencyOpeningReviewed" else "UnusualOpeningFound"
    if any(entry.kind != wanted for entry in about):
        return [FieldFault("about", "has to name the opening that is looked into")]
    whose = {entry.by.staff if wanted == "FileOpenedInEmergency" else entry.fields.staff for entry in about}
    if ready.by.staff in whose:
        return [FieldFault("about", "names your own opening, which somebody else looks into")]
    return []


def _let_in(ready: Ready, entries: Sequence[Entry], pack: Pack | None) -> list[FieldFault]:
    """Whoever is let in again is neither of the two people who decide it."""
    about = [entries[number - 1] for number in ready.about]
    if any(entry.kind != "StaffConnectionFound" for entry in about):
        return [FieldFault("about", "has to name the connection that was found")]
    whose = {entry.fields.staff.lower() for entry in about}
    if ready.by.staff.lower() in whose:
        return [FieldFault("about", "concerns yourself: two others decide it")]
    if ready.fields.second_person.lower() in {*whose, ready.by.staff.lower()}:
        return [FieldFault("second_person", "has to be somebody else, who is not concerned")]
    return []


_RULES: dict[str, Callable[[Ready, Sequence[Entry], Pack | None], list[FieldFault]]] = {
    "CaseOpened": _opened,
    "CallGraded": _graded_again,
    "CallRegraded": _regraded,
    "RiskAssessed": _risk_kept,
    "RiskRefused": _risk_kept,
    "RiskLowered": _risk_lowered,
    "RiskRaised": _risk_raised,
    "RiskReviewed": _risk_kept,
    "DutyWaived": _decided_on,
    "DutyUnsafe": _decided_on,
    "EntryCorrected": _corrected,
    "EmergencyOpeningReviewed": _reviewed,
    "UnusualOpeningLookedInto": _reviewed,
    "StaffConnectionCleared": _let_in,
    **ALARM_RULES,
}
