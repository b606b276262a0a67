"""What is wrong with a translation: each fault names its row, and a faulty row is never said to a reader.

- Placeholders, figures and the shape of a list must be those of the English: a translation may not add a fact.
- No markup, no link to another site, no letters that turn the direction of what follows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator

import polib  # type: ignore[import-untyped]

from holdfast.law.catalogue_file import plural_forms
from holdfast.law.catalogue_file import state_of
from holdfast.law.catalogue_file import unreadable_state
from holdfast.law.fault import Fault
from holdfast.law.language import NEVER_FROM_A_DRAFT
from holdfast.law.language import Row
from holdfast.law.placeholders import Broken
from holdfast.law.placeholders import parse

# What each id means. An id is never used again for another fault.
IDS = {
    "lang.E001": "a catalogue's name is no language that is known",
    "lang.E002": "a row cannot be read as PO",
    "lang.E003": "a catalogue is too large, or not text in UTF-8",
    "lang.E010": "the placeholders differ from the English",
    "lang.E011": "markup, or a link to another site",
    "lang.E012": "a figure that is not in the English, or one that is lost",
    "lang.E013": "plural forms are missing or too many",
    "lang.E014": "the state cannot be read, or is 'reviewed' by nobody",
    "lang.E015": "a sentence stands twice",
    "lang.E016": "the list or heading differs in shape from the English",
    "lang.E017": "a translation of white space only",
    "lang.E018": "letters that nobody can see",
}

_FORMAT = re.compile(r"%\(\w+\)[sd]")
_BRACED = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")  # in the words of saved files
_HALF = re.compile(r"(?<!\{)\{(?!\{)|(?<!\})\}(?!\})")
_STRAY = re.compile(r"%(?!\(\w+\)[sd])")
_MARKUP = re.compile(r"<[A-Za-z/!?]|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_LINK = re.compile(r"\]\s*[(\[:]|!\[|https?://|javascript:", re.IGNORECASE)
_SHAPE = re.compile(r"^\s*([-*+]|\d+[.)]|#{1,6}|>|\|)(?=\s|\|)", re.MULTILINE)
# What would take up the lines around it: a fence, a line below a heading, a rule, a block set in, an empty line.
_SWALLOWS = re.compile(r"^[ >]*(?:(```|~~~)|(?:=+|-+|\*{3,}|_{3,})[ \t]*$|( {4}|\t)|$)", re.MULTILINE)
_FIGURES = re.compile(r"\d+")
_DIALLED = re.compile(r"\d+(?:[ \u00a0().-]{1,2}\d+)+")
_LEAST = 7  # figures: what has so many, in groups, is a number to ring
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\u0000-\u0008\u000b-\u001f\ufeff]")


def rows_of(entries: Iterable[polib.POEntry], tag: str, where: str, faults: list[Fault]) -> dict[tuple[str, str], Row]:
    """The translations that may be said, by id and English. What is wrong with the others is added to `faults`."""
    rows: dict[tuple[str, str], Row] = {}
    seen: set[tuple[str, str]] = set()
    for entry in entries:
        if entry.obsolete:
            continue
        named = (entry.msgctxt or "", entry.msgid)
        found = list(faults_of(entry, tag))
        if named in seen:
            found.append(("lang.E015", "The sentence stands twice in the catalogue.", "Keep one of them."))
        seen.add(named)
        at = f"{where}:{entry.linenum}" if entry.linenum else where
        faults += [Fault(name, at, f"{named[0]}: {what}", hint) for name, what, hint in found]
        row = state_of(entry)
        if row is not None and not found:
            rows[named] = row
    return rows


def faults_of(entry: polib.POEntry, tag: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with one row: id, what, hint."""
    if unreadable_state(entry):
        yield "lang.E014", "The state cannot be read.", "Write: state: reviewed 2026-11-21 by NAME"
    texts = [entry.msgstr_plural[at] for at in sorted(entry.msgstr_plural)] if entry.msgid_plural else [entry.msgstr]
    filled = [text for text in texts if text.strip()]
    if any(text and not text.strip() for text in texts):
        yield "lang.E017", "The translation is white space only.", "Translate it, or leave it empty."
    if not filled:
        return
    if entry.msgid_plural and (len(texts) != plural_forms(tag) or len(filled) != len(texts)):
        wanted = plural_forms(tag)
        yield "lang.E013", f"It has {len(filled)} of {wanted} plural forms.", "Fill in each, and no more."
    for check in _CHECKS:
        found = next((why for why in (check(text, entry) for text in filled) if why), None)
        if found:
            yield found


