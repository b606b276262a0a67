"""Liblouis, by the module that Debian ships with it: words in, cells of braille out.

The module is one file that calls the library; it is loaded from where Debian puts it, so that nothing else of the
system's Python comes into this environment.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from holdfast.handbook.not_made import NotMade

INSTALL = "not built: install python3-louis and liblouis-data (apt.txt)"
_DEBIAN = Path("/usr/lib/python3/dist-packages/louis/__init__.py")
_ERRORS_ONLY = 40_000  # liblouis's own number for it
_SIX_DOTS = range(0x2800, 0x2840)


def translated(words: str, table: str) -> str:
    """The cells for some words, each a letter of Unicode's braille; NotMade where the table lacks a letter of them."""
    cells: str = _module().translateString(["unicode.dis", table], words)
    if all(ord(cell) in _SIX_DOTS for cell in cells):
        return cells
    lacking = sorted(letter for letter in set(words) if not _has(letter, table))
    told = ", ".join(f"U+{ord(letter):04X}" for letter in lacking)
    raise NotMade(f"not made: the braille table {table} has no cells for {told}")


@cache
def _has(letter: str, table: str) -> bool:
    cells: str = _module().translateString(["unicode.dis", table], letter)
    return all(ord(cell) in _SIX_DOTS for cell in cells)


@cache
def _module() -> Any:
    if not _DEBIAN.is_file():
        raise NotMade(INSTALL)
    spec = importlib.util.spec_from_file_location("louis", _DEBIAN)
    if spec is None or spec.loader is None:
        raise NotMade(INSTALL)
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except OSError:
        raise NotMade(INSTALL) from None
    module.liblouis.lou_setLogLevel(_ERRORS_ONLY)
    return module
