"""A real server for browser tests: `holdfast demo` in a data folder of its own, as whoever tries Holdfast starts it.

- It runs from a copy of the code and the packs: whoever edits a file meanwhile disturbs no test.
- The record of a case is read beside the server, by a process of its own on the same data folder, so that what a page
  says can be held against what the pure engine says of the very same entries.
"""

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support import forking
from tests.support.packs import keeps_its_packs_where_all_do
from tests.support.packs import of_all_workers
from tests.support.packs import pack_of

from holdfast.duties.case_json import read_case_json
from holdfast.record.entry import Entry

HOUSE = Path(__file__).parents[2]
BESIDE = ("AlarmRung", "UnusualOpeningFound")
READER = """
import json, sys
from holdfast.site.start import start
start(demo=True)
from holdfast.casefile.reading import case_by_code, read_case
from holdfast.record.kind import write_fields
for asked in sys.stdin:
    entries = [
        {"kind": e.kind, "happened_at": e.happened_at.isoformat(), "recorded_at": e.recorded_at.isoformat(),
         "by": {"role": e.by.role, "staff": e.by.staff}, "about": list(e.about), "fields": write_fields(e.fields)}
        for e in read_case(case_by_code(asked.strip())).entries
    ]
    print(json.dumps({"entries": entries}), flush=True)
"""


class Served:
    """The running demo: where it is, how to sign in, its example cases, and its records."""

    def __init__(self, told: dict[str, Any], environment: dict[str, str]):
        self.pack = pack_of("england-and-wales")
        self.at = told["guide"].rstrip("/")
        self.password = told["password"]
        self.cases = {case["title"]: case for case in told["cases"]}
        self.environment = environment
        self._reader = subprocess.Popen(
            [sys.executable, "-c", READER], env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def entries(self, code: str) -> list[Entry]:
        """Every entry of a case, as the record holds them now."""
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(code + "\n")
        self._reader.stdin.flush()
        return read_case_json(self._reader.stdout.readline().encode())

    def said(self, code: str) -> list[Entry]:
        """The same without what Holdfast itself adds when an hour has come, whatever a test is doing just then."""
        return [entry for entry in self.entries(code) if entry.kind not in BESIDE]

    def command(self, *arguments: str, given: bytes = b"") -> str:
        """What a `holdfast` command says, run beside the server on the same data folder."""
        done = forking.run(
            [*arguments], given=given.decode(), cwd=HOUSE, environment=self.environment, seconds=300
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def stop(self) -> None:
        """Ends the reader."""
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.close()
        self._reader.wait(10)
        self._reader.stdout.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo, served at a free port of this machine until the last test is done."""
    folder = tmp_path_factory.mktemp("served")
    prepared(folder, tmp_path_factory)
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    for part in ("src", "packs"):
        shutil.copytree(HOUSE / part, folder / "house" / part)
    environment = {
        **os.environ,
        "HOLDFAST_DATA": str(folder),
        "HOLDFAST_PACKS": str(folder / "house" / "packs"),
        "PYTHONPATH": str(folder / "house" / "src"),
    }
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "holdfast.site.command", "demo", "--port", str(port), "--json"]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True)
        assert server.stdout is not None
        said = server.stdout.readline()
        assert said, f"the demo did not start: {(folder / 'server.log').read_text()}"
        told = json.loads(said)
        assert not told["not_loaded"], told["not_loaded"]
        _wait_for(told["guide"])
        running = Served(told, environment)
        yield running
        running.stop()
        server.terminate()
        server.wait(20)
        server.stdout.close()


def prepared(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Makes a data folder what `holdfast demo --prepare` makes of an empty one."""
    shutil.copytree(_prepared(tmp_path_factory), folder, dirs_exist_ok=True)
    keeps_its_packs_where_all_do(folder)


def _prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the demo is prepared: by the first process of tests that needs it, for all."""
    shared = of_all_workers(tmp_path_factory)
    data = shared / "prepared"
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            being_made = shared / "being-prepared"
            being_made.mkdir(mode=0o700)
            keeps_its_packs_where_all_do(being_made)
            run = [sys.executable, "-m", "holdfast.site.command", "demo", "--prepare", "--json"]
            environment = {**os.environ, "HOLDFAST_DATA": str(being_made), "HOLDFAST_PACKS": str(HOUSE / "packs")}
            environment.pop("DJANGO_SETTINGS_MODULE", None)
            done = subprocess.run(run, env=environment, capture_output=True, check=False)
            assert done.returncode == 0, done.stderr.decode()
            (being_made / "packs").unlink()
            being_made.rename(data)
    return data


def _wait_for(address: str) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()  # noqa: S310 our own address
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
        else:
            return
