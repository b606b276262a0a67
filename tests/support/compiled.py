"""One folder of compiled packs for every test: each pack is read from its files once, not by each test or worker."""

import os
from pathlib import Path

import pytest


def of_all_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this run of the tests, however many processes share it out among them."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def compiled_packs_of_all(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Lets a data folder keep its compiled packs where all do. A pack that was changed is compiled anew in any case."""
    shared = of_all_workers(tmp_path_factory) / "compiled-packs"
    shared.mkdir(exist_ok=True)
    if not (folder / "packs").exists():
        (folder / "packs").symlink_to(shared)
