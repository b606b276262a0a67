"""Part by part: nothing acknowledged is lost, whatever breaks, and nothing half-taken is taken."""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from tests.vault.breaking import Cut
from tests.vault.breaking import Disk
from tests.vault.sealing import a_vault
from tests.vault.sealing import some

from holdfast.vault.intake import MOST_IN_A_PART
from holdfast.vault.intake import AnotherContent
from holdfast.vault.intake import BeginsElsewhere
from holdfast.vault.intake import Busy
from holdfast.vault.intake import NotAsAnnounced
from holdfast.vault.intake import how_far
from holdfast.vault.sealed import CHUNK
from holdfast.vault.sealed import HEADER
from holdfast.vault.sealed import SEALED_CHUNK
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import NoRoom
from holdfast.vault.store import NoSuchItem
from holdfast.vault.store import StoreFault

SLOW = int(os.environ.get("HOLDFAST_VAULT_EXAMPLES", "40"))
lengths = st.one_of(st.integers(0, 3000), st.integers(CHUNK - 2, CHUNK + 2), st.integers(0, 3 * CHUNK))


@given(parts=st.lists(lengths, max_size=6), keep=st.lists(st.booleans(), min_size=6, max_size=6))
@settings(max_examples=SLOW, deadline=None)
def test_any_split_gives_the_same_item(parts, keep):
    with tempfile.TemporaryDirectory() as folder:
        vault, item = a_vault(Path(folder) / "vault"), uuid4()
        content, at = some(sum(parts)), 0
        intake = vault.intake(item)
        for length, stays in zip(parts, keep, strict=False):
            at = intake.add(at, content[at : at + length])
            assert intake.acknowledged == at == how_far(vault.folder / "intake", item, vault.case, vault.key)
            if not stays:
                intake.close()
                intake = vault.intake(item)
                assert intake.acknowledged == at
        taken = intake.finish(size=len(content), sha256=hashlib.sha256(content).digest())
        intake.done()
        assert (taken.size, taken.sha256) == (len(content), hashlib.sha256(content).digest())
        assert b"".join(vault.item(item).whole()) == content
        assert list((vault.folder / "intake").iterdir()) == []


steps = st.lists(st.tuples(lengths, st.integers(0, 9), st.sampled_from(["kill", "power"])), min_size=1, max_size=8)


@given(steps=steps, seed=st.integers(0, 1 << 30))
@settings(max_examples=SLOW, deadline=None)
def test_nothing_acknowledged_is_lost_wherever_it_breaks(steps, seed):
    """After each cut somebody sends something else. All acknowledged is there, with the part that was cut or not."""
    with tempfile.TemporaryDirectory() as folder:
        vault, item, disk = a_vault(Path(folder) / "vault"), uuid4(), Disk(seed)
        there = b""
        for length, calls, how in steps:
            part, intake = some(length), None
            with pytest.MonkeyPatch.context() as patched:
                try:
                    with disk.cut_after(calls, patched):
                        intake = vault.intake(item)
                        assert intake.acknowledged in (len(there), len(there) + length)
                        intake.add(len(there), part)
                        there, part = there + part, b""
                except Cut:
                    pass
            if intake:
                intake.close()
            if how == "power":
                disk.power_gone()
            with vault.intake(item) as intake:
                found = intake.read(0, intake.acknowledged)
            assert found in (there, there + part)
            there = found
        with pytest.MonkeyPatch.context() as patched, disk.cut_after(seed % 7, patched):
            try:
                with vault.intake(item) as intake:
                    intake.finish()
            except Cut:
                pass
        disk.power_gone() if seed % 2 else None
        with vault.intake(item) as intake:
            intake.finish(size=len(there))
        assert b"".join(vault.item(item).whole()) == there


def test_a_part_that_comes_twice_harms_nothing(vault):
    content = some(2 * CHUNK + 9)
    with vault.intake(uuid4()) as intake:
        assert intake.add(0, content[:CHUNK]) == CHUNK
        assert intake.add(0, content[:CHUNK]) == CHUNK
        assert intake.add(0, content) == len(content), "the rest of a part of which the beginning is there"
        assert intake.add(5, content[5:CHUNK]) == len(content)
        assert intake.read(0, len(content) + 5) == content


def test_a_part_that_comes_too_soon_is_told_where_to_go_on(vault):
    with vault.intake(uuid4()) as intake:
        intake.add(0, b"first")
        with pytest.raises(BeginsElsewhere) as fault:
            intake.add(9, b"third")
        assert fault.value.acknowledged == 5
        assert intake.acknowledged == 5


def test_two_who_send_different_things_are_told(vault):
    item, content = uuid4(), some(CHUNK + 50)
    with vault.intake(item) as first:
        first.add(0, content)
    with vault.intake(item) as second:
        with pytest.raises(AnotherContent) as fault:
            second.add(CHUNK, some(200))
        assert fault.value.acknowledged == len(content)
        with pytest.raises(AnotherContent):
            second.add(0, some(10))
        second.add(second.acknowledged, b"and what nobody announced")
        with pytest.raises(NotAsAnnounced):
            second.finish(sha256=hashlib.sha256(content).digest())
        assert second.read(0, len(content)) == content
    with pytest.raises(NoSuchItem):
        vault.item(item)


