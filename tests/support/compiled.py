"""One folder of compiled packs for every test of a worker: each pack is read from its files once, not by each test."""

from pathlib import Path

import pytest


def compiled_packs_of_all(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Lets a data folder keep its compiled packs where all do. A pack that was changed is compiled anew in any case."""
    shared = tmp_path_factory.getbasetemp() / "compiled-packs"
    shared.mkdir(exist_ok=True)
    if not (folder / "packs").exists():
        (folder / "packs").symlink_to(shared)
