"""Opening a case in an emergency: possible for police staff, never silent, and over by itself.

- It needs a typed reason and a fresh proof of who asks. The entry stands in the case, the log keeps the reason, and a
  supervisor has one working day to review it (the duty review-emergency-opening).
- It lasts OPEN_FOR, whatever the entry says; a review that finds it was not right ends it at once,
  and whoever opened it does not open it so again: somebody else does.
- Nobody reviews their own. Somebody behind the wall is answered as if there were no such case.
"""

from collections.abc import Iterable
from collections.abc import Sequence
from datetime import datetime
from datetime import timedelta

from holdfast.access.person import Person
from holdfast.casefile.append import Appended
from holdfast.casefile.append import append
from holdfast.casefile.reading import CaseFile
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.entry import By
from holdfast.record.entry import Entry

OPEN_FOR = timedelta(hours=4)
LEAST_REASON = 20  # letters: long enough that it cannot be a key pressed twice


def reason_is_given(reason: str) -> bool:
    """Whether what was typed says something: enough letters, and not one of them again and again."""
    letters = [sign for sign in reason.casefold() if sign.isalnum()]
    return len(letters) >= LEAST_REASON and len(set(letters)) > LEAST_REASON // 4


def record_opening(file: CaseFile, person: Person, reason: str, at: datetime) -> Appended:
    """Writes the entry in the case. Whoever calls has asked `may` and has the proof."""
    said = {"reason": reason.strip(), "until": (at + OPEN_FOR).isoformat()}
    return append(file.id, "FileOpenedInEmergency", said, by=By(person.role, person.staff), happened_at=at)


def openings_in(entries: Sequence[Entry]) -> dict[str, datetime]:
    """Who has a case open in an emergency, until when: counted from when it was recorded, and at most OPEN_FOR."""
    found: dict[int, tuple[str, datetime]] = {}
    for entry in entries:
        if entry.kind == "FileOpenedInEmergency":
            latest = entry.recorded_at + OPEN_FOR
            found[entry.number] = entry.by.staff, min(entry.fields.until or latest, latest)
    wrong = found_wrong(entries)
    until: dict[str, datetime] = {}
    for staff, end in found.values():
        ended = min(end, wrong.get(staff, end))
        until[staff] = max(ended, until.get(staff, ended))
    return until


def found_wrong(entries: Sequence[Entry]) -> dict[str, datetime]:
    """Who opened a case without need, as a review found, since when: each of theirs has ended, and none is begun."""
    opened = {entry.number: entry.by.staff for entry in entries if entry.kind == "FileOpenedInEmergency"}
    found: dict[str, datetime] = {}
    for entry in entries:
        if entry.kind == "EmergencyOpeningReviewed" and entry.fields.justified == "no":
            for number in entry.about:
                if number in opened:
                    found.setdefault(opened[number], entry.recorded_at)
    return found


def written_in_emergency(entries: Iterable[Entry]) -> dict[str, frozenset[int]]:
    """By whom which entries were written while they had the case open by an emergency alone, as their numbers.

    Every opening counts, not only the first: whoever breaks in again is in again by that alone.
    """
    until: dict[str, datetime] = {}
    found: dict[str, frozenset[int]] = {}
    for entry in entries:
        staff = entry.by.staff
        if entry.kind == "FileOpenedInEmergency":
            until[staff] = entry.recorded_at + OPEN_FOR
            found.setdefault(staff, frozenset())
        elif staff in until and entry.recorded_at < until[staff]:
            found[staff] |= {entry.number}
    return found


def recorded_openly(entries: Iterable[Entry]) -> frozenset[str]:
    """Who recorded in a case otherwise than by an emergency opening: breaking in must not become a right to stay.

    That somebody keeps themselves out is no work in it either.
    """
    known = list(entries)
    broke_in = written_in_emergency(known)
    return frozenset(
        entry.by.staff
        for entry in known
        if entry.by.role in STAFF_ROLES
        and entry.kind not in ("FileOpenedInEmergency", "StaffConnectionFound")
        and entry.number not in broke_in.get(entry.by.staff, ())
    )
