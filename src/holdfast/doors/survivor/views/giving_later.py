"""The later pictures: bruises may show better after some days, so for a while after one was given it is said so.

Source: the guides of the packs, and photographs again after 24 to 48 hours (facts/united_states.md, A4).
"""

from datetime import timedelta

from holdfast.doors.survivor.days import on_day
from holdfast.doors.survivor.signed_in import Opened
from holdfast.vault.items import items_of

FIRST_AFTER = timedelta(hours=20)
FOR = timedelta(days=7)


def later_pictures(opened: Opened) -> str:
    """What to say of the next picture of an injury, or ''."""
    given = [
        each.taken_at for each in items_of(opened.file.entries)
        if each.what == "injury_photograph" and each.of is None and each.taken_by == opened.by
    ]  # fmt: skip
    if not given or opened.now - min(given) > FOR:
        return ""
    local = max(given).astimezone(opened.zone)
    day = on_day(local.date(), opened.now.astimezone(opened.zone).year)
    if opened.now - max(given) < FIRST_AFTER:
        return (
            "Bruises may show better after some days. Take the same picture again tomorrow and on the days that "
            "follow, in good light, with the same thing beside it that shows the size."
        )
    return (
        f"The last picture of an injury came on {day}. Bruises may show better after some days: take the same picture "
        "again today, in good light, with the same thing beside it that shows the size."
    )
