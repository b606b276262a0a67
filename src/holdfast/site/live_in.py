"""The raw route of a telephone that shows a scene: beside Django, so that nothing of it is gathered or spooled.

| | |
|---|---|
| POST /s/in/RUN/BYTE | a part of recording RUN; headers `Began`, `Captured`, `Sent`: milliseconds of its clock |
| POST /s/in/RUN/end | JSON `size`: the recording is over |
| POST /s/in/place | JSON `latitude`, `longitude`, `accuracy`, `at`, `sent` |
| POST /s/in/stop, /s/in/left | it is over |

Who may is known by the cookie of the one browser that opened the link. An answer says in JSON how many bytes are `at`
rest, sealed, on the disk. What is refused is answered before it is read, and the line is closed; the stream goes on.
"""

import asyncio
import json
import logging
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated
from typing import Any
from typing import TypeVar

import msgspec

from holdfast.doors.live.ending import end
from holdfast.doors.live.ending import finish_run
from holdfast.doors.live.ending import sweep
from holdfast.doors.live.links import cookie_name
from holdfast.doors.live.run import Part
from holdfast.doors.live.scene import Position
from holdfast.doors.live.scene import Scene
from holdfast.doors.live.scenes import NotTaken
from holdfast.doors.live.scenes import scene_of_browser
from holdfast.doors.live.scenes import take_part
from holdfast.doors.live.scenes import take_position
from holdfast.site.body_limit import Application
from holdfast.site.body_limit import Message
from holdfast.site.body_limit import Receive
from holdfast.site.body_limit import Send
from holdfast.site.rate import Buckets
from holdfast.site.rate import counted_as
from holdfast.vault.intake import BeginsElsewhere
from holdfast.vault.intake import Busy
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import StoreFault

WHERE = "/s/in/"
MOST_IN_A_PART = 2 << 20
MOST_WORDS = 1_000
PART_WITHIN = 30.0  # seconds for one part
MOST_AT_ONCE = 4  # parts of one telephone
SWEPT_EVERY = 5.0
OLDEST = 6 * 3600.0  # seconds
_log = logging.getLogger("holdfast.live")
_ENDS = {"stop": "stopped_on_the_telephone", "left": "page_left"}
_STORE = (OSError, StoreFault, NotAnItem, Busy)


class Size(msgspec.Struct):
    """How long a recording is."""

    size: Annotated[int, msgspec.Meta(ge=0, le=1 << 50)]


class Place(msgspec.Struct):
    """Where the telephone says it is."""

    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    accuracy: Annotated[float, msgspec.Meta(ge=0, le=10_000_000)]
    at: Annotated[float, msgspec.Meta(ge=0, le=1e14)]
    sent: Annotated[float, msgspec.Meta(ge=0, le=1e14)]


_Words = TypeVar("_Words", Size, Place)


