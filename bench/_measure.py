"""What every bench shares: taking times, and printing them beside what they were measured against.

- Works that are compared take turns, round by round, so that a busy machine slows them alike.
- A target is printed with 'met' or 'NOT met'; nothing here fails because of a time.
- What only computes is measured in processor time, so that somebody else's work on the machine is not counted in it;
  what waits for a disk, a lock or a server is measured in wall time, and its line says so or its bench does.
"""

import gc
import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path
from statistics import median

HOUSE = Path(__file__).resolve().parents[1]
PACK = HOUSE / "packs" / "england-and-wales"

Work = Callable[[], object]


def heading(what: str) -> None:
    """Says what is measured, and on what: a figure without its machine means little."""
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"\n{what}  ({machine})", flush=True)


def in_turns(
    works: dict[str, Work], *, rounds: int, calls: int = 1, clock: Callable[[], float] = time.thread_time
) -> dict[str, list[float]]:
    """Seconds a call for each work, one figure a round; the works take turns. By this thread's processor time."""
    found: dict[str, list[float]] = {name: [] for name in works}
    for work in works.values():
        work()  # what is made once is made before the clock runs
    gc.collect()
    for _ in range(rounds):
        for name, work in works.items():
            begun = clock()
            for _ in range(calls):
                work()
            found[name].append((clock() - begun) / calls)
    return found


def middle(times: Sequence[float]) -> float:
    """The median."""
    return median(times)


def slowest_of_100(times: Sequence[float]) -> float:
    """The 99th percentile: what one in a hundred has to wait, or longer."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def ms(seconds: float) -> str:
    """Seconds as milliseconds, with as many figures as mean something."""
    value = seconds * 1000
    return f"{value:,.3f} ms" if value < 10 else f"{value:,.1f} ms"


def figure(what: str, value: str, beside: str = "") -> None:
    """One line: what was measured, its value, and what it stands beside."""
    print(f"  {what:58} {value:>14}  {beside}".rstrip(), flush=True)


def ratio(of: float, to: float, named: str) -> str:
    """How many times one figure is of another."""
    return f"{of / to:.2f} times {named}" if to else ""


def target(what: str, *, met: bool) -> None:
    """One target, met or not."""
    print(f"  target: {what:50} {'met' if met else 'NOT met'}", flush=True)


class Bar:
    """A progress bar on standard error; silent where nobody watches."""

    def __init__(self, total: int):
        self.total = total
        self.begun = time.perf_counter()
        self.watched = sys.stderr.isatty()

    def show(self, done: int) -> None:
        """How far it is, and how long it will still take."""
        if not self.watched:
            return
        passed = time.perf_counter() - self.begun
        left = passed / done * (self.total - done) if done else 0.0
        filled = int(40 * done / self.total)
        line = f"\r  [{'#' * filled}{'.' * (40 - filled)}] {done:,} of {self.total:,}, {left:,.0f} s left "
        print(line, end="" if done < self.total else "\n", file=sys.stderr, flush=True)
