"""A document that a machine sent, from its bytes: JSON that can be relied on, or every reason why it cannot.

- At most 1 MB, UTF-8, nested at most 64 levels, no key twice in one object, no NaN, nothing a page could not show.
- Depth is judged before anything is parsed: a parser that recurses must not be handed what makes it fall.
- A fault says where, by JSON pointer, and why. It never repeats a value, and a key only where it is a plain word.
"""

import json
import re
from collections.abc import Iterator
from typing import Any
from typing import NamedTuple

from holdfast.record.value import UNSHOWABLE

MOST_BYTES = 1_000_000
MOST_DEPTH = 64
MOST_FAULTS = 100

_STRINGS = re.compile(rb'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_BRACKETS = re.compile(rb"[\[\]{}]")
_PLAIN_KEY = re.compile(r"[@$]?[A-Za-z][A-Za-z0-9_-]{0,60}")


class Fault(NamedTuple):
    """One thing wrong with a document."""

    at: str  # a JSON pointer; '' is the whole document
    why: str


class DocumentRefused(Exception):
    """Nothing was recorded. The sender can put every fault right."""

    def __init__(self, status: int, faults: list[Fault]):
        self.status = status
        self.faults = faults[:MOST_FAULTS]
        listed = "; ".join(f"{fault.at or '/'}: {fault.why}" for fault in self.faults)
        super().__init__(
            f"The document was not taken over: {listed}. Nothing was recorded; correct it and send it again."
        )


class _Object(dict[str, Any]):
    """An object that remembers which keys stood in it twice."""

    twice: tuple[str, ...] = ()


def read_document(body: bytes) -> dict[str, Any]:
    """The document as one object, or DocumentRefused."""
    if len(body) > MOST_BYTES:
        raise DocumentRefused(413, [Fault("", "the document is longer than 1 MB and was not read")])
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise DocumentRefused(400, [Fault("", "the document is not UTF-8")]) from None
    if _depth(body) > MOST_DEPTH:
        raise DocumentRefused(400, [Fault("", f"the document is nested deeper than {MOST_DEPTH} levels")])
    try:
        found = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant)
    except (ValueError, RecursionError) as fault:
        where = f" at line {fault.lineno}, column {fault.colno}" if isinstance(fault, json.JSONDecodeError) else ""
        raise DocumentRefused(400, [Fault("", f"the document is not JSON{where}")]) from None
    faults = list(_faults_within(found, ""))
    if faults:
        raise DocumentRefused(400, faults)
    if not isinstance(found, dict):
        raise DocumentRefused(422, [Fault("", "the document has to be one object")])
    return found


def pointer(*parts: str | int) -> str:
    """A JSON pointer. A key that is no plain word is left out of it: it may be somebody's name."""
    return "".join(f"/{part if isinstance(part, int) or _PLAIN_KEY.fullmatch(part) else '?'}" for part in parts)


def _depth(body: bytes) -> int:
    deepest = depth = 0
    for bracket in _BRACKETS.finditer(_STRINGS.sub(b"", body)):
        depth += 1 if bracket[0] in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    found = _Object(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        found.twice = tuple(sorted({key for key in keys if keys.count(key) > 1}))
    return found


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _faults_within(value: Any, at: str) -> Iterator[Fault]:
    if isinstance(value, _Object):
        for key in value.twice:
            yield Fault(at + pointer(key), "stands twice in one object, so nobody can say which is meant")
        for key, inner in value.items():
            if UNSHOWABLE.search(key):
                yield Fault(at, "has a key with a character that cannot be shown")
            yield from _faults_within(inner, at + pointer(key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _faults_within(inner, at + pointer(number))
    elif isinstance(value, str) and UNSHOWABLE.search(value):
        yield Fault(at, "holds a character that cannot be shown")
