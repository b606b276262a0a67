"""One recording of the telephone as it comes in: each part sealed before it is acknowledged, in its place, once.

- A part says at which byte of the recording it begins: that is its number in the sequence. One that came twice, or of
  which the beginning is there, harms nothing. One that came too soon is held for a moment and is not acknowledged.
- What is kept in memory is what somebody who watches may still want, and no more than MOST_KEPT.
"""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import NamedTuple
from uuid import UUID

from holdfast.doors.live.joining import Joining
from holdfast.vault.intake import BeginsElsewhere
from holdfast.vault.intake import Intake

MOST_KEPT = 8 << 20  # bytes of one recording in memory
MOST_HELD = 4 << 20  # bytes that came too soon
HELD_PARTS = 16
HELD_FOR = 5.0  # seconds


class Part(NamedTuple):
    """Some bytes of a recording."""

    at: int
    content: bytes
    captured: float  # when the last picture or sound in it was taken, by our clock
    came: float

    @property
    def end(self) -> int:
        """The byte after it."""
        return self.at + len(self.content)


class Run:
    """One recording. `began` and `captured` are seconds since 1970 by our clock."""

    def __init__(self, number: int, item: UUID, media: str, began: float, opens: Callable[[], Intake]):
        self.number, self.item, self.media = number, item, media
        self.began, self.captured = began, began
        self.acknowledged = 0
        self.over = False  # all of it came, or no more is taken
        self.kept = False  # the record has it
        self.joining = Joining(media)
        self.parts: tuple[Part, ...] = ()  # exchanged, never changed: others read it meanwhile
        self._opens = opens
        self._intake: Intake | None = None
        self._held: dict[int, tuple[float, Part]] = {}
        self._lock, self._showing = Lock(), Lock()

    def open(self) -> int:
        """How far it has come, also before a restart."""
        with self._lock:
            return self._open().acknowledged

    def add(self, part: Part) -> int:
        """Seals a part; how many bytes are acknowledged now. BeginsElsewhere where it is too far ahead, OSError."""
        with self._lock:
            intake = self._open()
            if self.over:
                raise BeginsElsewhere(self.acknowledged)
            if part.at > self.acknowledged:
                self._hold(part)
                return self.acknowledged
            next_part: Part | None = part
            while next_part is not None:
                self._seal(intake, next_part)
                next_part = self._fitting()
            return self.acknowledged

    def finish(self) -> Intake:
        """Takes no more; the intake is the caller's from here on, who closes it."""
        with self._lock:
            intake = self._open()
            self.over, self._intake = True, None
            self._held.clear()
            return intake

    def _open(self) -> Intake:
        if self._intake is None:
            self._intake = self._opens()
            self.acknowledged = self._intake.acknowledged
            self.over = self.over or self._intake.taken is not None
        return self._intake

    def _seal(self, intake: Intake, part: Part) -> None:
        before, self.acknowledged = self.acknowledged, intake.add(part.at, part.content)
        if self.acknowledged > before:
            self.captured = max(self.captured, part.captured)
            self.show(part)  # one that was held is shown only now

    def _walked(self) -> int:
        """How far the parts in memory reach: after a restart what came before it is not there, and never shown."""
        return self.parts[-1].end if self.parts else 0

    def is_shown(self) -> bool:
        """Whether what comes of it can be shown: not where its beginning came before a restart, or was let go."""
        return self._walked() >= self.acknowledged

    def let_go(self) -> None:
        """Nobody will look at it any more."""
        self.parts = ()

    def show(self, part: Part) -> None:
        """Lets whoever watches see a part, before the disk has it: somebody in danger does not wait for a disk."""
        with self._showing:
            walked = self._walked()
            if part.at > walked or part.end <= walked or self.over:
                return
            fresh = part._replace(at=walked, content=part.content[walked - part.at :])
            self.joining.add(fresh.content)
            self._keep_in_mind(fresh)

    def _keep_in_mind(self, part: Part) -> None:
        parts = (*self.parts, part)
        join, kept, first = self.joining.at or 0, sum(len(each.content) for each in parts), 0
        while first < len(parts) - 1 and (parts[first].end <= join or kept > MOST_KEPT):
            kept -= len(parts[first].content)
            first += 1
        self.parts = parts[first:]

    def _hold(self, part: Part) -> None:
        now = monotonic()
        self._held = {at: held for at, held in self._held.items() if now - held[0] < HELD_FOR}
        held = sum(len(each.content) for _, each in self._held.values())
        if len(self._held) >= HELD_PARTS or held + len(part.content) > MOST_HELD:
            raise BeginsElsewhere(self.acknowledged)
        self._held[part.at] = (now, part)

    def _fitting(self) -> Part | None:
        """Something that was held and fits now."""
        for at in sorted(self._held):
            if at > self.acknowledged:
                return None
            _, part = self._held.pop(at)
            if part.end > self.acknowledged:
                return part
        return None
