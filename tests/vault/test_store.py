"""The folder of items: put once, whole, never changed; and what it says when it cannot."""

import errno
import os
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from uuid import UUID
from uuid import uuid4

import pytest

from holdfast.vault.store import FolderStore
from holdfast.vault.store import NoRoom
from holdfast.vault.store import NoSuchItem
from holdfast.vault.store import StoreFault
from holdfast.vault.store import fault_of


@pytest.fixture
def store(tmp_path):
    return FolderStore(tmp_path / "items")


def sealed(tmp_path, content=b"sealed bytes"):
    path = tmp_path / "coming"
    path.write_bytes(content)
    return path


def test_what_was_put_is_there(store, tmp_path):
    item, path = uuid4(), sealed(tmp_path)
    store.put(item, path)
    assert not path.exists()
    assert store.length(item) == 12
    assert store.read(item, 7, 100) == b"bytes"
    assert store.read(item, 100, 5) == b""
    assert list(store.items()) == [item]
    assert abs(store.since(item) - datetime.now(UTC)) < timedelta(minutes=1)


def test_it_is_put_once(store, tmp_path):
    item = uuid4()
    store.put(item, sealed(tmp_path))
    path = sealed(tmp_path, b"something else")
    store.put(item, path)
    assert not path.exists()
    assert store.read(item, 0, 100) == b"sealed bytes"


def test_what_is_not_there(store):
    for asked in (store.length, store.since, lambda item: store.read(item, 0, 1)):
        with pytest.raises(NoSuchItem):
            asked(uuid4())
    store.remove(uuid4())
    assert list(store.items()) == []


def test_it_is_removed(store, tmp_path):
    item = uuid4()
    store.put(item, sealed(tmp_path))
    store.remove(item)
    store.remove(item)
    with pytest.raises(NoSuchItem):
        store.length(item)


def test_what_else_lies_there_is_passed_over(store, tmp_path):
    item = UUID(int=5)
    store.put(item, sealed(tmp_path))
    (store.folder / "00" / "notes.hfv").write_text("x")
    (store.folder / "00" / "a.txt").write_text("x")
    assert list(store.items()) == [item]


def test_from_another_disk_it_is_copied_whole(store, tmp_path, monkeypatch):
    item, path, real = uuid4(), sealed(tmp_path), os.replace

    def across(first, second):
        if Path(first) == path:
            raise OSError(errno.EXDEV, "another disk")
        return real(first, second)

    monkeypatch.setattr(os, "replace", across)
    store.put(item, path)
    assert not path.exists()
    assert store.read(item, 0, 100) == b"sealed bytes"
    assert len(list(store.folder.rglob("*.*"))) == 1


def test_a_copy_that_breaks_off_leaves_what_was_to_be_put(store, tmp_path, monkeypatch):
    item, path, real = uuid4(), sealed(tmp_path), os.fsync
    monkeypatch.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.EXDEV, "another disk")))
    calls = []

    def full(handle):
        calls.append(handle)
        if os.path.isfile(f"/proc/self/fd/{handle}"):  # noqa: PTH113 a link of the system's own
            raise OSError(errno.ENOSPC, "full")
        return real(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NoRoom):
        store.put(item, path)
    assert path.read_bytes() == b"sealed bytes"
    assert [each for each in store.folder.rglob("*") if each.is_file()] == []


def test_a_disk_that_is_not_mounted_loses_no_item_and_gets_none(tmp_path):
    store = FolderStore(tmp_path / "mounted" / "items", made=False)
    path = sealed(tmp_path)
    with pytest.raises(StoreFault) as fault:
        store.length(uuid4())
    assert not isinstance(fault.value, NoSuchItem)
    with pytest.raises(StoreFault):
        store.put(uuid4(), path)
    assert path.exists()
    assert not (tmp_path / "mounted").exists()


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, NoRoom),
        (errno.EDQUOT, NoRoom),
        (errno.EFBIG, NoRoom),
        (errno.EIO, StoreFault),
        (errno.EACCES, StoreFault),
    ],
)
def test_a_fault_says_what_to_do_and_no_name(number, kind):
    fault = fault_of(OSError(number, os.strerror(number), "/data/vault/a-name"))
    assert type(fault) is kind
    assert fault.errno == (errno.ENOSPC if kind is NoRoom else None)
    assert "a-name" not in str(fault)
    assert "acknowledged is safe" in str(fault)
    assert "go on" in str(fault)
    assert fault_of(fault) is fault
