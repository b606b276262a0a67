"""Second words: they open a harmless page and tell staff in silence. Agreed only with a person, never on a page.

Entering with them looks like entering with any words: the same answer, a session like any other, the same time. That
session opens nothing but the harmless page.
"""

import logging
from datetime import UTC
from datetime import datetime
from uuid import UUID

from django.db import transaction

from holdfast.access.survivor_words import drawn
from holdfast.access.ways_in.kept import SECOND
from holdfast.access.ways_in.kept import WayIn
from holdfast.access.ways_in.kept import end
from holdfast.access.ways_in.kept import looked_up
from holdfast.access.ways_in.kept import ways_of
from holdfast.access.ways_in.stretched import tag_of
from holdfast.casefile.append import append
from holdfast.record.entry import By

HOLDFAST = By("feed", "holdfast")  # what the system itself records
_log = logging.getLogger("holdfast.ways_in")


def agree_second(case: UUID, code: str, at: datetime, language: str = "en") -> str:
    """New second words for a case. Shown once, to be learnt; earlier ones end."""
    words = drawn(language)
    tag = tag_of(code, words)
    with transaction.atomic():
        end(case, SECOND, at=at)
        WayIn.objects.create(case=case, kind=SECOND, lookup=looked_up(code), tag=tag, issued_at=at)
    return words


def has_second(case: UUID, at: datetime) -> bool:
    """Whether a case has second words now."""
    return bool(ways_of(case, SECOND, at))


def end_second(case: UUID, at: datetime) -> int:
    """Ends a case's second words. How many were ended."""
    return end(case, SECOND, at=at)


def tell_quietly(case: UUID) -> None:
    """Writes down that second words were used, before the page is shown. It must never show that it could not."""
    try:
        append(case, "SecondWordsUsed", {}, by=HOLDFAST, happened_at=datetime.now(UTC))
    except Exception:  # noqa: BLE001 whatever went wrong, nothing of it may show
        _log.critical("second words were used and it could not be recorded: look into the store at once")
