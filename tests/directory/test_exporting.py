"""What is exported is valid by the published schema, and imported again gives the same listings."""

import io
import json
import zipfile
from pathlib import Path

import msgspec
from tests.directory.making import INTO
from tests.directory.making import SAMPLES
from tests.directory.making import daily
from tests.directory.making import listing
from tests.directory.schema import against

from holdfast.directory.exporting import as_json
from holdfast.directory.exporting import service_of
from holdfast.directory.flattening import as_zip
from holdfast.directory.importing import read_listings
from holdfast.directory.listing import Address
from holdfast.directory.listing import Listing
from holdfast.directory.listing import Opening
from holdfast.directory.listing import Way
from holdfast.directory.said_hours import ALWAYS

FULL = listing(
    "Barrie Legal Help",
    organisation="Lake Law",
    says="Advice for free.\nAlso by video.",
    for_whom="Anyone aged 16 or over",
    how="Ring first.",
    notice="Moved online for now.",
    needs=("legal", "court"),
    serves=("Barrie", "Simcoe County"),
    languages=("en", "fr-CA"),
    interpreting="By telephone, in any language",
    ways=(
        Way("voice", "+1 705 555 0100", extension="12", says="Front desk", languages=("en", "fr")),
        Way("relay", "+1 705 555 0101"),
        Way("text", "+1 705 555 0102"),
        Way("short-code", "60777", says="Send LAKE"),
        Way("e-mail", "help@lake.example"),
        Way("web", "https://lake.example/"),
        Way("chat", "https://lake.example/talk", says="Chat with us"),
        Way("video", "https://lake.example/see", says="Video"),
        Way("in-person", ""),
    ),
    hours=(
        daily(valid_from="2026-01-01", valid_to="2026-12-31", offset=-5.0, wkst="MO"),
        Opening(opens_at="10:00", closes_at="12:00", byday=("1SA", "-1SA"), freq="MONTHLY", interval=2,
                dtstart="2026-01-01"),
        daily(bymonthday="1,-1", byweekno="10", byyearday="60", until="2027-01-01", count=3),
    ),
    hours_said="Closed at lunch.",
    cost="Free",
    accessibility="Level entrance",
    last_checked="2026-05-01",
    checked_how="checked",
    standing="open",
    addresses=(
        Address(("1 Bay Street", "Floor 2"), "Barrie", "ON", "L4M 1A1", "CA", "Court House", "Bus 9", "44.3", "-79.6"),
    ),
)  # fmt: skip
OTHERS = [
    listing("Lake Line", hours=(ALWAYS,), hours_said="24/7", ways=(Way("voice", "1 800 555 0000"),),
            last_checked="2020-02-29", checked_how="changed"),
    listing("Harbour Refuge", standing="confidential", needs=("refuge",), ways=(Way("voice", "1 800 555 0001"),)),
    listing("Barrie Police Station", kind="police", needs=("police",), ways=(Way("voice", "1 705 555 0110"),)),
    listing("Nothing said"),
]  # fmt: skip
EVERY = [FULL, *OTHERS]


def again(folder: Path, name: str, body: bytes) -> list[Listing]:
    path = folder / name
    path.write_bytes(body)
    taken = read_listings(path, INTO)
    assert taken.faults == []
    return taken.listings


def test_every_part_of_a_listing_is_in_the_example() -> None:
    """So that the tests below lose none of them unseen."""
    kept = msgspec.to_builtins(FULL)
    assert sorted(set(Listing.__struct_fields__) - set(kept)) == ["kind"]
    assert {key for each in kept["hours"] for key in each} == set(Opening.__struct_fields__)
    assert set(kept["addresses"][0]) == set(Address.__struct_fields__)


def test_an_export_is_valid_hsds() -> None:
    assert [fault for one in EVERY for fault in against(service_of(one))] == []
    page = json.loads(as_json(EVERY))
    assert (page["total_items"], page["empty"], len(page["contents"])) == (5, False, 5)
    model = json.loads((SAMPLES / "examples/service_list.json").read_text(encoding="utf-8"))
    assert page.keys() == model.keys()


def test_the_check_against_the_schema_finds_what_is_wrong() -> None:
    sample = json.loads((SAMPLES / "examples/service_full.json").read_text(encoding="utf-8"))
    assert against(sample) == []
    assert against({**sample, "id": "x", "status": "on", "phones": [{"id": 1}]}) == [
        "$.id: not uuid", "$.status: not one of them", "$.phones[0]: no number", "$.phones[0].id: not string",
    ]  # fmt: skip


def test_json_comes_back_as_it_went(tmp_path: Path) -> None:
    assert again(tmp_path, "out.json", as_json(EVERY)) == EVERY


def test_tables_come_back_as_they_went(tmp_path: Path) -> None:
    services = [service_of(one) for one in EVERY]
    assert again(tmp_path, "out.zip", as_zip(services)) == EVERY
    assert as_zip(services) == as_zip([service_of(one) for one in EVERY]), "the same services give the same bytes"


def test_the_tables_are_named_as_the_standard_has_them() -> None:
    with zipfile.ZipFile(io.BytesIO(as_zip([service_of(FULL)]))) as packed:
        names = {name for name in packed.namelist() if name.endswith(".csv")}
        package = json.loads(packed.read("datapackage.json"))
    ours = {"urls.csv"}  # of HSDS 3.1: the sample is of 3.0
    assert names - ours <= {path.name for path in (SAMPLES / "examples/csv").glob("*.csv")}
    assert {each["path"] for each in package["resources"]} == names


def test_a_sample_of_the_standard_survives_the_way_there_and_back(tmp_path: Path) -> None:
    first = read_listings(SAMPLES / "examples/service_full.json", INTO).listings
    assert again(tmp_path, "out.json", as_json(first)) == first
    assert again(tmp_path, "out.zip", as_zip([service_of(one) for one in first])) == first
