"""Writes services of HSDS JSON as its tables: one CSV file for each kind of part, and `datapackage.json`, in a zip."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

# Where each part of a service goes, and by which column it names its owner.
_TABLES = {
    "phones": "phones",
    "schedules": "schedules",
    "service_areas": "service_areas",
    "languages": "languages",
    "service_at_locations": "service_at_location",
    "addresses": "addresses",
    "accessibility": "accessibility",
    "additional_urls": "urls",
}
_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip knows: the same services give the same bytes
Rows = dict[str, list[dict[str, Any]]]


def as_zip(services: list[dict[str, Any]]) -> bytes:
    """The tables of services, packed."""
    rows: Rows = {"services": [], "organizations": [], "locations": [], "attributes": [], "taxonomy_terms": []}
    seen: set[str] = set()
    for service in services:
        _row(rows, seen, "services", "service", service, {})
    files = {f"{table}.csv": _csv(each) for table, each in sorted(rows.items()) if each}
    package = {
        "name": "human-services-data",
        "profile": "tabular-data-package",
        "resources": [{"name": name.removesuffix(".csv"), "path": name} for name in files],
    }
    files["datapackage.json"] = json.dumps(package, indent=2) + "\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for name, text in files.items():
            into.writestr(zipfile.ZipInfo(name, _DAY), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _row(rows: Rows, seen: set[str], table: str, kind: str, part: dict[str, Any], owner: dict[str, str]) -> None:
    """Adds a part to its table, and its own parts to theirs. A part that is told twice is written once."""
    if part["id"] in seen:
        return
    seen.add(part["id"])
    row: dict[str, Any] = {"id": part["id"], **owner}
    rows.setdefault(table, []).append(row)
    mine = {f"{kind}_id": part["id"]}
    for key, value in part.items():
        if key == "attributes":
            _attributes(rows, seen, kind, part["id"], value)
        elif key in ("organization", "location"):
            row[f"{key}_id"] = value["id"]
            _row(rows, seen, f"{key}s", key, value, {})
        elif isinstance(value, list):
            for each in value:
                _row(rows, seen, _TABLES[key], _single(key), each, mine)
        else:
            row[key] = value


def _attributes(rows: Rows, seen: set[str], kind: str, of: str, attributes: list[dict[str, Any]]) -> None:
    for one in attributes:
        term = one["taxonomy_term"]
        _row(rows, seen, "taxonomy_terms", "taxonomy_term", term, {})
        rows["attributes"].append({"id": one["id"], "link_id": of, "taxonomy_term_id": term["id"], "link_entity": kind})


def _single(key: str) -> str:
    return {"service_at_locations": "service_at_location", "phones": "phone"}.get(key, key)


def _csv(rows: list[dict[str, Any]]) -> str:
    columns = list(dict.fromkeys(key for row in rows for key in row))
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return written.getvalue()
