"""Whether the key ring belongs to this database, found out before anything is written under the wrong one.

A value that both know is kept wrapped by each key that wrapped cases (`key_check`). A key ring of another installation
has no key of that name, or one that does not open it; one that was put together from two opens it to another value,
because the value is made from the key that signs checkpoints.
"""

import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from holdfast.casefile.group import Kept
from holdfast.casefile.keyring import KeyRing
from holdfast.casefile.keys.aws_kms import PREFIX
from holdfast.casefile.keys.chosen import keeper
from holdfast.casefile.keys.wrapped import WRAPPED
from holdfast.casefile.keys.wrapped import Wrapped
from holdfast.casefile.refused import CannotKeep
from holdfast.casefile.store import reading
from holdfast.casefile.store import write

CHECK_ID = UUID("6b65792d-6368-8563-8b00-000000000001")  # what the checks are bound to, where a case's key has its case
OF_ANOTHER = (
    "The key ring does not belong to this database, so its cases could not be opened and new ones would be lost to "
    "whoever has the right one. Put back the key ring that belongs to it; never make a new one."
)


def known_value(ring: KeyRing) -> bytes:
    """32 bytes that only this installation's ring gives."""
    public = Ed25519PrivateKey.from_private_bytes(ring.checkpoint_seed).public_key().public_bytes_raw()
    return sha256(b"holdfast/key-check/1\n" + ring.checkpoint_name.encode() + b"\n" + public).digest()


def fault_of_keys() -> str:
    """Why these keys are not this database's, '' where they are; CannotKeep where a key service gives no answer."""
    with reading() as connection:
        if not is_there(connection, "key_check"):
            return ""  # an older version's tables: said elsewhere
        checks = {name: bytes(wrapped) for name, wrapped in connection.execute("SELECT name, wrapped FROM key_check")}
        used = {
            name: found
            for one in WRAPPED
            if is_there(connection, one.table)
            for name, found in _one_of_each_name(connection, one)
        }
    return _fault(checks, used)


def _fault(checks: dict[str, bytes], used: dict[str, tuple[UUID, bytes]]) -> str:
    keys = keeper()
    if any(not name.startswith(PREFIX) and name not in keys.ring.keys for name in used):
        return OF_ANOTHER
    ours = {name for name in checks if name.startswith(PREFIX) or name in keys.ring.keys}
    if checks and not ours:
        return OF_ANOTHER
    for name in sorted(ours):
        try:
            if keys.unwrap(CHECK_ID, name, checks[name]) != known_value(keys.ring):
                return OF_ANOTHER
        except CannotKeep:
            if name.startswith(PREFIX):
                raise  # a service that is out, or refuses, says so in its own words
            return OF_ANOTHER
    if checks:
        return ""
    for name, (bound_to, wrapped) in used.items():  # a database from before there were checks
        try:
            keys.unwrap(bound_to, name, wrapped)
        except CannotKeep:
            return OF_ANOTHER
    return ""


def keep_check() -> bool:
    """Keeps a check for the key that wraps new cases, where there is none; whether it was the database's first."""
    fault = fault_of_keys()
    if fault:
        raise CannotKeep(fault)
    keys = keeper()
    name, wrapped = keys.wrap(CHECK_ID, known_value(keys.ring))

    def work(connection: sqlite3.Connection, kept: Kept) -> bool:
        first = connection.execute("SELECT 1 FROM key_check LIMIT 1").fetchone() is None
        connection.execute("INSERT OR IGNORE INTO key_check (name, wrapped) VALUES (?, ?)", (name, wrapped))
        return first

    first: bool = write(work)
    return first


def _one_of_each_name(connection: sqlite3.Connection, one: Wrapped) -> Iterator[tuple[str, tuple[UUID, bytes]]]:
    """One wrapped key of each name: enough to try, and found without reading a million."""
    asked = (
        f"SELECT ring_key, {one.row}, wrapped FROM {one.table} "  # noqa: S608 our own names
        "WHERE ring_key > ? ORDER BY ring_key LIMIT 1"
    )
    name = ""
    while row := connection.execute(asked, (name,)).fetchone():
        name = row[0]
        try:
            yield str(name), (one.bound_to(row[1]), bytes(row[2]))
        except (AttributeError, TypeError, ValueError):
            continue  # somebody changed this row: `holdfast verify` names it


def is_there(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the database has this table: one of an older version may not."""
    asked = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
    return connection.execute(asked, (table,)).fetchone() is not None
