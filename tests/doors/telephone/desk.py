"""A control room's telephone of our own, for tests: it answers, is busy, does not answer, hangs up, or talks nonsense.

Beside baresip and sipp it can do what they cannot: choose each answer, count what came, and say and hear known sound.
"""

import re
import socket
import struct
import threading
import time
from collections.abc import Callable
from itertools import count

from tests.doors.telephone.caller import FRAME

_numbers = count(1)
RINGS, MUTE, SPOILT = 0, -1, 2000
SILENCE = {0: 0xFF, 8: 0xD5}


class Talk:
    """One call at the desk: its INVITE, and what came to it."""

    def __init__(self, invite: str, at: tuple[str, int]):
        self.invite, self.at = invite, at
        self.call_id = header(invite, "Call-ID")
        self.number = re.search(r"sip:([^@>]*)", header(invite, "From"))[1]
        self.tag = f"d{next(_numbers)}"
        self.came: list[str] = []  # methods, in their order
        self.answers: list[int] = []  # to what the desk asked

    def head(self, request: str) -> str:
        """The headers of an answer."""
        vias = "".join(f"Via: {each}\r\n" for each in re.findall(r"(?im)^Via: (.*?)\r?$", request))
        to = header(request, "To")
        to += "" if ";tag=" in to else f";tag={self.tag}"
        return (
            f"{vias}From: {header(request, 'From')}\r\nTo: {to}\r\nCall-ID: {self.call_id}\r\n"
            f"CSeq: {header(request, 'CSeq')}\r\n"
        )


