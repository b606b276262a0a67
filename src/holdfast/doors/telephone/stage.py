"""What is said to a caller on whose line nobody speaks, and what is made of what is heard. Pure: times are passed in.

- The pack says the prompt, how long is listened, and which keys mean what. A pack or a line without such a stage has
  nothing said to it. Nothing here ends a call: one that answers nothing is left open for a person.
- Keys count from the first moment, also while something is said. Sounds count only while nothing is said: what comes
  back of our own words is no answer.
- An answer to a question is what comes after it was said. Nothing heard is not known, and never no.
- That the call is with somebody is said only once it is on the record.
- A call is a person's from its first answer, or where the stage is over without one. While a person speaks with the
  caller nothing is said but by them; keys are told as before, and a sound is no tap.
"""

from collections.abc import Iterator
from typing import Any
from typing import NamedTuple

from holdfast.doors.telephone.pressed import Pressed
from holdfast.law.answering import ANY
from holdfast.law.answering import Answering
from holdfast.law.answering import Meaning

APART = 2.5  # seconds without a key, after which those that were pressed are told
BETWEEN = 1.5  # seconds of quiet after an answer
MOST_TOLD = 300  # entries about keys in one call: a machine that presses on and on fills no case
_FIFTY_FIVE = "55"


class Say(NamedTuple):
    """Say these words now: 'prompt', 'after', or a question's number."""

    name: str


class Hush(NamedTuple):
    """Stop what is being said."""


class Tell(NamedTuple):
    """An entry for the record."""

    kind: str
    fields: dict[str, Any]
    at: float


Act = Say | Hush | Tell


