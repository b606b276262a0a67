"""Serves the guide from memory: each page is made once a day by the doors, and its finished bytes are sent after that.

- What is kept was answered by the doors themselves, so it has every header that they and the site give.
- A page is kept for a path, a day, a way of reading (look/ease.py) and whether it came by TLS. Anything else in a
  request (a query, another method, somebody who left and came back) goes to the doors.
- Nothing about who asked is kept, counted or logged.
- Kept compressed; for the few that cannot read that, it is opened again. What was not read for longest goes first.
"""

from __future__ import annotations

import asyncio
import gzip
import re
from collections import OrderedDict
from collections.abc import Awaitable
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import MutableMapping
from contextlib import suppress
from datetime import date
from datetime import datetime
from functools import cache
from typing import Any
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http.request import split_domain_port
from django.http.request import validate_host

from holdfast.doors.look.cookies import site_wide
from holdfast.doors.look.ease import COOKIE as LOOK
from holdfast.doors.look.ease import SIZES
from holdfast.doors.look.leaving import COOKIE as SEEN
from holdfast.doors.look.leaving import GONE
from holdfast.site.body_limit import NoBody

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]

MOST = 12_000_000  # bytes; some three thousand pages
PAUSE = 0.03  # seconds between pages that are made before anybody asked: whoever asks meanwhile comes first
_GZIP = re.compile(rb"(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[^,]*)?(?:,|$)", re.IGNORECASE)
_OWN = (b"content-length", b"content-encoding", b"vary")


class Key(NamedTuple):
    """What a finished page depends on."""

    path: str
    day: date
    look: bytes
    secure: bool


class Finished(NamedTuple):
    """A page as it goes over the line."""

    headers: tuple[tuple[bytes, bytes], ...]  # without those of its length and coding
    compressed: bytes

    async def send(self, send: Send, *, takes_gzip: bool, body: bool) -> None:
        """Answers with it; `body` is False for HEAD."""
        content = self.compressed if takes_gzip else gzip.decompress(self.compressed)
        coding = [(b"content-encoding", b"gzip")] if takes_gzip else []
        headers = [*self.headers, *coding, (b"content-length", b"%d" % len(content))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content if body else b""})


