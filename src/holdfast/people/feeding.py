"""Taking into the index what was recorded since: case by case, by the order in which entries were written.

Where it had come to is noted in the index itself, in the same transaction: a crash repeats a case and harms nothing.
The entry it had come to is noted too. A database that was put back from a copy does not hold it, and the index is then
made anew.
"""

import logging
import sqlite3
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.keys.aws_kms import KeyServiceOut
from holdfast.casefile.reading import read_case
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.refused import Refused
from holdfast.casefile.store import reading
from holdfast.people.here import index
from holdfast.people.index import PeopleIndex
from holdfast.people.known import Known
from holdfast.people.parties import TELLING
from holdfast.people.parties import people_of

AT_ONCE = 20_000  # entries looked over in one transaction
MOST_CASES = 60  # opened before a search or in one turn of the clock: nobody waits for a whole rebuild
_TOGETHER = 20  # cases in one transaction: whoever else writes waits no longer than that
_log = logging.getLogger("holdfast.people")
_MARKS = ", ".join("?" * len(TELLING))
_NEWER = f"SELECT case_id, MAX(rowid) FROM entry WHERE rowid > ? AND rowid <= ? AND kind IN ({_MARKS}) GROUP BY case_id ORDER BY 2"  # noqa: E501, S608 our own kinds
_HASH = "SELECT CAST(hash AS BLOB) FROM entry WHERE rowid = ?"


class _Place(NamedTuple):
    row: int
    hash: bytes


def catch_up(at: datetime, most: int = MOST_CASES) -> int:
    """Takes in what was recorded since; how many cases were looked at. Called by the clock and before a search.

    A key service that gives no answer, or a disk that is full, leaves the index as it was: it is said in the log, and
    gone on with at the next turn. `at` is there for the clock; the record's own order decides.
    """
    try:
        return _catch_up(index(), most)
    except (Refused, sqlite3.Error, OSError) as fault:
        _log.error("the index of people could not be brought up to date: %s", type(fault).__name__)
        return 0


def is_behind() -> bool:
    """Whether something was recorded that the index does not hold yet, or it cannot be said.

    Whoever reads that nothing was found has to be told: an index that failed must never read as 'no earlier report'.
    """
    asked = f"SELECT 1 FROM entry WHERE rowid > ? AND kind IN ({_MARKS}) LIMIT 1"  # noqa: S608 our own kinds
    try:
        place = _place(index())
        with reading() as record:
            if place.row and _hash_at(record, place.row) != place.hash:
                return True
            return record.execute(asked, (place.row, *sorted(TELLING))).fetchone() is not None
    except (Refused, sqlite3.Error, OSError):
        return True


def rebuild() -> int:
    """Makes the index anew from the record; how many cases were looked at. Refused, sqlite3.Error."""
    people = index()
    with people.writing() as raw:
        people.empty(raw)
    looked = 0
    while more := _catch_up(people, MOST_CASES):
        looked += more
    return looked


def forget_case(case: UUID) -> None:
    """Takes a case out of the index: erasing a case calls it before the key is destroyed.

    Where it cannot be done now, the key goes all the same, and catching up does it: `FileErased` is one of TELLING.
    """
    try:
        index().forget(case)
    except (Refused, sqlite3.Error, OSError) as fault:
        _log.error("an erased case is not out of the index of people yet: %s", type(fault).__name__)


def _catch_up(people: PeopleIndex, most: int) -> int:
    done = gone = 0
    while done < most:
        with reading() as record:
            newest: int = record.execute("SELECT COALESCE(MAX(rowid), 0) FROM entry").fetchone()[0]
        place = _place(people)
        if place.row == newest:
            break
        with people.writing() as raw:
            looked, taken_out = _take_in(people, raw, newest, min(_TOGETHER, most - done))
        done, gone = done + looked, gone + taken_out
    if gone:
        people.fold()
    return done


def _take_in(people: PeopleIndex, raw: sqlite3.Connection, newest: int, most: int) -> tuple[int, int]:
    place = _place(people)
    with reading() as record:
        if place.row and _hash_at(record, place.row) != place.hash:
            people.empty(raw)  # another record than the one it was made from
            place = _Place(0, b"")
        until = min(newest, place.row + AT_ONCE)
        rows = record.execute(_NEWER, (place.row, until, *sorted(TELLING))).fetchall()
    if len(rows) > most:
        # Cases in the order of their last entry: those left for later have none at or before this place.
        rows, until = rows[:most], rows[most - 1][1]
    gone = sum(_take_case(people, raw, UUID(case_id)) for case_id, _ in rows)
    with reading() as record:
        found = _hash_at(record, until)
    raw.execute("INSERT OR REPLACE INTO state VALUES ('place', ?)", (until.to_bytes(8, "big") + found,))
    return len(rows), gone


def _take_case(people: PeopleIndex, raw: sqlite3.Connection, case: UUID) -> int:
    """Makes a case's people what its entries say. One that is damaged is left as it was; `holdfast verify` names it."""
    try:
        entries = read_case(case).entries
    except CaseErased:
        entries = ()
    except KeyServiceOut:
        raise
    except Refused as fault:
        _log.error("a case could not be read for the index of people: %s", type(fault).__name__)
        return 0
    erased = not entries or entries[-1].kind == "FileErased"
    return people.replace(raw, case, () if erased else (Known(case, *each) for each in people_of(entries)))


def _place(people: PeopleIndex) -> _Place:
    noted = people.state("place")
    return _Place(int.from_bytes(noted[:8], "big"), noted[8:])


def _hash_at(record: sqlite3.Connection, row: int) -> bytes:
    found = record.execute(_HASH, (row,)).fetchone()
    return bytes(found[0]) if found else b""
