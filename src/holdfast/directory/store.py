"""The directory's own file: SQLite, written whole by an import and never changed afterwards.

- An import writes a new file beside it and puts it in its place in one step: a reader sees the old one or the new one.
- The new file is written from nothing, row by row, so that no page of it holds what was once there and is no longer.
- Two imports at once: the second waits, so that neither loses the other's rows.
"""

from __future__ import annotations

import fcntl
import os
import sqlite3
import urllib.parse
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import closing
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import msgspec

from holdfast.directory.fault import DirectoryUnread
from holdfast.directory.languages import interpreted
from holdfast.directory.listing import Listing
from holdfast.directory.plain import fold

VERSION = 1
ANY_LANGUAGE = "language:*"  # the tag of a service that interprets and does not say which languages
RANKS = {"emergency": 0, "police": 1, "service": 2}
_TABLES = """
CREATE TABLE source (
    place TEXT, source TEXT, timezone TEXT, services INTEGER, imported_on TEXT, PRIMARY KEY (place, source));
CREATE TABLE listing (
    number INTEGER PRIMARY KEY, id TEXT, place TEXT, source TEXT, rank INTEGER, sorted TEXT, words TEXT, body BLOB);
CREATE TABLE tag (place TEXT, tag TEXT, number INTEGER, PRIMARY KEY (place, tag, number)) WITHOUT ROWID;
"""
_ORDERED = (
    "CREATE INDEX listing_by_name ON listing (place, rank, sorted, id); CREATE INDEX listing_by_id ON listing (id);"
)


def read_only(path: Path) -> sqlite3.Connection:
    """Opens a directory for reading. Raises `DirectoryUnread` where it is no directory of this version."""
    name = urllib.parse.quote(str(path.resolve()))
    try:
        # Immutable is true: a file that stands at this name is never written to, only replaced.
        connection = sqlite3.connect(f"file:{name}?mode=ro&immutable=1", uri=True)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.Error as fault:
        raise DirectoryUnread("The directory of services cannot be read. Import its sources again.") from fault
    if version != VERSION:
        connection.close()
        raise DirectoryUnread("The directory of services is of another version. Import its sources again.")
    return connection


def replace(path: Path, place: str, source: str, timezone: str, listings: Iterable[Listing], on: date) -> int:
    """Puts listings in the place of all that came from the same source before; how many there are now of it.

    All or nothing: where anything fails, the file that was there is still there.
    """
    with _alone(path):
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)  # of an import that was cut short
        try:
            with closing(sqlite3.connect(part)) as new:
                new.executescript(
                    f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version={VERSION}; {_TABLES}"
                )
                new.execute("BEGIN")
                if path.exists():
                    _keep_others(path, new, place, source)
                taken = _add(new, listings)
                if taken:
                    row = (place, source, timezone, taken, on.isoformat())
                    new.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?)", row)
                new.execute("COMMIT")
                new.executescript(_ORDERED)
            _settled(part, path)
        finally:
            part.unlink(missing_ok=True)
    return taken


def _settled(part: Path, path: Path) -> None:
    """Puts the new file in place once the disk has it."""
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep_others(path: Path, new: sqlite3.Connection, place: str, source: str) -> None:
    """Copies what came from other sources, row by row."""
    with closing(read_only(path)) as old:
        kept = old.execute("SELECT * FROM source WHERE NOT (place = ? AND source = ?)", (place, source))
        new.executemany("INSERT INTO source VALUES (?, ?, ?, ?, ?)", kept)
        bodies = old.execute("SELECT body FROM listing WHERE NOT (place = ? AND source = ?)", (place, source))
        decoder = msgspec.json.Decoder(Listing)
        _add(new, (decoder.decode(body) for (body,) in bodies))


def _add(new: sqlite3.Connection, listings: Iterable[Listing]) -> int:
    encoder = msgspec.json.Encoder()
    added = 0
    for one in listings:
        row = (one.id, one.place, one.source, RANKS[one.kind], sorting(one), words_of(one), encoder.encode(one))
        number = new.execute(
            "INSERT INTO listing (id, place, source, rank, sorted, words, body) VALUES (?, ?, ?, ?, ?, ?, ?)", row
        ).lastrowid
        new.executemany("INSERT INTO tag VALUES (?, ?, ?)", ((one.place, tag, number) for tag in tags_of(one)))
        added += 1
    return added


def sorting(listing: Listing) -> str:
    """What a listing is sorted by among those of its kind."""
    return fold(listing.name)


def words_of(listing: Listing) -> str:
    """Every word by which a listing is found, folded."""
    told = (
        listing.name, listing.organisation, listing.says, listing.for_whom, listing.how, listing.notice, listing.cost,
        listing.interpreting, listing.accessibility, *listing.serves, *(way.says for way in listing.ways),
        *(line for one in listing.addresses for line in (*one.lines, one.town, one.postcode, one.name)),
    )  # fmt: skip
    return f" {fold(' . '.join(told))} "


def tags_of(listing: Listing) -> set[str]:
    """What is looked up rather than searched: needs, channels, languages, and what is interpreted."""
    found = {f"need:{need}" for need in listing.needs} | {f"channel:{channel}" for channel in listing.channels}
    if "channel:short-code" in found:
        found.add("channel:text")  # a short code is a text too
    for code in listing.spoken:
        parts = code.lower().split("-")
        found |= {"language:" + "-".join(parts[:length]) for length in range(1, len(parts) + 1)}
    named = interpreted(listing.interpreting)
    return found | {f"interpreting:{code}" for code in named or ()} | ({ANY_LANGUAGE} if named is None else set())
