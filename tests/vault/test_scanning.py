"""Looking for malware: a daemon that speaks clamd's protocol over real sockets, and what is held without an answer.

The daemon here reads as ClamAV's does (INSTREAM): it answers when the length of nought comes, or at once when its limit
is passed, and then closes. The real one is asked too where this machine runs it.
"""

import os
import socket
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.vault import samples
from tests.vault.whole_items import item_with

from holdfast.vault.looking_in import look_in
from holdfast.vault.looking_in import look_in_with
from holdfast.vault.scanning import BadScanner
from holdfast.vault.scanning import Clamd
from holdfast.vault.scanning import Scan
from holdfast.vault.scanning import scanner_named

REAL = Path("/run/clamav/clamd.ctl")


class _Daemon(socketserver.BaseRequestHandler):
    """One connection."""

    server: Any

    def handle(self) -> None:
        command = b""
        while not command.endswith(b"\0"):
            command += self.request.recv(1)
        if command == b"zVERSION\0":
            self.request.sendall(b"ClamAV 1.4.6/27820/Fri Nov 20 09:00:00 2026\0")
            return
        assert command == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self._exactly(4))[0]:
            content += self._exactly(length)
            self.server.longest = max(self.server.longest, length)
            if len(content) > self.server.limit:
                self.request.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.seen.append(content)
        time.sleep(self.server.slow)
        found = b"stream: Eicar-Test-Signature FOUND\0" if samples.EICAR in content else self.server.says
        self.request.sendall(found)

    def _exactly(self, count: int) -> bytes:
        content = b""
        while len(content) < count:
            piece = self.request.recv(count - len(content))
            if not piece:
                raise ConnectionError
            content += piece
        return content


class _Tcp(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller who goes away is no fault of the test's."""


class _Unix(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True


@pytest.fixture(params=["tcp", "unix"])
def daemon(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    server: Any
    if request.param == "tcp":
        server = _Tcp(("127.0.0.1", 0), _Daemon)
        server.named = f"clamd:127.0.0.1:{server.server_address[1]}"
    else:
        path = f"/tmp/hf-{os.getpid()}.sock"  # noqa: S108 a socket's path is short, and a test's folder is not
        server = _Unix(path, _Daemon)
        server.named = f"clamd:{path}"
    server.limit, server.slow, server.says, server.seen, server.longest = 1 << 30, 0.0, b"stream: OK\0", [], 0
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    running.start()
    yield server
    server.shutdown()
    server.server_close()
    if request.param == "unix":
        Path(path).unlink()


def test_malware_is_found_by_name_and_held(daemon: Any, tmp_path: Path) -> None:
    found = look_in_with(item_with(tmp_path, b"x" * 3_000_000 + samples.EICAR), "a.txt", scanner_named(daemon.named))
    assert ("malware_found", "The scanner calls it Eicar-Test-Signature.") in found.held
    assert found.metadata.scanned == "found"
    assert found.metadata.scanned_by == "ClamAV 1.4.6/27820/Fri Nov 20 09:00:00 2026: Eicar-Test-Signature"


def test_the_whole_content_comes_in_pieces_and_nothing_found_is_not_held(daemon: Any, tmp_path: Path) -> None:
    content = os.urandom(2_500_000).replace(b"\0", b"a")
    item = item_with(tmp_path, b"words " * 10 + content)
    assert scanner_named(daemon.named).scan(item.pieces(), item.size) == Scan(  # type: ignore[union-attr]
        "nothing_found", "ClamAV 1.4.6/27820/Fri Nov 20 09:00:00 2026"
    )
    assert daemon.seen == [b"words " * 10 + content]
    assert daemon.longest <= 1 << 18


def test_no_scanner_is_said_and_holds_nothing(tmp_path: Path) -> None:
    found = look_in_with(item_with(tmp_path, b"words"), "a.txt", None)
    assert (found.held, found.metadata.scanned) == ((), "no_scanner")


def test_what_is_too_large_for_it_is_held_unless_it_is_a_film(daemon: Any, tmp_path: Path) -> None:
    daemon.limit = 1000
    for content, held in ((b"words " * 400_000, [("not_scanned", "It is larger than the scanner looks through.")]),
                          (samples.film(), [])):  # fmt: skip
        found = look_in_with(item_with(tmp_path, content), "", scanner_named(daemon.named))
        assert found.metadata.scanned == "too_large"
        assert [*found.held] == held


@pytest.mark.parametrize("says", [b"stream: ERROR\0", b"OK then\0", b"", b"stream: OK but\0", b"x" * 9000, b"\xff\0"])
def test_any_other_answer_is_none(daemon: Any, tmp_path: Path, says: bytes) -> None:
    daemon.says = says
    found = look_in_with(item_with(tmp_path, b"words"), "a.txt", scanner_named(daemon.named))
    assert found.metadata.scanned == "not_answered"
    assert found.held == (("not_scanned", "The scanner gave no answer."),)


def test_silence_is_given_up(daemon: Any, tmp_path: Path) -> None:
    daemon.slow = 5.0
    scanner = Clamd(daemon.server_address, silent_seconds=0.3)
    started = time.monotonic()
    assert scanner.scan([b"words"], 5).outcome == "not_answered"
    assert time.monotonic() - started < 3


def test_one_that_is_not_there_holds(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    for named in (f"clamd:127.0.0.1:{port}", f"clamd:{tmp_path}/none.sock"):
        assert look_in_with(item_with(tmp_path, b"x"), "", scanner_named(named)).held[0][0] == "not_scanned"


def test_one_that_asks_for_more_than_it_may_have_is_too_large() -> None:
    assert Clamd("/nowhere").scan([], 5_000_000_000).outcome == "too_large"


def test_a_fault_of_the_vault_is_not_taken_for_an_answer(daemon: Any) -> None:
    def pieces() -> Iterator[bytes]:
        yield b"x"
        raise LookupError

    with pytest.raises(LookupError):
        scanner_named(daemon.named).scan(pieces(), 2)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "named", ["clamd", "clamd:", "clamd:here", "clamd:here:x", "clamd:h:99999", "other:/x", "clamd::1"]
)
def test_a_setting_that_names_none_is_refused_and_nothing_passes_unscanned(
    tmp_path: Path, named: str, settings: Any
) -> None:
    with pytest.raises(BadScanner):
        scanner_named(named)
    settings.HOLDFAST_SCANNER = named
    assert look_in(item_with(tmp_path, b"x"), "").held == (("not_scanned", "The scanner gave no answer."),)


@pytest.mark.skipif(not REAL.exists(), reason="ClamAV's daemon does not run on this machine")
def test_the_real_daemon_finds_the_test_text() -> None:
    scanner = Clamd(str(REAL))
    assert scanner.scan([samples.EICAR], len(samples.EICAR)).outcome == "found"
    assert scanner.scan([b"words"], 5).outcome == "nothing_found"
