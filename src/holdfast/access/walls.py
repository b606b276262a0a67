"""The wall: somebody who is, or knows, a party to a case is kept out of it, whatever their role.

- Anyone may put themselves behind it, at once and without giving a reason: saying so must cost nothing.
- Nobody takes themselves out again; a supervisor other than they does that, outside this program for now.
"""

from django.db import models
from django.utils import timezone


class Wall(models.Model):
    """One member of staff walled off from one case."""

    case = models.CharField(max_length=80)
    staff = models.CharField(max_length=60)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "access_wall"
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="wall_once")]

    def __str__(self) -> str:
        return f"{self.staff} / {self.case}"


def wall_off(case: str, staff: str, set_by: str) -> Wall:
    """Puts somebody behind the wall. Doing it twice changes nothing."""
    wall, _made = Wall.objects.get_or_create(
        case=case, staff=staff, defaults={"set_by": set_by, "set_at": timezone.now()}
    )
    return wall


def walled_off(case: str) -> frozenset[str]:
    """The staff who may not enter a case."""
    return frozenset(Wall.objects.filter(case=case).values_list("staff", flat=True))
