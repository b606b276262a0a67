"""Killed in the middle of anything, again and again: what was acknowledged is there, it verifies, nothing is in clear.

HOLDFAST_KILLS names how often (a longer run), HOLDFAST_KILL_SEED another beginning.
"""

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from tests.secrets.searching import seen_in
from tests.secrets.searching import seen_under
from tests.site.running import SMALL
from tests.site.running import holdfast
from tests.site.running import told

KILLS = int(os.environ.get("HOLDFAST_KILLS", "12"))
PARTS = 3  # each in a folder of its own, so that looking through it stays quick
SEED = int(os.environ.get("HOLDFAST_KILL_SEED", "20261121"))
HOUSE = Path(__file__).parents[2]


def killed_after(entries: int, seconds: float, data: Path, temporary: Path) -> tuple[dict[str, int], bytes]:
    """How far each case had been acknowledged when the process was killed, and what it wrote to its log.

    It is killed so many seconds after so many acknowledgements, which are a moment that a slow machine reaches too.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST", "DJANGO"))}
    around = {**kept, "TMPDIR": str(temporary), "HOLDFAST_PACKS": str(SMALL), "HOLDFAST_PLACE": "smallplace"}
    asked = [sys.executable, "-X", "faulthandler", str(HOUSE / "tests/secrets/recording.py"), str(data)]
    with (temporary.parent / "log").open("wb") as log:
        process = subprocess.Popen(
            asked, env={**around, "PYTHONPATH": str(HOUSE)}, stdout=subprocess.PIPE, stderr=log, cwd=HOUSE
        )
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(entries)]
        time.sleep(seconds)
        ended = process.poll()
        still = ended is None
        process.kill()
        said += process.stdout.readlines()
        process.stdout.close()
        process.wait()
    logged = (temporary.parent / "log").read_bytes()
    assert still, f"it ended by itself ({ended}): {logged.decode()}"
    reached: dict[str, int] = {}
    for case, number in (each.split() for each in said if each.count(b" ") == 1 and each.endswith(b"\n")):
        reached[case.decode()] = max(reached.get(case.decode(), 0), int(number))
    return reached, logged


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_what_was_acknowledged_outlives_every_kill(tmp_path, part):
    chance, acknowledged, kills = Random(f"{SEED}/{part}"), 0, -(-KILLS // PARTS)
    folder, temporary = tmp_path / "data", tmp_path / "temporary"
    temporary.mkdir()
    assert holdfast("init", data=folder).returncode == 0
    for kill in range(kills):
        reached, logged = killed_after(chance.randrange(1, 150), chance.uniform(0.0, 0.03), folder, temporary)
        assert seen_under(folder, temporary) == [], f"in clear after kill {kill}"
        assert list(seen_in(logged)) == []
        with sqlite3.connect(folder / "holdfast.sqlite3") as raw:
            kept = dict(raw.execute("SELECT case_id, MAX(number) FROM entry GROUP BY case_id").fetchall())
        raw.close()
        lost = {case: number for case, number in reached.items() if kept.get(case.replace("-", ""), 0) < number}
        assert lost == {}, f"acknowledged and not there after kill {kill}"
        acknowledged += sum(reached.values())
        if kill % 4 == 3 or kill == kills - 1:
            # A kill may fall between a checkpoint and its copy: the clock of the next start sees to it.
            assert holdfast("clock", "--once", data=folder).returncode == 0
            sound = holdfast("verify", "--json", data=folder)
            assert told(sound)["findings"] == [], sound.stderr
    assert acknowledged > kills
