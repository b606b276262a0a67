"""Django's handler, without the one thing it does that may never be done here: no body of a request touches the disk.

Django gathers a body in a file in the folder for temporary files, in clear, as soon as it is over 2.5 MB; the file is
deleted at once and its blocks stay. Here a body is one of two things:

- short: gathered in memory, at most `SHORT` bytes. That is every page and form.
- streamed: at an address in `STREAMED`, which names its own limit. It is never gathered. The view reads it piece by
  piece (`request.read(n)`, or the form's own upload handlers) while it comes in, and seals what it has read.
"""

import asyncio
import io
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import RequestAborted
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.core.handlers.asgi import ASGIHandler

SHORT = 1_000_000
PATIENCE = 30.0  # seconds without a byte: a slow line sends something in that time, and each reader holds a thread
# Addresses that take more, by how they begin, and the most bytes of each. Evidence has a way in of its own, before
# Django (taking_in.py), which knows how much each item may have.
STREAMED: dict[str, int] = {"/in/": 1 << 50}


class Receiving:
    """What the server hands on, and how far its reading has come."""

    def __init__(self, receive: Any, most: int | None):
        self.receive = receive
        self.most = most  # None where the body is gathered
        self.ended = asyncio.Event()

    async def __call__(self) -> Any:
        """The next message."""
        message = await self.receive()
        if message["type"] != "http.request" or not message.get("more_body", False):
            self.ended.set()
        return message


class Stream(io.RawIOBase):
    """A body as a view reads it, in the view's own thread. It holds one piece at a time."""

    def __init__(self, receiving: Receiving, loop: asyncio.AbstractEventLoop):
        self._receiving = receiving
        self._loop = loop
        self._piece = memoryview(b"")
        self._read = 0
        self.too_long = False

    @property
    def ended(self) -> bool:
        """Whether nothing more comes."""
        return self._receiving.ended.is_set()

    def readable(self) -> bool:
        """It can be read once, from its beginning to its end."""
        return True

    def readinto(self, into: Any) -> int:
        """The next bytes; OSError where the sender went away or is silent, RequestDataTooBig beyond the limit."""
        if not self._piece and not self.ended:
            self._piece = memoryview(self._next())
        count = min(len(into), len(self._piece))
        into[:count] = self._piece[:count]
        self._piece = self._piece[count:]
        return count

    def _next(self) -> bytes:
        piece = b""
        while not piece and not self.ended:
            waiting = asyncio.run_coroutine_threadsafe(self._receiving(), self._loop)
            try:
                message = waiting.result(PATIENCE)
            except TimeoutError as fault:
                waiting.cancel()
                raise OSError("the sender is silent") from fault
            if message["type"] != "http.request":
                raise OSError("the sender went away")
            piece = message.get("body", b"")
            self._read += len(piece)
            if self._receiving.most is not None and self._read > self._receiving.most:
                self.too_long = True
                raise RequestDataTooBig("the body is longer than this address takes")
        return piece


class Handler(ASGIHandler):
    """Django's, with bodies as above."""

    def __init__(self, streamed: Mapping[str, int] = STREAMED):
        super().__init__()
        self._streamed = streamed

    async def handle(self, scope: Any, receive: Any, send: Any) -> None:
        """Answers one request."""
        await super().handle(scope, Receiving(receive, most_at(scope["path"], self._streamed)), send)

    async def run_get_response(self, request: Any) -> Any:
        """The answer: 413 where the body was too long, which Django takes for a request that is not well formed.

        Where the body was not read to its end the line is closed after it: the rest would keep it open for nothing.
        """
        answer = await super().run_get_response(request)
        stream = getattr(request._stream, "raw", None)  # noqa: SLF001 where Django keeps what read_body gave it
        if isinstance(stream, Stream):
            if stream.too_long:
                answer.status_code = 413
            if not stream.ended:
                answer.headers["Connection"] = "close"
        return answer

    async def read_body(self, receive: Any) -> Any:
        """The body: gathered, or to be read as it comes."""
        if receive.most is not None:
            return io.BufferedReader(Stream(receive, asyncio.get_running_loop()), 65536)
        body = io.BytesIO()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                raise RequestAborted
            body.write(message.get("body", b""))
            if body.tell() > SHORT:
                raise RequestAborted  # body_limit.py has answered 413 before it could come to this
            if not message.get("more_body", False):
                body.seek(0)
                return body

    async def listen_for_disconnect(self, receive: Any) -> None:
        """Only after the body: until then what comes belongs to whoever reads it."""
        await receive.ended.wait()
        await super().listen_for_disconnect(receive)


class InMemory(MemoryFileUploadHandler):
    """A form's files, in memory whatever their size: the body's own limit bounds them, and none goes to the disk."""

    def handle_raw_input(self, *given: Any, **named: Any) -> None:
        """Django's own would leave a larger one to a handler that writes it to the disk."""
        self.activated = True


def most_at(path: str, streamed: Mapping[str, int] = STREAMED) -> int | None:
    """How much an address takes as a stream, None where it takes a short body."""
    return next((most for start, most in streamed.items() if path.startswith(start)), None)
