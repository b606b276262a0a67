"""A duty as staff read it: what to do, by when, why, by what law. What `look/duty.html` and the desk's own rows are
given.

- Overdue is loud and first. A limit in words shows the law's own words; the time beside it is when staff are rung.
- The source is shown with how sure of it we are: staff see what a survivor is not yet shown.
"""

from datetime import datetime
from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from holdfast.doors.desk.acts import Way
from holdfast.doors.desk.acts import owed_key
from holdfast.doors.desk.local_time import from_now
from holdfast.doors.desk.local_time import in_short
from holdfast.law.pack import Duty
from holdfast.law.pack import Pack
from holdfast.record.entry import ROLES

SOON = timedelta(hours=2)

STATES = {
    "open": "Owed",
    "soon": "Due soon",
    "overdue": "Overdue",
    "undated": "No date known",
    "kept": "Kept",
    "kept-late": "Kept late",
    "waived": "Waived",
    "lapsed": "No longer owed",
    "unsafe": "Not safe to do",
}
AUTHORITIES = {
    "statute": "statute",
    "code": "statutory code",
    "policy": "policy",
    "local-practice": "local practice",
    "our-standard": "our own standard, nobody’s law",
}
CONFIDENCES = {
    "verified": "",
    "secondary": "seen at second hand",
    "unverified": "not yet checked",
    "stale": "checked too long ago",
}


class DutyShown(NamedTuple):
    """One duty, ready for a page."""

    key: str
    staff: str
    state: str
    state_name: str
    due: str  # in words, from now
    due_in_full: str
    due_at: str  # ISO, empty where there is none
    limit_words: str
    owed_by: str
    says: str
    why: str
    authority: str
    source_title: str
    source_link: str
    source_doubt: str
    started_by: int
    case: str = ""
    ways: tuple[Way, ...] = ()
    working: tuple[str, ...] = ()
    reason: str = ""
    ended: str = ""

    @property
    def live(self) -> bool:
        """Somebody still has to do it."""
        return self.state in ("open", "soon", "overdue", "undated")


def show_duty(
    duty: Duty, *, state: str, started_by: int, instance: int, due_by: datetime | None, in_words: bool, now: datetime,
    zone: ZoneInfo, case: str = "", ways: tuple[Way, ...] = (), working: tuple[str, ...] = (), reason: str = "",
    ended: str = "",
) -> DutyShown:  # fmt: skip
    """One duty as a row."""
    if state == "open" and due_by is not None and due_by - now < SOON:
        state = "soon"
    return DutyShown(
        key=owed_key(duty.id, started_by, instance),
        staff=duty.staff,
        state=state,
        state_name=STATES.get(state, state),
        due=from_now(due_by, now)
        if due_by
        else (duty.limit_words if in_words and duty.limit_words else "no date known"),
        due_in_full=in_short(due_by, zone) if due_by else "",
        due_at=due_by.isoformat() if due_by else "",
        limit_words=duty.limit_words if in_words else "",
        owed_by=ROLES.get(duty.owed_by, duty.owed_by),
        says=duty.says if duty.survivor_sees else "",
        why=duty.why,
        authority=AUTHORITIES.get(duty.authority, duty.authority),
        source_title=f"{duty.source.title}, {duty.source.article}" if duty.source.article else duty.source.title,
        source_link=duty.source.link,
        source_doubt=CONFIDENCES.get(duty.source.confidence, duty.source.confidence),
        started_by=started_by,
        case=case,
        ways=ways,
        working=working,
        reason=reason,
        ended=ended,
    )


def duty_of(pack: Pack, duty_id: str, started_at: datetime | None) -> Duty | None:
    """The dated version of a duty that was law when its clock started; the last one where no day is known."""
    versions = [duty for duty in pack.duties if duty.id == duty_id]
    if not versions:
        return None
    day = started_at.astimezone(ZoneInfo(pack.timezone)).date().isoformat() if started_at else ""
    covering = [
        duty
        for duty in versions
        if day
        and (duty.in_force.from_ == "not stated" or duty.in_force.from_ <= day)
        and (not duty.in_force.until or day <= duty.in_force.until)
    ]
    return (covering or versions)[-1]
