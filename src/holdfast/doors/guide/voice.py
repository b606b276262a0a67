"""What says the sentences of one page in the reader's language, and keeps in what state it said them.

- A piece that is in English on a page in another language is marked so.
- Within a block that nobody has translated everything is English, so that no sentence is in two languages.
"""

from __future__ import annotations

from typing import Literal

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from holdfast.doors.look.say import marked
from holdfast.law.language import ENGLISH
from holdfast.law.language import State
from holdfast.law.language import Tongue
from holdfast.law.language import Wording
from holdfast.law.phrase import Phrase

PageState = Literal["reviewed", "draft", "partly", "english"]


class Voice:
    """One page being said."""

    def __init__(self, tongue: Tongue) -> None:
        self.tongue = tongue
        self.states: set[State] = set()

    def wording(self, context: str, english: str) -> Wording:
        """A sentence, its state kept. What has no letters, such as two keys to press, is the same in every language."""
        if not any(sign.isalpha() for sign in english):
            return Wording(english, "reviewed")
        return self._kept(self.tongue.say(context, english))

    def say(self, context: str, english: str) -> SafeString:
        """A sentence, escaped, and marked where it is English."""
        return marked(self.wording(context, english), self.tongue)

    def phrase(self, phrase: Phrase | None, *, capital: bool = False) -> SafeString:
        """A phrase, escaped, and marked where it is English; `capital` where a line begins with it."""
        if phrase is None:
            return conditional_escape("")
        said = self._kept(self.tongue.phrase(phrase))
        text = said.text[:1].upper() + said.text[1:] if capital else said.text
        return marked(Wording(text, said.state), self.tongue)

    def within(self, said: Wording) -> Voice:
        """The voice for what stands within a text: English within English."""
        return Voice(ENGLISH) if said.is_english else self

    @property
    def state(self) -> PageState:
        """The page's state, once it is said: the worst of its parts, and 'english' where nothing was translated."""
        if not self.states & {"reviewed", "draft"}:
            return "english"
        if "missing" in self.states:
            return "partly"
        return "draft" if "draft" in self.states else "reviewed"

    @property
    def has_drafts(self) -> bool:
        """Whether anything was said that nobody has checked."""
        return "draft" in self.states

    def _kept(self, said: Wording) -> Wording:
        self.states.add(said.state)
        return said
