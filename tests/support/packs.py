"""The packs of this house, each compiled once for every test and every process of a run, and kept for the next run."""

import fcntl
import hashlib
import os
from functools import cache
from pathlib import Path

import pytest

from holdfast.law.loading import load_pack
from holdfast.law.loading import opens_cases
from holdfast.law.pack import Pack

HOUSE = Path(__file__).parents[2]
PACKS = HOUSE / "packs"
PLACES = sorted(file.parent.name for file in PACKS.glob("*/pack.yaml") if opens_cases(file.parent))


@cache
def pack_of(name: str) -> Pack:
    """One of packs/, joined with what it inherits. Every test of a process has the same one: it is never changed."""
    with (kept() / ".lock").open("w") as lock:  # so that one process compiles and the others read
        fcntl.flock(lock, fcntl.LOCK_EX)
        return load_pack(PACKS / name, kept())


@cache
def kept() -> Path:
    """A folder for compiled packs that only this very code of `law` and `record` uses.

    A compiled pack tells by itself which files it was made from, but not by which reader.
    """
    reader = hashlib.sha256()
    for part in ("law", "record"):
        for file in sorted((HOUSE / "src/holdfast" / part).rglob("*.py")):
            reader.update(file.read_bytes())
    folder = HOUSE / ".pytest_cache" / "packs" / reader.hexdigest()[:16]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keeps_its_packs_where_all_do(folder: Path) -> None:
    """Lets a data folder keep its compiled packs where every test does. One that a test changed is compiled anew."""
    if not (folder / "packs").exists():
        (folder / "packs").symlink_to(kept())


def of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this run of the tests, however many processes share it out among them."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
