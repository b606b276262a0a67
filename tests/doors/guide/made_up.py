"""Two languages made up from the English of each place, so that pages can be held in them before anybody translated.

Each letter becomes another one, so words stay as different as they were: a page weighs what a real one would.
"""

import re
from pathlib import Path

import polib

from holdfast.doors.look.languages import frame
from holdfast.law.catalogue import Message
from holdfast.law.catalogue import messages
from holdfast.law.languages_known import KNOWN
from holdfast.law.pack import Pack

DRAFT, REVIEWED = "ar", "cy"  # one from right to left that nobody checked, one that somebody did
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_LETTERS = {DRAFT: "ابتثجحخدذرزسشصضطظعغفقكلمنه", REVIEWED: "nopqrstuvwxyzabcdefghijklm"}
_KEPT = re.compile(r"(\{\{.*?\}\}|%\(\w+\)[sd]|https?://\S+|\{\w+\})")


def in_letters(text: str, tag: str) -> str:
    """A text in other letters, its placeholders as they were."""
    turned = str.maketrans(_LATIN + _LATIN.upper(), _LETTERS[tag] * 2)
    return "".join(part if _KEPT.fullmatch(part) else part.translate(turned) for part in _KEPT.split(text))


def write_frame(folder: Path) -> None:
    """The frame's catalogues."""
    folder.mkdir(parents=True, exist_ok=True)
    for tag in (DRAFT, REVIEWED):
        _write(folder / f"{tag}.po", frame(), tag)


def write_place(folder: Path, pack: Pack) -> None:
    """A place's catalogues, in its own folder."""
    (folder / "languages").mkdir(exist_ok=True)
    for tag in (DRAFT, REVIEWED):
        _write(folder / "languages" / f"{tag}.po", messages(pack), tag)


def _write(path: Path, wanted: list[Message], tag: str) -> None:
    catalogue = polib.POFile()
    catalogue.metadata = {"Language": tag, "Content-Type": "text/plain; charset=UTF-8"}
    catalogue.metadata["Plural-Forms"] = KNOWN[tag].plurals
    forms = int(KNOWN[tag].plurals.split("nplurals=")[1][0])
    state = "state: reviewed 2026-11-20 by Somebody" if tag == REVIEWED else "state: draft 2026-11-20"
    for each in wanted:
        entry = polib.POEntry(msgctxt=each.context, msgid=each.one, tcomment=state)
        if each.many:
            entry.msgid_plural = each.many
            entry.msgstr_plural = {form: in_letters(each.many, tag) for form in range(forms)}
        else:
            entry.msgstr = in_letters(each.one, tag)
        catalogue.append(entry)
    catalogue.save(str(path))
