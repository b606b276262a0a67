"""No address is held that its record does not call public: not in the listing, and in no byte of the file."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.directory.making import INTO
from tests.directory.making import address
from tests.directory.making import at
from tests.directory.making import ident
from tests.directory.making import only
from tests.directory.making import read
from tests.directory.making import service
from tests.directory.making import written

from holdfast.directory.finding import open_directory
from holdfast.directory.importing import import_into
from holdfast.directory.importing import read_listings
from holdfast.directory.listing import Listing

# What stands in no other sentence, and in no other part of a file.
SECRET = ("quillfeather", "4711", "l4m 9z9", "l4m9z9", "44.38912", "79.69033")
POSITION: dict[str, Any] = {"latitude": 44.389123, "longitude": -79.690331}
PUBLIC = {"confidential": False}


def told(listing: Listing) -> str:
    return repr(listing).casefold()


def held(folder: Path, *services: dict[str, Any]) -> bytes:
    """The directory's file after an import, as the disk has it."""
    path = folder / "directory.sqlite3"
    assert import_into(path, written(folder, *services), INTO).listings
    assert [each.name for each in folder.iterdir() if each.suffix == ".part"] == []
    return path.read_bytes().lower()


REFUGES = [
    service("Harbour Refuge", service_at_locations=at(address(), **POSITION)),
    service("Harbour", description="An emergency shelter for women.", service_at_locations=at(address(), **POSITION)),
    service("Harbour Refuge", **PUBLIC, service_at_locations=at({**address(), **PUBLIC}, **POSITION, **PUBLIC)),
    service("Maison d'hébergement du Lac", service_at_locations=at({**address(), **PUBLIC}, **POSITION)),
    service("Harbour", service_at_locations=at(address(), name="Harbour Safe House", **POSITION, **PUBLIC)),
    service("Harbour", confidential="", service_at_locations=at(address(), **POSITION, **PUBLIC)),
    service("Harbour", service_at_locations=at({**address(), "confidential": None}, **POSITION), **PUBLIC),
    service("Harbour", service_at_locations=at({**address(), "confidential": True}, **POSITION)),
    service("Family Court Refuge", service_at_locations=at(address(), **POSITION)),
    service("Harbour", description="Shel&#8203;ter for women.", **PUBLIC,
            service_at_locations=at({**address(), **PUBLIC}, **POSITION)),
    service("Harbour", attributes=[{"id": ident("a"), "taxonomy_term": {"name": "Domestic violence shelters"}}],
            **PUBLIC, service_at_locations=at(address(), **POSITION)),
]  # fmt: skip


@pytest.mark.parametrize("one", REFUGES)
def test_a_refuge_has_no_address_whatever_its_marks_say(tmp_path: Path, one: dict[str, Any]) -> None:
    taken = only(tmp_path, one)
    assert (taken.standing, taken.addresses) == ("confidential", ())
    file = held(tmp_path, one)
    assert [part for part in SECRET if part in told(taken) or part.encode() in file] == []


def test_an_address_whose_standing_nobody_states_counts_as_a_refuges(tmp_path: Path) -> None:
    one = service(service_at_locations=at(address(), transportation="Bus 9 to Quillfeather", **POSITION))
    taken = only(tmp_path, one)
    assert (taken.standing, taken.addresses, "in-person" in taken.channels) == ("unknown", (), False)
    assert [part for part in SECRET if part.encode() in held(tmp_path, one)] == []


@pytest.mark.parametrize(
    "one",
    [
        service(**PUBLIC, service_at_locations=at(address(), **POSITION)),
        service(service_at_locations=at(address(), **POSITION, **PUBLIC)),
        service(service_at_locations=at({**address(), "is_confidential": "No"}, **POSITION)),
        service(service_at_locations=at(address(), **POSITION,
                attributes=[{"id": ident("a"), "taxonomy_term": {"code": "address-public", "name": "x"}}])),
        service("Barrie Police Station", service_at_locations=at(address(), **POSITION)),
        service("Superior Court of Justice", service_at_locations=at(address(), **POSITION)),
    ],
)  # fmt: skip
def test_an_address_that_is_said_to_be_public_is_held(tmp_path: Path, one: dict[str, Any]) -> None:
    taken = only(tmp_path, one)
    assert taken.standing == "open"
    assert taken.addresses[0].lines == ("4711 Quillfeather Street",)
    assert taken.addresses[0].latitude == "44.389123"
    assert "in-person" in taken.channels


@pytest.mark.parametrize(
    "text",
    [
        "Come to 4711 Quillfeather Street.",
        "We are at 4711, Quillfeather St, by the lake.",
        "Ring at 4711\nQuillfeather\nStreet.",
        "The <b>4711</b> Quillfeather&nbsp;Street house.",
        "Post code L4M9Z9.",
        "We moved to 12 Elm Street in spring.",
        "Find us at SW1A 2AA.",
        "Sits on the corner of Bay and King.",
        "See https://maps.example/q?=44.1,79.2 for the way.",
        "Position 44.389123, -79.690331.",
        "On 5th Street.",
        "Au 12, rue des Lilas.",
    ],
)
def test_what_gives_the_address_away_is_taken_out_of_the_text(tmp_path: Path, text: str) -> None:
    one = service(
        "Harbour Refuge",
        description=f"Somebody answers at night. {text}",
        service_at_locations=at(address(), **POSITION),
    )
    taken = only(tmp_path, one)
    others = ("lilas", "elm", "sw1a", "bay and king", "maps.example", "5th")
    assert [part for part in (*SECRET, *others) if part in told(taken)] == []


