"""The directory of services: importing 10,000 from a file, and finding some of them against looking at each.

Wall time for the import (it waits for the disk), processor time for the rest.
"""

import json
import tempfile
import time
import uuid
from datetime import UTC
from datetime import date
from datetime import datetime
from pathlib import Path

from _measure import Bar
from _measure import figure
from _measure import heading
from _measure import in_turns
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import target

from holdfast.directory.finding import Directory
from holdfast.directory.finding import open_directory
from holdfast.directory.importing import import_into
from holdfast.directory.listing import Listing
from holdfast.directory.taking import Into

SERVICES = 10_000
MOST_SECONDS = 20
NAMES = ("Legal clinic", "Helpline", "Counselling centre", "Housing office", "Refuge", "Youth centre", "Food bank")
TOWNS = ("Barrie", "Orillia", "Sudbury", "Kenora", "Ottawa", "Guelph", "Kingston", "Windsor")
AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
NO_HOLIDAYS: frozenset[date] = frozenset()


def service(number: int) -> dict[str, object]:
    """An invented service, as full as those that directories publish."""

    def ident(what: str) -> str:
        return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{what} {number}"))

    name, town = NAMES[number % len(NAMES)], TOWNS[number % len(TOWNS)]
    place = {
        "id": ident("location"), "location_type": "physical", "name": f"{town} office",
        "latitude": 44.1, "longitude": -79.2,
        "addresses": [{"id": ident("address"), "address_1": f"{number} Bay Street", "city": town,
                       "state_province": "ON", "postal_code": "L4M 1A1", "country": "CA", "address_type": "physical"}],
    }  # fmt: skip
    return {
        "id": ident("service"), "name": f"{town} {name} {number}", "status": "active",
        "description": f"Help for people of {town} and around. " * 8, "url": f"https://service{number}.example/",
        "fees_description": "Free", "eligibility_description": "Anyone aged 16 or over", "assured_date": "2026-05-01",
        "phones": [{"id": ident("phone"), "number": f"705 555 {number:04}", "type": ("voice", "text")[number % 2]}],
        "schedules": [{"id": ident("hours"), "freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR",
                       "opens_at": "09:00", "closes_at": "17:00"}],
        "service_areas": [{"id": ident("area"), "name": town}],
        "languages": [{"id": ident("language"), "code": ("en", "fr", "pl")[number % 3]}],
        "service_at_locations": [{"id": ident("visit"), "location": place}],
        "organization": {"id": ident("organization"), "name": f"Friends of {town} {number}", "description": ""},
    }  # fmt: skip


def naive(directory: Directory) -> list[Listing]:
    """What a page would do without the tags: read every listing, and look at each."""
    every = directory.all("ontario")
    return [one for one in every if "legal" in one.needs and "fr" in one.spoken and "text" in one.channels]


def main() -> None:
    """Prints the figures."""
    heading(f"the directory: {SERVICES:,} services")
    with tempfile.TemporaryDirectory() as folder:
        file, path = Path(folder, "services.json"), Path(folder, "directory.sqlite3")
        file.write_text(json.dumps([service(number) for number in range(SERVICES)]), encoding="utf-8")
        into = Into("ontario", "bench", "America/Toronto", AT.date())
        bar = Bar(SERVICES)
        begun = time.perf_counter()
        taken = import_into(path, file, into, progress=lambda done, _: bar.show(done))
        seconds = time.perf_counter() - begun
        assert len(taken.listings) == SERVICES, taken.faults[:3]
        figure("import, wall time", f"{seconds:,.1f} s", f"{file.stat().st_size / 1e6:,.0f} MB of JSON")
        target(f"under {MOST_SECONDS} s", met=seconds < MOST_SECONDS)
        directory = open_directory(path)

        def asked() -> list[Listing]:
            return directory.find("ontario", need="legal", language="fr", channel="text")

        assert {one.id for one in asked()} == {one.id for one in naive(directory)}
        times = in_turns({"asked": asked, "naive": lambda: naive(directory)}, rounds=9)
        scan, found = middle(times["naive"]), middle(times["asked"])
        figure(
            f"find by need, language and channel ({len(asked())} found)",
            ms(found),
            ratio(found, scan, "looking at each"),
        )
        figure("looking at each", ms(scan))
        words = in_turns({"words": lambda: directory.find("ontario", text="kenora legal")}, rounds=9)["words"]
        figure("find by two words", ms(middle(words)), ratio(middle(words), scan, "looking at each"))
        works = {"now": lambda: directory.find("ontario", need="legal", open_at=AT, holidays=NO_HOLIDAYS)}
        figure("find what is open now, by need", ms(middle(in_turns(works, rounds=9)["now"])))


if __name__ == "__main__":
    main()
