"""Which values a key of a pack may have, for the hint beside a value that it may not have."""

from __future__ import annotations

import re

import msgspec
from msgspec import inspect

_AT = re.compile(r" - at `\$(?P<path>[^`]*)`")
_STEP = re.compile(r"\.(?P<key>[A-Za-z_]+)|\[(?:\.\.\.|\d+)\]")


def allowed_at(struct: type[msgspec.Struct], why: str) -> tuple[str, ...]:
    """The closed list of values where `why` (msgspec's own words, which name a path) found another; else nothing.

    >>> from holdfast.law.data import InForce
    >>> allowed_at(InForce, "Invalid enum value 'soon' - at `$.then`")
    ('', 'unknown')
    """
    at = _AT.search(why)
    if at is None or not why.startswith("Invalid enum value"):
        return ()
    here: list[inspect.Type] = [inspect.type_info(struct)]
    for step in _STEP.finditer(at["path"]):
        here = [inner for each in here for inner in _within(each, step["key"])]
    return tuple(
        sorted({str(value) for each in here if isinstance(each, inspect.LiteralType) for value in each.values})
    )


def _within(kind: inspect.Type, key: str | None) -> list[inspect.Type]:
    """What lies behind one step of a path: a key of a struct, or an item of a list or mapping. Unions are opened."""
    if isinstance(kind, inspect.StructType) and key:
        return [part for field in kind.fields if field.encode_name == key for part in _opened(field.type)]
    if isinstance(kind, inspect.VarTupleType) and key is None:
        return _opened(kind.item_type)
    if isinstance(kind, inspect.DictType) and key is None:
        return _opened(kind.value_type)
    return []


def _opened(kind: inspect.Type) -> list[inspect.Type]:
    return list(kind.types) if isinstance(kind, inspect.UnionType) else [kind]
