"""What the board follows: something that says how far the record is, and which cases were written since.

`Changes` is all that the board asks of a store. The record is kept in SQLite, which tells nobody when it was written,
so `BySqlite` looks: one row of one index a time, in one thread of a process. A store that notifies by itself would
stand here with the same two questions (docs/decisions/0037-board.md).
"""

from typing import Protocol
from uuid import UUID

from holdfast.casefile.calls import newest_place
from holdfast.casefile.calls import written_since

MOST_AT_ONCE = 5_000


class Changes(Protocol):
    """How far the record is. A place is a number that only grows while the process runs."""

    def newest(self) -> int:
        """The place of the newest entry."""

    def cases_since(self, place: int) -> tuple[dict[UUID, int], int]:
        """The cases written after a place, each with the place of its newest entry; and how far that reaches."""


class BySqlite:
    """By looking at the file."""

    def newest(self) -> int:
        """The place of the newest entry: at once, however long the record."""
        return newest_place()

    def cases_since(self, place: int) -> tuple[dict[UUID, int], int]:
        """At most MOST_AT_ONCE entries' worth; whoever is further behind asks again."""
        found = written_since(place, MOST_AT_ONCE)
        return {each.case_id: each.place for each in found}, found[-1].place if found else place
