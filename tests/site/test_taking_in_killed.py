"""The server is killed at chance moments while something comes in: nothing acknowledged is lost, nothing lies in clear.

HOLDFAST_KILLS names how often (a longer run), HOLDFAST_KILL_SEED another beginning. The vault's own kills are in
tests/vault; here the way in is killed whole, with a socket in front of it.
"""

import hashlib
import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings as django_settings
from tests.support.taking_in import OFFSET
from tests.support.taking_in import Giving

from holdfast.vault.place import item_of

KILLS = int(os.environ.get("HOLDFAST_KILLS", "4"))
SEED = os.environ.get("HOLDFAST_KILL_SEED", "2026")
CANARY = b"CANARY-7d1c-what-a-survivor-gave-is-never-in-clear\n"
CONTENT = CANARY * (30_000_000 // len(CANARY))
SERVER = """
import os, sys
import django
django.setup()
from django.conf import settings
settings.SECRET_KEY = os.environ["SECRET"]
import uvicorn
from holdfast.site.patient import Patient
from holdfast.site.taking_in import TakingIn
async def nobody(scope, receive, send):
    raise NotImplementedError
uvicorn.run(TakingIn(nobody), port=int(sys.argv[1]), log_config=None, http=Patient, ws="none", lifespan="off")
"""


@pytest.fixture
def giving(database: Any) -> Iterator[Giving]:
    opened = Giving()
    yield opened
    opened.close()


def serve(port: int, folder: Path) -> subprocess.Popen[bytes]:
    around = {
        **os.environ, "HOLDFAST_DATA": str(folder), "SECRET": django_settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "holdfast.site.settings",
    }  # fmt: skip
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], env=around)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return server
    raise AssertionError("the server did not start")


def asks(port: int, method: str, path: str, body: Any = None, **headers: str) -> http.client.HTTPResponse | None:
    """One answer, read; None where the line broke."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        answer.said = answer.read()  # type: ignore[attr-defined]
    except (OSError, http.client.HTTPException):
        return None
    else:
        return answer
    finally:
        line.close()


def in_clear(folder: Path) -> str:
    """The files that hold the canary. Another process looks: reading the database here would let go of its locks."""
    looked = [
        "grep",
        "--recursive",
        "--files-with-matches",
        "--text",
        "--fixed-strings",
        CANARY.decode().strip(),
        folder,
    ]
    return subprocess.run(looked, capture_output=True, text=True, check=False).stdout


def test_a_server_that_is_killed_loses_nothing_that_it_acknowledged(giving: Giving, tmp_path: Path) -> None:
    chance = Random(SEED)  # noqa: S311 chance that can be had again
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    path, acknowledged, killed, whole = giving.permit(), 0, 0, 0
    planted = tmp_path / "planted"
    planted.write_bytes(CONTENT[: len(CANARY) * 3])
    assert str(planted) in in_clear(tmp_path), "what is in clear is seen"
    planted.unlink()
    server = serve(port, tmp_path)
    try:
        while killed < KILLS or acknowledged < len(CONTENT):
            if acknowledged == len(CONTENT):  # all of it is there, and there are kills left: the next one comes in
                ended(port, path)
                path, acknowledged, whole = giving.permit(), 0, whole + 1
            timer = None
            if killed < KILLS:
                timer = threading.Timer(chance.random() * 0.3, server.kill)
                timer.start()
            part = CONTENT[acknowledged : acknowledged + chance.randrange(1, 9_000_000)]
            answer = asks(port, "PATCH", path, part, Content_Type=OFFSET, Upload_Offset=str(acknowledged))
            if answer is not None and answer.status == 204:
                acknowledged = int(answer.headers["Upload-Offset"])
            if timer:
                timer.join()
                server.wait(20)
                killed += 1
                server = serve(port, tmp_path)
            there = asks(port, "HEAD", path)
            assert there is not None
            assert int(there.headers["Upload-Offset"]) >= acknowledged, "something acknowledged was lost"
            acknowledged = int(there.headers["Upload-Offset"])
            assert in_clear(tmp_path) == "", f"in clear after kill {killed}"
        ended(port, path)
    finally:
        server.kill()
        server.wait(20)
    assert killed == KILLS
    items = giving.items()
    assert len(items) == whole + 1
    for item in items:
        assert item_of(giving.case, item.item).read() == CONTENT


def ended(port: int, path: str) -> None:
    """Says that all of it was sent: it is one item with the hash of what was sent."""
    told = asks(port, "POST", f"{path}/end", json.dumps({"size": len(CONTENT)}))
    assert told is not None
    assert json.loads(told.said)["sha256"] == hashlib.sha256(CONTENT).hexdigest()  # type: ignore[attr-defined]
