"""Reads a file of services into records, whatever form of Open Referral it has.

- JSON of HSDS 3: one service, a list, a page (`contents`), or an organization with its services.
- Tables: a folder or a zip of CSV files (tables.py).
- A record that cannot be read is a fault of its own; the rest is read.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from typing import NamedTuple

import msgspec

from holdfast.directory.fault import FileRefused
from holdfast.directory.fault import RowFault
from holdfast.directory.fault import shown_id
from holdfast.directory.tables import MOST_BYTES
from holdfast.directory.tables import read_tables

_DEEPEST = 40
FLAT = "Give it as HSDS does: a service, its locations, their addresses."
NOT_HSDS = (
    "The file is no list of services: expected one HSDS service, a list of them, a page with `contents`, or an "
    "organization with `services`."
)


class Record(NamedTuple):
    """One service as it was read: nested as HSDS has it. `table` says that every value is text."""

    file: str
    row: int
    data: dict[str, Any]
    table: bool

    @property
    def id(self) -> str:
        """Its own id, as far as it can be shown."""
        return shown_id(self.data.get("id"))


def read_records(path: Path) -> tuple[list[Record], list[RowFault]]:
    """Every service in a file or folder, and what could not be read. Raises `FileRefused` and `OSError`."""
    if path.is_dir() or path.suffix.lower() == ".zip":
        services, faults = read_tables(path)
        return [Record(one.file, one.row, one.data, table=True) for one in services], faults
    with path.open("rb") as file:
        body = file.read(MOST_BYTES + 1)
    if len(body) > MOST_BYTES:
        raise FileRefused(
            f"The file is larger than {MOST_BYTES // 1_000_000} MB. Import it in parts, as sources of their own."
        )
    return _from_json(body.removeprefix(b"\xef\xbb\xbf"), path.name)


def _from_json(body: bytes, name: str) -> tuple[list[Record], list[RowFault]]:
    try:
        whole = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as fault:
        raise FileRefused(
            "The file cannot be read as JSON in UTF-8. Give JSON, a folder of CSV files, or a zip of them."
        ) from fault
    records, faults = [], []
    for row, one in enumerate(_services(whole), 1):
        if isinstance(one, dict) and _too_deep(one):
            faults.append(
                RowFault(name, row, shown_id(one.get("id")), "It holds parts within parts without end.", FLAT)
            )
        elif isinstance(one, dict):
            records.append(Record(name, row, one, table=False))
        else:
            faults.append(
                RowFault(
                    name, row, "", "It is no JSON object.", "A service is an object with `id`, `name` and `status`."
                )
            )
    return records, faults


def _too_deep(record: dict[str, Any]) -> bool:
    """Whether a record is nested deeper than any part of HSDS is, by far."""
    layer: list[Any] = [record]
    for _ in range(_DEEPEST):
        layer = [
            inner for each in layer for inner in (each.values() if isinstance(each, dict) else each)
            if isinstance(inner, dict | list)
        ]  # fmt: skip
        if not layer:
            return False
    return True


def _services(whole: Any) -> list[Any]:
    if isinstance(whole, list):
        return [service for one in whole for service in _of_one(one)]
    if isinstance(whole, dict) and isinstance(whole.get("contents"), list):
        return [service for one in whole["contents"] for service in _of_one(one)]
    if isinstance(whole, dict) and ("services" in whole or "name" in whole or "id" in whole):
        return _of_one(whole)
    raise FileRefused(NOT_HSDS)


def _of_one(one: Any) -> list[Any]:
    """An organization's services, each with the organization put back into it; else what was given."""
    if not isinstance(one, dict) or not isinstance(one.get("services"), list):
        return [one]
    around = {key: value for key, value in one.items() if key != "services"}
    return [{"organization": around, **each} if isinstance(each, dict) else each for each in one["services"]]