def test_two_devices_at_once(vault):
    item = uuid4()
    with vault.intake(item), pytest.raises(Busy):
        vault.intake(item)
    vault.intake(item).close()


def test_the_empty_item(vault):
    with vault.intake(item := uuid4()) as intake:
        assert intake.add(0, b"") == 0
        assert intake.finish(size=0).size == 0
    assert vault.item(item).read() == b""


@pytest.mark.parametrize(("at", "length"), [(0, MOST_IN_A_PART + 1), (-1, 3)])
def test_what_no_part_is(vault, at, length):
    with vault.intake(uuid4()) as intake, pytest.raises(ValueError, match="a part has"):
        intake.add(at, bytes(length))


@pytest.mark.parametrize("announced", [{"size": 4}, {"sha256": bytes(32)}])
def test_it_is_not_taken_unless_it_is_what_was_announced(vault, announced):
    with vault.intake(item := uuid4()) as intake:
        intake.add(0, b"hello")
        with pytest.raises(NotAsAnnounced):
            intake.finish(**announced)
        with pytest.raises(NoSuchItem):
            vault.item(item)
        assert intake.add(5, b" there") == 11
        assert intake.finish().size == 11


def test_what_was_taken_is_taken_once(vault):
    item, content = uuid4(), some(CHUNK + 3)
    with vault.intake(item) as intake:
        intake.add(0, content)
        taken = intake.finish()
        assert intake.finish() == taken
        intake.done()
    with vault.intake(item) as again:
        assert again.taken == taken
        assert again.acknowledged == taken.size
        assert again.add(7, content[7:100]) == taken.size
        with pytest.raises(BeginsElsewhere):
            again.add(taken.size, b"more")
        with pytest.raises(AnotherContent):
            again.add(0, some(20))
        assert again.read(CHUNK - 1, 3) == content[CHUNK - 1 : CHUNK + 2]
        assert again.finish(size=taken.size) == taken
        with pytest.raises(NotAsAnnounced):
            again.finish(size=1)
        again.done()
    assert vault.item(item).read() == content


def test_dropped_it_begins_anew(vault):
    item = uuid4()
    with vault.intake(item) as intake:
        intake.add(0, some(50))
        intake.done()
    with pytest.raises(ValueError, match="closed"):
        intake.add(50, b"more")
    with vault.intake(item) as intake:
        assert intake.acknowledged == 0


def test_dropped_while_somebody_waits_for_the_lock(vault, monkeypatch):
    """A lock of a folder that was taken away meanwhile is no lock."""
    item, real = uuid4(), os.open
    first = vault.intake(item)
    first.add(0, b"hello")

    def opened(path, *rest, **named):
        handle = real(path, *rest, **named)
        if str(path).endswith("lock"):
            monkeypatch.undo()
            first.done()
        return handle

    monkeypatch.setattr(os, "open", opened)
    with vault.intake(item) as second:
        assert second.acknowledged == 0
        assert second.add(0, b"again") == 5
    with vault.intake(item) as third:
        assert third.acknowledged == 5


def no_room(monkeypatch, after):
    """os.pwrite that writes so many bytes more, then says that the disk is full."""
    real, left = os.pwrite, [after]

    def written(handle, content, at):
        if left[0] < len(content):
            if left[0]:
                real(handle, content[: left[0]], at)
            raise OSError(28, "No space left on device")
        left[0] -= len(content)
        return real(handle, content, at)

    monkeypatch.setattr(os, "pwrite", written)


