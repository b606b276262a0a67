"""Every form of Open Referral is read; a bad row is named and left out, and the rest is intact."""

import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.directory.making import INTO
from tests.directory.making import SAMPLES
from tests.directory.making import ident
from tests.directory.making import only
from tests.directory.making import read
from tests.directory.making import service

from holdfast.directory.fault import FileRefused
from holdfast.directory.finding import open_directory
from holdfast.directory.importing import import_into
from holdfast.directory.importing import read_listings
from holdfast.directory.listing import Way

EXAMPLES = SAMPLES / "examples"
# Older tables of Open Referral, invented here: other names, no status, languages in a column, weekdays by number.
OLDER = {
    "organizations.csv": "id,name,description,email,url\n7,Lake Law,Legal help,help@lake.example,https://lake.example\n",
    "services.csv": "id,organization_id,name,description,fees,status\n12,7,Free legal forms,Self-help centre,Free,\n",
    "phones.csv": (
        "id,location_id,service_id,organization_id,number,type,language\n"
        ',,12,,(705) 555-0100,voice,"en, es"\n,,12,,no phone,,\n,,12,,705-555-0101,fax,\n,,12,,60777,sms,\n'
    ),
    "regular_schedules.csv": "id,service_id,weekday,opens_at,closes_at\n1,12,1,09:00,17:00\n2,12,Tuesday,09:00,17:00\n",
    "services_at_location.csv": "id,service_id,location_id\n3,12,4\n",
    "locations.csv": "id,organization_id,name,latitude,longitude\n4,7,4830 Quillfeather Drive,44.38,-79.69\n",
    "physical_addresses.csv": (
        "id,location_id,address_1,city,state_province,postal_code,country\n"
        "5,4,4830 Quillfeather Drive,Barrie,ON,L4M 9Z9,CA\n"
    ),
}


def tables(folder: Path, files: dict[str, str | bytes]) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def test_one_service_is_the_same_from_each_form_of_the_standard(tmp_path: Path) -> None:
    by_json = read_listings(EXAMPLES / "service_full.json", INTO)
    by_tables = read_listings(EXAMPLES / "csv", INTO)
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        for path in (EXAMPLES / "csv").iterdir():
            packed.write(path, f"inside/{path.name}")
    by_zip = read_listings(tmp_path / "all.zip", INTO)
    assert by_json.faults == by_tables.faults == by_zip.faults == []
    assert by_json.listings == by_tables.listings == by_zip.listings
    (one,) = by_json.listings
    assert one.name == "Community Counselling"
    assert one.ways[0] == Way("voice", "+44 1234 234567", "100", one.ways[0].says, ("ur",))
    assert (one.languages, one.needs, one.last_checked) == (("ur",), ("counselling",), "2005-01-01")


@pytest.mark.parametrize("name", ["organization_full.json", "service_list.json"])
def test_lists_and_organizations_hold_services_too(name: str) -> None:
    taken = read_listings(EXAMPLES / name, INTO)
    assert [one.name for one in taken.listings] == ["Community Counselling"]
    assert taken.listings[0].organisation == "Example Organization Inc."


def test_older_tables_are_read(tmp_path: Path) -> None:
    taken = read_listings(tables(tmp_path / "older", dict(OLDER)), INTO)
    (one,) = taken.listings
    assert (one.name, one.organisation, one.cost, one.needs) == ("Free legal forms", "Lake Law", "Free", ("legal",))
    assert one.ways == (
        Way("voice", "(705) 555-0100", languages=("en", "es")),
        Way("short-code", "60777"),
        Way("e-mail", "help@lake.example"),
        Way("web", "https://lake.example"),
    )
    assert [(each.byday, each.opens_at) for each in one.hours] == [(("MO",), "09:00"), (("TU",), "09:00")]
    assert "quillfeather" not in repr(one).casefold()
    assert [(fault.what, fault.refused) for fault in taken.faults] == [
        ("A number is left out: it is no telephone number.", False)
    ]


BAD: list[tuple[Any, str]] = [
    ({"name": "x", "status": "active"}, "Object missing required field id."),
    ({"id": ident("x"), "status": "active"}, "Object missing required field name."),
    ({"id": ident("x"), "name": "x"}, "Object missing required field status."),
    ({"id": ident("x"), "name": " ", "status": "active"}, "`id` or `name` is empty."),
    ({"id": ident("x"), "name": 12, "status": "active"}, "Expected str, got int - at $.name."),
    (service("x", phones={}), "Expected array | null, got object - at $.phones."),
    (service("x", phones=[{"id": "1"}]), "Object missing required field number - at $.phones[0]."),
    (service("x", status="sleeping"), "Invalid enum value what it holds - at $.status."),
    (service("x", minimum_age="old"), "Expected float | null, got str - at $.minimum_age."),
    (service("x", assured_date="soon"), "`assured_date` is no day."),
    (service("x", service_at_locations=[{"location": {"addresses": [{"address_1": 4711}]}}]),
     "Expected str, got int - at $.service_at_locations[0].location.addresses[0].address_1."),
    ("x", "It is no JSON object."),
    (None, "It is no JSON object."),
]  # fmt: skip


