"""Services are found by place, need, language, channel, area, words and hours, in one order; old ones say so."""

from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from tests.directory.making import INTO
from tests.directory.making import TODAY
from tests.directory.making import daily
from tests.directory.making import listing
from tests.directory.making import utc
from tests.directory.making import written
from tests.support.packs import pack_of

from holdfast.directory import store
from holdfast.directory.checked import checked
from holdfast.directory.fault import DirectoryUnread
from holdfast.directory.finding import Directory
from holdfast.directory.finding import open_directory
from holdfast.directory.hours import open_state
from holdfast.directory.importing import import_into
from holdfast.directory.languages import codes_in
from holdfast.directory.languages import interpreted
from holdfast.directory.languages import language_code
from holdfast.directory.listing import NEEDS
from holdfast.directory.listing import Listing
from holdfast.directory.listing import Way
from holdfast.directory.needs import needs_in
from holdfast.directory.of_pack import listings_of
from holdfast.directory.plain import fold
from holdfast.directory.said_hours import ALWAYS
from holdfast.law.public import NEEDS as NEEDS_OF_PACKS

FRIDAY = utc("2026-11-20 15:00")  # 10:00 in Toronto
NO_HOLIDAYS: frozenset[date] = frozenset()
EVERY = [
    listing("Zebra Line", needs=("advice",), ways=(Way("voice", "1"), Way("short-code", "60777")), hours=(ALWAYS,)),
    listing("Écoute", needs=("advice", "refuge"), languages=("fr-CA",), serves=("Barrie",), hours=(daily(),)),
    listing("Barrie Police Station", kind="police", needs=("police",), serves=("Barrie",)),
    listing("Legal Clinic", needs=("legal",), says="Help with custody.", interpreting="Any language",
            serves=("Orillia",), hours=(daily("18:00", "20:00"),)),
    listing("Speaks by number", ways=(Way("text", "2", languages=("fr",)),), hours=(daily("9 or so"),)),
]  # fmt: skip


@pytest.fixture
def directory(tmp_path: Path) -> Directory:
    path = tmp_path / "directory.sqlite3"
    store.replace(path, "ontario", "Test", "America/Toronto", EVERY, TODAY)
    far = [listing("Far away", place="us-texas")]
    store.replace(path, "us-texas", "Test", "America/Chicago", far, TODAY)
    return open_directory(path)


def names(found: list[Listing]) -> list[str]:
    return [one.name for one in found]


def test_a_place_alone_gives_all_of_it_in_order(directory: Directory) -> None:
    """Police first, then by name without regard to accents."""
    every = ["Barrie Police Station", "Écoute", "Legal Clinic", "Speaks by number", "Zebra Line"]
    assert names(directory.find("ontario")) == every
    assert names(directory.find(("ontario", "us-texas", ""))) == [*every[:2], "Far away", *every[2:]]
    assert directory.find("nowhere") == directory.find(()) == []


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"need": "advice"}, ["Écoute", "Zebra Line"]),
        ({"need": "advice", "channel": "voice"}, ["Zebra Line"]),
        ({"channel": "text"}, ["Speaks by number", "Zebra Line"]),  # a short code is a text
        ({"channel": "short-code"}, ["Zebra Line"]),
        ({"language": "fr"}, ["Écoute", "Speaks by number", "Legal Clinic"]),  # interpreting comes last
        ({"language": "fr-CA"}, ["Écoute", "Legal Clinic"]),
        ({"language": "FR"}, ["Écoute", "Speaks by number", "Legal Clinic"]),
        ({"language": "pl"}, ["Legal Clinic"]),
        ({"area": "barrie"}, ["Barrie Police Station", "Écoute", "Speaks by number", "Zebra Line"]),
        ({"text": "CUSTODY"}, ["Legal Clinic"]),
        ({"text": "ecou"}, ["Écoute"]),
        ({"text": "custody barrie"}, []),
        ({"text": "' OR 1=1 --"}, []),
        ({"text": "%"}, ["Barrie Police Station", "Écoute", "Legal Clinic", "Speaks by number", "Zebra Line"]),
    ],
)
def test_what_is_asked_is_met(directory: Directory, asked: dict[str, str], expected: list[str]) -> None:
    assert names(directory.find("ontario", **asked)) == expected  # type: ignore[arg-type]
    assert names(open_directory(directory.path.with_name("none")).find("x", also=EVERY, **asked)) == expected  # type: ignore[arg-type]


