"""How many guide pages a second the server sends from memory, beside the same page rendered by its template each time.

- One real server and one client on this machine, sharing its processors. Both ways are asked of the same server in
  turns, over the same number of open connections; `?on=` with today's date is the same page, and is never kept.
- Then requests come evenly at half the rate that memory reached, whether or not those before were answered, and it is
  measured from when each was due: a queue that grows shows.
"""

import asyncio
import tempfile
import time
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from _measure import figure
from _measure import heading
from _measure import middle
from _measure import ms
from _measure import ratio
from _measure import slowest_of_100
from _measure import target
from _server import demo

PAGE = "/guide/england-and-wales/bail"
ROUNDS, SECONDS, CONNECTIONS = 5, 2.0, 8
TIMES, MOST_WAIT = 5, 0.020


class Line:
    """One open connection that asks for a page and reads the whole answer."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str):
        self.reader, self.writer, self.host = reader, writer, host

    async def get(self, path: str) -> None:
        """One page; an answer other than 200 stops the bench."""
        asked = f"GET {path} HTTP/1.1\r\nHost: {self.host}\r\nAccept-Encoding: gzip\r\n\r\n"
        self.writer.write(asked.encode())
        head = await self.reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200"), head[:40]
        await self.reader.readexactly(int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]))


async def _open(host: str, number: int) -> list[Line]:
    name, port = host.split(":")
    return [Line(*await asyncio.open_connection(name, int(port)), host) for _ in range(number)]


async def _as_fast_as_it_can(lines: list[Line], path: str) -> float:
    """Answers a second."""
    until = time.perf_counter() + SECONDS
    count = 0

    async def ask(line: Line) -> None:
        nonlocal count
        while time.perf_counter() < until:
            await line.get(path)
            count += 1

    begun = time.perf_counter()
    await asyncio.gather(*(ask(line) for line in lines))
    return count / (time.perf_counter() - begun)


async def _evenly(lines: list[Line], path: str, rate: float) -> list[float]:
    """Seconds that each request took from the moment at which it was due."""
    waits: list[float] = []
    free: asyncio.Queue[Line] = asyncio.Queue()
    for line in lines:
        free.put_nowait(line)

    async def ask(due: float) -> None:
        line = await free.get()
        await line.get(path)
        free.put_nowait(line)
        waits.append(time.perf_counter() - due)

    begun, asked = time.perf_counter(), []
    for number in range(int(rate * SECONDS)):
        due = begun + number / rate
        if (left := due - time.perf_counter()) > 0:
            await asyncio.sleep(left)
        asked.append(asyncio.create_task(ask(due)))
    await asyncio.gather(*asked)
    return waits


async def measure(host: str) -> None:
    """Both ways in turns, then the even load."""
    ways = {"from memory": PAGE, "rendered": f"{PAGE}?on={date.today().isoformat()}"}  # noqa: DTZ011 the server's own day
    found: dict[str, list[float]] = {name: [] for name in ways}
    lines = await _open(host, CONNECTIONS)
    for path in ways.values():
        for _ in range(20):
            await lines[0].get(path)  # what is made once is made before the clock runs
    for _ in range(ROUNDS):
        for name, path in ways.items():
            found[name].append(await _as_fast_as_it_can(lines, path))
    memory, rendered = (middle(found[name]) for name in ways)
    figure("rendered by the template each time", f"{rendered:,.0f} a second", f"{min(found['rendered']):,.0f} at least")
    figure("from memory", f"{memory:,.0f} a second", ratio(memory, rendered, "as many"))
    target(f"from memory: at least {TIMES} times as many", met=memory >= TIMES * rendered)
    slowest = []
    for _ in range(ROUNDS):
        waits = await _evenly(lines, PAGE, memory / 2)
        slowest.append(slowest_of_100(waits))
    figure(f"p99 at {memory / 2:,.0f} a second", ms(middle(slowest)), f"worst of {ROUNDS} runs {ms(max(slowest))}")
    target(f"p99 under {ms(MOST_WAIT)} at half that rate", met=middle(slowest) < MOST_WAIT)
    for line in lines:
        line.writer.close()


def main() -> None:
    """Starts the demo and asks it."""
    heading("guide: pages a second")
    with tempfile.TemporaryDirectory(prefix="holdfast-bench-") as folder, demo(Path(folder)) as running:
        time.sleep(3)  # what the server makes ahead of time is made
        asyncio.run(measure(urlsplit(running.told["guide"]).netloc))


if __name__ == "__main__":
    main()
