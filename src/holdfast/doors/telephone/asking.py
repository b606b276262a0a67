"""Requests of our own (RFC 3261, section 17.1, over UDP): sent again until they are answered, each answer told once.

- An INVITE is repeated after 0.5, 1, 2, 4 ... seconds until anything is answered (timer A), for 32 seconds (timer B).
  What is answered before the end is told as it comes; how long that may go on, the asker decides.
- A refusal is acknowledged here, again when it is repeated. A 200 is told each time that it comes: whoever asked
  acknowledges it, because its ACK is no part of the transaction.
- Whatever else is asked is repeated until it is answered, for 32 seconds; then it is a 408.
"""

import asyncio
import time
from collections.abc import Callable

from holdfast.doors.telephone.sip_message import Message
from holdfast.doors.telephone.sip_message import parameter
from holdfast.doors.telephone.sip_message import write_request

T1, T2, LASTS = 0.5, 4.0, 32.0
Address = tuple[str, int]
Send = Callable[[bytes, Address], None]


class Invited:
    """One INVITE of ours. `acknowledges` is its address and Via; `heard` gets each answer, None for none in time."""

    def __init__(self, content: bytes, acknowledges: tuple[str, str], to: Address,
                 heard: Callable[[Message | None], None]):  # fmt: skip
        self.content, self.to, self.heard = content, to, heard
        self.timer: asyncio.TimerHandle | None = None
        self.refused = self.over = False
        self._uri, self._via = acknowledges

    def acknowledge(self, response: Message) -> bytes:
        """The ACK of a refusal: of the same transaction, to whom the refusal says (17.1.1.3)."""
        number, _ = response.cseq
        headers = [("Via", self._via), ("Max-Forwards", "70")]
        headers += [(name.title(), response.get(name)) for name in ("from", "to")]
        headers += [("Call-ID", response.get("call-id")), ("CSeq", f"{number} ACK")]
        return write_request("ACK", self._uri, headers)


class Asking:
    """What was asked and is not over. `send` puts bytes on the wire."""

    def __init__(self, send: Send):
        self._send = send
        self._waiting: dict[tuple[str, str], tuple[Callable[[int], None], asyncio.TimerHandle]] = {}
        self._invited: dict[str, Invited] = {}

    def ask(self, content: bytes, branch: str, to: Address, answered: Callable[[int], None]) -> None:
        """Sends a request that is no INVITE; its final status is told, 408 where there never is one."""
        loop, begun, key = asyncio.get_running_loop(), time.monotonic(), (branch, content.split(b" ", 1)[0].decode())

        def again(after: float) -> None:
            self._waiting.pop(key, None)
            if time.monotonic() - begun > LASTS:
                answered(408)
                return
            self._send(content, to)
            self._waiting[key] = answered, loop.call_later(after, again, min(2 * after, T2))

        again(T1)
        if key[1] == "CANCEL":  # its INVITE is over then, also where nobody says so (9.1)
            loop.call_later(LASTS, self._invited.pop, branch, None)

    def invite(self, invited: Invited, branch: str) -> None:
        """Sends an INVITE."""
        loop, begun = asyncio.get_running_loop(), time.monotonic()

        def again(after: float) -> None:
            if time.monotonic() - begun > LASTS:
                invited.over = True
                self._invited.pop(branch, None)
                invited.heard(None)
                return
            self._send(invited.content, invited.to)
            invited.timer = loop.call_later(after, again, 2 * after)

        self._invited[branch] = invited
        again(T1)

    def answered(self, response: Message) -> None:
        """An answer to something of ours; any other is nothing."""
        branch, (_, method) = parameter(response.get("via"), "branch"), response.cseq
        if method == "INVITE":
            if branch in self._invited:
                self._of_invite(branch, self._invited[branch], response)
            return
        if response.status < 200 or (branch, method) not in self._waiting:
            return
        answered, timer = self._waiting.pop((branch, method))
        timer.cancel()
        answered(response.status)

    def close(self) -> None:
        """Asks for nothing more."""
        for timer in (*(each for _, each in self._waiting.values()), *(one.timer for one in self._invited.values())):
            if timer:
                timer.cancel()

    def _of_invite(self, branch: str, invited: Invited, response: Message) -> None:
        final, refused = response.status >= 200, response.status >= 300
        if refused and (invited.refused or not invited.over):
            self._send(invited.acknowledge(response), invited.to)
        if invited.over and (not final or refused or invited.refused):
            return  # repeated, or too late to mean anything
        if invited.timer and not invited.over:
            invited.timer.cancel()
        if final and not invited.over:
            invited.over, invited.refused = True, refused
            # Until then what is repeated is known.
            invited.timer = asyncio.get_running_loop().call_later(LASTS, self._invited.pop, branch, None)
        invited.heard(response)
