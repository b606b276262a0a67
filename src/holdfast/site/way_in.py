"""The survivor's way in, before Django: a flood of tries must cost next to nothing, and no answer may tell by its time.

- Tries that would find no turn at the hash are refused here (ways_in/trying.py says whose turn it is): one small page,
  drawn once by the survivor's door itself, with every header that it gives.
- Whatever is looked at is answered after a round time from the moment it came: the words, the disk, the session and
  the page are all within it (survivor/held.py).
- The first page, for a browser that carries nothing yet, is drawn once a minute. Each visitor's own token, question and
  cookie are put in their places (site/carried.py), so nothing is written and nothing is shared.
"""

import asyncio
import gzip
import re
import secrets
import string
import time
from http.cookies import SimpleCookie
from typing import Any
from typing import NamedTuple

from django.middleware.csrf import CSRF_SESSION_KEY

from holdfast.site.body_limit import Application
from holdfast.site.body_limit import Message
from holdfast.site.body_limit import NoBody
from holdfast.site.body_limit import Receive
from holdfast.site.body_limit import Send
from holdfast.site.body_limit import told
from holdfast.site.carried import SEEN
from holdfast.site.carried import held_in
from holdfast.site.carried import sealed
from holdfast.site.doors import door_at

FIRST = "/my/in"
TRIES = (FIRST, "/my/in/key")
DRAWN_EACH = 60.0  # seconds: what the page says of the place can change
MOST_DRAWN = 20  # names under which the server answers, with TLS and without
_TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
_DOOR = door_at(FIRST)
_COOKIE = re.compile(rb"(?:^|;)\s*(?:__Secure-)?%s=(-[\w-]+)" % _DOOR.cookie.encode())
_SIGNS = string.ascii_letters + string.digits
_OWN = (b"content-length", b"content-encoding", b"set-cookie")


class Drawn(NamedTuple):
    """One answer of the door's, and when it was drawn."""

    at: float
    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes


class First(NamedTuple):
    """The first page, cut where a visitor's own words go: 'token' and 'challenge' between the pieces."""

    drawn: Drawn
    pieces: tuple[bytes, ...]
    between: tuple[str, ...]
    held: dict[str, Any]  # what its cookie held
    cookie: tuple[bytes, bytes]  # the header around the cookie's value


class WayIn:
    """An application whose way in is guarded."""

    def __init__(self, inner: Application):
        self.inner = inner
        self._first: dict[tuple[Any, ...], First | None] = {}
        self._full: dict[tuple[Any, ...], Drawn] = {}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] not in TRIES:
            await self.inner(scope, receive, send)
        elif scope["method"] == "POST":
            await self._tried(scope, receive, send)
        elif scope["method"] == "GET" and (page := await self._page(scope)):
            await _visited(page, scope, send)
        else:
            await self.inner(scope, receive, send)

    async def _tried(self, scope: Message, receive: Receive, send: Send) -> None:
        from holdfast.access.ways_in.trying import OPENED
        from holdfast.access.ways_in.trying import room
        from holdfast.doors.survivor.held import seconds_more

        arrived = time.monotonic()
        client = scope.get("client")
        if not room(client[0] if client else "", _visit(scope).get(OPENED)):
            await _answer(await self._refusal(scope), send)
            return
        kept: list[Message] = []
        try:
            await self.inner(scope, receive, _into(kept))
        finally:
            await asyncio.sleep(seconds_more(time.monotonic() - arrived))
        for message in kept:
            await send(message)

    async def _refusal(self, scope: Message) -> Drawn:
        """The page that says to come back, as the door draws it."""
        from holdfast.doors.survivor.full import FULL

        key = tuple(told(scope))
        drawn = self._full.get(key)
        if drawn is None or time.monotonic() - drawn.at > DRAWN_EACH:
            drawn = await self._draw({**scope, FULL: True})
            if len(self._full) < MOST_DRAWN or key in self._full:
                self._full[key] = drawn
        return drawn

    async def _page(self, scope: Message) -> First | None:
        """The first page for somebody who carries nothing; None where the door has to be asked."""
        if scope["path"] != FIRST or scope["query_string"] or any(name == b"cookie" for name, _ in scope["headers"]):
            return None
        key = tuple(told(scope))
        page = self._first.get(key)
        if page is None or time.monotonic() - page.drawn.at > DRAWN_EACH:
            page = _cut(await self._draw(scope))
            if page is not None and (len(self._first) < MOST_DRAWN or key in self._first):
                self._first[key] = page
        return page

    async def _draw(self, scope: Message) -> Drawn:
        """What the door answers to somebody of whom nothing is known but the name they ask under."""
        kept: list[Message] = []
        asked = {**scope, "method": "GET", "path": FIRST, "raw_path": FIRST.encode(), "headers": told(scope)}
        await self.inner(asked, NoBody(), _into(kept))
        start, *rest = kept
        body = b"".join(message.get("body", b"") for message in rest)
        headers = [(name.lower(), value) for name, value in start["headers"]]
        return Drawn(time.monotonic(), start["status"], headers, body)


