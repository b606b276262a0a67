"""The packs that this installation runs under, each loaded once and kept compiled in the data folder."""

from functools import cache
from pathlib import Path

from django.conf import settings

from holdfast.casefile.refused import CannotKeep
from holdfast.law.loading import load_pack
from holdfast.law.loading import opens_cases
from holdfast.law.pack import Pack


@cache
def pack_called(name: str) -> Pack:
    """The pack, or CannotKeep; PackRefused where it has faults."""
    if name not in pack_names():
        raise CannotKeep(
            f"There is no pack called {name[:40]!r} in the folder of packs, so nobody can say what is owed. "
            f"The packs are: {', '.join(pack_names()) or 'none'}."
        )
    return load_pack(Path(settings.HOLDFAST_PACKS) / name, Path(settings.HOLDFAST_DATA) / "packs")


def pack_names() -> list[str]:
    """The packs under which a case can be opened."""
    folder = Path(settings.HOLDFAST_PACKS)
    return sorted(found.parent.name for found in folder.glob("*/pack.yaml") if opens_cases(found.parent))
