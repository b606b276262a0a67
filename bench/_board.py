"""The two other processes of the board's bench: one takes calls in, one reads the streams. Told by lines of JSON."""

import asyncio
import json
import queue
import re
import sys
import threading
import time
from datetime import UTC
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

ROW = re.compile(rb'event: row\ndata: \{"code":"(\w{8})"')
# What is recorded of a case after its opening, in turn. None is about another, so that any order will do.
LATER: tuple[tuple[str, dict[str, object]], ...] = (
    ("CallQuestionsAnswered", {"what_happened": "He is at the door. " * 6, "hurt": "yes", "children_there": "yes"}),
    ("LocationFound", {"how": "device", "latitude": 51.5, "longitude": -0.12, "uncertainty": 30.0}),
    ("CallGraded", {"grade": "immediate", "attend_within": 15}),
    ("CallAdviceGiven", {"advice": ["stay_on_the_line", "lock_yourself_in"]}),
    ("WordsHeard", {"words": "Shouting, something breaks. " * 4, "threat_to_kill": "yes"}),
    ("HistoryChecked", {"earlier_reports": "yes", "earlier_report_count": 3}),
    ("UnitSent", {"unit": "NT21"}),
    ("OfficersBriefed", {"told": ["weapons", "children", "history"]}),
    ("UnitArrived", {"unit": "NT21", "children_there": "yes"}),
    ("PersonNamed", {"party": "survivor", "name": "Example Person"}),
)


def writes() -> None:
    """Takes calls in one by one, or a load of them, and says how long each took."""
    from holdfast.site.start import start

    start(demo=True)
    say({"ready": True})
    for line in sys.stdin:
        asked = json.loads(line)
        say(one_by_one(asked["calls"], asked["pause"]) if "calls" in asked else load(asked))


def one_by_one(calls: int, pause: float) -> dict[str, object]:
    """Calls by the intake; `begun` is when each was handed over."""
    begun, took = {}, []
    for _ in range(calls):
        at = time.time()
        code = _call()[1]
        took.append(time.time() - at)
        begun[code] = at
        time.sleep(pause)
    return {"begun": begun, "took": took}


def load(asked: dict[str, float]) -> dict[str, object]:
    """So many times the national load, at an even pace, by as many threads as it needs up to sixteen."""
    every = asked["call_every"] / asked["load"] / (asked["entries"] + 1)
    due: queue.Queue[float | None] = queue.Queue()
    took: list[float] = []
    working = Cases(int(asked["entries"]))
    threads = [threading.Thread(target=_work, args=(due, working, took)) for _ in range(16)]
    for thread in threads:
        thread.start()
    began = time.monotonic()
    for number in range(max(1, int(asked["seconds"] / every))):
        at = began + number * every
        time.sleep(max(0.0, at - time.monotonic()))
        due.put(at)
    for _ in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    return {"took": took}


class Cases:
    """Which case the next entry goes to: some are open at once, and each is closed with its last."""

    def __init__(self, entries: int):
        self._entries = entries
        self._open: list[tuple[UUID, int]] = []
        self._turn = 0
        self._lock = threading.Lock()

    def next(self) -> tuple[UUID, int] | None:
        """A case and the number of its next entry; None: a new case is due."""
        with self._lock:
            self._turn += 1
            if self._turn % (self._entries + 1) == 1 or not self._open:
                return None
            at = self._turn % len(self._open)
            case, number = self._open[at]
            if number == self._entries:
                del self._open[at]
            else:
                self._open[at] = case, number + 1
            return case, number

    def opened(self, case: UUID) -> None:
        """A case was opened."""
        with self._lock:
            self._open.append((case, 2))

    def is_last(self, number: int) -> bool:
        """Whether this entry closes it."""
        return number == self._entries


def _work(due: "queue.Queue[float | None]", cases: Cases, took: list[float]) -> None:
    from holdfast.casefile.append import append
    from holdfast.record.entry import By

    while (at := due.get()) is not None:
        found = cases.next()
        if found is None:
            cases.opened(_call()[0])
        else:
            case, number = found
            kind, fields = LATER[number % len(LATER)]
            if cases.is_last(number):
                kind, fields = "CallClosed", {"reason": "officers_attended"}
            append(case, kind, fields, by=By("dispatcher", "D1"), happened_at=datetime.now(UTC))
        took.append(time.monotonic() - at)


def _call() -> tuple[UUID, str]:
    from holdfast.casefile.append import Draft
    from holdfast.doors.intake.coming import Coming
    from holdfast.doors.intake.taking import take_in

    now = datetime.now(UTC)
    drafts = (
        Draft("CallReceived", {"route": "silent", "silent": "yes"}, now),
        Draft("SilentCallHandled", {"answered_by": "pressed_55"}, now),
    )
    taken = take_in(Coming("silent", "sip", "", now, "england-and-wales", drafts=drafts), now)
    return taken.case_id, taken.code


def reads(desk: str, cookies: str, streams: str) -> None:
    """Keeps so many streams open, and says when each row came in each."""
    asyncio.run(_read(desk, cookies, int(streams)))


async def _read(desk: str, cookies: str, streams: int) -> None:
    seen: dict[str, list[float]] = {}
    ready, all_ready = set(), asyncio.Event()
    tasks = [
        asyncio.create_task(_stream(desk, cookies, (seen, ready, all_ready, streams), number))
        for number in range(streams)
    ]
    await all_ready.wait()
    say({"ready": True})
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        say({"seen": seen})
        seen.clear()
    for task in tasks:
        task.cancel()


async def _stream(desk: str, cookies: str, common: tuple[Any, ...], number: int) -> None:
    """One stream: asked for again from the last number when it ends, as a browser does."""
    seen, ready, all_ready, streams = common
    there = urlsplit(desk)
    last, told = "", set()
    await asyncio.sleep(number * 0.05)
    while True:
        reader, writer = await asyncio.open_connection(there.hostname, there.port)
        head = f"GET /desk/board/stream?after={last} HTTP/1.1\r\nHost: {there.netloc}\r\nCookie: {cookies}"
        writer.write(f"{head}\r\n\r\n".encode())
        rest = b""
        while piece := await reader.read(65536):
            at = time.time()
            rest += piece
            whole, _, rest = rest.rpartition(b"\n\n")
            for code in ROW.findall(whole):
                if code not in told:
                    told.add(code)
                    if number in ready:
                        seen.setdefault(code.decode(), []).append(at)
            for found in re.findall(rb"^id: (\S+)", whole, re.MULTILINE):
                last = found.decode()
            if b"event: beat" in whole:
                ready.add(number)
                if len(ready) == streams:
                    all_ready.set()
            if b"event: again" in whole:
                break
        writer.close()


def say(words: dict[str, object]) -> None:
    """One line for the bench."""
    print(json.dumps(words), flush=True)


if __name__ == "__main__":
    {"writes": writes, "reads": reads}[sys.argv[1]](*sys.argv[2:])
