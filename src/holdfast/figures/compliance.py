"""How each duty was kept, by place and by the month in which its clock started.

- Every duty is in exactly one column. One that is still owed and whose time has passed counts as overdue at the moment
  of asking.
- `missed` counts, across the columns, all whose time passed before they were done, waived or lapsed: a duty that was
  late and then fell away is not lost from sight.
- 'Not safe to do' and waived have columns of their own: neither is a promise broken, neither is one kept.
- Invented cases are left out, unless they are asked for.
"""

from collections.abc import Iterable
from datetime import date
from datetime import datetime
from typing import NamedTuple

from holdfast.casefile.packs import pack_called
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.rows import stored_time
from holdfast.casefile.store import reading
from holdfast.casefile.within import EVERYTHING
from holdfast.casefile.within import Within
from holdfast.law.fault import PackRefused

_ASKED = """
SELECT d.pack, d.force, d.area, d.duty, substr(d.started_at || '', 1, 7) AS period,
  SUM(d.state = 'kept'), SUM(d.state = 'kept-late'),
  SUM(d.live AND d.state <> 'undated' AND d.due_by IS NOT NULL AND d.due_by < ?1),
  SUM(d.live AND d.state <> 'undated' AND (d.due_by IS NULL OR d.due_by >= ?1)),
  SUM(d.state = 'undated'), SUM(d.state = 'unsafe'), SUM(d.state = 'waived'), SUM(d.state = 'lapsed'),
  SUM(d.missed OR (d.live AND d.state <> 'undated' AND d.due_by IS NOT NULL AND d.due_by < ?1))
FROM duty_row d JOIN "case" c ON c.id = d.case_id
WHERE d.started_at >= ? AND d.started_at < ? AND c.invented <= ?{cut}
GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4, 5
"""


class Kept(NamedTuple):
    """One row of the figures."""

    pack: str
    force: str
    area: str
    duty: str
    period: str  # the month, as 2026-11
    kept: int
    kept_late: int
    overdue: int
    open: int
    undated: int
    unsafe: int
    waived: int
    lapsed: int
    missed: int
    staff: str = ""  # what the duty tells staff to do; '' where the pack no longer has it
    owed_by: str = ""
    authority: str = ""

    @property
    def all(self) -> int:
        """How many duties the row counts."""
        done = self.kept + self.kept_late
        return done + self.overdue + self.open + self.undated + self.unsafe + self.waived + self.lapsed


def compliance(
    *,
    at: datetime,
    since: date | None = None,
    until: date | None = None,
    invented: bool = False,
    within: Within = EVERYTHING,
) -> tuple[Kept, ...]:
    """The rows, for duties whose clock started from `since` to `until`, both days included, in the cases `within`."""
    first = (since or date(1900, 1, 1)).isoformat()
    after = date.fromordinal((until or date(2199, 12, 31)).toordinal() + 1).isoformat()
    cut, cut_values = within.sql
    with reading() as connection:
        asked = _ASKED.format(cut=cut)
        found = connection.execute(asked, (stored_time(at), first, after, int(invented), *cut_values)).fetchall()
    return tuple(_with_words(Kept(*row)) for row in found)


def in_all(rows: Iterable[Kept]) -> tuple[Kept, ...]:
    """The same with periods, forces and areas taken together: one row a pack and duty."""
    together: dict[tuple[str, str], Kept] = {}
    for row in rows:
        before = together.get((row.pack, row.duty))
        now = row._replace(force="", area="", period="")
        together[row.pack, row.duty] = _sum(before, row) if before else now
    return tuple(together.values())


def _sum(one: Kept, other: Kept) -> Kept:
    counts = ("kept", "kept_late", "overdue", "open", "undated", "unsafe", "waived", "lapsed", "missed")
    return one._replace(**{name: getattr(one, name) + getattr(other, name) for name in counts})


def _with_words(row: Kept) -> Kept:
    try:
        pack = pack_called(row.pack)
    except (CannotKeep, PackRefused):
        return row  # the counts stand without the words
    duty = next((duty for duty in pack.duties if duty.id == row.duty), None)
    return row if duty is None else row._replace(staff=duty.staff, owed_by=duty.owed_by, authority=duty.authority)
