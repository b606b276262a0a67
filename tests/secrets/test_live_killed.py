"""Killed in the middle of a stream, again and again: what was acknowledged becomes an item, and nothing is in clear.

HOLDFAST_KILLS names how often (a longer run), HOLDFAST_KILL_SEED another beginning.
"""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest
from tests.secrets.searching import seen_under
from tests.secrets.streaming import content
from tests.site.running import SMALL
from tests.site.running import holdfast

KILLS = int(os.environ.get("HOLDFAST_KILLS", "6"))
SEED = int(os.environ.get("HOLDFAST_KILL_SEED", "20261121"))
HOUSE = Path(__file__).parents[2]


def begun(folder: Path, temporary: Path, what: str) -> "subprocess.Popen[bytes]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST", "DJANGO"))}
    around = {
        **kept, "TMPDIR": str(temporary), "HOLDFAST_PACKS": str(SMALL), "HOLDFAST_PLACE": "smallplace",
        "HOLDFAST_HTTP": "1", "PYTHONPATH": str(HOUSE),
    }  # fmt: skip
    asked = [sys.executable, str(HOUSE / "tests/secrets/streaming.py"), str(folder), what]
    return subprocess.Popen(asked, env=around, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


@pytest.mark.slow
def test_what_was_acknowledged_of_a_stream_outlives_every_kill(tmp_path: Path) -> None:
    folder, temporary, chance = tmp_path / "data", tmp_path / "temporary", Random(f"{SEED}/live")
    temporary.mkdir()
    assert holdfast("init", data=folder).returncode == 0
    reached: dict[tuple[str, str], int] = {}
    for kill in range(KILLS):
        began = time.time() - 5
        process = begun(folder, temporary, "send")
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in range(chance.randrange(1, 120))]
        time.sleep(chance.uniform(0.0, 0.03))
        assert process.poll() is None
        process.kill()
        said += process.stdout.readlines()
        process.stdout.close()
        process.wait()
        for line in said:
            if line.endswith(b"\n"):
                stream, run, at = line.decode().split()
                reached[stream, run] = int(at)
        assert seen_under(folder, temporary, since=began) == [], f"in clear after kill {kill}"
    ended = begun(folder, temporary, "finish")
    found = {}
    for line in ended.communicate(timeout=300)[0].decode().splitlines():
        stream, run, size, digest = line.split()
        found[stream, run] = int(size)
        assert digest == hashlib.sha256(content(int(run), int(size))).hexdigest(), "another content"
    assert ended.returncode == 0
    assert {key: at for key, at in reached.items() if found.get(key, 0) < at} == {}, "acknowledged and not there"
    assert seen_under(folder, temporary) == []
    assert len({stream for stream, _ in reached}) == KILLS
