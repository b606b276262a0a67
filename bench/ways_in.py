"""Coming in with words: how long each of the five outcomes takes, and what a flood of wrong tries does to the staff.

- The five outcomes take turns over HTTP at a real server, each try from an address and a session of its own. Wall time:
  that is what somebody outside can measure. Beside them stands the slow hash alone.
- The flood sends wrong words fifty times a second, each from another address of this machine's own and with a session
  of its own, from another process. The desk's queue page is asked for all the while, with it and without, in turns; and
  the right words are tried in the middle of it. Half of the turns come from few networks, half from very many.
- Sending a flood costs this machine something, too: the same is sent to a stand-in for a while, and said beside it.
"""

import argparse
import asyncio
import contextlib
import http.client
import multiprocessing
import os
import re
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC
from datetime import datetime
from datetime import timedelta
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from _measure import figure
from _measure import heading
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import slowest_of_100
from _measure import target
from _server import demo
from _server import open_desk

A_SECOND = 50
MOST_SLOWED = 1.2
MOST = 0.300
TYPED = 6.0  # seconds that a quick typist takes over a code and four words
APART = 0.010  # what the medians of two outcomes may differ by


def addresses(second: int, networks: int = 1) -> Iterator[str]:
    """This machine's own addresses, one after another: 127.x.y.z are its own, and x is a network."""
    for number in count(1):
        yield f"127.{second + number % networks}.{number // 250 % 250}.{number % 250 + 1}"