def test_what_only_sounds_a_little_like_an_address_stays(tmp_path: Path) -> None:
    text = "Text NCDV to 60777. Call 999 or go to court. Open 24 hours a day, 7 days a week. Women aged 16 and over."
    one = service("Harbour Refuge", description=text, service_at_locations=at(address()))
    assert only(tmp_path, one).says == text


def test_a_listing_that_still_holds_its_address_is_refused(tmp_path: Path) -> None:
    one = service("Harbour Refuge", service_areas=[{"id": ident("a"), "name": "Quillfeather"}],
                  organization={"id": ident("o"), "name": "Friends of Quillfeather House", "description": ""},
                  service_at_locations=at(address("Quillfeather House")))  # fmt: skip
    taken = read(tmp_path, one)
    assert taken.listings == []
    assert [fault.refused for fault in taken.faults] == [True]
    assert "quillfeather" not in str(taken.faults).casefold()


def test_a_name_that_reads_like_an_address_is_refused(tmp_path: Path) -> None:
    taken = read(tmp_path, service("Refuge at 12 Elm Street"), service("Help at 12 Elm Street"))
    assert taken.listings == []
    assert "elm" not in str([fault.what for fault in taken.faults]).casefold()
    public = service("Help at 12 Elm Street", service_at_locations=at(address(), **PUBLIC))
    assert only(tmp_path, public).name == "Help at 12 Elm Street"


def test_a_link_that_leads_there_is_left_out(tmp_path: Path) -> None:
    links = [{"id": ident("l"), "label": "Way", "url": "https://x.example/4711-quillfeather-street"}]
    one = service("Harbour Refuge", url="https://www.openstreetmap.org/?mlat=44.38", additional_urls=links,
                  service_at_locations=at(address()))  # fmt: skip
    assert only(tmp_path, one).ways == ()


@pytest.mark.parametrize(
    "beside",
    [
        service("Legal help", organization={"id": ident("o"), "name": "Harbour", "description": ""}),
        service("Legal help", organization={"id": ident("other"), "name": "HARBOUR", "description": ""}),
        service("Legal help", organization={"id": ident("other"), "name": "Somebody else", "description": ""}),
    ],
)
def test_what_shares_a_house_or_its_keeper_with_a_refuge_has_no_address_either(
    tmp_path: Path, beside: dict[str, Any]
) -> None:
    harbour = {"id": ident("o"), "name": "Harbour", "description": ""}
    refuge = service("Night help", organization=harbour, description="A refuge.", service_at_locations=at(address()))
    visit = at({**address(), **PUBLIC}, **PUBLIC)
    visit[0]["location"]["id"] = ident("another location")
    lawyer = {**beside, "description": "Ask at 4711 Quillfeather.", "service_at_locations": visit}
    taken = only(tmp_path, lawyer, refuge)
    assert (taken.standing, taken.addresses, taken.says) == ("confidential", (), "")
    assert only(tmp_path, lawyer).standing == "open"  # alone, nothing is known against it


def test_a_refuge_whose_row_is_refused_is_kept_back_all_the_same(tmp_path: Path) -> None:
    bad = service("Harbour Refuge", service_at_locations=at(address()), phones="none")
    lawyer = service("Legal help", service_at_locations=at({**address(), **PUBLIC}))
    taken = read(tmp_path, bad, lawyer)
    assert [one.addresses for one in taken.listings] == [()]


def test_a_unit_of_the_police_may_work_from_a_place_that_nobody_should_know(tmp_path: Path) -> None:
    force = {"id": ident("o"), "name": "Barrie Police Service", "description": ""}
    one = only(tmp_path, service("Witness care", organization=force, service_at_locations=at(address())))
    assert (one.standing, one.addresses, one.kind) == ("unknown", (), "service")


def test_an_address_in_the_wrong_place_is_taken_out_of_the_text_too(tmp_path: Path) -> None:
    visit = at(address_1="Quillfeather House", postal_code="L4M 9Z9")
    one = only(tmp_path, service(description="Ask for Quillfeather House.", service_at_locations=visit))
    assert one.says == ""


@pytest.mark.parametrize(("mark", "standing"), [("no", "open"), ("", "confidential"), ("yes", "confidential")])
def test_a_mark_in_a_table_that_is_blank_is_one_of_confidence(tmp_path: Path, mark: str, standing: str) -> None:
    rows = {
        "services": f"id,name,status\n{ident('s')},Lake Line,active\n",
        "service_at_location": f"id,service_id,location_id\n{ident('v')},{ident('s')},{ident('l')}\n",
        "locations": f"id,location_type,name,confidential\n{ident('l')},physical,Office,{mark}\n",
        "addresses": "id,location_id,address_1,city,address_type\n"
        f"{ident('a')},{ident('l')},4711 Quillfeather Street,Barrie,physical\n",
    }
    for name, text in rows.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    (one,) = read_listings(tmp_path, INTO).listings
    assert (one.standing, len(one.addresses)) == (standing, standing == "open")


def test_what_became_confidential_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    before = service(service_at_locations=at({**address(), **PUBLIC}, **POSITION))
    assert b"quillfeather" in held(tmp_path, before)
    after = service(service_at_locations=at({**address(), "confidential": True}, **POSITION))
    assert [part for part in SECRET if part.encode() in held(tmp_path, after)] == []
    (one,) = open_directory(tmp_path / "directory.sqlite3").all()
    assert (one.id, one.standing) == (before["id"], "confidential")


def test_the_day_of_import_is_all_the_clock_that_is_needed(tmp_path: Path) -> None:
    one = service(assured_date="2026-11-24")
    taken = read(tmp_path, one)
    assert [fault.what for fault in taken.faults] == ["`assured_date` is still to come."]
    later = read(tmp_path, one, into=INTO._replace(on=date(2026, 11, 24)))
    assert [each.last_checked for each in later.listings] == ["2026-11-24"]
