"""The sealed stream of a backup: nothing in it can be changed, moved, cut off or added to."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from datetime import datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from holdfast.casefile.backup import sealed
from holdfast.casefile.backup.sealed import BackupRefused
from holdfast.casefile.backup.sealed import Head
from holdfast.casefile.backup.sealed import SealedWriter
from holdfast.casefile.backup.sealed import read_sealed
from holdfast.casefile.keyring import KeyRing

RING = KeyRing("s", {"ring-1": b"k" * 32}, "holdfast-test", b"c" * 32, demo=False)
OTHER = RING._replace(keys={"ring-1": b"o" * 32})
NAME = UUID(int=7)
KEY = b"b" * 32
HEAD = Head(NAME, datetime(2026, 11, 21, tzinfo=UTC), "holdfast-test", *RING.wrap(NAME, KEY))


@contextmanager
def pieces_of(size: int) -> Iterator[None]:
    before, sealed.PIECE = sealed.PIECE, size
    yield
    sealed.PIECE = before


@pytest.fixture(autouse=True, scope="module")
def small_pieces() -> Iterator[None]:
    with pieces_of(64):
        yield


def stream(*clear: bytes, head: Head = HEAD) -> bytes:
    file = io.BytesIO()
    writer = SealedWriter(file, head, KEY)
    for each in clear:
        writer.write(each)
    writer.close()
    return file.getvalue()


def opened(data: bytes, ring: KeyRing = RING, origin: str = "holdfast-test") -> bytes:
    return b"".join(read_sealed(io.BytesIO(data), ring, origin))


@given(st.lists(st.binary(max_size=200), max_size=6))
def test_what_went_in_comes_out(clear):
    assert opened(stream(*clear)) == b"".join(clear)


@pytest.mark.parametrize("size", [0, 1, 63, 64, 65, 127, 128, 129])
def test_pieces_that_are_exactly_full_come_out_too(size):
    assert opened(stream(b"x" * size)) == b"x" * size


with pieces_of(64):
    WHOLE = stream(bytes(range(256)) * 2)


@settings(max_examples=400)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_any_changed_byte_is_refused(at, change):
    broken = bytearray(WHOLE)
    broken[at] ^= change
    with pytest.raises(BackupRefused):
        opened(bytes(broken))


@given(st.integers(0, len(WHOLE) - 1))
def test_a_stream_that_was_cut_short_anywhere_is_refused(at):
    with pytest.raises(BackupRefused):
        opened(WHOLE[:at])


@given(st.binary(min_size=1, max_size=200))
def test_a_stream_that_was_added_to_is_refused(more):
    with pytest.raises(BackupRefused):
        opened(WHOLE + more)


@given(st.permutations(range(8)))
def test_pieces_in_another_order_are_refused(order):
    start = len(WHOLE) - 8 * 80  # 512 clear bytes are 8 pieces of 64, each with its tag
    pieces = [WHOLE[start + 80 * place : start + 80 * (place + 1)] for place in order]
    moved = WHOLE[:start] + b"".join(pieces)
    if order == sorted(order):
        assert opened(moved)
    else:
        with pytest.raises(BackupRefused):
            opened(moved)


def test_the_end_of_another_stream_under_the_same_key_does_not_fit():
    later = stream(b"y" * 512, head=HEAD._replace(at=datetime(2026, 11, 22, tzinfo=UTC)))
    with pytest.raises(BackupRefused, match="damaged"):
        opened(WHOLE[:-80] + later[-80:])


def test_each_refusal_says_what_to_do():
    with pytest.raises(BackupRefused, match="another installation"):
        opened(WHOLE, origin="holdfast-other")
    with pytest.raises(BackupRefused, match="does not open with this key ring"):
        opened(WHOLE, ring=OTHER)
    with pytest.raises(BackupRefused, match="no backup"):
        opened(b"PK\x03\x04" + b"x" * 500)
    with pytest.raises(BackupRefused, match="newer"):
        opened(b"holdfast-backup/2\n" + b"x" * 500)


def test_nothing_of_what_went_in_stands_in_the_stream():
    assert b"secret" not in stream(b"the secret word")
