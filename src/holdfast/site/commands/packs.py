"""Where packs lie, for the commands that know no Django."""

from __future__ import annotations

import os
from pathlib import Path

from holdfast.law.loading import load_pack
from holdfast.law.pack import Pack


def packs_folder() -> Path:
    """HOLDFAST_PACKS, else `packs/` beside `src/`."""
    given = os.environ.get("HOLDFAST_PACKS")
    return Path(given) if given else Path(__file__).resolve().parents[4] / "packs"


def data_folder() -> Path:
    """HOLDFAST_DATA, else `data/` in the current folder."""
    return Path(os.environ.get("HOLDFAST_DATA") or "data")


def load(name: str) -> Pack:
    """A pack by its id, or by the path of its folder. Compiled packs are kept in the data folder where there is one."""
    folder = Path(name) if os.sep in name else packs_folder() / name
    data = data_folder()
    return load_pack(folder, data / "packs" if data.is_dir() else None)
