"""A caller of our own, for tests and the bench: SIP and sound over real sockets, and what it hears.

Beside sipp and baresip it can do what they cannot: wrong packets in the middle of a call, and the time of each key.
"""

import re
import socket
import struct
import threading
import time
from itertools import count

import numpy as np

from holdfast.doors.telephone.g711 import written

RATE, FRAME = 8_000, 160
MOST_KEPT = 60 * RATE  # bytes of what was heard
KEYS = "0123456789*#ABCD"
ROWS, COLUMNS = (697, 770, 852, 941), (1209, 1336, 1477, 1633)
PLACE = {
    key: (row, column) for row, keys in enumerate(("123A", "456B", "789C", "*0#D")) for column, key in enumerate(keys)
}
_numbers = count(1)


def tone(key: str, seconds: float, strength: float = 0.2) -> np.ndarray:
    """The sound of a key."""
    row, column = PLACE[key]
    times = np.arange(int(RATE * seconds)) * 2 * np.pi / RATE
    return strength * (np.sin(ROWS[row] * times) + np.sin(COLUMNS[column] * times))


def silence(seconds: float) -> np.ndarray:
    """Nothing."""
    return np.zeros(int(RATE * seconds))


def in_law(sound: np.ndarray, law: str = "alaw") -> bytes:
    """Sound as bytes."""
    return written((np.clip(sound, -1, 1) * 32_767).astype(np.int16), law)


class Caller:
    """One telephone. Everything it does is on the calling thread but what `sounding` sends."""

    def __init__(self, to: tuple[str, int], *, user: str = "mobile", number: str = "+447700900123"):
        self.to, self.user, self.number = to, user, number
        self.signalling = _socket()
        self.sound = _socket()
        self.sound.setblocking(False)
        self.call_id, self.tag = f"{time.time_ns()}-{next(_numbers)}@caller", f"t{time.time_ns()}"
        self.to_tag, self.there = "", ("", 0)
        self.stamp, self.sequence, self.source = 1_000, 1, 0x55550000 + next(_numbers)
        self.heard = 0  # packets
        self.hears = bytearray()  # their sound, newest last
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._play = b""
        self._lock = threading.Lock()

    def request(self, method: str, number: int, body: str = "", *, more: str = "", branch: str = "") -> bytes:
        """The bytes of a request."""
        host, port = self.signalling.getsockname()
        to_tag = f";tag={self.to_tag}" if self.to_tag else ""
        named = "application/sdp" if body.startswith("v=0") else "application/dtmf-relay"
        kind = f"Content-Type: {named}\r\n" if body else ""
        return (
            f"{method} sip:{self.user}@{self.to[0]}:{self.to[1]} SIP/2.0\r\n"
            f"Via: SIP/2.0/UDP {host}:{port};branch=z9hG4bK{branch or time.time_ns()};rport\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{self.number}@{host}>;tag={self.tag}\r\n"
            f"To: <sip:{self.user}@{self.to[0]}>{to_tag}\r\nCall-ID: {self.call_id}\r\n"
            f"CSeq: {number} {method}\r\nContact: <sip:caller@{host}:{port}>\r\n{more}{kind}"
            f"Content-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def offer(self, payloads: str = "8 96", more: str = "a=rtpmap:96 telephone-event/8000\r\n") -> str:
        """A description of this caller's sound."""
        host, port = self.sound.getsockname()
        return (
            f"v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\n"
            f"m=audio {port} RTP/AVP {payloads}\r\n{more}"
        )

    def ask(self, content: bytes, within: float = 10.0) -> tuple[int, str]:
        """Sends a request until a final answer comes: its status and all of it; (0, '') where none comes."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            self.signalling.sendto(content, self.to)
            try:
                while True:
                    answer = self.signalling.recv(65_536).decode("latin-1")
                    if found := re.match(r"SIP/2\.0 ([2-6]\d\d)", answer):
                        return int(found[1]), answer
            except TimeoutError:
                continue
        return 0, ""

    def call(self, **offered: str) -> int:
        """Rings; the status of the answer."""
        status, answer = self.ask(self.request("INVITE", 1, self.offer(**offered), branch=f"i{self.call_id[:24]}"))
        if status == 200:
            self.to_tag = re.search(r"(?im)^To:.*;tag=(\S+)", answer)[1]
            port = int(re.search(r"m=audio (\d+)", answer)[1])
            self.there = (re.search(r"c=IN IP4 (\S+)", answer)[1], port)
            self.signalling.sendto(self.request("ACK", 1), self.to)
        return status

    def start(self) -> None:
        """Sends sound each 20 ms, silence where there is nothing to play, in a thread."""
        self._thread = threading.Thread(target=self._sounding, daemon=True)
        self._thread.start()

    def play(self, content: bytes) -> None:
        """Plays this next."""
        with self._lock:
            self._play = content

    def packet(self, payload: int, content: bytes, *, stamp: int | None = None, mark: bool = False) -> bytes:
        """The next packet."""
        self.sequence += 1
        at = self.stamp if stamp is None else stamp
        head = struct.pack(">BBHII", 128, (128 if mark else 0) | payload, self.sequence & 0xFFFF, at, self.source)
        return head + content

    def press(self, key: str, *, repeats: int = 3) -> float:
        """A key by RFC 4733; the time at which its first packet went."""
        with self._lock:
            stamp, code = self.stamp, KEYS.index(key)
            begun = time.time()
            for step in range(4):
                content = struct.pack(">BBH", code, 10, (step + 1) * FRAME)
                self._out(self.packet(96, content, stamp=stamp, mark=not step))
            for _ in range(repeats):
                self._out(self.packet(96, struct.pack(">BBH", code, 0x80 | 10, 5 * FRAME), stamp=stamp))
            self.stamp += 6 * FRAME
        return begun

    def leave(self, number: int = 2) -> int:
        """Hangs up; the status of the answer."""
        self.quiet()
        return self.ask(self.request("BYE", number))[0]

    def quiet(self) -> None:
        """Sends nothing more."""
        self._stop.set()
        if self._thread:
            self._thread.join()

    def close(self) -> None:
        """Lets go of the sockets."""
        self.quiet()
        self.signalling.close()
        self.sound.close()

    def frame(self) -> None:
        """One packet of sound, and what has come meanwhile."""
        with self._lock:
            content, self._play = self._play[:FRAME], self._play[FRAME:]
            content += b"\xd5" * (FRAME - len(content))
            self._out(self.packet(8, content))
            self.stamp += FRAME
        try:
            while True:
                self.hears += self.sound.recv(2_000)[12:]
                self.heard += 1
                if len(self.hears) > MOST_KEPT:
                    del self.hears[: MOST_KEPT // 2]
        except BlockingIOError:
            pass

    def _sounding(self) -> None:
        due = time.monotonic()
        while not self._stop.is_set():
            self.frame()
            due += 0.02
            time.sleep(max(0.0, due - time.monotonic()))

    def _out(self, packet: bytes) -> None:
        self.sound.sendto(packet, self.there)


def _socket() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind(("127.0.0.1", 0))
    made.settimeout(0.5)
    return made
