"""Fields that stand several times in one entry: bail conditions, terms of an order. No script is needed.

- The form shows the rows that are filled and some empty ones; 'Add another' sends the form back with more, nothing
  lost.
- A row in which nothing was filled is left out. A row that was begun has to be whole.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from holdfast.doors.desk.forms.fields import OneOfField
from holdfast.doors.desk.forms.fields import form_field
from holdfast.record.kind import FieldOf
from holdfast.record.kind import fields_of

EMPTY_ROWS = 2
MOST_ROWS = 40


def rows_wanted(field: FieldOf, data: Any, filled: int) -> int:
    """How many rows to show: those filled and a few empty; as many as the page had, and more if asked."""
    if data is None:
        return min(max(filled + 1, EMPTY_ROWS), MOST_ROWS)
    try:
        had = int(data.get(f"{field.name}.rows", EMPTY_ROWS))
    except ValueError:
        had = EMPTY_ROWS
    more = EMPTY_ROWS if data.get("more") == field.name else 0
    return max(1, min(had + more, MOST_ROWS))


def row_fields(field: FieldOf, rows: int, zone: ZoneInfo) -> dict[str, forms.Field]:
    """The Django fields of every row, by the name each has in the page."""
    found: dict[str, forms.Field] = {}
    for row in range(rows):
        for inner in _inner(field):
            made = form_field(inner, zone)
            if isinstance(made, OneOfField):
                made.offer(made.values)
            found[row_name(field.name, row, inner.name)] = made
    return found


def row_name(field_name: str, row: int, inner: str) -> str:
    """The name that a field of a row has in the page."""
    return f"{field_name}.{row}.{inner}"


def row_initial(field: FieldOf, values: Any) -> dict[str, Any]:
    """The starting values of the rows, from plain parts."""
    return {
        row_name(field.name, row, name): value
        for row, part in enumerate(values or ())
        for name, value in dict(part).items()
    }


def read_rows(field: FieldOf, rows: int, cleaned: Mapping[str, Any]) -> list[dict[str, Any] | None]:
    """Each row as a plain part, or None where nothing was filled."""
    found: list[dict[str, Any] | None] = []
    for row in range(rows):
        part = {inner.name: cleaned.get(row_name(field.name, row, inner.name)) for inner in _inner(field)}
        filled = {name: value for name, value in part.items() if value is not None}
        found.append(filled or None)
    return found


def _inner(field: FieldOf) -> tuple[FieldOf, ...]:
    return fields_of(field.part) if field.part else ()
