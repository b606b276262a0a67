"""Killed while evidence comes in: no acknowledged byte is lost, nothing half-taken is taken, nothing is in clear.

HOLDFAST_VAULT_KILLS names how often (a longer run), HOLDFAST_KILL_SEED another beginning.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from tests.secrets.searching import seen_under
from tests.vault.giving_until_killed import CASE
from tests.vault.giving_until_killed import KEY
from tests.vault.giving_until_killed import content_of

from holdfast.vault.intake import Intake
from holdfast.vault.reading import Item
from holdfast.vault.store import FolderStore

KILLS = int(os.environ.get("HOLDFAST_VAULT_KILLS", "12"))
PARTS = 4  # each within the time that one test may take
SEED = os.environ.get("HOLDFAST_KILL_SEED", "20261121")
HOUSE = Path(__file__).parents[2]


def killed_while_giving(folder, temporary, seed, lines, seconds):
    """What it had said when it was killed, so many seconds after so many lines."""
    asked = [sys.executable, "-m", "tests.vault.giving_until_killed", str(folder), seed]
    around = {**os.environ, "PYTHONPATH": f"{HOUSE}{os.pathsep}{HOUSE / 'src'}", "TMPDIR": str(temporary)}
    process = subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=HOUSE, env=around)
    try:
        said = [process.stdout.readline() for _ in range(lines)]
        time.sleep(seconds)
        still = process.poll() is None
    finally:
        process.kill()
    rest, faults = process.communicate()
    assert still, faults.decode()
    said += rest.splitlines(keepends=True)
    parts, taken = {}, {}
    for line in said:
        words = line.decode().split()
        if len(words) == 3 and line.endswith(b"\n"):
            (parts if words[0] == "part" else taken)[UUID(words[1])] = int(words[2])
    return parts, taken


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
def test_what_was_acknowledged_outlives_every_kill(tmp_path, part):
    chance, kills = Random(f"{SEED}/{part}"), -(-KILLS // PARTS)  # noqa: S311 chance that can be had again
    folder, temporary = tmp_path / "vault", tmp_path / "temporary"
    store, acknowledged, broken_off = FolderStore(folder / "items"), 0, 0
    temporary.mkdir()
    known: dict[UUID, int] = {}  # how far each unfinished one was
    for kill in range(kills):
        lines, seconds = chance.randrange(1, 25), chance.uniform(0.0, 0.02)
        parts, taken = killed_while_giving(folder, temporary, f"{SEED}/{part}/{kill}", lines, seconds)
        assert seen_under(folder, temporary) == [], f"in clear after kill {kill}"
        known.update(parts)
        there = set(store.items())
        assert set(taken) <= there, f"taken and not there after kill {kill}"
        for item in there:  # also one that was taken and not yet said to be
            assert b"".join(Item(store, CASE, item, KEY).whole()) == content_of(item)
            acknowledged += len(content_of(item))
            store.remove(item)
            known.pop(item, None)
            shutil.rmtree(folder / "intake" / str(item), ignore_errors=True)
        for item, at in known.items():
            with Intake(folder / "intake", store, case=CASE, item=item, case_key=KEY) as intake:
                assert intake.acknowledged >= at, f"acknowledged and not there after kill {kill}"
                assert intake.read(0, intake.acknowledged) == content_of(item)[: intake.acknowledged]
                broken_off += 1
        for path in (folder / "intake").glob("*.taking"):
            path.unlink()
    assert acknowledged > kills
    assert broken_off or kills < 10, "some were cut off in the middle"
