"""One value of a field, read from plain values (JSON's types): what it becomes, or everything that is wrong with it.

- A fault never repeats what was typed: it may be a name, a number, or somebody's words, and faults end in logs.
- Times become UTC. A time or day outside FIRST_YEAR to LAST_YEAR is refused: no clock could be worked from it.
- What a page could not show, or a file not hold, is refused: half a character, a control character, not-a-number.
"""

import math
import re
from collections.abc import Iterable
from collections.abc import Mapping
from datetime import UTC
from datetime import date
from datetime import datetime
from functools import cache
from types import NoneType
from types import UnionType
from typing import Any
from typing import Union
from typing import get_args
from typing import get_origin

import msgspec
from msgspec.structs import FieldInfo

from holdfast.record.field import choices

FIRST_YEAR = 1900
LAST_YEAR = 2199
MOST_ITEMS = 500  # in one list, or answers to one instrument
MOST_NESTED = 8  # lists within lists, where a field takes any value

UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")

_EXPECTED: dict[type, str] = {
    str: "has to be words",
    bool: "has to be true or false",
    int: "has to be a whole number",
    float: "has to be a number",
    datetime: "has to be a date and time with its offset from UTC, as in 2026-11-20T22:30:00Z",
    date: "has to be a date, as in 2026-11-20",
}
_SHAPES = {
    "staff": "has to be a staff identifier: letters, digits and . _ / - only",
    "code": "has to be an identifier: small letters, digits and . _ - only",
}


class Refused(ValueError):
    """What is wrong with a value, in order. Its reader turns this into the faults of a field."""

    def __init__(self, *whys: str):
        self.whys = whys
        super().__init__("; ".join(whys))


def read_value(annotation: Any, given: Any) -> Any:
    """The value as its declared type, or Refused with every fault in it."""
    inner = bare(annotation)
    if given is None and optional(annotation):
        return None
    values = choices(inner)
    if values:
        if isinstance(given, str) and given in values:
            return given
        raise Refused(f"has to be one of: {', '.join(values)}")
    if inner is Any:
        return _plain(given, MOST_NESTED)
    if get_origin(inner) is tuple:
        return _read_list(get_args(inner)[0], given)
    if get_origin(inner) is dict:
        return _read_answers(get_args(inner), given)
    if isinstance(inner, type) and issubclass(inner, msgspec.Struct):
        return _read_part(inner, given)
    return _read_single(annotation, inner, given)


@cache
def declared(kind: type[msgspec.Struct]) -> dict[str, FieldInfo]:
    """The fields of a kind or part, in the order they are declared."""
    return {field.name: field for field in msgspec.structs.fields(kind)}


def bare(annotation: Any) -> Any:
    """The type inside Annotated and '| None'."""
    while True:
        if hasattr(annotation, "__metadata__"):
            annotation = get_args(annotation)[0]
        elif get_origin(annotation) in (Union, UnionType):
            annotation = next(arg for arg in get_args(annotation) if arg is not NoneType)
        else:
            return annotation


def optional(annotation: Any) -> bool:
    """Whether a field may be left empty: its type ends in '| None'."""
    while hasattr(annotation, "__metadata__"):
        annotation = get_args(annotation)[0]
    return get_origin(annotation) in (Union, UnionType) and NoneType in get_args(annotation)


def metas(annotation: Any) -> list[msgspec.Meta]:
    """Every Meta of one value's type, outermost first, inside 'X | None' too; not those of a list's items."""
    found = [meta for meta in reversed(getattr(annotation, "__metadata__", ())) if isinstance(meta, msgspec.Meta)]
    if hasattr(annotation, "__metadata__"):
        found += metas(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, UnionType):
        for inner in get_args(annotation):
            found += metas(inner)
    return found


def holds(annotation: Any) -> str:
    """What a single value's type says that it holds, such as 'line' or 'staff'; empty where it says nothing."""
    return next((str(meta.extra["is"]) for meta in metas(annotation) if meta.extra and "is" in meta.extra), "")


def _read_list(item: Any, given: Any) -> tuple[Any, ...]:
    if not isinstance(given, list | tuple):
        raise Refused("has to be a list")
    if len(given) > MOST_ITEMS:
        raise Refused(f"may hold at most {MOST_ITEMS} items")
    return tuple(_each(("item", item, given))[0])


