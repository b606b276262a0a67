"""The wall: somebody who is, or knows, a party to a case is kept out of it, whatever their role, and told nothing.

- Anyone may put themselves behind it, at once and without giving a reason: saying so must cost nothing.
- What is theirs is compared with the people of a case (access/connections.py) when somebody is named, and again at each
  opening: a match shuts them out from that moment.
- Nobody takes themselves out again. A supervisor and a second person do (StaffConnectionCleared), neither of them they.
"""

from collections.abc import Iterable

from django.db import models
from django.utils import timezone

from holdfast.access.connections import EXACT
from holdfast.access.connections import Match
from holdfast.record.entry import Entry


class Wall(models.Model):
    """One member of staff walled off from one case."""

    case = models.CharField(max_length=80)
    staff = models.CharField(max_length=60)
    set_by = models.CharField(max_length=60)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "access_wall"
        constraints = [models.UniqueConstraint(fields=["case", "staff"], name="wall_once")]
        indexes = [models.Index(fields=["staff"], name="wall_by_staff")]

    def __str__(self) -> str:
        return f"{self.staff} / {self.case}"


def wall_off(case: str, staff: str, set_by: str) -> Wall:
    """Puts somebody behind the wall. Doing it twice changes nothing."""
    wall, _made = Wall.objects.get_or_create(
        case=case, staff=staff, defaults={"set_by": set_by, "set_at": timezone.now()}
    )
    return wall


def let_in(case: str, staff: str) -> None:
    """Takes the wall down. Only after the entry that says who decided it (doors/desk/views/walls.py)."""
    Wall.objects.filter(case=case, staff=staff).delete()


def walled_off(case: str) -> frozenset[str]:
    """The staff who may not enter a case, as the table has them: for a case whose entries cannot be read."""
    return frozenset(Wall.objects.filter(case=case).values_list("staff", flat=True))


def walls_of(staff: str) -> frozenset[str]:
    """The codes of the cases that somebody may not enter: what no list shows them."""
    return frozenset(Wall.objects.filter(staff=staff).values_list("case", flat=True))


def walled_off_by_record(entries: Iterable[Entry], matches: Iterable[Match]) -> tuple[frozenset[str], frozenset[str]]:
    """(who the record and the comparison shut out, whom a supervisor cleared since). Struck entries left out before."""
    out: dict[str, bool] = {match.staff: True for match in matches if match.what in EXACT}
    found: dict[int, str] = {}
    for entry in entries:
        if entry.kind == "StaffConnectionFound":
            found[entry.number] = entry.fields.staff
            out[entry.fields.staff] = True
        elif entry.kind == "StaffConnectionCleared":
            out |= {found[number]: False for number in entry.about if number in found}
    return frozenset(name for name, is_out in out.items() if is_out), frozenset(
        name for name, is_out in out.items() if not is_out
    )
