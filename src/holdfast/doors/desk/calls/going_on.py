"""How a call goes on: an officer now, an appointment, a partner agency, a talk by telephone; and closing it, with why.

- One press each. Each writes the entries that say it, and grades the call where nobody had.
- No press lowers a grade: where an officer was promised, an appointment comes on top of it.
- What follows from a press is asked of the duties themselves beforehand, and shown beside it.
- A call is never closed without a reason, and Holdfast closes none by itself.
"""

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple

from holdfast.casefile.append import Draft
from holdfast.casefile.append import append_all
from holdfast.casefile.judging import GRADES
from holdfast.casefile.reading import CaseFile
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.calls.grades import grade_now
from holdfast.doors.desk.calls.grades import up_from
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.owed_words import AUTHORITIES
from holdfast.duties.owed import owed
from holdfast.law.pack import Pack
from holdfast.record.entry import ROLES
from holdfast.record.entry import By
from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import FieldFault
from holdfast.record.kind import Kind
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

TITLES = {
    "officer": "An officer now",
    "appointment": "An appointment with an officer",
    "partner": "A partner agency",
    "telephone": "A talk by telephone",
}
ASKS = {
    "appointment": ("at", "where", "officer_gender"),
    "partner": ("service", "named", "consent"),
    "telephone": ("by_when", "number_is_safe", "reason"),
    "close": ("reason", "caller_agreed", "force_code"),
}
_GRADES = {"officer": "immediate", "appointment": "scheduled", "partner": "referred", "telephone": "by_telephone"}
_WHY = {
    "officer": "The call taker sent for an officer.",
    "appointment": "An appointment with an officer was made.",
    "partner": "Referred to a partner agency.",
    "telephone": "To be spoken to by telephone.",
}
_KINDS = {"appointment": "AppointmentMade", "partner": "SupportReferred", "telephone": "CallBackPromised"}


class Follows(NamedTuple):
    """One thing that is owed because of a press."""

    staff: str
    who: str
    by: str  # in words
    authority: str


def go_on(case: CaseFile, pack: Pack, way: str, form: KindForm | None, by: By, now: datetime) -> tuple[str, ...]:
    """Writes what a way on means; the kinds, () where all of it was so already. EntryRefused with what is missing."""
    said = _said(way, form)
    faults = _not_safe(way, said, now)
    if faults:
        raise EntryRefused(_KINDS[way], faults)
    drafts = _drafts(case.entries, pack, case.force, way, said, now)
    if drafts:
        append_all(case.id, drafts, by=by)
    return tuple(draft.kind for draft in drafts)


def close(case: CaseFile, form: KindForm, by: By, now: datetime) -> None:
    """Closes the call, with a reason. EntryRefused without one: not asked and not known are none."""
    form.is_valid()
    fields = form.plain()
    if fields.get("reason", "not_asked") in UNKNOWN:
        raise EntryRefused("CallClosed", (FieldFault("reason", "has to be given: no call is closed without one"),))
    append_all(case.id, [Draft("CallClosed", fields, now)], by=by)


def follows(entries: Sequence[Entry], pack: Pack, force: str, way: str, now: datetime) -> tuple[Follows, ...]:
    """What becomes owed by a press, worked out from the entries that it would write."""
    guessed: dict[str, Any] = {}
    if way in ("appointment", "telephone"):
        guessed = {("at" if way == "appointment" else "by_when"): (now + timedelta(hours=1)).isoformat()}
    if way == "partner":
        guessed = {"service": "outreach", "consent": "yes"}
    try:
        drafts = _drafts(entries, pack, force, way, guessed, now)
    except EntryRefused:
        return ()
    after = list(entries)
    by = By("call_taker", "-")
    for draft in drafts:
        fields = draft.fields if isinstance(draft.fields, Kind) else read_fields(KINDS[draft.kind], draft.fields)
        after.append(Entry(len(after) + 1, draft.kind, now, now, by, fields, None, draft.about))
    new = [item for item in owed(after, pack, now) if item.started_by > len(entries)]
    return tuple(
        Follows(
            item.duty.staff,
            ROLES.get(item.duty.owed_by, item.duty.owed_by),
            item.in_words or _when(item.due_by, now),
            AUTHORITIES.get(item.duty.authority, item.duty.authority),
        )
        for item in new
        if item.state in ("open", "undated")
    )


def _not_safe(way: str, said: Mapping[str, Any], now: datetime) -> tuple[FieldFault, ...]:
    """What has to be so before this way is taken: a time to come, a number that is safe, a yes."""
    if way == "appointment" and said.get("at") and datetime.fromisoformat(str(said["at"])) <= now:
        return (FieldFault("at", "has to lie ahead"),)
    if way == "telephone" and said.get("number_is_safe") != "yes":
        return (FieldFault("number_is_safe", "has to be a yes: ask which number is safe, or choose another way"),)
    if way == "partner" and said.get("consent") != "yes":
        return (FieldFault("consent", "has to be a yes: ask them, or choose another way"),)
    return ()


def _said(way: str, form: KindForm | None) -> dict[str, Any]:
    """What was typed for this way on. EntryRefused with the faults of the form."""
    if form is None or way not in ASKS:
        return {}
    if not form.is_valid():
        faults = [FieldFault(name, str(messages[0])) for name, messages in form.errors.items() if name in form.fields]
        if faults:
            raise EntryRefused(_KINDS[way], tuple(faults))
    return form.plain()


def _drafts(
    entries: Sequence[Entry], pack: Pack, force: str, way: str, said: Mapping[str, Any], now: datetime
) -> list[Draft]:
    grade = _grading(entries, pack, force, way, said, now)
    found = [grade] if grade else []
    if way in _KINDS:
        found.append(Draft(_KINDS[way], dict(said), now))
    if way == "appointment" and said.get("officer_gender") in ("woman", "man"):
        found.append(Draft("RequestMade", {"asked_for": "officer_of_a_gender"}, now))
    return found


def _grading(
    entries: Sequence[Entry], pack: Pack, force: str, way: str, said: Mapping[str, Any], now: datetime
) -> Draft | None:
    """The grade that a way on means, where none stands, or a lower one than an officer now."""
    was, _ = grade_now(entries)
    wanted = _GRADES[way]
    if was and (way != "officer" or GRADES.index(was) >= GRADES.index(wanted)):
        return None
    fields: dict[str, Any] = {"grade": wanted, "reason": _WHY[way]}
    minutes = _minutes(pack, force, way, said, now)
    if minutes is not None:
        fields["attend_within"] = minutes
    regraded = up_from(entries, fields)
    if regraded is not None:
        return Draft("CallRegraded", regraded.fields, now, (regraded.about,))
    return Draft("CallGraded", fields, now)


def _minutes(pack: Pack, force: str, way: str, said: Mapping[str, Any], now: datetime) -> int | None:
    """The force's own figure for the grade, or until the appointment; None where there is none: never a guess."""
    if way == "appointment" and said.get("at"):
        until = datetime.fromisoformat(str(said["at"])) - now
        return max(0, int(until.total_seconds() // 60) + 1)
    return next((each.grades.get(_GRADES[way]) for each in pack.forces if each.id == force), None)


def _when(due: datetime | None, now: datetime) -> str:
    if due is None:
        return "no time can be counted"
    minutes = max(0, round((due - now).total_seconds() / 60))
    return f"within {minutes} minutes" if minutes < 120 else f"within {round(minutes / 60)} hours"
