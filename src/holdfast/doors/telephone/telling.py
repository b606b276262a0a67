"""What is heard of one call on its way to the record, in its order, until the disk has it.

The first of it opens the case. Where nothing can be written now it is tried again for as long as the process lives: a
call is never lost because a database was busy. What is refused as it stands is left out, and said so in the log.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import UTC
from datetime import datetime
from typing import Any
from uuid import UUID

from holdfast.casefile.append import Draft
from holdfast.casefile.refused import EntryRefused
from holdfast.doors.intake.coming import Coming
from holdfast.doors.intake.taking import add_to
from holdfast.doors.intake.taking import take_in
from holdfast.doors.telephone.recording import moment

PAUSES = (0.05, 0.2, 0.5, 1.0, 2.0, 5.0)  # seconds between tries; the last again and again
MOST_AT_ONCE = 20
_log = logging.getLogger("holdfast.telephone")


class Telling:
    """One call's entries. `began` is in seconds since 1970."""

    def __init__(self, coming: Coming, began: float, threads: Executor):
        self._coming, self._began, self._threads = coming, began, threads
        self._waiting: list[Draft] = []
        self._more = asyncio.Event()
        self._over = False
        self.case: UUID | None = None

    @property
    def on_record(self) -> bool:
        """Whether the disk has everything that was told."""
        return self.case is not None and not self._waiting

    def tell(self, kind: str, fields: dict[str, Any], at: float) -> None:
        """An entry, `at` seconds after the call began."""
        self._waiting.append(Draft(kind, fields, moment(self._began + at)))
        self._more.set()

    def end(self) -> None:
        """Nothing more will be told."""
        self._over = True
        self._more.set()

    async def run(self) -> None:
        """Writes until all is written and `end` was called."""
        self.case = await self._until_done(self._open)
        while self._waiting or not self._over:
            if not self._waiting:
                self._more.clear()
                await self._more.wait()
                continue
            told = tuple(self._waiting[:MOST_AT_ONCE])
            await self._until_done(lambda told=told: self._add(told))  # type: ignore[misc]
            del self._waiting[: len(told)]

    async def _until_done(self, work: Callable[[], UUID]) -> UUID:
        loop, tries = asyncio.get_running_loop(), 0
        while True:
            try:
                return await loop.run_in_executor(self._threads, work)
            except Exception as fault:  # noqa: BLE001 whatever it is, the call goes on and this is tried again
                if tries == 2:
                    _log.error("a call could not be written and is tried again (%s)", type(fault).__name__)
                await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
                tries += 1

    def _open(self) -> UUID:
        try:
            return take_in(self._coming, datetime.now(UTC)).case_id
        except EntryRefused:
            # Something in what the other end says of itself is refused: the call is opened without it.
            first = self._coming.drafts[0]
            bare = Draft("CallReceived", {"route": "silent", "silent": "not_known"}, first.happened_at)
            _log.error("a call was opened without its number and line, which the record refused")
            return take_in(self._coming._replace(drafts=(bare,)), datetime.now(UTC)).case_id

    def _add(self, told: tuple[Draft, ...]) -> UUID:
        assert self.case is not None  # noqa: S101 it was opened first
        coming = self._coming._replace(drafts=told)
        try:
            add_to(self.case, told, coming, datetime.now(UTC))
        except EntryRefused as refused:
            if len(told) > 1:
                for each in told:
                    self._add((each,))
            else:
                _log.error("an entry of a call was refused and left out: %s", refused.kind)
        return self.case