def test_open_now_shows_open_first_then_not_known_and_never_closed(directory: Directory) -> None:
    found = directory.find("ontario", open_at=FRIDAY, holidays=NO_HOLIDAYS)
    assert names(found) == ["Écoute", "Zebra Line", "Barrie Police Station", "Speaks by number"]
    states = [open_state(one, FRIDAY, NO_HOLIDAYS) for one in found]
    assert states == ["open", "open", "unknown", "unknown"]
    unsure = directory.find("ontario", open_at=FRIDAY)  # nobody said what is a holiday
    assert names(unsure)[0] == "Zebra Line"
    assert [open_state(one, FRIDAY, None) for one in unsure] == ["open"] + ["unknown"] * 4


@pytest.mark.parametrize("asked", [{"need": "money now"}, {"channel": "fax"}])
def test_what_is_no_need_or_channel_is_refused(directory: Directory, asked: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="There is no such"):
        directory.find("ontario", **asked)  # type: ignore[arg-type]


def test_one_by_its_id_and_what_is_held(directory: Directory) -> None:
    assert directory.get(EVERY[0].id) == EVERY[0]
    assert directory.get("x") is None
    assert [(one.place, one.services, one.imported_on) for one in directory.held()] == [
        ("ontario", 5, "2026-11-21"), ("us-texas", 1, "2026-11-21"),
    ]  # fmt: skip


def test_of_two_sources_the_one_checked_last_is_shown(directory: Directory) -> None:
    newer = listing("Zebra Line", source="Other", last_checked="2026-10-01", cost="Free")
    store.replace(directory.path, "ontario", "Other", "America/Toronto", [newer], TODAY)
    assert [one.cost for one in directory.find("ontario", text="zebra")] == ["Free"]


def test_an_import_replaces_its_own_source_and_no_other(directory: Directory) -> None:
    store.replace(directory.path, "ontario", "Test", "America/Toronto", EVERY[:1], TODAY)
    assert names(directory.all()) == ["Far away", "Zebra Line"]
    assert [one.services for one in directory.held()] == [1, 1]


def test_whoever_reads_while_a_file_is_put_in_place_reads_the_old_one_to_its_end(directory: Directory) -> None:
    with closing(store.read_only(directory.path)) as reader:
        rows = reader.execute("SELECT id FROM listing WHERE place = 'ontario' ORDER BY id")
        first = rows.fetchone()
        store.replace(directory.path, "ontario", "Test", "America/Toronto", EVERY[:1], TODAY)
        assert sorted([first, *rows]) == sorted((one.id,) for one in EVERY)
        assert reader.execute("SELECT count(*) FROM listing").fetchone() == (6,)
    assert len(directory.all()) == 2


def test_an_import_that_breaks_midway_leaves_the_old_one(directory: Directory) -> None:
    before = directory.path.read_bytes()

    def breaks() -> object:
        yield EVERY[0]
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        store.replace(directory.path, "ontario", "Test", "UTC", breaks(), TODAY)  # type: ignore[arg-type]
    assert directory.path.read_bytes() == before
    assert sorted(path.suffix for path in directory.path.parent.iterdir()) == [".lock", ".sqlite3"]
    directory.path.with_suffix(".part").write_bytes(b"what a machine that lost power left behind")
    store.replace(directory.path, "ontario", "Test", "UTC", EVERY, TODAY)
    assert len(directory.all()) == 6


def test_a_file_without_a_good_row_or_with_a_bad_one_when_strict_changes_nothing(directory: Directory) -> None:
    before = directory.path.read_bytes()
    bad = written(directory.path.parent, {"id": "1"}, {"id": "2", "name": "Good", "status": "active"})
    assert import_into(directory.path, bad, INTO, strict=True).refused == 1
    assert import_into(directory.path, written(directory.path.parent, {"id": "1"}), INTO).listings == []
    assert directory.path.read_bytes() == before


