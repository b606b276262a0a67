"""Taking a file into the vault, beside what it cannot do without; reading anywhere in a long one; many at once.

- One file of random bytes. Each round: plain SHA-256, plain AES-256-GCM and plain writing of it, then ours, which does
  all three in one pass; once through the page cache, and once with all of it on the disk before the answer. All read
  the same file, which is in the page cache. Wall time: they wait for the disk. Run it on a quiet machine, twice.
- Ours is `holdfast vault take`: the pass itself is what is compared, as it says itself; the whole command starts
  Python and looks into what it took, and is printed beside it. Memory is the most that the process ever had.
- `age` and `gpg` are asked where they are installed. gpg compresses as it comes.
- A random 1 MB is read from a long item and, as plainly as can be, from the same file's bytes; neither is in the cache.
- Ten at once are ten givers in ten threads of this process, each with parts as the raw route makes them.
"""

import argparse
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import UTC
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random
from uuid import UUID
from uuid import uuid4

from _measure import Bar
from _measure import figure
from _measure import heading
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import target
from _store import store

MB, PIECE = 1_000_000, 1 << 20
CASE, KEY = UUID(int=1), bytes(range(32))
GIVERS = 10
READS = 40


def pieces(path: Path) -> "io.FileIO":
    """The file, unbuffered."""
    return path.open("rb", buffering=0)


def plain_hash(path: Path) -> None:
    """SHA-256, and nothing else."""
    digest, buffer = hashlib.sha256(), memoryview(bytearray(PIECE))
    with pieces(path) as file:
        while count := file.readinto(buffer):
            digest.update(buffer[:count])


def plain_seal(path: Path) -> None:
    """AES-256-GCM of each MiB, and nothing else."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    cipher, buffer, out, number = AESGCM(KEY), memoryview(bytearray(PIECE)), memoryview(bytearray(PIECE + 16)), 0
    with pieces(path) as file:
        while count := file.readinto(buffer):
            number += 1
            cipher.encrypt_into(number.to_bytes(12, "big"), buffer[:count], b"", out[: count + 16])


def plain_write(path: Path, to: Path, *, durable: bool) -> None:
    """Writing it elsewhere, and nothing else."""
    buffer = memoryview(bytearray(PIECE))
    with pieces(path) as file, to.open("wb", buffering=0) as out:
        while count := file.readinto(buffer):
            out.write(buffer[:count])
        if durable:
            os.fsync(out.fileno())


def timed(work: Callable[[], object]) -> float:
    """Wall seconds."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class Commands:
    """`holdfast vault take`, in an installation with one case."""

    def __init__(self, data: Path):
        from holdfast.access.staff import add_staff_member
        from holdfast.casefile.append import open_case
        from holdfast.record.entry import By

        self.data = data
        self.code = open_case("england-and-wales", by=By("officer", "B1"), happened_at=datetime.now(UTC)).code
        add_staff_member("bench", "a long enough sentence", role="officer", staff="B1")
        self.whole: list[float] = []
        self.most: dict[int, float] = {}

    def take(self, path: Path, *, durable: bool) -> float:
        """Seconds of the pass itself. The item is taken away again."""
        asked = [sys.executable, "-m", "holdfast.site.command", "vault", "take", str(path), "--case", self.code,
                 "--staff", "B1", "--what", "video", "--json", *([] if durable else ["--not-synced"])]  # fmt: skip
        begun = time.perf_counter()
        process = subprocess.Popen(asked, stdout=subprocess.PIPE, env={**os.environ, "HOLDFAST_DATA": str(self.data)})
        said = process.stdout.read() if process.stdout else b""
        _, status, used = os.wait4(process.pid, 0)
        if status:
            raise SystemExit("holdfast vault take did not succeed")
        self.whole.append(time.perf_counter() - begun)
        self.most[path.stat().st_size] = max(self.most.get(path.stat().st_size, 0.0), used.ru_maxrss / 1024)
        told = json.loads(said)
        from holdfast.vault.place import store as items

        items().remove(UUID(told["item"]))
        return float(told["seconds"])


