"""Every stream that lasts: found by its browser or its case, begun, added to, and found again after a restart.

What is here is called from threads: it writes to the disk and to the record.
"""

import logging
import re
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from functools import partial
from threading import Lock
from uuid import UUID
from uuid import uuid4

from holdfast.casefile.append import append
from holdfast.casefile.refused import Refused
from holdfast.doors.live.links import link_of
from holdfast.doors.live.models import LiveLink
from holdfast.doors.live.models import LiveRun
from holdfast.doors.live.run import Part
from holdfast.doors.live.run import Run
from holdfast.doors.live.scene import Position
from holdfast.doors.live.scene import Scene
from holdfast.record.entry import By
from holdfast.vault.intake import Intake
from holdfast.vault.place import intake_folder
from holdfast.vault.place import key_of
from holdfast.vault.place import store

HOLDFAST = By("feed", "holdfast")  # what the system itself records
MOST_RUNS = 200
WRITTEN_EVERY = 5.0  # seconds between two times that a recording's end is written down
POSITION_EVERY = 30.0  # seconds, and a position that tells something new, for it to become an entry
_MEDIA = re.compile(r"(?:video|audio)/(?:webm|mp4)(?:; ?codecs=\"?[A-Za-z0-9.,_ -]{1,70}\"?)?")
_log = logging.getLogger("holdfast.live")
_known: dict[UUID, Scene] = {}
_lock = Lock()


class NotTaken(Exception):
    """A part that is not taken, and what the telephone's page may do: `status` is that of HTTP."""

    def __init__(self, status: int, why: str):
        self.status = status
        super().__init__(why)


def scene_of_browser(secret: str) -> Scene | None:
    """The stream that this browser opened and that has not ended, or None."""
    link = link_of(secret)
    return scene_of(link) if link and link.ended_at is None else None


def newest_link(case: UUID) -> LiveLink | None:
    """The newest link of a case."""
    return LiveLink.objects.filter(case=case).order_by("-made_at").first()


def scene_of(link: LiveLink) -> Scene:
    """The stream of a link that was opened, as it was before a restart."""
    with _lock:
        scene = _known.get(link.stream)
        if scene is None:
            scene = _known[link.stream] = _again(link)
        return scene


def known_scenes() -> list[Scene]:
    """Every stream in memory."""
    return list(_known.values())


def forget(scene: Scene) -> None:
    """Lets go of it."""
    with _lock:
        _known.pop(scene.stream, None)


def take_part(scene: Scene, number: int, part: Part, media: str, began: float) -> Run:
    """Seals a part of recording `number`; the recording as it is then. NotTaken, BeginsElsewhere, OSError."""
    run = scene.runs.get(number) or _begin(scene, number, part, media, began)
    run.show(part)
    scene.tell()
    before = run.captured
    run.add(part)
    now = part.came
    scene.heard = max(scene.heard, now)
    if int(before / WRITTEN_EVERY) != int(run.captured / WRITTEN_EVERY):
        LiveRun.objects.filter(item=run.item).update(captured=run.captured)
    if scene.started is None:
        _start(scene, run, now)
    for other in scene.runs.values():
        if other.began < run.began and run.parts:
            other.let_go()
    scene.tell()
    return run


def take_position(scene: Scene, found: Position) -> None:
    """Shows a position, and records it where it tells something new."""
    scene.position, scene.heard = found, max(scene.heard, found.found)
    before = scene.recorded
    if before is None or (found.found - before.found > POSITION_EVERY and _tells_more(before, found)):
        scene.recorded = found
        said = {
            "how": "live_link",
            "latitude": found.latitude,
            "longitude": found.longitude,
            "uncertainty": found.metres,
        }
        _record(scene, "LocationFound", said, found.found)
    scene.tell()


def moment(seconds: float) -> datetime:
    """Seconds since 1970 as a time of the record."""
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=round(seconds * 1000))


def _again(link: LiveLink) -> Scene:
    assert link.opened_at is not None  # noqa: S101 it was opened
    scene = Scene(link.stream, link.case, opened=link.opened_at.timestamp())
    if link.started_at:
        scene.started = link.started_at.timestamp()
    for row in link.runs.all():
        run = Run(row.run, row.item, row.media, row.began, partial(_opens, link.case, row.item))
        run.captured, run.kept, run.over = row.captured, row.kept, row.kept
        scene.runs[row.run] = run
        scene.heard = max(scene.heard, row.captured)
    if link.ended_at:
        scene.ended, scene.why = link.ended_at.timestamp(), link.why
    return scene


def _begin(scene: Scene, number: int, part: Part, media: str, began: float) -> Run:
    if not _MEDIA.fullmatch(media):
        raise NotTaken(415, "This is not a recording that is known here.")
    with _lock:
        if scene.ended is not None:
            raise NotTaken(410, "This has ended.")
        if not 0 <= number < MOST_RUNS or len(scene.runs) >= MOST_RUNS:
            raise NotTaken(409, "There are too many recordings.")
        if part.at:
            raise NotTaken(409, "A recording begins at its beginning.")
        if number in scene.runs:
            return scene.runs[number]
        item = uuid4()
        LiveRun.objects.create(
            stream_id=scene.stream, run=number, item=item, media=media, began=began, captured=part.captured
        )
        run = scene.runs[number] = Run(number, item, media, began, partial(_opens, scene.case, item))
        return run


def _opens(case: UUID, item: UUID) -> Intake:
    return Intake(intake_folder(), store(), case=case, item=item, case_key=key_of(case))


def _start(scene: Scene, run: Run, now: float) -> None:
    with _lock:
        if scene.started is not None:
            return
        scene.started = now
    LiveLink.objects.filter(stream=scene.stream).update(started_at=moment(now))
    picture = "yes" if run.media.startswith("video/") else "no"
    _record(scene, "LiveStarted", {"stream": str(scene.stream), "picture": picture}, now)


def _record(scene: Scene, kind: str, said: dict[str, object], at: float) -> None:
    """Writes an entry; what the telephone sends is taken all the same where it could not be written."""
    try:
        append(scene.case, kind, said, by=HOLDFAST, happened_at=moment(at))
    except Refused as fault:
        _log.error("an entry of a stream was not written: %s", type(fault).__name__)


def _tells_more(before: Position, found: Position) -> bool:
    """Whether it is surer by half, or lies elsewhere by more than both are uncertain."""
    north, east = (found.latitude - before.latitude) * 111_320, (found.longitude - before.longitude) * 70_000
    away = (north * north + east * east) ** 0.5
    return found.metres < before.metres / 2 or away > max(50.0, found.metres + before.metres)
