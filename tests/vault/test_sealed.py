"""The format: what does not open, and why."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.vault.sealing import fresh
from tests.vault.sealing import some

from holdfast.vault.sealed import AROUND
from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import DEFECTS
from holdfast.vault.sealed import END
from holdfast.vault.sealed import HEADER
from holdfast.vault.sealed import SEALED_CHUNK
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.sealed import Sealed
from holdfast.vault.sealed import chunks_of
from holdfast.vault.sealed import chunks_within
from holdfast.vault.sealed import sealed_length

SIZE = 3 * CHUNK + 5


def defect_of(vault, item, sealed):
    """Why these bytes do not open as this item; None where they do, every byte read."""
    path = vault.path(item)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(sealed)
    try:
        list(vault.item(item).whole())
    except NotAnItem as fault:
        return fault.defect if DEFECTS[fault.defect] in str(fault) else "said wrongly"
    return None


@pytest.fixture
def sealed(vault):
    """Three full chunks and five bytes."""
    item = vault.take(some(SIZE)).item
    return item, vault.path(item).read_bytes()


def chunk(number):
    """Where a chunk lies."""
    return slice(HEADER + number * SEALED_CHUNK, HEADER + (number + 1) * SEALED_CHUNK)


def test_whole_it_opens(vault, sealed):
    assert defect_of(vault, *sealed) is None


@pytest.mark.parametrize(
    ("left", "defect"),
    [
        (0, "not-an-item"),
        (7, "not-an-item"),
        (50, "cut-short"),
        (HEADER, "cut-short"),
        (HEADER + 10, "cut-short"),
        (HEADER + SEALED_CHUNK, "cut-short"),
        (HEADER + 3 * SEALED_CHUNK, "cut-short"),
        (sealed_length(SIZE) - END, "cut-short"),
        (sealed_length(SIZE) - 1, "cut-short"),
    ],
)
def test_cut_short(vault, sealed, left, defect):
    item, content = sealed
    assert defect_of(vault, item, content[:left]) == defect


def test_longer(vault, sealed):
    item, content = sealed
    assert defect_of(vault, item, content + b"\0") == "cut-short"
    assert defect_of(vault, item, content + some(SEALED_CHUNK)) == "cut-short"


def test_two_chunks_exchanged(vault, sealed):
    item, content = sealed
    other = bytearray(content)
    other[chunk(0)], other[chunk(1)] = content[chunk(1)], content[chunk(0)]
    assert defect_of(vault, item, bytes(other)) == "altered"


def test_a_chunk_repeated_in_the_place_of_another(vault, sealed):
    item, content = sealed
    other = bytearray(content)
    other[chunk(2)] = content[chunk(1)]
    assert defect_of(vault, item, bytes(other)) == "altered"


def test_a_chunk_left_out_or_put_in_twice(vault, sealed):
    item, content = sealed
    at = chunk(1)
    assert defect_of(vault, item, content[: at.start] + content[at.stop :]) == "cut-short"
    assert defect_of(vault, item, content[: at.stop] + content[at] + content[at.stop :]) == "cut-short"


def test_bytes_of_the_last_chunk_left_out(vault, sealed):
    item, content = sealed
    assert defect_of(vault, item, content[: -END - 3] + content[-END:]) == "length-differs"


def test_a_chunk_of_another_item(vault, sealed):
    item, content = sealed
    theirs = vault.path(vault.take(some(SIZE)).item).read_bytes()
    other = bytearray(content)
    other[chunk(1)] = theirs[chunk(1)]
    assert defect_of(vault, item, bytes(other)) == "altered"


def test_another_item_and_another_case(vault, sealed):
    item, content = sealed
    assert defect_of(vault, uuid4(), content) == "another-item"
    assert defect_of(vault._replace(case=uuid4()), item, content) == "another-item"
    assert defect_of(vault._replace(key=some(32)), item, content) == "wrong-key"


def test_a_tail_is_no_chunk(vault):
    item = uuid4()
    sealed = fresh(vault, item)
    kept = sealed.seal_tail(0, 1, b"what has come", some(12))
    with pytest.raises(NotAnItem):
        sealed.open(0, kept)
    with pytest.raises(NotAnItem):
        sealed.open_tail(0, 2, kept)
    assert sealed.open_tail(0, 1, kept) == b"what has come"


def test_every_byte_counts(vault):
    """A byte changed anywhere is seen, whatever it is."""
    item = vault.take(b"a short note").item
    content = vault.path(item).read_bytes()
    seen = set()
    for at in range(len(content)):
        other = bytearray(content)
        other[at] ^= 1
        seen.add(defect := defect_of(vault, item, bytes(other)))
        assert defect is not None, at
    assert seen == {"not-an-item", "another-format", "another-item", "wrong-key", "altered", "cut-short"}


def test_a_hash_that_is_not_its_content(vault):
    item = uuid4()
    sealed, content = fresh(vault, item), b"other words than the end says"
    room = bytearray(len(content) + AROUND)
    sealed.seal_into(0, memoryview(content), memoryview(room), some(12))
    end = sealed.seal_end(len(content), some(32), some(12))
    assert defect_of(vault, item, sealed.header + bytes(room) + end) == "hash-differs"


@given(size=st.integers(0, 1 << 50))
def test_lengths_go_both_ways(size):
    assert chunks_within(sealed_length(size)) == chunks_of(size)


@given(chunks=st.integers(1, 9), over=st.integers(1, AROUND))
def test_a_length_that_no_item_has_is_cut_short(chunks, over):
    with pytest.raises(NotAnItem) as fault:
        chunks_within(HEADER + END + chunks * SEALED_CHUNK + over)
    assert fault.value.defect == "cut-short"


@given(header=st.binary(max_size=200))
def test_no_header_of_chance_is_an_item(header):
    with pytest.raises(NotAnItem):
        Sealed.of(header, uuid4(), uuid4(), bytes(32))


def test_the_same_content_is_never_sealed_alike(vault):
    """Nothing tells that two items, or two chunks, are the same."""
    content = bytes(2 * CHUNK)
    first, second = (vault.path(vault.take(content).item).read_bytes() for _ in range(2))
    parts = [each[chunk(number)] for each in (first, second) for number in (0, 1)]
    assert len(set(parts)) == 4
    assert len({part[:12] for part in parts}) == 4
