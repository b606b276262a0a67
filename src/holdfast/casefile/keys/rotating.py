"""Exchanging key-encryption keys while the server runs: add one, wrap every case's key by it, take the old one away.

- New cases use an added key at once, in a running server too.
- Wrapping anew goes in small commits between everybody else's, each key only if nobody changed it meanwhile. Stopped
  half-way, it goes on where it stopped. A case that is erased meanwhile stays erased.
- A key is taken away only when nothing is wrapped by it. A backup from before needs it still: keep the old ring's copy
  apart for as long as that backup is kept.
"""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from typing import NamedTuple

from django.conf import settings

from holdfast.casefile.group import Kept
from holdfast.casefile.keyring import change_ring
from holdfast.casefile.keyring import new_key
from holdfast.casefile.keys.aws_kms import PREFIX
from holdfast.casefile.keys.aws_kms import KeyServiceOut
from holdfast.casefile.keys.belonging import CHECK_ID
from holdfast.casefile.keys.belonging import is_there
from holdfast.casefile.keys.belonging import keep_check
from holdfast.casefile.keys.chosen import Chosen
from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.keys.wrapped import WRAPPED
from holdfast.casefile.keys.wrapped import Wrapped
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.store import reading
from holdfast.casefile.store import write

AT_ONCE = 32  # in one commit: a writer who comes meanwhile waits some milliseconds
Row = tuple[Any, str, bytes]


class KeySaid(NamedTuple):
    """One key-encryption key, without the key."""

    name: str
    kept_by: str  # 'key ring', 'AWS KMS' or 'nobody'
    wraps: int  # how many keys in the database
    for_new: bool


class Rewrapped(NamedTuple):
    """How wrapping anew ended."""

    by: str
    done: int
    failed: int  # keys that the old one does not open: `holdfast verify` names them


def listed() -> list[KeySaid]:
    """Every key that is there or is asked for."""
    keys, wraps, now = keeper(), _wraps(), name_for_new()
    names = [*keys.ring.keys, *sorted((set(wraps) | {now}) - set(keys.ring.keys))]

    def by(name: str) -> str:
        return "AWS KMS" if name.startswith(PREFIX) else "key ring" if name in keys.ring.keys else "nobody"

    return [KeySaid(name, by(name), wraps.get(name, 0), name == now) for name in names]


def name_for_new() -> str:
    """The name of the key that wraps new cases. An alias is resolved by asking its service."""
    keys = keeper()
    return keys.wrap(CHECK_ID, bytes(32))[0] if keys.elsewhere else keys.ring.newest


def add_key() -> str:
    """Adds a key to the ring; its name."""
    added = []
    change_ring(Path(settings.HOLDFAST_DATA), lambda said: added.append(new_key(said)))
    keep_check()
    return added[0]


def rewrap(told: Callable[[int], None] = lambda done: None) -> Rewrapped:
    """Wraps every key by the one that wraps new cases. KeyServiceOut where a service fell out: run it again."""
    keep_check()
    by, done, failed = name_for_new(), 0, 0
    for place in WRAPPED:
        after: Any = None
        while rows := _older(place, by, after):
            after = rows[-1][0]
            changes = []
            for row in rows:
                try:
                    changes.append((row, _anew(keeper(), place, row)))
                except KeyServiceOut:
                    raise
                except CannotKeep:
                    failed += 1
            done += _exchange(place, changes)
            told(done)
    return Rewrapped(by, done, failed)


def retire(name: str) -> None:
    """Takes a key out of the ring, or CannotKeep with why it stays."""
    if name == name_for_new():
        raise CannotKeep("This key wraps new cases. Add another first (`holdfast keys add`), then rewrap.")
    ours = name in keeper().ring.keys
    if not ours and not name.startswith(PREFIX):
        raise CannotKeep("There is no key of this name. `holdfast keys list` lists them.")

    def work(connection: sqlite3.Connection, kept: Kept) -> None:
        # Nobody writes while this is asked and done: no case can be wrapped by the key between the two.
        if still := _count(connection).get(name, 0):
            raise CannotKeep(f"This key still wraps {still} keys, so it stays. Run `holdfast keys rewrap` first.")
        connection.execute("DELETE FROM key_check WHERE name = ?", (name,))
        if ours:
            change_ring(Path(settings.HOLDFAST_DATA), lambda said: said["keys"].pop(name, None))

    write(work)


def _anew(keys: Chosen, place: Wrapped, row: Row) -> tuple[str, bytes]:
    try:
        bound_to = place.bound_to(row[0])
    except (AttributeError, TypeError, ValueError) as fault:
        raise CannotKeep("A key's row was changed.") from fault
    key = keys.unwrap(bound_to, str(row[1]), row[2])
    name, wrapped = keys.wrap(bound_to, key)
    if keys.unwrap(bound_to, name, wrapped) != key:
        raise CannotKeep("A key that was wrapped anew did not open again, so the old one was kept.")
    return name, wrapped


def _older(place: Wrapped, by: str, after: Any) -> list[Row]:
    asked = (
        f"SELECT {place.row}, ring_key, wrapped FROM {place.table} "  # noqa: S608 our own names
        f"WHERE ring_key != ? AND (? IS NULL OR {place.row} > ?) ORDER BY {place.row} LIMIT ?"
    )
    with reading() as connection:
        if not is_there(connection, place.table):
            return []
        return [(row, name, bytes(was)) for row, name, was in connection.execute(asked, (by, after, after, AT_ONCE))]


def _exchange(place: Wrapped, changes: list[tuple[Row, tuple[str, bytes]]]) -> int:
    asked = (
        f"UPDATE {place.table} SET ring_key = ?, wrapped = ? "  # noqa: S608 our own names
        f"WHERE {place.row} = ? AND ring_key = ? AND wrapped = ?"
    )

    def work(connection: sqlite3.Connection, kept: Kept) -> int:
        return sum(connection.execute(asked, (*new, *old)).rowcount for old, new in changes)

    count: int = write(work) if changes else 0
    return count


def _wraps() -> dict[str, int]:
    with reading() as connection:
        return _count(connection)


def _count(connection: sqlite3.Connection) -> dict[str, int]:
    found: dict[str, int] = {}
    for place in WRAPPED:
        if is_there(connection, place.table):
            asked = f"SELECT ring_key, COUNT(*) FROM {place.table} GROUP BY ring_key"  # noqa: S608 our own names
            for name, count in connection.execute(asked):
                found[str(name)] = found.get(str(name), 0) + count
    return found
