"""The raw way in for evidence, beside Django: what comes is sealed as it comes, and nothing of it is in clear on disk.

    HEAD   /in/<permit>        how far it is: Upload-Offset
    PATCH  /in/<permit>        goes on from Upload-Offset; any length. 204, or 409 with where it has to go on
    POST   /in/<permit>/end    JSON {size, sha256?}: it is whole. 200 {item, size, sha256, receipt}
                               a form with the size, without script: a redirect to where the permit leads back
    POST   /in/<permit>/file   JSON {named, fields}: a permit for one more file. 200 {permit}
    DELETE /in/<permit>        forgets what came of an item that is not whole
    POST   /in/<permit>        a form with files, without script: a redirect to where the permit leads back

- The permit is looked at first, and each time whether the giver still may (doors/evidence/allowing.py).
- Only a page of this server may ask: Origin and Sec-Fetch-Site say so where a browser sends them.
- Every answer says where to go on from; nothing that was acknowledged is lost by any of them.
"""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import split_domain_port
from django.http.request import validate_host

from holdfast.doors.evidence.permit import WHERE
from holdfast.doors.evidence.permit import Permit
from holdfast.doors.evidence.permit import read_permit
from holdfast.site import taking_acts
from holdfast.site.answers_in import COMPLETE
from holdfast.site.answers_in import OFFSET
from holdfast.site.answers_in import NotNow
from holdfast.site.answers_in import answer
from holdfast.site.answers_in import draw
from holdfast.site.body_limit import Application
from holdfast.site.body_limit import Message
from holdfast.site.body_limit import Receive
from holdfast.site.body_limit import Send
from holdfast.site.form_in import FormIn
from holdfast.site.incoming import Incoming
from holdfast.site.intakes import Intakes
from holdfast.site.intakes import Open

MOST_TOLD = 100_000  # bytes of JSON
BEFORE = 64 << 10  # what Upload-Before is the hash of, at most
_FORM = b"application/x-www-form-urlencoded"
_METHODS = {"": ("HEAD", "GET", "PATCH", "POST", "DELETE"), "end": ("POST",), "file": ("POST",)}


