"""Whether a listing was checked recently: every number is shown beside this."""

from datetime import date
from datetime import timedelta
from typing import Literal

from holdfast.directory.listing import Listing

Checked = Literal["recent", "stale", "never"]
# Small services live from yearly grants: what nobody has looked at for a whole year has seen one of them end.
STALE_AFTER_DAYS = 365


def checked(listing: Listing, on: date) -> Checked:
    """'stale' when the day is more than STALE_AFTER_DAYS ago; 'never' when there is none, or it is still to come."""
    if not listing.last_checked:
        return "never"
    day = date.fromisoformat(listing.last_checked)
    if day > on + timedelta(days=1):  # a day ahead may be only a time zone
        return "never"
    return "stale" if (on - day).days > STALE_AFTER_DAYS else "recent"