class LiveIn:
    """An application that answers at WHERE itself, and ends what was silent too long."""

    def __init__(self, inner: Application):
        self.inner = inner
        self._threads = ThreadPoolExecutor(8, "live")
        self._strangers = Buckets(per_second=5.0, burst=50.0, most=20_000)
        self._parts = Buckets(per_second=20.0, burst=100.0, most=2_000)
        self._now: dict[Scene, int] = {}
        self._known: dict[str, Scene] = {}
        self._sweeping: asyncio.Task[None] | None = None

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(WHERE):
            await self._answer(scope, receive, send)
        elif scope["type"] == "lifespan":
            self._sweeping = asyncio.create_task(self._sweep())
            try:
                await self.inner(scope, receive, send)
            finally:
                self._sweeping.cancel()
        else:
            await self.inner(scope, receive, send)

    async def _answer(self, scope: Message, receive: Receive, send: Send) -> None:
        status, read = 503, False
        said: dict[str, Any] = {"why": "The program failed. What was acknowledged is kept."}
        try:
            status, said = await self._take(scope, receive)
            read = True
        except NotTaken as refused:
            status, said = refused.status, {"why": str(refused)}
        except BeginsElsewhere as elsewhere:
            status, said, read = 409, {"at": elsewhere.acknowledged, "why": "It goes on elsewhere."}, True
        except _STORE:
            status, said = 503, {"why": "It cannot be kept at the moment. Send it again."}
        except Exception as fault:  # noqa: BLE001 the telephone sends it again, and has to be answered
            _log.error("a part was not taken: %s", type(fault).__name__)
        headers = [
            (b"content-type", b"application/json"), (b"cache-control", b"no-store"),
            (b"x-content-type-options", b"nosniff"), (b"cross-origin-resource-policy", b"same-origin"),
        ]  # fmt: skip
        if status == 429:
            headers.append((b"retry-after", b"1"))
        if not read:
            headers.append((b"connection", b"close"))
        body = json.dumps(said).encode()
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _take(self, scope: Message, receive: Receive) -> tuple[int, dict[str, Any]]:
        headers = {name: value.decode("latin-1") for name, value in scope["headers"]}
        if scope["method"] != "POST":
            raise NotTaken(405, "This address takes what a telephone sends, and nothing else.")
        if headers.get(b"sec-fetch-site", "same-origin") != "same-origin":
            raise NotTaken(403, "This comes from another page.")
        scene = await self._scene(scope, headers)
        if self._parts.take(str(scene.stream), time.monotonic()):
            raise NotTaken(429, "This comes too fast. Wait a second and go on where it was.")
        if self._now.get(scene, 0) >= MOST_AT_ONCE:
            raise NotTaken(429, "Too much comes at once. Wait for an answer.")
        self._now[scene] = self._now.get(scene, 0) + 1
        try:
            return await self._of(scene, scope["path"].removeprefix(WHERE), headers, receive)
        finally:
            self._now[scene] -= 1
            if not self._now[scene]:
                del self._now[scene]

    async def _scene(self, scope: Message, headers: dict[bytes, str]) -> Scene:
        secret = _cookie(headers.get(b"cookie", ""))
        scene = self._known.get(secret)
        if scene is None and secret:
            client = scope.get("client")
            if self._strangers.take(counted_as(client[0]) if client else "", time.monotonic()):
                raise NotTaken(429, "Too many tries.")
            scene = await self._thread(scene_of_browser, secret)
        if scene is None:
            raise NotTaken(404, "Nothing is open here.")
        if scene.ended is not None:
            self._known.pop(secret, None)
            raise NotTaken(410, "This has ended.")
        if len(self._known) > 1_000:
            self._known.clear()
        self._known[secret] = scene
        return scene

    async def _of(
        self, scene: Scene, path: str, headers: dict[bytes, str], receive: Receive
    ) -> tuple[int, dict[str, Any]]:
        run, _, what = path.partition("/")
        if path in _ENDS:
            self._threads.submit(end, scene, _ENDS[path])  # nobody who stops waits for it; sweep() does what was left
            return 200, {"ended": True}
        if path == "place":
            await self._place(scene, await _body(receive, headers, MOST_WORDS))
            return 200, {}
        if not (run.isdigit() and len(run) < 5 and (what == "end" or what.isdigit()) and len(what) < 16):
            raise NotTaken(404, "There is no such address.")
        if what == "end":
            size = _read(Size, await _body(receive, headers, MOST_WORDS)).size
            at = await self._thread(finish_run, scene, int(run), size)
            return (200 if at == size else 409), {"at": at}
        content = await _body(receive, headers, MOST_IN_A_PART)
        now = time.time()
        sent = _milliseconds(headers, b"sent")
        captured = _ours(scene, _milliseconds(headers, b"captured"), sent, now)
        began = _ours(scene, _milliseconds(headers, b"began"), sent, now)
        part = Part(int(what), content, captured, now)
        taken = await self._thread(take_part, scene, int(run), part, headers.get(b"content-type", ""), began)
        return 200, {"at": taken.acknowledged, "shown": taken.is_shown(), "watched": scene.watchers > 0}

    async def _place(self, scene: Scene, body: bytes) -> None:
        said = _read(Place, body)
        found = _ours(scene, said.at / 1000, said.sent / 1000, time.time())
        await self._thread(take_position, scene, Position(said.latitude, said.longitude, said.accuracy, found))

    async def _thread(self, work: Any, *given: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, work, *given)

    async def _sweep(self) -> None:
        while True:
            try:
                await self._thread(sweep)
            except Exception as fault:  # noqa: BLE001 it is tried again, and must not stop the rest
                _log.error("streams were not looked after: %s", type(fault).__name__)
            await asyncio.sleep(SWEPT_EVERY)


async def _body(receive: Receive, headers: dict[bytes, str], most: int) -> bytes:
    """What is sent, at most so many bytes, or NotTaken."""
    announced = headers.get(b"content-length", "")
    if announced.isdigit() and (len(announced) > 12 or int(announced) > most):
        raise NotTaken(413, "This is too long.")
    content = bytearray()
    until = time.monotonic() + PART_WITHIN
    while True:
        try:
            message = await asyncio.wait_for(receive(), max(0.0, until - time.monotonic()))
        except TimeoutError as fault:
            raise NotTaken(408, "This came too slowly.") from fault
        if message["type"] != "http.request":
            raise NotTaken(400, "It broke off.")  # nothing of it is acknowledged; it is sent again
        content += message.get("body", b"")
        if len(content) > most:
            raise NotTaken(413, "This is too long.")
        if not message.get("more_body", False):
            return bytes(content)


def _read(kind: type[_Words], body: bytes) -> _Words:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.MsgspecError, RecursionError, ValueError) as fault:
        raise NotTaken(422, "This is not what belongs here.") from fault


def _milliseconds(headers: dict[bytes, str], name: bytes) -> float:
    said = headers.get(name, "")
    if not (said.isascii() and said.isdigit() and len(said) < 15):
        raise NotTaken(422, "A part says when it was taken and sent.")
    return int(said) / 1000


def _ours(scene: Scene, theirs: float, sent: float, now: float) -> float:
    """A time of the telephone's by our clock; a wrong one lies at most OLDEST back."""
    return max(now - OLDEST, scene.our_time(theirs, sent, now))


def _cookie(said: str) -> str:
    """The browser's secret among its cookies, or ''."""
    found = re.search(rf"(?:^|;)\s*{re.escape(cookie_name())}=([\w-]{{20,100}})", said)
    return found[1] if found else ""
