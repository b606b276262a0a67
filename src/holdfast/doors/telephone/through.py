"""The sound of one line as another line is to say it: one frame each 20 ms, in its order, a little behind.

- It follows what came and not the clock: two clocks drift apart, and a call may last an hour.
- It waits until a little is held, so that packets which change places are put right. Where nothing more came, there is
  silence until a little is held again. Where more and more is held, the oldest is left out: what is said has to be new.
"""

from holdfast.doors.telephone.g711 import SILENCE
from holdfast.doors.telephone.track import Track

FRAME = 160  # samples
HELD = 640  # samples behind the newest from which it begins: 80 ms
MOST_HELD = 2_000  # samples: a quarter of a second


class Through:
    """Where one line is read for another."""

    def __init__(self, heard: Track, law: str):
        self._heard = heard
        self._at, self._waits = heard.newest, True
        self._silence = bytes((SILENCE[law],)) * FRAME

    def __call__(self) -> bytes:
        """The next frame."""
        heard = self._heard
        held = heard.newest - self._at
        if held > MOST_HELD or self._at < heard.start:
            self._at = max(heard.newest - HELD, heard.start)
            held = heard.newest - self._at
        if self._waits and held >= HELD:
            self._waits = False
        if self._waits or held < FRAME:
            self._waits = True
            return self._silence
        sound, _ = heard.read(self._at, self._at + FRAME)
        self._at += FRAME
        return sound
