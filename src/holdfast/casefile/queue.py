"""What somebody owes, soonest first. What is overdue comes before all else because its time came first."""

from datetime import datetime
from typing import NamedTuple
from uuid import UUID


class Waiting(NamedTuple):
    """One row of a queue. Its words are in the pack under `duty`."""

    case_id: UUID
    code: str
    pack: str
    duty: str
    started_by: int
    instance: int
    owed_by: str
    owed_to: str
    staff: str
    state: str  # open, overdue or undated, as it is at the time of asking
    started_at: datetime
    due_by: datetime | None  # where the law gives no figure, when staff are rung
    in_words: bool  # the law gives no figure
    row: int


class Page(NamedTuple):
    """A page of a queue. `after` asks for the next; counts stop at `COUNTED_TO`, so that no queue is ever counted through."""

    rows: tuple[Waiting, ...]
    after: str  # "" when this is the last page
    overdue: int
    waiting: int


COUNTED_TO = 1000


def queue(role: str, *, at: datetime, staff: str = "", after: str = "", limit: int = 50) -> Page:
    """What a role owes: with `staff`, what is theirs and what is nobody's yet; without, everything the role owes."""
    raise NotImplementedError