class Desk:
    """`plans` says for a caller's number with which statuses its rings are answered, in their order, then 200.

    RINGS is nothing but ringing, MUTE nothing at all, SPOILT a 200 whose sound cannot be read. `law` is a payload type:
    8 A-law, 0 mu-law.
    """

    def __init__(self, law: int = 8):
        self.law, self.plans = law, dict[str, list[int]]()
        self.signalling, self.sound = _socket(), _socket()
        self.talks: list[Talk] = []
        self.heard = b""  # what came, as bytes of the law
        self.says = b""  # what it says next, again and again
        self._there: tuple[str, int] | None = None
        self._over = threading.Event()
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._signalling, self._sounding)]
        for thread in self._threads:
            thread.start()

    @property
    def uri(self) -> str:
        """Where it is rung."""
        return f"sip:call-takers@127.0.0.1:{self.signalling.getsockname()[1]}"

    def wait(self, found: Callable[[], object], within: float = 30.0) -> None:
        """Until something is so."""
        until = time.monotonic() + within
        while not found():
            assert time.monotonic() < until, [(talk.came, talk.answers) for talk in self.talks]
            time.sleep(0.02)

    def of(self, number: str) -> list[Talk]:
        """The rings for one caller."""
        return [talk for talk in self.talks if talk.number == number]

    def ask(self, talk: Talk, method: str, body: str = "") -> None:
        """A request of the desk inside a call, as BYE; its answer's status is added to `talk.answers`."""
        host, port = self.signalling.getsockname()
        kind = "Content-Type: application/sdp\r\n" if body else ""
        to = re.search(r"<([^>]+)>", header(talk.invite, "Contact"))[1]
        self.signalling.sendto(
            f"{method} {to} SIP/2.0\r\nVia: SIP/2.0/UDP {host}:{port};branch=z9hG4bK{next(_numbers)}desk;rport\r\n"
            f"Max-Forwards: 70\r\nFrom: {header(talk.invite, 'To')};tag={talk.tag}\r\n"
            f"To: {header(talk.invite, 'From')}\r\nCall-ID: {talk.call_id}\r\nCSeq: {next(_numbers)} {method}\r\n"
            f"Contact: <sip:desk@{host}:{port}>\r\n{kind}Content-Length: {len(body)}\r\n\r\n{body}".encode(),
            talk.at,
        )

    def description(self) -> str:
        """Of its sound."""
        host, port = self.sound.getsockname()
        return (
            f"v=0\r\no=- 1 1 IN IP4 {host}\r\ns=-\r\nc=IN IP4 {host}\r\nt=0 0\r\nm=audio {port} RTP/AVP {self.law}\r\n"
        )

    def close(self) -> None:
        """Lets go of everything."""
        self._over.set()
        for thread in self._threads:
            thread.join(5)
        self.signalling.close()
        self.sound.close()

    def _signalling(self) -> None:
        while not self._over.is_set():
            try:
                data, at = self.signalling.recvfrom(65_536)
            except TimeoutError:
                continue
            self._came(data.decode("latin-1"), at)

    def _came(self, text: str, at: tuple[str, int]) -> None:
        call_id, first = header(text, "Call-ID"), text.split(" ", 1)[0]
        talk = next((each for each in self.talks if each.call_id == call_id), None)
        if first == "SIP/2.0":
            if talk and int(text.split(" ")[1]) >= 200:
                talk.answers.append(int(text.split(" ")[1]))
                if header(text, "CSeq").endswith("INVITE"):
                    self.ask(talk, "ACK")
            return
        if first == "INVITE" and talk is None:
            talk = Talk(text, at)
            self.talks.append(talk)
            threading.Thread(target=self._rung, args=(talk,), daemon=True).start()
        if talk is None:
            return
        talk.came.append(first)
        if first in ("BYE", "CANCEL", "OPTIONS"):
            self._send(talk, f"SIP/2.0 200 OK\r\n{talk.head(text)}Content-Length: 0\r\n\r\n")
        if first == "CANCEL":
            self._send(talk, f"SIP/2.0 487 Gone\r\n{talk.head(talk.invite)}Content-Length: 0\r\n\r\n")
        if first == "BYE":
            self._there = None

    def _rung(self, talk: Talk) -> None:
        plan = self.plans.get(talk.number)
        status = plan.pop(0) if plan else 200
        if status == MUTE:
            return
        self._send(talk, f"SIP/2.0 180 Ringing\r\n{talk.head(talk.invite)}Content-Length: 0\r\n\r\n")
        if status == RINGS:
            return
        body = "v=0\r\nm=audio 0 none\r\n" if status == SPOILT else ""
        if status == 200:
            body = self.description()
            media = re.search(r"m=audio (\d+)", talk.invite)[1]
            self._there = re.search(r"c=IN IP4 (\S+)", talk.invite)[1], int(media)
        host, port = self.signalling.getsockname()
        kind = "Content-Type: application/sdp\r\n" if body else ""
        answer = (
            f"SIP/2.0 {200 if status == SPOILT else status} Said\r\n{talk.head(talk.invite)}"
            f"Contact: <sip:desk@{host}:{port}>\r\n{kind}Content-Length: {len(body)}\r\n\r\n{body}"
        )
        for pause in (0.3, 0.5, 1.0, 2.0):  # until it has its ACK
            self._send(talk, answer)
            time.sleep(pause)
            if "ACK" in talk.came:
                return

    def _send(self, talk: Talk, text: str) -> None:
        if not self._over.is_set():
            self.signalling.sendto(text.encode("latin-1"), talk.at)

    def _sounding(self) -> None:
        self.sound.setblocking(False)
        due, number, said = time.monotonic(), 0, 0
        while not self._over.is_set():
            number += 1
            if there := self._there:
                content = self.says[said : said + FRAME]
                said = said + FRAME if said + FRAME < len(self.says) else 0
                content += bytes((SILENCE[self.law],)) * (FRAME - len(content))
                head = struct.pack(">BBHII", 128, self.law, number & 0xFFFF, number * FRAME, 77)
                self.sound.sendto(head + content, there)
            try:
                while True:
                    packet = self.sound.recv(2_000)
                    if packet[1] & 127 == self.law:
                        self.heard += packet[12:]
            except BlockingIOError:
                pass
            due += 0.02
            time.sleep(max(0.0, due - time.monotonic()))


def header(text: str, name: str) -> str:
    """The first header of a name."""
    found = re.search(rf"(?im)^{name}: (.*?)\r?$", text)
    return found[1] if found else ""


def _socket() -> socket.socket:
    made = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    made.bind(("127.0.0.1", 0))
    made.settimeout(0.2)
    return made
