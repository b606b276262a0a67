"""A call's grade from the call screen: given once, and raised. Lowering is a regrading with a second person."""

from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

from holdfast.casefile.judging import GRADES
from holdfast.casefile.refused import EntryRefused
from holdfast.record.entry import Entry
from holdfast.record.field import UNKNOWN
from holdfast.record.kind import FieldFault


class Regraded(NamedTuple):
    """A regrading: the entry it is about, and its fields."""

    about: int
    fields: dict[str, Any]


def grade_now(entries: Sequence[Entry]) -> tuple[str, int]:
    """The grade that stands and the entry that gave it; ('', 0) where there is none."""
    for entry in reversed(entries):
        if entry.kind in ("CallGraded", "CallRegraded") and entry.fields.grade not in UNKNOWN:
            return str(entry.fields.grade), entry.number
    return "", 0


def up_from(entries: Sequence[Entry], fields: dict[str, Any]) -> Regraded | None:
    """The regrading that these fields of CallGraded mean where a grade stands already; None where none does.

    EntryRefused where it would go down.
    """
    was, number = grade_now(entries)
    wanted = str(fields.get("grade", ""))
    if not was or wanted not in GRADES:
        return None
    if GRADES.index(wanted) < GRADES.index(was):
        why = "lies below the grade that stands; lowering it is done from the case, with a reason and a second person"
        raise EntryRefused("CallGraded", (FieldFault("grade", why),))
    direction = "same" if wanted == was else "up"
    said = {name: value for name, value in fields.items() if name in ("grade", "attend_within", "reason")}
    return Regraded(number, {**said, "direction": direction, "reason": said.get("reason") or "Raised during the call."})
