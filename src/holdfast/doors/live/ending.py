"""How a stream ends: each recording is finished and recorded as an item, the link dies, and the record says so.

Ended by the telephone, by the control room, or by silence. A server that was stopped in the middle comes back to what
was acknowledged: the telephone may go on, and where it does not, silence ends it here (`sweep`). What could not be
finished (a full disk, the store gone) is left as it is, sealed, and tried again.
"""

import logging
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from holdfast.casefile.append import append
from holdfast.casefile.refused import CaseErased
from holdfast.casefile.refused import Refused
from holdfast.doors.evidence.recording import took
from holdfast.doors.live.models import LiveLink
from holdfast.doors.live.models import LiveRun
from holdfast.doors.live.run import Run
from holdfast.doors.live.scene import Scene
from holdfast.doors.live.scenes import HOLDFAST
from holdfast.doors.live.scenes import forget
from holdfast.doors.live.scenes import known_scenes
from holdfast.doors.live.scenes import moment
from holdfast.doors.live.scenes import scene_of
from holdfast.vault.intake import Busy
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import StoreFault

SILENT = 15 * 60.0  # seconds: longer than what a telephone can hold in its memory
LONGEST = 6 * 3600.0
KEPT_IN_MIND = 120.0  # seconds after the end, so that whoever watches is told
_log = logging.getLogger("holdfast.live")


def finish_run(scene: Scene, number: int, size: int) -> int:
    """The telephone says that a recording is over and how long it is: it becomes an item. How much is acknowledged."""
    run = scene.runs.get(number)
    if run is None:
        return 0
    acknowledged = run.open() if not run.over else run.acknowledged
    if acknowledged == size and not run.kept:
        with scene.ending:
            _keep(scene, run)
    return acknowledged


def end(scene: Scene, why: str) -> bool:
    """Ends a stream; whether everything of it is kept. Asked again, it does what was left."""
    now = timezone.now().timestamp()
    with scene.ending:
        if scene.ended is None:
            scene.ended, scene.why = now, why
            scene.tell()
        scene.tried = now
        left = sum(not _keep(scene, run) for run in scene.runs.values())  # each is tried, whatever became of another
        kept = left == 0
        # The row is marked only when nothing is left to do: a server that stops before that does it when it starts.
        if kept and LiveLink.objects.filter(stream=scene.stream, ended_at=None).update(
            ended_at=moment(scene.ended), why=scene.why
        ):
            _record_end(scene)
    scene.tell()
    return kept


def stop(link: LiveLink, why: str) -> None:
    """Ends a link, whether or not it was opened."""
    if link.ended_at is not None:
        return
    if link.opened_at is not None:
        end(scene_of(link), why)
        return
    at = timezone.now()
    # One that is being opened at this very moment stays: whoever presses again ends it.
    if LiveLink.objects.filter(stream=link.stream, ended_at=None, opened_at=None).update(ended_at=at, why=why):
        try:
            said = {"stream": str(link.stream), "why": why}
            append(link.case, "LiveEnded", said, by=HOLDFAST, happened_at=at)
        except Refused as fault:
            _log.error("the end of a link was not written: %s", type(fault).__name__)


def sweep() -> None:
    """Ends what was silent too long, lasted too long or was never opened; finishes what is left of earlier times."""
    at = timezone.now()
    now = at.timestamp()
    for link in LiveLink.objects.filter(ended_at=None).exclude(opened_at=None):
        scene_of(link)  # after a restart: found again, so that its silence is counted
    for scene in known_scenes():
        if scene.ended is not None:
            if now - max(scene.ended, scene.tried) > KEPT_IN_MIND and end(scene, scene.why):
                forget(scene)
        elif now - max(scene.heard, scene.opened) > SILENT:
            end(scene, "line_silent")
        elif now - scene.opened > LONGEST:
            end(scene, "longest_time")
    for link in LiveLink.objects.filter(ended_at=None, opened_at=None, until__lte=at):
        stop(link, "never_opened")
    LiveLink.objects.filter(ended_at__lt=at - timedelta(days=30), made_at__lt=F("ended_at")).delete()


def _keep(scene: Scene, run: Run) -> bool:
    """Makes an item of a recording; False where it has to be tried again."""
    if run.kept:
        return True
    try:
        intake = run.finish()
        try:
            if not intake.acknowledged and intake.taken is None:
                intake.done()
            else:
                took(scene.case, intake.finish(), _said(run), by=HOLDFAST, at=timezone.now())
                intake.done()
        finally:
            intake.close()
    except CaseErased:
        return False  # or somebody took its key out: then it can be finished when that is back
    except (OSError, StoreFault, NotAnItem, Busy, Refused) as fault:
        _log.error("a recording was not finished and will be tried again: %s", type(fault).__name__)
        return False
    run.kept = True
    run.let_go()
    LiveRun.objects.filter(item=run.item).update(kept=True, captured=run.captured)
    return True


def _said(run: Run) -> dict[str, str]:
    """What is known of a recording: nobody has said who holds the telephone."""
    ending = run.media.partition(";")[0].rpartition("/")[2]
    began = moment(run.began).isoformat()
    return {
        "what": "live_picture" if run.media.startswith("video/") else "voice_recording",
        "named": f"live-{run.number + 1}.{ending}",
        "source": "not_known",
        "happened": began,
        "made": began,
        "purpose": "Shown live from the scene",
    }


def _record_end(scene: Scene) -> None:
    runs = [run for run in scene.runs.values() if run.acknowledged or run.kept]
    said: dict[str, object] = {"stream": str(scene.stream), "why": scene.why}
    if runs:
        said |= {
            "items": [str(run.item) for run in sorted(runs, key=lambda run: run.began)],
            "began": moment(min(run.began for run in runs)).isoformat(),
            "ended": moment(max(run.captured for run in runs)).isoformat(),
            "missing": round(sum(until - since for since, until in scene.gaps())),
        }
    try:
        append(scene.case, "LiveEnded", said, by=HOLDFAST, happened_at=moment(scene.ended or 0.0))
    except Refused as fault:
        _log.error("the end of a stream was not written: %s", type(fault).__name__)
