"""Checking what a place does with calls on which nobody speaks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator

from holdfast.law.answering import ANY
from holdfast.law.answering import Answering
from holdfast.law.fault import Fault
from holdfast.law.pack import Pack

_KEYS = re.compile(r"[0-9*#A-D]{1,6}")
_ID = re.compile(r"[a-z0-9_.-]{1,80}")
LONGEST = 120  # seconds
MOST_TIMES = 5


def check_answering(pack: Pack) -> Iterable[Fault]:
    """One fault for each thing of a stage that could not be done, and for a line that has two stages."""
    seen: dict[str, str] = {}
    for route in pack.emergency:
        if route.answering is None:
            continue
        for why in (*_faults(route.answering), *_twice(route.answering, route.id, seen)):
            yield Fault("law.E065", route.file, f"{route.id}: {why}", "See `answering` in docs/formats/pack.md.")


def _faults(stage: Answering) -> Iterator[str]:
    if not stage.lines:
        yield "its stage is for no line."
    if not stage.says.strip() or not stage.keys:
        yield "its stage says nothing, or waits for no key."
    if not 3 <= stage.seconds <= LONGEST or not 3 <= stage.question_seconds <= LONGEST:
        yield f"it listens for less than 3 seconds or more than {LONGEST}."
    if not 1 <= stage.times <= MOST_TIMES:
        yield f"its prompt is said less than once or more than {MOST_TIMES} times."
    yield from _key_faults(stage)
    ids = [question.id for question in stage.questions]
    if len(set(ids)) < len(ids) or not all(_ID.fullmatch(each) for each in ids):
        yield "its questions have no ids of their own."
    if any(not question.says.strip() for question in stage.questions):
        yield "one of its questions has no words."


def _key_faults(stage: Answering) -> Iterator[str]:
    wanted = [meaning.keys for meaning in stage.keys]
    if any(keys != ANY and not _KEYS.fullmatch(keys) for keys in wanted) or len(set(wanted)) < len(wanted):
        yield "its keys are none of a telephone, or stand there twice."
    if any(one != other and ANY not in (one, other) and one in other for one in wanted for other in wanted):
        yield "one of its keys is a part of another, so the longer could never be pressed."
    if any(keys not in ("", ANY) and not _KEYS.fullmatch(keys) for keys in (stage.yes, stage.no)):
        yield "its keys for yes or no are none of a telephone."
    if stage.no == ANY or set(stage.yes) & set(stage.no) or (stage.yes == ANY and stage.no):
        yield "a key would mean yes and no, or any key no."
    if stage.questions and not stage.yes:
        yield "it asks questions, and no key means yes."


def _twice(stage: Answering, route: str, seen: dict[str, str]) -> Iterator[str]:
    for line in stage.lines:
        if seen.setdefault(line, route) != route:
            yield f"calls from '{line}' are already those of {seen[line]}."
