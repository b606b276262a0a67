"""Reads HSDS tables (CSV in a folder or a zip) into services nested as the JSON of HSDS has them.

- HSDS 3 with its `datapackage.json`, and the older Open Referral tables: other file names, a `language` column,
  weekdays by number. Only older tables may leave `status` empty.
- A row whose cells do not fit the heading, or that is not UTF-8, is a fault, and the rows after it are read.
"""

from __future__ import annotations

import csv
import io
import itertools
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from holdfast.directory.fault import FileRefused
from holdfast.directory.fault import RowFault
from holdfast.directory.fault import shown_id
from holdfast.directory.nesting import nested

MOST_BYTES = 300_000_000  # of a file, and of a zip once opened
_LONGEST_CELL = 1_000_000
_MOST_BROKEN = 200
# What each table may be called. Case and a hyphen for an underscore make no difference.
TABLES = {
    "services": ("services", "service"),
    "organizations": ("organizations", "organization"),
    "phones": ("phones", "phone"),
    "schedules": ("schedules", "schedule", "regular_schedules", "regular_schedule"),
    "service_areas": ("service_areas", "service_area"),
    "service_at_locations": (
        "service_at_location", "service_at_locations", "services_at_location", "services_at_locations",
    ),
    "locations": ("locations", "location"),
    "addresses": ("addresses", "address", "physical_addresses", "physical_address"),
    "languages": ("languages", "language"),
    "accessibility": ("accessibility", "accessibility_for_disabilities"),
    "cost_options": ("cost_options", "cost_option"),
    "contacts": ("contacts", "contact"),
    "attributes": ("attributes", "attribute", "service_taxonomy", "services_taxonomy"),
    "taxonomy_terms": ("taxonomy_terms", "taxonomy_term", "taxonomy"),
    "service_urls": ("urls", "additional_urls"),
}  # fmt: skip


class Row(NamedTuple):
    """One row of a table: the line on which it ends, and its cells that are not blank."""

    file: str
    row: int
    cells: dict[str, str]


class TableService(NamedTuple):
    """One service, nested, with the row that it comes from."""

    file: str
    row: int
    data: dict[str, object]


def read_tables(path: Path) -> tuple[list[TableService], list[RowFault]]:
    """Every service of a folder or zip of tables, and the faults of its rows. Raises `FileRefused` and `OSError`."""
    files = dict(_files(path))
    found = {table: name for table, names in TABLES.items() if (name := _named(files, names))}
    if "services" not in found:
        raise FileRefused("There is no services.csv in it. Give the folder or zip that holds the tables of HSDS.")
    faults: list[RowFault] = []
    tables = {table: list(_rows(name, files[name], faults)) for table, name in found.items()}
    older = "datapackage.json" not in {Path(name).name for name in files}
    services = nested({table: [(row.row, row.cells) for row in rows] for table, rows in tables.items()}, older=older)
    return [TableService(found["services"], row, data) for row, data in services], faults


def _named(files: dict[str, bytes], names: tuple[str, ...]) -> str:
    plain = {Path(name).stem.casefold().replace("-", "_"): name for name in files if name.lower().endswith(".csv")}
    return next((plain[name] for name in names if name in plain), "")


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """The tables, by file name. Nothing is unpacked to disk, so a name in a zip can point nowhere."""
    if path.is_dir():
        wanted = [one for one in sorted(path.iterdir()) if one.suffix.lower() in (".csv", ".json") and one.is_file()]
        if sum(one.stat().st_size for one in wanted) > MOST_BYTES:
            raise FileRefused(_too_large())
        yield from ((one.name, one.read_bytes()) for one in wanted)
        return
    try:
        with zipfile.ZipFile(path) as packed:
            wanted_in = [one for one in packed.infolist() if one.filename.lower().endswith((".csv", ".json"))]
            left = MOST_BYTES
            for one in wanted_in:
                with packed.open(one) as file:
                    body = file.read(left + 1)  # what the zip says of its sizes is not trusted
                left -= len(body)
                if left < 0:
                    raise FileRefused(_too_large())
                yield Path(one.filename).name, body
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as fault:
        raise FileRefused(
            "The zip is damaged, encrypted or packed in a way that cannot be read. Pack it again."
        ) from fault


def _too_large() -> str:
    return f"The tables are larger than {MOST_BYTES // 1_000_000} MB. Import them in parts, as sources of their own."


def _rows(name: str, body: bytes, faults: list[RowFault]) -> Iterator[Row]:
    """The rows that fit their heading. After one that does not, reading goes on at the line after the one it began on:

    a quotation mark that nobody closed would else swallow all that follows.
    """
    csv.field_size_limit(_LONGEST_CELL)
    lines = list(io.StringIO(body.decode("utf-8-sig", errors="replace"), newline=""))
    heading: list[str] = []
    at, again = 0, 0
    reader = csv.reader(lines, strict=True)
    while True:
        begun = at + reader.line_num
        fault: tuple[str, str] | None = None
        cells: list[str] | None = []
        try:
            cells = next(reader, None)
        except csv.Error:
            fault = ("The row cannot be read as CSV.", "Look for a quotation mark that is not closed.")
        if cells is None:
            return
        if not heading and not fault:
            heading = [cell.strip().casefold() for cell in cells]
        elif fault or any(cell.strip() for cell in cells):
            fault = fault or _misfit(cells, heading)
            if not fault:
                yield Row(name, begun + 1, dict(zip(heading, cells, strict=False)))
                continue
            faults.append(RowFault(name, begun + 1, shown_id(cells[0]) if cells else "", *fault))
            if at + reader.line_num > begun + 1:
                at, again = begun + 1, again + 1
                reader = csv.reader(itertools.islice(lines, at, None), strict=True)
            if again > _MOST_BROKEN:
                raise FileRefused(f"{name} has too many rows that are broken over lines. Save it again as CSV.")


def _misfit(cells: list[str], heading: list[str]) -> tuple[str, str] | None:
    if len(cells) > len(heading) and any(cell.strip() for cell in cells[len(heading) :]):
        return "The row has more cells than the heading.", "Put text that holds a comma in quotation marks."
    if len(cells) < len(heading) and len(cells) == 1 and len(heading) > 1:
        return "The row has one cell only.", "Look at the row before it: a line break must stand in quotation marks."
    if any("\ufffd" in cell for cell in cells):
        return "The row is not UTF-8.", "Save the table as UTF-8."
    return None
