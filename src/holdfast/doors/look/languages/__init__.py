"""The frame's words: what stands around a place's own words on pages and files. Their catalogues lie beside it.

- A template says `{% say "…" %}` (templatetags/tongue.py); Python says what is listed here. `frame()` finds both.
- `emergency.` in an id keeps a sentence from ever being said from a draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from holdfast.directory.listing import CHANNELS
from holdfast.directory.listing import NEEDS
from holdfast.handbook.book import Words
from holdfast.law.catalogue import Message
from holdfast.law.clock_phrases import any_place
from holdfast.law.wording import AND_THEN
from holdfast.law.wording import AT_LEAST
from holdfast.law.wording import AT_MOST
from holdfast.law.wording import BOTH
from holdfast.law.wording import CASES
from holdfast.law.wording import IN_CASE
from holdfast.law.wording import LIMIT
from holdfast.law.wording import NO_LENGTH
from holdfast.law.wording import OTHERWISE
from holdfast.law.wording import ROLE
from holdfast.law.wording import SOME_CASES
from holdfast.record.entry import OWING

FOLDER = Path(__file__).parent
_DOORS = FOLDER.parents[1]
_SAY = re.compile(r'\{%\s*say(?:_plain)?\s+"(?P<one>[^"]+)"')
_COUNT = re.compile(r'\{%\s*say_count\s+"(?P<one>[^"]+)"\s+"(?P<many>[^"]+)"')

FRAME = "frame"
BINDING_ID = "frame.binding"
FILE = "frame.file"
STRIP = "emergency.strip"
DANGER = "In danger now"  # what the strip above each page is called

BINDING = {
    "statute": "The law",
    "code": "A code that the law stands behind",
    "policy": "Police or national policy",
    "local-practice": "Local practice",
    "our-standard": "Good practice: our own standard, not a law",
}

CHECKED, READ_ELSEWHERE = "Checked on %(day)s.", "Read elsewhere on %(day)s."
OWED_BY = "Owed by: %(role)s. %(binding)s."
SHOW_ALL = "Show all %(n)d"
TEXT_TO = "text %(number)s"

DRAFT = "Nobody has checked this translation yet. The English beside it is what counts."
PARTLY = "Some of this page has not been translated yet. Those parts are in English."
ENGLISH_BESIDE = "In English"


def frame() -> list[Message]:
    """Every sentence of the frame, each once: what templates say, then what Python says, then clocks and files."""
    found: dict[tuple[str, str], Message] = {}
    for message in (*_listed(), *_templates(), *_clocks(), *_files()):
        found.setdefault((message.context, message.one), message)
    return list(found.values())


def _listed() -> Iterator[Message]:
    from holdfast.doors.look.phases import MORE
    from holdfast.doors.look.phases import PHASES

    yield Message(STRIP, DANGER, where="above each page")
    for text in (DRAFT, PARTLY, ENGLISH_BESIDE):
        yield Message(FRAME, text, where="above a page in translation")
    for text in (*(title for title, _ in PHASES), MORE):
        yield Message(FRAME, text, where="headings of the contents")
    for text in (CHECKED, READ_ELSEWHERE):
        yield Message(FRAME, text, where="after a source")
    for sort, names in (("need", NEEDS), ("channel", CHANNELS)):
        for name in names.values():
            yield Message(f"{FRAME}.{sort}", name, where="to choose from, among services")
    yield Message(FRAME, OWED_BY, where="below a promise")
    yield Message(FRAME, SHOW_ALL, SHOW_ALL, where="opens a list of promises")
    yield Message(FRAME, TEXT_TO, where="a service that can be reached by text message")
    for text in (NO_LENGTH, AT_LEAST, AT_MOST, BOTH):
        yield Message(LIMIT, text, where="how long an order lasts")
    for text in dict.fromkeys((*CASES.values(), SOME_CASES, IN_CASE, BOTH, AND_THEN, OTHERWISE)):
        yield Message(LIMIT, text, where="by when, where it depends on the case")
    for text in BINDING.values():
        yield Message(BINDING_ID, text, where="how binding a promise is")
    for name in OWING.values():
        yield Message(ROLE, name.lower(), where="after 'Owed by:'")


def _templates() -> Iterator[Message]:
    for file in sorted((*(_DOORS / "guide").rglob("*.html"), *(_DOORS / "look").rglob("*.html"))):
        text = file.read_text(encoding="utf-8")
        for found in sorted((*_SAY.finditer(text), *_COUNT.finditer(text)), key=lambda each: each.start()):
            context = STRIP if file.name == "help_strip.html" else FRAME
            yield Message(context, found["one"], found.groupdict().get("many", ""), where=file.name)


def _clocks() -> Iterator[Message]:
    for phrase in any_place():
        yield Message(phrase.context, phrase.one, phrase.many, where="by when")


def _files() -> Iterator[Message]:
    words = Words()
    for name in Words.__struct_fields__:
        if text := getattr(words, name):
            yield Message(FILE, text, where="saved files")
