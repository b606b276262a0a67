"""Starts commands by forking a process in which what every command imports is loaded already.

A command that is started anew spends most of its second on imports, and the tests start hundreds. Each one here still
has a process, an environment, a working folder and standard streams of its own, and reads the settings by itself: no
module that looks at the settings is loaded before the fork. The plain start is tested in tests/house and by the demo.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

HOUSE = Path(__file__).parents[2]
# What needs no settings.
LOADED = (
    "PIL.Image", "allauth", "allauth.core.ratelimit", "argon2", "asgiref.sync", "asn1crypto.tsp", "concurrent.futures",
    "cryptography.hazmat.primitives.ciphers.aead", "cryptography.x509", "csp.apps", "django.contrib.auth.apps",
    "django.contrib.auth.hashers", "django.contrib.messages.constants", "django.contrib.staticfiles.apps",
    "django.core.management", "django.core.serializers.json", "django.db.backends.sqlite3.base",
    "django.db.migrations.executor", "django.db.models", "django.forms", "django.http",
    "django.template.backends.django", "django.urls", "django.views.debug", "django.views.generic", "fido2.server",
    "holdfast.access.log.unusual", "holdfast.casefile.queue", "holdfast.doors.desk.calls.pieces",
    "holdfast.doors.evidence.stamps", "holdfast.doors.intake.history", "holdfast.doors.intake.waiting",
    "holdfast.duties.owed", "holdfast.duties.steps", "holdfast.law.check", "holdfast.law.loading",
    "holdfast.record.facts", "holdfast.record.kinds", "holdfast.site.checks", "holdfast.vault.sweeping", "holidays",
    "jwt", "logging.config", "markdown_it", "msgspec", "numpy", "phonenumbers", "requests", "ruamel.yaml", "sqlite3",
    "unittest.mock",
)  # fmt: skip


def run(
    words: list[str], *, given: str, cwd: Path, environment: dict[str, str], seconds: float, first: str = ""
) -> subprocess.CompletedProcess[str]:
    """One `holdfast` command, as subprocess.run(text=True, capture_output=True) would tell of it.

    `first` is Python that its process runs before the command is loaded: what is broken on purpose.
    """
    with contextlib.ExitStack() as stack:
        streams = [stack.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        streams[0].write(given.encode())
        streams[0].seek(0)
        line = stack.enter_context(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM))
        line.settimeout(seconds)
        line.connect(_server())
        asked = json.dumps({"words": words, "cwd": str(cwd), "environment": environment, "first": first}).encode()
        socket.send_fds(line, [len(asked).to_bytes(4, "big")], [each.fileno() for each in streams])
        line.sendall(asked)
        answered = line.makefile("rb").readline()
        if not answered:
            raise AssertionError("the process that starts commands has ended")
        texts = []
        for each in streams[1:]:
            each.seek(0)
            texts.append(each.read().decode())
    return subprocess.CompletedProcess(["holdfast", *words], int(answered), *texts)


@cache
def _server() -> str:
    """Where it listens. One for each process of tests, ended with it."""
    folder = tempfile.TemporaryDirectory(prefix="holdfast-forking-")
    atexit.register(folder.cleanup)
    place = str(Path(folder.name) / "line")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST", "DJANGO"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.forking", place], cwd=HOUSE, env=kept | {"PYTHONWARNINGS": "error"}
    )
    atexit.register(process.wait)
    atexit.register(process.kill)
    while not Path(place).exists():
        assert process.poll() is None, "the process that starts commands did not start"
        time.sleep(0.05)
    return place


def _serve(place: str) -> None:
    for each in LOADED:
        importlib.import_module(each)
    gc.collect()
    gc.freeze()  # what is here stays: no command goes through it in search of waste
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(place + ".new")
        listening.listen(16)
        Path(place + ".new").rename(place)
        tests = os.getppid()
        while os.getppid() == tests:
            asked, _, _ = select.select([listening], [], [], 2)
            with contextlib.suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass
            if not asked:
                continue
            line, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                _one(line)
            line.close()


def _one(line: socket.socket) -> None:
    """Between the asker and the command: answers with its status when it has ended."""
    head, streams, _, _ = socket.recv_fds(line, 4, 3)
    long = int.from_bytes(head, "big")
    body = b""
    while len(body) < long:
        body += line.recv(long - len(body))
    child = os.fork()
    if child == 0:
        line.close()
        _become(json.loads(body), streams)
    _, status = os.waitpid(child, 0)
    line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(asked: dict[str, object], streams: list[int]) -> None:
    for number, each in enumerate(streams):
        os.dup2(each, number)
    os.closerange(3, 256)
    os.chdir(str(asked["cwd"]))
    os.environ.clear()
    os.environ.update(asked["environment"])  # type: ignore[call-overload]
    sys.argv = ["holdfast", *asked["words"]]  # type: ignore[misc]
    status = 1
    try:
        exec(str(asked["first"]), {})  # noqa: S102 a test's own words
        from holdfast.site.command import main

        status = main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(end.code + "\n")
    except BaseException:  # noqa: BLE001 as the interpreter does at the end
        sys.excepthook(*sys.exc_info())  # type: ignore[arg-type]
    finally:
        atexit._run_exitfuncs()
        with contextlib.suppress(Exception):
            sys.stdout.flush()
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    _serve(sys.argv[1])