def others(path: Path, folder: Path) -> dict[str, Callable[[], object]]:
    """What else seals a file, where it is installed."""
    found: dict[str, Callable[[], object]] = {}
    out = str(folder / "other")
    run = partial(subprocess.run, check=True, capture_output=True)
    if shutil.which("age") and shutil.which("age-keygen"):
        made = subprocess.run(["age-keygen"], check=True, capture_output=True, text=True).stdout
        to = next(line.split(": ")[1] for line in made.splitlines() if "public key" in line)
        found["age -r"] = partial(run, ["age", "-r", to, "-o", out, str(path)])
    if shutil.which("gpg"):
        home = folder / "gpg"
        home.mkdir(mode=0o700)
        asked = [
            "gpg",
            "--homedir",
            str(home),
            "--batch",
            "--yes",
            "--pinentry-mode",
            "loopback",
            "--passphrase",
            "bench",
        ]
        found["gpg --symmetric"] = partial(run, [*asked, "-o", out, "--symmetric", str(path)])
        found["gpg without compression"] = partial(
            run, [*asked, "-z", "0", "-o", out, "--symmetric", str(path)]
        )  # fmt: skip
    return found


def taking_in(commands: Commands, path: Path, folder: Path, rounds: int, others_rounds: int) -> None:
    """One pass beside each of its parts."""
    size, out = path.stat().st_size, folder / "plain"
    works: dict[str, Callable[[], float]] = {
        "plain SHA-256": lambda: timed(lambda: plain_hash(path)),
        "plain AES-256-GCM": lambda: timed(lambda: plain_seal(path)),
        "plain writing": lambda: timed(lambda: plain_write(path, out, durable=False)),
        "plain writing, durable": lambda: timed(lambda: plain_write(path, out, durable=True)),
        "ours": lambda: commands.take(path, durable=False),
        "ours, durable": lambda: commands.take(path, durable=True),
    }
    for name, work in others(path, folder).items():
        works[name] = partial(timed, work)
    found: dict[str, list[float]] = {name: [] for name in works}
    bar, done = Bar(rounds * len(works)), 0
    for turn in range(rounds):
        for name, work in works.items():
            if turn < others_rounds or not name.startswith(("age", "gpg")):
                os.sync()  # none waits for what another has left to be written
                found[name].append(work())
                for left in (out, folder / "other"):
                    left.unlink(missing_ok=True)
            done += 1
            bar.show(done)
    rates = {name: size / middle(times) / MB for name, times in found.items() if times}
    for name, rate in rates.items():
        figure(name, f"{rate:,.0f} MB/s")
    for mode, written in (("ours", "plain writing"), ("ours, durable", "plain writing, durable")):
        slowest = min(rates["plain SHA-256"], rates["plain AES-256-GCM"], rates[written])
        said = f"{mode}: {rates[mode] / slowest:.2f} times the slowest of the three"
        target(f"{said} (0.7)", met=rates[mode] >= 0.7 * slowest)
    for name, least in (("age -r", 1.0), ("gpg --symmetric", 8.0), ("gpg without compression", 1.5)):
        if name in rates:
            times = rates["ours"] / rates[name]
            target(f"{times:.1f} times {name} ({least:g})", met=times >= least)
        else:
            figure(name, "not measured", "not here, or not asked for")
    figure("the whole command, Python's start and looking in included", f"{middle(commands.whole):.1f} s")


def memory(commands: Commands, path: Path, folder: Path) -> None:
    """The most a process ever had, for a small file and for the large one."""
    small = folder / "small"
    small.write_bytes(os.urandom(MB))
    commands.take(small, durable=True)
    least, most = commands.most[MB], commands.most[path.stat().st_size]
    figure("memory at most: 1 MB, and the whole file", f"{least:,.0f}, {most:,.0f} MB")
    target(f"{most - least:,.0f} MB more whatever the size (under 64)", met=most - least < 64)
    small.unlink()


