"""A running `holdfast answer` in a data folder of its own, and the record that it writes, read beside it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from holdfast.casefile.keyring import make_ring
from holdfast.duties.case_json import read_case_json
from holdfast.record.entry import Entry

HOUSE = Path(__file__).parents[3]
READER = """
import json, sys
from holdfast.site.start import start
start()
from holdfast.casefile.reading import read_case
from holdfast.casefile.rederiving import every_case
from holdfast.record.kind import write_fields
from holdfast.vault.place import item_of
from uuid import UUID
for asked in sys.stdin:
    if asked.strip():
        case, item = map(UUID, asked.split())
        found = item_of(case, item)
        print(json.dumps(found.read(0, found.size).hex()), flush=True)
        continue
    cases = []
    for case in every_case():
        entries = [
            {"kind": e.kind, "happened_at": e.happened_at.isoformat(), "recorded_at": e.recorded_at.isoformat(),
             "by": {"role": e.by.role, "staff": e.by.staff}, "about": list(e.about), "fields": write_fields(e.fields)}
            for e in read_case(case).entries
        ]
        cases.append([str(case), json.dumps({"entries": entries})])
    print(json.dumps(cases), flush=True)
"""


class Running:
    """One answering point. `calls` is every case by its id."""

    def __init__(self, folder: Path, *arguments: str, database: Path | None = None):
        self.folder = folder
        self.port = _free_port()
        self._asking = threading.Lock()
        self._environment = {
            **os.environ, "HOLDFAST_DATA": str(folder), "HOLDFAST_HTTP": "1", "PYTHONPATH": str(HOUSE / "src"),
        }  # fmt: skip
        self._environment.pop("DJANGO_SETTINGS_MODULE", None)
        if database:
            make_ring(folder)
            shutil.copy(database, folder / "holdfast.sqlite3")
        self._run("init")
        self._arguments = arguments
        self.start()
        self._reader = subprocess.Popen([sys.executable, "-c", READER], env=self._environment, text=True,
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip

    @property
    def at(self) -> tuple[str, int]:
        """Where it answers."""
        return "127.0.0.1", self.port

    def start(self) -> None:
        """Starts it, and waits until it answers."""
        self.log = self.folder / f"answer-{time.time_ns()}.log"
        asked = [sys.executable, "-m", "holdfast.site.command", "answer", "--sip", f"127.0.0.1:{self.port}"]
        with self.log.open("w") as log:
            self.process = subprocess.Popen([*asked, *self._arguments], env=self._environment, stderr=log)
        until = time.monotonic() + 60
        while "Answering at" not in self.log.read_text():
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < until
            time.sleep(0.05)

    def kill(self) -> None:
        """Ends it as a lost machine does."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ends it and the reader."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            time.sleep(0.2)
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(40)
        self._reader.stdin.close()
        self._reader.wait(20)
        self._reader.stdout.close()

    def calls(self) -> dict[str, list[Entry]]:
        """The entries of every case."""
        return {case: read_case_json(entries.encode()) for case, entries in self._asked("")}

    def wait_for(self, found: Callable[[dict[str, list[Entry]]], Any], within: float = 60.0) -> Any:
        """What is found in the calls, as soon as it is there."""
        until = time.monotonic() + within
        while True:
            calls = self.calls()
            if got := found(calls):
                return got
            assert time.monotonic() < until, {case: [each.kind for each in entries] for case, entries in calls.items()}
            time.sleep(0.2)

    def item(self, case: str, item: str) -> bytes:
        """An item of the vault, opened."""
        return bytes.fromhex(self._asked(f"{case} {item}"))

    def _asked(self, words: str) -> Any:
        with self._asking:
            self._reader.stdin.write(words + "\n")
            self._reader.stdin.flush()
            return json.loads(self._reader.stdout.readline())

    def _run(self, *arguments: str) -> None:
        run = [sys.executable, "-m", "holdfast.site.command", *arguments]
        done = subprocess.run(run, env=self._environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def of_number(calls: dict[str, list[Entry]], number: str) -> tuple[str, list[Entry]] | None:
    """The call from a number, with its case."""
    for case, entries in calls.items():
        if any(entry.kind == "CallReceived" and entry.fields.number == number for entry in entries):
            return case, entries
    return None


def kinds(entries: list[Entry]) -> list[str]:
    """The kinds, in their order."""
    return [entry.kind for entry in entries]


def one(entries: list[Entry], kind: str) -> Any:
    """The fields of the first entry of a kind."""
    return next(entry.fields for entry in entries if entry.kind == kind)


def _free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
