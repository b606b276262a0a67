"""What a place does with a call on which nobody speaks: the prompt, how long is listened, which keys mean what.

It belongs to an emergency route. A route without it has no such stage: its calls go to a person at once. Whatever a
place says here, a call that answers nothing goes to a person as well; none is ended.
"""

from __future__ import annotations

from typing import Literal

from holdfast.law.data import Authority
from holdfast.law.data import Data
from holdfast.law.data import Source

ANY = "any"  # every key; for yes and no also a tap or a cough
LINES = ("mobile", "landline", "internet", "payphone", "other", "not_known")
Line = Literal["mobile", "landline", "internet", "payphone", "other", "not_known"]
Means = Literal["asks_for_police", "asks_for_fire_service", "asks_for_ambulance", "asks_for_help"]


class Meaning(Data, frozen=True):
    """Keys in their order, and what they mean here. Never a place, and never that somebody will come."""

    keys: str
    means: Means


class Question(Data, frozen=True):
    """A question that can be answered by yes or no."""

    id: str
    says: str


class Answering(Data, frozen=True):
    """One stage, for calls from these lines."""

    lines: tuple[Line, ...]
    says: str  # the prompt
    seconds: int  # listened to after each time that it was said
    keys: tuple[Meaning, ...]
    source: Source
    authority: Authority
    times: int = 1
    yes: str = ""  # keys that mean yes, each of them alone; `any`: every key, tap or cough
    no: str = ""
    questions: tuple[Question, ...] = ()
    question_seconds: int = 8
    after: str = ""  # what is said once the call is on the record
    nothing: Literal["handled", "left_open"] = "handled"  # what is recorded where nothing was heard
    words_authority: Authority = "our-standard"  # of the wording and the seconds
