"""Sends a stream through the real route as a telephone would, and prints what was acknowledged, until it is killed.

First argument the data folder, second what to do: `send` begins a new stream or goes on with the last one; `finish`
starts as a server would after a kill, ends what is there by silence, and prints each item with its SHA-256.
"""

import asyncio
import hashlib
import json
import os
import sys
import time
from datetime import UTC
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.secrets.searching import canary

SECRET = "secret"


def content(run: int, size: int) -> bytes:
    """What a recording holds: the planted word again and again, with the number of the recording in it."""
    words = f"{canary(run)} {run} ".encode()
    return (words * (size // len(words) + 1))[:size]


def main() -> None:
    """Until it is killed, or all is ended."""
    folder = Path(sys.argv[1])
    os.environ["HOLDFAST_DATA"] = str(folder)
    from holdfast.site.start import start

    start()
    if sys.argv[2] == "finish":
        finish()
    else:
        asyncio.run(send(folder))


async def send(folder: Path) -> None:
    """Parts of unlike length, each printed when it was acknowledged: stream, recording and bytes."""
    from holdfast.casefile.append import open_case
    from holdfast.doors.live.links import cookie_name
    from holdfast.doors.live.links import make_link
    from holdfast.doors.live.links import open_link
    from holdfast.record.entry import By
    from holdfast.site.live_in import LiveIn
    from holdfast.site.rate import Buckets

    def begins() -> tuple[str, str]:
        now, by = datetime.now(UTC), By("call_taker", "CT1")
        case = open_case("smallplace", by=by, happened_at=now).case_id
        made = make_link(case, by, now)
        return str(made.stream), open_link(made.signs, now)

    async def nobody(*_: Any) -> None:
        raise AssertionError

    stream, secret = await asyncio.to_thread(begins)
    door = LiveIn(nobody)
    door._parts = Buckets(per_second=1e9, burst=1e9, most=10)
    for run in range(1_000):
        whole, at = content(run, 1_400_000), 0
        while at < len(whole):
            sent: list[dict[str, Any]] = []
            now = str(int(time.time() * 1000)).encode()
            headers = [
                (b"cookie", f"{cookie_name()}={secret}".encode()), (b"content-type", b"video/webm"),
                (b"began", now), (b"captured", now), (b"sent", now),
            ]  # fmt: skip
            scope = {"type": "http", "method": "POST", "path": f"/s/in/{run}/{at}", "headers": headers}
            part = whole[at : at + 7_000 + (at * 31 + run * 977) % 60_000]

            async def receive(part: bytes = part) -> dict[str, Any]:
                return {"type": "http.request", "body": part, "more_body": False}

            async def keep(message: dict[str, Any], sent: list[dict[str, Any]] = sent) -> None:
                sent.append(message)

            await door(scope, receive, keep)
            assert sent[0]["status"] == 200, sent
            at = json.loads(sent[1]["body"])["at"]
            sys.stdout.write(f"{stream} {run} {at}\n")
            sys.stdout.flush()


def finish() -> None:
    """As a server does that was started again, with no patience."""
    from holdfast.doors.live import ending
    from holdfast.doors.live.models import LiveRun
    from holdfast.vault.place import item_of
    from holdfast.vault.store import NoSuchItem

    ending.SILENT = 0.0
    ending.sweep()
    for run in LiveRun.objects.select_related("stream"):
        try:
            found = item_of(run.stream.case, run.item).read() if run.kept else None
        except NoSuchItem:  # nothing had come of it: where something was acknowledged, whoever counts misses it
            continue
        if found:
            digest = hashlib.sha256(found).hexdigest()
            sys.stdout.write(f"{run.stream_id} {run.run} {len(found)} {digest}\n")


if __name__ == "__main__":
    main()
