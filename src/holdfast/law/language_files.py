"""Where catalogues lie: `languages/TAG.po` in a pack's folder and its parents', the frame's in one of its own."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from gettext import c2py
from pathlib import Path

from holdfast.law.catalogue_faults import rows_of
from holdfast.law.catalogue_file import read
from holdfast.law.fault import Fault
from holdfast.law.language import ENGLISH
from holdfast.law.language import Row
from holdfast.law.language import Tongue
from holdfast.law.languages_known import KNOWN
from holdfast.law.loading import parent_of

FOLDER = "languages"


def lineage(folder: Path) -> list[Path]:
    """A pack's folder and those it inherits from, the farthest first. A circle ends where it closes."""
    found: list[Path] = []
    current: Path | None = folder
    while current is not None and current not in found and (current / "pack.yaml").is_file():
        found.append(current)
        parent = parent_of((current / "pack.yaml").read_bytes())
        current = current.parent / parent if parent else None
    return found[::-1]


def catalogues(folder: Path) -> list[Path]:
    """The catalogues that lie in one folder."""
    return sorted(folder.glob("*.po"))


def tags_of(folder: Path) -> list[str]:
    """The languages that a place, or a parent whose pages it shows, has a catalogue for, in the order of KNOWN.

    A parent without pages makes no language: a few of its duties in Polish are no guide in Polish.
    """
    shown = [each for each in lineage(folder) if each == folder or any((each / "guide").glob("*.md"))]
    named = {file.stem for each in shown for file in catalogues(each / FOLDER)}
    return [tag for tag in KNOWN if tag in named and tag != "en"]


def read_catalogue(file: Path, faults: list[Fault]) -> dict[tuple[str, str], Row]:
    """One catalogue's rows that may be said, with every fault of the rest; a file of no known language has none."""
    where = "/".join(file.parts[-3:])
    if file.stem not in KNOWN or file.stem == "en":
        hint = f"Name it for one of: {', '.join(tag for tag in KNOWN if tag != 'en')}."
        faults.append(Fault("lang.E001", where, "The file's name is no language that is known.", hint))
        return {}
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        faults.append(Fault("lang.E003", where, "It is not text in UTF-8.", "Save it as UTF-8."))
        return {}
    rows, found = _rows(text, file.stem, where)
    faults += found
    return dict(rows)


@lru_cache(maxsize=128)
def _rows(text: str, tag: str, where: str) -> tuple[dict[tuple[str, str], Row], tuple[Fault, ...]]:
    """The same text gives the same rows: the frame's words and a parent's are asked for by every place below it."""
    faults: list[Fault] = []
    return rows_of(read(text, where, faults), tag, where, faults), tuple(faults)


def load_tongue(tag: str, folder: Path | None, frame: Path, *, drafts: bool = False) -> Tongue:
    """A language as one place has it (`folder`, None for no place): the frame's words, its parents', its own.

    KeyError for a language that is not known. Faulty rows are left out: `holdfast languages check` lists them.
    """
    known = KNOWN[tag]
    if tag == "en":
        return ENGLISH
    files = [frame, *(each / FOLDER for each in (lineage(folder) if folder else ()))]
    rows: dict[tuple[str, str], Row] = {}
    digest = hashlib.sha256()
    for file in (each / f"{tag}.po" for each in files):
        if file.is_file():
            digest.update(file.read_bytes())
            rows |= read_catalogue(file, [])
    plural = c2py(known.plurals.split("plural=", 1)[1].rstrip(";"))
    return Tongue(tag, rows, drafts, plural, digest.hexdigest())
