"""The log of looks: who opened which case, when, to do what, and why.

- A look is written before the page is shown, so that nobody reads a case without leaving a line here.
- A refusal is written too, marked as refused: trying is worth knowing.
- It holds staff identifiers and case codes, never a name or a word of a case.
- The survivor may read it: `looks_for_survivor` gives role and kind of agency, never who.
"""

from datetime import datetime
from typing import NamedTuple

from django.db import models
from django.utils import timezone

from holdfast.access.may import Person


class Look(models.Model):
    """Somebody looked at a case, or tried to."""

    case = models.CharField(max_length=80)
    when = models.DateTimeField()
    staff = models.CharField(max_length=60)
    role = models.CharField(max_length=40)
    agency = models.CharField(max_length=40, default="police")
    act = models.CharField(max_length=40)
    reason = models.CharField(max_length=300, blank=True, default="")
    allowed = models.BooleanField(default=True)

    class Meta:
        db_table = "access_look"
        indexes = [
            models.Index(fields=["case", "when"], name="look_by_case"),
            models.Index(fields=["staff", "when"], name="look_by_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.staff} {self.act} {self.case}"


class LookSeen(NamedTuple):
    """One look as the survivor may read it."""

    when: datetime
    role: str
    agency: str


def log_look(person: Person, case: str, act: str, reason: str = "", *, allowed: bool = True) -> Look:
    """Writes one line of the log."""
    return Look.objects.create(
        case=case,
        when=timezone.now(),
        staff=person.staff,
        role=person.role,
        agency=person.agency,
        act=act,
        reason=reason[:300],
        allowed=allowed,
    )


def looks_at(case: str, most: int = 200) -> list[Look]:
    """The newest looks at a case, for a supervisor or auditor."""
    return list(Look.objects.filter(case=case).order_by("-when", "-pk")[:most])


def looks_for_survivor(case: str, most: int = 200) -> list[LookSeen]:
    """The looks that were allowed, newest first: role and kind of agency only."""
    found = Look.objects.filter(case=case, allowed=True).order_by("-when", "-pk")[:most]
    return [LookSeen(look.when, look.role, look.agency) for look in found]
