"""Which pages of the guide say the same to everybody all day long, so that a server may keep them finished in memory.

Not among them: what depends on the hour (who is open now), on files that may be built meanwhile, or on what was posted.
"""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

from holdfast.doors.guide.places import places
from holdfast.doors.guide.spot import base_of

MADE_ANEW = frozenset({"services", "formats", "about", "file"})
_ANYWHERE = ("/", "/traces")


def zone_of(path: str) -> ZoneInfo | None:
    """The time zone at whose midnight a page ends, or None for one that is made anew each time."""
    if path in _ANYWHERE:
        return ZoneInfo("UTC")
    parts = path.split("/")
    if len(parts) < 4 or parts[1] != "guide" or not MADE_ANEW.isdisjoint(parts):
        return None
    if any(part.isdecimal() and part != str(int(part[:9])) for part in parts):
        return None  # 1, 01 and 001 are one page: kept each, they would drive out the others
    pack = places().get(parts[2])
    return ZoneInfo(pack.timezone) if pack else None


def most_read() -> Iterator[str]:
    """What is worth making before anybody asks: the first page, and each place's pages in English."""
    yield "/"
    for pack in places().values():
        base = base_of(pack.id, "en")
        yield base
        yield from (f"{base}{page.id}" for page in pack.guide)
