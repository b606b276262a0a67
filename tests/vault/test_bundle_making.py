"""A bundle is made in one pass: from the vault, sealed where asked, into the vault; and what breaks off is none."""

import io
import os
import signal
import subprocess
import sys
import time
import uuid
import zipfile
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from pathlib import Path

import pyrage
import pytest

from holdfast.vault.bag.reading import read_bag
from holdfast.vault.bag.trees import tree_of
from holdfast.vault.bundle import Part
from holdfast.vault.bundle import make
from holdfast.vault.bundle import page
from holdfast.vault.bundle_pages import table
from holdfast.vault.bundle_pipe import Flowing
from holdfast.vault.bundle_pipe import Stopped
from holdfast.vault.bundle_sheet import Line
from holdfast.vault.bundle_sheet import Sheet
from holdfast.vault.reading import Item
from holdfast.vault.sealed import NotAnItem
from holdfast.vault.store import FolderStore
from holdfast.vault.store import NoSuchItem
from holdfast.vault.taking import take

AT = datetime(2026, 11, 21, tzinfo=UTC)
CASE, KEY = uuid.UUID(int=7), b"k" * 32
CANARY = b"she is at the canary house"


class Vault:
    """A vault of its own."""

    def __init__(self, folder: Path):
        self.folder, self.store = folder, FolderStore(folder / "items")
        self.intake = folder / "intake"
        self.intake.mkdir(exist_ok=True)

    def takes(self, content: bytes) -> Item:
        number = uuid.uuid4()
        take(io.BytesIO(content), self.store, self.intake, case=CASE, item=number, case_key=KEY, durable=False)
        return self.opens(number)

    def opens(self, number: uuid.UUID) -> Item:
        return Item(self.store, CASE, number, KEY)

    def makes(self, parts, number: uuid.UUID, form: str = "zip", recipients: tuple[str, ...] = ()):
        return make(parts, form=form, info=(), at=AT, recipients=recipients, store=self.store, folder=self.intake,
                    case=CASE, item=number, case_key=KEY, durable=False)  # fmt: skip

    def on_disk(self) -> bytes:
        return b"".join(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())


@pytest.fixture
def vault(tmp_path) -> Vault:
    return Vault(tmp_path)


def part(number: int, item: Item) -> Part:
    return Part(f"items/{number:04}.bin", item.size, item.pieces, item.sha256)


@pytest.mark.parametrize("form", ["zip", "tar"])
@pytest.mark.parametrize("sealed", [False, True])
def test_it_goes_through_memory_into_the_vault_and_nothing_is_in_clear_on_the_disk(vault, form, sealed):
    key = pyrage.x25519.Identity.generate()
    contents = [CANARY * 50_000, b"", b"x", os.urandom(3 << 20)]
    items = [vault.takes(content) for content in contents]
    number = uuid.uuid4()
    parts = (part(place, item) for place, item in enumerate(items, 1))
    made = vault.makes(parts, number, form, (str(key.to_public()),) if sealed else ())
    assert CANARY not in vault.on_disk()
    content = b"".join(vault.opens(number).whole())
    assert (made.taken.size, made.written.files) == (len(content), 4)
    content = pyrage.decrypt(content, [key]) if sealed else content
    tree = tree_of(io.BytesIO(content))
    assert read_bag(tree).accepted
    assert [b"".join(tree.pieces(f"data/items/{place:04}.bin")) for place in range(1, 5)] == contents


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("after", [0, 1, 40])
def test_an_item_that_cannot_be_read_ends_it_with_that_fault(vault, sealed, after):
    key = pyrage.x25519.Identity.generate()
    item, number = vault.takes(os.urandom(1 << 20)), uuid.uuid4()

    def breaks() -> Iterator[bytes]:
        raise NotAnItem("altered")
        yield b""

    def parts() -> Iterator[Part]:
        for place in range(after):
            yield part(place, item)
        yield Part("items/broken.bin", 10, breaks)

    with pytest.raises(NotAnItem):
        vault.makes(parts(), number, recipients=(str(key.to_public()),) if sealed else ())
    with pytest.raises(NoSuchItem):
        vault.opens(number)
    assert list(vault.intake.iterdir()) == []


def test_a_disk_that_is_full_ends_it_and_nobody_waits_for_ever(vault, monkeypatch):
    item, number = vault.takes(os.urandom(4 << 20)), uuid.uuid4()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("holdfast.vault.writing.Writing._write", full)
    begun = time.monotonic()
    with pytest.raises(OSError, match="room"):
        vault.makes((part(place, item) for place in range(1_000)), number)
    assert time.monotonic() - begun < 20
    assert list(vault.intake.iterdir()) == []


KILLED = """
import os, sys, uuid
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.vault.test_bundle_making import Vault, part
vault = Vault(Path(sys.argv[1]))
items = [vault.takes(os.urandom(1 << 20)) for _ in range(4)]
print("ready", flush=True)
while True:
    number = uuid.uuid4()
    print(f"begins {number}", flush=True)
    vault.makes((part(place, items[place % 4]) for place in range(40)), number)
    print(f"made {number}", flush=True)
"""


@pytest.mark.parametrize("after", [0.05, 0.2, 0.4, 0.7])
def test_a_kill_in_the_middle_leaves_nothing_that_looks_made(vault, after):
    house = str(Path(__file__).parents[2])
    command = [sys.executable, "-c", KILLED, str(vault.folder), house]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=house) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n"
        time.sleep(after)
        running.send_signal(signal.SIGKILL)
        told = running.stdout.read().split("\n")
    made = {uuid.UUID(line.split()[1]) for line in told if line.startswith("made")}
    begun = {uuid.UUID(line.split()[1]) for line in told if line.startswith("begins")}
    whole = begun & set(vault.store.items())
    assert made <= whole
    assert len(whole - made) <= 1
    for number in whole:
        assert read_bag(tree_of(io.BytesIO(b"".join(vault.opens(number).whole())))).accepted


@pytest.mark.parametrize("form", ["zip", "tar"])
def test_more_than_65535_files_are_read_again_by_others(vault, form, tmp_path):
    number, many = uuid.uuid4(), 65_600
    vault.makes((page(f"items/{place:06}.txt", b"%d" % place) for place in range(many)), number, form)
    path = tmp_path / f"many.{form}"
    path.write_bytes(b"".join(vault.opens(number).whole()))
    command = ["unzip", "-Z1", path] if form == "zip" else ["tar", "-tf", path]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(listed) == many + 4
    if form == "zip":
        with zipfile.ZipFile(path) as archive:
            assert archive.read("bundle/data/items/065599.txt") == b"65599"


def test_a_pipe_stops_whoever_writes_once_nobody_reads():
    stopped: list[bool] = []

    def endless(out) -> None:
        try:
            while True:
                out.write(bytes(1 << 16))
        except Stopped:
            stopped.append(True)
            raise

    with Flowing(endless) as flow:
        assert flow.read(10) == bytes(10)
    assert stopped == [True]


def test_a_cell_that_a_spreadsheet_would_run_is_words():
    line = Line(
        1, "items/0001.txt", "x", "=1+1", "", "", "", 1, "", "", "", "", "", "@SUM(A1)", "+x", "", "", "", (), (), ""
    )
    sheet = Sheet("HF-1", "", "", "", "", (line,), (), (), "", False, ())
    rows = table(sheet).splitlines()
    assert "'=1+1" in rows[1]
    assert "'@SUM(A1)" in rows[1]
    assert ",=1+1" not in rows[1]
