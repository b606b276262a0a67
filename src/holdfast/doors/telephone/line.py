"""The sound of one call: packets in and out over a port of its own.

Only the address that the call named is heard, and the one that its signalling comes from. From which port is learned
from the first packet; another one counts only when that has been silent. Nothing that comes is trusted to be what it
says.
"""

import asyncio
import secrets
from collections.abc import Callable
from typing import cast

from holdfast.doors.telephone.g711 import RATE
from holdfast.doors.telephone.g711 import SILENCE
from holdfast.doors.telephone.g711 import between
from holdfast.doors.telephone.pressed import Keys
from holdfast.doors.telephone.pressed import Pressed
from holdfast.doors.telephone.rtp import read_event
from holdfast.doors.telephone.rtp import read_packet
from holdfast.doors.telephone.rtp import write_packet
from holdfast.doors.telephone.sdp import Offer
from holdfast.doors.telephone.track import Track

FRAME = 160  # samples in a packet of ours: 20 ms
AGAIN = 2.0  # seconds of silence after which another port of the same address is heard
MOST_BEHIND = 25  # packets that are sent at once where this process was held up; what is older is left out
_DYNAMIC = range(96, 128)
_EVENT_BYTES = 4


class Line(asyncio.DatagramProtocol):
    """One port. `now` gives the seconds since the call began; `pressed` is told of each key."""

    def __init__(self, law: str, now: Callable[[], float], pressed: Callable[[Pressed], None]):
        self.law = law  # as this call is recorded, whatever the line changes to
        self.theirs, self.ours = Track(law), Track(law)
        self.keys = Keys()
        self.port = 0
        self.heard_at = 0.0  # when the last packet came
        self.strangers = 0
        self._now, self._pressed = now, pressed
        self._far: Offer | None = None
        self._from: tuple[str, int] | None = None
        self._heard: tuple[str, ...] = ()
        self._out: asyncio.DatagramTransport | None = None
        self._saying, self._said = b"", 0
        self.through: Callable[[], bytes] | None = None  # what another line says, one frame at a time, in `law`
        self._frames, self._begun = 0, True
        self._source, self._number, self._stamp = secrets.randbits(32), secrets.randbits(16), secrets.randbits(32)
        self._first = self._highest = self._came = 0
        self._lost_before, self._of = 0, -1
        self._silence = bytes((SILENCE[law],)) * FRAME
        self._in, self._over = bytes(range(256)), bytes(range(256))

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """The port is open."""
        self._out = cast("asyncio.DatagramTransport", transport)
        self.port = int(transport.get_extra_info("sockname")[1])

    def error_received(self, exc: Exception) -> None:
        """The other end does not listen now."""

    def meet(self, far: Offer, beside: str) -> None:
        """Where the other end is, and how it speaks. Sound is also heard from `beside`, whence the signalling comes."""
        self._far, self._from, self._heard = far, None, (far.address, beside)
        if far.law != self.law:
            self._in, self._over = between(far.law, self.law), between(self.law, far.law)
        else:
            self._in = self._over = bytes(range(256))

    def datagram_received(self, data: bytes, addr: tuple[str | int, ...]) -> None:
        """A packet of sound or of a key."""
        source, now = (str(addr[0]), int(addr[1])), self._now()
        if self._far is None or source[0] not in self._heard:
            self.strangers += 1
            return
        if self._from not in (None, source) and now - self.heard_at < AGAIN:
            self.strangers += 1
            return
        packet = read_packet(data)
        if packet is None:
            return
        if packet.payload == self._far.sound:
            self.theirs.put(packet.source, packet.stamp, packet.content.translate(self._in), int(now * RATE))
        elif self._is_key(packet.payload, packet.content):
            event = read_event(packet.content)
            if event and packet.payload != self._far.keys and not event.held:
                return  # filling in between, and not by the number that was agreed
            pressed = event and self.keys.packet(packet.stamp, event.key, event.held, event.over, now)
            if pressed:
                self._pressed(pressed)
        else:
            return
        self._from, self.heard_at = source, now
        self._count(packet.source, packet.number)

    def say(self, sound: bytes) -> None:
        """Says this now, instead of what was being said; nothing for silence."""
        self._saying, self._said, self._begun = sound, 0, True

    @property
    def saying(self) -> bool:
        """Whether something is still to be said."""
        return self._said < len(self._saying)

    def speak(self, now: float) -> None:
        """Sends what is due by now."""
        due = int(now * RATE) // FRAME - self._frames
        if due > MOST_BEHIND:
            self._frames += due - MOST_BEHIND
        for _ in range(min(due, MOST_BEHIND)):
            self._send()

    def close(self) -> None:
        """Lets go of the port."""
        if self._out:
            self._out.close()

    @property
    def lost(self) -> float:
        """Seconds of the caller's packets that never arrived, by their numbers."""
        mine = max(0, self._highest - self._first + 1 - self._came) if self._came else 0
        return (self._lost_before + mine) * FRAME / RATE

    def _is_key(self, payload: int, content: bytes) -> bool:
        """By the number that was agreed; also where none was, or the other end uses its own: a key must not be lost."""
        assert self._far is not None  # noqa: S101 asked after meeting
        return payload == self._far.keys or (payload in _DYNAMIC and len(content) == _EVENT_BYTES)

    def _send(self) -> None:
        heard = self.through() if self.through else self._silence  # also while we say something: else it would wait
        content = self._saying[self._said : self._said + FRAME]
        self._said += len(content)
        content += heard[len(content) :]
        at = self._frames * FRAME
        self.ours.put(0, at, content, at)
        self._frames += 1
        self._number += 1
        far = self._far
        if far and far.hears and self._out and not self._out.is_closing():
            packet = write_packet(
                far.sound, self._number, self._stamp + at, self._source, content.translate(self._over),
                first=self._begun,
            )  # fmt: skip
            self._begun = False
            self._out.sendto(packet, (far.address, far.port))

    def _count(self, source: int, number: int) -> None:
        """Counts packets by their 16-bit numbers, over the end of them; a new source begins anew."""
        if source != self._of:
            self._lost_before = round(self.lost * RATE / FRAME)
            self._of, self._first, self._highest, self._came = source, number, number, 1
            return
        ahead = (number - self._highest) & 0xFFFF
        if 0 < ahead < 0x8000:
            self._highest += ahead
        self._came += 1
