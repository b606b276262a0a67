"""Fifty SIP calls at once, answered and recorded: no lost key, and how long from a key to its entry.

Every caller sends sound all the time, and presses 55 in turn: half of them as packets (RFC 4733), half as tones in the
sound. The time runs from the packet in which the second 5 begins to the row of the entry in the database, seen from
another process, so wall time. Beside it, in the same run, the same calls one at a time. Needs nothing but this machine.
"""

import argparse
import resource
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path

from _measure import HOUSE
from _measure import figure
from _measure import heading
from _measure import middle
from _measure import ms
from _measure import slowest_of_100
from _measure import target

sys.path.insert(0, str(HOUSE))

from tests.doors.telephone.caller import Caller
from tests.doors.telephone.caller import in_law
from tests.doors.telephone.caller import tone
from tests.doors.telephone.point import Running
from tests.doors.telephone.point import kinds
from tests.doors.telephone.point import one

GAP = 0.2


class Seen(threading.Thread):
    """Watches the database for entries of a kind: when each became visible to another process."""

    def __init__(self, path: Path, kind: str):
        super().__init__(daemon=True)
        self.path, self.kind, self.times, self.over = path, kind, [], False

    def run(self) -> None:
        """Looks every two milliseconds."""
        with sqlite3.connect(f"file:{self.path}?mode=ro", uri=True, isolation_level=None) as line:
            newest = 0
            while not self.over:
                asked = "SELECT rowid FROM entry WHERE kind = ? AND rowid > ? ORDER BY rowid"
                for (row,) in line.execute(asked, (self.kind, newest)).fetchall():
                    newest = row
                    self.times.append(time.time())
                time.sleep(0.002)


def main() -> None:
    """Prints both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=50, help="how many at once (50)")
    parser.add_argument("--seconds", type=float, default=20.0, help="how long each lasts, about (20)")
    asked = parser.parse_args()
    heading(f"telephone: {asked.calls} calls at once")
    with tempfile.TemporaryDirectory() as folder:
        point = Running(Path(folder), "--pack", "england-and-wales", "--most", str(asked.calls))
        try:
            alone = _one_by_one(point, 10)
            _together(point, asked.calls, asked.seconds, alone)
        finally:
            point.stop()


def _one_by_one(point: Running, count: int) -> list[float]:
    seen = Seen(point.folder / "holdfast.sqlite3", "KeysPressed")
    seen.start()
    taken = []
    for number in range(count):
        caller = _rings(point, number, 7_000)
        time.sleep(0.6)
        pressed, before = _presses(caller, by_tone=bool(number % 2)), len(seen.times)
        until = time.time() + 5
        while len(seen.times) == before and time.time() < until:
            time.sleep(0.001)
        taken.append(seen.times[-1] - pressed if len(seen.times) > before else 5.0)
        caller.leave()
        caller.close()
    seen.over = True
    return taken


def _together(point: Running, count: int, seconds: float, alone: list[float]) -> None:
    callers = [_rings(point, number, 8_000) for number in range(count)]
    time.sleep(1.0)
    before, begun = _processor(point), time.time()
    pressed, sent = {}, count
    pause = max(0.0, (seconds - 2) / count - 2 * GAP)
    for number, caller in enumerate(callers):
        pressed[caller.number] = _presses(caller, by_tone=bool(number % 2))
        time.sleep(pause)
    time.sleep(1.0)
    busy = (_processor(point) - before) / (time.time() - begun)
    for caller in callers:
        caller.leave()
        caller.close()
    ours = {caller.number for caller in callers}
    calls = point.wait_for(lambda found: _all_kept(found, ours), within=120)
    keys = [one(calls[number], "KeysPressed") if "KeysPressed" in kinds(calls[number]) else None for number in ours]
    heard = sum(found is not None and found.keys == "55" for found in keys)
    taken = []
    for number in ours:
        found = [each for each in calls[number] if each.kind == "KeysPressed"]
        taken += [found[0].recorded_at.timestamp() - pressed[number]] if found else []
    figure("calls answered", f"{sum('CallReceived' in kinds(each) for each in calls.values())} of {count}")
    figure(
        "calls recorded into the vault", f"{sum('CallRecorded' in kinds(each) for each in calls.values())} of {count}"
    )
    figure("55 heard, half as packets and half as tones", f"{heard} of {sent}")
    figure(
        "from the key to its entry, median", ms(middle(taken)), f"one call at a time, seen outside: {ms(middle(alone))}"
    )
    figure("from the key to its entry, p99", ms(slowest_of_100(taken)), f"one at a time: {ms(slowest_of_100(alone))}")
    figure("of one processor", f"{100 * busy:.0f} %")
    figure("packets that came to a caller", f"{sum(caller.heard for caller in callers):,}")
    target("no key lost", met=heard == sent)
    target("the entry within a second of the key", met=bool(taken) and slowest_of_100(taken) < 1.0)


def _all_kept(found: dict, ours: set[str]) -> dict:
    mine = {}
    for entries in found.values():
        number = one(entries, "CallReceived").number
        if number in ours and "CallRecorded" in kinds(entries):
            mine[number] = entries
    return mine if len(mine) == len(ours) else {}


def _rings(point: Running, number: int, first: int) -> Caller:
    caller = Caller(point.at, number=f"+44770091{first + number}")
    status = caller.call()
    assert status == 200, status
    caller.start()
    return caller


def _presses(caller: Caller, *, by_tone: bool) -> float:
    """55; when the second began."""
    if by_tone:
        caller.play(in_law(tone("5", 0.08)))
        time.sleep(GAP)
        caller.play(in_law(tone("5", 0.08)))
        return time.time()
    caller.press("5")
    time.sleep(GAP)
    return caller.press("5")


def _processor(point: Running) -> float:
    """Seconds of processor time that the answering point has used."""
    fields = Path(f"/proc/{point.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (4_096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    main()
