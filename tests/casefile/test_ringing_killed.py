"""Two clock processes, one killed again and again: each lapsed duty is rung once at each level, and the chains hold.

HOLDFAST_KILLS names how often (a longer run), HOLDFAST_KILL_SEED another beginning.
"""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC
from datetime import datetime
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from tests.casefile.ringing_place import ringing_pack  # noqa: F401 a fixture
from tests.casefile.writing import TAKER
from tests.casefile.writing import ago
from tests.casefile.writing import new_case

from holdfast.casefile.append import append
from holdfast.casefile.reading import read_case
from holdfast.casefile.verifying import verify_all

KILLS = int(os.environ.get("HOLDFAST_KILLS", "6"))
SEED = int(os.environ.get("HOLDFAST_KILL_SEED", "20261121"))
HOUSE = Path(__file__).parents[2]
LEVELS = ["dispatcher", "supervisor", "duty_officer"]


class Clocks:
    """The processes, and whoever makes them."""

    def __init__(self, data: Path, packs: Path, log: Path):
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST", "DJANGO"))}
        around = {**kept, "HOLDFAST_PACKS": str(packs), "HOLDFAST_PLACE": "smallplace", "PYTHONPATH": str(HOUSE)}
        asked = [sys.executable, str(HOUSE / "tests/casefile/clocks.py"), str(data), datetime.now(UTC).isoformat()]
        self._log = log.open("wb")
        self._maker = subprocess.Popen(
            asked, env=around, cwd=HOUSE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._log
        )
        self.running: list[int] = []

    def begin(self) -> int:
        assert self._maker.stdin is not None
        assert self._maker.stdout is not None
        self._maker.stdin.write(b"one more\n")
        self._maker.stdin.flush()
        self.running.append(int(self._maker.stdout.readline()))
        return self.running[-1]

    def kill(self, clock: int) -> None:
        os.kill(clock, signal.SIGKILL)  # fails where it ended by itself: a clock does not
        self.running.remove(clock)

    def end(self) -> None:
        for clock in list(self.running):
            self.kill(clock)
        assert self._maker.stdin is not None
        assert self._maker.stdout is not None
        self._maker.stdin.close()
        self._maker.stdout.close()
        self._maker.wait()
        self._log.close()


def late_case() -> UUID:
    case = new_case()
    append(case, "CallGraded", {"grade": "immediate", "attend_within": 1}, by=TAKER, happened_at=ago(minutes=5))
    return case


def rung(case: UUID) -> list[str]:
    return [entry.fields.level for entry in read_case(case).entries if entry.kind == "AlarmRung"]


@pytest.mark.slow
def test_each_lapsed_duty_is_rung_once_however_often_a_clock_is_killed(database, ringing_pack, tmp_path):  # noqa: F811
    chance, cases = Random(SEED), []  # noqa: S311 it chooses moments, no secret
    clocks = Clocks(tmp_path, ringing_pack, tmp_path / "log")
    try:
        clocks.begin()
        victim = clocks.begin()
        for _ in range(KILLS):
            cases += [late_case() for _ in range(3)]
            time.sleep(chance.uniform(0.0, 0.12))
            clocks.kill(victim)
            victim = clocks.begin()
        until = time.monotonic() + 120
        while time.monotonic() < until and any(len(rung(case)) < len(LEVELS) for case in cases):
            time.sleep(0.2)
        time.sleep(0.5)  # whatever a second clock would add
    finally:
        clocks.end()
    told = (tmp_path / "log").read_text()
    assert "Traceback" not in told, told
    assert {tuple(rung(case)) for case in cases} == {tuple(LEVELS)}
    findings = list(verify_all().findings)
    assert findings == []
    rings = sum(len(rung(case)) for case in cases)
    sys.stdout.write(f"{KILLS} kills, {len(cases)} lapsed duties, {rings} rings, each once\n")