@pytest.mark.parametrize(("bad", "what"), BAD)
def test_a_bad_row_is_named_and_the_rest_is_taken(tmp_path: Path, bad: Any, what: str) -> None:
    taken = read(tmp_path, service("One"), bad, service("Two"))
    assert [one.name for one in taken.listings] == ["One", "Two"]
    assert [(fault.row, fault.what, fault.refused) for fault in taken.faults] == [(2, what, True)]
    assert taken.faults[0].hint


def test_null_is_as_not_there(tmp_path: Path) -> None:
    assert only(tmp_path, service(phones=None, description=None, organization=None)).ways == ()


def test_a_second_row_of_one_id_is_refused_and_what_has_ended_is_counted(tmp_path: Path) -> None:
    taken = read(tmp_path, service(), service(), service("Gone", status="defunct"), service("Later", status="inactive"))
    assert ([one.name for one in taken.listings], taken.ended, taken.refused) == (["Lake Advice Line"], 2, 1)


def test_ten_thousand_rows_with_three_bad_ones(tmp_path: Path) -> None:
    lines = ["id,name,status,description"]
    lines += [f'{ident(str(n))},Service {n},active,"Advice, number {n}"' for n in range(10_000)]
    lines[2_500] = f'{ident("a")},Broken,active,"no end'
    lines[5_000] = f"{ident('b')},Too,many,cells,here"
    lines[7_500] = f"{ident('c')},,active,No name"
    folder = tables(tmp_path / "many", {"services.csv": "\n".join(lines), "datapackage.json": "{}"})
    heard: list[tuple[int, int]] = []
    begun = time.perf_counter()
    path = tmp_path / "directory.sqlite3"
    taken = import_into(path, folder, INTO, progress=lambda done, of: heard.append((done, of)))
    assert time.perf_counter() - begun < 20
    assert [(fault.row, fault.refused) for fault in taken.faults] == [(2_501, True), (5_001, True), (7_501, True)]
    assert len(taken.listings) == 9_997
    assert {one.name for one in open_directory(path).all()} == {f"Service {n}" for n in range(10_000)} - {
        "Service 2499", "Service 4999", "Service 7499",
    }  # fmt: skip
    assert len(heard) >= 90
    assert heard[-1][0] == heard[-1][1]


def test_rows_that_are_not_utf_8_are_named(tmp_path: Path) -> None:
    body = b"id,name,status\n1,Caf\xe9,active\n2,Caf\xc3\xa9,active\n"
    taken = read_listings(tables(tmp_path / "t", {"services.csv": b"\xef\xbb\xbf" + body}), INTO)
    assert [one.name for one in taken.listings] == ["Café"]
    assert [(fault.row, fault.what) for fault in taken.faults] == [(2, "The row is not UTF-8.")]


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("x.json", b""), ("x.json", b"{"), ("x.json", b"12"), ("x.json", b"{}"), ("x.json", b"\xff\xfe"),
        ("x.json", b"[" * 200_000), ("x.zip", b"no zip"), ("x.json", b'{"contents": 1}'),
    ],
)  # fmt: skip
def test_what_is_no_list_of_services_is_refused_as_a_whole(tmp_path: Path, name: str, body: bytes) -> None:
    (tmp_path / name).write_bytes(body)
    with pytest.raises(FileRefused):
        read_listings(tmp_path / name, INTO)


def test_a_zip_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("holdfast.directory.tables.MOST_BYTES", 10_000)
    with zipfile.ZipFile(tmp_path / "x.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("services.csv", "id,name\n" + " " * 20_000)
    with pytest.raises(FileRefused, match="larger"):
        read_listings(tmp_path / "x.zip", INTO)


def test_markup_and_unseen_signs_are_taken_out(tmp_path: Path) -> None:
    one = only(
        tmp_path, service(description="<p>One &amp; two</p><script>x</script>\u202eend\x00", url="javascript:alert(1)")
    )
    assert one.says == "One & two\nxend"
    assert one.ways == ()


@pytest.mark.parametrize("levels", [60, 600])
def test_a_row_of_boxes_in_boxes_is_refused_alone(tmp_path: Path, levels: int) -> None:
    deep: Any = {}
    for _ in range(levels):
        deep = {"location": deep}
    taken = read(tmp_path, service("One"), {**service("Deep"), "x": deep})
    assert [one.name for one in taken.listings] == ["One"]
    assert [fault.what for fault in taken.faults] == ["It holds parts within parts without end."]
