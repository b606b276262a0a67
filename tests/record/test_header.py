"""A header is written in one way only, and holds no word of a party."""

import re
from datetime import UTC
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import timezone

import msgspec
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.record.written import chain

from holdfast.record.header import TIME
from holdfast.record.header import WHOLE
from holdfast.record.header import Header
from holdfast.record.header import HeaderRefused
from holdfast.record.header import read_header
from holdfast.record.header import read_time
from holdfast.record.header import write_header
from holdfast.record.header import write_time

HEADER = chain(5)[4].header


def test_a_header_is_plain_json_in_a_fixed_order() -> None:
    assert HEADER.isascii()
    assert b" " not in HEADER
    assert list(msgspec.json.decode(HEADER)) == [
        "format", "case", "number", "before", "about", "happened_at", "recorded_at", "nonce", "kind", "role", "staff",
        "occurrence", "key",
    ]  # fmt: skip


def test_a_header_is_read_as_it_was_written() -> None:
    assert write_header(read_header(HEADER)) == HEADER


@settings(max_examples=300)
@given(st.integers(0, len(HEADER) - 1), st.binary(max_size=3), st.integers(0, 3))
def test_any_other_bytes_are_another_header_or_none(place: int, put: bytes, taken: int) -> None:
    """No two ways of writing are read alike: what is read at all is written back as the same bytes."""
    bytes_ = HEADER[:place] + put + HEADER[place + taken :]
    try:
        header = read_header(bytes_)
    except HeaderRefused:
        assert bytes_ != HEADER
    else:
        assert write_header(header) == bytes_
        assert WHOLE.fullmatch(bytes_)


def test_every_day_of_the_calendar_is_a_time_and_no_other_is() -> None:
    pattern = re.compile(TIME)
    for year in (1900, 1999, 2000, 2024, 2026, 2100, 2199):
        for month in range(14):
            for day in range(33):
                try:
                    date(year, month, day)
                    there = True
                except ValueError:
                    there = False
                assert bool(pattern.fullmatch(f"{year}-{month:02}-{day:02}T00:00:00.000000Z")) is there


@pytest.mark.parametrize(
    "written",
    [
        "1899-12-31T23:59:59.999999Z",
        "2200-01-01T00:00:00.000000Z",
        "2026-01-01T24:00:00.000000Z",
        "2026-01-01T00:00:60.000000Z",
        "2026-01-01T00:00:00Z",
        "2026-01-01T00:00:00.000000+00:00",
    ],
)
def test_what_is_no_time_is_refused(written: str) -> None:
    header = msgspec.structs.replace(read_header(HEADER), recorded_at=written)
    with pytest.raises(HeaderRefused):
        write_header(header)


def test_a_time_is_written_in_utc_and_read_as_the_same_moment() -> None:
    at = datetime(2026, 7, 1, 0, 30, 0, 7, tzinfo=timezone(timedelta(hours=2)))
    assert write_time(at) == "2026-06-30T22:30:00.000007Z"
    assert read_time(write_time(at)) == at


def test_a_time_without_its_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        write_time(datetime(2026, 7, 1, tzinfo=UTC).replace(tzinfo=None))


@pytest.mark.parametrize(
    "changes",
    [
        {"staff": "Invented Name"},
        {"staff": "07700 900123"},
        {"case": "../etc"},
        {"key": "A"},
        {"number": 0},
        {"occurrence": 0},
        {"about": (0,)},
        {"about": (5,)},
        {"about": (2, 2)},
        {"about": tuple(range(1, 1002)), "number": 5000},
        {"nonce": "short"},
        {"before": "AB" * 32},
        {"kind": "bail"},
        {"role": "Officer"},
    ],
)
def test_nothing_but_identifiers_fits_into_a_header(changes: dict[str, object]) -> None:
    with pytest.raises(HeaderRefused) as caught:
        write_header(msgspec.structs.replace(read_header(HEADER), **changes))
    assert "Invented" not in str(caught.value)


def test_the_fields_of_a_header_are_those_of_its_pattern() -> None:
    assert set(WHOLE.groupindex) | {"format"} == {field.name for field in msgspec.structs.fields(Header)}
