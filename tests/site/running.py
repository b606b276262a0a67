"""Runs the `holdfast` command as a person does, in a data folder of its own."""

import atexit
import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tests.support import forking

HOUSE = Path(__file__).parents[2]
SMALL = HOUSE / "tests/casefile/packs"


def holdfast(
    *words: str,
    data: Path,
    given: str = "",
    packs: Path | None = SMALL,
    inside: Path = HOUSE,
    first: str = "",
    **around: str,
) -> subprocess.CompletedProcess[str]:
    """One command, with what it said and answered. `first` is Python that it runs before anything is loaded."""
    named = {"HOLDFAST_DATA": str(data), "PYTHONWARNINGS": "error"}
    if packs is not None:
        named |= {"HOLDFAST_PACKS": str(packs), "HOLDFAST_PLACE": "smallplace"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HOLDFAST", "DJANGO"))}
    return forking.run(
        [*words], given=given, cwd=inside, environment={**kept, **named, **around}, seconds=120, first=first
    )


def begun(data: Path) -> None:
    """Makes a data folder as `holdfast init` leaves it: done once by the command, and then copied."""
    shutil.copytree(_begun(), data, dirs_exist_ok=True)


@cache
def _begun() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="holdfast-begun-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = holdfast("init", data=folder / "data")
    assert made.returncode == 0, made.stderr
    return folder / "data"


def told(answer: subprocess.CompletedProcess[str]) -> Any:
    """What it said as JSON."""
    return json.loads(answer.stdout)