@pytest.mark.parametrize("after", [0, 40, 100_000, SEALED_CHUNK, SEALED_CHUNK + 5, 2 * SEALED_CHUNK + 30])
def test_a_full_disk_loses_nothing(vault, monkeypatch, after):
    item, content = uuid4(), some(3 * CHUNK)
    with vault.intake(item) as intake:
        intake.add(0, content[: CHUNK // 2])
        with monkeypatch.context() as full:
            no_room(full, after)
            with pytest.raises(NoRoom, match="no room"):
                intake.add(CHUNK // 2, content[CHUNK // 2 :])
            assert intake.acknowledged == CHUNK // 2
            with pytest.raises(StoreFault):
                intake.add(CHUNK // 2, content[CHUNK // 2 :])
        assert intake.add(CHUNK // 2, content[CHUNK // 2 :]) == len(content), "the same one goes on once there is room"
        with monkeypatch.context() as full:
            no_room(full, 10)
            with pytest.raises(NoRoom):
                intake.finish()
        assert intake.finish().size == len(content)
    assert vault.item(item).read() == content


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_that_is_really_full(tmp_path):
    from tests.vault.small_disk import small_disk

    with small_disk(tmp_path / "small", megabytes=6) as folder:
        vault, item, content = a_vault(folder / "vault"), uuid4(), some(8 * CHUNK)
        with vault.intake(item) as intake:
            intake.add(0, content[: 2 * CHUNK])
            with pytest.raises(NoRoom):
                intake.add(2 * CHUNK, content[2 * CHUNK :])
            assert intake.acknowledged == 2 * CHUNK
        with pytest.raises(NoRoom):
            vault.take(content)
        assert list(vault.store.items()) == []
        with vault.intake(item) as intake:
            assert intake.read(0, 3 * CHUNK) == content[: 2 * CHUNK]
            assert intake.finish().size == 2 * CHUNK
        assert vault.item(item).read() == content[: 2 * CHUNK]


class Away:
    """A store that is away for a while."""

    def __init__(self, store):
        self.store, self.there = store, True

    def __getattr__(self, name):
        if not self.there:
            raise StoreFault("The store does not answer.")
        return getattr(self.store, name)


def test_the_store_gone_in_the_middle(vault):
    away = Away(vault.store)
    vault = vault._replace(store=away)
    item, content = uuid4(), some(CHUNK + 10)
    intake = vault.intake(item)
    intake.add(0, content[:50])
    away.there = False
    assert intake.add(50, content[50:]) == len(content), "what comes in is sealed here meanwhile"
    with pytest.raises(StoreFault):
        intake.finish()
    assert intake.taken is None
    intake.close()
    with vault.intake(item) as intake:
        assert intake.acknowledged == len(content)
        away.there = True
        assert intake.finish(size=len(content)).size == len(content)
    assert vault.item(item).read() == content


@pytest.mark.parametrize("name", ["sealed", "tail"])
def test_what_was_altered_while_it_came_in_is_said(vault, name):
    item = uuid4()
    with vault.intake(item) as intake:
        intake.add(0, some(2 * CHUNK + 100))
    path = vault.folder / "intake" / str(item) / name
    content = bytearray(path.read_bytes())
    for at in range(40, len(content), 4096):
        content[at] ^= 1
    path.write_bytes(content)
    with pytest.raises(NotAnItem), vault.intake(item) as intake:
        intake.finish()
    with pytest.raises(NoSuchItem):
        vault.item(item)


def test_acknowledged_bytes_that_are_gone_are_said(vault):
    item = uuid4()
    with vault.intake(item) as intake:
        intake.add(0, some(2 * CHUNK + 100))
    folder = vault.folder / "intake" / str(item)
    with (folder / "sealed").open("r+b") as file:
        file.truncate(HEADER + SEALED_CHUNK)
    with pytest.raises(NotAnItem):
        vault.intake(item)
    shutil.copy(folder / "sealed", folder / "kept")
    (folder / "tail").unlink()
    with pytest.raises(NotAnItem):
        vault.intake(item)
    assert (folder / "sealed").read_bytes() == (folder / "kept").read_bytes(), "nothing is thrown away then"


def test_another_case_does_not_open_it(vault):
    item = uuid4()
    with vault.intake(item) as intake:
        intake.add(0, b"hello")
    with pytest.raises(NotAnItem):
        vault._replace(case=uuid4()).intake(item)
    with pytest.raises(NotAnItem):
        vault._replace(key=some(32)).intake(item)


def test_nothing_is_in_clear_and_others_may_not_look(vault):
    item, words = uuid4(), b"a word that nobody else may read "
    with vault.intake(item) as intake:
        intake.add(0, words * 50_000)
        folder = vault.folder / "intake" / str(item)
        for file in folder.iterdir():
            assert words not in file.read_bytes()
            assert file.stat().st_mode & 0o077 == 0
        assert folder.stat().st_mode & 0o077 == 0


def test_how_far_of_nothing(vault):
    assert how_far(vault.folder / "intake", uuid4(), vault.case, vault.key) == 0


@pytest.mark.parametrize("written", [0, 1, 20, 21, 500, 5_000, -1])
def test_what_was_cut_off_while_it_was_written_is_never_told_as_acknowledged(vault, written):
    """Killed in the middle of writing down the next step: the number stands there, and only some of its bytes."""
    item = uuid4()
    with vault.intake(item) as intake:
        intake.add(0, some(CHUNK + 300))
        intake.add(CHUNK + 300, some(4_000))
    folder = vault.folder / "intake" / str(item)
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with vault.intake(item) as intake:
        intake.add(CHUNK + 4_300, some(2 * CHUNK))
    after = (folder / "tail").read_bytes()
    place = next(at for at in (0, CHUNK + 4096) if after[at : at + 20] > before[folder / "tail"][at : at + 20])
    for path, content in before.items():
        path.write_bytes(content)
    with (folder / "tail").open("r+b") as file:
        file.seek(place)
        file.write(after[place : place + (written if written >= 0 else 300_000)])
    far = how_far(vault.folder / "intake", item, vault.case, vault.key)
    with vault.intake(item) as intake:
        assert far == intake.acknowledged
        assert far >= CHUNK + 4_300
