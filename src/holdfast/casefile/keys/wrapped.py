"""Where wrapped keys are kept: a rotation that left one table out would lose what it seals when the old key goes."""

from collections.abc import Callable
from typing import Any
from typing import NamedTuple
from uuid import UUID


class Wrapped(NamedTuple):
    """One table with the columns `ring_key` and `wrapped`."""

    table: str
    row: str  # the column by which a row is found
    bound_to: Callable[[Any], UUID]  # from that column's value: the case, or whatever else the key was wrapped for


WRAPPED = [Wrapped("case_key", "case_id", UUID)]


def also_wrapped(table: str, row: str, bound_to: Callable[[Any], UUID]) -> None:
    """Adds a table, as its app starts. Its names are the program's own and are never typed."""
    if all(one.table != table for one in WRAPPED):
        WRAPPED.append(Wrapped(table, row, bound_to))
