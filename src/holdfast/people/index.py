"""The index of people: one SQLite file of keyed hashes and sealed records. docs/formats/people-index.md.

It holds nothing that is not in the entries, and is made anew from them (`holdfast people rebuild`).
"""

import sqlite3
import threading
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from holdfast.people.blinding import Blind
from holdfast.people.finding import found_in
from holdfast.people.keys_of import VERSION
from holdfast.people.keys_of import all_kept
from holdfast.people.keys_of import of_case
from holdfast.people.known import Asked
from holdfast.people.known import Known
from holdfast.people.known import Match

FILE = "people.sqlite3"
# SQLite maps 2 GB of a file at most, whatever is asked; beyond, the pages that lead to all others stay in these 32 MB.
_READ_BY = ("mmap_size=2147418112", "cache_size=-32768")
_TABLES = """
CREATE TABLE IF NOT EXISTS posting (key INTEGER, person INTEGER, PRIMARY KEY (key, person)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS person (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID
"""
_POST = "INSERT OR IGNORE INTO posting (key, person) VALUES (?, ?)"
_PERSON = "INSERT INTO person (id, sealed) VALUES (?, ?)"


class PeopleIndex:
    """One index. Any thread may ask; writers wait for one another, in other processes too."""

    def __init__(self, path: Path, secret: str):
        self.path = path
        self.blind = Blind(secret)
        self._mine = threading.local()
        self._all: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._prepare()

    def add(self, known: Known) -> None:
        """Takes in one person, in a transaction of its own."""
        with self.writing() as raw:
            self._put(raw, known)

    def add_many(self, people: Iterable[Known]) -> int:
        """Takes in many in one transaction, in the order of the file's pages; how many."""
        from holdfast.people import in_bulk  # numpy, only where many come: each command would load it

        with self.writing() as raw:
            count = in_bulk.put_many(raw, self.blind, _next_row(raw), people, self.path.parent)
        if count >= in_bulk.IN_A_RUN:
            self.fold()
        return count

    def forget(self, case: UUID) -> int:
        """Takes out everybody of a case, overwriting what stood there; how many they were."""
        with self.writing() as raw:
            gone = self._take_out(raw, case)
        if gone:
            self.fold()
        return gone

    def fold(self) -> None:
        """Folds SQLite's log into the file and empties it, so that nothing that was taken out stands there."""
        self.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def find(self, asked: Asked, limit: int = 10) -> tuple[Match, ...]:
        """Whoever may be meant, the likeliest first."""
        return found_in(self.connection(), self.blind, asked, limit)

    def count(self) -> int:
        """How many are in it."""
        found: int = self.connection().execute("SELECT COUNT(*) FROM person").fetchone()[0]
        return found

    # --- what stands below ------------------------------------------------------------------------------------

    def connection(self) -> sqlite3.Connection:
        """This thread's own."""
        found: sqlite3.Connection | None = getattr(self._mine, "raw", None)
        if found is None:
            found = sqlite3.connect(self.path, isolation_level=None, timeout=20, check_same_thread=False)
            for said in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", *_READ_BY):
                found.execute(f"PRAGMA {said}").fetchall()
            self._mine.raw = found
            with self._lock:
                self._all.append(found)
        return found

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction that writes, all of it or nothing."""
        raw = self.connection()
        raw.execute("BEGIN IMMEDIATE")
        try:
            yield raw
        except BaseException:
            raw.execute("ROLLBACK")
            raise
        raw.execute("COMMIT")

    def close(self) -> None:
        """Lets go of the file, in every thread."""
        with self._lock:
            for each in self._all:
                each.close()
            self._all.clear()
        self._mine = threading.local()

    def state(self, name: str) -> bytes:
        """What is noted under a name, b'' where nothing is."""
        row = self.connection().execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row else b""

    def people_of(self, raw: sqlite3.Connection, case: UUID) -> list[tuple[int, Known]]:
        """Who is in it of one case, with their rows."""
        asked = "SELECT p.id, p.sealed FROM posting k JOIN person p ON p.id = k.person WHERE k.key = ?"
        rows = raw.execute(asked, self.blind.blinded([of_case(case)])).fetchall()
        opened = ((row, self.blind.opened(row, bytes(sealed))) for row, sealed in rows)
        return [(row, known) for row, known in opened if known.case == case]

    def replace(self, raw: sqlite3.Connection, case: UUID, people: Iterable[Known]) -> int:
        """Makes a case's people these; whoever stays the same is not touched. How many were taken out."""
        wanted, gone = set(people), 0
        for row, known in self.people_of(raw, case):
            if known in wanted:
                wanted.remove(known)
            else:
                self._remove(raw, row, known)
                gone += 1
        for known in sorted(wanted):
            self._put(raw, known)
        return gone

    def _put(self, raw: sqlite3.Connection, known: Known) -> None:
        row = _next_row(raw)
        keys = self.blind.blinded(all_kept(known))
        raw.execute(_PERSON, (row, self.blind.sealed(row, known)))
        raw.executemany(_POST, [(key, row) for key in keys])

    def _take_out(self, raw: sqlite3.Connection, case: UUID) -> int:
        there = self.people_of(raw, case)
        for row, known in there:
            self._remove(raw, row, known)
        return len(there)

    def _remove(self, raw: sqlite3.Connection, row: int, known: Known) -> None:
        keys = self.blind.blinded(all_kept(known))
        raw.executemany("DELETE FROM posting WHERE key = ? AND person = ?", [(key, row) for key in keys])
        raw.execute("DELETE FROM person WHERE id = ?", (row,))

    def _prepare(self) -> None:
        check = b"%d/" % VERSION + self.blind.check
        with self.writing() as raw:
            for table in _TABLES.split(";"):
                raw.execute(table)
            if self.state("made_by") != check:
                self.empty(raw)
                raw.execute("INSERT OR REPLACE INTO state VALUES ('made_by', ?)", (check,))

    @staticmethod
    def empty(raw: sqlite3.Connection) -> None:
        """Takes everybody out, and where it had come to in the record."""
        for table in ("posting", "person", "state"):
            raw.execute(f"DELETE FROM {table} {'WHERE name <> ' + repr('made_by') if table == 'state' else ''}")  # noqa: S608 our own names


def _next_row(raw: sqlite3.Connection) -> int:
    found: int = raw.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM person").fetchone()[0]
    return found