class Stage:
    """One call. Times are seconds since it began; `state` is for tests and for whoever looks."""

    def __init__(self, answering: Answering | None):
        self._rule = answering
        self.state = "new"
        self._until = 0.0
        self._said = 0  # times that the prompt was said
        self._words = False  # it was said in words
        self._asked = -1  # the question that is open
        self._answer_keys, self._answer_tap = "", False
        self._pressed = ""  # since the last keys that meant something
        self._untold: list[Pressed] = []
        self._answered: set[str] = set()
        self._noise = False
        self._told = 0
        self._since = 0.0  # when the last question had been said

    def begin(self) -> Iterator[Act]:
        """The line is open."""
        if self._rule is None:
            self.state = "open"
            return
        self.state = "prompt"
        yield Say("prompt")

    def said(self, at: float, *, words: bool = True) -> None:
        """What was to be said is over; `words` says whether it was words, or only a tone."""
        if self._rule is None:
            return
        if self.state == "prompt":
            self._said += 1
            self._words = self._words or words
            self.state, self._until = "listening", at + self._rule.seconds
        elif self.state == "asking":
            self.state, self._until, self._since = "waiting", at + self._rule.question_seconds, at
            self._answer_keys, self._answer_tap = "", False
        elif self.state == "after":
            self.state = "open"

    def key(self, pressed: Pressed) -> Iterator[Act]:
        """A key was pressed."""
        self._pressed = (self._pressed + pressed.key)[-40:]
        self._untold.append(pressed)
        meaning = self._meaning()
        if meaning:
            yield from self._means(meaning, pressed.at)
        if self.state == "waiting" and self._rule:
            self._answer_keys = (self._answer_keys + pressed.key)[-40:]
            if self._rule.yes == ANY or pressed.key in self._rule.yes + self._rule.no:
                yield from self._answer(pressed.at)
            elif not meaning:
                self._untold.remove(pressed)  # it is told with the question

    def sound(self, what: str, at: float) -> Iterator[Act]:
        """A short sound, or the beginning of a long one."""
        if what != "short":
            self._noise = self._noise or self.state == "listening"
        elif self.state in ("listening", "open"):
            if self._rule and not self._answered:
                yield self._handled("tap_or_cough", at)
                if self.state == "listening":
                    self._next(at)
        elif self.state == "waiting" and self._rule:
            self._answer_tap = True
            if self._rule.yes == ANY:
                yield from self._answer(at)

    def tick(self, at: float, *, on_record: bool) -> Iterator[Act]:
        """Time passes. `on_record` says whether the disk has what was told so far."""
        if self._untold and at - self._untold[-1].at > APART and self.state != "waiting":
            yield from self._tell_keys(at)
        if self._rule is None or at < self._until:
            return
        if self.state == "listening":
            yield from self._listened(at)
        elif self.state == "waiting":
            yield from self._answer(at)
        elif self.state == "pause":
            self.state = "asking"
            yield Say(str(self._asked))
        elif self.state == "settled" and on_record:
            self.state = "after" if self._rule.after else "open"
            if self._rule.after:
                yield Say("after")

    @property
    def for_a_person(self) -> bool:
        """Whether a person is to speak with the caller as soon as one can."""
        return bool(self._answered) or self.state in ("settled", "after", "open", "person")

    def person(self, at: float) -> Iterator[Act]:
        """A person can speak with the caller from now on: what we say gives way."""
        if self.state == "waiting" and (self._answer_keys or self._answer_tap):
            yield from self._answer(at)
        self.state = "person"
        yield Hush()

    def alone(self) -> None:
        """No person is there any more. Nothing is asked again: who rings this number may be hiding."""
        if self.state == "person":
            self.state = "open"

    def end(self, at: float) -> Iterator[Act]:
        """The caller has gone: what was heard and not told yet."""
        if self.state == "waiting" and (self._answer_keys or self._answer_tap):
            yield from self._answer(at)
        if self._untold:
            yield from self._tell_keys(at)
        self.state = "over"

    def _meaning(self) -> Meaning | None:
        for meaning in self._rule.keys if self._rule else ():
            if meaning.keys == ANY and self.state in ("prompt", "listening"):
                return meaning
            if meaning.keys != ANY and self._pressed.endswith(meaning.keys) and not self._answers(meaning.keys):
                return meaning
        return None

    def _answers(self, keys: str) -> bool:
        """Whether these keys, now, are an answer to a question: one key may mean both."""
        assert self._rule is not None  # noqa: S101 it has keys
        return self.state == "waiting" and len(keys) == 1 and keys in self._rule.yes + self._rule.no

    def _means(self, meaning: Meaning, at: float) -> Iterator[Act]:
        yield from self._tell_keys(at, meaning)
        self._pressed = ""
        how = "pressed_55" if meaning.keys == _FIFTY_FIVE else "other_keys"
        if how not in self._answered:
            yield self._handled(how, at)
        if self.state in ("prompt", "listening"):
            yield Hush()
            self._next(at)

    def _tell_keys(self, at: float, meaning: Meaning | None = None) -> Iterator[Act]:
        keys = "".join(each.key for each in self._untold)
        if meaning and (own := meaning.keys) != ANY:
            told = next(n for n in range(len(own) + 1) if keys.endswith(own[n:]))  # its first keys, told already
            keys = keys.removesuffix(own[told:]) + own
        ways = {each.heard_as for each in self._untold}
        first = self._untold[0].at if self._untold else at
        self._untold = []
        self._told += 1
        if self._told > MOST_TOLD:
            return
        heard_as = ways.pop() if len(ways) == 1 else "several_ways"
        means = meaning.means if meaning else "not_known"
        yield Tell("KeysPressed", {"keys": keys[:300], "heard_as": heard_as, "means": means}, first)
        if meaning is None and self._rule and not self._answered and self.state in ("prompt", "listening", "open"):
            yield self._handled("other_keys", at)

    def _handled(self, how: str, at: float) -> Tell:
        self._answered.add(how)
        begun = self._words or self.state == "prompt"
        said = {"prompt_played": "yes" if begun else "no", "answered_by": how, "passed_to": "call_taker"}
        return Tell("SilentCallHandled", said, at)

    def _listened(self, at: float) -> Iterator[Act]:
        """Nobody answered in time, or what they pressed meant nothing here."""
        assert self._rule is not None  # noqa: S101 only a stage listens
        if self._answered:
            self._next(at)
        elif self._said < self._rule.times:
            self.state = "prompt"
            yield Say("prompt")
        else:
            if self._rule.nothing == "handled":
                yield self._handled("noise_heard" if self._noise else "nothing", at)
            self.state = "settled"

    def _next(self, at: float) -> None:
        """On to the next question, or to the end of them."""
        assert self._rule is not None  # noqa: S101 only a stage asks
        self._asked += 1
        self.state = "pause" if self._asked < len(self._rule.questions) else "settled"
        self._until = at + BETWEEN

    def _answer(self, at: float) -> Iterator[Act]:
        """What came after a question, or nothing."""
        assert self._rule is not None  # noqa: S101 only a stage asks
        asked, keys = self._rule.questions[self._asked], self._answer_keys
        heard = "keys" if keys else "tap_or_cough" if self._answer_tap else "nothing"
        answer = "not_known"
        if self._rule.yes == ANY and heard != "nothing":
            answer = "yes"
        elif keys and keys[-1] in self._rule.yes:
            answer = "yes"
        elif keys and keys[-1] in self._rule.no:
            answer = "no"
        # What was pressed while the question was still being said answers nothing, and is told by itself.
        self._untold = [each for each in self._untold if each.at < self._since or each.at > at]
        yield Tell(
            "QuestionPlayed",
            {"question": asked.id, "asked": asked.says, "answer": answer, "heard": heard, "keys": keys}, at,
        )  # fmt: skip
        self._next(at)
