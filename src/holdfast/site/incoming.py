"""A request's body as it comes in: never more of it in memory than one part, and never waited for in vain."""

import asyncio

from holdfast.site.body_limit import Message
from holdfast.site.body_limit import Receive
from holdfast.site.intakes import Open

PATIENCE = 30.0  # seconds without a byte: a slow line sends something in that time
DRAINED, DRAINING = 8 << 20, 5.0  # bytes and seconds that are read after a refusal, so that the refusal is heard


class Incoming:
    """One body. `ended` once it is whole; `gone` where the sender went away, fell silent, or was asked to make room."""

    def __init__(self, scope: Message, receive: Receive):
        announced = dict(scope["headers"]).get(b"content-length", b"")
        self.announced = int(announced) if announced.isdigit() and len(announced) < 18 else None
        self.ended = self.gone = False
        self.read = 0
        self._receive = receive

    async def part(self, length: int, opened: Open | None = None) -> bytes:
        """About so many bytes; fewer only at the end of the body, or of the sender's."""
        found: list[bytes] = []
        size, loop = 0, asyncio.get_running_loop()
        try:
            async with asyncio.timeout(PATIENCE) as patience:
                if opened is not None:
                    opened.patience = patience
                while size < length and not self.ended:
                    message = await self._receive()
                    if message["type"] != "http.request":
                        self.gone = True
                        break
                    patience.reschedule(loop.time() + PATIENCE)
                    if opened is not None:
                        opened.hears()
                    found.append(message.get("body", b""))
                    size += len(found[-1])
                    self.ended = not message.get("more_body", False)
        except TimeoutError:
            self.gone = True
        self.read += size
        return b"".join(found)

    async def whole(self, most: int) -> bytes | None:
        """All of a short body; None where it is longer than that, or did not come."""
        if self.announced is not None and self.announced > most:
            return None
        found = b""
        while not self.ended:
            found += await self.part(most + 1 - len(found))
            if self.gone or len(found) > most:
                return None
        return found

    async def drain(self) -> None:
        """Reads on for a moment: most browsers show an answer only after they have sent what they have."""
        try:
            async with asyncio.timeout(DRAINING):
                until = self.read + DRAINED
                while not self.ended and not self.gone and self.read < until:
                    await self.part(64 << 10)
        except TimeoutError:
            self.gone = True
