"""Which cases had an entry of some kind written since somebody last looked, without opening any of them."""

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


def cases_short_of(wanted: str, each: str, place: int = 0) -> Noticed:
    """The cases in which fewer entries of the kind `wanted` stand than of the kind `each`.

    The first time, from `place` 0, the kinds of the whole record are counted, and no case is opened for it. Later only
    cases are named in which one of `each` was written since.
    """
    newly = "SELECT DISTINCT case_id FROM entry WHERE rowid > ? AND rowid <= ? AND kind = ?"
    with reading() as connection:
        until: int = connection.execute("SELECT COALESCE(MAX(rowid), 0) FROM entry").fetchone()[0]
        if place:
            found = connection.execute(newly, (place, until, each)).fetchall()
        else:
            counted = (
                "SELECT case_id FROM entry WHERE kind IN (?, ?) GROUP BY case_id HAVING SUM(kind = ?) > SUM(kind = ?)"
            )
            found = connection.execute(counted, (each, wanted, each, wanted)).fetchall()
    return Noticed(tuple(UUID(row[0]) for row in found), until)