class TakingIn:
    """An application that takes in evidence at one address, and leaves all others to `inner`."""

    def __init__(self, inner: Application):
        self.inner = inner
        # Parts have threads of their own: whoever opens a long film, or looks into one, makes no other wait.
        self._parts = ThreadPoolExecutor(3, "parts")
        self._rest = ThreadPoolExecutor(3, "taking")
        self.intakes = Intakes(self._apart)

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(WHERE):
            await self.inner(scope, receive, send)
            return
        text, _, act = scope["path"].removeprefix(WHERE).partition("/")
        permit, headers = read_permit(text), dict(scope["headers"])
        form = headers.get(b"content-type", b"").startswith((b"multipart/", _FORM)) or scope["method"] == "GET"
        incoming = Incoming(scope, receive)
        try:
            try:
                if permit is None:
                    raise NotNow(404, taking_acts.OVER)
                _looked_at(scope, headers, act)
                await self._answer(permit, act, scope, headers, incoming, send)
            except Exception as fault:
                raise taking_acts.refusal(fault) from fault
        except NotNow as refusal:
            await self._refuse(refusal, permit, scope, send, incoming, page=form and act in ("", "end"))

    async def _answer(
        self, permit: Permit, act: str, scope: Message, headers: dict[bytes, bytes], incoming: Incoming, send: Send
    ) -> None:
        method = scope["method"]
        if act == "end":
            plain = headers.get(b"content-type", b"").startswith(_FORM)
            told = await _form(incoming) if plain else await _json(incoming)
            await self._end(permit, await self._apart(taking_acts.end_told, told), send, page=plain)
        elif act == "file":
            await answer(send, 200, await self._apart(taking_acts.one_more, permit, await _json(incoming)))
        elif method == "PATCH":
            await self._go_on(permit, headers, incoming, send)
        elif method == "DELETE":
            await self._apart(taking_acts.begun, permit, 0)
            opened = await self.intakes.claim(permit)
            self.intakes.leave(opened, closed=True)
            await self._apart(opened.intake.done)
            await answer(send, 204)
        elif method == "POST":
            await self._form(permit, headers, incoming, send)
        elif method == "GET":
            await answer(send, 303, headers=[(b"location", permit.back.encode())])
        else:
            await self._how_far(permit, send)

    async def _how_far(self, permit: Permit, send: Send) -> None:
        there = self.intakes.there(permit.item)
        known = await self._apart(taking_acts.how_far_is, permit)
        at = there.intake.acknowledged if there and not there.intake.taken else known
        await answer(send, 200, headers=[(OFFSET, b"%d" % at)], body=False)

    async def _go_on(self, permit: Permit, headers: dict[bytes, bytes], incoming: Incoming, send: Send) -> None:
        """Adds what comes from where it goes on."""
        if headers.get(b"content-type", b"") not in (b"application/offset+octet-stream", b"application/octet-stream"):
            raise NotNow(415, "A part of a file is sent as application/offset+octet-stream.")
        at, size = _number(headers, b"upload-offset"), _number(headers, b"upload-length", 0)
        most = await self._apart(taking_acts.begun, permit, max(size, at + (incoming.announced or 0)))
        opened = await self.intakes.claim(permit)
        closed = True
        try:
            if opened.intake.taken is not None:
                raise NotNow(409, taking_acts.HAS_IT, offset=opened.intake.taken.size, complete=True)
            if at != opened.intake.acknowledged:
                closed = False
                raise NotNow(409, taking_acts.ELSEWHERE, offset=opened.intake.acknowledged)
            await self._apart(taking_acts.same_file, opened.intake, headers.get(b"upload-before", b""), BEFORE)
            await self._apart(taking_acts.noted, permit, size)
            await self._write(opened, incoming, at, most)
            closed = False
        except NotNow as refusal:
            closed = closed and refusal.status >= 500
            raise
        finally:
            self.intakes.leave(opened, closed=closed)
        if incoming.gone:
            raise NotNow(408, "Nothing came for a while.", offset=opened.intake.acknowledged)
        await answer(send, 204, headers=[(OFFSET, b"%d" % opened.intake.acknowledged)])

    async def _write(self, opened: Open, incoming: Incoming, at: int, most: int) -> None:
        """One part is sealed and written while the next comes in."""
        writing: asyncio.Future[int] | None = None
        loop = asyncio.get_running_loop()
        try:
            while not (incoming.ended or incoming.gone):
                part = await incoming.part(self.intakes.part, opened)
                if writing is not None:
                    await asyncio.shield(writing)
                    writing = None
                if at + len(part) > most:
                    raise NotNow(413, taking_acts.too_large(most), offset=opened.intake.acknowledged)
                if part:
                    writing = loop.run_in_executor(self._parts, taking_acts.add, opened.intake, at, part)
                    at += len(part)
            if writing is not None:
                await asyncio.shield(writing)
        finally:
            if writing is not None and not writing.done():
                with suppress(Exception):
                    await asyncio.wait([writing])

    async def _end(self, permit: Permit, said: taking_acts.Told, send: Send, *, page: bool = False) -> None:
        """It is whole: the record is told, and the giver."""
        there = await self._apart(taking_acts.recorded, permit)
        if there is None:
            opened = await self.intakes.claim(permit)
            done = False
            try:
                there = await self._apart(taking_acts.end, permit, opened.intake, said)
                done = True
            finally:
                self.intakes.leave(opened, closed=done)
            await self._apart(opened.intake.done)
        if page:
            await answer(send, 303, headers=[(b"location", permit.back.encode())])
            return
        await answer(send, 200, there, [(OFFSET, b"%d" % there["size"]), (COMPLETE, b"?1")])

    async def _form(self, permit: Permit, headers: dict[bytes, bytes], incoming: Incoming, send: Send) -> None:
        """A form without script."""
        content_type = headers.get(b"content-type", b"")
        if not content_type.startswith(b"multipart/form-data"):
            raise NotNow(415, "This address takes a form with files.")
        most = await self._apart(taking_acts.begun, permit._replace(item=taking_acts.new_item()), 0)
        if incoming.announced is not None and incoming.announced > most + MOST_TOLD:
            raise NotNow(413, taking_acts.too_large(most))
        form = FormIn(content_type, permit, most)
        fault: BaseException | None = None
        try:
            while not (incoming.ended or incoming.gone):
                await self._apart(form.write, await incoming.part(self.intakes.part))
        except Exception as found:  # noqa: BLE001 what is whole is taken before it is told
            fault = found
        finally:
            await self._apart(form.close)
        what = await self._apart(taking_acts.form_taken, permit, form)
        if fault is not None:
            raise taking_acts.refusal(fault, taken=what) from fault
        if not form.ended or form.empty or not form.files:
            raise NotNow(422, taking_acts.form_said(form, what))
        await answer(send, 303, headers=[(b"location", permit.back.encode())])

    async def _refuse(
        self, refusal: NotNow, permit: Permit | None, scope: Message, send: Send, incoming: Incoming, *, page: bool
    ) -> None:
        if permit is not None and not incoming.gone:
            await incoming.drain()
        if page:
            home = "/desk/" if permit is not None and permit.door == "desk" else "/my/"
            await draw(self.inner, scope, send, refusal, home, permit.back if permit else home)
            return
        headers = [*refusal.headers, *([] if incoming.ended else [(b"connection", b"close")])]
        await answer(send, refusal.status, {"why": refusal.why}, headers, body=scope["method"] != "HEAD")

    async def _apart(self, work: Callable[..., Any], *given: Any) -> Any:
        """In a thread, which lets go of the database after."""
        return await asyncio.get_running_loop().run_in_executor(self._rest, taking_acts.with_database, work, given)


