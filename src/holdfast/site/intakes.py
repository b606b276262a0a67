"""The intakes that are open now, one for each item that comes in, and who writes to which.

- An intake stays open between two parts: one that was opened again is read once more at its end, to be hashed.
- One request at a time writes to an item. A second is refused (Busy) while bytes come by the first; once nothing has
  come for a few seconds it takes over: a telephone that lost its line comes back before the old line is known dead.
- A part is as long as there is room for: many who give at once share the same memory.
"""

import asyncio
import shutil
import time
from collections.abc import Awaitable
from collections.abc import Callable
from errno import ENOSPC
from typing import Any
from uuid import UUID

from holdfast.doors.evidence.permit import Permit
from holdfast.vault.intake import Busy
from holdfast.vault.intake import Intake
from holdfast.vault.place import intake_folder
from holdfast.vault.place import key_of
from holdfast.vault.place import store

QUIET = 3.0  # seconds without a byte, after which another request may take over
OPEN_FOR = 120.0  # seconds that an intake nobody writes to stays open
MOST_OPEN = 64
MOST_OF_A_CASE = 12  # who write at once to one case
BETWEEN = 64 << 20  # bytes of parts in memory, shared by all
# Each part waits for the disk, so long ones are faster; the intake takes 8 MiB at most (vault/intake.py).
LONGEST_PART, SHORTEST_PART = 7 << 20, 256 << 10
KEPT_FREE = 256 << 20  # bytes of the disk that no item fills: the record has to be written meanwhile

Apart = Callable[..., Awaitable[Any]]


class TooMany(Exception):
    """As many give at once as this server takes in."""


class Open:
    """One item, open."""

    def __init__(self, intake: Intake):
        self.intake = intake
        self.used = time.monotonic()
        self.writing = False
        self.heard = 0.0
        self.patience: asyncio.Timeout | None = None  # of whoever reads what comes
        self.let_go = asyncio.Event()

    def hears(self) -> None:
        """A byte came."""
        self.heard = time.monotonic()


class Intakes:
    """All of them. Its methods run in the server's loop; `apart` runs what waits for a disk in a thread."""

    def __init__(self, apart: Apart):
        self._apart = apart
        self._open: dict[UUID, Open] = {}

    @property
    def part(self) -> int:
        """How long a part is to be now."""
        writing = sum(each.writing for each in self._open.values())
        return max(SHORTEST_PART, min(LONGEST_PART, BETWEEN // 2 // max(1, writing)))

    def there(self, item: UUID) -> Open | None:
        """An item that is open."""
        found = self._open.get(item)
        if found is not None:
            found.used = time.monotonic()
        return found

    async def claim(self, permit: Permit) -> Open:
        """The item, to write to; `leave` gives it back. Busy, TooMany; from opening it NotAnItem, OSError."""
        found = self._open.get(permit.item)
        if found is not None and found.writing:
            await self._take_over(found)
            found = self._open.get(permit.item)
        writing = [each for each in self._open.values() if each.writing]
        if len(writing) >= MOST_OPEN or sum(each.intake.case == permit.case for each in writing) >= MOST_OF_A_CASE:
            raise TooMany
        if found is None:
            await self._apart(self._close_idle)
            intake = await self._apart(open_intake, permit)
            if permit.item in self._open:  # somebody else came first; the lock of the file held one of them off
                await self._apart(intake.close)
                raise Busy
            found = self._open[permit.item] = Open(intake)
        if found.writing:
            raise Busy
        found.writing, found.let_go = True, asyncio.Event()
        found.hears()
        return found

    def leave(self, found: Open, *, closed: bool = False) -> None:
        """Gives it back; `closed` forgets it: it is done, or cannot be relied on."""
        found.writing, found.patience, found.used = False, None, time.monotonic()
        if closed:
            self._open.pop(found.intake.item, None)
            found.intake.close()
        found.let_go.set()

    def close(self) -> None:
        """Closes all that nobody writes to: at the end of the server, and of a test."""
        for item in [item for item, each in self._open.items() if not each.writing]:
            self._open.pop(item).intake.close()

    async def _take_over(self, found: Open) -> None:
        if time.monotonic() - found.heard < QUIET or found.patience is None:
            raise Busy
        found.patience.reschedule(asyncio.get_running_loop().time())
        try:
            await asyncio.wait_for(found.let_go.wait(), QUIET)
        except TimeoutError as fault:
            raise Busy from fault

    def _close_idle(self) -> None:
        before = time.monotonic() - OPEN_FOR
        idle = sorted((each.used, item) for item, each in list(self._open.items()) if not each.writing)
        for used, item in idle:
            if used < before or len(self._open) >= MOST_OPEN:
                found = self._open.pop(item, None)
                if found is not None:
                    found.intake.close()


def open_intake(permit: Permit) -> Intake:
    """The intake of what a permit lets in. Busy, NotAnItem, StoreFault, OSError; NoSuchCase, CannotKeep."""
    return Intake(intake_folder(), store(), case=permit.case, item=permit.item, case_key=key_of(permit.case))


def keep_free(more: int) -> None:
    """OSError, as a full disk gives it, where so many more bytes would leave too little for the record."""
    if shutil.disk_usage(intake_folder()).free < KEPT_FREE + more:
        raise OSError(ENOSPC, "the disk is nearly full")
