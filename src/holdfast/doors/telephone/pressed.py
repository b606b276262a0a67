"""Keys as they are pressed on one line, each counted once, by whichever way it was heard.

- A key by RFC 4733 is one time stamp, however many packets say so and in whichever order they come. A long one goes on
  under a new time stamp, exactly where the last ended.
- Some lines carry a key both ways: the tone slips through before the packets begin. Once a line has sent packets, its
  tones are not counted any more, and one that slipped through is the same key.
"""

from collections import OrderedDict
from typing import NamedTuple

SAME_WITHIN = 0.8  # seconds between a tone and the packets of the same key
REMEMBERED = 32


class Pressed(NamedTuple):
    """A key, how it was heard, and when: seconds since the call began."""

    key: str
    heard_as: str  # telephone_event, tone_in_the_sound, message_beside_the_call
    at: float


class Keys:
    """The keys of one line, in their order."""

    def __init__(self) -> None:
        self._stamps: OrderedDict[int, tuple[str, int, bool]] = OrderedDict()  # stamp: key, held, over
        self._by_packets = False
        self._tone: Pressed | None = None  # the last key that was heard as a tone alone

    def packet(self, stamp: int, key: str, held: int, over: bool, at: float) -> Pressed | None:
        """A packet of RFC 4733; the key, where it is a new one."""
        known = self._stamps.get(stamp)
        if known:
            self._stamps[stamp] = (known[0], max(known[1], held), known[2] or over)
            return None
        before = next(reversed(self._stamps.items()), None)
        self._stamps[stamp] = (key, held, over)
        while len(self._stamps) > REMEMBERED:
            self._stamps.popitem(last=False)
        if before and before[1][0] == key and not before[1][2] and stamp == (before[0] + before[1][1]) & 0xFFFFFFFF:
            return None  # the same press goes on
        tone, self._tone, self._by_packets = self._tone, None, True
        if tone and tone.key == key and at - tone.at < SAME_WITHIN:
            return None
        return Pressed(key, "telephone_event", at)

    def tone(self, key: str, at: float) -> Pressed | None:
        """A tone in the sound; the key, where this line says keys in no other way."""
        if self._by_packets:
            return None
        self._tone = Pressed(key, "tone_in_the_sound", at)
        return self._tone

    def message(self, key: str, at: float) -> Pressed:
        """A key in a SIP message beside the call."""
        return Pressed(key, "message_beside_the_call", at)
