"""The way in behind a real server and a real socket: nothing in clear on the disk, and a lost line is taken over."""

import hashlib
import http.client
import json
import os
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from contextlib import closing
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from tests.support.taking_in import OFFSET
from tests.support.taking_in import Giving
from tests.support.taking_in import form

from holdfast.site import intakes as intakes_module
from holdfast.site.patient import Patient

CANARY = b"CANARY-0f3b9c2e-nothing-of-this-may-be-read-on-the-disk\n"
LONG = CANARY * (20_000_000 // len(CANARY))


@contextmanager
def serving(giving: Giving) -> Iterator[int]:
    """The port at which the way in answers."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    config = uvicorn.Config(
        giving.taking_in, host="127.0.0.1", port=port, log_config=None, http=Patient, ws="none", lifespan="off"
    )  # type: ignore[arg-type]
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield port
    server.should_exit = True
    thread.join(20)


@pytest.fixture
def giving(database: Any) -> Iterator[Giving]:
    opened = Giving()
    yield opened
    opened.close()


def leads_to(name: str) -> str:
    """What a number of /proc/self/fd is; '' where it is gone."""
    try:
        return os.readlink(f"/proc/self/fd/{name}")  # noqa: PTH115 the fastest way
    except OSError:
        return ""


class Watch(threading.Thread):
    """Which files this process has open while something comes in."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.seen: set[str] = set()
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 the fastest way: files may be there for a moment
                found = leads_to(name)
                if found.startswith("/") and not found.startswith(("/dev", "/proc")):
                    self.seen.add(found)
            time.sleep(0.0005)


@pytest.mark.parametrize("how", ["in parts", "as a form"])
def test_nothing_of_it_is_ever_in_clear_on_the_disk(giving: Giving, how: str, tmp_path: Path) -> None:
    temporary = Path(tempfile.gettempdir())
    before = {str(path) for path in temporary.iterdir()}
    path, watch = giving.permit(), Watch()
    open_before = {leads_to(name) for name in os.listdir("/proc/self/fd")}  # noqa: PTH208
    with ExitStack() as stack:
        port = stack.enter_context(serving(giving))
        watch.start()
        line = stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)))
        if how == "in parts":
            for at in range(0, len(LONG), 7_000_000):
                part = LONG[at : at + 7_000_000]
                line.request("PATCH", path, part, {"Content-Type": OFFSET, "Upload-Offset": str(at)})
                assert line.getresponse().read() == b""
            line.request("POST", f"{path}/end", json.dumps({"size": len(LONG)}))
        else:
            body, kind = form(("words", None, CANARY), ("files", "a.bin", LONG))
            line.request("POST", path, body, {"Content-Type": kind})
        answer = line.getresponse()
        answer.read()
        assert answer.status in (200, 303)
        watch.stopped.set()
        watch.join()
    assert giving.items()[0].sha256 == hashlib.sha256(LONG).hexdigest()
    # A thread of an earlier test may have that test's folder open. Nothing is in clear in a folder, only in its files.
    written = {name for name in watch.seen - open_before if not (name.startswith(str(tmp_path)) or Path(name).is_dir())}
    assert [name for name in written if "deleted" in name or name.startswith(str(temporary))] == []
    assert any("/vault/intake/" in name for name in watch.seen), "the watch saw what it had to see"
    new = {str(each) for each in temporary.iterdir()} - before
    assert [name for name in new if CANARY in _content(Path(name))] == []
    found = [str(each) for each in tmp_path.rglob("*") if each.is_file() and CANARY.strip() in each.read_bytes()]
    assert found == []


def test_a_telephone_that_lost_its_line_takes_over_from_the_old_one(giving: Giving, monkeypatch: Any) -> None:
    monkeypatch.setattr(intakes_module, "QUIET", 0.5)
    path = giving.permit()
    head = f"PATCH {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {OFFSET}\r\nUpload-Offset: 0\r\n"
    with ExitStack() as stack:
        port = stack.enter_context(serving(giving))
        lost = stack.enter_context(socket.create_connection(("127.0.0.1", port)))
        lost.sendall(f"{head}Content-Length: {len(LONG)}\r\n\r\n".encode() + LONG[:300_000])
        time.sleep(0.1)  # the line is dead, and the server does not know
        line = stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)))
        headers = {"Content-Type": OFFSET, "Upload-Offset": "300000"}
        line.request("PATCH", path, LONG[300_000:400_000], headers)
        answer = line.getresponse()
        answer.read()
        assert (answer.status, answer.headers["Retry-After"]) == (423, "3")
        time.sleep(0.6)
        line.request("PATCH", path, LONG[300_000:400_000], headers)
        answer = line.getresponse()
        answer.read()
        assert (answer.status, answer.headers["Upload-Offset"]) == (204, "400000")
        assert b"408" in lost.recv(1000)
        line.request("POST", f"{path}/end", json.dumps({"size": 400_000}))
        assert json.loads(line.getresponse().read())["sha256"] == hashlib.sha256(LONG[:400_000]).hexdigest()


def test_a_refusal_is_heard_although_more_is_being_sent(giving: Giving) -> None:
    with ExitStack() as stack:
        port = stack.enter_context(serving(giving))
        line = stack.enter_context(closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)))
        headers = {"Content-Type": OFFSET, "Upload-Offset": "5"}
        line.request("PATCH", giving.permit(), LONG[:6_000_000], headers)
        assert line.getresponse().status == 409


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""
