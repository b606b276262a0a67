"""Writing one entry from a form: judged, appended, and its faults put back where they can be mended.

- What only the case can judge (about, order of times, waivers) is judged by `append`; its faults go beside their field.
- If somebody recorded meanwhile, nothing is written: the writer sees what is new and keeps what they typed.
- The second person who agrees is somebody else.
"""

from collections.abc import Callable
from collections.abc import Sequence
from typing import NamedTuple

from holdfast.access.naming import after_writing
from holdfast.access.staff import StaffMember
from holdfast.casefile.append import Appended
from holdfast.casefile.append import append
from holdfast.casefile.refused import CaseMovedOn
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.desk.forms.heading import Heading
from holdfast.doors.desk.forms.kind_form import KindForm
from holdfast.doors.desk.gate import Opened
from holdfast.doors.desk.opening import opened_again
from holdfast.record.entry import Entry
from holdfast.record.kind import FieldFault

# What Holdfast itself writes while somebody types: that something is late, that somebody's looking in is unusual.
_BESIDE = ("AlarmRung", "UnusualOpeningFound")


class Written(NamedTuple):
    """What came of it: the number of the entry, or None; and what others had added, where that was the reason."""

    number: int | None
    added: tuple[Entry, ...] = ()


def write_entry(
    opened: Opened,
    member: StaffMember,
    form: KindForm,
    heading: Heading,
    seen: int | None,
) -> Written:
    """Appends what the two forms say, unless they have faults."""
    both = [form.is_valid(), heading.is_valid()]
    if not all(both) or not second_person_is_another(form, member):
        return Written(None)
    what = form.fields_read
    kind = heading.kind.__name__
    if what is None:
        return Written(None)
    try:
        appended = past_alarms(
            opened,
            seen,
            lambda length: append(
                opened.file.id,
                kind,
                what,
                by=member.by,
                happened_at=heading.happened_at,
                about=heading.about,
                occurrence=heading.occurrence,
                expected_length=length,
            ),
        )
    except EntryRefused as refused:
        place_faults(refused.faults, form, heading)
        return Written(None)
    except CaseMovedOn:
        return Written(None, added_since(opened, seen))
    after_writing(opened.file.id, (kind,), opened.now)
    return Written(appended.number)


def place_faults(faults: Sequence[FieldFault], form: KindForm, heading: Heading) -> None:
    """Puts each fault beside the field that it names."""
    for fault in faults:
        says = fault.why[:1].upper() + fault.why[1:].rstrip(".") + "."
        name = fault.field.removeprefix("corrected.")
        if name in form.fields:
            form.add_error(name, says)
        elif name in heading.fields:
            heading.add_error(name, says)
        else:
            form.add_error(None, f"{name.replace('_', ' ')}: {says}" if name != "kind" else says)


def added_since(opened: Opened, seen: int | None) -> tuple[Entry, ...]:
    """The entries that were recorded after the writer opened the form."""
    now = opened_again(opened)
    return tuple(entry for entry in now.seen if entry.number > (seen or 0))


def past_alarms(opened: Opened, seen: int | None, write: Callable[[int | None], Appended]) -> Appended:
    """Writes as by somebody who had seen so many entries. CaseMovedOn where others were added, unless all are _BESIDE:
    these say nothing that the writer has to see first, and must not cost them what they wrote.
    """
    try:
        return write(seen)
    except CaseMovedOn as moved:
        added = added_since(opened, seen)  # entries that they may not see are missing here, and are none of these
        if seen is None or len(added) != moved.actual - seen or any(one.kind not in _BESIDE for one in added):
            raise
        return past_alarms(opened, moved.actual, write)


def second_person_is_another(form: KindForm, member: StaffMember) -> bool:
    """A second person who is the first one again has agreed to nothing."""
    named = str(form.cleaned_data.get("second_person") or "").strip().lower()
    if named and named == member.staff.lower():
        form.add_error("second_person", "Has to be somebody else: nobody agrees with themselves.")
        return False
    return True
