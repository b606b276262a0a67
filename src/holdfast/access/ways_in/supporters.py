"""A supporter: somebody whom the survivor named, who comes in with words of their own, for some things, until a day.

- What they may do and until when stands in the entry (SupporterNamed), sealed. The table knows only which entry it is.
- They are ended at once by an entry (SupporterEnded), and by themselves at the end of their last day.
- What they do is recorded in the role 'supporter', with the number of the entry that named them.
"""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from holdfast.access.survivor_words import drawn
from holdfast.access.ways_in.kept import SUPPORTER
from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.kept import looked_up
from holdfast.access.ways_in.kept import ways_of
from holdfast.access.ways_in.scope import named_by
from holdfast.access.ways_in.stretched import tag_of
from holdfast.casefile.append import append
from holdfast.casefile.reading import CaseFile
from holdfast.record.entry import By
from holdfast.record.entry import Entry

MOST = 6  # at one time: as many as one try compares (opening.py)
LONGEST = timedelta(days=366)


class Named(NamedTuple):
    """One supporter who may come in now."""

    way: WayIn
    entry: Entry

    @property
    def id(self) -> str:
        """What names them in the log and in what they record."""
        return supporter_id(self.entry.number)


class TooManySupporters(Exception):
    """There are as many as there may be: one has to be ended first."""


def supporter_id(entry: int) -> str:
    """A supporter's identifier: the number of the entry that named them, and nothing else."""
    return f"supporter-{entry}"


def supporters(file: CaseFile, at: datetime) -> list[Named]:
    """Who may come in now, the oldest first."""
    found = [(way, named_by(way, file)) for way in ways_of(file.id, SUPPORTER, at)]
    return [Named(way, entry) for way, entry in found if entry]


def name_supporter(
    file: CaseFile, said: dict[str, Any], zone: ZoneInfo, *, by: By, at: datetime, language: str = "en"
) -> str:
    """Records who was named and issues their words, shown once. `said` is SupporterNamed's fields, checked."""
    if len(supporters(file, at)) >= MOST:
        raise TooManySupporters
    words = drawn(language)
    tag, until = tag_of(file.code, words), end_of(said["until"], zone)
    with transaction.atomic():
        number = append(file.id, "SupporterNamed", said, by=by, happened_at=at).number
        WayIn.objects.create(
            case=file.id, kind=SUPPORTER, lookup=looked_up(file.code), tag=tag, entry=number, issued_at=at, until=until
        )
    return words


def end_supporter(file: CaseFile, entry: int, *, by: By, at: datetime, reason: str = "survivor_asked") -> bool:
    """Ends a supporter at once: whoever is in by their words is out with their next page. False where there is none."""
    way = next((each.way for each in supporters(file, at) if each.entry.number == entry), None)
    if way is None:
        return False
    with transaction.atomic():
        WayIn.objects.filter(pk=way.pk).update(ended_at=at)
        append(file.id, "SupporterEnded", {"reason": reason}, by=by, happened_at=at, about=(entry,))
    return True


def end_of(day: date | str, zone: ZoneInfo) -> datetime:
    """The first moment after a day, where the survivor is."""
    found = date.fromisoformat(day) if isinstance(day, str) else day
    return datetime.combine(found + timedelta(days=1), time(), zone)
