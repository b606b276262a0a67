"""Looks through what is new in the log for what is unusual, and tells it as an entry: once for each pattern and window.

- The clock asks, every minute, and at once where somebody opened a case in an emergency.
- The entry stands in the case last opened in that window; where it cannot be written there (erased, damaged), in the
  one before. The duty that follows is the supervisor's. Who is named in it is shown neither (access/log/hidden.py).
- The mark that it was told and the entry are one write: stopped half-way, it is told later, and never twice.
"""

import logging
import sqlite3
from collections.abc import Iterator
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from functools import lru_cache
from functools import partial
from pathlib import Path
from statistics import median
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection as django_connection

from holdfast.access.connections import StaffConnection
from holdfast.access.connections import matches_in
from holdfast.access.log.unusual import Found
from holdfast.access.log.unusual import Opening
from holdfast.access.log.unusual import ThresholdsRefused
from holdfast.access.log.unusual import thresholds
from holdfast.access.log.unusual import unusual_on
from holdfast.casefile.append import write_entries
from holdfast.casefile.drafts import Draft
from holdfast.casefile.drafts import make_ready
from holdfast.casefile.group import Kept
from holdfast.casefile.packs import pack_called
from holdfast.casefile.reading import case_by_code
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import Refused
from holdfast.casefile.state import state_of
from holdfast.casefile.store import reading
from holdfast.casefile.store import write
from holdfast.record.entry import STAFF_ROLES
from holdfast.record.entry import By
from holdfast.record.header import read_time
from holdfast.record.header import write_time
from holdfast.record.log_line import LOG

EVERY = timedelta(minutes=1)
AT_ONCE = "open_in_emergency"  # an act that is looked at without waiting for the minute
FOUND_BY = By("feed", "holdfast")
_PAST = timedelta(days=36)  # the longest past that is compared with, and a week before it
_log = logging.getLogger("holdfast.unusual")
_last: dict[str, datetime] = {}  # by database, when it was last looked through

_NEW = "SELECT length, judged FROM log_chain WHERE name = ?"
_WHO = (
    "SELECT DISTINCT staff, role, at FROM log_line WHERE number > ? AND number <= ? AND staff != '' AND \"case\" != ''"
)
_THEIRS = (
    'SELECT number, at, "case", tie FROM log_line WHERE staff = ? AND at >= ? AND number <= ? AND "case" != \'\' '
    "ORDER BY number"
)
_ROLE_DAYS = (
    'SELECT COUNT(DISTINCT "case") FROM log_line WHERE at >= ? AND at < ? AND role = ? AND staff != \'\' AND "case" != '
    "'' GROUP BY staff, substr(at, 1, 10)"
)
_URGENT = "SELECT 1 FROM log_line WHERE number > ? AND act = ? LIMIT 1"
_TOLD = "SELECT 1 FROM log_unusual WHERE pattern = ? AND staff = ? AND window = ? AND about = ?"
_TELL = "INSERT INTO log_unusual (pattern, staff, window, about, case_id, number) VALUES (?, ?, ?, ?, ?, ?)"


def look_when_due(at: datetime) -> int:
    """Looks through the log when a minute has passed or an emergency opening is new; how many patterns were told."""
    database = str(django_connection.settings_dict["NAME"])
    with reading() as connection:
        length, judged = connection.execute(_NEW, (LOG,)).fetchone() or (0, 0)
        if length <= judged:
            return 0
        recent = database in _last and timedelta() <= at - _last[database] < EVERY
        if recent and not connection.execute(_URGENT, (judged, AT_ONCE)).fetchone():
            return 0
    _last[database] = at
    return look_through()


