"""What no request may go beyond, before Django sees it: how many headers, how long an address, how fast, how slowly.

A refusal is drawn by the doors themselves (refusals.py), so it carries every header that they give, and is kept after
that: refusing has to cost less than asking.
"""

import asyncio
import hashlib
import re
import time
from collections.abc import Callable

from holdfast.doors.evidence.permit import WHERE
from holdfast.site.body_limit import REFUSED
from holdfast.site.body_limit import Application
from holdfast.site.body_limit import Message
from holdfast.site.body_limit import NoBody
from holdfast.site.body_limit import Receive
from holdfast.site.body_limit import Send
from holdfast.site.body_limit import told
from holdfast.site.doors import DOORS
from holdfast.site.doors import Door
from holdfast.site.doors import door_at
from holdfast.site.handling import STREAMED
from holdfast.site.handling import most_at
from holdfast.site.rate import WRITING
from holdfast.site.rate import by_address
from holdfast.site.rate import by_reporter
from holdfast.site.rate import by_session
from holdfast.site.rate import counted_as

MOST_HEADERS = 64
REPORTING = "/note/on"  # where the public writes a report
LONGEST_ADDRESS = 4_000  # letters, with what follows the question mark
BODY_WITHIN = 120.0  # seconds; a form over the slowest line takes a fraction of it


class Limits:
    """An application that is asked only for what keeps to the limits. `clock` gives seconds that never go back.

    `unslowed` lets everybody ask as fast as they can; what is too long, or comes too slowly, is refused all the same.
    """

    def __init__(self, inner: Application, clock: Callable[[], float] = time.monotonic, *, unslowed: bool = False):
        self.inner, self.clock, self.unslowed = inner, clock, unslowed
        self.addresses, self.sessions, self.reports = by_address(), by_session(), by_reporter()
        self._drawn: dict[tuple[str, int, bytes], list[Message]] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        door = door_at(scope["path"])
        status, wait = self._why_not(scope, door)
        if status:
            await self._refuse(scope, door, status, wait, send)
            return
        if most_at(scope["path"], STREAMED) is not None:  # a film takes as long as it takes
            await self.inner(scope, receive, send)
            return
        await self.inner(scope, _within(receive, self.clock() + BODY_WITHIN, self.clock), send)

    def _why_not(self, scope: Message, door: Door) -> tuple[int, float]:
        """The status to refuse with and the seconds to wait; 0 and 0.0 for a request that keeps to every limit."""
        if len(scope["headers"]) > MOST_HEADERS:
            return 431, 0.0
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            return 414, 0.0
        if scope["path"].startswith("/static/") or scope["path"].endswith("/leave"):
            return 0, 0.0  # files are the same for all; and nobody is ever kept from leaving
        if self.unslowed:
            return 0, 0.0
        cost = WRITING if scope["method"] == "POST" else 1
        now = self.clock()
        waits = [
            buckets.take(key, now, cost)
            for buckets, key in ((self.addresses, _address(scope)), (self.sessions, _session(scope, door)))
            if key
        ]
        if scope["method"] == "POST" and scope["path"].startswith(REPORTING) and (address := _address(scope)):
            waits.append(self.reports.take(address, now))
        wait = max(waits, default=0.0)
        return (429, wait) if wait else (0, 0.0)

    async def _refuse(self, scope: Message, door: Door, status: int, wait: float, send: Send) -> None:
        """Answers with the door's own page for this status."""
        wanted = told(scope)
        key = (door.app, status, b"\n".join(b":".join(pair) for pair in wanted))
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = []
            asked = {**scope, "method": "GET", "path": "/" + door.path, "raw_path": None, "query_string": b""}
            await self.inner({**asked, "headers": wanted, REFUSED: status}, NoBody(), _into(drawn))
            if len(self._drawn) < 50 and drawn[0]["status"] == status:  # else the host was none of ours
                self._drawn[key] = drawn
        start, *rest = drawn
        retry = [(b"retry-after", b"%d" % (int(wait) + 1))] if wait else []
        gone = [(b"connection", b"close")] if status in (414, 431) else []
        await send({**start, "headers": [*start["headers"], *retry, *gone]})
        for message in rest:
            await send(message if scope["method"] != "HEAD" else {**message, "body": b""})


def _address(scope: Message) -> str:
    client = scope.get("client")
    return counted_as(client[0]) if client else ""


def _session(scope: Message, door: Door) -> str:
    """What this session, or this machine's key, is counted as; never the key itself. '' for somebody with none."""
    if scope["path"].startswith(WHERE):  # a permit stands in the place of a session there
        permit = scope["path"].removeprefix(WHERE).partition("/")[0]
        return hashlib.sha256(permit.encode()).hexdigest()
    wanted = b"authorization" if door.app.endswith(".api") else b"cookie"
    found = b"; ".join(value for name, value in scope["headers"] if name == wanted)
    if wanted == b"cookie":
        held = _COOKIES[door.app].search(found) if door.cookie else None
        found = held[1] if held else b""
    return hashlib.sha256(found).hexdigest() if found else ""


_COOKIES = {
    door.app: re.compile(rb"(?:^|;)\s*(?:__Secure-)?%s=([^;]+)" % door.cookie.encode()) for door in DOORS if door.cookie
}


def _within(receive: Receive, until: float, clock: Callable[[], float]) -> Receive:
    """The same, until a moment: whoever sends their form a letter a minute is taken to have gone away."""
    whole = False

    async def hurried() -> Message:
        nonlocal whole
        if whole:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), max(0.0, until - clock()))
        except TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return hurried


def _into(drawn: list[Message]) -> Send:
    async def keep(message: Message) -> None:
        drawn.append(message)

    return keep
