"""One direction of a call's sound, each sample in its place by time, whatever the line did on the way.

Packets come late, twice, in another order or never. A place is counted in samples since the call began, by our clock;
what is missing is silence, and is said to be missing. What a stranger's time stamps say never costs memory: one that
lies far from our clock begins anew at the moment in which it came.
"""

from holdfast.doors.telephone.g711 import RATE
from holdfast.doors.telephone.g711 import SILENCE

AHEAD = 2 * RATE  # samples that a packet may lie before our clock
BEHIND = 5 * RATE
KEPT = 60 * RATE  # samples at most that wait to be taken


class Track:
    """The sound between what was let go and the newest."""

    def __init__(self, law: str):
        self._silence = bytes((SILENCE[law],))
        self._sound, self._there = bytearray(), bytearray()
        self.start = 0  # where what is held begins
        self._base: int | None = None  # where time stamp 0 lies
        self._source = -1
        self.newest = 0  # behind the newest sample that came, not counting silence
        self.late = 0  # samples that came too late

    @property
    def end(self) -> int:
        """Behind the newest sample."""
        return self.start + len(self._sound)

    def put(self, source: int, stamp: int, content: bytes, now: int) -> None:
        """A packet; `now` is our clock in samples when it came."""
        at = self._place(source, stamp, now)
        if at is None:
            self._base = (now - stamp) & 0xFFFFFFFF
            self._source, at = source, now
        if at < self.start:
            lost = min(self.start - at, len(content))
            self.late += lost
            at, content = at + lost, content[lost:]
        if not content or at + len(content) - self.start > KEPT:
            return
        self.fill(at + len(content))
        self.newest = max(self.newest, at + len(content))
        begin = at - self.start
        self._sound[begin : begin + len(content)] = content
        self._there[begin : begin + len(content)] = b"\1" * len(content)

    def fill(self, until: int) -> None:
        """Silence, as far as there is none yet."""
        more = min(until, self.start + KEPT) - self.end
        if more > 0:
            self._sound += self._silence * more
            self._there += bytes(more)

    def settled(self, now: int, apart: int, longest: int) -> int:
        """Until where it can be read: `apart` behind what came, and `longest` behind our clock where nothing comes.

        Where this process was held up, what is still in the line's queue is waited for, and not taken for silence.
        """
        return max(min(now, self.newest) - apart, now - longest)

    def read(self, at: int, until: int) -> tuple[bytes, bytes]:
        """The sound of a time that is still held, and a byte for each sample: 1 where it came, 0 where not."""
        self.fill(until)
        return bytes(self._sound[at - self.start : until - self.start]), bytes(
            self._there[at - self.start : until - self.start]
        )

    def let_go(self, until: int) -> None:
        """What lies before is not asked for any more, and what comes of it is too late."""
        gone = max(0, min(until, self.end) - self.start)
        del self._sound[:gone], self._there[:gone]
        self.start += gone

    def _place(self, source: int, stamp: int, now: int) -> int | None:
        """Where a packet lies, None where its time stamp has nothing to do with what came before."""
        if self._base is None or source != self._source:
            return None
        off = (stamp + self._base - now + (1 << 31)) % (1 << 32) - (1 << 31)  # from our clock, over the number's end
        return now + off if -BEHIND <= off <= AHEAD else None
