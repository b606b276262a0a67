"""The closed table of what a copy may hold (rows.txt), read once. A kind or field that is not in it is left out."""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from holdfast.record.entry import Entry

_LINE = re.compile(r"(\w+): (given|left out)((?: \w+)*)(?: \|((?: \w+)+))?")
# Kinds that tell of whoever they name: only what is said of the survivor is given.
ONLY_OF: dict[str, tuple[str, str]] = {"PersonNamed": ("party", "survivor"), "StatementTaken": ("of", "survivor")}


class Row(NamedTuple):
    """What may be given of one kind."""

    given: bool  # whether it may be told at all that it happened
    fields: frozenset[str]
    left_out: frozenset[str]


@cache
def rows() -> dict[str, Row]:
    """The table by kind; ValueError where a line cannot be read, so that a slip leaves nothing open."""
    found: dict[str, Row] = {}
    for line in files(__package__).joinpath("rows.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        read = _LINE.fullmatch(line)
        if read is None or read[1] in found or (read[2] == "left out" and read[3]):
            raise ValueError(f"a line of rows.txt cannot be read, or its kind stands twice: {line[:40]}")
        fields, left = frozenset(read[3].split()), frozenset((read[4] or "").split())
        found[read[1]] = Row(read[2] == "given", fields, left)
    return found


def given_of(entry: Entry) -> frozenset[str] | None:
    """The fields of an entry that may be given; None where it may not be told at all."""
    row = rows().get(entry.kind)
    if row is None or not row.given:
        return None
    only = ONLY_OF.get(entry.kind)
    if only and getattr(entry.fields, only[0]) != only[1]:
        return None
    return row.fields
