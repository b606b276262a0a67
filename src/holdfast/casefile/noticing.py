"""Which cases had an entry of some kind written since somebody last looked, without opening any of them."""

from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.store import reading


class Noticed(NamedTuple):
    """The cases, and from where to look the next time: a place in the file that is good while this process runs."""

    cases: tuple[UUID, ...]
    until: int


def anything_since(place: int) -> bool:
    """Whether anything at all was written since: at once, however long the record."""
    with reading() as connection:
        newest: int = connection.execute("SELECT COALESCE(MAX(rowid), 0) FROM entry").fetchone()[0]
    return newest > place


def cases_with(kinds: Iterable[str], place: int = 0) -> Noticed:
    """The cases with an entry of one of these kinds; from the first `place` on it reads the record once."""
    wanted = tuple(kinds)
    asked = f"SELECT DISTINCT case_id FROM entry WHERE rowid > ? AND rowid <= ? AND kind IN ({_marks(wanted)})"  # noqa: S608
    with reading() as connection:
        until: int = connection.execute("SELECT COALESCE(MAX(rowid), 0) FROM entry").fetchone()[0]
        found = connection.execute(asked, (place, until, *wanted)).fetchall()
    return Noticed(tuple(UUID(row[0]) for row in found), until)


def _marks(wanted: tuple[str, ...]) -> str:
    return ",".join("?" * len(wanted))
