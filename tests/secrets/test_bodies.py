"""What is sent to a page is on no disk: not while it comes in, not afterwards, not in a file that was deleted at once.

A real server, asked through /proc which files it holds open. Django's own handler is tried in the same way, so that it
is known that the test would see it.
"""

import hashlib
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from tests.secrets.taking import MOST
from tests.support.packs import keeps_its_packs_where_all_do

HOUSE = Path(__file__).parents[2]
CANARY = b"canary-9f3b-Wrenfield-Crescent"
SERVER = """
import sys
from holdfast.site.start import start
start()
import uvicorn
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from holdfast.site.body_limit import BodyLimit
from holdfast.site.handling import SHORT, Handler
from tests.secrets.taking import MOST
settings.ROOT_URLCONF = "tests.secrets.taking"
streamed = {"/taken/": MOST}
if sys.argv[1] == "django":
    settings.FILE_UPLOAD_HANDLERS = [
        "django.core.files.uploadhandler.MemoryFileUploadHandler",
        "django.core.files.uploadhandler.TemporaryFileUploadHandler",
    ]
    taking = ASGIHandler()
else:
    taking = BodyLimit(Handler(streamed), most=SHORT, streamed=streamed)
uvicorn.run(taking, host="127.0.0.1", port=int(sys.argv[2]), log_config=None, access_log=False, lifespan="off")
"""


class Serving:
    """A running server, its port, and the folder in which it would keep temporary files."""

    def __init__(self, pid: int, port: int, temporary: Path):
        self.pid, self.port, self.temporary = pid, port, temporary

    def on_disk(self) -> list[str]:
        """The files that hold the canary: those the server has open, deleted or not, and those in its folder."""
        found = []
        places = list(Path(f"/proc/{self.pid}/fd").iterdir())
        for place in [*places, *(each for each in self.temporary.rglob("*") if each.is_file())]:
            try:
                if place.is_file() and CANARY in place.read_bytes():
                    found.append(str(place.readlink() if place.is_symlink() else place))
            except OSError:
                continue
        return found


@contextmanager
def serving(which: str, folder: Path) -> Iterator[Serving]:
    temporary = folder / "temporary"
    temporary.mkdir()
    (folder / "data").mkdir()
    keeps_its_packs_where_all_do(folder / "data")
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST", "DJANGO"))}
    around = {**kept, "TMPDIR": str(temporary), "HOLDFAST_DATA": str(folder / "data"), "HOLDFAST_HTTP": "1"}
    with (folder / "said").open("wb") as said:
        asked = [sys.executable, "-c", SERVER, which, str(port)]
        process = subprocess.Popen(asked, env=around, cwd=HOUSE, stdout=said, stderr=said)
        try:
            until = time.monotonic() + 60
            while True:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    assert process.poll() is None, (folder / "said").read_text()
                    assert time.monotonic() < until
                    time.sleep(0.05)
            yield Serving(process.pid, port, temporary)
            assert CANARY not in (folder / "said").read_bytes()
        finally:
            process.kill()
            process.wait()


def as_form(content: bytes) -> tuple[bytes, str]:
    """A form with one file, and its type."""
    head = (
        b'--edge\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    )
    return head + content + b"\r\n--edge--\r\n", "multipart/form-data; boundary=edge"


def send(to: Serving, path: str, body: bytes, kind: str, *, slowly: bool) -> tuple[bytes, list[str]]:
    """Sends a body in pieces, and looks on the disk when nearly all is sent, and again while it is answered."""
    with socket.create_connection(("127.0.0.1", to.port), 60) as line:
        line.settimeout(60)
        # A browser says the length of a form, and Django reads none without; other senders may not know it yet.
        chunked = slowly and not kind.startswith("multipart")
        how = "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(body)}"
        line.sendall(f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\n{how}\r\n\r\n".encode())
        seen: list[str] = []
        pieces = [body[start : start + 50_000] for start in range(0, len(body), 50_000)]
        try:
            for number, piece in enumerate(pieces, 1):
                line.sendall(b"%x\r\n%b\r\n" % (len(piece), piece) if chunked else piece)
                if slowly and number in (len(pieces) // 2, len(pieces) - 1):
                    time.sleep(0.3)  # until the server has taken what is on the way
                    seen += to.on_disk()
            line.sendall(b"0\r\n\r\n" if chunked else b"")
        except OSError:
            pass  # it was refused before all was sent, which is its right
        answer = b""
        while b"\r\n\r\n" not in answer or b"}" not in answer:
            seen += to.on_disk()
            try:
                more = line.recv(65536)
            except OSError:
                break
            if not more:
                break
            answer += more
    return answer, seen + to.on_disk()


BODY = (CANARY + b" ") * (3_000_000 // (len(CANARY) + 1))


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving("ours", tmp_path_factory.mktemp("ours")) as running:
        yield running


@pytest.fixture(scope="module")
def djangos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    with serving("django", tmp_path_factory.mktemp("django")) as running:
        yield running


@pytest.mark.parametrize("slowly", [True, False], ids=["slow", "whole"])
@pytest.mark.parametrize("path", ["/taken/raw", "/taken/form"])
def test_three_megabytes_come_in_whole_and_touch_no_disk(ours, path, slowly):
    body, kind = as_form(BODY) if path.endswith("form") else (BODY, "application/octet-stream")
    answer, seen = send(ours, path, body, kind, slowly=slowly)
    told = json.loads(answer[answer.index(b"{") :].split(b"\r\n")[0])
    assert (told["length"], told["sha256"]) == (len(BODY), hashlib.sha256(BODY).hexdigest())
    assert seen == []


@pytest.mark.parametrize("path", ["/taken/raw", "/taken/form"])
def test_what_django_does_by_itself_is_seen(djangos, path):
    body, kind = as_form(BODY) if path.endswith("form") else (BODY, "application/octet-stream")
    _, seen = send(djangos, path, body, kind, slowly=True)
    assert any("deleted" in each for each in seen)


@pytest.mark.parametrize("slowly", [True, False], ids=["slow", "whole"])
def test_what_is_longer_than_its_address_takes_is_refused(ours, slowly):
    answer, seen = send(ours, "/taken/raw", CANARY * (MOST // len(CANARY) + 5000), "text/plain", slowly=slowly)
    assert b" 413 " in answer.split(b"\r\n")[0] + b" "
    assert seen == []


@pytest.mark.parametrize("slowly", [True, False], ids=["slow", "whole"])
def test_a_page_takes_no_more_than_a_page(ours, slowly):
    answer, seen = send(ours, "/elsewhere", BODY, "application/x-www-form-urlencoded", slowly=slowly)
    assert b" 413 " in answer.split(b"\r\n")[0] + b" "
    assert seen == []


def test_whoever_leaves_half_way_leaves_nothing(ours):
    with socket.create_connection(("127.0.0.1", ours.port), 10) as line:
        line.sendall(b"POST /taken/raw HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3000000\r\n\r\n" + CANARY * 9000)
        time.sleep(0.3)
        assert ours.on_disk() == []
    time.sleep(0.3)
    assert ours.on_disk() == []
    answer, _ = send(ours, "/taken/raw", b"short", "text/plain", slowly=False)
    assert b'"length": 5' in answer
