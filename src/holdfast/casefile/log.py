"""Where the lines of the log are kept: the one write, and what checkpoints and verifying read of it.

- A line is chained and written in the same transaction as whoever else is writing: one commit for all who wait.
- The columns beside a line repeat it so that it can be looked up; the line itself counts, and verifying compares them.
- What a line may say, and who may read it, is decided above (access/log); here it is bytes.
"""

import sqlite3
from collections.abc import Iterator
from datetime import datetime

from holdfast.record.chain import Stored
from holdfast.record.chain import Witnessed
from holdfast.record.header import write_time
from holdfast.record.log_line import FORMAT
from holdfast.record.log_line import LOG
from holdfast.record.log_line import LogLine
from holdfast.record.log_line import line_hash
from holdfast.record.log_line import log_start
from holdfast.record.log_line import nonce_text
from holdfast.record.log_line import seal_words
from holdfast.record.log_line import write_line

COLUMNS = ("at", "role", "staff", "team", "act", "case", "allowed", "tie")
_LAST = "SELECT length, CAST(head AS BLOB), last_at FROM log_chain WHERE name = ?"
_FIRST = "INSERT INTO log_chain (name, length, head, witnessed, last_at, judged) VALUES (?, 0, x'', 0, '', 0)"
_MOVE = "UPDATE log_chain SET length = ?, head = ?, last_at = ? WHERE name = ?"
_INSERT = (
    'INSERT INTO log_line (number, at, role, staff, team, act, "case", allowed, tie, line, sealed, hash) '
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_STORED = (
    "SELECT CAST(line AS BLOB), CAST(sealed AS BLOB), CAST(hash AS BLOB), number, at, role, staff, team, act, "
    '"case", allowed, tie FROM log_line ORDER BY number'
)


def write_log_line(
    connection: sqlite3.Connection,
    at: datetime,
    said: dict[str, str | bool],
    *,
    words: str = "",
    key: bytes = b"",
    nonce: bytes = b"",
) -> int:
    """Chains and writes one line; its number. `said` holds LogLine's fields from `role` to `rule`, and `key`."""
    length, head, last_at = _last(connection)
    # A clock that was set back must not make a line older than the one before it.
    stands_at = max(write_time(at), last_at)
    before = head.hex() if length else log_start(LOG).hex()
    line = LogLine(
        format=FORMAT,
        log=LOG,
        number=length + 1,
        before=before,
        at=stands_at,
        nonce=nonce_text(nonce) if words else "",
        **{**said, "key": said.get("key", "") if words else ""},  # type: ignore[arg-type]
    )
    plain = write_line(line)
    sealed = seal_words(words, key, nonce, plain) if words else b""
    hash_ = line_hash(plain, sealed)
    beside = [getattr(line, name) for name in COLUMNS]
    connection.execute(_INSERT, (line.number, *beside, plain, sealed, hash_))
    connection.execute(_MOVE, (line.number, hash_, stands_at, LOG))
    return line.number


def log_waiting(connection: sqlite3.Connection) -> int:
    """How many lines no checkpoint has seen yet."""
    row = connection.execute("SELECT length - witnessed FROM log_chain WHERE name = ?", (LOG,)).fetchone()
    return int(row[0]) if row else 0


def log_to_witness(connection: sqlite3.Connection) -> Witnessed | None:
    """How long the log is and how it ends, where that is newer than the last checkpoint."""
    length, head, _ = _last(connection, make=False)
    return Witnessed(length, head) if length and log_waiting(connection) else None


def log_witnessed(connection: sqlite3.Connection, length: int) -> None:
    """Notes that a checkpoint has seen so many lines."""
    connection.execute("UPDATE log_chain SET witnessed = ? WHERE name = ?", (length, LOG))


def log_length(connection: sqlite3.Connection) -> int:
    """How many lines the log's own row says there are."""
    return _last(connection, make=False)[0]


def log_head(connection: sqlite3.Connection) -> bytes:
    """The hash of the last line, as the log's own row says."""
    return _last(connection, make=False)[1]


def stored_lines(connection: sqlite3.Connection, differing: list[int]) -> Iterator[Stored]:
    """Every line in order; the places of those whose columns say something else are put into `differing`."""
    for place, row in enumerate(connection.execute(_STORED), 1):
        if not _says_its_line(row[0], row[3:]):
            differing.append(place)
        yield Stored(*row[:3])


def has_log(connection: sqlite3.Connection) -> bool:
    """Whether this database has a log at all: one of an older version is verified as it is."""
    return bool(connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'log_line'").fetchone())


def _last(connection: sqlite3.Connection, *, make: bool = True) -> tuple[int, bytes, str]:
    row = connection.execute(_LAST, (LOG,)).fetchone()
    if row is None:
        if make:
            connection.execute(_FIRST, (LOG,))
        return 0, b"", ""
    return int(row[0]), bytes(row[1]), str(row[2])


def _says_its_line(line: bytes, columns: tuple[object, ...]) -> bool:
    """Whether what stands beside a line says what the line says. A plain search: there is one way to write a line."""
    number, *named = columns
    written = [f'"number":{number},']
    for name, value in zip(COLUMNS, named, strict=True):
        said = ("true" if value == 1 else "false" if value == 0 else "") if name == "allowed" else f'"{value}"'
        written.append(f'"{name}":{said},')
    return all(each.encode("utf-8", "surrogateescape") in line for each in written)