class Zeros(io.RawIOBase):
    """So many bytes of nothing: the file that is taken in needs no room of its own."""

    def __init__(self, size: int):
        super().__init__()
        self.left = size

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Leaves the buffer as it is."""
        count = min(len(buffer), self.left)
        self.left -= count
        return count


def anywhere(folder: Path, size: int) -> None:
    """1 MB at a random place in a long item, beside the same place in a plain file."""
    from holdfast.vault.reading import Item
    from holdfast.vault.store import FolderStore
    from holdfast.vault.taking import take

    items = FolderStore(folder / "items")
    (folder / "intake").mkdir()
    taken = take(Zeros(size), items, folder / "intake", case=CASE, item=uuid4(), case_key=KEY)
    path = next((folder / "items").rglob("*.hfv"))
    chance, ours, plain = Random(1), [], []  # noqa: S311 places that can be had again
    for _ in range(READS):
        at = chance.randrange(size - MB)
        forget(path)
        ours.append(timed(lambda at=at: Item(items, CASE, taken.item, KEY).read(at, MB)))  # type: ignore[misc]
        forget(path)
        plain.append(timed(lambda at=at: read_plain(path, at)))  # type: ignore[misc]
    figure(f"1 MB anywhere in {size / 1e9:g} GB, opened each time", ms(middle(ours)), f"plain: {ms(middle(plain))}")
    more = middle(ours) - middle(plain)
    target(f"{ms(more)} more than plain reading (under 20 ms)", met=more < 0.02)
    path.unlink()


def read_plain(path: Path, at: int) -> bytes:
    """The same bytes as they lie there."""
    with pieces(path) as file:
        return os.pread(file.fileno(), MB, at)


def forget(path: Path) -> None:
    """Lets the system drop the file from its cache."""
    with pieces(path) as file:
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def given(folder: Path, parts: int, length: int, took: list[float]) -> None:
    """One giver: so many parts, each acknowledged before the next."""
    from holdfast.vault.intake import Intake
    from holdfast.vault.store import FolderStore

    content, at = os.urandom(length), 0
    begun = time.perf_counter()
    with Intake(folder / "intake", FolderStore(folder / "items"), case=CASE, item=uuid4(), case_key=KEY) as intake:
        for _ in range(parts):
            at = intake.add(at, content)
        intake.finish(size=at)
        took.append(time.perf_counter() - begun)
        intake.done()


def together(threads: list[threading.Thread]) -> None:
    """All of them, from the first to the last."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def part_by_part(folder: Path, megabytes: int) -> None:
    """One giver with parts of 4 and of 8 MiB, then ten at once."""
    for length in (4 << 20, 8 << 20):
        took: list[float] = []
        for _ in range(3):
            given(folder, max(1, megabytes * MB // length), length, took)
        rate = max(1, megabytes * MB // length) * length / middle(took) / MB
        figure(f"part by part, {length >> 20} MiB each, durable", f"{rate:,.0f} MB/s")
        target("at least 150 MB/s", met=rate >= 150)
    took, each = [], max(1, megabytes * MB // GIVERS // (4 << 20))
    threads = [threading.Thread(target=given, args=(folder, each, 4 << 20, took)) for _ in range(GIVERS)]
    spent = timed(partial(together, threads))
    rate = GIVERS * each * (4 << 20) / spent / MB
    figure(
        f"{GIVERS} givers at once, {each * 4} MiB each",
        f"{rate:,.0f} MB/s",
        ratio(max(took), min(took), "the first to end"),
    )
    target(
        "none starves: the last ends within 1.5 times the first",
        met=len(took) == GIVERS and max(took) < 1.5 * min(took),
    )
    shutil.rmtree(folder / "items")


def main() -> None:
    """Measures, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", help="where to write: names the disk that is measured (the temporary folder)")
    parser.add_argument("--size", type=int, default=2_000, help="MB of the file that is taken in (2,000)")
    parser.add_argument("--long", type=int, default=10_000, help="MB of the item that is read anywhere (10,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured (3)")
    parser.add_argument("--others-rounds", type=int, default=1, help="how often age and gpg are (1: gpg is slow)")
    asked = parser.parse_args()
    with store(asked.folder) as data:
        heading(f"the vault: {asked.size:,} MB taken in, on the disk of {data.parent}")
        folder, path = data / "bench", data / "bench" / "source"
        folder.mkdir()
        free = shutil.disk_usage(folder).free // MB
        if free < 4 * asked.size + asked.long:
            raise SystemExit(f"There are {free:,} MB left on this disk: name less by --size and --long.")
        with path.open("wb") as file:
            for _ in range(asked.size):
                file.write(os.urandom(MB))
        commands = Commands(data)
        taking_in(commands, path, folder, asked.rounds, asked.others_rounds)
        memory(commands, path, folder)
        path.unlink()
        anywhere(folder, asked.long * MB)
        part_by_part(folder, min(asked.size, 500))


if __name__ == "__main__":
    main()
