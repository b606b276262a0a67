"""The log of looks: who opened which case, when, to do what, and why.

- A look is written before the page is shown, so that nobody reads a case without leaving a line here.
- A refusal is written too, marked as refused: trying is worth knowing.
- It holds staff identifiers and case codes, never a name or a word of a case.
- The survivor may read it: `looks_for_survivor` gives role and kind of agency, never who.

How a line is written, searched and judged is access/log/; this is what every door asks for.
"""

from datetime import datetime
from typing import NamedTuple

from holdfast.access.log.tables import LoggedLine as Look
from holdfast.access.log.writing import NOT_WRITTEN
from holdfast.access.log.writing import Logged
from holdfast.access.log.writing import log_look
from holdfast.casefile.codes import plain

__all__ = ["NOT_WRITTEN", "Logged", "Look", "LookSeen", "log_look", "looks_at", "looks_for_survivor"]


class LookSeen(NamedTuple):
    """One look as the survivor may read it."""

    when: datetime
    role: str
    agency: str
    act: str
    number: int  # the line of the log: for staff to find it by, never shown


def looks_at(case: str, most: int = 200) -> list[Look]:
    """The newest looks at a case, for a supervisor or auditor."""
    return list(Look.objects.filter(case=plain(case)).order_by("-number")[:most])


def looks_for_survivor(case: str, most: int = 200) -> list[LookSeen]:
    """The looks that were allowed, newest first: role and kind of agency only."""
    if not plain(case):
        return []
    found = Look.objects.filter(case=plain(case), allowed=True).order_by("-number")[:most]
    return [LookSeen(look.when, look.role, look.agency, look.act, look.number) for look in found]