class Visitor:
    """Tries from one address with a session of its own."""

    def __init__(self, at: str, address: str):
        parts = urlsplit(at)
        self.line = http.client.HTTPConnection(parts.netloc, timeout=20, source_address=(address, 0))
        self.host = parts.netloc
        self.line.request("GET", "/my/in")
        answer = self.line.getresponse()
        page = answer.read().decode()
        self.cookie = "; ".join(each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie") or [])
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert found, f"the way in answered {answer.status}"
        self.token = found[1]

    def tries(self, code: str, words: str) -> tuple[int, float]:
        """The answer's status, and how long it took."""
        body = urlencode({"csrfmiddlewaretoken": self.token, "code": code, "words": words})
        headers = {
            "Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://{self.host}/my/in",
        }  # fmt: skip
        self.line.close()  # whoever types long is on a new line
        begun = time.perf_counter()
        self.line.request("POST", "/my/in", body, headers)
        answer = self.line.getresponse()
        answer.read()
        took = time.perf_counter() - begun
        if answer.status != 503:
            self.line.close()
        return answer.status, took


def ways(told: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """A code and words for each outcome, made beside the server in its own data folder."""
    from holdfast.site.start import start

    start(demo=True)
    from holdfast.access.survivor_words import issue_words
    from holdfast.access.ways_in.second import agree_second
    from holdfast.access.ways_in.supporters import name_supporter
    from holdfast.casefile.reading import case_by_code
    from holdfast.casefile.reading import read_case
    from holdfast.record.entry import By

    code, now = told["cases"][0]["code"], datetime.now(UTC)
    case = read_case(case_by_code(code))
    right, second = issue_words(case.id, code, now), agree_second(case.id, code, now)
    until = (now + timedelta(days=9)).date().isoformat()
    said = {"name": "A friend", "who": "friend", "may": ["see_next_steps"], "until": until}
    friend = name_supporter(case, said, ZoneInfo("Europe/London"), by=By("survivor"), at=now)
    return {
        "a code that nobody has": ("234CFGHJ", right),
        "wrong words": (code, "four other wrong words"),
        "the right words": (code, right),
        "second words": (code, second),
        "a supporter's words": (code, friend),
    }


def outcomes(at: str, known: dict[str, tuple[str, str]], rounds: int) -> dict[str, float]:
    """The median of each outcome, in turns."""
    found: dict[str, list[float]] = {name: [] for name in known}
    source = addresses(20)
    for _ in range(rounds):
        for name, (code, words) in known.items():
            status, took = Visitor(at, next(source)).tries(code, words)
            assert status == (422 if name in ("a code that nobody has", "wrong words") else 302), (name, status)
            found[name].append(took)
            time.sleep(0.3)  # a quiet day: the bucket is never empty
    return {name: median(times) for name, times in found.items()}


def flood(at: str, source: Iterator[str], seconds: float, answers: Any) -> None:
    """Wrong tries, fifty a second, each from another address and with a session of its own."""
    seen: list[int] = []
    threads = []

    def one(address: str) -> None:
        try:
            seen.append(Visitor(at, address).tries("234CFGHJ", "four other wrong words")[0])
        except (OSError, http.client.HTTPException, AssertionError):
            seen.append(0)

    begun = time.perf_counter()
    for number in range(int(seconds * A_SECOND)):
        time.sleep(max(0.0, begun + number / A_SECOND - time.perf_counter()))
        threads.append(threading.Thread(target=one, args=(next(source),)))
        threads[-1].start()
    for each in threads:
        each.join()
    answers.put(seen)


def staff_pages(desk: Any, address: str, seconds: float) -> list[float]:
    """How long the desk's first page takes, asked for one after another as a person might."""
    found, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        begun = time.perf_counter()
        desk.get(address)
        found.append(time.perf_counter() - begun)
        time.sleep(0.05)
    return found


def stand_in(port: Any) -> None:
    """A server that answers anything at once: what sending a flood costs this machine, whatever it does to ours."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            if found := re.search(rb"(?i)content-length: (\d+)", head):
                await reader.readexactly(int(found[1]))
            body = b'<input name="csrfmiddlewaretoken" value="x">'
            said = b"HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
            writer.write(said + body)
            await writer.drain()
        writer.close()

    async def serve() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(serve())


def processor_time(pid: int) -> float:
    """Seconds of processor time that a process has used: what others do on the machine is not counted in it."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def flooded(
    told: dict[str, Any], pid: int, at: str, known: dict[str, tuple[str, str]], turns: int, seconds: float
) -> None:
    """The desk's page with the flood and without, and the right words in the middle of it."""
    desk = open_desk(told, told["staff"][0]["name"])
    quiet: list[float] = []
    loud: list[float] = []
    answered: list[int] = []
    idle: list[float] = []
    busy: list[float] = []
    right: list[tuple[str, int, int, float]] = []
    staff_pages(desk, told["desk"], 1.0)  # what is made once is made before
    elsewhere: list[float] = []
    context = multiprocessing.get_context("fork")
    ports: Any = context.Queue()
    other = context.Process(target=stand_in, args=(ports,), daemon=True)
    other.start()
    beside_it = f"http://127.0.0.1:{ports.get(timeout=10)}/"
    for number in range(turns):
        networks, named = ((1, "few networks"), (150, "many networks"))[number % 2]
        begun, used = time.perf_counter(), processor_time(pid)
        quiet += staff_pages(desk, told["desk"], seconds)
        idle.append((processor_time(pid) - used) / (time.perf_counter() - begun))
        answers: Any = context.Queue()
        sender = context.Process(target=flood, args=(beside_it, addresses(40), seconds + 1, answers), daemon=True)
        sender.start()
        time.sleep(1)
        elsewhere += staff_pages(desk, told["desk"], seconds)
        answers.get(timeout=40)
        sender.join(10)
        source = addresses(60 + number if networks == 1 else 60, networks)
        process = context.Process(target=flood, args=(at, source, max(seconds, TYPED) + 4, answers), daemon=True)
        process.start()
        time.sleep(1)  # it has begun
        begun, used = time.perf_counter(), processor_time(pid)
        survivor = threading.Thread(
            target=lambda number=number, named=named: right.append((named, *enters(at, f"127.{9 + number}.9.9", known)))
        )
        survivor.start()
        loud += staff_pages(desk, told["desk"], seconds)
        busy.append((processor_time(pid) - used) / (time.perf_counter() - begun))
        answered += answers.get(timeout=40)
        process.join(10)
        survivor.join(40)
        time.sleep(4)  # whoever waits has gone, and the bucket fills
    sent = len(answered)
    told_to = (
        f"{answered.count(422)} looked at, {answered.count(503)} told to come back, {answered.count(0)} not answered"
    )
    figure("wrong tries sent", f"{sent}", told_to)
    for name, times in (("without the flood", quiet), ("while it goes elsewhere", elsewhere), ("with it", loud)):
        for which, taken in (("p50", middle), ("p99", slowest_of_100)):
            beside = "" if times is quiet else ratio(taken(times), taken(quiet), "without")
            beside += f", {ratio(taken(loud), taken(elsewhere), 'elsewhere')}" if times is loud else ""
            figure(f"desk's first page {name}, {which} of {len(times)}", ms(taken(times)), beside)
    figure("the server's processor time, of one second, without", ms(middle(idle)))
    figure("the server's processor time, of one second, with it", ms(middle(busy)), "all that is looked at included")
    for named, status, tries, took in right:
        last = "let in" if status == 302 else f"answered {status}"
        figure(f"the right words in the middle of it ({named})", ms(took), f"{last} at try {tries}")
    target("staff pages slowed by no more than a fifth (p50)", met=middle(loud) <= MOST_SLOWED * middle(quiet))
    target(
        "the same, by the server alone: beside a flood elsewhere", met=middle(loud) <= MOST_SLOWED * middle(elsewhere)
    )
    other.terminate()


def enters(at: str, address: str, known: dict[str, tuple[str, str]]) -> tuple[int, int, float]:
    """The right words, typed, and tried again every second: the last answer, how many tries, how long."""
    visitor = Visitor(at, address)
    time.sleep(TYPED)
    begun = time.perf_counter()
    status = 0
    for tries in range(1, 6):
        status, _ = visitor.tries(*known["the right words"])
        if status == 302:
            return status, tries, time.perf_counter() - begun
        time.sleep(1)
    return status, 5, time.perf_counter() - begun


def main() -> None:
    """Both."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=6, help="tries of each outcome")
    asked.add_argument("--seconds", type=float, default=6.0, help="of each turn with and without the flood")
    asked.add_argument("--turns", type=int, default=2, help="with and without the flood")
    given = asked.parse_args()
    heading("Coming in with words")
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as server:
        os.environ["HOLDFAST_DATA"] = folder
        known = ways(server.told)
        from holdfast.access.ways_in.stretched import tag_of

        begun = time.perf_counter()
        for _ in range(10):
            tag_of("234CFGHJ", "four other wrong words")
        figure("the slow hash alone", ms((time.perf_counter() - begun) / 10))
        at = server.told["survivor"]
        found = outcomes(at, known, given.rounds)
        for name, took in found.items():
            figure(name, ms(took), ratio(took, found["wrong words"], "wrong words"))
        target(f"every outcome under {MOST * 1000:.0f} ms", met=max(found.values()) < MOST)
        target(f"no two further apart than {ms(APART)}", met=max(found.values()) - min(found.values()) < APART)
        flooded(server.told, server.pid, at, known, given.turns, given.seconds)


if __name__ == "__main__":
    main()
