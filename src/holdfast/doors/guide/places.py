"""The places whose law the guide can tell, read once and kept in memory.

A pack that has faults is left out and logged by its name: half a page of law is worse than none.
"""

import logging
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from holdfast.law.fault import PackRefused
from holdfast.law.loading import load_pack
from holdfast.law.pack import Pack

logger = logging.getLogger(__name__)


def places() -> dict[str, Pack]:
    """Every place that has guide pages, by id. A pack that is only inherited from is no place."""
    with _reading:  # the first time takes seconds, and whoever asks meanwhile waits for it instead of reading all again
        return _places()


_reading = Lock()


@lru_cache(maxsize=1)
def _places() -> dict[str, Pack]:
    found = {}
    for folder in sorted(Path(settings.HOLDFAST_PACKS).iterdir()):
        if not (folder / "pack.yaml").is_file():
            continue
        try:
            pack = load_pack(folder, cache=Path(settings.HOLDFAST_DATA) / "packs")
        except PackRefused:
            logger.exception("The pack %s has faults, so its guide is not shown. Run: holdfast check", folder.name)
            continue
        if pack.guide and not pack.abstract:
            found[pack.id] = pack
    return found
