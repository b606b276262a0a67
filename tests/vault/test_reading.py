"""Reading at any place, without opening the rest."""

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.vault.sealing import a_vault
from tests.vault.sealing import some

from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import HEADER
from holdfast.vault.sealed import SEALED_CHUNK
from holdfast.vault.sealed import NotAnItem

SIZE = 4 * CHUNK + 321


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """An item and what it holds."""
    vault, content = a_vault(tmp_path_factory.mktemp("reading") / "vault"), some(SIZE)
    return vault, content, vault.take(content)


places = st.one_of(
    st.integers(0, SIZE + 10),
    st.builds(lambda number, off: max(0, number * CHUNK + off), st.integers(0, 5), st.integers(-2, 2)),
)


@given(at=places, count=st.one_of(st.integers(0, 3000), st.integers(0, 2 * CHUNK + 5)))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_place_reads_what_was_taken(there, at, count):
    vault, content, taken = there
    assert vault.item(taken.item).read(at, count) == content[at : at + count]


@given(reads=st.lists(st.tuples(places, st.integers(0, 5000)), max_size=8))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_one_reader_reads_many_places(there, reads):
    vault, content, taken = there
    item = vault.item(taken.item)
    assert [item.read(at, count) for at, count in reads] == [content[at : at + count] for at, count in reads]


def test_all_of_it(there):
    vault, content, taken = there
    item = vault.item(taken.item)
    assert item.size == taken.size == SIZE
    assert item.sha256 == taken.sha256
    assert item.read() == b"".join(item.whole()) == content
    assert item.read(SIZE) == item.read(SIZE + 5, 3) == b""


def test_a_place_before_the_beginning_is_a_fault_of_ours(there):
    vault, _, taken = there
    with pytest.raises(ValueError, match="byte 0"):
        vault.item(taken.item).read(-1, 3)


class Counting:
    """A store that counts what is asked of it."""

    def __init__(self, store):
        self.store, self.asked = store, []

    def length(self, item):
        return self.store.length(item)

    def read(self, item, at, count):
        self.asked.append(count)
        return self.store.read(item, at, count)


def test_what_was_not_asked_for_is_not_opened(there):
    vault, content, taken = there
    counting = Counting(vault.store)
    item = vault._replace(store=counting).item(taken.item)
    assert item.read(2 * CHUNK + 7, 100) == content[2 * CHUNK + 7 :][:100]
    assert sum(counting.asked) < SEALED_CHUNK + 500
    before = len(counting.asked)
    item.read(2 * CHUNK + 107, 100)
    assert len(counting.asked) == before, "the chunk was there already"


def test_the_rest_is_read_where_one_chunk_is_damaged(vault):
    content = some(3 * CHUNK)
    taken = vault.take(content)
    with vault.path(taken.item).open("r+b") as file:
        file.seek(HEADER + SEALED_CHUNK + 1000)
        file.write(b"x")
    item = vault.item(taken.item)
    assert item.read(0, CHUNK) == content[:CHUNK]
    assert item.read(2 * CHUNK) == content[2 * CHUNK :]
    with pytest.raises(NotAnItem) as fault:
        item.read(CHUNK, 1)
    assert fault.value.defect == "altered"


def test_an_item_that_became_shorter_after_it_was_opened(vault):
    taken = vault.take(some(2 * CHUNK))
    item = vault.item(taken.item)
    with vault.path(taken.item).open("r+b") as file:
        file.truncate(HEADER + SEALED_CHUNK + 5)
    with pytest.raises(NotAnItem):
        item.read(CHUNK, 1)
