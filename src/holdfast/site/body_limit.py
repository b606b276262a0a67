"""Stops reading a request's body at a limit, and answers 413. Django looks at its own limit only after all was read."""

import asyncio
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import MutableMapping
from contextlib import suppress
from typing import Any

from holdfast.site.handling import STREAMED
from holdfast.site.handling import most_at

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

REFUSED = "holdfast.refused"  # in a request's scope: the status with which the doors are to refuse it
WHY = "holdfast.why"  # beside it: what is to be said, and where to go on (taking_in.py)
LINGERS, MOST_THROWN_AWAY = 2.0, 16_000_000  # seconds, bytes


class BodyLimit:
    """An application that never sees a body longer than `most` bytes, or than `streamed` says for an address.

    What is streamed is handed on as it comes: whoever reads it counts (handling.py).
    """

    def __init__(self, inner: Application, most: int, streamed: Mapping[str, int] = STREAMED):
        self.inner = inner
        self.most = most
        self.streamed = streamed

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._lifespan(receive, send)
            return
        announced = dict(scope["headers"]).get(b"content-length", b"")
        longest = most_at(scope["path"], self.streamed)
        if longest is not None and not (announced.isdigit() and int(announced) > longest):
            await self.inner(scope, receive, send)
            return
        body = None if longest is not None else await self._read(announced, receive)
        if body is None:
            # The doors draw the refusal (refusals.py), each in its own way and with all its headers.
            asked = {**scope, "method": "GET", "headers": told(scope), REFUSED: 413}
            await self.inner(asked, NoBody(), _closing(send, receive))
            return
        given = False

        async def replay() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.inner(scope, replay, send)

    async def _read(self, announced: bytes, receive: Receive) -> bytes | None:
        """The whole body, or None as soon as it is known to be too long or the sender went away."""
        if announced.isdigit() and int(announced) > self.most:
            return None
        parts: list[bytes] = []
        length = 0
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return None
            parts.append(message.get("body", b""))
            length += len(parts[-1])
            if length > self.most:
                return None
            if not message.get("more_body", False):
                return b"".join(parts)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        """Django has nothing to do at start and stop; the server only wants to hear so."""
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"] == "lifespan.shutdown":
                return


class NoBody:
    """A request without a body, from somebody who stays until it is answered."""

    def __init__(self) -> None:
        self._told = False

    async def __call__(self) -> Message:
        if self._told:
            await asyncio.Event().wait()
        self._told = True
        return {"type": "http.request", "body": b"", "more_body": False}


def told(scope: Message) -> list[tuple[bytes, bytes]]:
    """The headers that a refusal is drawn from: under which name, and whether by TLS. Nothing of who asks."""
    return [pair for pair in scope["headers"] if pair[0] in (b"host", b"x-forwarded-proto")]


def _closing(send: Send, receive: Receive) -> Send:
    """The same, with the connection closed after it.

    What they are still sending is thrown away for a moment first: a line that is shut while bytes come in is reset, and
    the reset would take the answer with it before they had read why they were refused.
    """

    async def closing(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], (b"connection", b"close")]}
        ends = message["type"] == "http.response.body" and not message.get("more_body", False)
        if ends:
            await send({**message, "more_body": True})
            await _thrown_away(receive)
            message = {"type": "http.response.body", "body": b""}
        await send(message)

    return closing


async def _thrown_away(receive: Receive) -> None:
    """Reads what still comes, for `LINGERS` seconds and `MOST_THROWN_AWAY` bytes at most, and keeps none of it."""
    read = 0
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGERS):
            while read < MOST_THROWN_AWAY:
                message = await receive()
                read += len(message.get("body", b""))
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return