def _visit(scope: Message) -> dict[str, Any]:
    """What the visit's own cookie holds; nothing where there is none."""
    found = _COOKIE.search(b"; ".join(value for name, value in scope["headers"] if name == b"cookie"))
    return held_in(found[1].decode("ascii"), _DOOR.minutes) if found else {}


def _cut(drawn: Drawn) -> First | None:
    """The page, cut; None where it is none."""
    cookies = [value for name, value in drawn.headers if name == b"set-cookie"]
    tokens = set(_TOKEN.findall(drawn.body))
    if drawn.status != 200 or len(cookies) != 1 or len(tokens) != 1:
        return None
    [(_, morsel)] = SimpleCookie(cookies[0].decode("ascii")).items()
    held = held_in(morsel.value, minutes=1)
    if "asked" not in held:
        return None
    before, after = cookies[0].split(morsel.value.encode(), 1)
    places = {tokens.pop(): "token", held["asked"]["challenge"].encode(): "challenge"}
    found = re.split(b"(" + b"|".join(re.escape(each) for each in places) + b")", drawn.body)
    between = tuple(places[each] for each in found[1::2])
    if "challenge" not in between:
        return None
    return First(drawn, tuple(found[::2]), between, held, (before, after))


async def _visited(page: First, scope: Message, send: Send) -> None:
    """Sends the first page with what is this visitor's own."""
    from holdfast.access.ways_in.passkeys import question
    from holdfast.access.ways_in.trying import DEVICE
    from holdfast.access.ways_in.trying import OPENED

    token, asked = "".join(secrets.choice(_SIGNS) for _ in range(32)), question()
    own = {"token": token, "challenge": asked["challenge"]}
    now = int(time.time())
    mine = {CSRF_SESSION_KEY: token, "asked": asked, DEVICE: secrets.token_hex(8), OPENED: now, SEEN: now}
    parts = [page.pieces[0]]
    for name, piece in zip(page.between, page.pieces[1:], strict=True):
        parts += [own[name].encode(), piece]
    cookie = (b"set-cookie", sealed({**page.held, **mine}).encode().join(page.cookie))
    await _answer(page.drawn._replace(body=b"".join(parts)), send, [cookie], scope)


async def _answer(
    drawn: Drawn, send: Send, more: list[tuple[bytes, bytes]] | None = None, scope: Message | None = None
) -> None:
    """Sends an answer that was drawn; compressed where `scope` takes it. There is nothing in it that somebody sent."""
    body = drawn.body
    headers = [pair for pair in drawn.headers if pair[0] not in _OWN] + (more or [])
    if scope is not None and any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"]):
        body = gzip.compress(body, 1, mtime=0)
        headers.append((b"content-encoding", b"gzip"))
    headers.append((b"content-length", b"%d" % len(body)))
    await send({"type": "http.response.start", "status": drawn.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _into(kept: list[Message]) -> Send:
    async def keep(message: Message) -> None:
        kept.append(message)

    return keep
