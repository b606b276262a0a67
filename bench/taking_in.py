"""How fast evidence comes in over HTTP by the raw way in, beside plain SHA-256 of the same file; and ten at once.

- One real server and real sockets on this machine, sharing its processors with whoever sends: the sender lets the
  kernel send the file (sendfile), so that it costs little. Wall time: this waits for a disk.
- From the first byte sent until the item is in the record with its hash and receipt; the pages of the guide that a
  new server makes ahead are let finish before.
- Ten givers at once, of two cases: how long the slowest waits beside the others, and what memory the server needs.

    python bench/taking_in.py            1 GB, three rounds
    python bench/taking_in.py --mb 64    a short look
"""

import argparse
import hashlib
import http.client
import json
import re
import secrets
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

from _measure import figure
from _measure import heading
from _measure import middle
from _measure import ratio
from _measure import target
from _server import Browser
from _server import Running
from _server import demo
from _server import open_survivor

AT_LEAST = 150e6  # bytes a second
MOST_GROWTH = 128 << 20  # bytes of memory, whatever comes in
MOST_APART = 2.0  # the slowest of ten beside the middle one
TOGETHER = 10


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--mb", type=int, default=1024)
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--settle", type=float, default=20.0, help="seconds before the first")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = _random(folder / "film.bin", given.mb << 20)
        (folder / "data").mkdir()
        with demo(folder / "data") as running:
            time.sleep(given.settle)
            heading(f"taking in {given.mb:,} MB over HTTP")
            _alone(running, file, given.rounds)
            _together(running, file, max(4, given.mb // TOGETHER) << 20)


def _alone(running: Running, file: Path, rounds: int) -> None:
    browser = open_survivor(running.told, running.told["cases"][0])
    taking, hashing = [], []
    before = _memory(running.pid, "VmRSS")
    for _ in range(rounds):
        hashing.append(_timed(lambda: _sha256(file)))
        taking.append(_timed(lambda: _give(running, browser, file, file.stat().st_size)))
    size = file.stat().st_size
    speed = size / middle(taking)
    figure(
        "taken in, sealed, recorded", f"{speed / 1e6:,.0f} MB/s", ratio(speed, size / middle(hashing), "plain SHA-256")
    )
    figure("plain SHA-256 of the same file", f"{size / middle(hashing) / 1e6:,.0f} MB/s")
    grown = _memory(running.pid, "VmHWM") - before
    figure("the server's memory grew, at its highest, by", f"{grown / (1 << 20):,.0f} MiB")
    target(f"at least {AT_LEAST / 1e6:,.0f} MB/s", met=speed >= AT_LEAST)
    target(f"memory grows by less than {MOST_GROWTH >> 20} MiB", met=grown < MOST_GROWTH)


def _together(running: Running, file: Path, size: int) -> None:
    """Ten who give so many bytes each, at once."""
    browsers = [open_survivor(running.told, case) for case in running.told["cases"][:2]]
    took: list[float] = []

    def one(number: int) -> None:
        took.append(_timed(lambda: _give(running, browsers[number % 2], file, size)))

    before, begun = _memory(running.pid, "VmRSS"), time.perf_counter()
    givers = [threading.Thread(target=one, args=(number,)) for number in range(TOGETHER)]
    for giver in givers:
        giver.start()
    highest = 0
    while any(giver.is_alive() for giver in givers):
        highest = max(highest, _memory(running.pid, "VmRSS"))
        time.sleep(0.02)
    all_of_it = time.perf_counter() - begun
    assert len(took) == TOGETHER, "one of them was refused"
    figure(f"ten at once, {size >> 20} MB each: all together", f"{TOGETHER * size / all_of_it / 1e6:,.0f} MB/s")
    figure("the first, the middle and the last was done after", f"{min(took):.1f} {middle(took):.1f} {max(took):.1f} s")
    figure("the server's memory grew meanwhile by", f"{(highest - before) / (1 << 20):,.0f} MiB")
    target("none starves: the last within twice the middle", met=max(took) <= MOST_APART * middle(took))


def _give(running: Running, browser: Browser, file: Path, size: int) -> None:
    """One item, in one part, by a permit of its own."""
    found = re.search(r'action="(/in/[^"]+)"', browser.get(running.told["survivor"] + "thing").text)
    assert found, "the page has no permit"
    at = urlsplit(running.told["survivor"])
    line = http.client.HTTPConnection(at.hostname or "", at.port, timeout=600)
    line.putrequest("PATCH", found[1])
    line.putheader("Content-Type", "application/offset+octet-stream")
    line.putheader("Upload-Offset", "0")
    line.putheader("Content-Length", str(size))
    line.endheaders()
    with file.open("rb") as source:
        line.sock.sendfile(source, 0, size)
    answer = line.getresponse()
    answer.read()
    assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(size)), answer.status
    line.request("POST", f"{found[1]}/end", json.dumps({"size": size}))
    answer = line.getresponse()
    told = json.loads(answer.read())
    line.close()
    assert answer.status == 200, answer.status
    if size == file.stat().st_size:
        assert told["sha256"] == _known(file)


def _sha256(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


_digests: dict[Path, str] = {}


def _known(file: Path) -> str:
    if file not in _digests:
        _digests[file] = _sha256(file)
    return _digests[file]


def _timed(work: object) -> float:
    begun = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - begun


def _memory(pid: int, name: str) -> int:
    """Bytes, as /proc tells them."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    assert found
    return int(found[1]) << 10


def _random(path: Path, size: int) -> Path:
    block = secrets.token_bytes(1 << 20)
    with path.open("wb") as file:
        for number in range(size >> 20):
            file.write(number.to_bytes(8, "big") + block[8:])
    _known(path)
    return path


if __name__ == "__main__":
    main()
