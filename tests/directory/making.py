"""Invented services as Open Referral records, for tests of the directory."""

import json
import uuid
from datetime import UTC
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import Any

from holdfast.directory.importing import Taken
from holdfast.directory.importing import read_listings
from holdfast.directory.listing import Listing
from holdfast.directory.listing import Opening
from holdfast.directory.taking import Into

SAMPLES = Path(__file__).parents[1] / "samples/hsds"
TODAY = date(2026, 11, 21)
INTO = Into("ontario", "Test", "America/Toronto", TODAY)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def ident(name: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_DNS, name))


def service(name: str = "Lake Advice Line", **more: Any) -> dict[str, Any]:
    """The least that HSDS asks of a service, and what a test adds."""
    return {"id": ident(name), "name": name, "status": "active", **more}


def at(*addresses: dict[str, Any], **location: Any) -> list[dict[str, Any]]:
    """A visit at one location with addresses."""
    named = {"id": ident("location"), "location_type": "physical", "addresses": list(addresses), **location}
    return [{"id": ident("visit"), "location": named}]


def address(street: str = "4711 Quillfeather Street", **more: Any) -> dict[str, Any]:
    return {
        "id": ident(street), "address_1": street, "city": "Barrie", "state_province": "ON", "postal_code": "L4M 9Z9",
        "country": "CA", "address_type": "physical", **more,
    }  # fmt: skip


def written(folder: Path, *services: Any, name: str = "services.json") -> Path:
    path = folder / name
    path.write_text(json.dumps(list(services)), encoding="utf-8")
    return path


def read(folder: Path, *services: Any, into: Into = INTO) -> Taken:
    return read_listings(written(folder, *services), into)


def only(folder: Path, one: dict[str, Any], *beside: dict[str, Any]) -> Listing:
    """The listing of a record that has to be taken."""
    taken = read(folder, one, *beside)
    found = [each for each in taken.listings if each.id == one["id"]]
    assert found, taken.faults
    return found[0]


def listing(name: str = "Lake Advice Line", **more: Any) -> Listing:
    told = {"place": "ontario", "source": "Test", "timezone": "America/Toronto", **more}
    return Listing(id=ident(name), name=name, **told)


def daily(opens: str = "09:00", closes: str = "17:00", days: tuple[str, ...] = WEEKDAYS, **more: Any) -> Opening:
    return Opening(opens_at=opens, closes_at=closes, byday=days, freq="WEEKLY", **more)
