"""A whole backup of a store, beside copying the same database file; and what memory it takes as the store grows.

- The copy is `shutil.copyfile` and one fsync, to the same disk: it seals nothing, and is no copy of one moment.
- Both are wall time: they wait for the disk. They take turns.
- Memory is what Python held at most while the backup was written (tracemalloc), for a store and for one four times as
  large: it is to be the same.
"""

import os
import shutil
import time
import tracemalloc
from pathlib import Path

from _measure import heading
from _measure import middle
from _measure import target
from _store import store

CASES, TIMES, EACH, ROUNDS = 40, 4, 25, 5
WORDS = "What was said, at some length. " * 60


def grow(cases: int) -> None:
    """That many more cases, each of EACH entries."""
    from datetime import UTC
    from datetime import datetime

    from holdfast.casefile.append import Draft
    from holdfast.casefile.append import open_case
    from holdfast.record.entry import By

    now = datetime.now(UTC)
    for _ in range(cases):
        asked = [Draft("QuestionAsked", {"question": WORDS}, now, by=By("survivor")) for _ in range(EACH)]
        open_case("england-and-wales", by=By("call_taker", "CT1"), happened_at=now, drafts=asked)


def backed_up(to: Path) -> None:
    """One backup, thrown away."""
    from holdfast.casefile.backup.making import back_up

    back_up(to)
    to.unlink()


def copied(file: Path, to: Path) -> None:
    """One plain copy, on the disk."""
    shutil.copyfile(file, to)
    with to.open("rb+") as opened:
        os.fsync(opened.fileno())
    to.unlink()


def most_memory(to: Path) -> float:
    """Megabytes that Python held at most while a backup was written."""
    tracemalloc.start()
    backed_up(to)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    """Measures, and prints."""
    with store() as data:
        from django.db import connection

        heading("a backup, beside a plain copy of the database")
        database, away = data / "holdfast.sqlite3", data / "away.backup"
        grow(CASES)
        small = most_memory(away)
        grow(CASES * (TIMES - 1))
        large = most_memory(away)
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = database.stat().st_size / 1e6
        found: dict[str, list[float]] = {"backup": [], "copy": []}
        for _ in range(ROUNDS):
            for name, work in (("backup", lambda: backed_up(away)), ("copy", lambda: copied(database, away))):
                begun = time.perf_counter()
                work()
                found[name].append(time.perf_counter() - begun)
        backup, copy = middle(found["backup"]), middle(found["copy"])
        print(f"  {size:.0f} MB: backup {size / backup:.0f} MB/s, plain copy {size / copy:.0f} MB/s "
              f"({backup / copy:.1f} times as long)")  # fmt: skip
        print(f"  memory at most: {small:.1f} MB, and {large:.1f} MB for a store {TIMES} times as large")
        target("memory does not grow with the store", met=large < small * 1.2 + 1)


if __name__ == "__main__":
    main()
