"""Liblouis, by the module that Debian ships with it: words in, cells of braille out.

The module is one file that calls the library; it is loaded from where Debian puts it, so that nothing else of the
system's Python comes into this environment.
"""

from __future__ import annotations

import importlib.util
import re
from functools import cache
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from holdfast.handbook.not_made import NotMade

INSTALL = "not built: install python3-louis and liblouis-data (apt.txt)"
_DEBIAN = Path("/usr/lib/python3/dist-packages/louis/__init__.py")
_ERRORS_ONLY = 40_000  # liblouis's own number for it
_NO_NUMBERS = 128  # liblouis's noUndefined: nothing in place of a letter that the table lacks
# A letter with the marks that belong to it: vowel signs and dots below are letters of their own to Unicode.
_LETTER = re.compile(
    "(?s:.)[\u0300-\u036f\u064b-\u0655\u0670\u0900-\u0903\u093a-\u094f\u0a01-\u0a03\u0a3c-\u0a51\u0a70-\u0a75]*"
)
_SIX_DOTS = range(0x2800, 0x2840)
# Gurmukhi letters with a dot below, each as one letter that Unicode keeps for old texts: after the sign that doubles
# a letter the table knows only that form.
_DOTTED = {
    "\u0a32\u0a3c": "\u0a33", "\u0a38\u0a3c": "\u0a36", "\u0a16\u0a3c": "\u0a59",
    "\u0a17\u0a3c": "\u0a5a", "\u0a1c\u0a3c": "\u0a5b", "\u0a2b\u0a3c": "\u0a5e",
}  # fmt: skip


def translated(words: str, table: str, otherwise: str = "") -> str:
    """The cells for some words, each a letter of Unicode's braille.

    What the table lacks is set in the table `otherwise`, such as Latin letters in Urdu. NotMade where neither has it.
    """
    for letter, joined in _DOTTED.items():
        words = words.replace(letter, joined)
    if knows(words, table):
        cells: str = _module().translateString(["unicode.dis", table], words)
    elif not otherwise:
        lacking = sorted(letter for letter in set(words) if not knows(letter, table))
        told = ", ".join(f"U+{ord(letter):04X}" for letter in lacking)
        raise NotMade(f"not made: the braille table {table} has no cells for {told}")
    else:
        runs = groupby(_LETTER.findall(words), key=lambda letter: knows(letter, table))
        cells = "".join(translated("".join(run), table if known else otherwise) for known, run in runs)
    if not all(ord(cell) in _SIX_DOTS for cell in cells):
        raise NotMade(f"not made: the braille table {table} uses eight dots, which .brf cannot hold")
    return cells


@lru_cache(maxsize=20_000)
def knows(words: str, table: str) -> bool:
    """Whether a table has all these letters: the library would set one that it lacks as a number nobody can read."""
    tables = ["unicode.dis", table]
    plain: str = _module().translateString(tables, words)
    without: str = _module().translateString(tables, words, None, _NO_NUMBERS)
    return plain == without


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