def _read_answers(types: tuple[Any, ...], given: Any) -> dict[str, Any]:
    key, value = types
    if not isinstance(given, Mapping):
        raise Refused("has to be a set of names, each with its value")
    if len(given) > MOST_ITEMS:
        raise Refused(f"may hold at most {MOST_ITEMS} names")
    names, values = _each(("name", key, given), ("value", value, given.values()))
    return dict(zip(names, values, strict=True))


def _each(*lists: tuple[str, Any, Iterable[Any]]) -> list[list[Any]]:
    """Each list read as its items' type; a fault says which item by its place, from 1, never by what it holds."""
    read: list[list[Any]] = []
    whys: list[str] = []
    for called, item, given in lists:
        read.append([])
        for place, one in enumerate(given, 1):
            try:
                read[-1].append(read_value(item, one))
            except Refused as refused:
                whys += [f"{called} {place} {why}" for why in refused.whys]
    if whys:
        raise Refused(*whys)
    return read


def _read_part(part: type[msgspec.Struct], given: Any) -> msgspec.Struct:
    if isinstance(given, part):
        given = msgspec.to_builtins(given)
    if not isinstance(given, Mapping):
        raise Refused("has to be a group of fields")
    fields = declared(part)
    whys = ["has a field that is not declared"] if any(name not in fields for name in given) else []
    values = {}
    for name, field in fields.items():
        if name in given:
            try:
                values[name] = read_value(field.type, given[name])
            except Refused as refused:
                whys += [f"({name}) {why}" for why in refused.whys]
        elif field.required:
            whys.append(f"({name}) is missing and has to be given")
    if whys:
        raise Refused(*whys)
    return part(**values)


def _read_single(annotation: Any, inner: Any, given: Any) -> Any:
    try:
        value = msgspec.convert(given, annotation)
    except (ValueError, TypeError, OverflowError) as fault:
        raise Refused(_why(annotation, inner, given)) from fault
    if isinstance(value, str) and UNSHOWABLE.search(value):
        raise Refused("holds a character that cannot be shown")
    if isinstance(value, float) and not math.isfinite(value):
        raise Refused(_EXPECTED[float])
    if isinstance(value, datetime):
        try:
            value = value.astimezone(UTC)
        except OverflowError as fault:
            raise Refused(_years()) from fault
    if isinstance(value, date) and not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise Refused(_years())
    return value


def _why(annotation: Any, inner: Any, given: Any) -> str:
    """Why a single value was refused, from what was declared and never from what was given."""
    told = _EXPECTED.get(inner, "cannot be read")
    if not isinstance(given, inner if inner is not float else int | float) or isinstance(given, bool):
        return told
    for meta in metas(annotation):
        if meta.max_length is not None and isinstance(given, str) and len(given) > meta.max_length:
            return f"may be at most {meta.max_length:,} characters long"
        if meta.ge is not None and meta.le is not None:
            return f"{told} from {meta.ge:,} to {meta.le:,}"
    return _SHAPES.get(holds(annotation), told)


def _plain(given: Any, deeper: int) -> Any:
    """Any value that JSON can hold exactly: the value that a correction gives, read later as the field it corrects."""
    if given is None or isinstance(given, bool):
        return given
    if isinstance(given, int) and abs(given) < 2**63:
        return given
    if isinstance(given, float) and math.isfinite(given):
        return given
    if isinstance(given, str):
        if UNSHOWABLE.search(given):
            raise Refused("holds a character that cannot be shown")
        return given
    if isinstance(given, list | tuple | Mapping) and (not deeper or len(given) > MOST_ITEMS):
        raise Refused("holds too much")
    if isinstance(given, list | tuple):
        return [_plain(one, deeper - 1) for one in given]
    if isinstance(given, Mapping) and all(isinstance(name, str) for name in given):
        return {_plain(name, 0): _plain(one, deeper - 1) for name, one in given.items()}
    raise Refused("has to be words, a number, true or false, a list, or a group of fields")


def _years() -> str:
    return f"has to lie in the years {FIRST_YEAR} to {LAST_YEAR}"
