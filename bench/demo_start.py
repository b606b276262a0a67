"""How long `holdfast demo` takes until its first page is answered: on an empty data folder, and on the same one again.

Making the environment (`make env`) is not counted: it depends on where the packages come from. Wall time, beside the
start of a bare Python.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from _measure import figure
from _measure import heading
from _measure import middle
from _measure import ratio
from _measure import target
from _server import demo

ROUNDS = 3
COLD, WARM = 120.0, 10.0  # seconds; of the whole of `make demo`


def bare_python() -> float:
    """The start of an interpreter that does nothing."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", ""], check=True)
        times.append(time.perf_counter() - begun)
    return middle(times)


def main() -> None:
    """Cold, then warm, some times over."""
    heading("demo: until the first page is answered")
    cold, warm = [], []
    for _ in range(ROUNDS):
        with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as folder:
            with demo(Path(folder)) as running:
                cold.append(running.ready_after)
            with demo(Path(folder)) as running:
                warm.append(running.ready_after)
    bare = bare_python()
    figure(
        "cold: keys, tables, pack from YAML, cases, sign-ins",
        f"{middle(cold):.2f} s",
        ratio(middle(cold), bare, "a bare Python"),
    )
    figure("warm: the same folder again", f"{middle(warm):.2f} s", ratio(middle(warm), bare, "a bare Python"))
    figure("a bare Python", f"{bare:.3f} s")
    target("cold under 120 s (without the environment)", met=middle(cold) < COLD)
    target("warm under 10 s", met=middle(warm) < WARM)


if __name__ == "__main__":
    main()
