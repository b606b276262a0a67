"""Where packs lie, for the commands that know no Django."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path

from holdfast.law.loading import load_pack
from holdfast.law.pack import Pack


def packs_folder() -> Path:
    """HOLDFAST_PACKS, else `packs/` beside `src/`."""
    given = os.environ.get("HOLDFAST_PACKS")
    return Path(given) if given else Path(__file__).resolve().parents[4] / "packs"


def no_such_pack(name: str) -> str:
    """That there is no pack of this name, the nearest one, and those that there are."""
    there = sorted(file.parent.name for file in packs_folder().glob("[!_]*/pack.yaml"))
    near = get_close_matches(name, there, n=1)
    meant = f" Perhaps {near[0]} is meant." if near else ""
    return f"There is no such pack.{meant} There are: {', '.join(there) or 'none'}."


def data_folder() -> Path:
    """HOLDFAST_DATA, else `data/` in the current folder."""
    return Path(os.environ.get("HOLDFAST_DATA") or "data")


def load(name: str) -> Pack:
    """A pack by its id, or by the path of its folder. Compiled packs are kept in the data folder where there is one."""
    folder = Path(name) if os.sep in name else packs_folder() / name
    data = data_folder()
    return load_pack(folder, data / "packs" if data.is_dir() else None)