def _looked_at(scope: Message, headers: dict[bytes, bytes], act: str) -> None:
    """Refuses what no page of this server asks."""
    host = headers.get(b"host", b"").decode("latin-1")
    name, _ = split_domain_port(host)
    if not name or not validate_host(name, settings.ALLOWED_HOSTS):
        raise NotNow(400, "This server does not answer under that name.")
    if act not in _METHODS:
        raise NotNow(404, taking_acts.OVER)
    if scope["method"] not in _METHODS[act]:
        raise NotNow(405, "There is no such method here.")
    if scope["method"] in ("HEAD", "GET"):
        return
    origin = headers.get(b"origin", b"").decode("latin-1")
    if headers.get(b"sec-fetch-site", b"same-origin") != b"same-origin" or (origin and urlsplit(origin).netloc != host):
        raise NotNow(403, "Only a page of this server sends something here.")


def _number(headers: dict[bytes, bytes], name: bytes, otherwise: int = -1) -> int:
    given = headers.get(name, b"")
    if given.isdigit() and len(given) < 18:
        return int(given)
    if given or otherwise < 0:
        raise NotNow(400, f"{name.decode().title()} has to be a number of bytes.")
    return otherwise


async def _json(incoming: Incoming) -> dict[str, Any]:
    body = await incoming.whole(MOST_TOLD)
    if body is None:
        raise NotNow(413, "This is longer than can be read here.")
    with suppress(ValueError, RecursionError):
        said = json.loads(body or b"{}")
        if isinstance(said, dict):
            return said
    raise NotNow(400, "This has to be an object in JSON.")


async def _form(incoming: Incoming) -> dict[str, Any]:
    """What a form without script says of the whole: its size."""
    body = await incoming.whole(MOST_TOLD)
    size = parse_qs((body or b"").decode("ascii", "replace")).get("size", [""])[0]
    if not size.isdigit() or len(size) > 17:
        raise NotNow(400, "The size has to be a number of bytes.")
    return {"size": int(size)}


def before(content: bytes) -> str:
    """What Upload-Before holds: the hash of the first bytes, up to the offset and to 64 KiB."""
    return sha256(content[:BEFORE]).hexdigest()
