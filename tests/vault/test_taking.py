"""Taking in at once: one pass, the same memory whatever the size, and nothing half-taken is taken."""

import hashlib
import io
import os
import resource
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.vault.sealing import a_vault
from tests.vault.sealing import some

from holdfast.vault import writing
from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import sealed_length
from holdfast.vault.store import NoRoom
from holdfast.vault.store import StoreFault
from holdfast.vault.taking import AT_ONCE
from holdfast.vault.taking import take

BORDERS = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, AT_ONCE * CHUNK, AT_ONCE * CHUNK + 1, 7 * CHUNK + 77]
HOUSE = Path(__file__).parents[2]


class InPieces(io.RawIOBase):
    """A source that gives as little at a time as it likes, as a pipe does."""

    def __init__(self, content, sizes):
        self.content, self.sizes, self.at = content, sizes, 0

    def readinto(self, buffer):
        count = min(len(buffer), self.sizes.pop() if self.sizes else len(buffer))
        given = self.content[self.at : self.at + count]
        buffer[: len(given)] = given
        self.at += len(given)
        return len(given)


@pytest.mark.parametrize("durable", [True, False])
@pytest.mark.parametrize("size", BORDERS)
def test_what_is_taken_is_what_was_given(vault, size, durable):
    content, told = some(size), []
    taken = take(
        io.BytesIO(content), vault.store, vault.folder / "intake", case=vault.case, item=(item := uuid4()),
        case_key=vault.key, durable=durable, told=told.append,
    )  # fmt: skip
    assert taken == (item, size, hashlib.sha256(content).digest())
    assert b"".join(vault.item(item).whole()) == content
    assert vault.path(item).stat().st_size == sealed_length(size)
    assert vault.path(item).stat().st_mode & 0o077 == 0
    assert list((vault.folder / "intake").iterdir()) == []
    assert told == sorted(told)
    assert told[-1:] == ([size] if size else [])


@given(sizes=st.lists(st.integers(1, CHUNK), max_size=20))
@settings(max_examples=25, deadline=None)
def test_a_source_may_give_little_at_a_time(tmp_path_factory, sizes):
    vault, content = a_vault(tmp_path_factory.mktemp("taking") / "vault"), some(2 * CHUNK + 12345)
    taken = take(
        InPieces(content, sizes), vault.store, vault.folder / "intake", case=vault.case, item=uuid4(),
        case_key=vault.key,
    )  # fmt: skip
    assert vault.item(taken.item).read() == content


@pytest.mark.parametrize("what", ["never asked", "refused when asked", "said yes and refuses"])
def test_through_the_cache_where_the_system_can_no_other(vault, monkeypatch, what):
    content, real = some(3 * CHUNK + 5), os.pwrite
    if what == "never asked":
        monkeypatch.delattr(os, "O_DIRECT")
    elif what == "refused when asked":
        monkeypatch.setattr(os, "O_DIRECT", -1)
    else:
        monkeypatch.setattr(writing, "_past_the_cache", lambda handle: True)

        def refused(handle, part, at):
            if not at % 4096 and not len(part) % 4096:
                raise OSError(22, "Invalid argument")
            return real(handle, part, at)

        monkeypatch.setattr(os, "pwrite", refused)
        content = some(300)
    assert vault.item(vault.take(content).item).read() == content


def nothing_left(vault):
    """Nothing is taken and nothing lies about."""
    assert list(vault.store.items()) == []
    assert list((vault.folder / "intake").iterdir()) == []


@pytest.mark.parametrize("after", [0, 1, 3])
@pytest.mark.parametrize("call", ["pwrite", "fsync", "ftruncate"])
def test_a_fault_of_the_disk_takes_nothing(vault, monkeypatch, call, after):
    real, left = getattr(os, call), [after]

    def faulty(*given):
        if not left[0]:
            raise OSError(28 if call == "pwrite" else 5, "as a disk says it")
        left[0] -= 1
        return real(*given)

    with monkeypatch.context() as broken:
        broken.setattr(os, call, faulty)
        if call != "pwrite" and after:
            left[0] = 0
        with pytest.raises(NoRoom if call == "pwrite" else StoreFault):
            vault.take(some(9 * CHUNK))
    nothing_left(vault)


def test_a_source_that_breaks_off_takes_nothing(vault):
    class Broken(io.RawIOBase):
        def readinto(self, buffer):
            raise OSError(5, "the stick was pulled out")

    with pytest.raises(OSError, match="pulled out"):
        take(Broken(), vault.store, vault.folder / "intake", case=vault.case, item=uuid4(), case_key=vault.key)
    nothing_left(vault)


def test_a_store_that_refuses_takes_nothing(vault):
    class Refusing:
        def put(self, item, sealed):
            raise StoreFault("Not now.")

    with pytest.raises(StoreFault, match="Not now"):
        vault._replace(store=Refusing()).take(b"hello")
    nothing_left(vault)


LIMITED = """
import io, resource, sys
from pathlib import Path
from uuid import UUID
from holdfast.vault.store import FolderStore, NoRoom
from holdfast.vault.taking import take
resource.setrlimit(resource.RLIMIT_FSIZE, (3 << 20, 3 << 20))
folder = Path(sys.argv[1])
try:
    take(io.BytesIO(bytes(9 << 20)), FolderStore(folder / "items"), folder / "intake", case=UUID(int=1),
         item=UUID(int=2), case_key=bytes(32))
except NoRoom as fault:
    print(fault)
"""


def test_a_file_longer_than_the_system_lets_be_written(vault):
    """RLIMIT_FSIZE: the system's own fault, from a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(vault.folder)], capture_output=True, text=True, check=True,
        env={"PYTHONPATH": str(HOUSE / "src")},
    )  # fmt: skip
    assert "no room" in done.stdout, done.stderr
    nothing_left(vault)


GROWN = """
import io, resource, sys
from pathlib import Path
from uuid import UUID
from holdfast.vault.store import FolderStore
from holdfast.vault.taking import take
class Zeros(io.RawIOBase):
    left = int(sys.argv[2])
    def readinto(self, buffer):
        count = min(len(buffer), self.left)
        self.left -= count
        return count
folder = Path(sys.argv[1])
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = most()
take(Zeros(), FolderStore(folder / "items"), folder / "intake", case=UUID(int=1), item=UUID(int=int(sys.argv[2])),
     case_key=bytes(32))
print(most() - before)
"""


def test_memory_stays_the_same_whatever_the_size(vault):
    grown = []
    for size in (20 << 20, 300 << 20):
        done = subprocess.run(
            [sys.executable, "-c", GROWN, str(vault.folder), str(size)], capture_output=True, text=True, check=True,
            env={"PYTHONPATH": str(HOUSE / "src")},
        )  # fmt: skip
        grown.append(int(done.stdout) / 1024)
    assert max(grown) < 64, "megabytes"
    assert grown[1] < grown[0] + 8


def test_the_memory_that_it_counts_is_of_this_system():
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 1000, "kilobytes, as Linux counts them"
