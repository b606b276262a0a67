"""An entry before it is written, and every rule that can be judged without looking at its case.

- The kind exists, and its fields are what the kind declares.
- It happened at a time that can be: not before 1900, and not later than now, give or take two minutes.
- It is recorded in a role that records: an auditor writes nothing, the survivor what is the survivor's to say.
- Whoever agrees as second person is somebody else than the first.
"""

import re
from collections.abc import Mapping
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from typing import Any
from typing import NamedTuple

from holdfast.casefile.refused import EntryRefused
from holdfast.record.entry import ROLES
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.entry import By
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import FieldFault
from holdfast.record.kind import FieldsRefused
from holdfast.record.kind import Kind
from holdfast.record.kind import read_fields
from holdfast.record.kinds import KINDS

EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
CLOCKS_DIFFER = timedelta(minutes=2)
MOST_ABOUT = 50
_STAFF = re.compile(r"[A-Za-z0-9._/-]{0,60}")
MOST_OCCURRENCE = 10_000

# What the survivor says through their own page. Everything else is recorded by whoever saw or did it.
SURVIVOR_SAYS = frozenset({
    "PromiseDisputed", "MessageReceived", "QuestionAsked", "RequestMade", "ComplaintMade", "ContactAgreed",
    "ContactChanged", "UpdatesDeclined", "SupporterNamed", "SupporterEnded", "PasskeyAdded", "PasskeyEnded",
    "OpeningQuestioned", "ItemTaken", "ItemLookedAt", "ItemDescribed", "ItemCopied", "PoliceUseChosen",
})  # fmt: skip
# What somebody says whom the survivor named. They change nothing of the survivor's.
SUPPORTER_SAYS = frozenset({"PromiseDisputed", "QuestionAsked"})
NEEDS_SECOND = frozenset({"RiskLowered", "DutyWaived", "DutyUnsafe"})


class Draft(NamedTuple):
    """An entry that has not been written yet. `by` may be left out where the whole write names who it is by."""

    kind: str
    fields: Mapping[str, Any] | Kind
    happened_at: datetime
    about: tuple[int, ...] = ()
    occurrence: int | None = None
    by: By | None = None


class Ready(NamedTuple):
    """A draft whose own words are sound."""

    kind: str
    fields: Any  # of the kind's own type
    happened_at: datetime
    about: tuple[int, ...]
    occurrence: int | None
    by: By


def make_ready(draft: Draft, by: By, now: datetime) -> Ready:
    """The draft with its fields read, or EntryRefused with every fault that shows without its case."""
    kind = KINDS.get(str(draft.kind))
    if kind is None:
        raise EntryRefused("An entry", (FieldFault("kind", "is not a kind of entry; `holdfast kinds` lists them"),))
    who = draft.by or by
    faults = [*_time_faults(draft.happened_at, now), *_role_faults(who, draft.kind), *_about_faults(draft, kind)]
    fields: Any = None
    try:
        fields = draft.fields if isinstance(draft.fields, Kind) else read_fields(kind, draft.fields)
        if type(fields) is not kind:
            faults.append(FieldFault("fields", "are those of another kind"))
        else:
            faults += _second_faults(draft.kind, fields, who)
    except FieldsRefused as refused:
        faults += refused.faults
    if faults:
        raise EntryRefused(draft.kind, tuple(faults))
    return Ready(
        draft.kind, fields, draft.happened_at.astimezone(UTC), tuple(sorted(draft.about)), draft.occurrence, who
    )


def _time_faults(happened_at: Any, now: datetime) -> list[FieldFault]:
    if not isinstance(happened_at, datetime) or happened_at.tzinfo is None:
        return [FieldFault("happened_at", "has to be a time with its zone")]
    if happened_at > now + CLOCKS_DIFFER:
        return [FieldFault("happened_at", "lies in the future; what has not happened cannot be recorded")]
    if happened_at < EARLIEST:
        return [FieldFault("happened_at", "lies before the year 1900")]
    return []


def _role_faults(by: By, kind: str) -> list[FieldFault]:
    if by.role not in ROLES:
        return [FieldFault("role", "is not on the list of roles")]
    if by.role == "auditor":
        return [FieldFault("role", "an auditor reads and records nothing")]
    if by.role == "survivor" and kind not in SURVIVOR_SAYS:
        return [FieldFault("role", "this is not recorded by the survivor but by whoever saw or did it")]
    if by.role == "supporter" and kind not in SUPPORTER_SAYS:
        return [FieldFault("role", "this is not recorded by a supporter")]
    if not _STAFF.fullmatch(by.staff):
        return [FieldFault("staff", "has to be a staff identifier: letters, digits and . _ / - only")]
    if by.role in STAFF_ROLES and not by.staff:
        return [FieldFault("staff", "has to say which member of staff records this")]
    return []


def _about_faults(draft: Draft, kind: type[Kind]) -> list[FieldFault]:
    about = draft.about
    faults = []
    if any(type(number) is not int or number < 1 for number in about):
        faults.append(FieldFault("about", "has to name earlier entries by their number"))
    elif len(set(about)) != len(about) or len(about) > MOST_ABOUT:
        faults.append(FieldFault("about", f"names an entry twice, or more than {MOST_ABOUT}"))
    if kind.needs_about and not about:
        faults.append(FieldFault("about", "has to name the earlier entry that this is about"))
    number = draft.occurrence
    if number is not None and not (type(number) is int and 1 <= number <= MOST_OCCURRENCE):
        faults.append(FieldFault("occurrence", "has to be the number of a report in this case, from 1"))
    return faults


def _second_faults(kind: str, fields: Kind, by: By) -> list[FieldFault]:
    """The second person is needed where a decision lowers what protects the survivor, and is never the first."""
    second = getattr(fields, "second_person", None)
    faults = []
    if second and by.staff and second.casefold() == by.staff.casefold():
        faults.append(FieldFault("second_person", "has to be somebody else than whoever records this"))
    if kind in NEEDS_SECOND and not second:
        faults.append(FieldFault("second_person", "has to agree before this is decided"))
    if kind in ("DutyWaived", "DutyUnsafe") and getattr(fields, "try_again_on", None) is None:
        faults.append(FieldFault("try_again_on", "has to say on which day this is looked at again"))
    if kind == "CallClosed" and getattr(fields, "reason", "") in UNKNOWN:
        faults.append(FieldFault("reason", "has to be given: no call is closed without one"))
    if kind in ("DutyWaived", "DutyUnsafe", "RiskLowered") and not str(getattr(fields, "reason", "")).strip():
        faults.append(FieldFault("reason", "has to be given"))
    return faults
