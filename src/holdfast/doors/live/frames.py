"""What somebody who watches is sent: what is shown now, piece by piece, until they go away or it is asked again.

Each frame is four bytes that say how long its words are, the words (JSON), and the bytes of a recording, of which the
words say how many. `run` begins a recording, or joins it where it is now; `part` goes on; `state` says how things are.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.utils import timezone

from holdfast.doors.live.models import LiveLink
from holdfast.doors.live.plus_code import plus_code
from holdfast.doors.live.run import Part
from holdfast.doors.live.run import Run
from holdfast.doors.live.scene import Scene
from holdfast.doors.live.scenes import scene_of

ASKED_AGAIN = 90.0  # seconds: then the page asks anew, and whether it still may is looked at again
A_BEAT = 1.0  # seconds between two words on how things are


async def watching(stream: UUID) -> AsyncIterator[bytes]:
    """What is to be sent of a stream, also while its link waits to be opened."""
    until = time.monotonic() + ASKED_AGAIN
    while time.monotonic() < until:
        link = await sync_to_async(LiveLink.objects.filter(stream=stream).first)()
        if link is None:
            return
        if link.opened_at is not None:
            scene = await sync_to_async(scene_of)(link)
            async for frame in frames(scene, until - time.monotonic()):
                yield frame
            return
        if link.ended_at is not None or link.until <= timezone.now():
            yield _frame({"kind": "state", "state": "never_opened", "now": time.time()})
            return
        yield _frame({"kind": "state", "state": "waiting", "now": time.time(), "until": link.until.timestamp()})
        await asyncio.sleep(A_BEAT)


async def frames(scene: Scene, lasts: float = ASKED_AGAIN) -> AsyncIterator[bytes]:
    """What is to be sent, as it comes."""
    event = scene.watch()
    until, told = time.monotonic() + lasts, 0.0
    run: Run | None = None
    at = 0
    try:
        while time.monotonic() < until:
            event.clear()
            front = scene.front()
            if front is not None:
                run, at, found = _since(front, run, at)
                for frame in found:
                    yield frame
            if time.monotonic() - told >= A_BEAT or scene.ended is not None:
                told = time.monotonic()
                yield _frame(standing(scene))
            if scene.ended is not None:
                return
            try:
                await asyncio.wait_for(event.wait(), A_BEAT)
            except TimeoutError:
                continue
    finally:
        scene.unwatch(event)


def _since(front: Run, run: Run | None, at: int) -> tuple[Run, int, list[bytes]]:
    """What somebody has not seen who has seen `run` to byte `at`."""
    parts = front.parts
    if not parts:
        return front, at, []
    if run is not front or at < parts[0].at:
        found = _join(front, parts)
        return front, parts[-1].end if found else -1, found
    return front, parts[-1].end, [_part(part, at) for part in parts if part.end > at]


def _join(run: Run, parts: tuple[Part, ...]) -> list[bytes]:
    """The beginning of a recording and all from the newest place to join; [] where there is none."""
    begins = {"kind": "run", "run": run.number, "media": run.media, "began": run.began}
    join, head = run.joining.at, run.joining.head
    if parts[0].at == 0 and (join is None or join <= len(head)):
        return [_frame(begins), *(_part(part, 0) for part in parts)]
    if join is None or not head or join < parts[0].at:
        return []
    return [_frame(begins, head), *(_part(part, join) for part in parts if part.end > join)]


def _part(part: Part, at: int) -> bytes:
    return _frame({"kind": "part", "captured": part.captured}, part.content[max(0, at - part.at) :])


def standing(scene: Scene) -> dict[str, Any]:
    """How things are, as the page of whoever watches shows it."""
    now = time.time()
    place = scene.position
    return {
        "kind": "state",
        "state": scene.state(now),
        "now": now,
        "heard": scene.heard,
        "started": scene.started,
        "ended": scene.ended,
        "why": scene.why,
        "gaps": scene.gaps()[-20:],
        "watchers": scene.watchers,
        "place": place
        and {
            "latitude": round(place.latitude, 5),
            "longitude": round(place.longitude, 5),
            "metres": round(place.metres),
            "found": place.found,
            "code": plus_code(place.latitude, place.longitude),
        },
    }


def _frame(words: dict[str, Any], content: bytes = b"") -> bytes:
    said = json.dumps({**words, "bytes": len(content)}, separators=(",", ":")).encode()
    return len(said).to_bytes(4, "big") + said + content
