"""Days and times as a survivor reads them: local to their place, and a limit's end as a person would say it.

>>> from datetime import UTC, datetime
>>> by_when(datetime(2026, 3, 9, 23, 59, 59, tzinfo=UTC), ZoneInfo("Europe/London"), 2026)
'by the end of Monday 9 March'
"""

from datetime import date
from datetime import datetime
from zoneinfo import ZoneInfo


def by_when(moment: datetime, zone: ZoneInfo, this_year: int) -> str:
    """The end of a limit: 'by the end of Monday 9 March', 'by 14:30 on Monday 9 March'."""
    local = moment.astimezone(zone)
    said = on_day(local.date(), this_year)
    if (local.hour, local.minute) == (23, 59):
        return f"by the end of {said}"
    return f"by {local:%H:%M} on {said}"


def on_day(day: date, this_year: int) -> str:
    """A day: 'Monday 9 March', with the year only where it is another."""
    said = f"{day:%A} {day.day} {day:%B}"
    return said if day.year == this_year else f"{said} {day.year}"


def at_time(moment: datetime, zone: ZoneInfo, this_year: int) -> str:
    """A moment: 'Monday 9 March at 14:30'."""
    local = moment.astimezone(zone)
    return f"{on_day(local.date(), this_year)} at {local:%H:%M}"
