"""Finding people: 1,000,000 invented people by default (`--people N`), questions with two corruptions each, and peers.

The mix of what is asked and corrupted stands in _people_asked.py, the people in _people_made.py; both seeds are fixed.
A look-up is measured by processor time and by the clock on the wall; a busy machine shows in the second only. Peers get
the same questions in the same run: each is measured on as many questions as its speed allows, and one that is not
installed is named as absent.
"""

import argparse
import gc
import os
import random
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import nullcontext
from itertools import islice
from pathlib import Path

from _measure import Bar
from _measure import figure
from _measure import heading
from _measure import middle
from _measure import ms
from _measure import slowest_of_100
from _measure import target
from _people_asked import ASKED
from _people_asked import WEIGHTS
from _people_asked import Question
from _people_asked import questions
from _people_kept import Everybody
from _people_made import SHARES
from _people_made import Made
from _people_made import made
from _people_peers import PEERS
from _people_peers import Peer

from holdfast.people.index import FILE
from holdfast.people.index import PeopleIndex
from holdfast.people.known import Asked
from holdfast.people.known import Known

PEOPLE, ASKED_FOR, ONE_BY_ONE, SEED, ROUNDS = 1_000_000, 2_000, 2_000, 2026, 3
RECALL, BYTES, ADDED, IN_BULK, MEMORY = 98.5, 400, 1_000, 15_000, 500
Find = Callable[[Asked], list[Known]]


def main() -> None:
    """Prints the figures."""
    asked = _arguments()
    heading(f"finding people: {asked.people:,} known, {asked.questions:,} questions, seed {asked.seed}")
    print("  asked: " + ", ".join(f"{'+'.join(fields)} {share}" for fields, share in ASKED))
    print("  corrupted, two a question: " + ", ".join(f"{kind} {weight}" for kind, weight in WEIGHTS.items()))
    kept = nullcontext(asked.keep) if asked.keep else None
    with kept or tempfile.TemporaryDirectory(prefix="holdfast-bench-", dir=asked.folder) as folder:
        path = Path(folder, f"{asked.people}-{asked.seed}", FILE)
        put = _questions(asked.people, asked.questions, asked.seed)
        if not path.exists():
            filling = path.parent.with_suffix(".filling")
            filling.mkdir(parents=True)
            _filled(filling / FILE, asked.people, asked.seed)
            filling.rename(path.parent)
        index = PeopleIndex(path, "bench")
        per = path.stat().st_size / asked.people
        figure("bytes in the index", f"{per:,.0f}", "for each person")
        target(f"under {BYTES} bytes a person", met=per < BYTES)
        for question in put[:50]:
            index.find(question.asked)
        _measured(index, put, 15 if asked.people <= 10_000_000 else 30)
        _one_by_one(index)
        _memory()
        index.close()
        if asked.peers:
            _peers(path.parent, asked.people, asked.seed, put)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--questions", type=int, default=ASKED_FOR)
    parser.add_argument("--seed", type=int, default=SEED, help="other people and other questions than it was made with")
    parser.add_argument("--folder", help="the disk to measure")
    parser.add_argument("--keep", help="a folder in which the filled index stays, and is found by the next run")
    parser.add_argument("--no-peers", dest="peers", action="store_false")
    return parser.parse_args()


