"""A phrase that the program itself makes, such as a limit: English that a catalogue can put into another language.

- A phrase is a value: its context, its English for one and for many, and the parts that stand in it. Nothing is joined
  from pieces of sentences, because no other language joins them in the same order.
- `%(n)d` stands for the number and `%(name)s` for a part.

>>> Phrase("clock", "within %(n)d hour", "within %(n)d hours", 24).english()
'within 24 hours'
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple


class Phrase(NamedTuple):
    """One phrase. A part that is plain text is a name or a figure, and is never translated."""

    context: str
    one: str
    many: str = ""
    n: int | None = None
    parts: tuple[tuple[str, Phrase | str], ...] = ()

    def english(self) -> str:
        """The phrase as it reads in English."""
        parts = {name: part if isinstance(part, str) else part.english() for name, part in self.parts}
        return self.filled(self.many if self.many and self.n != 1 else self.one, parts)

    def filled(self, text: str, parts: dict[str, str]) -> str:
        """A text of this phrase, in whatever language, with its number and parts put in."""
        if self.n is None and not parts:
            return text
        return text % {"n": self.n, **parts}

    def every(self) -> Iterator[Phrase]:
        """This phrase and every phrase within it."""
        yield self
        for _, part in self.parts:
            if isinstance(part, Phrase):
                yield from part.every()
