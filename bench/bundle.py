"""How long a bundle of many items takes to make, beside plain copying with hashing of the same bytes in the same run.

Making reads each item from the vault, opens and hashes it, writes the bag and seals it into the vault, in one pass. The
look-through is not in it. `--whole` measures what the target names: 1,000 items, 5 GB; without it a tenth of both. The
folder needs room for three times that, and is emptied.
"""

import argparse
import hashlib
import io
import os
import shutil
import tempfile
import time
import tracemalloc
import uuid
from datetime import UTC
from datetime import datetime
from pathlib import Path

from _measure import figure
from _measure import heading
from _measure import middle
from _measure import ratio
from _measure import target

from holdfast.vault.bundle import Part
from holdfast.vault.bundle import make
from holdfast.vault.reading import Item
from holdfast.vault.store import FolderStore
from holdfast.vault.taking import take

CASE, KEY, AT = uuid.UUID(int=1), bytes(range(32)), datetime(2026, 11, 21, tzinfo=UTC)
PIECE = 1 << 20


class Bench:
    """A vault with items, and the same bytes as plain files."""

    def __init__(self, folder: Path, items: int, size: int):
        self.folder, self.store = folder, FolderStore(folder / "items")
        self.intake, self.plain, self.copies = folder / "intake", folder / "plain", folder / "copies"
        for each in (self.intake, self.plain, self.copies):
            each.mkdir()
        self.total = items * size
        self.items = [self._put(number, size) for number in range(items)]

    def _put(self, number: int, size: int) -> uuid.UUID:
        content, item = os.urandom(size), uuid.uuid4()
        (self.plain / f"{number:04}").write_bytes(content)
        take(io.BytesIO(content), self.store, self.intake, case=CASE, item=item, case_key=KEY, durable=False)
        return item

    def copy(self) -> None:
        """Each file read, hashed and written, one after another; a list of the hashes at the end."""
        lines = []
        for path in sorted(self.plain.iterdir()):
            digest = hashlib.sha256()
            with path.open("rb", buffering=0) as source, (self.copies / path.name).open("wb", buffering=0) as out:
                while piece := source.read(PIECE):
                    digest.update(piece)
                    out.write(piece)
            lines.append(f"{digest.hexdigest()}  {path.name}\n")
        (self.copies / "list").write_text("".join(lines))
        shutil.rmtree(self.copies)
        self.copies.mkdir()

    def bundle(self, form: str = "zip", recipients: tuple[str, ...] = ()) -> None:
        """The bundle, taken into the vault and removed again."""
        item = uuid.uuid4()
        make(self._parts(), form=form, info=(), at=AT, recipients=recipients, store=self.store, folder=self.intake,
             case=CASE, item=item, case_key=KEY, durable=False)  # type: ignore[arg-type]  # fmt: skip
        self.store.remove(item)

    def _parts(self):
        for number, item in enumerate(self.items, 1):
            opened = Item(self.store, CASE, item, KEY)
            yield Part(f"items/{number:04}.bin", opened.size, opened.pieces, opened.sha256)


def timed(work, *given: object) -> float:
    """Seconds on the clock."""
    begun = time.perf_counter()
    work(*given)
    return time.perf_counter() - begun


def main() -> None:
    """Measures, in turns."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--whole", action="store_true", help="1,000 items, 5 GB")
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--folder", type=Path, help="on which disk")
    said = asked.parse_args()
    items = 1_000 if said.whole else 100
    heading(f"a bundle of {items:,} items, {items * 5 / 1000:.1f} GB")
    import pyrage

    key = str(pyrage.x25519.Identity.generate().to_public())
    with tempfile.TemporaryDirectory(dir=said.folder) as folder:
        bench = Bench(Path(folder), items, 5_000_000)
        works = {
            "copying with hashing": (bench.copy,),
            "bundle, zip": (bench.bundle, "zip"),
            "bundle, tar": (bench.bundle, "tar"),
            "bundle, zip, sealed with age": (bench.bundle, "zip", (key,)),
        }
        times: dict[str, list[float]] = {name: [] for name in works}
        for _ in range(said.rounds):
            for name, work in works.items():
                times[name].append(timed(*work))
        plain = middle(times["copying with hashing"])
        for name, taken in times.items():
            speed = f"{bench.total / middle(taken) / 1e6:,.0f} MB/s"
            beside = "" if name.startswith("copying") else ratio(plain, middle(taken), "the speed of copying")
            figure(name, speed, beside)
        target("a bundle at half the speed of copying or more", met=middle(times["bundle, zip"]) <= 2 * plain)
        tracemalloc.start()
        bench.bundle()
        figure("memory that making it adds, at most", f"{tracemalloc.get_traced_memory()[1] / 1e6:,.0f} MB")
        tracemalloc.stop()


if __name__ == "__main__":
    main()