Found = tuple[str, str, str] | None


def _placeholders(text: str, entry: polib.POEntry) -> Found:
    english = entry.msgid_plural or entry.msgid
    given, wanted = (sorted({*_asked(one), *_BRACED.findall(one)}) for one in (text, english))
    formats, needed = set(_FORMAT.findall(text)), set(_FORMAT.findall(english))
    if entry.msgid_plural:  # 'one day' need not say the number
        formats |= {"%(n)d"} & needed
    broken = any(isinstance(piece, Broken) for piece in parse(text)) or (needed and _STRAY.search(text))
    broken = broken or (_BRACED.search(english) and _HALF.search(_BRACED.sub("", text)))
    if given != wanted or formats != needed or broken:
        names = ", ".join(sorted({*wanted, *needed})) or "none"
        return "lang.E010", "The placeholders differ from the English.", f"Keep these as they are: {names}."
    return None


def _markup(text: str, entry: polib.POEntry) -> Found:
    if _MARKUP.search(text) or _LINK.search(text):
        return (
            "lang.E011",
            "It holds markup or a link.",
            "Write plain words; links come from {{see:…}} and {{service:…}}.",
        )
    return None


def _figures(text: str, entry: polib.POEntry) -> Found:
    given = set(_FIGURES.findall(_prose(text)))
    wanted = set(_FIGURES.findall(_prose(entry.msgid) + " " + _prose(entry.msgid_plural)))
    must = {one for one in wanted if len(one) > 2}
    moved = _dialled(text) != _dialled(entry.msgid)
    if (entry.msgctxt or "").startswith(NEVER_FROM_A_DRAFT):  # first 999, then 55: never the other way round
        moved = _FIGURES.findall(_prose(text)) != _FIGURES.findall(_prose(entry.msgid))
    if not given <= wanted or not must <= given or moved:
        return "lang.E012", "A figure was added, lost or moved.", "Keep the figures of the English, and add none."
    return None


def _shape(text: str, entry: polib.POEntry) -> Found:
    if _marks(text) != _marks(entry.msgid) or _swallowing(text) != _swallowing(entry.msgid):
        return "lang.E016", "The list or heading has another shape than the English.", "Keep its lines and their marks."
    return None


def _unseen(text: str, entry: polib.POEntry) -> Found:
    if _UNSEEN.search(text):
        return "lang.E018", "It holds letters that nobody can see.", "Delete them; the page sets the direction."
    return None


_CHECKS: tuple[Callable[[str, polib.POEntry], Found], ...] = (_placeholders, _markup, _figures, _shape, _unseen)


def _asked(text: str) -> list[str]:
    return [f"{{{{{piece.verb}:{piece.name}}}}}" for piece in parse(text) if not isinstance(piece, str | Broken)]


def _prose(text: str) -> str:
    """A text without its placeholders, its figures as ASCII writes them."""
    prose = " ".join(piece for piece in parse(text or "") if isinstance(piece, str))
    if prose.isascii():
        return prose
    return "".join(str(unicodedata.digit(sign)) if sign.isdigit() else sign for sign in prose)


def _dialled(text: str) -> list[str]:
    """Every number of several groups that is long enough to be rung, its figures in their order."""
    found = ("".join(_FIGURES.findall(number)) for number in _DIALLED.findall(_prose(text)))
    return sorted(number for number in found if len(number) >= _LEAST)


def _marks(text: str) -> list[str]:
    return ["1." if mark[0].isdigit() else mark for mark in _SHAPE.findall(text)]


def _swallowing(text: str) -> list[str]:
    return [(found[1] or found[0].strip() or found[2] or "")[:3] for found in _SWALLOWS.finditer(text.strip("\n"))]
