"""What the record says comes into the index, corrections too, and nothing of an erased case stays."""

from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest
from tests.casefile.test_erasing import BY_RULE
from tests.casefile.test_keeping import CLOSED
from tests.casefile.test_keeping import LEAD
from tests.casefile.writing import TAKER
from tests.casefile.writing import ago
from tests.casefile.writing import new_case

from holdfast.casefile.append import append
from holdfast.casefile.append import open_case
from holdfast.casefile.erasing import erase
from holdfast.casefile.reading import read_case
from holdfast.people import feeding
from holdfast.people import here
from holdfast.people.known import Asked
from holdfast.people.known import Match
from holdfast.people.parties import NOT_OF_A_PARTY
from holdfast.people.parties import TELLING
from holdfast.people.parties import people_of
from holdfast.record.kinds import KINDS
from holdfast.record.value import bare
from holdfast.record.value import declared
from holdfast.record.value import holds

NOW = datetime(2026, 11, 21, 20, tzinfo=UTC)
NAMED = {"party": "survivor", "name": "Agnieszka Zielińska", "born_on": "1984-03-09", "number": "07700 900123"}


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    yield
    here.close()


@pytest.fixture
def case(database: Path, small_pack: str) -> UUID:
    return new_case()


def tell(case: UUID, kind: str = "PersonNamed", about: tuple[int, ...] = (), **fields: object) -> int:
    return append(case, kind, fields, by=TAKER, happened_at=ago(minutes=3), about=about).number


def found(**asked: str) -> tuple[Match, ...]:
    feeding.catch_up(NOW)
    return here.index().find(Asked(**asked))


def everything() -> list[tuple[object, ...]]:
    """Every row of the index by what it opens to, whatever its number."""
    index = here.index()
    raw = index.connection()
    people = {row: index.blind.opened(row, sealed) for row, sealed in raw.execute("SELECT id, sealed FROM person")}
    return sorted((people[person], key) for key, person in raw.execute("SELECT key, person FROM posting"))


def bytes_on_disk(folder: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(folder.glob("people.sqlite3*")))


def test_what_was_recorded_a_moment_ago_is_found_however_it_is_spelt(case: UUID) -> None:
    tell(case, **NAMED)
    for name in ("Agnieszka Zielinska", "Zelinska Agneshka", "Aga Zielinsky"):
        (match,) = found(name=name, born="9.3.1984")
        assert (match.known.case, match.known.party) == (case, "survivor")
    assert found(number="+44 7700 900123")[0].known.case == case


def test_a_correction_takes_the_wrong_name_out(case: UUID) -> None:
    number = tell(case, **NAMED)
    assert found(name="Agnieszka Zielinska")
    tell(case, "EntryCorrected", (number,), corrected={"name": "Barbara Nowak"}, reason="misheard")
    assert found(name="Barbara Nowak")[0].known.case == case
    assert not found(name="Agnieszka Zielinska")


def test_a_caller_who_is_the_survivor_is_one_person(case: UUID) -> None:
    tell(case, "CallReceived", route="voice", caller="survivor", number="0113 496 0000")
    tell(case, **NAMED)
    tell(case, "CallReceived", route="voice", caller="neighbour", number="0113 496 0111")
    tell(case, "WitnessFound", name="Bo Lee", number="0113 496 0222")
    parties = {each.party: each for each in people_of(read_case(case).entries)}
    assert set(parties) == {"survivor", "caller", "witness"}
    assert parties["survivor"].numbers == ("0113 496 0000", "07700 900123")
    assert parties["witness"].names == ("Bo Lee",)


def test_the_index_made_anew_is_the_one_that_was_fed(case: UUID) -> None:
    other = new_case()
    for at in range(12):
        tell((case, other)[at % 2], "WitnessFound", name=f"Person Number{chr(97 + at)}", number=f"0113 496 01{at:02}")
        feeding.catch_up(NOW)
    tell(other, **NAMED)
    feeding.catch_up(NOW)
    fed = everything()
    assert len(fed) > 50
    assert feeding.rebuild() == 2
    assert everything() == fed


def test_nothing_of_an_erased_case_stays_in_any_byte(database: Path, small_pack: str) -> None:
    gone = open_case("smallplace", by=TAKER, happened_at=ago(days=10)).case_id
    append(gone, "PersonNamed", NAMED, by=TAKER, happened_at=ago(days=10))
    append(gone, "CaseClosed", CLOSED, by=LEAD, happened_at=ago(days=9))
    tell(new_case(), "WitnessFound", name="Agnieszka Kowalska")
    assert found(name="Agnieszka Zielinska", born="1984-03-09")
    index = here.index()
    index.fold()
    rows = "SELECT sealed FROM person ORDER BY id"
    sealed = [row for (row,) in index.connection().execute(rows)]
    assert [each in bytes_on_disk(database.parent) for each in sealed] == [True, True]
    erase(gone, **BY_RULE)
    assert gone not in {match.known.case for match in index.find(Asked(name="Agnieszka Zielinska"))}
    assert [row for (row,) in index.connection().execute(rows)] == sealed[1:]
    assert [each in bytes_on_disk(database.parent) for each in sealed] == [False, True]
    feeding.rebuild()
    assert index.count() == 1


def test_where_the_key_opens_no_more_the_index_is_made_anew(case: UUID) -> None:
    tell(case, **NAMED)
    assert found(name="Agnieszka Zielinska")
    before = here.index()
    assert before.path.stat().st_mode & 0o077 == 0
    before.connection().execute("UPDATE key SET name = 'ring-retired'")
    here.close()
    assert here.index().count() == 0
    assert found(name="Agnieszka Zielinska")
    here.close()
    assert here.index().count() == 1  # and its new key opens from now on


def test_an_index_that_could_not_be_fed_says_that_it_is_behind(case: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    feeding.catch_up(ago(hours=0))
    assert not feeding.is_behind()
    append(case, "CallReceived", {"route": "voice", "number": "07700 900123"}, by=TAKER, happened_at=ago(minutes=1))
    assert feeding.is_behind()
    with monkeypatch.context() as broken:
        broken.setattr(here.index(), "writing", _full)
        assert feeding.catch_up(ago(hours=0)) == 0
        assert feeding.is_behind()
    feeding.catch_up(ago(hours=0))
    assert not feeding.is_behind()


def _full() -> None:
    raise OSError("no space left on device")


def test_an_index_of_another_record_is_made_anew(case: UUID) -> None:
    tell(case, **NAMED)
    assert found(name="Agnieszka Zielinska")
    index = here.index()
    with index.writing() as raw:
        raw.execute("UPDATE state SET value = ? WHERE name = 'place'", ((1).to_bytes(8, "big") + b"another",))
        raw.execute("DELETE FROM posting")
        raw.execute("DELETE FROM person")
    assert found(name="Agnieszka Zielinska")


def holds_of_a_person(type_: object) -> bool:
    if holds(type_) in ("name", "phone", "place"):
        return True
    inner = bare(type_)
    if hasattr(inner, "__struct_fields__"):
        return any(holds_of_a_person(field.type) for field in declared(inner).values())
    return any(holds_of_a_person(each) for each in get_args(inner) if not isinstance(each, str))


def test_every_kind_with_a_name_a_number_or_a_place_is_taken_in_or_left_out_on_purpose() -> None:
    telling = {name for name, kind in KINDS.items() if holds_of_a_person(kind)}
    assert telling - TELLING - NOT_OF_A_PARTY == set()
    assert telling >= NOT_OF_A_PARTY
