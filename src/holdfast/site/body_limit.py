"""Stops reading a request's body at a limit, and answers 413. Django looks at its own limit only after all was read."""

import json
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import MutableMapping
from typing import Any

from holdfast.site.handling import STREAMED
from holdfast.site.handling import most_at

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

TOO_LONG = json.dumps(
    {"faults": [{"at": "", "why": "the document is longer than 1 MB and was not read; nothing was recorded"}]}
).encode()


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
            headers = [
                (b"content-type", b"application/json"),
                (b"connection", b"close"),
                (b"cache-control", b"no-store"),
            ]
            await send({"type": "http.response.start", "status": 413, "headers": headers})
            await send({"type": "http.response.body", "body": TOO_LONG})
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
