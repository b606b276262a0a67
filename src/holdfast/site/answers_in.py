"""How the way in for evidence answers: JSON for script, a page of the door's own for a form without it."""

import json
from typing import Any

from django.conf import settings

from holdfast.site.body_limit import REFUSED
from holdfast.site.body_limit import WHY
from holdfast.site.body_limit import Application
from holdfast.site.body_limit import Message
from holdfast.site.body_limit import NoBody
from holdfast.site.body_limit import Send
from holdfast.site.body_limit import told

OFFSET, COMPLETE = b"upload-offset", b"upload-complete"


class NotNow(Exception):
    """What was asked is refused: with which status, and in which words. What was acknowledged is kept."""

    def __init__(self, status: int, why: str, *, wait: int = 0, offset: int | None = None, complete: bool = False):
        self.status, self.why, self.wait, self.offset, self.complete = status, why, wait, offset, complete
        super().__init__(why)

    @property
    def headers(self) -> list[tuple[bytes, bytes]]:
        """When to come back, and where to go on."""
        found = [(b"retry-after", b"%d" % self.wait)] if self.wait else []
        if self.offset is not None:
            found.append((OFFSET, b"%d" % self.offset))
        if self.complete:
            found.append((COMPLETE, b"?1"))
        return found


async def answer(
    send: Send,
    status: int,
    said: dict[str, Any] | None = None,
    headers: list[tuple[bytes, bytes]] | None = None,
    *,
    body: bool = True,
) -> None:
    """Answers in JSON, or with nothing."""
    content = json.dumps(said).encode() if said is not None else b""
    more = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(content))] if content else []
    if not content and status != 204:
        more = [(b"content-length", b"0")]
    await send({"type": "http.response.start", "status": status, "headers": [*_always(), *more, *(headers or [])]})
    await send({"type": "http.response.body", "body": content if body else b""})


async def draw(inner: Application, scope: Message, send: Send, refusal: NotNow, home: str, back: str) -> None:
    """Lets a door draw the refusal, with all the headers that it gives. `home` is the door, `back` where to go on."""
    asked = {
        **scope,
        "method": "GET",
        "path": home,
        "raw_path": home.encode(),
        "query_string": b"",
        "headers": told(scope),
    }

    async def sends(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *refusal.headers, (b"connection", b"close")]}
        await send(message)

    await inner({**asked, REFUSED: refusal.status, WHY: (refusal.why, back)}, NoBody(), sends)


def _always() -> list[tuple[bytes, bytes]]:
    found = [
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"referrer-policy", b"same-origin"),
        (b"cross-origin-resource-policy", b"same-origin"),
        (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
        (b"x-robots-tag", b"noindex, nofollow, noarchive"),
    ]
    if settings.SECURE_HSTS_SECONDS:
        found.append((b"strict-transport-security", b"max-age=%d" % settings.SECURE_HSTS_SECONDS))
    return found
