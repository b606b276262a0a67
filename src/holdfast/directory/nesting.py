"""Puts the rows of HSDS tables back together: each service with its numbers, schedules, places, languages and terms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from holdfast.directory.standing import FLAGS

Cells = dict[str, str]
Tables = dict[str, list[tuple[int, Cells]]]
_WEEKDAYS = {"1": "MO", "2": "TU", "3": "WE", "4": "TH", "5": "FR", "6": "SA", "7": "SU"}
_WEEKDAYS |= {name: code for code, names in {
    "MO": "monday mon", "TU": "tuesday tue", "WE": "wednesday wed", "TH": "thursday thu", "FR": "friday fri",
    "SA": "saturday sat", "SU": "sunday sun",
}.items() for name in names.split()}  # fmt: skip
# What may belong to what: by the column `<owner>_id`. A row with several owners belongs to the nearest one first named.
_OWNERS = {
    "phones": ("service_at_location", "location", "service", "contact", "organization"),
    "schedules": ("service_at_location", "location", "service"),
    "languages": ("phone", "service", "location"),
    "contacts": ("service_at_location", "location", "service", "organization"),
    "addresses": ("location",),
    "accessibility": ("location",),
    "service_areas": ("service",),
    "cost_options": ("service",),
    "service_urls": ("service",),
}


def nested(tables: Tables, *, older: bool) -> Iterator[tuple[int, dict[str, Any]]]:
    """Each service with its row number. In older tables an empty status is 'active'."""
    owned = _Owned(tables)
    organizations = {cells.get("id", ""): _filled(cells) for _, cells in tables.get("organizations", [])}
    for cells in organizations.values():
        owned.fill(cells, "organization", ("phones",))
    locations = {cells.get("id", ""): _filled(cells) for _, cells in tables.get("locations", [])}
    for cells in locations.values():
        owned.fill(cells, "location", ("phones", "schedules", "languages", "contacts", "addresses", "accessibility"))
    visits = defaultdict(list)
    for _, cells in tables.get("service_at_locations", []):
        visit = _filled(cells)
        owned.fill(visit, "service_at_location", ("phones", "schedules", "contacts"))
        if location := locations.get(cells.get("location_id", "")):
            visit["location"] = location
        visits[cells.get("service_id", "")].append(visit)
    wanted = ("phones", "schedules", "languages", "contacts", "service_areas", "cost_options", "service_urls")
    for row, cells in tables.get("services", []):
        service = _filled(cells)
        if older:
            service.setdefault("status", "active")
        owned.fill(service, "service", wanted)
        if "service_urls" in service:
            service["additional_urls"] = service.pop("service_urls")
        if there := visits.get(cells.get("id", "")):
            service["service_at_locations"] = there
        if organization := organizations.get(cells.get("organization_id", "")):
            service["organization"] = organization
        yield row, service


class _Owned:
    """The rows of every table by what they belong to."""

    def __init__(self, tables: Tables) -> None:
        terms = {cells.get("id", ""): _filled(cells) for _, cells in tables.get("taxonomy_terms", [])}
        self._attributes: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for _, cells in tables.get("attributes", []):
            term = terms.get(cells.get("taxonomy_term_id") or cells.get("taxonomy_id") or "")
            about = cells.get("link_id") or cells.get("service_id") or ""
            self._attributes[about].append({**_filled(cells), **({"taxonomy_term": term} if term else {})})
        self._rows: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
        for table, owners in _OWNERS.items():
            for _, cells in tables.get(table, []):
                for owner in owners:
                    if cells.get(f"{owner}_id"):
                        self._rows[table, owner, cells[f"{owner}_id"]].append(_READ.get(table, _filled)(cells))

    def fill(self, cells: dict[str, Any], owner: str, tables: Iterable[str]) -> None:
        """Adds to a row what belongs to it, and to that what belongs to it in turn."""
        named = cells.get("id")
        if not named:
            return
        for table in tables:
            if rows := self._rows.get((table, owner, named)):
                cells[table] = rows
                for row in rows:
                    self._fill_inner(row, table)
        if attributes := self._attributes.get(named):
            cells["attributes"] = attributes

    def _fill_inner(self, row: dict[str, Any], table: str) -> None:
        if table == "phones" and row.get("id") and "languages" not in row:
            self.fill(row, "phone", ("languages",))
        elif table == "contacts":
            self.fill(row, "contact", ("phones",))
        elif table in ("addresses", "accessibility"):
            self.fill(row, table, ())


def _filled(cells: Cells) -> dict[str, Any]:
    """A row without its blank cells. A blank mark of confidence stays: it is one."""
    return {key: value.strip() for key, value in cells.items() if key and (value.strip() or key in FLAGS)}


def _phone(cells: Cells) -> dict[str, Any]:
    read = _filled(cells)
    if "language" in read:
        read["languages"] = [{"code": each.strip()} for each in str(read.pop("language")).split(",") if each.strip()]
    return read


def _schedule(cells: Cells) -> dict[str, Any]:
    read = _filled(cells)
    if weekday := read.pop("weekday", None):
        read["byday"] = _WEEKDAYS.get(str(weekday).casefold(), str(weekday))
    return read


def _language(cells: Cells) -> dict[str, Any]:
    read = _filled(cells)
    if "language" in read:
        read.setdefault("name", read.pop("language"))
    return read


_READ = {"phones": _phone, "schedules": _schedule, "languages": _language}
