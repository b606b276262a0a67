"""Catalogues as gettext PO files: reading one row by row, writing one, and joining a new extraction with old work.

- A file that is half broken is read for what is whole: every bad row is a fault, and the rest is kept.
- Who checked a string stands in the translator's own comment, which every tool keeps: `state: reviewed 2026-11-21 by
  NAME`. Without it, or with the flag `fuzzy`, a translation is a draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Literal

import polib  # type: ignore[import-untyped]

from holdfast.law.catalogue import Message
from holdfast.law.fault import Fault
from holdfast.law.language import Row
from holdfast.law.languages_known import KNOWN

_STATE = re.compile(
    r"^\s*state:\s*(?P<state>draft|reviewed)\s+(?P<on>\d{4}-\d\d-\d\d)(?:\s+by\s+(?P<by>\S.*?))?\s*$", re.MULTILINE
)
# polib forgives a lost quote and reads on with a letter less; here such a row is a fault.
_LINE = re.compile(
    r'(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)[ \t]+)?"(?:[^"\\]|\\.)*"[ \t]*|[ \t]*)\r?'
)
_ABOUT = re.compile(r"^\s*state:", re.MULTILINE)
_MOST_BYTES = 4_000_000


def read(text: str, where: str, faults: list[Fault]) -> list[polib.POEntry]:
    """The entries of a PO file that can be read, obsolete ones too; each that cannot is a fault."""
    if len(text) > _MOST_BYTES:
        faults.append(Fault("lang.E003", where, "The catalogue is too large.", "Keep it under 4 MB."))
        return []
    try:
        return list(_parsed(text))
    except (OSError, ValueError, IndexError):
        return _row_by_row(text, where, faults)


def state_of(entry: polib.POEntry) -> Row | None:
    """What an entry says and who checked it, or None where nothing is translated."""
    texts = tuple(entry.msgstr_plural[at] for at in sorted(entry.msgstr_plural)) or (entry.msgstr,)
    if entry.obsolete or not all(text.strip() for text in texts):
        return None
    found = _STATE.search(entry.tcomment or "")
    state: Literal["reviewed", "draft"] = "draft"
    if found and found["state"] == "reviewed" and found["by"] and not entry.fuzzy:
        state = "reviewed"
    return Row(texts, state, (found["by"] or "") if found else "", found["on"] if found else "")


def unreadable_state(entry: polib.POEntry) -> bool:
    """Whether an entry's comment speaks of its state in words that cannot be read, twice, or reviewed by nobody."""
    comment = entry.tcomment or ""
    said = len(_ABOUT.findall(comment))
    found = _STATE.search(comment)
    if found is None or said != 1:
        return said > 0
    return (found["state"] == "reviewed" and not found["by"]) or not _is_day(found["on"])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def metadata(text: str) -> dict[str, str]:
    """The header of a PO file that can be read, such as who translated it last."""
    return dict(_parsed(text).metadata)


def merged(
    wanted: Iterable[Message], old: Iterable[polib.POEntry], tag: str, about: str, header: dict[str, str] | None = None
) -> str:
    """A PO file of every wanted sentence in order, with the translations that still belong; the rest is obsolete."""
    known = KNOWN[tag]
    kept = {(entry.msgctxt, entry.msgid): entry for entry in reversed(list(old))}
    file = polib.POFile(wrapwidth=100)
    file.header = f"{known.english}: {about}\nHow to fill this in: docs/how-to/translate.md"
    file.metadata = {
        **(header or {}),
        "Project-Id-Version": "Holdfast",
        "Language": tag,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": known.plurals,
    }
    for message in wanted:
        file.append(_entry(message, kept.pop((message.context, message.one), None), tag))
    for entry in kept.values():
        if any(text.strip() for text in (entry.msgstr, *entry.msgstr_plural.values())):
            entry.obsolete = True
            file.append(entry)
    return f"{file}".rstrip("\n") + "\n"


def plural_forms(tag: str) -> int:
    """How many forms a language has for a number of things."""
    return int(KNOWN[tag].plurals.split(";")[0].removeprefix("nplurals="))


def _entry(message: Message, old: polib.POEntry | None, tag: str) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=message.context, msgid=message.one, msgid_plural=message.many)
    if "/" in message.where:
        entry.occurrences = [(message.where, "")]
    page = f"page: {message.page}" if message.page else ""
    entry.comment = "\n".join(filter(None, ["" if "/" in message.where else message.where, page]))
    if message.many:
        entry.comment = "\n".join(filter(None, [entry.comment, KNOWN[tag].notes]))
        entry.msgstr_plural = dict.fromkeys(range(plural_forms(tag)), "")
    if "%(" in message.one:
        entry.flags = ["python-format"]
    if old is not None and bool(old.msgid_plural) == bool(message.many):
        entry.msgstr = old.msgstr
        if message.many:
            entry.msgstr_plural.update(old.msgstr_plural)
        entry.tcomment = old.tcomment
        entry.flags += [flag for flag in old.flags if flag not in entry.flags]
    return entry


def _parsed(text: str) -> polib.POFile:
    if not all(_LINE.fullmatch(line) for line in text.split("\n")):
        raise ValueError("a line of it is no line of a PO file")
    return polib.pofile(text if "\n" in text else text + "\n", encoding="utf-8")


def _row_by_row(text: str, where: str, faults: list[Fault]) -> list[polib.POEntry]:
    """Each entry by itself: entries are parted by empty lines."""
    found: list[polib.POEntry] = []
    line = 1
    for part in re.split(r"(\n\s*\n)", text):
        if part.strip():
            try:
                for entry in _parsed(part + "\n"):
                    entry.linenum += line - 1
                    found.append(entry)
            except (OSError, ValueError, IndexError):
                faults.append(
                    Fault(
                        "lang.E002", f"{where}:{line}", "The entry cannot be read as PO.", "Mend its quotes or lines."
                    )
                )
        line += part.count("\n")
    return found