def _questions(people: int, count: int, seed: int) -> list[Question]:
    """As many of each culture, from all over the population."""
    by = random.Random(9 + seed - SEED)  # noqa: S311 chance that can be had again
    each = 2 * count // len(SHARES)
    every = max(1, people // (8 * count))
    picked: list[Made] = []
    of: Counter[str] = Counter()
    for one in made(people, seed):
        if by.randrange(every) == 0 and of[one.culture] < each:
            picked.append(one)
            of[one.culture] += 1
    found = questions(picked, 55 + seed - SEED)
    by.shuffle(found)
    return found[:count]


def _filled(path: Path, count: int, seed: int) -> None:
    """Fills an index in bulk. In a process of its own: what filling needs is not what asking needs."""
    pid = os.fork()
    if pid == 0:
        try:
            _fill(path, count, seed)
        except BaseException:  # noqa: BLE001 said by the answer
            os._exit(1)
        os._exit(0)
    assert os.waitpid(pid, 0)[1] == 0, "the index could not be filled"


def _fill(path: Path, count: int, seed: int) -> None:
    index, bar = PeopleIndex(path, "bench"), Bar(count)
    apart = 0.0  # making people up is none of the index's work

    def coming() -> Iterator[Known]:
        nonlocal apart
        people, done = made(count, seed), 0
        while True:
            begun = time.process_time()
            some = [one.known for one in islice(people, 20_000)]
            apart += time.process_time() - begun
            if not some:
                return
            yield from some
            done += len(some)
            bar.show(done)

    begun, wall = time.process_time(), time.perf_counter()
    index.add_many(coming())
    rate = count / (time.process_time() - begun - apart)
    index.close()
    figure("added in bulk, a second of processor time", f"{rate:,.0f}", f"{time.perf_counter() - wall:,.0f} s in all")
    target(f"{IN_BULK:,} a second", met=rate >= IN_BULK)


def _measured(index: PeopleIndex, put: list[Question], most_ms: float) -> None:
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    computed, waited, found = _asked(index, put)
    walls = f"wall {ms(middle(waited))}, p99 {ms(slowest_of_100(waited))}"
    figure("a look-up the first time, median", ms(middle(computed)), f"p99 {ms(slowest_of_100(computed))}; {walls}")
    for question, there in zip(put, found, strict=True):
        for name in ("all", question.culture, *set(question.done)):
            of[name] += 1
            right[name] += there
    rounds = [_asked(index, put)[:2] for _ in range(ROUNDS)]
    print(f"  again, the middle of {ROUNDS} rounds:")
    for what, place in (("processor", 0), ("wall", 1)):
        p99 = middle([slowest_of_100(each[place]) for each in rounds])
        half = middle([middle(each[place]) for each in rounds])
        figure(f"a look-up, {what} time, median", ms(half), f"p99 {ms(p99)}")
        target(f"p99 under {most_ms:g} ms of {what} time", met=p99 * 1000 < most_ms)
    recall = 100 * right["all"] / of["all"]
    figure("the right one in the first 10, of 100", f"{recall:.1f}", f"{of['all']:,} questions")
    target(f"at least {RECALL} of 100", met=recall >= RECALL)
    for group in (tuple(SHARES), tuple(WEIGHTS)):
        for name in group:
            if of[name]:
                figure(f"  {name}", f"{100 * right[name] / of[name]:.1f}", f"of {of[name]:,}")


def _asked(index: PeopleIndex, put: list[Question]) -> tuple[list[float], list[float], list[bool]]:
    """Each question's processor time and wall time in seconds, and whether the right one was in the first 10."""
    computed, waited, right = [], [], []
    for question in put:
        wall, begun = time.perf_counter(), time.thread_time()
        found = index.find(question.asked, 10)
        computed.append(time.thread_time() - begun)
        waited.append(time.perf_counter() - wall)
        right.append(any(match.known == question.about for match in found))
    return computed, waited, right


def _one_by_one(index: PeopleIndex) -> None:
    more = [one.known for one in made(ONE_BY_ONE, seed=77)]
    begun, wall = time.process_time(), time.perf_counter()
    for known in more:
        index.add(known)
    rate, waited = ONE_BY_ONE / (time.process_time() - begun), ONE_BY_ONE / (time.perf_counter() - wall)
    figure("added one by one, a second of processor time", f"{rate:,.0f}", f"{waited:,.0f} a second of wall time")
    target(f"{ADDED:,} a second", met=rate >= ADDED)


def _memory() -> None:
    """What is this process's own; pages of files that the system may drop are not."""
    gc.collect()
    said = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines())
    own = int(said["RssAnon"].split()[0]) / 1000
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    figure("this process's own memory", f"{own:,.0f} MB", f"at most {peak:,.0f} MB with pages of the file")
    target(f"under {MEMORY} MB", met=own < MEMORY)


def _peers(folder: Path, people: int, seed: int, put: list[Question]) -> None:
    print("  peers, the same questions; each is given the time of about a minute")
    with tempfile.TemporaryDirectory(prefix="peers-", dir=folder) as place:
        everybody = Everybody(Path(place, "everybody"), (one.known for one in made(people, seed)))
        for peer in PEERS:
            begun = time.perf_counter()
            try:
                ready: Peer = peer(Path(place), everybody)
            except ImportError as absent:
                figure(peer.called, "absent", str(absent).splitlines()[0])
                continue
            except Exception as fault:  # noqa: BLE001 each peer has its own
                figure(peer.called, "could not be filled", type(fault).__name__)
                continue
            filled = time.perf_counter() - begun
            _peer(ready, put, filled)
            ready.close()
        everybody.close()


def _peer(ready: Peer, put: list[Question], filled: float) -> None:
    """What a peer could do in its minute. One that gives up (too little memory) is told with what it had answered."""
    times, right, until, gave_up = [], 0, time.perf_counter() + 60, ""
    for question in put:
        begun = time.perf_counter()
        try:
            found = ready.find(question.asked)
        except Exception as fault:  # noqa: BLE001 each peer has its own
            gave_up = f"; then gave up: {type(fault).__name__}"
            break
        times.append(time.perf_counter() - begun)
        right += question.about in found[:10]
        if time.perf_counter() > until:
            break
    if not times:
        figure(f"{ready.called}: median", "none", f"filled in {filled:,.0f} s{gave_up}")
        return
    said = f"p99 {ms(slowest_of_100(times))}, {100 * right / len(times):.1f} of 100 in {len(times):,} questions"
    figure(f"{ready.called}: median", ms(middle(times)), f"{said}, filled in {filled:,.0f} s{gave_up}")


if __name__ == "__main__":
    main()
