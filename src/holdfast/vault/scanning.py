"""Looks for malware: a port, and its adapter to ClamAV's daemon (clamd). What it did not find is never called safe.

`HOLDFAST_SCANNER` names the scanner: `clamd:/run/clamav/clamd.ctl` (a socket of this machine) or `clamd:HOST:PORT`.
Content goes to it chunk by chunk, as it is opened: no file, and never the whole in memory. Over TCP it goes in clear:
only inside one machine, or a network that is all one's own (docs/how-to/scan-for-malware.md).

The protocol (clamd(8), INSTREAM): `zINSTREAM` and a nul; each chunk after its length in four bytes; a length of nought
ends it; one answer, ended by a nul. Where the daemon's limit is passed, it answers at once and closes.
"""

import contextlib
import socket
import struct
import time
from collections.abc import Iterable
from typing import NamedTuple
from typing import Protocol

from holdfast.vault.found import Scanned

CONNECT_SECONDS, SILENT_SECONDS = 5.0, 60.0  # to be let in; and between two signs of life
SLOWEST = 4 << 20  # bytes a second: what takes longer than this, and the silence, is given up
MOST_SCANNED = 4_000_000_000  # bytes: clamd has no larger limit
_PIECE = 1 << 18
_MOST_ANSWER = 4096


class Scan(NamedTuple):
    """What a scan came to."""

    outcome: Scanned
    by: str = ""  # the scanner, with the version of its signatures
    found: str = ""  # what was found, as the scanner calls it; or why there was no answer


class Scanner(Protocol):
    """Whatever looks for malware in a content. It never raises: no answer is an outcome."""

    def scan(self, pieces: Iterable[bytes], size: int) -> Scan:
        """Looks through a content of so many bytes, handed over piece by piece. What reading them raises passes."""


class BadScanner(ValueError):
    """HOLDFAST_SCANNER names no scanner that Holdfast knows."""


class Clamd:
    """ClamAV's daemon, behind a socket of this machine (a path) or of another (host and port)."""

    def __init__(self, address: str | tuple[str, int], *, silent_seconds: float = SILENT_SECONDS):
        self._address, self._silent = address, silent_seconds

    def scan(self, pieces: Iterable[bytes], size: int) -> Scan:
        """See Scanner."""
        if size > MOST_SCANNED:
            return Scan("too_large", "clamd", "larger than it can look through")
        try:
            by = self._ask(b"zVERSION\0", (), self._silent)
            answer = self._ask(b"zINSTREAM\0", pieces, self._silent + size / SLOWEST)
        except TimeoutError:
            return Scan("not_answered", "clamd", "it did not answer in time")
        except (OSError, ValueError) as fault:
            return Scan("not_answered", "clamd", f"it could not be reached ({type(fault).__name__})")
        return _judged(answer, by)

    def _ask(self, command: bytes, pieces: Iterable[bytes], seconds: float) -> str:
        until = time.monotonic() + seconds
        with self._connected() as line:
            line.settimeout(self._silent)
            try:
                line.sendall(command)
                if command == b"zINSTREAM\0":
                    self._stream(line, pieces, until)
            except (BrokenPipeError, ConnectionResetError):
                pass  # it has had enough: why is in its answer
            return _answer(line, until)

    def _connected(self) -> socket.socket:
        if isinstance(self._address, tuple):
            return socket.create_connection(self._address, timeout=CONNECT_SECONDS)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(CONNECT_SECONDS)
            line.connect(self._address)
        except BaseException:
            line.close()
            raise
        return line

    def _stream(self, line: socket.socket, pieces: Iterable[bytes], until: float) -> None:
        for piece in pieces:
            for at in range(0, len(piece), _PIECE):
                if time.monotonic() > until:
                    raise TimeoutError
                part = piece[at : at + _PIECE]
                line.sendall(struct.pack(">I", len(part)) + part)
        line.sendall(struct.pack(">I", 0))


def scanner_named(setting: str) -> Scanner | None:
    """The scanner that a setting names, or None where it names none. BadScanner.

    >>> scanner_named("") is None
    True
    """
    if not setting:
        return None
    kind, _, address = setting.partition(":")
    host, _, port = address.rpartition(":")
    if kind == "clamd" and address.startswith("/"):
        return Clamd(address)
    if kind == "clamd" and host and port.isdecimal() and 0 < int(port) < 65536:
        return Clamd((host.strip("[]"), int(port)))
    raise BadScanner(
        "HOLDFAST_SCANNER must be clamd:/path/of/socket or clamd:HOST:PORT. Nothing is scanned until then."
    )


def configured() -> Scanner | None:
    """The scanner of this installation, or None. BadScanner."""
    from django.conf import settings

    return scanner_named(getattr(settings, "HOLDFAST_SCANNER", ""))


def _answer(line: socket.socket, until: float) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _MOST_ANSWER:
        if time.monotonic() > until:
            raise TimeoutError
        with contextlib.suppress(ConnectionResetError):
            if piece := line.recv(_MOST_ANSWER):
                answer += piece
                continue
        break
    if not answer:
        raise ConnectionError
    text = answer.rstrip(b"\0\n").decode("ascii", "replace")
    return "".join(letter for letter in text if " " <= letter <= "~")[:250]


def _judged(answer: str, by: str) -> Scan:
    """clamd's words. Nothing but its own 'OK' means that it looked through all of it and found nothing."""
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return Scan("nothing_found", by)
    if "size limit exceeded" in words or words.startswith("Heuristics.Limits.Exceeded"):
        return Scan("too_large", by, "larger than it looks through")
    if words.endswith(" FOUND"):
        return Scan("found", by, words.removesuffix(" FOUND")[:120])
    return Scan("not_answered", by, "it answered with a fault")
