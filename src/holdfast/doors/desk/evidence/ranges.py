"""Which bytes of an item a browser asks for, and the answer that carries them (RFC 9110, sections 13.1.5 and 14).

- One range is answered with it; several in one request are answered with the whole, as section 14.2 allows.
- Nothing is gathered: each piece is opened while the one before it is on its way.

>>> asked("bytes=0-99", 1000), asked("bytes=-1", 1000), asked("bytes=990-", 1000)
((0, 100), (999, 1000), (990, 1000))
>>> asked("bytes=1000-", 1000) is NOWHERE, asked("", 1000), asked("bytes=1-2,5-6", 1000)
(True, None, None)
"""

import asyncio
import re
from collections.abc import AsyncIterator
from http import HTTPStatus

from django.http import HttpRequest
from django.http import HttpResponse
from django.http import HttpResponseBase
from django.http import StreamingHttpResponse

from holdfast.vault.reading import Item

NOWHERE = (-1, -1)  # a range that lies beyond the item
_ONE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")
# What an answer may do in a browser: nothing. It is no page, runs nothing, and is kept nowhere.
SHUT = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def asked(header: str, size: int) -> tuple[int, int] | None:
    """From which byte to before which: None for the whole, NOWHERE where there is no such range."""
    found = _ONE.match(header.replace(" ", ""))
    if not found or not (found[1] or found[2]):
        return None
    if not found[1]:
        last = int(found[2])
        return (max(0, size - last), size) if last and size else NOWHERE
    start = int(found[1])
    until = int(found[2]) + 1 if found[2] else size
    if found[2] and until <= start:
        return None  # not a range at all: section 14.1.1
    return (start, min(until, size)) if start < size else NOWHERE


def answer(request: HttpRequest, item: Item, media: str, *, attached: str = "") -> HttpResponseBase:
    """The item, or what of it was asked for: 200, 206 or 416. `attached` is the name to save it under."""
    tag = f'"{item.sha256.hex()}"'
    wanted = asked(request.headers.get("Range", ""), item.size) if request.method in ("GET", "HEAD") else None
    if request.headers.get("If-Range", tag) != tag:
        wanted = None
    headers = {**SHUT, "Accept-Ranges": "bytes", "ETag": tag, "Content-Type": media}
    if attached:
        headers["Content-Disposition"] = f'attachment; filename="{attached}"'
    if wanted == NOWHERE:
        nothing = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
        nothing.headers["Content-Range"] = f"bytes */{item.size}"
        return nothing
    start, until = wanted or (0, item.size)
    headers["Content-Length"] = str(until - start)
    status = HTTPStatus.OK
    if wanted:
        status = HTTPStatus.PARTIAL_CONTENT
        headers["Content-Range"] = f"bytes {start}-{until - 1}/{item.size}"
    if request.method == "HEAD":
        return HttpResponse(status=status, headers=headers)
    return StreamingHttpResponse(_pieces(item, start, until), status=status, headers=headers)


async def _pieces(item: Item, start: int, until: int) -> AsyncIterator[bytes]:
    """Opened in a thread of their own, so that nobody else waits for a disk."""
    pieces = item.pieces(start, until)
    while (piece := await asyncio.to_thread(next, pieces, None)) is not None:
        yield piece