@pytest.mark.parametrize("body", [b"", b"no database at all, however long this is" * 200])
def test_a_damaged_directory_is_said_to_be_so(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "directory.sqlite3"
    path.write_bytes(body)
    with pytest.raises(DirectoryUnread):
        open_directory(path).find("ontario")


def test_a_number_is_old_after_a_year_and_never_checked_is_said() -> None:
    def said(day: str) -> str:
        return checked(listing(last_checked=day), TODAY)

    assert [said(day) for day in ("2025-11-21", "2025-11-20", "", "2026-11-22", "2026-12-01")] == [
        "recent", "stale", "never", "recent", "never",
    ]  # fmt: skip


def test_a_packs_own_services_are_found_beside_the_others(directory: Directory) -> None:
    pack = pack_of("england-and-wales")
    own = listings_of(pack)
    shown = {each.id for each in (*pack.services, *pack.emergency) if each.source.may_be_shown}
    assert {one.id.removeprefix("pack:") for one in own} == shown
    found = directory.find("ontario", also=own)
    assert found[0].kind == "emergency"
    assert len(found) == len(own) + 5
    assert all(one.addresses == () and one.last_checked for one in own)
    always = [one for one in own if one.hours == (ALWAYS,)]
    assert len(always) >= 3
    assert all(open_state(one, FRIDAY, None) == "open" for one in always)
    signed = directory.find(pack.id, language="bfi", also=own)
    assert signed
    assert {need for one in own for need in one.needs} >= {"refuge", "legal", "men", "lgbt", "emergency", "police"}
    other = [one.name for one in own if "the-other-person" in one.needs]
    assert other
    assert not set(other) & set(names(directory.find(pack.id, need="advice", also=own)))


def test_the_needs_are_those_of_the_packs_and_help_at_once() -> None:
    assert set(NEEDS) == {*NEEDS_OF_PACKS, "emergency"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Barrie Women's Shelter", ("refuge",)),
        ("Family Court Support and Legal Aid", ("legal", "court")),
        ("Maison d'hébergement", ("refuge",)),
        ("Animal shelter for dogs", ("pets",)),
        ("Programme for perpetrators", ("the-other-person",)),
        ("Rape crisis counselling", ("counselling", "sexual-violence")),
        ("Women and Men of Omen", ("men",)),
        ("Stadium", ()),
    ],
)
def test_needs_are_read_from_names(name: str, expected: tuple[str, ...]) -> None:
    assert needs_in(fold(name)) == expected


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [("ur", "", "ur"), ("urd", "", "ur"), ("", "Urdu", "ur"), ("FR-ca", "", "fr-CA"), ("zho-hans", "", "zh-Hans"),
     ("", "Français", "fr"),
     ("", "British Sign Language", "bfi"), ("", "Unheard-of", ""), ("qqq", "", "qqq"), ("Polish", "", "pl")],
)  # fmt: skip
def test_languages_become_codes(code: str, name: str, expected: str) -> None:
    assert language_code(code, name) == expected


def test_languages_are_read_from_a_list_of_names() -> None:
    assert codes_in("English, French and ASL (Spanish); no others") == ("en", "fr", "ase", "es")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("", frozenset()),
        ("Interpretation services are available in Urdu, Polish, and Slovak", {"ur", "pl", "sk"}),
        ("American Sign Language by appointment", {"ase"}),
        ("By telephone, in any language", None),
        ("Over 200 languages, such as Arabic", None),
        ("Ask for an interpreter", None),
    ],
)
def test_interpreting_is_matched_by_the_languages_that_it_names(said: str, found: frozenset[str] | None) -> None:
    assert interpreted(said) == found


def test_who_interprets_in_other_languages_only_is_not_found(tmp_path: Path) -> None:
    held = [listing("Named", interpreting="In Urdu and Polish"), listing("Any", interpreting="In any language")]
    path = tmp_path / "directory.sqlite3"
    store.replace(path, "ontario", "Test", "America/Toronto", held, TODAY)
    also = [listing("Its own", interpreting="In Polish")]
    directory = open_directory(path)
    assert names(directory.find("ontario", language="ar", also=also)) == ["Any"]
    assert names(directory.find("ontario", language="ur", also=also)) == ["Any", "Named"]
    assert set(names(directory.find("ontario", language="pl", also=also))) == {"Any", "Its own", "Named"}