def look_through() -> int:
    """Looks through what is new in the log, and tells what is unusual; how many patterns were told."""
    try:
        stated = thresholds(Path(settings.HOLDFAST_DATA) / "unusual.toml")
    except ThresholdsRefused as fault:
        _log.error("%s Until then the log is looked through by the figures that Holdfast states.", fault)
        stated = thresholds()
    zone = ZoneInfo(pack_called(settings.HOLDFAST_PLACE).timezone)
    told = 0
    with reading() as connection:
        length, judged = connection.execute(_NEW, (LOG,)).fetchone() or (0, 0)
        who = connection.execute(_WHO, (judged, length)).fetchall()
    days = {(staff, role, read_time(at).astimezone(zone).date()) for staff, role, at in who if role in STAFF_ROLES}
    for staff, role, day in sorted(days):
        openings = list(_openings(staff, day, zone, length))
        many = stated["many_cases"]
        middle = role_middle(role, day, int(many["past_days"]), int(many["least_days"]))
        found = unusual_on(day, openings, stated, role_middle=middle, same=partial(_same, staff))
        told += sum(_tell(staff, each) for each in sorted(found))
    asked = "UPDATE log_chain SET judged = MAX(judged, ?) WHERE name = ?"
    write(lambda connection, kept: connection.execute(asked, (length, LOG)).rowcount)
    return told


def role_middle(role: str, day: date, past_days: int, least_days: int) -> float | None:
    """The median of cases that somebody in a role opens in a day, over the days before; None where few are known."""
    return _role_middle(str(django_connection.settings_dict["NAME"]), role, day, past_days, least_days)


@lru_cache(maxsize=256)
def _role_middle(database: str, role: str, day: date, past_days: int, least_days: int) -> float | None:
    """Read once for each day. Days are those of UTC here, and the one before is left out: somewhere it is still on."""
    first, last = day - timedelta(days=past_days), day - timedelta(days=1)
    with reading() as connection:
        counts = [row[0] for row in connection.execute(_ROLE_DAYS, (f"{first}", f"{last}", role))]
    return median(counts) if len(counts) >= least_days else None


def _openings(staff: str, day: date, zone: ZoneInfo, length: int) -> Iterator[Opening]:
    since = datetime.combine(day, datetime.min.time(), zone).astimezone(UTC) - _PAST
    with reading() as connection:
        rows = connection.execute(_THEIRS, (staff, write_time(since), length)).fetchall()
    for number, at, case, tie in rows:
        yield Opening(number, read_time(at).astimezone(zone), case, tie)


def _same(staff: str, case: str) -> str:
    """Whether somebody shares a surname, address or number with somebody in a case: the pattern's name, or ''."""
    if not StaffConnection.objects.filter(staff=staff).exists():
        return ""
    try:
        entries = read_case(case_by_code(case)).entries
    except Refused:
        return ""  # erased or damaged: nobody can tell any more
    shared = {match.what for match in matches_in(entries) if match.staff == staff}
    if shared & {"address", "number"}:
        return "same_address_or_number"
    return "same_surname" if shared & {"name", "surname"} else ""


def _tell(staff: str, found: Found) -> bool:
    """Writes the entry and the mark, in the first of the cases that takes it; whether it was new."""
    for code in found.cases:
        try:
            if _told_in(case_by_code(code), staff, found):
                return True
        except Refused:
            continue  # erased or damaged: it is told in the case opened before
        return False
    _log.error("an unusual pattern in the log could not be told in any case: read the log (`holdfast log`)")
    return False


def _told_in(case_id: UUID, staff: str, found: Found) -> bool:
    now = datetime.now(UTC)
    said = {"pattern": found.pattern, "staff": staff, "openings": min(found.openings, 1_000_000)}
    ready = make_ready(Draft("UnusualOpeningFound", said, min(found.last_at, now)), FOUND_BY, now)
    key = (found.pattern, staff, found.window, found.about)

    def work(connection: sqlite3.Connection, kept: Kept) -> bool:
        if connection.execute(_TOLD, key).fetchone():
            return False
        written = write_entries(connection, kept, state_of(connection, case_id, kept), [ready])
        connection.execute(_TELL, (*key, case_id.hex, written.number))
        return True

    new: bool = write(work)
    return new
