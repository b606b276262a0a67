"""`owed` for a case of 40 entries under the whole pack, beside two simpler evaluators; then very many such cases.

- The naive one tries every duty against every entry and looks for its end in all that follow: no condition, no clock.
- The indexed one looks duties and ends up by kind: no condition, and every clock is a fixed number of hours.
- Neither answers what `owed` answers. They show what the pack's size alone costs.

`--all` derives a million cases; without it a sample is derived and the million is reckoned from it.
"""

import argparse
import multiprocessing
import time
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from datetime import timedelta

from _measure import HOUSE
from _measure import PACK
from _measure import Bar
from _measure import figure
from _measure import heading
from _measure import in_turns
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import target

from holdfast.duties.owed import owed
from holdfast.duties.owed import working
from holdfast.examples import examples
from holdfast.law.loading import load_pack
from holdfast.law.pack import Pack
from holdfast.record.entry import Entry

ENTRIES = 40
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
MILLION = 1_000_000
SAMPLE = 20_000
AT_ONCE = 500
SOME_HOURS = timedelta(hours=24)


def cases() -> dict[str, list[Entry]]:
    """The first 40 entries of each invented case; the last 40 of the longest, which is the prosecution."""
    found = {example.name: list(example.entries) for example in examples(NOW)}
    longest = max(found, key=lambda name: len(found[name]))
    first = {name: entries[:ENTRIES] for name, entries in found.items()}
    return {**first, f"{longest}, its end": found[longest][-ENTRIES:]}


def naive(entries: Sequence[Entry], pack: Pack) -> list[tuple[str, int, int | None, bool]]:
    """Every duty against every entry."""
    found = []
    for duty in pack.duties:
        starts, ends = [trigger.kind for trigger in duty.starts], [trigger.kind for trigger in duty.ends]
        for place, entry in enumerate(entries):
            if entry.kind in starts:
                due = entry.happened_at + SOME_HOURS
                ended = next((later for later in entries[place + 1 :] if later.kind in ends), None)
                late = ended is not None and ended.happened_at > due
                found.append((duty.id, entry.number, ended.number if ended else None, late))
    return found


class Indexed:
    """Simple rules, looked up by the kind that starts them."""

    def __init__(self, pack: Pack):
        self.by_start: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for duty in pack.duties:
            for kind in dict.fromkeys(trigger.kind for trigger in duty.starts):
                self.by_start.setdefault(kind, []).append((duty.id, tuple(end.kind for end in duty.ends)))

    def owed(self, entries: Sequence[Entry]) -> list[tuple[str, int, int | None, bool]]:
        """The same answer as the naive one."""
        by_kind: dict[str, list[Entry]] = {}
        for entry in entries:
            by_kind.setdefault(entry.kind, []).append(entry)
        found = []
        for entry in entries:
            for duty, ends in self.by_start.get(entry.kind, ()):
                due = entry.happened_at + SOME_HOURS
                later = [one for kind in ends for one in by_kind.get(kind, ()) if one.number > entry.number]
                ended = min(later, key=_number, default=None)
                late = ended is not None and ended.happened_at > due
                found.append((duty, entry.number, ended.number if ended else None, late))
        return found


def _number(entry: Entry) -> int:
    return entry.number


def one_case(pack: Pack) -> None:
    """Each case, measured beside the two."""
    indexed = Indexed(pack)
    all_times: list[float] = []
    for name, entries in cases().items():
        at = entries[-1].recorded_at + timedelta(hours=1)
        times = in_turns(
            {
                "owed": lambda entries=entries, at=at: owed(entries, pack, at),
                "naive": lambda entries=entries: naive(entries, pack),
                "indexed": lambda entries=entries: indexed.owed(entries),
            },
            rounds=60,
            calls=10,
        )
        assert sorted(map(str, naive(entries, pack))) == sorted(map(str, indexed.owed(entries)))
        found = owed(entries, pack, at)
        mine = middle(times["owed"])
        all_times.append(mine)
        to_naive = ratio(mine, middle(times["naive"]), "the naive")
        beside = f"{to_naive}, {ratio(mine, middle(times['indexed']), 'the indexed')}"
        figure(f"{name}: {len(found)} duties", ms(mine), beside)
        simpler = f"{ms(middle(times['naive']))} / {ms(middle(times['indexed']))}"
        figure("    naive / indexed", simpler, f"owed at its quickest {ms(min(times['owed']))}")
    figure("median of these cases; the slowest", f"{ms(middle(all_times))}; {ms(max(all_times))}")
    target(f"under 0.3 ms for a case of {ENTRIES} entries (median)", met=middle(all_times) < 0.0003)
    print_workings(pack)


def print_workings(pack: Pack) -> None:
    """What it costs to print how each limit was found: asked for by a page, never by a queue."""
    entries = next(iter(cases().values()))
    found = owed(entries, pack, entries[-1].recorded_at)
    times = in_turns({"all": lambda: [working(item, pack) for item in found]}, rounds=20)
    figure(
        f"printing the working of all {len(found)} duties of one case", ms(middle(times["all"])), "only when asked for"
    )


_PACK: Pack | None = None
_CASES: list[list[Entry]] = []


def _begin() -> None:
    global _PACK, _CASES  # noqa: PLW0603 one pack a process, loaded once
    _PACK = load_pack(PACK)
    _CASES = list(cases().values())


def _some(numbers: range) -> tuple[int, float]:
    """Derives some cases, each asked at another moment; how many duties were found, and the processor time it took."""
    assert _PACK is not None
    found, begun = 0, time.process_time()
    for number in numbers:
        entries = _CASES[number % len(_CASES)]
        found += len(owed(entries, _PACK, entries[-1].recorded_at + timedelta(minutes=number % 10_000)))
    return found, time.process_time() - begun


def many_cases(number: int, processes: int) -> None:
    """Derives very many cases, their entries opened already, on as many processes."""
    parts = [range(first, min(first + AT_ONCE, number)) for first in range(0, number, AT_ONCE)]
    with multiprocessing.Pool(processes, _begin) as pool:
        pool.map(_some, [range(10)] * processes)  # packs are loaded before the clock runs
        bar = Bar(number)
        begun = time.perf_counter()
        found = done = 0
        busy = 0.0
        for part, (duties, seconds) in zip(parts, pool.imap(_some, parts), strict=True):
            found, done, busy = found + duties, done + len(part), busy + seconds
            bar.show(done)
        took = time.perf_counter() - begun
    whole = took * MILLION / number
    free = busy / processes * MILLION / number
    figure(f"{number:,} cases on {processes} processes, {found:,} duties", f"{took:,.1f} s")
    said = "measured" if number == MILLION else f"reckoned from the {number:,}"
    figure("a million such cases", f"{whole / 60:,.1f} min", f"{said}; {free / 60:,.1f} min of each processor")
    target("1,000,000 cases in under 10 minutes on two cores", met=whole < 600)


def main() -> None:
    """Measures both."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="derive the whole million")
    parser.add_argument("--cases", type=int, default=SAMPLE, help=f"how many to derive ({SAMPLE:,})")
    asked = parser.parse_args()
    pack = load_pack(PACK)
    heading(f"owed: {len(pack.duties)} duties of {PACK.relative_to(HOUSE)}")
    one_case(pack)
    many_cases(MILLION if asked.all else asked.cases, 2)


if __name__ == "__main__":
    main()
