"""Who opened a file, as the survivor may read it: in what role, from what kind of agency, in which part of which day.

- Never who, never which organisation or team, never the minute: with a minute and a role, somebody on a small shift has
  a name. A day and a quarter of it say enough to ask about.
- Everything that opened the file is here: staff, partner agencies, commands, other control rooms, copies, emergencies,
  the survivor's own visits and those of people whom they let in. None is left out because of who it was.
- Three things are not: a try that was refused (nothing was read), a search of the log itself (it opens no file), and a
  visit with second words (it opened no file, and whoever forced it must not read of it here).

docs/decisions/0019-what-the-log-holds.md says why.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils.crypto import salted_hmac

from holdfast.access.looks import LookSeen
from holdfast.access.looks import looks_for_survivor
from holdfast.record.entry import STAFF_ROLES

MOST = 200  # rows that are shown; older ones a supervisor can find
_READ = 5_000  # lines that are looked at for them
PARTS = ("night", "morning", "afternoon", "evening")  # from 0, 6, 12 and 18 o'clock, local time
_HOURS_OF_A_PART = 6
NO_OPENING = frozenset({"search_log", "export_log"})
# What an act is called here; every other is 'opened'.
_WHAT = {
    "print_report": "printed",
    "give_copy": "copied",
    "open_in_emergency": "emergency",
    "hand_over_call": "handed_over",
    "take_call": "begun",
}
# Who works for these is shown by the kind of agency alone: in a small school the role would be a name.
_BY_KIND_ALONE = frozenset({"housing", "health", "school", "children_services", "adult_services", "probation"})


class OpeningSeen(NamedTuple):
    """One row: everything alike on one part of one day."""

    day: date
    part: str  # one of PARTS
    role: str  # a role of STAFF_ROLES, or survivor, supporter, operator, feed; '' where the kind of agency is all
    agency: str  # a kind of agency; '' for who belongs to none
    what: str  # opened, printed, copied, emergency, handed_over or begun
    times: int
    ref: str  # names this row when the survivor asks about it; says nothing by itself


def openings_for_survivor(case: str, zone: ZoneInfo) -> list[OpeningSeen]:
    """The rows, the newest first."""
    return grouped(case, looks_for_survivor(case, _READ), zone)[:MOST]


def grouped(case: str, looks: Iterable[LookSeen], zone: ZoneInfo) -> list[OpeningSeen]:
    """Looks as rows. What is alike on a part of a day is one row, with how often."""
    rows: dict[tuple[date, int, str, str, str], int] = {}
    for look in looks:
        if look.act in NO_OPENING:
            continue
        local = look.when.astimezone(zone)
        role, agency = _as_shown(look)
        key = (local.date(), local.hour // _HOURS_OF_A_PART, role, agency, _WHAT.get(look.act, "opened"))
        rows[key] = rows.get(key, 0) + 1
    # Sorted by what is shown: the order of two rows of one part of a day must not tell who came first.
    listed = sorted(rows.items(), key=lambda row: row[0], reverse=True)
    return [
        OpeningSeen(day, PARTS[part], role, agency, what, times, _ref(case, day, PARTS[part], role, agency, what))
        for (day, part, role, agency, what), times in listed
    ]


def _as_shown(look: LookSeen) -> tuple[str, str]:
    if look.role not in STAFF_ROLES:
        return look.role, ""
    return ("" if look.agency in _BY_KIND_ALONE else look.role), look.agency


def _ref(*parts: object) -> str:
    return salted_hmac("holdfast.access.log.told", "/".join(map(str, parts)), algorithm="sha256").hexdigest()[:24]
