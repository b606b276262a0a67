"""A person for one caller: the control room's telephone is rung until somebody answers, and again when they are gone.

- It is rung from the moment at which the call is a person's (stage.py), whether or not the record can be written now.
- Busy, refused, not answered or hung up: it is rung again after some seconds, as long as the caller is there. Only
  where somebody has closed the call since the caller's last key, it is not; a key rings again.
- What becomes of it never ends the caller's call.
"""

import asyncio
import logging
from collections.abc import Awaitable
from collections.abc import Callable

from holdfast.casefile.reading import read_case
from holdfast.doors.telephone.call import Call
from holdfast.doors.telephone.leg import Asks
from holdfast.doors.telephone.leg import Desk
from holdfast.doors.telephone.leg import Leg
from holdfast.doors.telephone.line import Line
from holdfast.doors.telephone.recording import moment
from holdfast.record.facts import effective

RINGS = 60.0  # seconds without an answer, after which it is taken back and rung anew: the other end may have died
AGAIN = 3.0  # seconds after busy, a refusal, or no answer
AFTER_A_TALK = 10.0  # seconds after somebody hung up: time to record what they heard
LOOKS = 5.0  # seconds for the record to say whether the call was closed
OpenPort = Callable[[Line], Awaitable[int]]
_log = logging.getLogger("holdfast.telephone")


class Reaching:
    """For one call. `leg` is the try that goes on, if any."""

    def __init__(self, call: Call, desk: Desk, here: str, asks: Asks, open_port: OpenPort):
        self.call = call
        self.leg: Leg | None = None
        self._desk, self._here, self._asks, self._open_port = desk, here, asks, open_port
        self._due = 0.0
        self._since: float | None = None  # when it was first rung
        self._rang_at = 0.0
        self._tries = 0
        self._opening: asyncio.Task[None] | None = None
        self._failed = ""

    def turn(self) -> None:
        """Some times a second: rings where it is time to."""
        call, now, leg = self.call, self.call.now(), self.leg
        if call.over or self._opening is not None:
            return
        if leg is None:
            if call.for_a_person and now >= self._due:
                self._opening = asyncio.get_running_loop().create_task(self._ring())
        elif leg.state == "up":
            leg.look_after()
        elif now - self._rang_at > RINGS:
            self._drop()
            self._due = now

    def stop(self) -> None:
        """The caller has gone."""
        if self._opening is not None:
            self._opening.cancel()
            self._opening = None
        self._drop()

    async def _ring(self) -> None:
        """One try."""
        try:
            if self._rang_at and await self._closed():
                self._due = self.call.now() + AFTER_A_TALK
                return
            await self._begin()
        except Exception as fault:  # noqa: BLE001 it is tried again, whatever it is
            _log.error("the control room could not be rung for a call and is rung again (%s)", type(fault).__name__)
            self._drop()
            self._due = self.call.now() + AGAIN
        finally:
            self._opening = None

    async def _begin(self) -> None:
        call = self.call
        zero = call.now()
        line = Line(call.line.law, lambda: call.now() - zero, lambda pressed: None)
        try:
            await self._open_port(line)
            leg = Leg(self._desk, self._here, call.number, line, self._asks,
                      lambda said: self._told(leg, said), lambda: call.now() - zero)  # fmt: skip
            self._tries += 1
            self._since = call.now() if self._since is None else self._since
            self._rang_at, self.leg = call.now(), leg
            leg.ring()
        except BaseException:
            line.close()
            raise

    def _told(self, leg: Leg, said: str) -> None:
        """It was answered, or why it is over."""
        if leg is not self.leg:
            return
        call, now = self.call, self.call.now()
        if said == "up":
            since = now if self._since is None else self._since
            call.connect(leg, {"rung": self._tries, "waited": round(now - since)})
            self._since, self._tries, self._failed = None, 0, ""
            return
        self.leg, talked = None, call.disconnect(said)
        if talked:
            self._since = now
        elif self._failed != said:
            self._failed = said
            _log.error("the control room's telephone did not take a call (%s): it is rung again", said)
        self._due = now + (AFTER_A_TALK if talked else AGAIN)

    def _drop(self) -> None:
        leg, self.leg = self.leg, None
        if leg is not None:
            leg.stop()

    async def _closed(self) -> bool:
        """Whether somebody closed the call since its last key. Where that cannot be read, it was not."""
        call = self.call
        case, after = call.telling.case, moment(call.began + call.pressed_at)
        if case is None:
            return False

        def look() -> bool:
            entries = effective(list(read_case(case).entries))
            return any(entry.kind == "CallClosed" and entry.recorded_at >= after for entry in entries)

        try:
            return await asyncio.wait_for(asyncio.to_thread(look), LOOKS)
        except Exception as fault:  # noqa: BLE001 rather rung once too often
            _log.error("whether a call was closed could not be read (%s)", type(fault).__name__)
            return False
