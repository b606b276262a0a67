"""What came and could not be read: kept sealed, and shown to whoever takes calls until a person has settled it.

- The same bytes from the same sender are kept once and counted.
- Of senders who did not show who they are, little is kept and few of it: enough to see that a key was exchanged on one
  side only, too little to fill a disk.
"""

import sqlite3
from datetime import datetime
from typing import Any
from typing import NamedTuple
from uuid import UUID

from holdfast.casefile.group import Kept
from holdfast.casefile.rows import stored_time
from holdfast.casefile.store import reading
from holdfast.casefile.store import write
from holdfast.doors.intake.models import Unread
from holdfast.doors.intake.sealing import hashed
from holdfast.doors.intake.sealing import seal
from holdfast.doors.intake.sealing import unseal

MOST_BYTES = 1_000_000
MOST_UNPROVED_BYTES = 16_000
MOST_UNPROVED = 100  # of one sender, not settled yet
MOST_OPEN = 5_000  # of one sender, not settled yet: beyond that the newest are counted on the last one
_SAME = "SELECT id FROM intake_unread WHERE sender = ? AND digest = ?"
_COUNT = "SELECT COUNT(*), MAX(id) FROM intake_unread WHERE sender = ? AND proved = ? AND settled_at IS NULL"
_AGAIN = "UPDATE intake_unread SET times = times + 1, last_at = ? WHERE id = ?"  # what was settled stays settled
_INSERT = (
    "INSERT INTO intake_unread (sender, digest, why, size, sealed, times, proved, first_at, last_at, settled_by, "
    "reason) VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?, '', x'')"
)


class Opened(NamedTuple):
    """One of them, as a person reads it."""

    number: int
    sender: str
    why: str
    raw: bytes
    whole: bool  # all of what came
    times: int
    proved: bool
    first_at: datetime
    last_at: datetime


def keep_unread(sender: str, raw: bytes, why: str, at: datetime, *, proved: bool = True) -> int:
    """Keeps it; the number under which a person finds it. `why` never repeats a value of what came."""
    digest = hashed("unread", raw)
    most = MOST_BYTES if proved else MOST_UNPROVED_BYTES
    sealed = seal(raw[:most], f"unread/{sender[:60]}/{digest}")
    when = stored_time(at)

    def work(connection: sqlite3.Connection, kept: Kept) -> int:
        same = connection.execute(_SAME, (sender[:60], digest)).fetchone()
        count, newest = connection.execute(_COUNT, (sender[:60], proved)).fetchone()
        full = count >= (MOST_OPEN if proved else MOST_UNPROVED)
        if same or full:
            number = int(same[0] if same else newest)
            connection.execute(_AGAIN, (when, number))
            return number
        row = sender[:60], digest, why[:300], len(raw), sealed, proved, when, when
        return int(connection.execute(_INSERT, row).lastrowid or 0)

    number: int = write(work)
    return number


def open_ones(most: int = 200) -> list[Unread]:
    """What nobody has settled yet, newest first, without opening any."""
    return list(Unread.objects.filter(settled_at=None).defer("sealed", "reason").order_by("-last_at", "-id")[:most])


def how_many() -> int:
    """How many wait for a person."""
    with reading() as connection:
        found: int = connection.execute("SELECT COUNT(*) FROM intake_unread WHERE settled_at IS NULL").fetchone()[0]
    return found


def open_unread(number: int) -> Opened | None:
    """What came, opened; None where there is none of this number or it was settled."""
    row = Unread.objects.filter(pk=number, settled_at=None).first()
    if row is None:
        return None
    raw = unseal(bytes(row.sealed), f"unread/{row.sender}/{row.digest}")
    return Opened(
        row.pk, row.sender, row.why, raw, len(raw) == row.size, row.times, row.proved, row.first_at, row.last_at
    )


def settle(number: int, by: str, at: datetime, *, case: UUID | None = None, reason: str = "") -> bool:
    """Marks it as settled: put into a case, whose record then holds it, or nothing for us, with the reason.

    False where somebody else was first. What went into a case is not kept here as well.
    """
    sealed = seal(reason.encode(), f"unread-reason/{number}") if reason else b""

    def work(connection: sqlite3.Connection, kept: Kept) -> bool:
        said: tuple[Any, ...] = (stored_time(at), by, case.hex if case else None, sealed, case is not None, number)
        return connection.execute(_SETTLE, said).rowcount == 1

    done: bool = write(work)
    return done


_SETTLE = (
    'UPDATE intake_unread SET settled_at = ?, settled_by = ?, "case" = ?, reason = ?, '
    "sealed = CASE WHEN ? THEN x'' ELSE sealed END WHERE id = ? AND settled_at IS NULL"
)