class KeptPages:
    """An application whose pages are kept. `zone_of` says of a path at which midnight its page ends, or None."""

    def __init__(
        self,
        inner: Application,
        zone_of: Callable[[str], ZoneInfo | None],
        first: Callable[[], Any] = tuple,
        most: int = MOST,
    ):
        self.inner, self.zone_of, self.first, self.most = inner, zone_of, first, most
        self._kept: OrderedDict[Key, Finished] = OrderedDict()
        self._making: dict[Key, asyncio.Task[Finished | None]] = {}
        self._size = 0
        self._hosts: set[bytes] = set()

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            warming = asyncio.create_task(self._warm())
            try:
                await self.inner(scope, receive, send)
            finally:
                warming.cancel()
                with suppress(asyncio.CancelledError):
                    await warming
            return
        given = _told(scope["headers"]) if scope["type"] == "http" else {}
        key = self._key(scope, given) if given else None
        if key is None:
            await self.inner(scope, receive, send)
            return
        page = self._kept.get(key)
        if page is None:
            page = await self._made_once(scope, key)
        else:
            self._kept.move_to_end(key)
        if page is None:  # no page, or one that is not the same for all: the doors answer as ever
            await self.inner(scope, receive, send)
            return
        takes_gzip = _GZIP.search(given.get(b"accept-encoding", b"")) is not None
        await page.send(send, takes_gzip=takes_gzip, body=scope["method"] == "GET")

    def _key(self, scope: Message, given: dict[bytes, bytes]) -> Key | None:
        """What is asked for, if it may be kept."""
        cookie = given.get(b"cookie", b"")
        if scope["method"] not in ("GET", "HEAD") or scope["query_string"] or _left(cookie):
            return None
        zone = self.zone_of(scope["path"])
        if zone is None or not self._is_ours(given.get(b"host", b"")):
            return None
        look = _chosen(site_wide(LOOK)).search(cookie)
        return Key(scope["path"], datetime.now(zone).date(), look[1] if look else b"", _is_secure(scope, given))

    def _is_ours(self, host: bytes) -> bool:
        """Whether the server answers under this name, as Django would find."""
        if host in self._hosts:
            return True
        name, _ = split_domain_port(host.decode("latin-1"))
        if not name or not validate_host(name, settings.ALLOWED_HOSTS):
            return False
        if len(self._hosts) < 100:
            self._hosts.add(host)
        return True

    async def _made_once(self, scope: Message, key: Key) -> Finished | None:
        """The same, made once for all who ask for it meanwhile: at midnight every page is new. One may go away."""
        making = self._making.get(key)
        if making is None:
            making = self._making[key] = asyncio.create_task(self._made(scope, key))
            making.add_done_callback(lambda _: self._making.pop(key, None))
        return await asyncio.shield(making)

    async def _made(self, scope: Message, key: Key) -> Finished | None:
        """The page as the doors answer it to somebody of whom nothing is known but how they want to read."""
        wanted = (b"host", b"x-forwarded-proto")
        headers = [pair for pair in scope["headers"] if pair[0] in wanted]
        if key.look:
            headers.append((b"cookie", site_wide(LOOK).encode() + b"=" + key.look))
        answer = _Answer()
        await self.inner({**scope, "method": "GET", "headers": headers}, NoBody(), answer)
        if answer.status != 200 or any(name == b"set-cookie" for name, _ in answer.headers):
            return None
        kept = tuple(pair for pair in answer.headers if pair[0] not in _OWN)
        page = Finished((*kept, (b"vary", b"Accept-Encoding, Cookie")), gzip.compress(bytes(answer.body), 9, mtime=0))
        self._keep(key, page)
        return page

    def _keep(self, key: Key, page: Finished) -> None:
        if key not in self._kept:
            self._size += len(page.compressed)
        self._kept[key] = page
        while self._size > self.most:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone.compressed)

    async def _warm(self) -> None:
        """Makes what is read most before anybody asks for it, one page at a time."""
        host = b"127.0.0.1"
        for path in await asyncio.to_thread(lambda: list(self.first())):
            scope = {
                "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
                "path": path, "raw_path": path.encode(), "query_string": b"", "root_path": "", "client": None,
                "server": None, "headers": [(b"host", host), *_forwarded()],
            }  # fmt: skip
            key = self._key(scope, _told(scope["headers"]))
            if key is not None and key not in self._kept:
                await self._made(scope, key)
            await asyncio.sleep(PAUSE)


class _Answer:
    """Collects what an application answers."""

    def __init__(self) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(bytes(name).lower(), bytes(value)) for name, value in message["headers"]]
        else:
            self.body += message.get("body", b"")


def _told(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """The headers by name; cookies that came in several are read together, as Django reads them."""
    found: dict[bytes, bytes] = {}
    for name, value in headers:
        between = b"; " if name == b"cookie" else b","
        found[name] = found[name] + between + value if name in found else value
    return found


@cache
def _chosen(name: str) -> re.Pattern[bytes]:
    """Finds how somebody wants to read, in the cookie of this name. No more ways are known than there are."""
    return re.compile(rb"(?:^|;)\s*%s=([0-%d][01][01])(?:;|$)" % (name.encode(), len(SIZES) - 1))


def _left(cookie: bytes) -> bool:
    """Whether somebody left within the hour: what they meet is for the doors to say."""
    return any(f"{site_wide(name)}=".encode() in cookie for name in (SEEN, GONE))


def _is_secure(scope: Message, given: dict[bytes, bytes]) -> bool:
    """Whether the reader's own connection is by TLS, as Django would find."""
    if settings.SECURE_PROXY_SSL_HEADER:
        said = given.get(b"x-forwarded-proto", b"").split(b",")[0].strip()
        return bool(said == settings.SECURE_PROXY_SSL_HEADER[1].encode())
    return bool(scope.get("scheme") == "https")


def _forwarded() -> list[tuple[bytes, bytes]]:
    """The header by which the proxy in front says that the reader came by TLS, where there is one."""
    return [(b"x-forwarded-proto", b"https")] if settings.SECURE_PROXY_SSL_HEADER else []
