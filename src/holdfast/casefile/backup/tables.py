"""A database as rows: read from one moment while others write, and built anew from them.

Read as rows and not as the file's bytes: what was taken away and lies in unused parts of the file does not travel, no
second file is needed while it is read, and the rows of one moment need only one reading transaction.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec.msgpack import Ext

from holdfast.casefile.backup.sealed import BackupRefused

ENOUGH = 256 << 10  # bytes of one part of rows, about
# Who is signed in is nothing to put back: every session ends.
NOT_CARRIED = frozenset({"django_session", "access_sign_in"})
_ORDER = {"table": 0, "index": 1, "view": 2, "trigger": 3}
_NOT_UTF8 = 1
_KEPT_AS = ("user_version", "application_id", "journal_mode")


def rows_of(path: Path) -> Iterator[list[Any]]:
    """The parts of one database, all of one moment. Nobody who writes waits for it."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=20)) as raw:
        raw.text_factory = _text
        raw.execute("PRAGMA query_only=ON")
        raw.execute("PRAGMA cache_size=-4000")
        raw.execute("BEGIN")
        made = raw.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        ).fetchall()
        made.sort(key=lambda one: _ORDER[one[0]])
        yield ["kept-as", *(raw.execute(f"PRAGMA {name}").fetchone()[0] for name in _KEPT_AS)]
        for kind, name, sql in made:
            yield ["made", kind, name, sql]
        counts: dict[str, int] = {}
        names = [name for kind, name, _ in made if kind == "table"]
        if raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_sequence'").fetchone():
            names.append("sqlite_sequence")
        for name in names:
            counts[name] = 0
            if name not in NOT_CARRIED:
                for part in _table(raw, name):
                    counts[name] += len(part[3])
                    yield part
        raw.execute("COMMIT")
    yield ["counts", counts]


def _table(raw: sqlite3.Connection, name: str) -> Iterator[list[Any]]:
    quoted = _quoted(name)
    columns = [row[1] for row in raw.execute(f"PRAGMA table_info({quoted})")]
    cursor = raw.execute(f"SELECT {', '.join(map(_quoted, columns))} FROM {quoted}")  # noqa: S608 quoted
    rows: list[tuple[Any, ...]] = []
    size = 0
    for row in cursor:
        rows.append(row)
        for value in row:
            if value.__class__ is bytes or value.__class__ is str:
                size += len(value)
        size += 9 * len(row)
        if size > ENOUGH:
            yield ["rows", name, columns, rows]
            rows, size = [], 0
    if rows:
        yield ["rows", name, columns, rows]


class Builder:
    """Builds a database from its parts: tables, rows, and then what is made over them."""

    def __init__(self, path: Path):
        self._raw = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=MEMORY", "synchronous=OFF", "foreign_keys=OFF", "secure_delete=ON"):
            self._raw.execute(f"PRAGMA {pragma}").fetchall()
        self._later: list[str] = []
        self._kept_as = 0, 0, "delete"
        self._counts: dict[str, int] = {}
        self._raw.execute("BEGIN")

    def take(self, part: list[Any]) -> None:
        """One part; BackupRefused where it does not fit."""
        try:
            if part[0] == "kept-as":
                self._kept_as = int(part[1]), int(part[2]), str(part[3])
            elif part[0] == "made":
                _, kind, name, sql = part
                self._counts.setdefault(name, 0) if kind == "table" else None
                self._raw.execute(sql) if kind == "table" else self._later.append(sql)
            elif part[0] == "rows":
                self._rows(*part[1:])
            else:
                self._finish(part[1])
        except (sqlite3.Error, ValueError, TypeError) as fault:
            raise BackupRefused(
                "What the backup holds makes no database, so nothing was restored. Restore it with the version that "
                "made it."
            ) from fault

    def close(self) -> None:
        """Lets go of it; what was not finished is undone."""
        self._raw.close()

    def _rows(self, table: str, columns: list[str], rows: list[list[Any]]) -> None:
        if table == "sqlite_sequence":
            self._raw.execute("DELETE FROM sqlite_sequence")
        named = f"INSERT INTO {_quoted(table)} ({', '.join(map(_quoted, columns))}) VALUES "  # noqa: S608 quoted
        plain = [row for row in rows if not any(isinstance(value, Ext) for value in row)]
        if len(plain) == len(rows):
            self._raw.executemany(named + f"({', '.join('?' * len(columns))})", rows)
        else:  # somebody went round the program: put back what was there, in its order
            for row in rows:
                marks = ["CAST(? AS TEXT)" if isinstance(value, Ext) else "?" for value in row]
                values = [bytes(value.data) if isinstance(value, Ext) else value for value in row]
                self._raw.execute(named + f"({', '.join(marks)})", values)
        self._counts[table] = self._counts.get(table, 0) + len(rows)

    def _finish(self, counts: dict[str, int]) -> None:
        if {name: found for name, found in self._counts.items() if found} != {
            name: told for name, told in counts.items() if told
        }:
            raise ValueError("rows are missing")
        for sql in self._later:
            self._raw.execute(sql)
        self._raw.execute("COMMIT")
        if self._raw.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise ValueError("not whole")
        user_version, application_id, journal_mode = self._kept_as
        self._raw.execute(f"PRAGMA user_version={user_version}")
        self._raw.execute(f"PRAGMA application_id={application_id}")
        self._raw.execute(f"PRAGMA journal_mode={'WAL' if journal_mode == 'wal' else 'DELETE'}").fetchall()


def _text(stored: bytes) -> Any:
    try:
        return stored.decode("utf-8")
    except UnicodeDecodeError:
        return Ext(_NOT_UTF8, stored)


def _quoted(name: Any) -> str:
    return '"' + str(name).replace('"', '""') + '"'
