"""The reader's language: what a catalogue says for an English sentence, and whether anybody has checked it.

- A sentence is found by its stable id and its English together, so that a changed sentence is missing and never wrong.
- Only what somebody reviewed counts as checked. A draft is said only by a tongue that was asked for drafts.
- An emergency line is never said from a draft, whatever the tongue was asked for: a wrong number costs a life.

>>> ENGLISH.say("guide.bail.title", "What is bail?")
Wording(text='What is bail?', state='english')
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Literal
from typing import NamedTuple

from holdfast.law.languages_known import KNOWN
from holdfast.law.languages_known import Direction
from holdfast.law.phrase import Phrase

State = Literal["reviewed", "draft", "missing", "english"]
NEVER_FROM_A_DRAFT = "emergency."  # the ids of what must be right: routes, their numbers, the strip above each page


class Wording(NamedTuple):
    """What to say. `missing` and `english` are in English; `reviewed` and `draft` are in the language."""

    text: str
    state: State

    @property
    def is_english(self) -> bool:
        """Whether the text is English, and to be marked so on a page in another language."""
        return self.state in ("missing", "english")


class Row(NamedTuple):
    """What a catalogue holds for one sentence: one text, or one for each plural form."""

    texts: tuple[str, ...]
    state: Literal["reviewed", "draft"]
    by: str = ""
    on: str = ""


def _two(n: int) -> int:
    return int(n != 1)


@dataclass(frozen=True, eq=False, slots=True)
class Tongue:
    """One language with its catalogues. Two are equal only when they are the same one, so it may be a cache's key."""

    tag: str  # BCP 47
    rows: Mapping[tuple[str, str], Row] = field(default_factory=dict)
    drafts: bool = False
    plural: Callable[[int], int] = _two
    digest: str = ""  # of the catalogues, for whoever keeps what was made from them

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return KNOWN[self.tag].name

    @property
    def direction(self) -> Direction:
        """`ltr` or `rtl`."""
        return KNOWN[self.tag].direction

    @property
    def script(self) -> str:
        """Its script's ISO 15924 code, such as `Arab`."""
        return KNOWN[self.tag].script

    @property
    def is_english(self) -> bool:
        """Whether this is the language that packs are written in."""
        return self.tag == "en"

    @property
    def needs_font(self) -> bool:
        """Whether its letters are missing from many old telephones, so that a page brings them."""
        return self.script in ("Arab", "Guru")

    def row(self, context: str, english: str) -> Row | None:
        """What the catalogue holds and this tongue may say."""
        found = self.rows.get((context, english))
        if found is None or found.state == "reviewed":
            return found
        return found if self.drafts and not context.startswith(NEVER_FROM_A_DRAFT) else None

    def say(self, context: str, english: str) -> Wording:
        """A sentence in the language, or in English where the catalogue may not speak."""
        found = self.row(context, english)
        return Wording(found.texts[0], found.state) if found else Wording(english, self._otherwise)

    def count(self, context: str, singular: str, plural: str, n: int) -> Wording:
        """A sentence about a number, `%(n)d` filled in."""
        return self.phrase(Phrase(context, singular, plural, n))

    def phrase(self, phrase: Phrase) -> Wording:
        """A phrase, whole: where the catalogue may not say one part of it, all of it is English."""
        found = self.row(phrase.context, phrase.one)
        parts: dict[str, str] = {}
        state: State = found.state if found else self._otherwise
        for name, part in phrase.parts:
            said = self.phrase(part) if isinstance(part, Phrase) else Wording(part, "reviewed")
            if said.is_english:
                found = None
            elif said.state == "draft":
                state = "draft"
            parts[name] = said.text
        if found is None:
            return Wording(phrase.english(), self._otherwise)
        at = self.plural(phrase.n) if phrase.n is not None and phrase.many else 0
        return Wording(phrase.filled(found.texts[min(at, len(found.texts) - 1)], parts), state)

    def day(self, day: date) -> Wording:
        """A day as it is written in the language: '21 November 2026'."""
        known = KNOWN[self.tag]
        state: State = "reviewed" if known.dated else "missing"
        if not known.dated:
            known = KNOWN["en"]
        month = known.months.split(",")[day.month - 1]
        text = known.dated.format(day=day.day, month=month, year=day.year)
        return Wording(text, "english" if self.is_english else state)

    @property
    def _otherwise(self) -> State:
        return "english" if self.is_english else "missing"


ENGLISH = Tongue("en")
